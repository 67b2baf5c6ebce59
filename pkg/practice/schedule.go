package practice

import (
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"github.com/prep-cli/prep/pkg/parallel"
)

// Schedule is on which day each question is due again. Its zero value knows no
// question.
//
// Each question is a card of FSRS, the Free Spaced Repetition Scheduler, with the
// weights that its authors publish, a wanted recall of 0.9 and no fuzz: the same
// grades give the same days. An answer takes minutes and not a glance, so there are
// no steps of minutes either: a question comes again tomorrow at the earliest (FSRS
// calls that long-term), and FSRS is told the day of a grade, not its hour.
//
// FSRS plans for a lifetime, practice for a day. So a question is due again on the
// eve of the next interview at the latest, for an interview may be in the morning;
// what was practised on the eve itself is due on the day.
type Schedule struct {
	Today     time.Time // as Day gives it
	Interview time.Time // the day of the next one, as Day gives it; zero where there is none

	cards  map[string]card
	params fsrs.Parameters
	zone   *time.Location
}

// card is where a question stands: what FSRS knows of it, and the last grade.
type card struct {
	fsrs.Card
	grade int
}

// Day is the day of t in its own zone, as midnight UTC: days so written are 24 hours
// apart, whatever the clocks do.
func Day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Schedule replays the grades. Days begin at midnight in the zone of now. The
// interview is the day of the next one, zero where there is none.
func (h *History) Schedule(now, interview time.Time) Schedule {
	params := fsrs.DefaultParam()
	params.EnableShortTerm = false
	return h.replay(params, now, interview)
}

// replay goes through the grades, many questions at a time: a question's cards hang
// on its own grades alone.
func (h *History) replay(params fsrs.Parameters, now, interview time.Time) Schedule {
	s := Schedule{Today: Day(now), Interview: interview, cards: map[string]card{}, params: params, zone: now.Location()}
	at := map[string]int{}
	var grades [][]int // the places of a question's grades
	for i, e := range h.Events {
		if e.Kind != Graded {
			continue
		}
		n, known := at[e.Question]
		if !known {
			n = len(grades)
			at[e.Question], grades = n, append(grades, nil)
		}
		grades[n] = append(grades[n], i)
	}
	cards := make([]card, len(grades))
	parallel.Do(len(grades), func(n int) {
		engine := s.engine()
		for _, i := range grades[n] {
			cards[n] = s.next(engine, cards[n], h.Events[i])
		}
	})
	for question, i := range at {
		s.cards[question] = cards[i]
	}
	return s
}

// Add takes what has just happened in: a grade sets its question's next day. What is
// no grade changes nothing.
func (s *Schedule) Add(e Event) {
	if e.Kind == Graded {
		s.cards[e.Question] = s.next(s.engine(), s.cards[e.Question], e)
	}
}

// engine is FSRS. It keeps notes in itself: nobody shares one.
func (s *Schedule) engine() *fsrs.FSRS { return fsrs.NewFSRS(s.params) }

// next is the card after a grade.
func (s *Schedule) next(engine *fsrs.FSRS, c card, e Event) card {
	return card{engine.Next(c.Card, Day(e.At.In(s.zone)), fsrs.Rating(e.Grade)).Card, e.Grade} //nolint:gosec // a grade is 1 to 4, as Check says
}

// Due is the day on which a question is due again, as Day gives it; zero where it was
// never practised.
func (s *Schedule) Due(question string) time.Time {
	c, practised := s.cards[question]
	if !practised {
		return time.Time{}
	}
	return s.capped(c)
}

func (s *Schedule) capped(c card) time.Time {
	eve := s.Interview.AddDate(0, 0, -1)
	switch {
	case c.LastReview.Before(eve):
		return earlier(c.Due, eve)
	case c.LastReview.Before(s.Interview):
		return earlier(c.Due, s.Interview)
	}
	return c.Due
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Strength is how well a question sits, 0 to 1: how the last answer went (1 is 0, 4
// is 1, evenly between) times the chance that it is still there today, as FSRS
// reckons it. Either alone would mislead: FSRS is sure of what was failed a minute
// ago, and a good grade of last year says little. It is false where the question was
// never practised.
func (s *Schedule) Strength(question string) (strength float64, practised bool) {
	c, practised := s.cards[question]
	if !practised {
		return 0, false
	}
	today := s.Today
	if c.LastReview.After(today) { // a clock was wrong once
		today = c.LastReview
	}
	return float64(c.grade-1) / 3 * s.engine().GetRetrievability(c.Card, today), true
}
