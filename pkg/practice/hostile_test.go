package practice

import (
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// An answer may be pasted from anywhere: at the largest size that is read, it is
// reviewed in no time.
func TestHostileAnswers(t *testing.T) {
	told := story.Story{Title: "Orders", Problem: yaml.Text{"Twelve parcels were lost because of 5 bugs in Kafka."}}
	for _, tc := range []struct{ why, unit string }{
		{"words", "word "}, {"lines", "a\n"}, {"labels", "Result: a\n"}, {"sentences", "I did 5. "}, {"one word", "a"}, {"figures", "5% 9 "}, {"skills", "Kafka, Go, "}, {"names", "Acme Corp "},
		{"fillers", "um, like, you know, "}, {"slashes", "a/"}, {"quotes", "\"a"}, {"numbers in words", "five hundred "}, {"blank lines", "a\n \n"}, {"bullets", "- a\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			if _, err := Review(strings.Repeat(tc.unit, MaxSize/len(tc.unit)), Setting{Skills: skill.Default(), Story: &told}); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// A history of broken lines is told in a hundred, and read as fast as another.
func TestHostileHistory(t *testing.T) {
	start := time.Now()
	h, problems := ReadHistory("practice.jsonl", []byte(strings.Repeat("{\n", 1_000_000)+strings.Repeat("[", 1_000_000)))
	if len(h.Events) > 0 || len(problems) != 101 || problems[100].Message != "999900 more problems from here on" || h.Torn == "" {
		t.Errorf("%d events, %d problems, the last %v", len(h.Events), len(problems), problems[len(problems)-1])
	}
	if took := time.Since(start); took > patience {
		t.Errorf("it took %v", took)
	}
}
