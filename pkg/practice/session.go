package practice

import (
	"math"
	"time"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// RecallTime is how long one may look for a story in recall. Who has not named it
// by then would be heard searching for it.
const RecallTime = 10 * time.Second

// Stage is how far a round is.
type Stage int

// The stages of a round, in their order.
const (
	Thinking Stage = iota
	Speaking       // the clock runs
	Writing        // instead of speaking
	Naming         // which story was told
	Grading
	Over // graded or skipped; for a session: all rounds are
)

// SpokenParts are the parts that a speaker marks, in order. What was learned is
// told with the result, since a border between them is hard to hear in one's own
// voice.
var SpokenParts = []string{star.Situation, star.Task, star.Action, star.Result}

// Session is one sitting of practice: its questions in their order, and how far
// each is. It knows no clock and no screen: every method that needs the time takes
// it. A method that does not belong to the stage changes nothing and gives false.
type Session struct {
	Mode    string  // one of Modes
	Setting Setting // for the review of typed answers; its Story and Seconds are not used
	Rounds  []Round

	graded []int // the rounds, in the order of their grades
}

// Round is one question of a session.
type Round struct {
	Drawn
	Stage    Stage
	Draft    string // the typed answer; "" where it was spoken
	Feedback Feedback
	Story    string // the id of the story told; "" for none of the library
	Grade    int    // 1 to 4; 0 where there is none
	Event    string // the id under which the grade was saved
	Skipped  bool

	borders []border // where each part began; the first is the start
	ended   time.Time
}

type border struct {
	part string
	at   time.Time
}

// NewSession begins a session with the questions drawn.
func NewSession(mode string, drawn []Drawn, s Setting) *Session {
	out := &Session{Mode: mode, Setting: s, Rounds: make([]Round, len(drawn))}
	for i, d := range drawn {
		out.Rounds[i].Drawn = d
	}
	return out
}

// At is the index of the round that is on: the first that is not over; the number
// of rounds where all are.
func (s *Session) At() int {
	for i := range s.Rounds {
		if s.Rounds[i].Stage != Over {
			return i
		}
	}
	return len(s.Rounds)
}

// Round is the round that is on; nil where all are over.
func (s *Session) Round() *Round {
	if i := s.At(); i < len(s.Rounds) {
		return &s.Rounds[i]
	}
	return nil
}

// Stage is that of the round that is on, Over where none is.
func (s *Session) Stage() Stage {
	if r := s.Round(); r != nil {
		return r.Stage
	}
	return Over
}

// Start starts the clock, in the first part.
func (s *Session) Start(at time.Time) bool {
	return s.move(Thinking, Speaking, func(r *Round) { r.borders = []border{{SpokenParts[0], at}} })
}

// Unstart goes back to the question after a false start: the clock and the borders
// so far are forgotten.
func (s *Session) Unstart() bool {
	return s.move(Speaking, Thinking, func(r *Round) { r.borders = nil })
}

// Part says that a part of SpokenParts begins. A part may be come back to; its
// times add up.
func (s *Session) Part(part string, at time.Time) bool {
	if s.Mode != Tell || s.Stage() != Speaking || s.Round().Part() == part {
		return false
	}
	return s.move(Speaking, Speaking, func(r *Round) { r.borders = append(r.borders, border{part, at}) })
}

// Next says that the part after the one that is on begins; after the last none does.
func (s *Session) Next(at time.Time) bool {
	if s.Stage() != Speaking {
		return false
	}
	for i, part := range SpokenParts[1:] {
		if s.Round().Part() == SpokenParts[i] {
			return s.Part(part, at)
		}
	}
	return false
}

// Back takes the last border back: its part's time goes to the part before.
func (s *Session) Back() bool {
	if s.Stage() != Speaking || len(s.Round().borders) < 2 {
		return false
	}
	return s.move(Speaking, Speaking, func(r *Round) { r.borders = r.borders[:len(r.borders)-1] })
}

// Stop ends the answer.
func (s *Session) Stop(at time.Time) bool {
	return s.move(Speaking, Naming, func(r *Round) { r.ended = at })
}

// Tick says what time it is: in recall, the time that one may look is over at some
// point. It gives true where that happened.
func (s *Session) Tick(at time.Time) bool {
	if s.Mode != Recall || s.Stage() != Speaking {
		return false
	}
	end := s.Round().borders[0].at.Add(RecallTime)
	return !at.Before(end) && s.Stop(end)
}

// Write begins a typed answer.
func (s *Session) Write() bool { return s.move(Thinking, Writing, nil) }

// Written ends a typed answer and reviews it by itself. An answer that cannot be
// reviewed, as an empty one, is an error, and the stage stays.
func (s *Session) Written(draft string) error {
	f, err := s.review(draft, nil)
	if err == nil {
		s.move(Writing, Naming, func(r *Round) { r.Draft, r.Feedback = draft, f })
	}
	return err
}

// Unwrite goes back to the question; the draft so far is kept.
func (s *Session) Unwrite(draft string) bool {
	return s.move(Writing, Thinking, func(r *Round) { r.Draft = draft })
}

// Name says which story was told, nil for none of the library. A typed answer is
// reviewed against it. While the grade is open the name may be changed.
func (s *Session) Name(told *story.Story) bool {
	if s.Stage() != Naming && s.Stage() != Grading {
		return false
	}
	r := s.Round()
	r.Story, r.Stage = "", Grading
	if told != nil {
		r.Story = told.ID
	}
	if r.Typed() {
		if f, err := s.review(r.Draft, told); err == nil { // it was reviewed once already
			r.Feedback = f
		}
	}
	return true
}

func (s *Session) review(draft string, told *story.Story) (Feedback, error) {
	setting := s.Setting
	setting.Story, setting.Seconds = told, 0
	return Review(draft, setting)
}

// Graded says that the round's grade, 1 to 4, is saved under an id.
func (s *Session) Graded(grade int, event string) bool {
	if grade < 1 || grade > 4 {
		return false
	}
	at := s.At()
	return s.move(Grading, Over, func(r *Round) {
		r.Grade, r.Event = grade, event
		s.graded = append(s.graded, at)
	})
}

// Skip leaves the question out of this session.
func (s *Session) Skip() bool {
	return s.move(Thinking, Over, func(r *Round) { r.Skipped = true })
}

// Last is the round that was graded last, the one that Undo takes back; nil where
// none was.
func (s *Session) Last() *Round {
	if len(s.graded) == 0 {
		return nil
	}
	return &s.Rounds[s.graded[len(s.graded)-1]]
}

// Undo takes the last grade back: its round is on again, to be graded anew. What
// another round holds stays. While one speaks or writes there is no undo.
func (s *Session) Undo() bool {
	if !s.Undoable() {
		return false
	}
	r := s.Last()
	r.Stage, r.Grade, r.Event = Grading, 0, ""
	s.graded = s.graded[:len(s.graded)-1]
	return true
}

// Undoable says whether Undo would take something back.
func (s *Session) Undoable() bool {
	return s.Last() != nil && s.Stage() != Speaking && s.Stage() != Writing
}

// move takes the round that is on from a stage to another.
func (s *Session) move(from, to Stage, do func(*Round)) bool {
	r := s.Round()
	if r == nil || r.Stage != from {
		return false
	}
	if do != nil {
		do(r)
	}
	r.Stage = to
	return true
}

// Typed says whether the answer was typed rather than spoken.
func (r *Round) Typed() bool { return len(r.borders) == 0 && r.Draft != "" }

// Part is the part that is on while one speaks; "" before.
func (r *Round) Part() string {
	if len(r.borders) == 0 {
		return ""
	}
	return r.borders[len(r.borders)-1].part
}

// Spoken is how long the answer took, or has taken so far at that time.
func (r *Round) Spoken(at time.Time) time.Duration {
	if len(r.borders) == 0 {
		return 0
	}
	return r.end(at).Sub(r.borders[0].at)
}

func (r *Round) end(at time.Time) time.Time {
	if !r.ended.IsZero() {
		return r.ended
	}
	return at
}

// Parts is how long each of SpokenParts took, or has taken so far at that time.
func (r *Round) Parts(at time.Time) map[string]time.Duration {
	out := map[string]time.Duration{}
	for i, b := range r.borders {
		end := r.end(at)
		if i+1 < len(r.borders) {
			end = r.borders[i+1].at
		}
		out[b.part] += end.Sub(b.at)
	}
	return out
}

// Balance is the share that each part of a round's answer has: of the time, or of a
// typed answer's words. It is zero where nothing tells: in recall, and where nobody
// marked a border.
func (s *Session) Balance(r *Round) star.Balance {
	if s.Mode == Recall {
		return star.Balance{}
	}
	if r.Typed() {
		return r.Feedback.Balance
	}
	spoken := r.Spoken(r.ended).Seconds()
	if len(r.borders) < 2 || spoken <= 0 {
		return star.Balance{}
	}
	parts := r.Parts(r.ended)
	share := func(part string) float64 { return parts[part].Seconds() / spoken }
	return star.Balance{Situation: share(star.Situation), Task: share(star.Task), Action: share(star.Action), Result: share(star.Result)}
}

// Event fills an event of the kind Graded, which has its id and time already, with
// what the round that is on came to.
func (s *Session) Event(e Event, grade int) Event {
	r := s.Round()
	e.Question, e.Story, e.Mode, e.Grade = r.ID, r.Story, s.Mode, grade
	e.Seconds = r.Spoken(r.ended).Round(100 * time.Millisecond).Seconds()
	if b := s.Balance(r); b != (star.Balance{}) {
		e.Shares = &Shares{Setup: whole(b.Situation + b.Task), Action: whole(b.Action), Outcome: whole(b.Result + b.Reflection)}
	}
	return e
}

// whole keeps four decimals of a share: more is the clock's noise.
func whole(share float64) float64 { return math.Round(share*1e4) / 1e4 }

// Advice says which shares of the answer lie outside the setting's bands; nothing
// where the shares are not known.
func (s *Session) Advice(r *Round) []Advice {
	b := s.Balance(r)
	if b == (star.Balance{}) {
		return nil
	}
	return shares(b, s.Setting.filled().Bands)
}

// Sum is what a session came to.
type Sum struct {
	Told, Skipped, Left int           // rounds graded, skipped, and neither
	Spoken              time.Duration // of the rounds that are graded
	Shares              star.Balance  // mean of the graded rounds whose shares are known; zero where none is
}

// Sum adds the session up.
func (s *Session) Sum() Sum {
	var out Sum
	var all []star.Balance
	for i := range s.Rounds {
		switch r := &s.Rounds[i]; {
		case r.Skipped:
			out.Skipped++
		case r.Stage != Over:
			out.Left++
		default:
			out.Told++
			out.Spoken += r.Spoken(r.ended)
			if b := s.Balance(r); b != (star.Balance{}) {
				all = append(all, b)
			}
		}
	}
	out.Shares = mean(all)
	return out
}

func mean(all []star.Balance) star.Balance {
	var m star.Balance
	n := float64(max(len(all), 1))
	for _, b := range all {
		m.Situation += b.Situation / n
		m.Task += b.Task / n
		m.Action += b.Action / n
		m.Result += b.Result / n
		m.Reflection += b.Reflection / n
	}
	return m
}
