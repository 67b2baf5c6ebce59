package practice

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// readLine reads one line of a history file. A line as Event.Line writes it is read
// by hand, which takes a tenth of the time; any other by encoding/json, and so is one
// of which the hand is not sure.
func readLine(line string) (Event, error) {
	e, sure := readOwn(line)
	if !sure {
		e = Event{}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return e, inWords(err)
		}
	}
	return e, e.Check()
}

// inWords says what encoding/json found in words for who has never seen its Go.
func inWords(err error) error {
	if typed, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%q has the wrong type, %s", typed.Field, typed.Value)
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("not valid JSON: %w", err)
	}
	return err
}

// readOwn reads a line whose keys stand as Event.Line writes them. It is sure where
// encoding/json reads the same, and gives up on the first sign that it may not.
func readOwn(line string) (e Event, sure bool) {
	s := scan{rest: line, sure: true}
	s.need(`{"v":1`)
	e.V = 1
	e.Kind, e.ID = s.text(`,"kind":"`), s.text(`,"id":"`)
	e.At = s.time(`,"at":"`)
	e.Question, e.Story, e.Mode = s.text(`,"question":"`), s.text(`,"story":"`), s.text(`,"mode":"`)
	e.Grade, e.Seconds = s.whole(`,"grade":`), s.number(`,"seconds":`)
	if s.has(`,"shares":{`) {
		e.Shares = &Shares{Setup: s.number(`"setup":`), Action: s.number(`,"action":`), Outcome: s.number(`,"outcome":`)}
		s.need("}")
	}
	e.Undoes = s.text(`,"undoes":"`)
	e.Company, e.Date, e.Went = s.text(`,"company":"`), s.text(`,"date":"`), s.whole(`,"went":`)
	s.need("}")
	return e, s.sure && s.rest == ""
}

// scan goes through a line, from key to key.
type scan struct {
	rest string
	sure bool
}

// has goes over key where it stands next.
func (s *scan) has(key string) bool {
	rest, found := strings.CutPrefix(s.rest, key)
	s.rest = rest
	return found
}

func (s *scan) need(key string) { s.sure = s.has(key) && s.sure }

// text is the text after key, "" where another key stands next. What has an escape
// or a byte beyond ASCII is for a reader that knows their rules.
func (s *scan) text(key string) string {
	if !s.has(key) {
		return ""
	}
	for i := range len(s.rest) {
		switch c := s.rest[i]; {
		case c == '"':
			value := s.rest[:i]
			s.rest = s.rest[i+1:]
			return value
		case c == '\\' || c < ' ' || c >= 0x80:
			s.sure = false
			return ""
		}
	}
	s.sure = false
	return ""
}

// time is the time after key.
func (s *scan) time(key string) time.Time {
	var at time.Time
	err := at.UnmarshalText([]byte(s.text(key)))
	s.sure = s.sure && err == nil
	return at
}

// number is the number after key, 0 where another key stands next: digits, perhaps
// with a point between them.
func (s *scan) number(key string) float64 {
	if !s.has(key) {
		return 0
	}
	from := s.rest
	s.count()
	if s.has(".") {
		s.digits()
	}
	digits := from[:len(from)-len(s.rest)]
	n, err := strconv.ParseFloat(digits, 64)
	s.sure = s.sure && err == nil
	return n
}

// whole is the whole number after key, 0 where another key stands next.
func (s *scan) whole(key string) int {
	if !s.has(key) {
		return 0
	}
	n, err := strconv.Atoi(s.count())
	s.sure = s.sure && err == nil
	return n
}

// count goes over digits that are a number of their own: JSON has no 01.
func (s *scan) count() string {
	digits := s.digits()
	s.sure = s.sure && (len(digits) == 1 || !strings.HasPrefix(digits, "0"))
	return digits
}

// digits goes over digits, of which there must be one.
func (s *scan) digits() string {
	n := 0
	for n < len(s.rest) && '0' <= s.rest[n] && s.rest[n] <= '9' {
		n++
	}
	digits := s.rest[:n]
	s.rest, s.sure = s.rest[n:], s.sure && n > 0
	return digits
}
