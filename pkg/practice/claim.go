package practice

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// record is what a story holds, in a form that claims can be held against.
type record struct {
	story     story.Story
	told      []evidence // its sentences as they are told
	undone    []evidence // those that tell what was not done
	words     vocabulary // of all fields
	done      vocabulary // of all fields but hindsight
	figures   []figure
	skills    map[string]bool // usual names of what it mentions
	skillText string          // the names under which it does, folded
}

// evidence is a sentence of the story as the set of its keys.
type evidence struct {
	part, field, text string
	keys              map[string]bool
}

// vocabulary holds words by their keys, and pairs of neighbours run together, as
// "time out" may be written "timeout".
type vocabulary struct {
	known map[string]bool
	heads map[string][]string // by their first letters
}

func newVocabulary() vocabulary { return vocabulary{map[string]bool{}, map[string][]string{}} }

func (v vocabulary) add(words []word) {
	for i, w := range words {
		v.put(w.key)
		v.put(w.low)
		if i > 0 {
			v.put(words[i-1].low + w.low)
			v.put(star.Base(words[i-1].low) + w.low)
		}
	}
}

func (v vocabulary) put(s string) {
	if !v.known[s] {
		v.known[s] = true
		if len(s) >= akinLength {
			v.heads[s[:akinLength]] = append(v.heads[s[:akinLength]], s)
		}
	}
}

// has says whether the vocabulary holds the word, in any form.
func (v vocabulary) has(w word) bool {
	if v.known[w.key] || v.known[w.low] || v.known[strings.TrimSuffix(w.low, "s")] {
		return true
	}
	return len(w.key) >= akinLength && slices.ContainsFunc(v.heads[w.key[:akinLength]], func(s string) bool { return akin(s, w.key) })
}

// akinLength is the fewest letters in which two keys can be seen to be one word.
const akinLength = 5

// akin says whether one key is the beginning of the other, long enough to be the
// same word with another ending ("recov" and "recoveri").
func akin(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= akinLength && len(b)-len(a) <= 4 && strings.HasPrefix(b, a)
}

func recordOf(s story.Story, skills *skill.Taxonomy) *record {
	r := &record{story: s, words: newVocabulary(), done: newVocabulary(), skills: map[string]bool{}}
	for _, field := range story.TextFields {
		for _, item := range s.Text(field) {
			r.read(item, field == "hindsight", skills)
		}
	}
	for _, line := range append([]string{s.Title, s.Role, s.Company, string(s.Date)}, s.Skills...) {
		r.read(line, false, skills)
	}
	for _, tag := range s.Skills {
		if known, ok := skills.Find(tag); ok {
			r.know(known)
		}
	}
	whole := star.Compose(s, star.Options{})
	for _, x := range slices.Concat(whole.Sentences, whole.Left) {
		r.read(x.Text, x.Field == "hindsight", skills)
		e := evidence{x.Part, x.Field, x.Text, map[string]bool{}}
		for _, key := range content(wordsOf(x.Text)) {
			e.keys[key] = true
		}
		if x.Part == star.Reflection && strings.HasPrefix(x.Text, "In hindsight") {
			r.undone = append(r.undone, e)
		}
		r.told = append(r.told, e)
	}
	return r
}

// read takes in a text of the story.
func (r *record) read(s string, undone bool, skills *skill.Taxonomy) {
	s = marks.Replace(s)
	all := wordsOf(s)
	r.words.add(all)
	if !undone {
		r.done.add(all)
	}
	r.figures = append(r.figures, figuresOf(s, all)...)
	for _, m := range skills.Mentions(s) {
		if known, ok := skills.Find(m.Skill); ok {
			r.know(known)
		}
	}
}

func (r *record) know(s skill.Skill) {
	if !r.skills[s.Name] {
		r.skills[s.Name] = true
		r.skillText += " " + text.Fold(strings.Join(append([]string{s.Name}, s.Aliases...), " ")) + " "
	}
}

// likeness is how much the sentence is like one of the story's sentences of the
// part, from 0 to 1: the cosine of their sets of words.
func (r *record) likeness(u utterance, part string) float64 {
	keys := content(u.words)
	best := 0.0
	for _, e := range r.told {
		if e.part == part && len(keys) > 0 && len(e.keys) > 0 {
			shared := float64(e.shared(keys))
			best = max(best, shared*shared/float64(len(keys)*len(e.keys)))
		}
	}
	return best
}

func (e evidence) shared(keys []string) int {
	n := 0
	for _, key := range keys {
		if e.holds(key) {
			n++
		}
	}
	return n
}

