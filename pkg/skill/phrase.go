package skill

import (
	"cmp"
	"slices"
	"strings"
)

// A phrase is one way to write a skill, ready to look up.
type phrase struct {
	key   string // its words run together, a blank where a gap may be
	skill int16  // index of the skill
	name  int16  // which of its names: 0 the name, n the n-th alias, -1 an unless
	words int8   // how many words it is written in
	guard guard
}

type guard uint8

const (
	free      guard = iota // counts wherever it stands
	ambiguous              // needs its capital inside a sentence, or company
	strict                 // needs company
	both                   // needs its capital, and company
)

// bridge stands in a key for the star of a name. It sorts before all that keys
// hold, so phrases that go on with a gap come right behind the one that ends.
const bridge = ' '

// gapWords is how many words a star stands for at most.
const gapWords = 3

// joinable is the shortest key that may be written in one word fewer or more than
// the taxonomy writes it in: below it "I am" would be IAM.
const joinable = 6

// A table holds phrases sorted by key. Words of one-word names are matched as
// they stand, those of longer names by their stems, so each sort has a table.
type table []phrase

// A key is a name as a table holds it.
type key struct {
	text  string
	words int
}

// keyOf gives the key of a name: a single word itself, several by their stems.
func keyOf(name string) key {
	tokens := tokenise(name)
	if len(tokens) == 1 {
		return key{tokens[0].word, 1}
	}
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && strings.Contains(name[tokens[i-1].End:t.Start], "*") {
			b.WriteByte(bridge)
		}
		b.WriteString(t.stem)
	}
	return key{b.String(), len(tokens)}
}

// phrasesOf gives the phrases of the i-th skill.
func phrasesOf(s *Skill, i int) []phrase {
	var out []phrase
	add := func(name string, n int, g guard) {
		k := keyOf(name)
		out = append(out, phrase{key: k.text, skill: int16(i), name: int16(n), words: int8(k.words), guard: g}) //nolint:gosec // thousands of skills, dozens of names, a few words
	}
	n := 0
	for name := range s.names {
		add(name, n, s.guardOf(name))
		n++
	}
	for _, other := range s.Unless {
		add(other, -1, free)
	}
	return out
}

func (s *Skill) guardOf(name string) guard {
	same := func(other string) bool { return keyOf(other) == keyOf(name) }
	g := free
	if slices.ContainsFunc(s.Ambiguous, same) {
		g |= ambiguous
	}
	if slices.ContainsFunc(s.Strict, same) {
		g |= strict
	}
	return g
}

// sorted gives the phrases as a table. Of those with one key the first stays: a
// name before what is no name, a skill's own name before its aliases.
func sorted(phrases []phrase) table {
	slices.SortFunc(phrases, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(min(b.name, 0), min(a.name, 0)), cmp.Compare(a.skill, b.skill), cmp.Compare(a.name, b.name))
	})
	return slices.CompactFunc(phrases, func(a, b phrase) bool { return a.key == b.key })
}

// from gives the part of the table whose keys are not below k.
func (t table) from(k []byte) table {
	low, high := 0, len(t)
	for low < high {
		if mid := (low + high) / 2; t[mid].key < string(k) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return t[low:]
}

// begins says whether the table's first key begins with k, with more behind it.
func (t table) begins(k []byte) bool { return len(t) > 0 && strings.HasPrefix(t[0].key, string(k)) }

// exact gives the phrase with the key k if words may spell it.
func (t table) exact(k []byte, words int) (*phrase, bool) {
	if len(t) == 0 || t[0].key != string(k) {
		return nil, false
	}
	apart := words - int(t[0].words)
	return &t[0], apart == 0 || len(k) >= joinable && (apart == 1 || apart == -1)
}

// A match is a phrase found: it ends before the token end.
type match struct {
	*phrase
	end int
}

// longest gives the longest phrase that begins at the i-th token.
func (t *Taxonomy) longest(tokens []token, i int) match {
	best := t.word(tokens, i)
	buffer := make([]byte, 0, 64)
	if other := t.phrases.walk(tokens, i, i, buffer); other.phrase != nil && (best.phrase == nil || other.end > best.end) {
		best = other
	}
	return best
}

// word gives the longest one-word name at the i-th token, which the text may
// write in several words.
func (t *Taxonomy) word(tokens []token, i int) match {
	var best match
	k := make([]byte, 0, 64)
	rest := t.words
	for j := i; j < len(tokens) && (j == i || tokens[j].gap <= wrapped); j++ {
		k = append(k, tokens[j].word...)
		if rest = rest.from(k); rest.begins(k) {
			if p, ok := rest.exact(k, j-i+1); ok {
				best = match{p, j + 1}
				continue
			}
		}
		if p, ok := t.inflected(k, j-i+1); ok {
			best = match{p, j + 1}
		}
		if !rest.begins(k) {
			break
		}
	}
	return best
}

// inflected gives the name of which k is the plural or, with a number behind it,
// the version.
func (t *Taxonomy) inflected(k []byte, words int) (*phrase, bool) {
	if n := len(k); n > 3 && k[n-1] == 's' {
		return t.words.from(k[:n-1]).exact(k[:n-1], words)
	}
	bare := k
	for len(bare) > 0 && digit(bare[len(bare)-1]) {
		bare = bare[:len(bare)-1]
	}
	if words > 1 || len(bare) == len(k) || len(bare) < 3 {
		return nil, false
	}
	return t.words.from(bare).exact(bare, words)
}

// walk follows the phrases of t from the token at, where k is what was read since
// the token start, and gives the longest.
func (t table) walk(tokens []token, start, at int, k []byte) match {
	var best match
	for j := at; j < len(tokens) && (j == start || tokens[j].gap <= wrapped); j++ {
		k = append(k, tokens[j].stem...)
		if t = t.from(k); !t.begins(k) {
			break
		}
		if p, ok := t.exact(k, j-start+1); ok && j+1 >= best.end {
			best = match{p, j + 1}
		}
		if far := t.skip(tokens, start, j+1, k); far.end > best.end {
			best = far
		}
	}
	return best
}

// skip follows the phrases that have a gap after k, from the token at or from one
// of the next.
func (t table) skip(tokens []token, start, at int, k []byte) match {
	var best match
	if len(t) > 0 && t[0].key == string(k) {
		t = t[1:]
	}
	starred := append(slices.Clip(k), bridge)
	if !t.begins(starred) {
		return best
	}
	for j := at; j < len(tokens) && j <= at+gapWords && tokens[j].gap <= wrapped; j++ {
		if m := t.walk(tokens, start, j, starred); m.end > best.end {
			best = m
		}
	}
	return best
}
