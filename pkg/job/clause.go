package job

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/text"
)

// clause is a sentence or the part of one that is as optional as the rest is not.
type clause struct {
	text string
	nice bool
}

// What makes a wish optional: leading words concern what follows them, trailing
// words what stands before them. A trailing word must end its clause: "preferred"
// in "our preferred tools" says nothing.
var (
	leading = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(ideally|preferably|bonus(?: points?)? (?:for|if)|bonus(?: points?)?:|extra points (?:for|if)|nice[- ]to[- ]haves?:|(?:even )?better if|(?:would |it )helps? if|(?:a|big) plus if|(?:great|nice|lovely|bonus|perfect) if you|optionally)`)
	})
	trailing = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b((?:(?:is|are|as|would be|will be|considered|seen as) )?(?:an? )(?:\w+ )?(?:plus|bonus|advantage|asset)|plus points?|(?:is |are |strongly |highly )*preferred|(?:highly )?desirable|(?:is|are) (?:also )?(?:desired|welcome|appreciated|optional|helpful|useful)(?:,? (?:and|but) not \w+)?|advantageous|beneficial|nice[- ]to[- ]haves?|not (?:strictly |absolutely )?(?:required|necessary|needed|essential|mandatory|a must|a requirement)|none of (?:it|them|this|these) is (?:a requirement|required)|(?:would|will|could) (?:also )?(?:be )?(?:nice|great|lovely|helpful|useful|ideal|help))(?:\s*[.,;:!)\]–—-]|\s+but\b|\s+and not\b|\s*$)`)
	})
	strength = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(strong|solid|years?|must|required|proficien\w+|fluen\w+|expert\w*|deep|excellent|extensive|proven|hands[- ]on)\b[^,]*, `)
	})
	edge = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`; |[.!?] | [–—-] |[(\[]|, but |, while `) })
)

// clauses parts a sentence into what is asked and what is only welcome.
func clauses(s string) []clause {
	if !mayBeOptional(s) {
		return []clause{{text: s}}
	}
	if m := trailing().FindStringSubmatchIndex(s); m != nil {
		return join(s, trailingStart(s, m[2]), m[3])
	}
	if m := leading().FindStringIndex(s); m != nil {
		end := len(s)
		if e := edge().FindStringIndex(s[m[1]:]); e != nil {
			end = m[1] + e[0] + 1
		}
		return join(s, m[0], end)
	}
	return []clause{{text: s}}
}

// A sentence with none of these has nothing optional in it; looking for them
// first is an order of magnitude cheaper than the patterns.
var optional = []string{"plus", "bonus", "prefer", "ideal", "nice", "desir", "option", "not ", "welcome", "great", "help", "advantag", "asset", "benefic", "appreciat", "lovely", "perfect", "useful", "points", "better", "none of"}

func mayBeOptional(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(optional, func(sign string) bool { return strings.Contains(s, sign) })
}

// trailingStart is where the wish begins that the trailing words at i make
// optional: after the last edge, or after what is asked for in strong words.
func trailingStart(s string, i int) int {
	start, end, closed := 0, len(strings.TrimRightFunc(s[:i], unicode.IsSpace)), strings.LastIndexAny(s[:i], ")]")
	for _, e := range edge().FindAllStringIndex(s[:i], -1) {
		bracket := strings.ContainsAny(s[e[0]:e[1]], "([") && closed >= e[1]
		if e[1] < end && !bracket {
			start = e[1]
		}
	}
	if m := strength().FindStringIndex(s[start:i]); m != nil && strings.TrimSpace(s[start+m[1]:i]) != "" {
		start += m[1]
	}
	return start
}

// join gives the parts of s with s[start:end] as the optional one. A part
// that says nothing of its own goes with it.
func join(s string, start, end int) []clause {
	before, after := trim(s[:start]), trim(s[end:])
	if empty(before) {
		start, before = 0, ""
	}
	if empty(after) || strings.HasPrefix(after, "as ") || trailing().MatchString(after) {
		end, after = len(s), ""
	}
	var out []clause
	for _, c := range []clause{{before, false}, {trim(s[start:end]), true}, {after, false}} {
		if c.text != "" {
			out = append(out, c)
		}
	}
	return out
}

// empty says whether s holds nothing but stop words.
func empty(s string) bool {
	return !slices.ContainsFunc(text.Words(s), func(w string) bool { return !text.Stop(w) })
}

// trim takes blanks and cut punctuation off both ends, and an open bracket.
func trim(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) })
	if strings.Count(s, "(") > strings.Count(s, ")") {
		s = strings.TrimRight(strings.TrimSuffix(s, "("), " ,;")
	}
	if strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimSuffix(s, ")")
	}
	return strings.TrimSpace(strings.TrimLeft(s, ")]., "))
}

// What prose outside any section is about. These tell a wish, a duty and a benefit
// apart where no title does; the phrases are folded words.
var (
	wantPhrases = []string{"looking for", "we need", "we expect", "must have", "must be", "required", "is a must", "years of", "years in", "years with", "is essential", "mandatory", "at least", "somebody who", "someone who", "a person who"}
	// Weaker ones, which also occur where a company speaks of itself.
	bringPhrases = []string{"you need", "you'll need", "you must", "you have", "you've", "you bring", "you should", "should be", "should have", "you are", "you're", "you know",
		"experience with", "experience in", "experience of", "knowledge of", "proficiency in", "proficient in", "familiar with", "familiarity with"}
	dutyPhrases = []string{"you", "your", "you'll", "you'd", "you will", "the role", "this role", "we are hiring", "we're hiring", "will be", "responsible for", "the successful candidate", "the stack", "our stack", "tech stack", "our backend", "our frontend", "written in", "built with", "built on", "we use", "runs on", "run on"}

	// Two of these in a sentence, and it says whom the company welcomes.
	protected = []string{"race", "colour", "color", "religion", "faith", "gender", "sex", "age", "disability", "disabilities", "ethnicity", "nationality", "orientation", "sexual orientation", "origin", "national origin", "veteran", "veterans", "pregnancy", "marital status", "minorities", "beliefs"}

	benefitPhrases = []string{"salary", "pension", "holidays", "of holiday", "vacation", "paid time off", "pto", "days off", "parental leave", "days of leave", "health insurance", "dental", "401", "401k", "401(k)", "stock options", "equity package", "equity", "benefits include", "we offer",
		"perks", "stipend", "compensation", "equal opportunity", "equal opportunities", "regardless of", "protected veteran", "sexual orientation", "national origin", "with disabilities", "reasonable accommodation", "reasonable accommodations", "background check", "visa sponsorship", "sponsorship", "relocation support", "relocation package",
		"please apply", "apply by", "apply with", "apply to", "apply now", "apply even", "apply anyway", "your application", "every application", "send us a", "send us your", "send your", "write to us", "cover letter", "no agencies", "take-home", "in the office", "days on site", "per month on site", "salary bands", "pay is"}
)
