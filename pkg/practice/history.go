package practice

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/yaml"
)

// Version is the version of the lines that Event.Line writes. A line of a later one
// is left where it is and not read.
const Version = 1

// The kinds of events.
const (
	Graded = "grade" // a question was practised and graded
	Undone = "undo"  // a grade or a telling was taken back
	Told   = "told"  // a story was told at an interview
)

var kinds = []string{Graded, Undone, Told}

// The modes of practice.
const (
	Tell   = "tell"   // the whole answer, aloud or typed
	Recall = "recall" // only which story, and its first line
)

// Modes lists them, the default first.
var Modes = []string{Tell, Recall}

// Event is something that happened, one line of the history. What a kind does not
// use stays zero.
type Event struct {
	V    int       `json:"v"`
	Kind string    `json:"kind"`
	ID   string    `json:"id"` // no two events share one; a line that is there twice counts once
	At   time.Time `json:"at"` // to the millisecond, in UTC

	Question string  `json:"question,omitempty"` // of a grade: the question's id
	Story    string  `json:"story,omitempty"`    // the id of the story told; of a grade "" where none was named
	Mode     string  `json:"mode,omitempty"`     // of a grade: one of Modes
	Grade    int     `json:"grade,omitempty"`    // of a grade: 1 again, 2 hard, 3 good, 4 easy
	Seconds  float64 `json:"seconds,omitempty"`  // of a grade: how long the answer took; 0 where nobody timed it
	Shares   *Shares `json:"shares,omitempty"`   // of a grade: nil where no border was marked, as in recall

	Undoes string `json:"undoes,omitempty"` // of an undo: the ID of the event that it takes back

	Company string `json:"company,omitempty"` // of a telling: where
	Date    string `json:"date,omitempty"`    // of a telling: the day, 2006-01-02
	Went    int    `json:"went,omitempty"`    // of a telling: 1 badly to 4 very well; 0 where nobody said
}

// Shares are the shares of an answer's parts in its time, each 0 to 1, sum 1.
type Shares struct {
	Setup   float64 `json:"setup"` // situation and task
	Action  float64 `json:"action"`
	Outcome float64 `json:"outcome"` // result and reflection
}

// Line is the event as a line of the history file, with its line break. Check must
// have passed the event.
func (e Event) Line() []byte {
	e.V, e.At = Version, e.At.UTC().Truncate(time.Millisecond)
	line, err := json.Marshal(e)
	if err != nil {
		panic(err) // only for what Check refuses
	}
	return append(line, '\n')
}

// Check says what is wrong with the event; nil where it may be kept.
func (e Event) Check() error {
	switch {
	case e.ID == "":
		return errors.New("it has no id")
	case e.At.IsZero():
		return errors.New("it has no time (at)")
	case e.At.UTC().Year() < 0 || e.At.UTC().Year() > 9999:
		return errors.New("at lies outside the years 0 to 9999")
	case !finite(e.Seconds) || e.Shares != nil && !finite(e.Shares.Setup, e.Shares.Action, e.Shares.Outcome):
		return errors.New("the seconds or the shares are no numbers")
	case e.Kind == Graded && e.Question == "":
		return errors.New("the grade names no question")
	case e.Kind == Graded && (e.Grade < 1 || e.Grade > 4):
		return fmt.Errorf("grade is %d: a grade is 1 to 4", e.Grade)
	case e.Kind == Told && (e.Story == "" || e.Company == ""):
		return errors.New("the telling names no story or no company")
	case e.Kind == Undone && e.Undoes == "":
		return errors.New("the undo names no event (undoes)")
	}
	return nil
}

func finite(xs ...float64) bool {
	return !slices.ContainsFunc(xs, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
}

// History is what happened, in the order of time, without what was taken back. The zero value is the history of somebody who has not begun.
type History struct {
	Events []Event // grades and tellings
	Later  int     // lines that a later prep wrote, which this one cannot read
	Torn   string  // the last line, where its writing was cut off; "" where it is whole
}

// ReadHistory reads the lines of a history file. What cannot be read is left out and
// told: the broken lines as problems of that file, of which each is one line, up to a
// hundred, the rest in Later and Torn.
func ReadHistory(file string, data []byte) (History, yaml.Problems) {
	parts := split(string(data), 4*runtime.GOMAXPROCS(0))
	read := make([]lines, len(parts))
	parallel.Do(len(parts), func(i int) { read[i] = readLines(parts[i]) })
	var h History
	var problems yaml.Problems
	undone, before := map[string]bool{}, 0
	for _, part := range read {
		h.Later += part.later
		h.Torn = part.torn
		for _, p := range part.broken {
			problems = append(problems, yaml.Problem{File: file, Line: before + p.Line, Message: p.Message})
		}
		before += part.count
		for _, id := range part.undone {
			undone[id] = true
		}
	}
	h.Events = merge(read, undone)
	return h, problems.First()
}

// merge gives the events in the order of time, each once, without the undone.
func merge(read []lines, undone map[string]bool) []Event {
	n := 0
	for _, part := range read {
		n += len(part.events)
	}
	events, seen := make([]Event, 0, n), make(map[string]bool, n)
	for _, part := range read {
		for _, e := range part.events {
			if !seen[e.ID] && !undone[e.ID] {
				seen[e.ID] = true
				events = append(events, e)
			}
		}
	}
	byTime := func(a, b Event) int { return a.At.Compare(b.At) }
	if !slices.IsSortedFunc(events, byTime) {
		slices.SortStableFunc(events, byTime)
	}
	return events
}

// split cuts text at line breaks into about n parts of about one size.
func split(text string, n int) []string {
	var parts []string
	for size := len(text)/n + 1; len(text) > size; {
		end := strings.IndexByte(text[size:], '\n')
		if end < 0 {
			break
		}
		parts = append(parts, text[:size+end+1])
		text = text[size+end+1:]
	}
	return append(parts, text)
}

// lines is what a part of the file holds.
type lines struct {
	events []Event // grades and tellings
	undone []string
	broken yaml.Problems // lines counted from 1 within the part
	later  int
	torn   string
	count  int
}

func readLines(text string) lines {
	var l lines
	l.events = make([]Event, 0, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		l.count++
		l.read(line)
	}
	return l
}

func (l *lines) read(line string) {
	text, whole := strings.CutSuffix(line, "\n")
	text = strings.TrimSpace(text)
	e, err := readLine(text)
	switch {
	case text == "":
	case !whole && !json.Valid([]byte(text)):
		l.torn = text
	case e.V > Version || e.Kind != "" && !slices.Contains(kinds, e.Kind):
		l.later++
	case err != nil:
		l.broken = append(l.broken, yaml.Problem{Line: l.count, Message: err.Error() + ": the line is left out"})
	case e.Kind == Undone:
		l.undone = append(l.undone, e.Undoes)
	default:
		l.events = append(l.events, e)
	}
}

// Add appends what has just happened.
func (h *History) Add(e Event) {
	if e.Kind == Undone {
		h.Events = slices.DeleteFunc(h.Events, func(old Event) bool { return old.ID == e.Undoes })
		return
	}
	h.Events = append(h.Events, e)
}
