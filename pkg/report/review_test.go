package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
)

func draw(t *testing.T, format string, f practice.Feedback) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Review(&b, report.Style{Format: format, Width: 40}, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReview(t *testing.T) {
	f := practice.Feedback{
		Words: 9, Seconds: 4, WPM: 135, Balance: star.Balance{Situation: 0.5, Action: 0.5}, I: 1,
		Sentences:   []practice.Said{{Text: "It broke.", Part: star.Situation}, {Text: "I moved it to Kafka and waited for a while.", Part: star.Action}},
		Fillers:     []practice.Count{{Word: "um", Count: 2}},
		Figures:     []string{"2"},
		Unsupported: []practice.Claim{{Text: "Kafka", Reason: "the story names no such technology"}},
		Missed:      []practice.Fact{{Field: "impact", Text: "It was fast."}},
		Advice:      []practice.Advice{{Rule: "short", Message: "4 seconds are short"}},
	}
	want := `9 words, 0:04 at 135 words a minute
situation 50%, task 0%, action 50%,
result 0%, reflection 0%
I 1, we 0
fillers: um 2
figures: 2

Not in the story
  "Kafka": the story names no such
  technology

Left out
  It was fast. (impact)

Advice
  4 seconds are short (short)

Situation
  It broke.

Action
  I moved it to Kafka and waited for a
  while.
`
	if diff := cmp.Diff(want, draw(t, report.Table, f)); diff != "" {
		t.Error(diff)
	}
	for format, want := range map[string]string{
		report.Markdown: "## Not in the story\n\n- \"Kafka\": the story names no such technology\n",
		report.CSV:      "unsupported,the story names no such technology,Kafka\n",
	} {
		if got := draw(t, format, f); !strings.Contains(got, want) {
			t.Errorf("%s without %q:\n%s", format, want, got)
		}
	}
}

// What is empty is a list all the same: who reads the JSON need not ask.
func TestReviewJSONHasNoNull(t *testing.T) {
	got := draw(t, report.JSON, practice.Feedback{})
	for _, key := range []string{"sentences", "fillers", "hedges", "figures", "unsupported", "missed", "advice"} {
		if !strings.Contains(got, `"`+key+`": []`) {
			t.Errorf("no empty list %q in\n%s", key, got)
		}
	}
}

// The JSON of an answer gives each question as one text, with where its answer is.
func TestStarFollowUps(t *testing.T) {
	var b bytes.Buffer
	a := star.Answer{FollowUps: []star.FollowUp{{Text: "Why?", Field: "lessons"}, {Text: "How long?"}}}
	if err := report.Star(&b, report.Style{Format: report.JSON}, a); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Why? (see lessons)"`, `"How long? (nothing in the story answers this)"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}
