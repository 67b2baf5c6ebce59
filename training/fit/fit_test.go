package main

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/training/graded"
)

func heldQueries(t *testing.T) []query {
	t.Helper()
	data, err := os.ReadFile("held.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all, err := parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The weights that match carries are the fitted ones, rounded; but for the bias of a
// job, which is set lower by hand.
func TestShippedWeightsAreTheFittedOnes(t *testing.T) {
	all := heldQueries(t)
	jobs := match.JobWeights()
	jobs.Bias += 0.8
	near(t, "questions", fitQuestions(all), match.QuestionWeights())
	near(t, "jobs", fitJobs(all), jobs)
}

// near compares weights field by field: rounded to two figures they agree.
func near(t *testing.T, kind string, fitted, shipped any) {
	t.Helper()
	a, b := reflect.ValueOf(fitted), reflect.ValueOf(shipped)
	for i := range a.NumField() {
		name := kind + "." + a.Type().Field(i).Name
		if a.Field(i).Kind() == reflect.Struct {
			near(t, name, a.Field(i).Interface(), b.Field(i).Interface())
		} else if x, y := a.Field(i).Float(), b.Field(i).Float(); math.Abs(x-y) > 0.05*max(1, math.Abs(x)) {
			t.Errorf("%s: fitted %.3f, shipped %.3f", name, x, y)
		}
	}
}

// The parts that need no encoder are what the program computes today: the file of
// measured parts is not out of date.
func TestHeldPartsAreCurrent(t *testing.T) {
	data := os.DirFS("../data")
	s, err := graded.LoadTraining(data, held[0])
	if err != nil {
		t.Fatal(err)
	}
	strangers, err := graded.LoadForeign(data)
	if err != nil {
		t.Fatal(err)
	}
	k, err := knowledge(nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, q := range heldQueries(t) {
		if q.set == s.Name {
			want = append(want, wordsOnly(q))
		}
	}
	var got []string
	for _, q := range look(k, s, graded.To(s.Name, strangers)) {
		got = append(got, wordsOnly(q))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("go run ./training/fit -model writes it anew (-file +program):\n%s", diff)
	}
}

func wordsOnly(q query) string {
	q.asked.Familiar = 0
	for i := range q.stories {
		q.stories[i].Meaning, q.stories[i].Competencies, q.stories[i].inferred = 0, 0, 0
	}
	return q.String()
}

// Newton's method finds the coefficients that examples were drawn with.
func TestFitFindsWhatExamplesWereDrawnWith(t *testing.T) {
	want, chance := []float64{-1, 2, -0.5}, rand.New(rand.NewPCG(1, 2))
	var r rows
	for range 20000 {
		x := []float64{1, chance.NormFloat64(), chance.NormFloat64()}
		r.add(1, chance.Float64() < 1/(1+math.Exp(-dot(want, x))), x...)
	}
	for i, got := range r.fit(0.01) {
		if math.Abs(got-want[i]) > 0.1 {
			t.Errorf("coefficient %d: %.3f, want %.3f", i, got, want[i])
		}
	}
}

func TestParse(t *testing.T) {
	line := "b2\tquestion\tq-01\t1.5 1 0.7\t-0.25 0.1 0 1 0.5 0.25 1+\t0 0 0 0 0 0 0"
	got, err := parse("# a comment\n" + line + "\n")
	if err != nil || len(got) != 1 || got[0].String() != line {
		t.Errorf("got %v, %v; a line is written as it was read", got, err)
	}
	for _, broken := range []string{"b2\tquestion\tq-01\t1 2 3\n", "b2\tquestion\tq-01\t1 2\t0 0 0 0 0 0 0\n", "b2\tquestion\tq-01\t1 2 3\t0 0 0 0 0 x 0\n"} {
		if _, err := parse(broken); err == nil {
			t.Errorf("no error for %q", broken)
		}
	}
}
