package match

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// A digest is what ranking needs of a story beside its encoding, in bytes: the date,
// the key of the encoding, the claimed competencies, the tags that the taxonomy does
// not know, the skills that it shows, its stems, and which of them stand together in
// a sentence. A story is ranked by its digest alone, whether that was kept or has
// just been made; the story itself is read where reasons are given.
//
// A list is its length and its members, a text its length and its bytes; lengths are
// varints. A skill is 9 bytes: the number of its name, and its depth with the way it
// was found. A stem is 12: its number, and its weighted count as a float32. A sentence
// lists which of the stems it holds, by their place among them. Numbers are fixed and
// little-endian.
const (
	skillSize = 8 + 1
	termSize  = 8 + 4
)

// number names a word by its FNV-1a hash: of 64 bits, so that no two words of a
// library ever share one.
func number(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h
}

// Digests gives the digests of stories, on all cores. They are worth keeping for as
// long as the program and its skill taxonomy stay the same.
func (k Knowledge) Digests(stories []*story.Story) [][]byte {
	out := make([][]byte, len(stories))
	stripes(len(stories), func(from, to int) {
		r := newReader()
		for i := from; i < to; i++ {
			out[i] = r.digest(stories[i], k.skills())
		}
	})
	return out
}

// count is a stem of a story with its weighted count.
type count struct {
	number uint64
	weight float64
}

// reader makes digests, and keeps the words it has met.
type reader struct {
	stems   stemmer
	numbers map[string]uint64 // by folded word; 0 for a stop word
	counts  []count
}

func newReader() *reader { return &reader{stems: stemmer{}, numbers: map[string]uint64{}} }

func (r *reader) digest(s *story.Story, t *skill.Taxonomy) []byte {
	prose, terms := encoder.TextKey(ProseOf(s).Text), r.terms(s)
	sentences := r.sentences(s)
	terms = withAll(terms, sentences)
	shown, loose := shows(s, t)
	out := appendText(nil, string(s.Date))
	out = append(out, prose[:]...)
	out = appendTexts(out, s.Competencies)
	out = appendTexts(out, loose)
	out = appendSkills(out, shown)
	out = binary.AppendUvarint(out, uint64(len(terms)))
	for _, c := range terms {
		out = binary.LittleEndian.AppendUint64(out, c.number)
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(c.weight)))
	}
	out = binary.AppendUvarint(out, uint64(len(sentences)))
	for _, numbers := range sentences {
		out = binary.AppendUvarint(out, uint64(len(numbers)))
		for _, n := range numbers {
			at, _ := slices.BinarySearchFunc(terms, n, byNumber)
			out = binary.AppendUvarint(out, uint64(at)) //nolint:gosec // a place in a list
		}
	}
	return out
}

