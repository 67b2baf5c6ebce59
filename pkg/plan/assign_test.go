package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAssign(t *testing.T) {
	for _, tt := range []struct {
		why    string
		scores [][]float64
		want   []int
	}{
		{"no question has no answer", nil, []int{}},
		{"no story, no answer", [][]float64{{}, {}}, []int{open, open}},
		{"one that does not fit is not told", [][]float64{{0, 0.4}, {0, 0}}, []int{1, open}},
		{"the best for one may be the only one for another", [][]float64{{0.9, 0.8}, {0.7, 0}}, []int{1, 0}},
		{"what counts is the sum", [][]float64{{0.9, 0.8}, {0.8, 0.2}}, []int{1, 0}},
		{"no score is worth telling a story twice", [][]float64{{1, 0.1}, {1, 0.1}}, []int{0, 1}},
		{"it is told twice where there is no other", [][]float64{{0.3}, {0.2}}, []int{0, 0}},
		{"two twice rather than one three times", [][]float64{{1, 0.1}, {1, 0.1}, {1, 0.1}, {1, 0.1}}, []int{0, 0, 1, 1}},
		{"of equals the newer, which stands first", [][]float64{{0.5, 0.5, 0.5}}, []int{0}},
		{"of equals the newer goes to the earlier question", [][]float64{{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}}, []int{0, 1}},
		{"a long way round", [][]float64{{0.9, 0.8, 0}, {0, 0.9, 0.8}, {0.9, 0, 0}}, []int{1, 2, 0}},
	} {
		if diff := cmp.Diff(tt.want, assign(tt.scores)); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

// random gives a small matrix with many misfits and ties.
func random(r *rand.Rand) [][]float64 {
	scores := make([][]float64, 1+r.IntN(5))
	stories := 1 + r.IntN(5)
	for q := range scores {
		scores[q] = make([]float64, stories)
		for s := range scores[q] {
			if r.IntN(3) > 0 {
				scores[q][s] = float64(1+r.IntN(8)) / 8
			}
		}
	}
	return scores
}

// total is what an assignment costs, counted anew.
func total(scores [][]float64, chosen []int) cost {
	var sum cost
	told := map[int]int{}
	a := assignment{scores: scores}
	for q, s := range chosen {
		if s != open {
			sum = sum.plus(a.cost(q, telling{story: s, again: told[s]}))
			told[s]++
		}
	}
	return sum
}

// cheapest tries every way to answer the questions from q on.
func cheapest(scores [][]float64, chosen []int, q int) cost {
	if q == len(scores) {
		return total(scores, chosen)
	}
	var best cost
	found := false
	for s, score := range scores[q] {
		if fits(score) {
			chosen[q] = s
			if c := cheapest(scores, chosen, q+1); !found || c.compare(best) < 0 {
				best, found = c, true
			}
		}
	}
	if !found {
		chosen[q] = open
		return cheapest(scores, chosen, q+1)
	}
	return best
}

// No way of answering is better than the one chosen, by trying all of them.
func TestAssignIsOptimal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 5000 {
		scores := random(r)
		got := assign(scores)
		for q, s := range got {
			if s != open && !fits(scores[q][s]) {
				t.Fatalf("%v: question %d is answered by a story that does not fit: %v", scores, q, got)
			}
		}
		if best := cheapest(scores, make([]int, len(scores)), 0); total(scores, got) != best {
			t.Fatalf("%v: %v costs %v, the cheapest %v", scores, got, total(scores, got), best)
		}
	}
}

// BenchmarkAssign answers fifteen questions from libraries of growing size; all
// stories fit all questions, which is the most work.
func BenchmarkAssign(b *testing.B) {
	for _, stories := range []int{100, 1000, 10000} {
		r := rand.New(rand.NewPCG(2, 2))
		scores := make([][]float64, 15)
		for q := range scores {
			for range stories {
				scores[q] = append(scores[q], 0.1+0.9*r.Float64())
			}
		}
		b.Run(fmt.Sprintf("15x%d", stories), func(b *testing.B) {
			for b.Loop() {
				assign(scores)
			}
		})
	}
}
