package practice

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/prep-cli/prep/pkg/question"
)

// Stats is how practice goes. Its zero value is that of somebody who has not begun.
type Stats struct {
	Today     time.Time  // as Day gives it
	Interview time.Time  // the day of the next one; zero where there is none
	Streak    int        // days in a row with practice; a day that is not over breaks none
	Days      []Evening  // the days with practice, oldest first
	Total     Evening    // all of them together; its Date is zero
	Standings []Standing // of the competencies that were practised, the weakest first
	Fresh     []string   // the competencies that were not, by id
	Due       []DueOn    // until the interview, else for Horizon days; what is overdue is due today
	Overused  []Use      // stories told for Often or more questions, the most told first
	Untold    []string   // stories that were told neither in practice nor at an interview
	Tellings  []Event    // stories told at interviews, the latest first
}

// Evening is one day's practice.
type Evening struct {
	Date     time.Time     // as Day gives it
	Told     int           // answers told
	Recalled int           // stories recalled
	Spoken   time.Duration // telling them
	Shares   Shares        // the mean of the answers whose parts were marked; zero where none was

	marked int // how many those are
}

// DueOn is how many questions are due on a day.
type DueOn struct {
	Date  time.Time // as Day gives it
	Count int
}

// Use is how many different questions a story was told for.
type Use struct {
	Story     string
	Questions int
}

// Often is for how many questions a story is told when that is too many: an
// interview loop has hardly more interviewers, and they compare notes.
const Often = 3

// Horizon is how many days are looked ahead where no interview is to come.
const Horizon = 14

// Stats sums the history up, by the schedule that follows from it. Questions are the
// bank, stories the ids of the library: what is gone from either is not due, and not
// missed.
func (h *History) Stats(s *Schedule, questions []question.Question, stories []string) Stats {
	out := Stats{Today: s.Today, Interview: s.Interview, Due: s.days(questions), Tellings: h.Tellings("")}
	used := map[string]map[string]bool{} // the questions that each story was told for
	told := func(story string) map[string]bool {
		if used[story] == nil {
			used[story] = map[string]bool{}
		}
		return used[story]
	}
	for _, e := range h.Events {
		switch {
		case e.Kind == Told:
			told(e.Story)
			continue
		case e.Mode != Recall:
			told(e.Story)[e.Question] = true
		}
		out.add(e, Day(e.At.In(s.zone)))
	}
	out.Streak = streak(out.Days, s.Today)
	out.weigh(s.Standings(questions))
	out.Overused = overused(used)
	out.Untold = slices.DeleteFunc(slices.Clone(stories), func(id string) bool { return used[id] != nil })
	return out
}

// add takes in a grade of that day. Grades come in the order of time.
func (st *Stats) add(e Event, day time.Time) {
	if n := len(st.Days); n == 0 || !st.Days[n-1].Date.Equal(day) {
		st.Days = append(st.Days, Evening{Date: day})
	}
	st.Days[len(st.Days)-1].add(e)
	st.Total.add(e)
}

func (v *Evening) add(e Event) {
	if e.Mode == Recall {
		v.Recalled++
		return
	}
	v.Told++
	v.Spoken += time.Duration(e.Seconds * float64(time.Second))
	if e.Shares == nil {
		return
	}
	before, now := float64(v.marked), float64(v.marked+1)
	v.Shares.Setup = (v.Shares.Setup*before + e.Shares.Setup) / now
	v.Shares.Action = (v.Shares.Action*before + e.Shares.Action) / now
	v.Shares.Outcome = (v.Shares.Outcome*before + e.Shares.Outcome) / now
	v.marked++
}

// streak counts the days in a row that end today or, where nobody has practised yet
// today, yesterday.
func streak(days []Evening, today time.Time) int {
	n, want := 0, today
	for _, d := range slices.Backward(days) {
		if n == 0 && d.Date.Equal(today.AddDate(0, 0, -1)) {
			want = d.Date
		}
		switch {
		case d.Date.After(want): // a clock was wrong once
		case !d.Date.Equal(want):
			return n
		default:
			n, want = n+1, want.AddDate(0, 0, -1)
		}
	}
	return n
}

// weigh parts the competencies into those that were practised and those that were
// not.
func (st *Stats) weigh(standings map[string]Standing) {
	for _, id := range slices.Sorted(maps.Keys(standings)) {
		if standing := standings[id]; standing.Practised > 0 {
			st.Standings = append(st.Standings, standing)
		} else {
			st.Fresh = append(st.Fresh, id)
		}
	}
	slices.SortStableFunc(st.Standings, func(a, b Standing) int { return cmp.Compare(a.Strength, b.Strength) })
}

// days counts what is due on each day, those without left out.
func (s *Schedule) days(questions []question.Question) []DueOn {
	last := s.Interview
	if last.IsZero() {
		last = s.Today.AddDate(0, 0, Horizon)
	}
	counts := map[time.Time]int{}
	for _, q := range questions {
		day := s.Due(q.ID)
		if day.IsZero() || day.After(last) {
			continue
		}
		if day.Before(s.Today) {
			day = s.Today
		}
		counts[day]++
	}
	var out []DueOn
	for _, day := range slices.SortedFunc(maps.Keys(counts), time.Time.Compare) {
		out = append(out, DueOn{day, counts[day]})
	}
	return out
}

// overused gives the stories told for Often or more questions; an answer without a
// named story is none of them.
func overused(used map[string]map[string]bool) []Use {
	var out []Use
	for story, questions := range used {
		if story != "" && len(questions) >= Often {
			out = append(out, Use{story, len(questions)})
		}
	}
	slices.SortFunc(out, func(a, b Use) int {
		return cmp.Or(cmp.Compare(b.Questions, a.Questions), cmp.Compare(a.Story, b.Story))
	})
	return out
}
