package practice_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-spaced-repetition/go-fsrs/v3"

	"github.com/prep-cli/prep/pkg/practice"
)

const (
	again = 1 + iota
	hard
	good
	easy
)

// state is where a card stands after a grade.
type state struct {
	Interval              uint64
	Stability, Difficulty float64 // to four places
}

func four(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// The cases that go-fsrs publishes in fsrs_test.go, with what it says must come out.
// Each grade is given on the day that the last one made it due, or on the given day.
func TestScheduleIsThatOfFSRS(t *testing.T) {
	grades := []int{good, good, good, good, good, good, again, again, good, good, good, good, good}
	for _, tc := range []struct {
		why         string
		minutes     bool  // with steps of minutes, which practice does without
		grades      []int //
		days        []int // between one grade and the next; nil where each is given when due
		intervals   []uint64
		stabilities []float64 // nil where only the last is published
		last        state     // zero where all are
	}{
		{why: "TestLongTermScheduler, the way practice uses it", grades: grades,
			intervals:   []uint64{3, 11, 35, 101, 269, 669, 12, 2, 5, 12, 26, 55, 112},
			stabilities: []float64{3.173, 10.7389, 34.5776, 100.7483, 269.2838, 669.3093, 11.8987, 2.236, 5.2001, 11.8993, 26.4917, 55.4949, 111.9726},
			last:        state{112, 111.9726, 7.6899}},
		{why: "TestBasicSchedulerExample", minutes: true, grades: grades,
			intervals: []uint64{0, 4, 14, 44, 125, 328, 0, 0, 7, 16, 34, 71, 142}},
		{why: "TestBasicSchedulerMemoState", minutes: true, grades: []int{again, good, good, good, good, good, good}, days: []int{0, 0, 1, 3, 8, 21},
			last: state{48, 48.4848, 7.0866}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			params := fsrs.DefaultParam()
			params.EnableShortTerm = tc.minutes
			var h practice.History
			day := monday
			var got []state
			for i, g := range tc.grades {
				h.Events = append(h.Events, practice.Event{Kind: practice.Graded, At: day, Question: "q", Grade: g})
				s := practice.Replay(&h, params, day, time.Time{})
				card := practice.CardOf(&s, "q")
				got = append(got, state{card.ScheduledDays, four(card.Stability), four(card.Difficulty)})
				if day = s.Due("q"); tc.days != nil && i < len(tc.days) {
					day = h.Events[i].At.AddDate(0, 0, tc.days[i])
				}
			}
			for i, want := range tc.intervals {
				if got[i].Interval != want {
					t.Errorf("interval %d: got %d, want %d", i+1, got[i].Interval, want)
				}
			}
			for i, want := range tc.stabilities {
				if got[i].Stability != want {
					t.Errorf("stability %d: got %v, want %v", i+1, got[i].Stability, want)
				}
			}
			if diff := cmp.Diff(tc.last, got[len(got)-1]); tc.last != (state{}) && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLongTermScheduler once more, before an interview: as FSRS says, but on its eve
// at the latest.
func TestScheduleIsCappedAtTheNextInterview(t *testing.T) {
	published := []int{3, 11, 35, 101, 269, 669, 12, 2, 5, 12, 26, 55, 112}
	grades := []int{good, good, good, good, good, good, again, again, good, good, good, good, good}
	for _, days := range []int{1, 2, 3, 30, 300} {
		var h practice.History
		day := monday
		for i, g := range grades {
			h.Events = append(h.Events, practice.Event{Kind: practice.Graded, At: day, Question: "q", Grade: g})
			interview := practice.Day(day).AddDate(0, 0, days)
			s := h.Schedule(day, interview)
			want := practice.Day(day).AddDate(0, 0, min(published[i], max(days-1, 1)))
			if got := s.Due("q"); !got.Equal(want) {
				t.Errorf("interview in %d days, grade %d: due %s, want %s", days, i+1, got, want)
			}
			free := h.Schedule(day, time.Time{})
			day = free.Due("q")
		}
	}
}

func TestScheduleDue(t *testing.T) {
	on := func(days int) time.Time { return practice.Day(monday).AddDate(0, 0, days) }
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		why       string
		events    []practice.Event
		now       time.Time
		interview time.Time
		want      time.Time
	}{
		{"never practised", nil, monday, time.Time{}, time.Time{}},
		{"failed: tomorrow", []practice.Event{grade("A", 0, "q", again)}, monday, time.Time{}, on(1)},
		{"good: in three days", []practice.Event{grade("A", 0, "q", good)}, monday, time.Time{}, on(3)},
		{"easy: in two weeks, but the interview is sooner", []practice.Event{grade("A", 0, "q", easy)}, monday, on(10), on(9)},
		{"practised on the eve: on the day", []practice.Event{grade("A", 0, "q", easy)}, monday, on(1), on(1)},
		{"practised on the day: after it, as FSRS says", []practice.Event{grade("A", 0, "q", good)}, monday, on(0), on(3)},
		{"an interview that came up later caps what was practised before", []practice.Event{grade("A", 0, "q", easy)}, monday.AddDate(0, 0, 5), on(8), on(7)},
		{"a telling is no practice", []practice.Event{told("T", "q", "Acme", "2026-03-01", 1)}, monday, time.Time{}, time.Time{}},
		{"a day ends at the user's midnight, not at UTC's", []practice.Event{
			{Kind: practice.Graded, At: time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC), Question: "q", Grade: good}}, // 0:30 in Berlin
			monday.In(berlin), time.Time{}, on(3)},
	} {
		t.Run(tc.why, func(t *testing.T) {
			h := practice.History{Events: tc.events}
			s := h.Schedule(tc.now, tc.interview)
			if got := s.Due("q"); !got.Equal(tc.want) {
				t.Errorf("due %s, want %s", got, tc.want)
			}
		})
	}
}

// A grade taken in one at a time gives what the whole history gives.
func TestScheduleAddIsReplay(t *testing.T) {
	h, _ := practice.ReadHistory("h", years(500))
	whole := h.Schedule(monday, time.Time{})
	step := (&practice.History{}).Schedule(monday, time.Time{})
	for _, e := range h.Events {
		step.Add(e)
	}
	for _, e := range h.Events {
		if want, got := whole.Due(e.Question), step.Due(e.Question); !got.Equal(want) {
			t.Fatalf("%s: due %s, want %s", e.Question, got, want)
		}
	}
}

func TestStrength(t *testing.T) {
	for _, tc := range []struct {
		why       string
		grades    []int
		days      int // since the last grade
		low, high float64
		practised bool
	}{
		{"never practised", nil, 0, 0, 0, false},
		{"failed a minute ago: remembered, and still nothing", []int{again}, 0, 0, 0, true},
		{"easy just now", []int{easy}, 0, 1, 1, true},
		{"good just now", []int{good}, 0, 0.66, 0.67, true},
		{"good three days ago fades by a tenth", []int{good}, 3, 0.59, 0.61, true},
		{"good a year ago fades to little", []int{good}, 365, 0.05, 0.2, true},
		{"what was good often fades slowly", []int{good, good, good, good}, 20, 0.62, 0.66, true},
		{"a clock that was wrong once does no harm", []int{easy}, -2, 1, 1, true},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := (&practice.History{}).Schedule(monday, time.Time{})
			day := monday
			for i, g := range tc.grades {
				if i > 0 {
					day = s.Due("q")
				}
				s.Add(practice.Event{Kind: practice.Graded, At: day, Question: "q", Grade: g})
			}
			s.Today = practice.Day(day).AddDate(0, 0, tc.days)
			got, practised := s.Strength("q")
			if practised != tc.practised || got < tc.low || got > tc.high {
				t.Errorf("got %.3f, %v; want %.2f to %.2f, %v", got, practised, tc.low, tc.high, tc.practised)
			}
		})
	}
}
