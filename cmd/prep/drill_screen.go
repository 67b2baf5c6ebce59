package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// practise goes through the questions with the user: on a screen where there is a
// terminal that has one, else in plain lines.
func (o *drillOptions) practise(drawn []practice.Drawn) error {
	s, err := o.sitting(drawn)
	if err != nil {
		return err
	}
	if o.plain || o.env.getenv("TERM") == "dumb" {
		return s.plainly()
	}
	return s.onScreen()
}

// interactive says whether somebody sits there to practise with.
func (o *drillOptions) interactive() bool {
	return !o.drawOnly && (o.plain || o.env.onTerminal())
}

// onTerminal says whether standard input and output both are a terminal.
func (e *env) onTerminal() bool {
	for _, stream := range []any{e.stdin, e.stdout} {
		if f, ok := stream.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
			return false
		}
	}
	return true
}

// screen is a sitting on a terminal.
type screen struct {
	*sitting
	now           time.Time // when something last happened
	width, height int
	scroll        int                       // lines of the body above the window
	draft         draft                     // what is being typed: an answer, or a story's name
	finding       bool                      // a story's name is typed
	choice        int                       // of the stories found
	suggested     map[string]suggestion     // by the question's id
	answers       map[[2]string]star.Answer // by the ids of question and story
	status        string                    // what the last key did, where it does not show
	ticks         int                       // the number of the clock that runs
}

// suggestion is what is shown of the stories once they are read.
type suggestion struct {
	question string // its id
	shelf    *shelf
	told     *story.Story // the matcher's choice; nil where none fits
	err      error
}

// tick is a second of the clock of that number.
type tick struct{ number int }

// fps is how often a second the screen may be drawn anew. The first frame waits for
// one of these.
const fps = 120

// onScreen lets the screen have the terminal until the user has done, and leaves
// what the session came to below it.
func (s *sitting) onScreen() error {
	waiting := &later{to: s.env.stderr}
	s.env.stderr = waiting
	sc := newScreen(s)
	if f, ok := s.env.stdout.(*os.File); ok { // the first frame does not wait to be told its size
		sc.width, sc.height, _ = term.GetSize(int(f.Fd()))
	}
	defer waiting.release() // after a panic too
	err := unbroken(sc, tea.WithInput(s.env.stdin), tea.WithOutput(s.env.stdout), tea.WithFPS(fps))
	waiting.release()
	if err != nil && !errors.Is(err, tea.ErrInterrupted) {
		return err
	}
	fmt.Fprint(s.env.stdout, sc.farewell())
	return nil
}

func newScreen(s *sitting) *screen {
	return &screen{sitting: s, now: s.env.now(), suggested: map[string]suggestion{}, answers: map[[2]string]star.Answer{}}
}

// Init reads the stories behind the first question.
func (s *screen) Init() tea.Cmd { return s.suggest() }

// suggest looks for the story to tell, and gives it as a message.
func (s *screen) suggest() tea.Cmd {
	r := s.Round()
	if r == nil {
		return nil
	}
	if _, known := s.suggested[r.ID]; known {
		return nil
	}
	id, text := r.ID, r.Text
	return func() tea.Msg {
		shelf, err := s.shelf()
		if err != nil {
			return suggestion{question: id, err: err}
		}
		return suggestion{question: id, shelf: shelf, told: shelf.suggest(text)}
	}
}

// Update takes a message in.
func (s *screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s.now = s.env.now()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
	case suggestion:
		s.suggested[msg.question] = msg
		if msg.shelf != nil {
			s.Setting.Skills = msg.shelf.know.Skills
		}
	case tick:
		if msg.number == s.ticks {
			next := s.tick()
			return s, next
		}
	case tea.PasteMsg:
		s.status = ""
		s.paste(msg.Content)
	case tea.KeyPressMsg:
		next := s.press(msg)
		return s, next
	}
	return s, nil
}

// paste takes text where text is typed.
func (s *screen) paste(text string) {
	switch {
	case s.finding:
		s.draft.insert(strings.Join(strings.Fields(text), " "))
		s.choice = 0
	case s.Stage() == practice.Writing:
		s.draft.insert(text)
	}
}

// tick moves the clock on, and asks for the next second while it runs.
func (s *screen) tick() tea.Cmd {
	s.Tick(s.now)
	if s.Stage() != practice.Speaking {
		return nil
	}
	number := s.ticks
	left := time.Second - s.Round().Spoken(s.now)%time.Second
	return tea.Tick(left, func(time.Time) tea.Msg { return tick{number} })
}

