package practice

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/prep-cli/prep/pkg/question"
)

// Why a question was drawn.
const (
	Due    = "due"    // it was practised and is due again
	Weak   = "weak"   // it was never practised and asks for what is weak
	New    = "new"    // it was never practised
	Random = "random" // it was practised and is not due yet
)

// reasons are the same, the most pressing first.
var reasons = []string{Due, Weak, New, Random}

// Drawn is a question of a drill with the reason it was drawn for.
type Drawn struct {
	question.Question
	Reason string
	Due    time.Time // the day, as Day gives it; zero where it was never practised

	weakness float64
}

// Draw gives n of the questions, or all where there are fewer, none twice: what is
// due, the longest due first; then what is new and weak, the weakest first; then
// what else is new; then the rest. Among equals every order is equally likely. The
// same questions, schedule and seed give the same drill, whatever order the questions
// come in.
// weak gives how weak one is in what a question asks for, 0 to 1; nil finds nothing
// weak.
func Draw(questions []question.Question, n int, seed uint64, s Schedule, weak func(question.Question) float64) []Drawn {
	all := make([]Drawn, len(questions))
	for i, q := range questions {
		all[i] = s.drawn(q, weak)
	}
	slices.SortFunc(all, func(a, b Drawn) int { return cmp.Compare(a.ID, b.ID) })
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, pressing)
	return all[:min(max(n, 0), len(all))]
}

func (s *Schedule) drawn(q question.Question, weak func(question.Question) float64) Drawn {
	d := Drawn{Question: q, Reason: New, Due: s.Due(q.ID)}
	switch {
	case d.Due.IsZero() && weak != nil:
		if d.weakness = weak(q); d.weakness > 0 {
			d.Reason = Weak
		}
	case d.Due.IsZero():
	case d.Due.After(s.Today):
		d.Reason = Random
	default:
		d.Reason = Due
	}
	return d
}

// pressing orders by reason, then by what makes the reason press. What is not due
// has no order: the day it will be due is no reason today.
func pressing(a, b Drawn) int {
	byReason := cmp.Compare(slices.Index(reasons, a.Reason), slices.Index(reasons, b.Reason))
	if byReason == 0 && a.Reason == Due {
		return a.Due.Compare(b.Due)
	}
	return cmp.Or(byReason, cmp.Compare(b.weakness, a.weakness))
}

// Standing is how well practice has gone with one competency.
type Standing struct {
	ID        string
	Strength  float64 // the mean of Schedule.Strength over the questions practised, 0 to 1
	Practised int     // questions that probe it and were practised
}

// Standings gives the standing of each competency that the questions probe, by id.
func (s *Schedule) Standings(questions []question.Question) map[string]Standing {
	out := map[string]Standing{}
	for _, q := range questions {
		strength, practised := s.Strength(q.ID)
		for _, id := range q.Competencies {
			st := out[id]
			st.ID = id
			if practised {
				st.Strength = (st.Strength*float64(st.Practised) + strength) / float64(st.Practised+1)
				st.Practised++
			}
			out[id] = st
		}
	}
	return out
}

// Shaky gives how weak one is, 0 to 1, in each of what a job asks for. unproved says
// how little the stories prove it, by competency or skill. Practice adds to that: a
// competency is 1 where its answers go as badly as can be, and 0 from the middle
// grades on. Figures are rounded to hundredths, so that every processor draws alike.
func (s *Schedule) Shaky(unproved map[string]float64, questions []question.Question) map[string]float64 {
	standing := s.Standings(questions)
	out := map[string]float64{}
	for name, w := range unproved {
		if st := standing[name]; st.Practised > 0 {
			w = max(w, 1-2*st.Strength)
		}
		out[name] = math.Round(100*w) / 100
	}
	return out
}
