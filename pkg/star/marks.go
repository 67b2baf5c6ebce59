package star

import (
	"regexp"
	"strings"
	"sync"
)

// patternSet holds what is looked for in notes: marks that are not said, signs
// that are said as words, labels, and the forms in which people write down what
// was not done or what came of it.
type patternSet struct {
	fence, struck, link, tag, bold, italic, code, heading *regexp.Regexp
	emoji                                                 *regexp.Regexp
	signs                                                 []sign
	fromTo, arrow, acronym                                *regexp.Regexp
	label, stamp, unfinished, undone                      *regexp.Regexp
	couldHave, better                                     *regexp.Regexp
	outcome, figure                                       *regexp.Regexp
}

// sign is what stands for words between words; a text without one of its marks
// need not be searched.
type sign struct {
	marks string
	form  *regexp.Regexp
	words string
}

var patterns = sync.OnceValue(func() *patternSet {
	re := regexp.MustCompile
	return &patternSet{
		fence:   re("(?s)```.*?(```|$)"),
		struck:  re(`~~.*?~~`),
		link:    re(`!?\[([^\]\n]*)\]\([^)\n]*\)`),
		tag:     re(`(?i)</?(?:br|b|i|em|strong|code|p|ul|ol|li)\s*/?>`),
		bold:    re(`(\*\*|__)(\S(?:.*?\S)?)(\*\*|__)`),
		italic:  re(`(^|[\s("'])[*_]([^\s*_](?:[^*_\n]*[^\s*_])?)[*_]($|[\s).,;:!?"'])`),
		code:    re("`+([^`\n]*)`+"),
		heading: re(`(?m)^\s*(?:#{1,6}\s+|>\s+(\D))`),
		emoji:   re(`\s*[\x{2600}-\x{2793}\x{1F000}-\x{1FAFF}\x{FE0F}]+([.,;:!?]?)`),

		signs: []sign{
			{"=≥", re(`(?:>=|≥)\s*([$€£]?\d)`), "at least $1"},
			{"=≤", re(`(?:<=|≤)\s*([$€£]?\d)`), "at most $1"},
			{">", re(`(^|[\s(])>\s*([$€£]?\d)`), "${1}more than $2"},
			{"<", re(`(^|[\s(])<\s*([$€£]?\d)`), "${1}less than $2"},
			{"~≈", re(`(^|[\s(])[~≈]\s*([$€£]?\d)`), "${1}about $2"},
			{"+", re(`(?i)(^|[\s(])((?:more than|over|about) )?([$€£]?\d[\d.,]*(?:[kmb]|bn)?%?)\+($|[\s).,;:!?])`), "${1}more than $3$4"},
			{"+", re(`(\w)\s+\+\s+(\w)`), "$1 plus $2"},
			{"-–—", re(`(\d)\s+[-–—]\s+(\d)`), "$1 to $2"},
			{"-–—", re(`\s+(?:--|[-–—])\s+|\s*—\s*`), ", "},
		},
		fromTo:  re(`(?i)(\bfrom )?(\d[\d.,:]*\S*(?: (?:ms|s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|kb|mb|gb|tb|fps|percent))?)\s*(?:->|=>|→|⇒|➜)\s*(~?[$€£]?\d)`),
		arrow:   re(`\s*(?:->|=>|→|⇒|➜)\s*(\S+)`),
		acronym: re(`([^\s(]+(?:[ -][^\s(]+){0,5}) \(([^()]+)\)`),

		label:      re(`(?i)^(root cause|cause|fix|solution|remedy|goal|objective|aim|challenge|complexity|symptoms?|problem|issue|situation|context|background|task|action|investigation|resolution|finding|result|outcome|impact|lessons?(?: learned)?|takeaway|key takeaway|insight|note|hindsight)\s*:(?:\s+|$)`),
		stamp:      re(`^(\d{1,2}:\d{2}(?: (?:UTC|GMT|AM|PM|CET|CEST))?) ((?s:[A-Z].*))`),
		unfinished: re(`(?i)^(?:\[ \]|\[[^\]]*\]\.?$|<[^>]*>\.?$|todo\b|fixme\b|tbd\b|wip\b|n/a\b|to be (?:done|written|determined)|not (?:yet )?done\b|planned:|next steps?:|lorem ipsum)`),
		undone:     re(`(?i)^(?:` + lookBack + `)?(?:i |we )?(?:also )?(?:could|should|ought to)(?: also| probably| maybe| not|n't)*(?: have\b|'ve\b)`),
		couldHave:  re(`(?i)^(?:` + lookBack + `)?(i |we )?(?:also )?(?:could|should|would|might|ought to|i'd|we'd)( not|n't)?(?: also| probably| maybe)*(?: have|'ve) `),
		better:     re(`(?i)^(?:` + lookBack + `)?(?:it )?(?:would|might) have been (.*)`),
		outcome:    re(`(?i)^(?:the (?:result|outcome|effect) (?:is|was)\b|as a result\b|since then\b|in the end,? (?:it|everything|all|the|no)\b|no (?:more )?\w+(?: \w+)? since\b|zero\b)|\b(?:dropped|fell|went|rose|grew|increased|decreased|improved|shrank|climbed|down|up|cut|reduced)\b[^.]* (?:from\b[^.]*\d[^.]* to\b|to (?:zero|none|nothing|\d)|by (?:[\d~]|about|more than|over|half|a third|two thirds|a quarter))|\bnever (?:happened|came back|occurred|returned)\b|\b(?:has|have) not (?:happened|come back|occurred|returned)\b|\bnobody (?:has )?(?:noticed|complained)\b`),
		figure:     re(`\d|\b(?:half|twice|doubled|tripled|halved|zero|none|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|third|thirds|quarter)\b`),
	}
})

