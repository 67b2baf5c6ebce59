package practice_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/question"
)

func bank(n int) []question.Question {
	qs := make([]question.Question, n)
	for i := range qs {
		qs[i].ID = fmt.Sprintf("q-%02d", i)
	}
	return qs
}

func ids(drawn []practice.Drawn) []string {
	var out []string
	for _, d := range drawn {
		out = append(out, d.ID)
	}
	return out
}

func TestDrawIsTheSameBySeedWhateverTheOrder(t *testing.T) {
	qs := bank(30)
	want := []string{"q-25", "q-21", "q-15", "q-17", "q-02"} // on every machine
	if diff := cmp.Diff(want, ids(practice.Draw(qs, 5, 7, practice.Schedule{}, nil))); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(qs)
	if diff := cmp.Diff(want, ids(practice.Draw(qs, 5, 7, practice.Schedule{}, nil))); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(want, ids(practice.Draw(qs, 5, 8, practice.Schedule{}, nil))) {
		t.Error("another seed, the same drill")
	}
}

func TestDrawTakesThePressingFirst(t *testing.T) {
	h := practice.History{Events: []practice.Event{
		grade("A", -9, "q-05", again), // due since eight days ago
		grade("B", -5, "q-01", good),  // due since two days ago
		grade("C", -3, "q-09", good),  // due today
		grade("D", 0, "q-02", easy),   // not for two weeks
		grade("E", -9, "q-03", easy),  // nor this
	}}
	s := h.Schedule(monday, time.Time{})
	weak := func(q question.Question) float64 {
		return map[string]float64{"q-04": 0.5, "q-06": 1, "q-08": 0.25, "q-02": 1, "q-01": 1}[q.ID]
	}
	want := []string{"due q-05 2026-02-22", "due q-01 2026-02-28", "due q-09 2026-03-02",
		"weak q-06", "weak q-04", "weak q-08", "new q-00", "new q-07", "random q-02 2026-03-18", "random q-03 2026-03-09"}
	for seed := range uint64(50) {
		var got []string
		for _, d := range practice.Draw(bank(10), 10, seed, s, weak) {
			line := d.Reason + " " + d.ID
			if !d.Due.IsZero() {
				line += d.Due.Format(" 2006-01-02")
			}
			got = append(got, line)
		}
		slices.Sort(got[6:8]) // among equals chance decides
		slices.Sort(got[8:])
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestDrawNeverGivesMoreThanThereIs(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 3: 3, 9: 3} {
		if got := practice.Draw(bank(3), n, 1, practice.Schedule{}, nil); len(got) != want {
			t.Errorf("%d of 3: got %d, want %d", n, len(got), want)
		}
	}
}

// Every question is as likely as any other: chi-squared over 10,000 seeds, with
// 29 degrees of freedom; 58.3 is passed once in a thousand times by chance, and
// the seeds are fixed.
func TestDrawIsEven(t *testing.T) {
	const questions, drawn, seeds = 30, 3, 10_000
	counts := map[string]float64{}
	for seed := range uint64(seeds) {
		for _, d := range practice.Draw(bank(questions), drawn, seed, practice.Schedule{}, nil) {
			counts[d.ID]++
		}
	}
	expected := float64(seeds*drawn) / questions
	sum := 0.0
	for _, q := range bank(questions) {
		sum += (counts[q.ID] - expected) * (counts[q.ID] - expected) / expected
	}
	if sum > 58.3 {
		t.Errorf("chi-squared is %.1f: %v", sum, counts)
	}
}

func TestShakyJoinsStoriesAndPractice(t *testing.T) {
	qs := []question.Question{
		{ID: "a", Competencies: []string{"conflict", "failure"}},
		{ID: "b", Competencies: []string{"conflict"}},
		{ID: "c", Competencies: []string{"ownership"}},
	}
	h := practice.History{Events: []practice.Event{grade("A", 0, "a", again), grade("B", 0, "b", good)}}
	s := h.Schedule(monday, time.Time{})
	got := s.Shaky(map[string]float64{"conflict": 0, "failure": 0.5, "ownership": 0.5, "Kubernetes": 1, "Go": 0}, qs)
	want := map[string]float64{
		"conflict":   0.33, // proved, but its answers went 0 and ⅔
		"failure":    1,    // its answer failed
		"ownership":  0.5,  // not practised: what the stories prove
		"Kubernetes": 1,    // a skill
		"Go":         0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
