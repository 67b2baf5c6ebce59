package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// sitting is a session of practice with what it needs from outside: the history that
// keeps the grades and the stories that could be told. The screen and the plain lines
// are two ways to go through one.
type sitting struct {
	*practice.Session
	env     *env
	history *historyFile
	target  time.Duration // that an answer may take
	shelf   func() (*shelf, error)
	unsaved map[string]practice.Event // by question: what could not be saved, to be tried again
}

// shelf is the stories, ready to be found and told. To read it takes longer than to
// draw a question.
type shelf struct {
	stories []story.Story
	know    match.Knowledge
	library *match.Library
	options star.Options
}

func (o *drillOptions) sitting(drawn []practice.Drawn) (*sitting, error) {
	c, err := o.env.config()
	if err != nil {
		return nil, err
	}
	s := &sitting{env: o.env, unsaved: map[string]practice.Event{}}
	if s.target, err = c.time(""); err != nil {
		return nil, err
	}
	var setting practice.Setting
	if setting.WPM, err = c.wpm(); err != nil {
		return nil, err
	}
	if setting.Bands, err = c.bands(); err != nil {
		return nil, err
	}
	if s.history, err = o.env.history(); err != nil {
		return nil, err
	}
	s.Session = practice.NewSession(o.mode, drawn, setting)
	options := star.Options{Target: s.target, WPM: setting.WPM, Bands: setting.Bands}
	s.shelf = sync.OnceValues(func() (*shelf, error) { return o.env.shelf(options) })
	return s, nil
}

func (e *env) shelf(options star.Options) (*shelf, error) {
	know, err := e.knowledge(meaning)
	if err != nil {
		return nil, err
	}
	l, err := e.someStories()
	if err != nil {
		return nil, err
	}
	return &shelf{stories: l.stories, know: know, library: know.Read(l.stories), options: options}, nil
}

// suggest gives the story that the matcher would tell; nil where none fits.
func (s *shelf) suggest(question string) *story.Story {
	found := s.library.Rank(s.know.ForQuestion(question), 1).Results
	if len(found) == 0 {
		return nil
	}
	return s.find(found[0].ID)
}

func (s *shelf) find(id string) *story.Story {
	for i := range s.stories {
		if s.stories[i].ID == id {
			return &s.stories[i]
		}
	}
	return nil
}

// tell tells a story as an answer to the question.
func (s *shelf) tell(told *story.Story, question string) star.Answer {
	o := s.options
	o.Question = question
	for _, p := range s.know.ForQuestion(question).Competencies {
		o.Competencies = append(o.Competencies, p.ID)
	}
	return star.Compose(*told, o)
}

// grade saves the grade of the round that is on. Only what is saved counts as graded.
func (s *sitting) grade(n int) error {
	id := s.Round().ID
	event, again := s.unsaved[id]
	if !again || event.Grade != n {
		event = s.Event(s.history.event(practice.Graded), n)
	}
	if err := s.history.append(event); err != nil {
		s.unsaved[id] = event
		return err
	}
	delete(s.unsaved, id)
	s.Graded(n, event.ID)
	return nil
}

// undo takes the last grade back, in the history first.
func (s *sitting) undo() error {
	if !s.Undoable() {
		return nil
	}
	event := s.history.event(practice.Undone)
	event.Undoes = s.Last().Event
	if err := s.history.append(event); err != nil {
		return err
	}
	s.Undo()
	return nil
}

// gradeNames are what the grades 1 to 4 say.
var gradeNames = []string{1: "again", 2: "hard", 3: "good", 4: "easy"}

// clock shows a length of time as minutes and seconds.
func clock(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// later is a stream whose text waits while the screen has the terminal.
type later struct {
	to io.Writer

	mu     sync.Mutex
	kept   []byte
	passes bool
}

func (l *later) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.passes {
		return l.to.Write(p)
	}
	l.kept = append(l.kept, p...)
	return len(p), nil
}

// release writes what waited, and from then on all at once.
func (l *later) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.passes = true
	_, _ = l.to.Write(l.kept)
	l.kept = nil
}

// clean is text that a screen can show as one line.
func clean(s string) string { return report.Clean(s) }
