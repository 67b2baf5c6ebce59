package encoder

import (
	"errors"
	"slices"
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// What a question and a text say of each other by vectors alone:
//
//	whole      cosine of the question with the whole text
//	sentences  mean cosine of the question with the text's three best sentences
//	near       how far the text leans to where the answers of the nearest
//	           training questions lay, seen from the mean story
//	crowd      mean cosine of the text with its nearest training questions:
//	           high for one that answers everything a little
//
// Score adds the first three and takes a share of the last away, each in units
// of its own spread over the training stories, frozen with the model. So a
// text's score depends on nothing that lies beside it.

// bestSentences is how many sentences of a text make its evidence.
const bestSentences = 3

// Scale is where a term lies over the training stories: its mean, and its
// usual spread over the stories put to one question.
type Scale struct{ Mean, Spread float32 }

func (s Scale) of(x float32) float32 { return (x - s.Mean) / s.Spread }

// Terms are what Score adds up, as cosines or, for Near, a product of them.
type Terms struct{ Whole, Sentences, Near, Crowd float32 }

// Query is a question, or a line of a posting, ready to be put to texts.
type Query struct {
	// Familiar is the mean cosine of a question with its nearest training
	// questions: low for one that asks for something out of the common. 0 for
	// a line of a posting.
	Familiar float32

	vector  []float32
	near    []float32 // nil for a line of a posting
	against float32   // near with the mean story
}

// memory is what the model remembers of its training, made floats on first
// use: questions, for each what its graded stories have in common, and the
// mean story.
type memory struct {
	questions, answers blas32.General
	mean               []float32
}

func (f *file) memory() func() memory {
	questions, answers := f.quantised("near.questions", 0, f.Width), f.quantised("near.answers", 0, f.Width)
	mean := f.floats("mean", 1, f.Width)
	if f.err == nil && len(questions.scales) != len(answers.scales) {
		f.err = errors.New("questions and answers differ in number")
	}
	return sync.OnceValue(func() memory { return memory{questions.floats(), answers.floats(), mean} })
}

// Cosine is the cosine of two vectors of unit length.
func Cosine(a, b []float32) float32 { return blas32.Dot(vector(a), vector(b)) }

func vector(v []float32) blas32.Vector { return blas32.Vector{N: len(v), Data: v, Inc: 1} }

// Query prepares a question.
func (m *Model) Query(question Passage) Query {
	q := Query{vector: question.Vector, near: make([]float32, m.header.Width)}
	memory := m.memory()
	shares := memory.likeness(question)
	q.Familiar = highest(slices.Clone(shares), m.header.Crowd)
	for i, cosine := range shares {
		shares[i] = m.header.Sharpness * cosine
	}
	softmax(shares, len(shares))
	blas32.Gemv(blas.Trans, 1, memory.answers, vector(shares), 0, vector(q.near))
	q.against = Cosine(q.near, memory.mean)
	return q
}

// Line prepares a line of a posting. Training questions say nothing of it: near
// is the usual for every text.
func (m *Model) Line(line Passage) Query { return Query{vector: line.Vector} }

// likeness gives the cosines of a passage with the training questions.
func (k memory) likeness(p Passage) []float32 {
	out := make([]float32, k.questions.Rows)
	blas32.Gemv(blas.NoTrans, 1, k.questions, vector(p.Vector), 0, vector(out))
	return out
}

// Crowd gives the crowd term of a text, which no question changes.
func (m *Model) Crowd(p Passage) float32 {
	return highest(m.memory().likeness(p), m.header.Crowd)
}

// Terms compares a question with a text, whose crowd term Crowd gave.
func (q Query) Terms(e Encoding, crowd float32) Terms {
	t := Terms{
		Whole:     Cosine(q.vector, e.Whole.Vector),
		Sentences: highest(q.cosines(e.Sentences), bestSentences),
		Crowd:     crowd,
	}
	if q.near != nil {
		t.Near = Cosine(q.near, e.Whole.Vector) - q.against
	}
	return t
}

// Cosine compares the question with a passage: the highest is the best evidence.
func (q Query) Cosine(p Passage) float32 { return Cosine(q.vector, p.Vector) }

// cosines compares the question with each passage.
func (q Query) cosines(passages []Passage) []float32 {
	out := make([]float32, len(passages))
	for i, p := range passages {
		out[i] = q.Cosine(p)
	}
	return out
}

// highest is the mean of the n highest values, which it sorts.
func highest(values []float32, n int) float32 {
	slices.Sort(values)
	return mean(values[max(0, len(values)-n):])
}

func mean(values []float32) float32 {
	var sum float32
	for _, v := range values {
		sum += v
	}
	return sum / float32(max(1, len(values)))
}

// Score weighs the terms: 0 for a middling story, higher for a better one, in
// units of spread.
func (m *Model) Score(t Terms) float32 {
	s := m.header.Scales
	return s["whole"].of(t.Whole) + s["sentences"].of(t.Sentences) + s["near"].of(t.Near) - m.header.Damping*s["crowd"].of(t.Crowd)
}
