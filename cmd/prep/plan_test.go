package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every shipped posting gives a whole plan for the shipped stories, the same each
// time.
func TestPlanShippedPostings(t *testing.T) {
	postings, err := filepath.Glob("../../prompts/jobs/*.txt")
	if err != nil || len(postings) == 0 {
		t.Fatal(postings, err)
	}
	for i := range postings {
		if postings[i], err = filepath.Abs(postings[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, posting := range postings {
		code, first, stderr := prep(t, nil, "", "plan", "--jd", posting, "--format", "json")
		if code != exitDone {
			t.Fatalf("%s: exit %d: %s", posting, code, stderr)
		}
		var plan struct {
			Questions    []struct{ ID, Text, Why, Story string }
			Unused, Gaps []string
		}
		if err := json.Unmarshal([]byte(first), &plan); err != nil {
			t.Fatal(err)
		}
		stories := 0
		for _, q := range plan.Questions {
			if q.ID == "" || q.Text == "" || q.Why == "" {
				t.Errorf("%s: %+v", posting, q)
			}
			if q.Story != "" {
				stories++
			}
		}
		if len(plan.Questions) != 12 || stories == 0 {
			t.Errorf("%s: %d questions, %d stories", posting, len(plan.Questions), stories)
		}
		if _, second, _ := prep(t, nil, "", "plan", "--jd", posting, "--format", "json"); second != first {
			t.Errorf("%s: %s", posting, cmp.Diff(first, second))
		}
	}
}
