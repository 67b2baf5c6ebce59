package lint

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// actions are the fields that an answer's action is told from.
var actions = []string{"investigation", "root_cause", "resolution"}

// words counts the words of the fields.
func (s *subject) words(fields ...string) int {
	n := 0
	for _, f := range fields {
		for _, item := range s.Text(f) {
			n += len(strings.Fields(item))
		}
	}
	return n
}

// longSetup reports a situation that outweighs the action.
func longSetup(s *subject, report report) {
	setup, action := s.words("problem", "context"), s.words(actions...)
	if action > 0 && setup > action {
		at := s.first("problem", "context")
		if s.words("context") > s.words("problem") {
			at.key = "context"
		}
		report(at, "the situation has %d words, what was done about it only %d", setup, action)
	}
}

// tooLong reports a story that takes over five minutes.
func tooLong(s *subject, report report) {
	wpm := s.o.WPM
	if wpm <= 0 {
		wpm = 140
	}
	n := s.words(story.TextFields...)
	if n > 5*wpm {
		report(whole("title"), "told whole, the story takes %d minutes: %d words at %d a minute", (n+wpm-1)/wpm, n, wpm)
	}
}

// noAct reports actions that are nobody's or others'.
func noAct(s *subject, report report) {
	notes := s.of(actions...)
	if len(notes) == 0 {
		report(s.first("problem"), "nothing says what you did: there is no investigation, root cause or resolution")
		return
	}
	team, allPassive := false, true
	for _, n := range notes {
		c := parse(n.text)
		if c.mine() {
			return
		}
		team = team || c.has("we", "we'd", "we've", "our", "us")
		allPassive = allPassive && c.passive()
	}
	switch at := s.first("resolution", "investigation", "root_cause"); {
	case allPassive && at.key != "root_cause" && !slices.Contains(s.o.Off, "passive"): // which says it better
	case team:
		report(at, `the actions say "we" and never "I": say what your own part was`)
	default:
		report(at, "no sentence of the actions says what you did yourself")
	}
}

// passive reports fields in which all was done by nobody.
func passive(s *subject, report report) {
	for _, field := range []string{"investigation", "resolution"} {
		notes := s.of(field)
		if len(notes) > 0 && !slices.ContainsFunc(notes, func(n note) bool { return !parse(n.text).passive() }) {
			report(notes[0].place, "the %s is in the passive voice all through: say who did it", field)
		}
	}
}

// patterns are the expressions that the rules about prose share.
type patterns struct {
	figure, outcome, own *regexp.Regexp
}

var expressions = sync.OnceValue(func() *patterns {
	return &patterns{
		// A number that stands for itself, not one of a name ("EC2", "v2") or a year.
		figure: regexp.MustCompile(`(?i)(?:^|[\s(\["'~$€£<>=+/-])\d[\d.,:]*(?:[a-z%]{0,3}|\+)(?:$|[^\w])|` +
			`\b(?:half|halved|twice|once|doubled|tripled|quadrupled|zero|none|dozens?|hundreds?|thousands?|millions?|thirds?|quarters?|` +
			`two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b|` +
			`\b(?:one|an?) (?:second|minute|hour|day|week|month|year)\b|\bno [\w -]+ (?:lost|missed|affected|complained)\b|` +
			`\bno (?:more )?[\w-]+(?: [\w-]+){0,5} since\b|\b(?:has|have) not [\w -]+ since\b|\bnever [\w -]+(?:again|since)\b`),
		outcome: regexp.MustCompile(`(?i)^(?:the (?:result|outcome|effect) (?:is|was)\b|as a result\b|since then\b|in the end,? (?:it|everything|all|the|no)\b|zero\b)|` +
			`\b(?:dropped|fell|went|rose|grew|increased|decreased|improved|shrank|climbed|down|up|cut|reduced|brought)\b[^.]*\b(?:from\b[^.]*\d[^.]* to\b|to (?:zero|none|nothing|under|below|about|over)?\s*[\d~$€£]|to (?:zero|none|nothing)\b|by (?:[\d~]|about|more than|over|half|a third|two thirds|a quarter))|` +
			`\bnever (?:happened|came back|occurred|returned|failed)\b|\b(?:has|have) not (?:happened|come back|occurred|returned|failed)\b|\bno (?:more )?[\w-]+(?: [\w-]+){0,5} since\b|` +
			`\b(?:worked|ran|was up|were up|was online|was stable|were stable|was restored|were restored|was gone|were gone|was back|were back|full access)\b[^.]*\b(?:again|after|within|restored|since)\b|` +
			`\bwas (?:stable|gone|back|solved)\b|\bnobody (?:has )?(?:noticed|complained)\b`),
		own: regexp.MustCompile(`(?i)\b(?:my (?:own )?(?:mistake|fault|error|blunder|bug|oversight)|(?:i|we) (?:\w+ )?(?:broke|forgot|underestimated|misjudged|messed up|failed to)|(?:i|we) had (?:forgotten|missed|overlooked|underestimated)|` +
			`i (?:accidentally|mistakenly|wrongly)|i \w+,? by mistake|i [^.]{0,40}(?:by mistake|by accident|more [^.]{1,40} than (?:i had )?intended))\b|^(?:accidentally|mistakenly) \w+ed\b`),
	}
})

