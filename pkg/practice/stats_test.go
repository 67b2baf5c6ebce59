package practice_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/question"
)

func day(days int) time.Time { return practice.Day(monday).AddDate(0, 0, days) }

func TestStats(t *testing.T) {
	spoken := func(e practice.Event, story string, seconds float64, shares *practice.Shares) practice.Event {
		e.Story, e.Seconds, e.Shares = story, seconds, shares
		return e
	}
	recalled := func(e practice.Event, story string) practice.Event {
		e.Mode, e.Story, e.Seconds = practice.Recall, story, 7
		return e
	}
	qs := []question.Question{
		{ID: "q-1", Competencies: []string{"failure", "ownership"}}, {ID: "q-2", Competencies: []string{"conflict"}},
		{ID: "q-3", Competencies: []string{"ownership"}}, {ID: "q-4", Competencies: []string{"hiring"}},
	}
	h := practice.History{Events: []practice.Event{
		spoken(grade("A", -4, "q-1", good), "orders", 60, &practice.Shares{Setup: 0.2, Action: 0.6, Outcome: 0.2}),
		spoken(grade("B", -1, "q-2", easy), "orders", 90, &practice.Shares{Setup: 0.4, Action: 0.4, Outcome: 0.2}),
		spoken(grade("C", -1, "gone", hard), "orders", 30, nil),
		recalled(grade("D", 0, "q-3", again), "keys"),
		told("T", "cache", "Acme", "2026-02-20", 3),
		told("U", "cache", "Zeta", "2026-02-27", 0),
	}}
	s := h.Schedule(monday, day(8))
	got := h.Stats(&s, qs, []string{"cache", "keys", "orders", "quiet"})
	want := practice.Stats{
		Today: day(0), Interview: day(8), Streak: 2,
		Days: []practice.Evening{
			{Date: day(-4), Told: 1, Spoken: time.Minute, Shares: practice.Shares{Setup: 0.2, Action: 0.6, Outcome: 0.2}},
			{Date: day(-1), Told: 2, Spoken: 2 * time.Minute, Shares: practice.Shares{Setup: 0.4, Action: 0.4, Outcome: 0.2}},
			{Date: day(0), Recalled: 1},
		},
		Total: practice.Evening{Told: 3, Recalled: 1, Spoken: 3 * time.Minute, Shares: practice.Shares{Setup: 0.3, Action: 0.5, Outcome: 0.2}},
		Standings: []practice.Standing{
			{ID: "ownership", Strength: 0.293, Practised: 2}, {ID: "failure", Strength: 0.586, Practised: 1}, {ID: "conflict", Strength: 0.993, Practised: 1},
		},
		Fresh:    []string{"hiring"},
		Due:      []practice.DueOn{{day(0), 1}, {day(1), 1}, {day(7), 1}}, // q-1 is overdue, q-3 failed, q-2 waits for the eve
		Overused: []practice.Use{{Story: "orders", Questions: 3}},
		Untold:   []string{"keys", "quiet"}, // to recall one is not to tell it
		Tellings: []practice.Event{h.Events[5], h.Events[4]},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(practice.Evening{}), cmpopts.EquateApprox(0, 0.001)); diff != "" {
		t.Error(diff)
	}
}

func TestStreak(t *testing.T) {
	for _, tc := range []struct {
		why  string
		days []int // of practice, from today
		want int
	}{
		{"nobody has begun", nil, 0},
		{"today", []int{0}, 1},
		{"today is not over: yesterday still counts", []int{-2, -1}, 2},
		{"a day left out ends it", []int{-3, -1, 0}, 2},
		{"the day before yesterday is too long ago", []int{-4, -3, -2}, 0},
		{"several times a day is one day", []int{-1, -1, 0, 0}, 2},
		{"a day of a clock that was wrong neither helps nor harms", []int{-1, 0, 40}, 2},
	} {
		t.Run(tc.why, func(t *testing.T) {
			var h practice.History
			for i, d := range tc.days {
				h.Events = append(h.Events, grade(string(rune('A'+i)), d, "q", good))
			}
			s := h.Schedule(monday, time.Time{})
			if got := h.Stats(&s, nil, nil).Streak; got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
}

func TestStatsOfNothing(t *testing.T) {
	s := (&practice.History{}).Schedule(monday, time.Time{})
	got := (&practice.History{}).Stats(&s, bank(3), []string{"a", "b"})
	want := practice.Stats{Today: day(0), Untold: []string{"a", "b"}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(practice.Evening{})); diff != "" {
		t.Error(diff)
	}
}

func TestDueLooksTwoWeeksAheadWithoutAnInterview(t *testing.T) {
	h := practice.History{Events: []practice.Event{grade("A", 0, "q-00", easy), grade("B", 0, "q-01", good)}}
	s := h.Schedule(monday, time.Time{})
	if diff := cmp.Diff([]practice.DueOn{{Date: day(3), Count: 1}}, h.Stats(&s, bank(3), nil).Due); diff != "" {
		t.Error(diff)
	}
}
