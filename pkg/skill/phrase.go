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

// A table holds phrases sorted by key, and where in them the keys of each head
// stand. Words of one-word names are matched as they stand, those of longer names
// by their stems, so each sort has a table.
type table struct {
	phrases []phrase
	heads   []head
}

// A key is a name as a table holds it.
type key struct {
	text  string
	words int
}

// keyOf gives the key of a name: a single word itself, several by their stems.
func keyOf(name string) key {
	tokens := tokenise(name, nil)
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

// tableOf gives the phrases of a table and fresh ones, in any order, as a table. Of
// those with one key the first stays.
func tableOf(phrases, fresh []phrase) table {
	slices.SortFunc(fresh, order)
	all := make([]phrase, 0, len(phrases)+len(fresh))
	for _, p := range phrases {
		for len(fresh) > 0 && order(fresh[0], p) < 0 {
			all, fresh = append(all, fresh[0]), fresh[1:]
		}
		all = append(all, p)
	}
	all = slices.CompactFunc(append(all, fresh...), func(a, b phrase) bool { return a.key == b.key })
	return table{all, headsOf(all)}
}

// order compares phrases: by key, then a name before what is no name, a skill's own
// name before its aliases.
func order(a, b phrase) int {
	if c := strings.Compare(a.key, b.key); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(min(b.name, 0), min(a.name, 0)), cmp.Compare(a.skill, b.skill), cmp.Compare(a.name, b.name))
}

// A run is how far a text was read along a table's keys: the first of its phrases
// has the bytes that were read in front, and no phrase before it in the table has.
// The run of nothing is empty, and so is that of bytes which begin no key.
type run struct {
	phrases []phrase
	read    int // bytes
}

// further gives the run of r's bytes with w behind them.
func (t *table) further(r run, w string) run {
	if w == "" {
		return r
	}
	read := r.read + len(w)
	if r.read < headLength {
		r.phrases = t.under(r.bytes(), w)
	}
	if read > headLength && len(r.phrases) > 0 {
		r.phrases = r.search(w)
	}
	return run{r.phrases, read}
}

// bytes gives what was read.
func (r *run) bytes() string {
	if r.read == 0 {
		return ""
	}
	return r.phrases[0].key[:r.read]
}

// search gives the run's phrases from the first that goes on with w, none if none
// does.
func (r *run) search(w string) []phrase {
	k := r.bytes()
	low, high := 0, len(r.phrases)
	for low < high {
		mid := (low + high) / 2
		if rest, ok := strings.CutPrefix(r.phrases[mid].key, k); ok && rest < w {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(r.phrases) {
		if rest, ok := strings.CutPrefix(r.phrases[low].key, k); ok && strings.HasPrefix(rest, w) {
			return r.phrases[low:]
		}
	}
	return nil
}

// bridge gives the run of r's bytes with a bridge behind them, which no other key
// comes before but that of r's bytes alone.
func (r *run) bridge() run {
	rest := r.phrases
	if len(rest[0].key) == r.read {
		rest = rest[1:]
	}
	if len(rest) == 0 || len(rest[0].key) <= r.read || rest[0].key[r.read] != bridge || rest[0].key[:r.read] != r.bytes() {
		return run{}
	}
	return run{rest, r.read + 1}
}

// exact gives the phrase whose key was read to its end, if words may spell it.
func (r *run) exact(words int) (*phrase, bool) {
	if len(r.phrases) == 0 || len(r.phrases[0].key) != r.read {
		return nil, false
	}
	p := &r.phrases[0]
	apart := words - int(p.words)
	return p, apart == 0 || r.read >= joinable && (apart == 1 || apart == -1)
}

// A match is a phrase found: it ends before the token end.
type match struct {
	*phrase
	end int
}

// longest gives the longest phrase that begins at the i-th token.
func (t *Taxonomy) longest(tokens []token, i int) match {
	best := t.word(tokens, i)
	if other := t.phrases.walk(tokens, i, i, run{}); other.phrase != nil && (best.phrase == nil || other.end > best.end) {
		best = other
	}
	return best
}

// word gives the longest one-word name at the i-th token, which the text may
// write in two words.
func (t *Taxonomy) word(tokens []token, i int) match {
	var best match
	first := tokens[i].word
	r := t.words.further(run{}, first)
	if p, ok := t.spelled(r, run{}, first, 1); ok {
		best = match{p, i + 1}
	}
	if len(r.phrases) == 0 || i+1 == len(tokens) || tokens[i+1].gap > wrapped {
		return best
	}
	second := tokens[i+1].word
	if len(first)+len(second) >= joinable {
		if p, ok := t.spelled(t.words.further(r, second), r, second, 2); ok {
			best = match{p, i + 2}
		}
	}
	return best
}

// spelled gives the one-word name that ends with w behind r, whose run is next, or
// that is inflected there.
func (t *Taxonomy) spelled(next, r run, w string, words int) (*phrase, bool) {
	if p, ok := next.exact(words); ok {
		return p, true
	}
	return t.inflected(r, w, words)
}

// inflected gives the name of which w behind r is the plural or, where w is the
// only word and has a number at its end, the version.
func (t *Taxonomy) inflected(r run, w string, words int) (*phrase, bool) {
	if singular, ok := strings.CutSuffix(w, "s"); ok && r.read+len(singular) > 2 {
		r = t.words.further(r, singular)
		return r.exact(words)
	}
	bare := w
	for len(bare) > 0 && digit(bare[len(bare)-1]) {
		bare = bare[:len(bare)-1]
	}
	if words > 1 || len(bare) == len(w) || len(bare) < 3 {
		return nil, false
	}
	r = t.words.further(run{}, bare)
	return r.exact(words)
}

// walk follows the phrases of t from the token at, where r is what was read since
// the token start, and gives the longest.
func (t *table) walk(tokens []token, start, at int, r run) match {
	var best match
	for j := at; j < len(tokens) && (j == start || tokens[j].gap <= wrapped); j++ {
		if r = t.further(r, tokens[j].stem); len(r.phrases) == 0 {
			break
		}
		if p, ok := r.exact(j - start + 1); ok && j+1 >= best.end {
			best = match{p, j + 1}
		}
		if far := t.skip(tokens, start, j+1, r); far.end > best.end {
			best = far
		}
	}
	return best
}

// skip follows the phrases that have a gap behind what was read, from the token at
// or from one of the next.
func (t *table) skip(tokens []token, start, at int, r run) match {
	var best match
	if r = r.bridge(); len(r.phrases) == 0 {
		return best
	}
	for j := at; j < len(tokens) && j <= at+gapWords && tokens[j].gap <= wrapped; j++ {
		if m := t.walk(tokens, start, j, r); m.end > best.end {
			best = m
		}
	}
	return best
}
