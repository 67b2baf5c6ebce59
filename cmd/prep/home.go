package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/prep-cli/prep/pkg/lint"
	"github.com/prep-cli/prep/pkg/practice"
)

// standing is where the user stands.
type standing struct {
	dir              string // of the stories; "" where there is none
	stories          int
	errors, warnings int // that lint found
	unchecked        bool
	due, practised   int       // questions
	last             time.Time // when one was practised
	interview        interview // the next; zero where none is to come
	today            time.Time
}

// mostChecked is how many stories are checked on the way: more would be waited for.
const mostChecked = 1000

// home prints where the user stands and what to do next.
func (e *env) home() error {
	s, err := e.standing()
	if err != nil {
		return err
	}
	_, err = lipgloss.Fprint(e.stdout, s.page(e.width()))
	return err
}

func (e *env) standing() (standing, error) {
	s := standing{today: practice.Day(e.now())}
	var err error
	if s.dir, err = e.storiesDir(); err != nil {
		return s, err
	}
	if s.interview, err = e.nextInterview(); err != nil {
		return s, err
	}
	err = errors.Join(e.shelved(&s), e.practised(&s))
	return s, err
}

// shelved counts the stories and what lint finds in them.
func (e *env) shelved(s *standing) error {
	if s.dir == "" {
		return nil
	}
	entries, err := fs.ReadDir(storiesIn(s.dir), ".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, ".") && (path.Ext(name) == ".yaml" || path.Ext(name) == ".yml") {
			s.stories++
		}
	}
	s.unchecked = s.stories > mostChecked
	if s.stories == 0 || s.unchecked {
		return nil
	}
	findings, err := e.lint(nil)
	for _, f := range findings {
		if f.Severity == lint.Error {
			s.errors++
		} else {
			s.warnings++
		}
	}
	return err
}

// practised counts the questions that were practised, and those that are due.
func (e *env) practised(s *standing) error {
	h, err := e.history()
	if err != nil {
		return err
	}
	schedule, err := e.schedule(h)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, event := range h.Events {
		if event.Kind != practice.Graded {
			continue
		}
		s.last = practice.Day(event.At.In(e.now().Location()))
		if !seen[event.Question] && !schedule.Due(event.Question).After(schedule.Today) {
			s.due++
		}
		seen[event.Question] = true
	}
	s.practised = len(seen)
	return nil
}

// step is something to do, and the commands that do it, a line each.
type step struct{ why, command string }

// next is the most sensible step: what is broken first, then what is pressing, then
// what makes the stories better.
func (s standing) next() step {
	posting := s.interview.Posting
	switch {
	case s.dir == "":
		return step{"begin with a story of your own, or with notes that you have", "prep init\nprep import work-log.md"}
	case s.stories == 0:
		return step{"write your first story, or take it from notes that you have", "prep import work-log.md"}
	case s.errors > 0:
		return step{"mend the stories that have errors", "prep lint"}
	case s.due > 0:
		return step{"practise what is due", "prep drill"}
	case posting != "" && s.soon():
		return step{"see which story answers what they may ask", "prep plan --jd " + posting}
	case s.practised == 0:
		return step{"practise your first questions", "prep drill"}
	case s.last.Before(s.today):
		return step{"nothing is due: learn new questions", "prep drill"}
	case s.warnings > 0:
		return step{"you have practised today: make a story stronger", "prep lint"}
	}
	return step{"you have practised today: see which stories are missing", "prep coverage"}
}

// soon says whether the interview is so near that it comes before all that is new.
func (s standing) soon() bool {
	return s.interview.Date != "" && s.interview.day().Sub(s.today) <= 7*24*time.Hour
}

// page is the screen: a line for each thing, and the next step.
func (s standing) page(width int) string {
	lines := [][2]string{{"Stories", s.storiesLine()}}
	if s.stories > 0 {
		lines = append(lines, [2]string{"Lint", s.lintLine()})
	}
	lines = append(lines, [2]string{"Practice", s.practiceLine()})
	if s.interview.Company != "" {
		lines = append(lines, [2]string{"Interview", s.interviewLine()})
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(entry(l[0], l[1], width, usual))
	}
	next := s.next()
	b.WriteString("\n" + entry("Next", next.why, width, usual) + entry("", next.command, width, accent))
	if s.dir == "" {
		b.WriteString(entry("", "prep list shows the built-in examples, prep help all commands", width, usual))
	}
	return b.String()
}

// entryIndent is where the texts of a page stand.
const entryIndent = 11

// entry is a text beside its name, its lines below each other.
func entry(name, text string, width int, look func(string) string) string {
	text = clean(text)
	if width > 2*entryIndent {
		text = lipgloss.Wrap(text, width-entryIndent, "")
	}
	out := strong(fmt.Sprintf("%-*s", entryIndent, name))
	for line := range strings.SplitSeq(text, "\n") {
		out += look(line) + "\n" + strings.Repeat(" ", entryIndent)
	}
	return strings.TrimRight(out, " ")
}

func (s standing) storiesLine() string {
	if s.dir == "" {
		return "none of your own yet"
	}
	return fmt.Sprintf("%d in %s", s.stories, s.dir)
}

func (s standing) lintLine() string {
	if s.unchecked {
		return fmt.Sprintf("not checked here: there are more than %d stories", mostChecked)
	}
	if s.errors+s.warnings == 0 {
		return "nothing found"
	}
	return count(s.errors, "error", "errors") + ", " + count(s.warnings, "warning", "warnings")
}

func (s standing) practiceLine() string {
	if s.practised == 0 {
		return "not begun"
	}
	due := "nothing due"
	if s.due > 0 {
		due = fmt.Sprintf("%d due", s.due)
	}
	return fmt.Sprintf("%s, %s so far, last %s", due, count(s.practised, "question", "questions"), ago(s.last, s.today))
}

func (s standing) interviewLine() string {
	if s.interview.Date == "" {
		return s.interview.Company
	}
	when := s.interview.day()
	line := s.interview.Company + " " + day(when, s.today)
	if days := int(when.Sub(s.today).Hours() / 24); days > 1 { // else the day's name says it
		line += fmt.Sprintf(", in %d days", days)
	}
	return line
}

// ago names a day that is over as one would say it.
func ago(d, today time.Time) string {
	switch days := int(today.Sub(d).Hours() / 24); {
	case days <= 0:
		return "today"
	case days == 1:
		return "yesterday"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}
