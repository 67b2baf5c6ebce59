package report_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/plan"
	"github.com/prep-cli/prep/pkg/report"
)

// An id that does not fit its column is broken between its words.
func TestPlanBreaksIDsBetweenWords(t *testing.T) {
	p := plan.Plan{Questions: []plan.Question{{
		ID: "q", Text: "Which cache of yours told a lie, and who believed it?", Why: "“Redis in production”",
		Story: "the-cache-stampede", Backup: "the-midnight-token-massacre", Score: 0.5,
	}, {ID: "r", Text: "Why?"}}, Gaps: []string{"Kafka"}}
	const want = `#  Question       Story       Backup         Why
──────────────────────────────────────────────────────────
1  Which cache    the-cache-  the-midnight-  “Redis in
   of yours told  stampede    token-         production”
   a lie, and     (50%)       massacre
   who believed
   it?
2  Why?           none fits

Gaps, wanted and not proved:
    Kafka
`
	var out bytes.Buffer
	if err := report.Plan(&out, report.Style{Width: 64}, p); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// Whatever a posting or a story is called, the view keeps to the screen, and JSON
// holds every character.
func FuzzPlan(f *testing.F) {
	f.Add("“Kafka, \x1b[31mday\x1b[0m and night”", 60)
	f.Add("数据库迁移-😀👨‍👩‍👧-e\u0301-and-a-long-id-after-it", 54)
	f.Add("-=1+1 | `x`", 80)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 50 || width > 300 || !utf8.ValidString(s) {
			t.Skip("five columns of eight cells and their gaps need 50; stories are UTF-8")
		}
		p := plan.Plan{Questions: []plan.Question{{ID: s, Text: s, Why: s, Story: s, Backup: s, Score: 0.5}}, Unused: []string{s}, Gaps: []string{s}}
		for _, format := range report.Formats {
			var out bytes.Buffer
			if err := report.Plan(&out, report.Style{Format: format, Width: width}, p); err != nil {
				t.Fatal(err)
			}
			inspect(t, format, out.String(), width)
			if format != report.JSON {
				continue
			}
			var view struct{ Questions []struct{ Text string } }
			if err := json.Unmarshal(out.Bytes(), &view); err != nil || view.Questions[0].Text != s {
				t.Errorf("%v: %q became %q", err, s, out.String())
			}
		}
	})
}
