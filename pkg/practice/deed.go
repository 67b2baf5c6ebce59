package practice

import (
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/text"
)

// leftUndone is said of what the story names in hindsight alone.
const leftUndone = "the story names this as not done"

// deeds checks what is told as done: what the story names in hindsight alone, and
// what it does not hold at all.
func (c *claims) deeds() {
	for _, a := range acts(c.utterance) {
		switch keys := open(append([]word{a.verb}, a.object...)); {
		case c.onlyHindsight(keys):
			c.deed(a.Span, leftUndone)
		case c.fresh(a.Span) && c.unheard(a):
			c.deed(a.Span, "the story does not tell of this")
		}
	}
	if len(c.words) > 0 && c.fresh(text.Span{Start: 0, End: len(c.text)}) && !unreal(c.words, len(c.words)) && !c.conditional() && c.states() {
		c.stated()
	}
}

// fresh says whether nothing unsupported was found in a place yet.
func (c *claims) fresh(span text.Span) bool {
	return !slices.ContainsFunc(c.found, func(f found) bool { return span.Start < f.End && f.Start < span.End })
}

// open gives the words that carry meaning.
func open(words []word) []word {
	var out []word
	for _, w := range words {
		if carries(w) {
			out = append(out, w)
		}
	}
	return out
}

// deed adds a claim; one that goes on with the claim before it is one with it.
func (c *claims) deed(span text.Span, reason string) {
	if n := len(c.found); n > 0 {
		last := &c.found[n-1]
		if between := strings.Trim(c.text[min(last.End, span.Start):span.Start], " ,"); last.Reason == reason && (between == "and" || between == "then") {
			last.End = span.End
			last.Text = last.Of(c.text)
			return
		}
	}
	c.add(span, reason)
}

// onlyHindsight says whether the words tell what the story names as not done: one
// of its hindsight sentences holds most of them, some of them stand nowhere else,
// and no other sentence holds as many.
func (c *claims) onlyHindsight(words []word) bool {
	if len(words) == 0 {
		return false
	}
	undone, exclusive := 0, 0
	for _, e := range c.held.undone {
		n, own := 0, 0
		for _, w := range words {
			if !e.holds(w.key) {
				continue
			}
			n++
			if !c.held.done.has(w) {
				own++
			}
		}
		if n > undone {
			undone, exclusive = n, own
		}
	}
	done := 0
	for _, e := range c.held.told {
		if e.field != "hindsight" && !slices.ContainsFunc(c.held.undone, func(u evidence) bool { return u.text == e.text }) {
			n := 0
			for _, w := range words {
				if e.holds(w.key) {
					n++
				}
			}
			done = max(done, n)
		}
	}
	return exclusive > 0 && 2*undone >= len(words) && undone > done
}

// unheard says whether the story holds nothing of a deed: none of the words of
// its object, or, of a deed that few words can paraphrase, not its verb.
func (c *claims) unheard(a act) bool {
	object := open(a.object)
	known := 0
	for _, w := range object {
		if c.held.words.has(w) {
			known++
		}
	}
	if is("distinct", star.Base(a.verb.low)) && !c.held.words.has(a.verb) {
		return true
	}
	if is("usual", star.Base(a.verb.low)) || c.held.words.has(a.verb) {
		return len(object) > 0 && (known == 0 || len(object) >= 4 && 4*known <= len(object))
	}
	return len(object) > 0 && 2*known <= len(object)
}

// conditional says whether a mood stands anywhere in the sentence.
func (c *claims) conditional() bool {
	return slices.ContainsFunc(c.words, func(w word) bool { return is("mood", w.low) || w.low == "i'd" || w.low == "not" || w.low == "we'd" })
}

// states says whether the sentence tells of then.
func (c *claims) states() bool {
	return slices.ContainsFunc(c.words, func(w word) bool {
		return star.Past(w.low) || w.low == "was" || w.low == "were" || w.low == "had"
	})
}

// stated checks a sentence in which nobody acts: "Optimistic locking was added".
func (c *claims) stated() {
	words := open(c.words)
	if c.onlyHindsight(words) {
		c.add(text.Span{Start: 0, End: len(strings.TrimRight(c.text, ".!"))}, leftUndone)
	}
}