// year is a year that is told as a time, which is no figure.
var year = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:in|since|by|until|of|from|till|before|after|january|february|march|april|may|june|july|august|september|october|november|december)\s+(?:19|20)\d\d\b`)
})

func hasFigure(s string) bool {
	return expressions().figure.MatchString(year().ReplaceAllString(s, ""))
}

// hasOutcome says whether a sentence of the resolution or the lessons tells what
// came of it: in so many words, or as a figure that ends the resolution and is no
// act ("38 minutes cold, 11 warm").
func (s *subject) hasOutcome() bool {
	notes := s.of("resolution")
	for i, n := range notes {
		if expressions().outcome.MatchString(n.text) || i > 0 && i >= len(notes)-3 && hasFigure(n.text) && !parse(n.text).mine() {
			return true
		}
	}
	return slices.ContainsFunc(s.of("lessons"), func(n note) bool { return expressions().outcome.MatchString(n.text) })
}

// noResult reports a story without an end.
func noResult(s *subject, report report) {
	if len(s.Impact) == 0 && !s.hasOutcome() {
		report(s.first("resolution", "root_cause", "investigation", "problem"), "the story tells no result: what came of it?")
	}
}

// noFigure reports an impact without a number.
func noFigure(s *subject, report report) {
	notes := s.of("impact")
	if len(notes) > 0 && !slices.ContainsFunc(notes, func(n note) bool { return hasFigure(n.text) }) {
		report(s.first("impact"), "the impact holds no figure: how many, how long, how much?")
	}
}

// noLesson reports a failure that taught nothing.
func noLesson(s *subject, report report) {
	if len(s.Lessons) > 0 {
		return
	}
	if i := slices.Index(s.Competencies, "failure"); i >= 0 {
		report(place{"competencies", i, -1}, "the story claims failure and names no lesson")
		return
	}
	for _, n := range s.of("problem", "context", "task", "investigation", "root_cause") {
		if at := expressions().own.FindStringIndex(n.text); at != nil {
			report(n.within(at[0]), "the story tells of a mistake and names no lesson")
			return
		}
	}
}

// within is the place of a byte of the note.
func (n note) within(at int) place { return place{n.key, n.item, n.offset + at} }

// notEnglish reports texts that the rules of English do not fit.
func notEnglish(s *subject, report report) {
	if !s.english {
		report(s.first("problem"), "the story does not look like English, the only language that prep understands")
	}
}

// clause is a sentence as lower-case words, with what stands between them.
type clause struct {
	words []string
	stops []bool // whether a comma or the like follows the word
}

func parse(s string) clause {
	var c clause
	for _, t := range text.Tokens(s) {
		c.words = append(c.words, t.Text)
		rest := strings.TrimLeft(s[t.End:], `"')]*_`)
		c.stops = append(c.stops, rest != "" && strings.ContainsRune(",;:", rune(rest[0])))
	}
	return c
}

func (c clause) at(i int) string {
	if i < 0 || i >= len(c.words) {
		return ""
	}
	return c.words[i]
}

func (c clause) has(words ...string) bool {
	return slices.ContainsFunc(c.words, func(w string) bool { return slices.Contains(words, w) })
}

