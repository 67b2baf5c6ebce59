package skill

import (
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/text"
)

// How a skill was found.
const (
	Exact = "exact" // by its usual name
	Alias = "alias" // by another of its names
)

// Mention is a place of a text that names a skill.
type Mention struct {
	Skill string    // the usual name
	Via   string    // Exact or Alias
	Span  text.Span // where it stands
}

// Mentions gives the skills that a text names, in order of place, without
// overlaps. A skill named twice is there twice.
func (t *Taxonomy) Mentions(s string) []Mention {
	var tokens [64]token // most texts are a sentence or two and need no more room
	var found [8]candidate
	r := reading{t: t, text: s, tokens: tokenise(s, tokens[:0])}
	r.found = r.read(found[:0])
	var out []Mention
	for i := range r.found {
		c := &r.found[i]
		if c.name < 0 || !r.counts(i) {
			continue
		}
		c.sure = true
		via := Alias
		if c.name == 0 {
			via = Exact
		}
		if out == nil {
			out = make([]Mention, 0, len(r.found)-i)
		}
		out = append(out, Mention{t.skills[c.skill].Name, via, r.span(c)})
	}
	return out
}

// A reading is a text with the names found in it.
type reading struct {
	t      *Taxonomy
	text   string
	tokens []token
	found  []candidate
}

// A candidate is a name found, from one token to another, that its guard may yet
// refuse.
type candidate struct {
	*phrase
	from, to int
	sure     bool // counts, whatever stands beside it
}

// read gives the candidates, in buffer if they are few enough.
func (r *reading) read(buffer []candidate) []candidate {
	found := buffer
	for i := 0; i < len(r.tokens); {
		m := r.t.longest(r.tokens, i)
		if m.phrase == nil {
			i++
			continue
		}
		c := candidate{phrase: m.phrase, from: i, to: m.end}
		c.sure = m.name >= 0 && (m.guard == free || m.guard == ambiguous && r.telling(&c))
		found = append(found, c)
		i = m.end
	}
	return found
}

func (r *reading) span(c *candidate) text.Span {
	return text.Span{Start: r.tokens[c.from].Start, End: r.tokens[c.to-1].End}
}

// counts says whether the i-th candidate's guard lets it through.
func (r *reading) counts(i int) bool {
	c := &r.found[i]
	switch written := r.span(c).Of(r.text); {
	case c.sure:
		return true
	case len(written) == 1 && !upper(written[0]):
		return false
	case c.guard == both && !capital(written, c.of(r.t)):
		return false
	}
	return r.company(i)
}

// capital says whether a name is written with its capitals, or with a capital
// where the taxonomy says nothing of capitals.
func capital(written, name string) bool {
	return written == name || name == strings.ToLower(name) && upper(written[0])
}

// telling says whether c has its capitals and they tell something: they do not
// when they open a sentence, or when all around is in capitals.
func (r *reading) telling(c *candidate) bool {
	written := r.span(c).Of(r.text)
	if !capital(written, c.of(r.t)) || !upper(written[0]) {
		return false
	}
	shouted := len(written) > 1 && written == strings.ToUpper(written)
	if !shouted {
		return r.tokens[c.from].gap < ended && r.tokens[c.from].gap != wrapped
	}
	return !r.shouting(c.from-1) && !r.shouting(c.to)
}

// shouting says whether the i-th word is a long one in capitals.
func (r *reading) shouting(i int) bool {
	if i < 0 || i >= len(r.tokens) {
		return false
	}
	w := r.tokens[i].Of(r.text)
	return len(w) > 4 && w == strings.ToUpper(w)
}

// company says whether something beside the i-th candidate shows that it is meant.
func (r *reading) company(i int) bool {
	c := &r.found[i]
	return r.alone(c) || r.trade(c) || r.near(c) || r.beside(i, -1) || r.beside(i, 1)
}

// alone says whether c has its line for itself, or opens a paragraph or an item
// before a comma, a colon or a bracket.
func (r *reading) alone(c *candidate) bool {
	after := parted
	if c.to < len(r.tokens) {
		after = r.tokens[c.to].gap
	}
	switch r.tokens[c.from].gap {
	case parted:
		return after == wrapped || after == listed || after == parted
	case wrapped:
		return after == wrapped || after == parted
	}
	return false
}

// trade says whether c stands next to a word that goes with names of skills.
func (r *reading) trade(c *candidate) bool {
	if c.to < len(r.tokens) && r.tokens[c.to].gap <= wrapped && tradeWord(r.tokens[c.to].word) {
		return true
	}
	before := c.from - 1
	if before < 0 || r.tokens[c.from].gap > wrapped {
		return false
	}
	if before > 0 && preposition(r.tokens[before].word) && r.tokens[before].gap <= wrapped {
		before--
	}
	return tradeWord(r.tokens[before].word)
}

func preposition(w string) bool {
	switch w {
	case "in", "of", "with", "using", "as":
		return true
	}
	return false
}

// tradeWord says whether w is a word that postings and stories put beside skills.
func tradeWord(w string) bool {
	switch w {
	case "developer", "developers", "engineer", "engineers", "programmer", "programming", "language", "languages", "framework",
		"library", "code", "codebase", "scripting", "stack", "experience", "experienced", "expertise", "expert", "proficiency", "proficient",
		"knowledge", "fluent", "fluency", "familiar", "familiarity", "skills", "years", "background", "domain", "industry", "sector", "skill":
		return true
	}
	return false
}

// nearWords is how far a word of Near may stand.
const nearWords = 4

// near says whether one of the skill's Near words stands close by in the sentence.
func (r *reading) near(c *candidate) bool {
	words := r.t.skills[c.skill].Near
	if len(words) == 0 {
		return false
	}
	low, high := c.from, c.to
	for low > max(0, c.from-nearWords) && r.tokens[low].gap < ended {
		low--
	}
	for high < min(len(r.tokens), c.to+nearWords) && r.tokens[high].gap < ended {
		high++
	}
	return slices.ContainsFunc(words, func(w string) bool {
		w = fold(w)
		return among(r.tokens[low:c.from], w) || among(r.tokens[c.to:high], w)
	})
}

func among(tokens []token, word string) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.word == word })
}

// beside says whether the next candidate in a direction stands in one list with
// the i-th and vouches for it: it is sure itself and a thing rather than a way of
// working, or it is of the same kind.
func (r *reading) beside(i, step int) bool {
	j := i + step
	if j < 0 || j >= len(r.found) || r.found[j].name < 0 {
		return false
	}
	c, other := &r.found[i], &r.found[j]
	first, second := c, other
	if step < 0 {
		first, second = other, c
	}
	if !r.list(first.to, second.from) {
		return false
	}
	kind := r.t.skills[other.skill].Kind
	return kind == r.t.skills[c.skill].Kind || other.sure && technical(kind)
}

// list says whether only the marks and words of a list stand between two tokens.
func (r *reading) list(from, to int) bool {
	for i := from; i <= to; i++ {
		if r.tokens[i].gap >= ended || i < to && !listWord(r.tokens[i].word) {
			return false
		}
	}
	return from < to || r.tokens[to].gap == listed || strings.ContainsAny(r.text[r.tokens[to-1].End:r.tokens[to].Start], "/&+")
}

func listWord(w string) bool {
	switch w {
	case "and", "or", "plus", "with", "including", "either", "both", "as", "well", "such", "like":
		return true
	}
	return false
}

// technical says whether skills of a kind are things that one works with.
func technical(kind string) bool {
	switch kind {
	case "practice", "soft skill", "domain", "spoken language":
		return false
	}
	return true
}
