package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
)

func march(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }

var practised = practice.Stats{
	Today: march(9), Interview: march(14), Streak: 2,
	Days: []practice.Evening{
		{Date: march(6), Told: 1, Spoken: time.Minute, Shares: practice.Shares{Setup: 0.5, Action: 0.25, Outcome: 0.25}},
		{Date: march(8), Told: 4, Recalled: 2, Spoken: 8 * time.Minute, Shares: practice.Shares{Setup: 0.25, Action: 0.5, Outcome: 0.25}},
		{Date: march(9), Recalled: 1},
	},
	Total:     practice.Evening{Told: 5, Recalled: 3, Spoken: 9 * time.Minute, Shares: practice.Shares{Setup: 0.3, Action: 0.45, Outcome: 0.25}},
	Standings: []practice.Standing{{ID: "conflict", Practised: 2}, {ID: "failure", Strength: 0.01, Practised: 1}, {ID: "ownership", Strength: 0.75, Practised: 3}},
	Fresh:     []string{"hiring", "risk"},
	Due:       []practice.DueOn{{Date: march(9), Count: 4}, {Date: march(10), Count: 1}, {Date: march(13), Count: 2}},
	Overused:  []practice.Use{{Story: "orders", Questions: 4}},
	Untold:    []string{"keys"},
	Tellings:  []practice.Event{{Story: "orders", Company: "Zeta", Date: "2026-02-27", Went: 3}, {Story: "cache", Company: "Zeta", Date: "2026-02-27"}},
}

// On a terminal people look rather than read: bars, and lines of days.
func TestStatsOnATerminal(t *testing.T) {
	want := `Practice
What            How much                      Day by day
──────────────────────────────────────────────────────────
Next interview  Acme, in 5 days (2026-03-14)
Streak          2 days
Spoken          9 minutes                     ▂█▁
Told            5 questions                   ▃█▁
Recalled        3 questions                   ▁█▅

Shares of the answer
Part                   Mean  Day by day
─────────────────────────────────────────
Situation and task     30%   ▅▃
Action                 45%   ▃▅
Result and reflection  25%   ▃▃

Strength by competency
Competency  Questions  Strength
───────────────────────────────────────────────────────
conflict    2          0%        ░░░░░░░░░░░░░░░░░░░░
failure     1          1%        █░░░░░░░░░░░░░░░░░░░
ownership   3          75%       ███████████████░░░░░
Not practised yet:
    hiring, risk

Due
Day                     Questions
─────────────────────────────────────────────────────────
today (2026-03-09)      4          ████████████████████
tomorrow (2026-03-10)   1          █████
in 4 days (2026-03-13)  2          ██████████

Stories
Told for 3 or more questions:
    orders (4 questions)
Never told:
    keys

Told at interviews
Story   Company  Date        Went
─────────────────────────────────────
orders  Zeta     2026-02-27  3 of 4
cache   Zeta     2026-02-27
`
	if diff := cmp.Diff(want, stats(t, report.Style{Width: 80}, practised, "Acme")); diff != "" {
		t.Error(diff)
	}
}

func TestStatsKeepToTheWidth(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		for line := range strings.Lines(stats(t, report.Style{Width: width}, practised, "Acme")) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > width {
				t.Errorf("%d cells in a line of %d: %q", n, width, line)
			}
		}
	}
}

// Pictures are for terminals: what is piped is read by programs.
func TestStatsPipedHoldNoPicture(t *testing.T) {
	for _, format := range report.Formats {
		if got := stats(t, report.Style{Format: format}, practised, "Acme"); strings.ContainsAny(got, "█░▁▂▃▄▅▆▇") {
			t.Errorf("%s: %s", format, got)
		}
	}
}

// Who has not begun sees neither empty tables nor nulls where lists are promised.
func TestStatsOfNothing(t *testing.T) {
	for _, tc := range []struct {
		why, format, want string
	}{
		{"table", report.Table, "Practice\nWhat      How much\n───────────────────────\nStreak    0 days\nSpoken    0 minutes\nTold      0 questions\nRecalled  0 questions\n"},
		{"csv", report.CSV, "What,Name,Value\nstreak,,0\nminutes,,0\ntold,,0\nrecalled,,0\n"},
		{"json", report.JSON, `{
  "streak": 0,
  "minutes": 0,
  "told": 0,
  "recalled": 0,
  "shares": {
    "setup": 0,
    "action": 0,
    "outcome": 0
  },
  "competencies": [],
  "due": [],
  "overused": [],
  "untold": [],
  "interview": null,
  "days": [],
  "tellings": []
}
`},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, stats(t, report.Style{Format: tc.format}, practice.Stats{}, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func stats(t *testing.T, s report.Style, st practice.Stats, company string) string {
	t.Helper()
	var b strings.Builder
	if err := report.Stats(&b, s, st, company); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
