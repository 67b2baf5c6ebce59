package graded_test

import (
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/training/graded"
)

func TestLoadAll(t *testing.T) {
	sets, err := graded.LoadAll(os.DirFS("../../pkg/match/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	var got [][4]int
	for _, s := range sets {
		got = append(got, [4]int{len(s.Stories), len(s.Questions), len(s.Jobs), len(s.Claims)})
	}
	if diff := cmp.Diff([][4]int{{40, 48, 10, 40}, {45, 60, 6, 45}, {45, 60, 6, 45}}, got); diff != "" {
		t.Error(diff)
	}
}

// The figures of a ranking small enough to be worked out by hand.
func TestMeasure(t *testing.T) {
	stories := []story.Story{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	queries := []graded.Query{
		{ID: "q1", Grades: map[string]int{"a": 3, "b": 1}}, // ranked b, a, c
		{ID: "q2", Grades: map[string]int{"c": 1}},         // ranked b, a, c; no story of grade 2
		{ID: "q3"}, // not graded
	}
	got := graded.Measure(queries, stories, func(graded.Query) []float64 { return []float64{1, 2, 0} })
	q1 := (1 + 7/math.Log2(3)) / (7 + 1/math.Log2(3))
	q2 := (1 / math.Log2(4)) / 1
	want := graded.Figures{NDCG: (q1 + q2) / 2, Success: 0, MRR: 0.5}
	if math.Abs(got.NDCG-want.NDCG) > 1e-12 || got.Success != want.Success || got.MRR != want.MRR {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