func appendText(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

func appendTexts(out []byte, all []string) []byte {
	out = binary.AppendUvarint(out, uint64(len(all)))
	for _, s := range all {
		out = appendText(out, s)
	}
	return out
}

func appendSkills(out []byte, shown map[string]Shown) []byte {
	byName := make(map[uint64]Shown, len(shown))
	numbers := make([]uint64, 0, len(shown))
	for name, s := range shown {
		n := number(name)
		byName[n], numbers = s, append(numbers, n)
	}
	slices.Sort(numbers)
	out = binary.AppendUvarint(out, uint64(len(numbers)))
	for _, n := range numbers {
		how := byte(byName[n].Depth) << 1 //nolint:gosec // there are four depths
		if byName[n].Via == skill.Alias {
			how |= 1
		}
		out = append(binary.LittleEndian.AppendUint64(out, n), how)
	}
	return out
}

// terms counts a story's stems over its fields: BM25F before it is flattened.
func (r *reader) terms(s *story.Story) []count {
	r.counts = r.counts[:0]
	length := 0
	for _, field := range telling {
		for _, part := range s.Text(field) {
			length += r.add(part, 1)
		}
	}
	norm := 1 - lengthShare + lengthShare*float64(length)/frequency().meanLength()
	for i := range r.counts {
		r.counts[i].weight /= norm
	}
	r.add(s.Title, titleWeight)
	for _, tag := range s.Skills {
		r.add(tag, tagWeight)
	}
	return summed(r.counts)
}

// add counts the stems of s and gives how many there are.
func (r *reader) add(s string, weight float64) int {
	n := 0
	for _, t := range text.Tokens(s) {
		if long := longhand(t.Of(s), t.Text); long != "" {
			n += r.add(long, weight)
		} else if number := r.number(t.Text); number > 0 {
			r.counts = append(r.counts, count{number, weight})
			n++
		}
	}
	return n
}

func (r *reader) number(word string) uint64 {
	n, known := r.numbers[word]
	if !known {
		if stem := r.stems.stem(word); stem != "" {
			n = number(stem)
		}
		r.numbers[word] = n
	}
	return n
}

// sentences gives the stems of each sentence of a story, each once.
func (r *reader) sentences(s *story.Story) [][]uint64 {
	var out [][]uint64
	for _, field := range telling {
		for _, part := range s.Text(field) {
			for _, sp := range text.Sentences(part) {
				r.counts = r.counts[:0]
				r.add(sp.Of(part), 0)
				numbers := make([]uint64, len(r.counts))
				for i, c := range r.counts {
					numbers[i] = c.number
				}
				slices.Sort(numbers)
				out = append(out, slices.Compact(numbers))
			}
		}
	}
	return out
}

// summed gives each number once, with the sum of its weights, sorted.
func summed(counts []count) []count {
	slices.SortStableFunc(counts, func(a, b count) int { return cmp.Compare(a.number, b.number) })
	out := make([]count, 0, len(counts))
	for _, c := range counts {
		if last := len(out) - 1; last >= 0 && out[last].number == c.number {
			out[last].weight += c.weight
		} else {
			out = append(out, c)
		}
	}
	return out
}

func byNumber(c count, n uint64) int { return cmp.Compare(c.number, n) }

// withAll adds to terms, for nothing, what sentences hold beside them: a sentence by
// itself may part into other words than the text around it.
func withAll(terms []count, sentences [][]uint64) []count {
	for _, n := range slices.Concat(sentences...) {
		if at, ok := slices.BinarySearchFunc(terms, n, byNumber); !ok {
			terms = slices.Insert(terms, at, count{number: n})
		}
	}
	return terms
}

// take takes a digest apart; it is not ok where the bytes are no digest.
func (c *card) take(digest []byte) (ok bool) {
	d := parser{rest: digest}
	c.date = string(d.next(d.length()))
	copy(c.prose[:], d.next(len(c.prose)))
	c.claimed, c.loose = d.texts(), d.texts()
	c.skills = d.next(d.length() * skillSize)
	c.terms = d.next(d.length() * termSize)
	c.sentences = d.rest
	return !d.broken
}

// parser takes bytes apart.
type parser struct {
	rest   []byte
	broken bool
}

// length reads a length; it is no more than what is left.
func (p *parser) length() int {
	n, size := binary.Uvarint(p.rest)
	if size <= 0 || n > uint64(len(p.rest)) {
		p.rest, p.broken = nil, true
		return 0
	}
	p.rest = p.rest[size:]
	return int(n) //nolint:gosec // no more than a length
}

func (p *parser) next(n int) []byte {
	if n > len(p.rest) {
		p.rest, p.broken = nil, true
	}
	if p.broken {
		return nil
	}
	out := p.rest[:n:n]
	p.rest = p.rest[n:]
	return out
}

func (p *parser) texts() []string {
	var out []string
	for range p.length() {
		if s := p.next(p.length()); !p.broken {
			out = append(out, string(s))
		}
	}
	return out
}

// how gives how the story shows a skill, and how deep; Absent where it does not.
func (c *card) how(skillNumber uint64) (via string, depth Depth) {
	at, ok := search(c.skills, skillSize, skillNumber)
	if !ok {
		return "", Absent
	}
	how := c.skills[at*skillSize+8]
	via = skill.Exact
	if how&1 != 0 {
		via = skill.Alias
	}
	return via, min(Depth(how>>1), Proved)
}

// weight is the weighted count of a stem, 0 where the story does not hold it.
func (c *card) weight(stem uint64) float64 {
	at, ok := search(c.terms, termSize, stem)
	if !ok {
		return 0
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(c.terms[at*termSize+8:])))
}

// search finds a number among sorted entries that begin with theirs.
func search(entries []byte, size int, n uint64) (at int, ok bool) {
	low, high := 0, len(entries)/size
	for low < high {
		mid := (low + high) / 2
		switch at := binary.LittleEndian.Uint64(entries[mid*size:]); {
		case at == n:
			return mid, true
		case at < n:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}

// together is the weight of the terms that stand together in one sentence, the most
// of any.
func (c *card) together(query []term) float64 {
	wanted := make(map[uint64]int, len(query)) // place among the stems: place in the query
	for i, t := range query {
		if at, ok := search(c.terms, termSize, t.number); ok {
			wanted[uint64(at)] = i //nolint:gosec // a place in a list
		}
	}
	there := make([]bool, len(query))
	d, most := parser{rest: c.sentences}, 0.0
	for range d.length() {
		clear(there)
		for range d.length() {
			if i, ok := wanted[d.place()]; ok {
				there[i] = true
			}
		}
		var sum float64
		for i, t := range query {
			if there[i] {
				sum += t.weight
			}
		}
		most = max(most, sum)
	}
	return most
}

// place reads a place in a list.
func (p *parser) place() uint64 {
	n, size := binary.Uvarint(p.rest)
	if size <= 0 {
		p.rest, p.broken = nil, true
		return math.MaxUint64
	}
	p.rest = p.rest[size:]
	return n
}

// Entry is a story of a library that is to be ranked: its digest, and a way to the
// whole of it, which is taken where reasons are given.
type Entry struct {
	ID     string
	Digest []byte
	Story  func() *story.Story
}

// encode gives the cards their encodings: those kept as they are, the others anew.
func (l *Library) encode() {
	var missing []int
	for i := range l.cards {
		var ok bool
		if l.cards[i].kept, ok = l.know.Vectors.find(l.cards[i].prose); !ok {
			missing = append(missing, i)
		}
	}
	texts := make([]string, len(missing))
	parallel.Do(len(missing), func(i int) { texts[i] = l.cards[missing[i]].told().prose.Text })
	for i, kept := range l.know.Vectors.encode(texts, "stories") {
		l.cards[missing[i]].kept = kept
	}
}
