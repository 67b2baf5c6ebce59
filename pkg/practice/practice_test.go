package practice_test

import (
	"fmt"
	"slices"
	"testing"

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
	want := ids(practice.Draw(qs, 5, 7, nil))
	slices.Reverse(qs)
	if diff := cmp.Diff(want, ids(practice.Draw(qs, 5, 7, nil))); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(want, ids(practice.Draw(qs, 5, 8, nil))) {
		t.Error("another seed, the same drill")
	}
}

func TestDrawTakesWeakSpotsFirst(t *testing.T) {
	weak := func(q question.Question) bool { return q.ID == "q-03" || q.ID == "q-11" }
	for seed := range uint64(50) {
		got := practice.Draw(bank(20), 4, seed, weak)
		reasons := []string{got[0].Reason, got[1].Reason, got[2].Reason, got[3].Reason}
		if diff := cmp.Diff([]string{practice.Weak, practice.Weak, practice.New, practice.New}, reasons); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestDrawNeverGivesMoreThanThereIs(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 3: 3, 9: 3} {
		if got := practice.Draw(bank(3), n, 1, nil); len(got) != want {
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
		for _, d := range practice.Draw(bank(questions), drawn, seed, nil) {
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
