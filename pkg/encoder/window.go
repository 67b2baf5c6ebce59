package encoder

import (
	"math"

	"github.com/prep-cli/prep/pkg/text"
)

// window is what one pass sees of a text: [CLS], some tokens, [SEP]. Where
// windows overlap each token counts in the one where it stands most centrally.
type window struct {
	ids    []int
	from   int       // of its first token in the text
	counts text.Span // tokens of the text, of which this window's states count
	first  bool      // whether [CLS] counts
	last   bool      // whether [SEP] does
	to     *sums
}

// windows cuts tokens into windows of one length, evenly spread.
func (m *Model) windows(tokens []token, to *sums) []window {
	room := m.header.Longest - 2
	if len(tokens) <= room {
		return []window{m.window(tokens, 0, text.Span{End: len(tokens)}, true, true, to)}
	}
	count := (len(tokens) - m.header.Overlap + room - m.header.Overlap - 1) / (room - m.header.Overlap)
	start := func(i int) int { return i * (len(tokens) - room) / (count - 1) }
	var out []window
	for i, from := 0, 0; i < count; i++ {
		cut, last := len(tokens), i == count-1
		if !last {
			cut = (start(i) + room + start(i+1)) / 2
		}
		out = append(out, m.window(tokens[start(i):start(i)+room], start(i), text.Span{Start: from, End: cut}, i == 0, last, to))
		from = cut
	}
	return out
}

func (m *Model) window(tokens []token, from int, counts text.Span, first, last bool, to *sums) window {
	ids := make([]int, 0, len(tokens)+2)
	ids = append(ids, m.pieces.first)
	for _, t := range tokens {
		ids = append(ids, t.id)
	}
	return window{ids: append(ids, m.pieces.end), from: from, counts: counts, first: first, last: last, to: to}
}

// sums gathers the states of a text's tokens into means: of all, and of each
// sentence, to which a token belongs if it stands wholly within.
type sums struct {
	tokens    []token
	whole     sum
	sentences []sum
	at        int // the sentence that the next token may belong to
}

type sum struct {
	text.Span
	total []float32
	count int
}

func (s *sum) add(state []float32) {
	if s.total == nil {
		s.total = make([]float32, len(state))
	}
	for i, v := range state {
		s.total[i] += v
	}
	s.count++
}

func (s *sum) passage() Passage {
	out := Passage{Span: s.Span, Vector: make([]float32, len(s.total))}
	var squares float64
	for i, v := range s.total {
		out.Vector[i] = v / float32(s.count)
		squares += float64(out.Vector[i]) * float64(out.Vector[i])
	}
	out.Length = float32(math.Sqrt(squares))
	for i := range out.Vector {
		out.Vector[i] /= out.Length
	}
	return out
}

// fewest tokens that a sentence needs to have a vector of its own.
const fewest = 3

func (s *sums) encoding() Encoding {
	out := Encoding{Whole: s.whole.passage()}
	for i := range s.sentences {
		if s.sentences[i].count >= fewest {
			out.Sentences = append(out.Sentences, s.sentences[i].passage())
		}
	}
	if out.Sentences == nil {
		out.Sentences = []Passage{out.Whole}
	}
	return out
}

// add takes the states of a window, which come in the order of the text.
func (s *sums) add(w window, states []float32, width int) {
	row := func(i int) []float32 { return states[i*width : (i+1)*width] }
	if w.first {
		s.whole.add(row(0))
	}
	for i := w.counts.Start; i < w.counts.End; i++ {
		state := row(i - w.from + 1)
		s.whole.add(state)
		s.sentence(s.tokens[i].Span, state)
	}
	if w.last {
		s.whole.add(row(len(w.ids) - 1))
	}
}

func (s *sums) sentence(token text.Span, state []float32) {
	for s.at < len(s.sentences) && s.sentences[s.at].End < token.End {
		s.at++
	}
	if s.at < len(s.sentences) && s.sentences[s.at].Start <= token.Start {
		s.sentences[s.at].add(state)
	}
}

func (m *Model) newSums(s string) *sums {
	out := &sums{tokens: m.pieces.tokens(s), whole: sum{Span: text.Span{End: len(s)}}}
	for _, span := range text.Sentences(s) {
		out.sentences = append(out.sentences, sum{Span: span})
	}
	return out
}

// encode fills out with the texts' vectors, as many windows at a time as the
// pass has rows for.
func (p *pass) encode(texts []string, out []Encoding) {
	var all []*sums
	rows := 0
	for _, s := range texts {
		t := p.m.newSums(s)
		all = append(all, t)
		for _, w := range p.m.windows(t.tokens, t) {
			if rows+len(w.ids) > maxRows {
				p.finish()
				rows = 0
			}
			p.windows = append(p.windows, w)
			rows += len(w.ids)
		}
	}
	p.finish()
	for i, t := range all {
		out[i] = t.encoding()
	}
}

// finish runs the windows that have gathered and hands out their states.
func (p *pass) finish() {
	if len(p.windows) == 0 {
		return
	}
	p.run()
	row := 0
	for _, w := range p.windows {
		w.to.add(w, p.states[row*p.Width:], p.Width)
		row += len(w.ids)
	}
	p.windows = p.windows[:0]
}