func (e evidence) holds(key string) bool {
	if e.keys[key] {
		return true
	}
	for known := range e.keys {
		if akin(known, key) {
			return true
		}
	}
	return false
}

// unsupported gives what the sentences claim and the story does not hold, in
// order of place, each claim once.
func (r *record) unsupported(spoken []utterance, skills *skill.Taxonomy) []Claim {
	named := namedInside(spoken)
	var out []Claim
	made := map[Claim]bool{}
	for _, u := range spoken {
		c := claims{utterance: u, held: r}
		c.technologies(skills)
		c.numbers()
		c.names(named)
		c.deeds()
		slices.SortStableFunc(c.found, func(a, b found) int { return a.Start - b.Start })
		for _, f := range c.found {
			if !made[f.Claim] {
				made[f.Claim] = true
				out = append(out, f.Claim)
			}
		}
	}
	return out
}

// claims collects what is unsupported in one sentence.
type claims struct {
	utterance
	held *record

	found   []found
	settled []text.Span // places that were judged already, for or against
}

type found struct {
	text.Span
	Claim
}

func (c *claims) add(span text.Span, reason string) {
	c.found = append(c.found, found{span, Claim{span.Of(c.text), reason}})
	c.settled = append(c.settled, span)
}

func (c *claims) free(span text.Span) bool {
	return !slices.ContainsFunc(c.settled, func(s text.Span) bool { return span.Start < s.End && s.Start < span.End })
}

// technologies checks the skills that the sentence names. A way of working that
// the story has in other words is for deeds to judge.
func (c *claims) technologies(skills *skill.Taxonomy) {
	for _, m := range skills.Mentions(c.text) {
		known, _ := skills.Find(m.Skill)
		switch {
		case c.held.skills[m.Skill] || c.holds(m.Span) || c.broader(m.Span):
			c.settled = append(c.settled, m.Span)
		case product(known) && (m.Via == skill.Exact || named(m.Span.Of(c.text))):
			c.add(m.Span, "the story names no such technology")
		}
	}
}

// holds says whether all words of a place are the story's.
func (c *claims) holds(span text.Span) bool {
	return !slices.ContainsFunc(wordsOf(span.Of(c.text)), func(w word) bool { return !c.held.words.has(w) })
}

// broader says whether the story names something of which this is a part of the
// name: "SQL" where it has PostgreSQL, "AWS" where it has AWS Lambda.
func (c *claims) broader(span text.Span) bool {
	low := text.Fold(span.Of(c.text))
	return len(low) > 2 && (strings.Contains(c.held.skillText, " "+low+" ") || strings.Contains(c.held.skillText, low+" "))
}

// named says whether an alias is written as a name: in one word, or with a capital
// that says something ("Amazon Web Services", but "API calls").
func named(alias string) bool {
	words := strings.Fields(alias)
	return len(words) == 1 && !plainNoun(strings.ToLower(alias)) || slices.ContainsFunc(words, func(w string) bool { return capitalised(w) && !is("everyday", strings.ToLower(w)) })
}

// product tells the names of things that one runs from those of ways of working,
// which the taxonomy writes small inside ("Load testing", "Replication").
func product(s skill.Skill) bool {
	switch s.Kind {
	case "practice", "soft skill", "domain":
		return false
	}
	words := strings.Fields(s.Name)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		if strings.IndexFunc(w[size:], func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '.' || r == '+' || r == '#' }) >= 0 {
			return true
		}
		if i > 0 && unicode.IsUpper([]rune(w)[0]) {
			return true
		}
	}
	return len(words) == 1 && !plainNoun(strings.ToLower(s.Name))
}

// plainNoun knows by its ending, or by itself, a word that is no name of a product.
func plainNoun(low string) bool {
	for _, end := range []string{"ing", "ion", "ity", "ment", "ance", "ence", "ship", "graphy", "age", "ency", "acy", "ability", "ics", "less", "ops", "tors"} {
		if strings.HasSuffix(low, end) && len(low) > len(end)+2 {
			return true
		}
	}
	return is("plainNoun", low)
}

// numbers checks the figures.
func (c *claims) numbers() {
	for _, f := range figuresOf(c.text, c.words) {
		if !c.free(c.words[f.from].Span) || f.listed {
			continue
		}
		if f.raw == 0 && f.key == "" && c.held.words.any("no", "none", "nobody", "nothing", "never", "without") || slices.ContainsFunc(c.held.figures, func(own figure) bool { return backs(own, f) }) {
			c.settled = append(c.settled, f.Span)
			continue
		}
		c.add(f.Span, "the story holds no such figure")
	}
}

func (v vocabulary) any(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return v.known[w] })
}