const lookBack = `(?:in hindsight|looking back|with hindsight|in retrospect),? (?:that )?`

// plain drops the marks of Markdown and HTML: code stays as words, a fenced
// block, a struck passage and an address behind a link fall away.
func plain(s string) string {
	p := patterns()
	s = p.fence.ReplaceAllString(s, "\n")
	s = p.struck.ReplaceAllString(s, " ")
	s = p.link.ReplaceAllString(s, "$1")
	s = p.tag.ReplaceAllString(s, " ")
	s = p.bold.ReplaceAllString(s, "$2")
	s = p.italic.ReplaceAllString(s, "$1$2$3")
	s = p.code.ReplaceAllString(s, "$1")
	s = p.heading.ReplaceAllString(s, "$1")
	s = p.emoji.ReplaceAllString(s, "$1 ")
	return strings.TrimSpace(s)
}

// signs puts arrows, comparisons and dashes into words.
func signs(s string) string {
	p := patterns()
	s = strings.TrimPrefix(strings.TrimPrefix(s, "[x] "), "[X] ")
	if strings.ContainsAny(s, "→⇒➜>") {
		s = p.fromTo.ReplaceAllString(s, "from $2 to $3")
		s = p.arrow.ReplaceAllStringFunc(s, arrow)
	}
	for _, g := range p.signs {
		if strings.ContainsAny(s, g.marks) {
			s = g.form.ReplaceAllString(s, g.words)
		}
	}
	if strings.Contains(s, "(") {
		s = p.acronym.ReplaceAllStringFunc(s, acronym)
	}
	s = abbreviations.Replace(" " + s + " ")
	return strings.Join(strings.Fields(s), " ")
}

var abbreviations = strings.NewReplacer(" & ", " and ", " w/ ", " with ", " w/o ", " without ", " e.g. ", " for example ", " (e.g. ", " (for example ",
	" i.e. ", " that is ", " (i.e. ", " (that is ", " vs. ", " versus ", " vs ", " versus ")

// arrow says a sign between two steps as "then", between two things as "to".
func arrow(s string) string {
	next := patterns().arrow.FindStringSubmatch(s)[1]
	if verbs().isPast(bare(next)) {
		return ", then " + next
	}
	return " to " + next
}

// acronym drops brackets that only spell out what stands before them, or only
// give its initials: both are the same word when said.
func acronym(s string) string {
	m := patterns().acronym.FindStringSubmatch(s)
	words := strings.Fields(m[1])
	if spells(words[len(words)-1], m[2]) || spells(m[2], m[1]) {
		return m[1]
	}
	return s
}

// spells says whether short is made of the initials of the last words of long.
func spells(short, long string) bool {
	if len(short) < 2 || strings.ToUpper(short) != short || strings.ContainsAny(short, " ") {
		return false
	}
	var initials []byte
	for _, w := range strings.FieldsFunc(long, func(r rune) bool { return r == ' ' || r == '-' }) {
		initials = append(initials, strings.ToUpper(w)[0])
	}
	return strings.HasSuffix(string(initials), short)
}

// label parts a label such as "Root cause:" from the sentence behind it.
func label(s string) (name, rest string) {
	m := patterns().label.FindStringSubmatch(s)
	if m == nil {
		return "", s
	}
	return strings.ToLower(m[1]), s[len(m[0]):]
}
