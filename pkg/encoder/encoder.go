// Package encoder turns English prose into vectors that lie close together
// where the meanings do: a question about a failure near the story of one,
// though the two share no word.
//
// It is a small transformer (all-MiniLM-L6-v2 trained further on graded
// questions and stories, see training/) with its weights beside it in
// model.bin. For one text it gives a vector for the whole and one for each
// sentence, all from the same pass; from such a vector, the competencies that
// a question probes or a story shows; and, for ranking, what the training
// questions nearest to a question were answered with.
//
// It takes strings and returns numbers. It knows nothing of story files, of
// ranking weights or of where vectors are kept, and it cannot be trained. The
// same text gives the same bits on one kind of processor, whatever the number
// of cores and whatever is encoded beside it.
package encoder

import (
	_ "embed"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/prep-cli/prep/pkg/kept"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/text"
)

//go:embed model.bin
var embedded []byte

// Model is a trained encoder, safe for use by several goroutines.
type Model struct {
	header           header
	hash             string
	pieces           pieces
	words            quantised
	places           []float32
	norm             norm
	layers           []layer
	questions, story head
	memory           func() memory
	shipped          func() *kept.Records // of questions.bin
}

// Encoding is a text as vectors.
type Encoding struct {
	Whole Passage
	// Sentences holds, in order, the sentences of three tokens and more; a
	// text without any counts as one sentence.
	Sentences []Passage
}

// Passage is a part of a text as a vector: the mean of its tokens' states.
type Passage struct {
	text.Span
	Vector []float32 // of unit length
	Length float32   // of the mean before it was brought to unit length
}

// Open gives the embedded model. The first call reads it, which takes about
// two milliseconds; later calls give the same one.
func Open() (*Model, error) { return open() }

var open = sync.OnceValues(func() (*Model, error) { return read(embedded) })

// Hash names the model's content: two models that may give different vectors
// have different hashes. 64 hexadecimal digits.
func (m *Model) Hash() string { return m.hash }

// Encode gives the vectors of one text. A text of more than 222 tokens is
// read in overlapping windows, so that none of it is left out.
func (m *Model) Encode(s string) Encoding {
	out := make([]Encoding, 1)
	m.newPass(runtime.GOMAXPROCS(0)).encode([]string{s}, out)
	return out[0]
}

// EncodeAll gives the vectors of many texts, on all cores. A progress that is
// not nil is told now and then how many texts are done: by one goroutine at a
// time, each number higher than the last, len(texts) at the end.
func (m *Model) EncodeAll(texts []string, progress func(done int)) []Encoding {
	out := make([]Encoding, len(texts))
	shares := m.share(texts)
	var next atomic.Int64
	var workers parallel.Group
	tell := counter(progress)
	cores := runtime.GOMAXPROCS(0)
	for range min(cores, len(shares)) {
		workers.Go(func() {
			p := m.newPass(max(1, cores/len(shares)))
			for i := next.Add(1) - 1; int(i) < len(shares); i = next.Add(1) - 1 {
				s := shares[i]
				p.encode(texts[s.Start:s.End], out[s.Start:s.End])
				tell(s.End - s.Start)
			}
		})
	}
	workers.Wait()
	return out
}

// share parts texts into runs that one pass takes: several short texts share
// the reading of the weights. A byte is rarely more than a token, and a
// token seldom less than three bytes, so bytes are measure enough.
func (m *Model) share(texts []string) []text.Span {
	var out []text.Span
	for i, room := 0, -1; i < len(texts); i++ {
		if room -= len(texts[i]); room < 0 {
			out = append(out, text.Span{Start: i})
			room = 4*m.header.Longest - len(texts[i])
		}
		out[len(out)-1].End = i + 1
	}
	return out
}

func counter(progress func(int)) func(int) {
	if progress == nil {
		return func(int) {}
	}
	var lock sync.Mutex
	done := 0
	return func(n int) {
		lock.Lock()
		defer lock.Unlock()
		done += n
		progress(done)
	}
}

// head scores competencies: a row of weights for each.
type head struct{ weight, bias []float32 }

// Score is how sure the model is of a competency, 0 to 1.
type Score struct {
	ID    string
	Score float32
}

// QuestionCompetencies scores what a question probes, in the model's order.
func (m *Model) QuestionCompetencies(p Passage) []Score { return m.judge(m.questions, p) }

// StoryCompetencies scores what a story, or a sentence of one, shows, in the
// model's order.
func (m *Model) StoryCompetencies(p Passage) []Score { return m.judge(m.story, p) }

// Knows says whether the model was trained on a competency.
func (m *Model) Knows(id string) bool { return slices.Contains(m.header.Competencies, id) }

// StoryCompetency scores one competency of a story or a sentence of one; 0 for one
// that the model was not trained on.
func (m *Model) StoryCompetency(id string, p Passage) float32 {
	if i := slices.Index(m.header.Competencies, id); i >= 0 {
		return m.sure(m.story, i, p)
	}
	return 0
}

func (m *Model) judge(head head, p Passage) []Score {
	out := make([]Score, len(m.header.Competencies))
	for i, id := range m.header.Competencies {
		out[i] = Score{ID: id, Score: m.sure(head, i, p)}
	}
	return out
}

// sure is the i-th score.
func (m *Model) sure(head head, i int, p Passage) float32 {
	x := head.bias[i] + p.Length*Cosine(head.weight[i*m.header.Width:(i+1)*m.header.Width], p.Vector)
	return float32(1 / (1 + math.Exp(-float64(x))))
}