// press does what a key says at this stage.
func (s *screen) press(key tea.KeyPressMsg) tea.Cmd {
	s.status = ""
	switch name := strings.ToLower(key.String()); {
	case name == "ctrl+c":
		return tea.Quit
	case name == "ctrl+z":
		return tea.Suspend
	case s.finding:
		s.find(key)
		return nil
	case s.Stage() == practice.Writing:
		s.write(key)
		return nil
	case name == "q", s.Stage() == practice.Over && name == "enter":
		return tea.Quit
	case s.scrolled(name):
		return nil
	case name == "u":
		s.undoLast()
		return s.suggest()
	default:
		return s.act(name)
	}
}

// act does what a key says that belongs to one stage alone.
func (s *screen) act(name string) tea.Cmd {
	switch s.Stage() {
	case practice.Thinking:
		return s.think(name)
	case practice.Speaking:
		s.speak(name)
	case practice.Naming:
		s.name(name)
	case practice.Grading:
		return s.judge(name)
	}
	return nil
}

func (s *screen) think(name string) tea.Cmd {
	switch name {
	case "space", "enter":
		s.Start(s.now)
		s.ticks++
		return s.tick()
	case "w":
		s.draft = newDraft(s.Round().Draft)
		s.Write()
	case "k":
		s.Skip()
		return s.suggest()
	}
	return nil
}

// partKeys are the keys of practice.SpokenParts.
const partKeys = "star"

func (s *screen) speak(name string) {
	switch name {
	case "enter":
		s.Stop(s.now)
	case "space":
		s.Next(s.now)
	case "backspace":
		s.Back()
	case "esc":
		s.Unstart()
	default:
		for i, part := range practice.SpokenParts {
			if name == partKeys[i:i+1] {
				s.Part(part, s.now)
			}
		}
	}
}

func (s *screen) name(name string) {
	found := s.suggested[s.Round().ID]
	switch name {
	case "enter":
		if found.question != "" {
			s.named(found.told)
		}
	case "n":
		s.named(nil)
	case "/":
		s.seek(found)
	}
}

// seek begins to find a story by its name.
func (s *screen) seek(found suggestion) {
	if found.shelf != nil {
		s.finding, s.draft, s.choice, s.scroll = true, draft{}, 0, 0
	}
}

func (s *screen) named(told *story.Story) {
	s.Name(told)
	s.scroll = 0
}

func (s *screen) judge(name string) tea.Cmd {
	switch name {
	case "1", "2", "3", "4":
		n, id := int(name[0]-'0'), s.Round().ID
		if err := s.grade(n); err != nil {
			s.status = err.Error() + "; try again"
			return nil
		}
		s.status, s.scroll = s.saved(id, n), 0
		return s.suggest()
	case "/":
		s.seek(s.suggested[s.Round().ID])
	}
	return nil
}

func (s *screen) undoLast() {
	if !s.Undoable() {
		return
	}
	if err := s.undo(); err != nil {
		s.status = err.Error()
		return
	}
	s.status, s.scroll = "taken back: grade it anew", 0
}

// find takes a key while a story's name is typed.
func (s *screen) find(key tea.KeyPressMsg) {
	switch found := s.found(); key.String() {
	case "esc":
		s.finding = false
	case "enter":
		if s.choice < len(found) {
			s.finding = false
			s.named(&found[s.choice])
		}
	case "up":
		s.choice = max(s.choice-1, 0)
	case "down":
		s.choice = min(s.choice+1, max(len(found)-1, 0))
	default:
		s.draft.line(key)
		s.choice = 0
	}
}

func (s *screen) found() []story.Story {
	return practice.Find(s.draft.String(), s.suggested[s.Round().ID].shelf.stories)
}

// write takes a key while an answer is typed.
func (s *screen) write(key tea.KeyPressMsg) {
	switch key.String() {
	case "esc":
		s.Unwrite(s.draft.String())
	case "ctrl+d":
		if err := s.Written(s.draft.String()); err != nil {
			s.status = err.Error()
		}
		s.scroll = 0
	default:
		s.draft.page(key, s.inner())
	}
}

// scrolled moves the window over the body where the key says so.
func (s *screen) scrolled(name string) bool {
	page := max(s.height/2, 1)
	by, moves := map[string]int{"up": -1, "down": 1, "pgup": -page, "pgdown": page}[name]
	s.scroll = max(s.scroll+by, 0)
	return moves
}
