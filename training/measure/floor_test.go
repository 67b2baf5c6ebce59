package main

import (
	"os"
	"testing"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/training/graded"
)

// What was reached on the development sets does not get lost: each floor lies just
// under what REPORT.md in training/ says.
func TestFloors(t *testing.T) {
	folder := os.DirFS("../../pkg/match/testdata")
	sets, err := graded.LoadAll(folder)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := graded.LoadForeign(folder)
	if err != nil {
		t.Fatal(err)
	}
	know, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	least := func(what string, got, floor float64) {
		t.Logf("%s: %.3f", what, got)
		if got < floor {
			t.Errorf("%s: %.3f, floor %.3f", what, got, floor)
		}
	}
	var bare, claimed, jobs, strangers, answerable []float64
	var skills skillCounts
	for _, s := range sets {
		m := newMatcher(know, s.Bare())
		bare = append(bare, graded.Measure(s.Questions, s.Stories, m.question(match.QuestionWeights())).NDCG)
		claimed = append(claimed, graded.Measure(s.Questions, s.Stories, newMatcher(know, s.Claimed()).question(match.QuestionWeights())).NDCG)
		jobs = append(jobs, graded.Measure(s.Jobs, s.Stories, m.job(match.JobWeights())).NDCG)
		words := graded.Measure(s.Jobs, s.Stories, newBM25(s.Stories, stemmed).score).NDCG
		least(s.Name+": questions", bare[len(bare)-1], 0.68)
		least(s.Name+": jobs, above BM25", jobs[len(jobs)-1]-words, 0.02)
		refused, wrongly := refusals(s.Bare(), foreign, know)
		strangers, answerable = append(strangers, refused...), append(answerable, wrongly...)
		skills = skills.plus(countSkills(know, s.Jobs))
	}
	least("questions", mean(bare), 0.70)
	least("questions, competencies claimed", mean(claimed), 0.735)
	least("jobs", mean(jobs), 0.84)
	least("foreign questions refused", mean(strangers), 0.87)
	least("answerable questions not refused", 1-mean(answerable), 0.975)
	least("skills, F1", skills.f1(), 0.88)
	least("skills, must or nice right", float64(skills.must)/float64(skills.hit), 0.98)
}
