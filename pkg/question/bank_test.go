package question_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/prompts"
)

func bank(t testing.TB) []question.Question {
	questions, err := question.Load(prompts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

func TestBankNamesWhatExists(t *testing.T) {
	vocabulary, err := competency.Default()
	if err != nil {
		t.Fatal(err)
	}
	frameworks, err := competency.DefaultFrameworks()
	if err != nil {
		t.Fatal(err)
	}
	if err := question.Check(bank(t), vocabulary.IDs(), frameworks.IDs()); err != nil {
		t.Error(err)
	}
}

func TestBankIsWide(t *testing.T) {
	vocabulary, err := competency.Default()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, q := range bank(t) {
		count["all"]++
		count["level "+q.Level]++
		for _, f := range q.Frameworks {
			count["framework "+f]++
		}
		if len(q.Skills) > 0 {
			count["technical"]++
		} else {
			count[q.Competencies[0]]++
		}
	}
	least := map[string]int{"all": 300, "technical": 66, "framework amazon": 16, "framework gitlab": 12, "framework atlassian": 10}
	for _, level := range question.Levels {
		least["level "+level] = 30
	}
	for _, id := range vocabulary.IDs() {
		least[id] = 6
	}
	for name, n := range least {
		if count[name] < n {
			t.Errorf("%s: %d questions, want %d or more", name, count[name], n)
		}
	}
}

// A file is named for what it asks first, so that a person finds the place for a
// new question.
func TestBankFilesAreNamedForTheirQuestions(t *testing.T) {
	for _, q := range bank(t) {
		stem := strings.TrimSuffix(q.File, ".yaml")
		area, technical := strings.CutPrefix(stem, "technical-")
		switch {
		case !strings.HasPrefix(q.ID, area+"-"):
			t.Errorf("%s:%d: the id %q does not begin with %q", q.File, q.Line, q.ID, area)
		case technical != (len(q.Skills) > 0):
			t.Errorf("%s:%d: %q: skills stand in the technical files, there only", q.File, q.Line, q.ID)
		case !technical && q.Competencies[0] != stem:
			t.Errorf("%s:%d: %q probes %q first", q.File, q.Line, q.ID, q.Competencies[0])
		}
	}
}

func TestBankRepeatsNothing(t *testing.T) {
	questions := bank(t)
	words := make([][]string, len(questions))
	for i, q := range questions {
		words[i] = text.Words(q.Text)
		slices.Sort(words[i])
		words[i] = slices.Compact(words[i])
		for j := range i {
			if share := jaccard(words[i], words[j]); share >= 0.6 {
				t.Errorf("%s and %s share %.2f of their words", q.ID, questions[j].ID, share)
			}
		}
	}
}

// jaccard is the share of common words in all words of two sets.
func jaccard(a, b []string) float64 {
	common := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			common++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		bank(b)
	}
}