// mine says whether the sentence tells an act of the teller: with an "I" that
// something was not merely done to, or as a note that leaves it out.
func (c clause) mine() bool {
	for i, w := range c.words {
		if w == "i've" || w == "i'd" || w == "i'll" || w == "myself" || w == "i" && !c.suffers(i+1) {
			return true
		}
	}
	return c.leads(0) || c.intro() > 0 && c.leads(c.intro())
}

// suffers says whether a passive begins at word i: "was told", "was not asked".
func (c clause) suffers(i int) bool {
	i = c.skip(i)
	if !is(beForms, c.at(i)) {
		return false
	}
	i = c.skip(i + 1)
	return participle(c.at(i)) && c.at(i+1) != "to"
}

// skip gives the index behind the adverbs that stand from word i on.
func (c clause) skip(i int) int {
	for c.adverb(i) {
		i++
	}
	return i
}

func (c clause) adverb(i int) bool {
	w := c.at(i)
	return is(adverbs, w) || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "apply" && w != "reply" && w != "supply"
}

// leads says whether an act without a subject begins at word i: "Added a lock",
// "Then quickly wrote", "Add a lock".
func (c clause) leads(i int) bool {
	for c.adverb(i) && !c.stops[i] {
		i++
	}
	w := c.at(i)
	if is(notActs, w) || c.at(i+1) == "by" {
		return false
	}
	return is(leadVerbs, w) || len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed")
}

// intro gives the index behind a lead such as "After a long search, …", or 0.
func (c clause) intro() int {
	w := c.at(0)
	if !is(introWords, w) && !c.adverb(0) && !strings.HasSuffix(w, "ing") {
		return 0
	}
	for i := range min(len(c.words), 14) {
		if c.stops[i] {
			return i + 1
		}
	}
	return 0
}

// passive says whether the sentence tells what was done and not by whom.
func (c clause) passive() bool {
	if c.mine() || c.has("we") {
		return false
	}
	if participle(c.at(0)) && c.at(1) == "by" {
		return true
	}
	for i, w := range c.words {
		if is(beForms, w) && participle(c.at(c.skip(i+1))) {
			return true
		}
	}
	return false
}

func participle(w string) bool {
	return is(participles, w) || len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && !is(adjectives, w)
}

// is says whether a blank-separated list holds the word.
func is(list, word string) bool { return word != "" && strings.Contains(list, " "+word+" ") }

// Closed classes of English, as far as the rules need them.
const (
	beForms    = ` was were been being is are be got get gets wasn't weren't isn't aren't `
	adverbs    = ` then first next later finally afterwards eventually also just still soon once again now instead already not never often always together even and so but only `
	introWords = ` after before when while once since as with without in on at by for from during to because if within over through using based having `

	participles = ` done made found built rebuilt written rewritten put set given taken sent shown seen held kept run cut split read brought reset thrown told known lost left paid sold caught chosen drawn driven broken begun hit shut understood undone withdrawn worn spent led fed met bought taught thought sought swept spun overwritten `
	adjectives  = ` related unrelated limited supposed tired excited interested concerned unaffected unchanged needed used unused outdated crowded complicated detailed mixed skilled experienced scared worried surprised pleased unexpected isolated dedicated advanced based red hundred indeed `
	notActs     = ` based supposed related compared unused unexpected unauthorized unauthorised undocumented unneeded hundred hundreds red caused needed given unlimited aged so-called `

	leadVerbs = ` wrote rewrote built rebuilt took ran set reset put made found got gave went led left kept held met sent spent saw read cut dug drew drove chose began brought bought broke caught came did fed felt fought grew let lost met oversaw paid redid rang said sat shut shrank sought spoke split spun stood stuck stole swept taught thought told threw tore undid understood withdrew woke won hid knew had flew forgot got froze ` +
		`add analyse analyze apply ask audit automate avoid batch bisect change check clean clear collect compare configure convert create cut debug define delete deploy detect disable document drop enable encrypt ensure escalate extend extract fix follow give go improve increase inspect install introduce investigate isolate limit log make measure merge migrate monitor move optimise optimize patch profile propose protect prove put reduce refactor remove rename reorder replace replay reproduce restart restore restrict revert review rewrite roll rotate run scale send set simplify split switch talk test trace track turn update upgrade use validate verify wrap write `
)
