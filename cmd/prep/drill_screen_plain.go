package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// lines is a sitting in plain lines, for a screen reader, a dumb terminal or a
// script: nothing is drawn twice, and every key is a line.
type lines struct {
	*sitting
	in    *bufio.Reader
	width int
	ended bool // the input
}

// plainly goes through the session line by line.
func (s *sitting) plainly() error {
	l := &lines{sitting: s, in: bufio.NewReader(s.env.stdin), width: s.env.width()}
	for s.Stage() != practice.Over && !l.ended {
		if err := l.step(); err != nil {
			return err
		}
	}
	l.say("")
	for _, line := range s.summary() {
		l.say("%s", line)
	}
	return nil
}

// step asks for a line and does what it says.
func (l *lines) step() error {
	switch l.Stage() {
	case practice.Thinking:
		return l.think()
	case practice.Speaking:
		l.speak()
	case practice.Writing:
		l.write()
	case practice.Naming:
		return l.name()
	case practice.Grading:
		return l.judge()
	}
	return nil
}

func (l *lines) say(format string, args ...any) {
	fmt.Fprintln(l.env.stdout, report.Wrap(clean(fmt.Sprintf(format, args...)), l.width))
}

// ask gives the next line; "q", "quit", "exit" and the end of the input quit.
func (l *lines) ask() string {
	fmt.Fprint(l.env.stdout, "> ")
	line, err := l.in.ReadString('\n')
	line = strings.TrimSpace(line)
	if word := strings.ToLower(line); err != nil || word == "q" || word == "quit" || word == "exit" {
		l.ended = true
		fmt.Fprintln(l.env.stdout)
	}
	return line
}

func (l *lines) think() error {
	r := l.Round()
	l.say("\nQuestion %d of %d%s\n%s", l.At()+1, len(l.Rounds), reason(r.Reason, " (%s)"), r.Text)
	undo := ""
	if l.Undoable() {
		undo = ", u takes the last grade back"
	}
	l.say("Enter starts the clock, w writes an answer, k skips%s, q quits.", undo)
	switch answer := l.ask(); {
	case l.ended:
	case answer == "":
		l.Start(l.env.now())
		l.opening()
	case answer == "w":
		l.Write()
	case answer == "k":
		l.Skip()
	case answer == "u":
		return l.back()
	default:
		l.unknown(answer)
	}
	return nil
}

// unknown says that a line means nothing here.
func (l *lines) unknown(answer string) { l.say("I don't know %q.", answer) }

// back takes the last grade back.
func (l *lines) back() error {
	if !l.Undoable() {
		l.say("There is no grade to take back.")
		return nil
	}
	if err := l.undo(); err != nil {
		return err
	}
	l.say("Taken back: %s", l.Round().Text)
	return nil
}

// speakingLines says what the lines mean while one speaks.
const speakingLines = "Enter is the next part, s t a r name one, b takes a border back, e ends."

func (l *lines) opening() {
	if l.Mode == practice.Recall {
		l.say("Name the story and say its first line. Enter ends; you have %.0f seconds.", practice.RecallTime.Seconds())
		return
	}
	l.say("The clock runs. Situation. %s", speakingLines)
}

func (l *lines) speak() {
	answer := l.ask()
	now := l.env.now()
	switch last := l.Round().Part() == practice.SpokenParts[len(practice.SpokenParts)-1]; {
	case l.ended:
		return
	case l.Mode == practice.Recall:
		if !l.Tick(now) {
			l.Stop(now)
		}
		return
	case answer == "e", answer == "" && last:
		l.Stop(now)
		return
	case answer == "":
		l.Next(now)
	case answer == "b":
		l.Back()
	case len(answer) == 1 && strings.Contains(partKeys, answer):
		l.Part(practice.SpokenParts[strings.Index(partKeys, answer)], now)
	default:
		l.unknown(answer)
		l.say("%s", speakingLines)
	}
	l.say("%s.", title(l.Round().Part()))
}

func (l *lines) write() {
	l.say("Type your answer. A line with a full stop alone ends it.")
	var b strings.Builder
	for {
		line, err := l.in.ReadString('\n')
		if strings.TrimSpace(line) == "." {
			break
		}
		b.WriteString(line)
		if err != nil { // Ctrl-D ends an answer too
			break
		}
	}
	if err := l.Written(b.String()); err != nil {
		l.say("%v.", err)
		l.Unwrite("")
	}
}

// name says how it went and what could have been told, and asks what was.
func (l *lines) name() error {
	r := l.Round()
	l.outcome(r)
	shelf, err := l.shelf()
	if err != nil {
		l.say("Your stories cannot be read: %v", err)
		l.Name(nil)
		return nil
	}
	l.Setting.Skills = shelf.know.Skills
	best := shelf.suggest(r.Text)
	if best == nil {
		l.say("No story of yours fits this question: one to write.")
	} else {
		l.outline("You could tell", shelf.tell(best, r.Text))
	}
	for r.Stage == practice.Naming && !l.ended {
		l.which(shelf, best)
	}
	if r.Stage == practice.Grading && r.Typed() {
		return report.Review(l.env.stdout, report.Style{Width: l.width}, r.Feedback)
	}
	return nil
}

// which asks for the story that was told.
func (l *lines) which(shelf *shelf, best *story.Story) {
	def := "none of yours"
	if best != nil {
		def = best.Title
	}
	l.say("Which story did you tell? Enter for %s, - for none, or a piece of its name.", def)
	switch answer := l.ask(); {
	case l.ended:
	case answer == "":
		l.Name(best)
	case answer == "-":
		l.Name(nil)
	default:
		l.choose(answer, shelf.stories)
	}
}

// choose takes the one story that was meant, or says which may be.
func (l *lines) choose(typed string, stories []story.Story) {
	const shown = 8
	found := practice.Find(typed, stories)
	if len(found) == 1 {
		l.say("You told: %s", found[0].Title)
		l.Name(&found[0])
		return
	}
	l.say("%s with %q in the name:", count(len(found), "story", "stories"), typed)
	for _, s := range found[:min(len(found), shown)] {
		l.say("  %s", s.Title)
	}
}

func (l *lines) outcome(r *practice.Round) {
	l.say("%s", l.took(r))
	b := l.Balance(r)
	if b == (star.Balance{}) {
		return
	}
	for _, g := range groups(b, l.Setting.Bands) {
		l.say("%s %.0f%%, wanted %.0f to %.0f%%", g.name, 100*g.share, 100*g.band.Low, 100*g.band.High)
	}
	for _, a := range l.advice(r) {
		l.say("%s", a)
	}
}

func (l *lines) outline(what string, a star.Answer) {
	l.say("%s: %s\n%s", what, a.Title, a.Headline)
	if l.Mode == practice.Recall {
		return
	}
	for _, p := range outline(a) {
		l.say("%s: %s", p.part, p.sentence)
	}
	for _, f := range a.FollowUps {
		l.say("Asked next: %s", f.Text)
	}
}

func (l *lines) judge() error {
	l.say("How did it go? 1 again, 2 hard, 3 good, 4 easy.")
	switch answer := l.ask(); {
	case l.ended:
	case slices.Contains([]string{"1", "2", "3", "4"}, answer):
		n, id := int(answer[0]-'0'), l.Round().ID
		if err := l.grade(n); err != nil {
			return err
		}
		l.say("%s.", title(l.saved(id, n)))
	case answer == "u":
		return l.back()
	default:
		l.unknown(answer)
	}
	return nil
}
