package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
)

// What a sitting says, on a screen as in plain lines.

// took says how long the answer took, against what it may.
func (s *sitting) took(r *practice.Round) string {
	switch spoken := r.Spoken(time.Time{}); {
	case r.Typed():
		f := r.Feedback
		return fmt.Sprintf("%d words, %s of %s when spoken", f.Words, clock(time.Duration(f.Seconds)*time.Second), clock(s.target))
	case s.Mode == practice.Recall && spoken >= practice.RecallTime:
		return fmt.Sprintf("The %d seconds are over.", int(practice.RecallTime.Seconds()))
	case s.Mode == practice.Recall:
		seconds := int(spoken.Round(time.Second).Seconds())
		return "Named in " + count(seconds, "second", "seconds") + "."
	case spoken > s.target:
		return fmt.Sprintf("%s of %s: %s over", clock(spoken), clock(s.target), clock(spoken-s.target))
	default:
		return fmt.Sprintf("%s of %s", clock(spoken), clock(s.target))
	}
}

// reason says in a format why a question was drawn; nothing where it was by chance.
func reason(drawn, format string) string {
	say := map[string]string{practice.Weak: "weak spot", practice.Due: "due again", practice.New: "new to you"}[drawn]
	if say == "" {
		return ""
	}
	return fmt.Sprintf(format, say)
}

// group is a group of parts with its share, and the shares that are wanted of it.
type group struct {
	name  string
	share float64
	band  star.Band
}

func groups(b star.Balance, bands star.Bands) []group {
	return []group{
		{"setup", b.Situation + b.Task, bands.Setup},
		{"action", b.Action, bands.Action},
		{"outcome", b.Result + b.Reflection, bands.Outcome},
	}
}

// advice says what to do about shares that lie outside their bands, without the
// figures: those stand beside it.
func (s *sitting) advice(r *practice.Round) []string {
	var out []string
	for _, a := range s.Advice(r) {
		what := a.Message[strings.LastIndex(a.Message, ": ")+2:]
		out = append(out, strings.TrimPrefix(a.Rule, "band-")+": "+what)
	}
	return out
}

// point is the first sentence of a part of an answer. What was learned has no letter
// in STAR.
type point struct{ letter, part, sentence string }

// outline gives the points of an answer, in order.
func outline(a star.Answer) []point {
	var out []point
	for _, s := range a.Sentences {
		if len(out) == 0 || out[len(out)-1].part != title(s.Part) {
			letter := strings.ToUpper(s.Part[:1])
			if s.Part == star.Reflection {
				letter = "+"
			}
			out = append(out, point{letter, title(s.Part), s.Text})
		}
	}
	return out
}

// summary is what the session came to, and what comes next.
func (s *sitting) summary() []string {
	sum := s.Sum()
	parts := []string{count(sum.Told, "question told", "questions told")}
	if s.Mode == practice.Recall {
		parts = []string{count(sum.Told, "question recalled", "questions recalled")}
	}
	if sum.Skipped > 0 {
		parts = append(parts, fmt.Sprintf("%d skipped", sum.Skipped))
	}
	if sum.Left > 0 {
		parts = append(parts, fmt.Sprintf("%d left", sum.Left))
	}
	if sum.Spoken > 0 && s.Mode == practice.Tell {
		parts = append(parts, clock(sum.Spoken)+" spoken")
	}
	lines := []string{strings.Join(parts, ", ") + "."}
	if sum.Shares != (star.Balance{}) {
		var shares []string
		for _, g := range groups(sum.Shares, s.Setting.Bands) {
			shares = append(shares, fmt.Sprintf("%s %.0f%% (wanted %.0f-%.0f%%)", g.name, 100*g.share, 100*g.band.Low, 100*g.band.High))
		}
		lines = append(lines, "Shares: "+strings.Join(shares, ", ")+".")
	}
	return append(lines, s.next()...)
}

// next says when the questions of this session come again.
func (s *sitting) next() []string {
	schedule, err := s.env.schedule(s.history)
	if err != nil {
		return nil // the history said why when it was read
	}
	type again struct {
		day  time.Time
		text string
	}
	var all []again
	for i := range s.Rounds {
		if r := &s.Rounds[i]; r.Grade > 0 {
			all = append(all, again{schedule.Due(r.ID), r.Text})
		}
	}
	slices.SortStableFunc(all, func(a, b again) int { return a.day.Compare(b.day) })
	var lines []string
	for i, a := range all {
		if i == 0 || !a.day.Equal(all[i-1].day) {
			lines = append(lines, "", "Again "+day(a.day, schedule.Today)+":")
		}
		lines = append(lines, "· "+a.text)
	}
	return lines
}

// saved says what a grade did.
func (s *sitting) saved(question string, grade int) string {
	out := "saved: " + gradeNames[grade]
	if schedule, err := s.env.schedule(s.history); err == nil {
		out += "; next " + day(schedule.Due(question), schedule.Today)
	}
	return out
}

// day names a day as one would say it.
func day(d, today time.Time) string {
	switch days := int(d.Sub(today).Hours() / 24); {
	case days <= 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days < 7:
		return "on " + d.Format("Monday, 2 January")
	}
	return d.Format("on 2 January 2006")
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// farewell is what stays on the terminal when the screen is gone: what the session
// came to, and the answers that were not graded, so that nothing typed is lost.
func (s *screen) farewell() string {
	var b strings.Builder
	for _, line := range s.summary() {
		b.WriteString(report.Wrap(clean(line), s.width) + "\n")
	}
	if s.Stage() == practice.Writing {
		s.Round().Draft = s.draft.String()
	}
	for i := range s.Rounds {
		if r := &s.Rounds[i]; r.Draft != "" && r.Grade == 0 {
			fmt.Fprintf(&b, "\nYour answer so far to %q:\n\n%s\n", clean(r.Text), r.Draft)
		}
	}
	return b.String()
}
