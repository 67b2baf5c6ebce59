package main

import (
	"math"
	"slices"

	"github.com/prep-cli/prep/pkg/match"
)

// fitQuestions fits first how likely a story is accepted, on all pairs of stories
// with questions, foreign ones among them; then how likely a question is one that
// stories answer, on the best story of each. Foreign questions weigh there as much as
// the others together.
func fitQuestions(all []query) match.Weights {
	asked := of(all, match.KindQuestion, foreign)
	var rows rows
	for _, q := range asked {
		for _, s := range q.stories {
			for _, competencies := range []float64{s.Competencies, s.inferred} {
				rows.add(1, s.accepted, 1, s.Meaning, s.Words, s.Passage, s.Skills, competencies, q.asked.Words, s.Unmet)
			}
		}
	}
	b := rows.fit(1)
	w := match.Weights{Bias: b[0], Meaning: b[1], Words: b[2], Passage: b[3], Skills: b[4], Competencies: b[5], AskedWords: b[6], Unmet: b[7]}
	w.Known = fitKnown(asked, w)
	return w
}

// sharpness is by how much the second likelihood is sharpened: what has been learnt
// of it comes from forty questions, and a doubt that is left half open refuses
// nothing. Chosen on the development sets.
const sharpness = 2

func fitKnown(asked []query, w match.Weights) match.Known {
	strangers := float64(len(of(asked, foreign)))
	share := (float64(len(asked)) - strangers) / strangers
	var rows rows
	for _, q := range asked {
		weight := 1.0
		if q.kind == foreign {
			weight = share
		} else if !slices.ContainsFunc(q.stories, func(s candidate) bool { return s.accepted }) {
			continue
		}
		for _, bare := range []bool{false, true} {
			sum, best := q.best(w, bare)
			rows.add(weight, q.kind != foreign, 1, sum, q.asked.Familiar, q.asked.Words, best.Passage, best.Skills)
		}
	}
	b := rows.fit(0.01)
	for i := range b {
		b[i] *= sharpness
	}
	return match.Known{Bias: b[0], Accepted: b[1], Familiar: b[2], AskedWords: b[3], Passage: b[4], Skills: b[5]}
}

// best is the story of the highest sum and that sum, whether stories claim or not.
func (q query) best(w match.Weights, bare bool) (sum float64, best match.Parts) {
	w.Known, sum = match.Known{}, math.Inf(-1)
	for _, s := range q.stories {
		p := s.Parts
		if bare {
			p.Competencies = s.inferred
		}
		x := w.Score(q.asked, p)
		if x = math.Log(x / (1 - x)); x > sum {
			sum, best = x, p
		}
	}
	return sum, best
}

func fitJobs(all []query) match.Weights {
	var rows rows
	for _, q := range of(all, match.KindJob) {
		for _, s := range q.stories {
			rows.add(1, s.accepted, 1, s.Meaning, s.Words, s.Skills)
		}
	}
	b := rows.fit(0.01)
	return match.Weights{Bias: b[0], Meaning: b[1], Words: b[2], Skills: b[3]}
}

// rows are the examples of a logistic regression: what is known of each, whether it
// is so, and how much the example weighs.
type rows struct {
	x      [][]float64
	is     []bool
	weight []float64
}

func (r *rows) add(weight float64, is bool, x ...float64) {
	r.x, r.is, r.weight = append(r.x, x), append(r.is, is), append(r.weight, weight)
}

// fit gives the most likely coefficients by Newton's method; ridge is what their
// squares cost.
func (r *rows) fit(ridge float64) []float64 {
	n := len(r.x[0])
	b := make([]float64, n)
	for range 50 {
		slope, curve := make([]float64, n), make([][]float64, n)
		for i := range n {
			slope[i], curve[i] = -ridge*b[i], make([]float64, n)
			curve[i][i] = ridge
		}
		for k, x := range r.x {
			p := 1 / (1 + math.Exp(-dot(b, x)))
			miss := -p
			if r.is[k] {
				miss++
			}
			for i := range n {
				slope[i] += r.weight[k] * miss * x[i]
				for j := range n {
					curve[i][j] += r.weight[k] * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		step, longest := solve(curve, slope), 0.0
		for i := range b {
			b[i] += step[i]
			longest = max(longest, math.Abs(step[i]))
		}
		if longest < 1e-9 {
			break
		}
	}
	return b
}

func dot(a, b []float64) float64 {
	var sum float64
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// solve solves a system of linear equations by elimination; it overwrites both.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		best := i
		for j := i + 1; j < n; j++ {
			if math.Abs(a[j][i]) > math.Abs(a[best][i]) {
				best = j
			}
		}
		a[i], a[best], b[i], b[best] = a[best], a[i], b[best], b[i]
		for j := i + 1; j < n; j++ {
			share := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= share * a[i][k]
			}
			b[j] -= share * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}

// bin is the pairs whose scores are alike.
type bin struct {
	score, accepted float64 // means
	pairs           int
}

// edges part the scores into bins: most pairs score low.
var edges = []float64{0, .02, .05, .1, .2, .3, .4, .5, .6, .7, .8, 1}

// reliability compares scores with how often such pairs are accepted.
func reliability(all []query, kind string, w match.Weights) []bin {
	bins := make([]bin, len(edges)-1)
	note := func(score float64, accepted bool) {
		at := max(0, slices.IndexFunc(edges[1:], func(e float64) bool { return score < e }))
		bins[at].score += score
		bins[at].pairs++
		if accepted {
			bins[at].accepted++
		}
	}
	kinds := []string{kind}
	if kind == match.KindQuestion {
		kinds = append(kinds, foreign)
	}
	for _, q := range of(all, kinds...) {
		for _, s := range q.stories {
			note(w.Score(q.asked, s.Parts), s.accepted)
			if kind == match.KindQuestion {
				s.Competencies = s.inferred
				note(w.Score(q.asked, s.Parts), s.accepted)
			}
		}
	}
	for i := range bins {
		n := float64(max(1, bins[i].pairs))
		bins[i].score, bins[i].accepted = bins[i].score/n, bins[i].accepted/n
	}
	return bins
}
