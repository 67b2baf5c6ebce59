package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// The looks of the screen: one accent for what is on, and two weights of the
// terminal's own colour.
func accent(s string) string { return lipgloss.NewStyle().Foreground(lipgloss.Cyan).Render(s) }
func strong(s string) string { return lipgloss.NewStyle().Bold(true).Render(s) }
func faint(s string) string  { return lipgloss.NewStyle().Faint(true).Render(s) }
func usual(s string) string  { return s }

// margin stands left and right of the text.
const margin = 1

// inner is the width that text has.
func (s *screen) inner() int { return max(s.width-2*margin, 1) }

// View draws the screen: what is on, the question, what the stage shows, and the keys
// that are valid. The middle gives way where the terminal is small.
func (s *screen) View() tea.View {
	head := append(s.head(), s.question()...)
	foot := s.foot()
	room := max(s.height-len(head)-len(foot)-1, 0)
	body, cursor := s.body(room)
	from := s.window(len(body), room, cursor)
	body = body[from:]
	foot[0] = s.ends(foot[0], more(from, len(body)-room))
	for len(body) < room {
		body = append(body, "")
	}
	body = body[:room]
	lines := append(append(append(head, ""), body...), foot...)
	v := tea.NewView(s.fit(lines))
	v.AltScreen = true
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X+margin, cursor.Y+len(head)+1-from)
	}
	return v
}

// more says how many lines lie above or below the window.
func more(above, below int) string {
	switch {
	case below > 0:
		return fmt.Sprintf("↓ %d more", below)
	case above > 0:
		return fmt.Sprintf("↑ %d more", above)
	}
	return ""
}

// ends puts a text at the left end of a line, and a faint one at the right.
func (s *screen) ends(left, right string) string {
	gap := s.inner() - lipgloss.Width(left) - lipgloss.Width(right)
	return left + strings.Repeat(" ", max(gap, 1)) + faint(right)
}

// window is the first line of the body to be shown: as far as one has scrolled, or
// where the cursor is in sight.
func (s *screen) window(lines, room int, cursor *tea.Position) int {
	if cursor != nil {
		return max(cursor.Y-room+1, 0)
	}
	s.scroll = min(s.scroll, max(lines-room, 0))
	return s.scroll
}

// fit cuts what is over the terminal's edges.
func (s *screen) fit(lines []string) string {
	cut := lipgloss.NewStyle().MaxWidth(max(s.width-margin, 1))
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", margin) + cut.Render(line)
		}
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// head says where one is; why the question was drawn gives way where the terminal is
// narrow.
func (s *screen) head() []string {
	const name = "prep drill"
	where := fmt.Sprintf("%d of %d · %s", min(s.At()+1, len(s.Rounds)), len(s.Rounds), s.Mode)
	if r := s.Round(); r != nil {
		why := reason(r.Reason, " · %s")
		if lipgloss.Width(name+" "+where+why) <= s.inner() {
			where += why
		}
	} else {
		where = "done · " + s.Mode
	}
	return []string{s.ends(accent(name), where), ""}
}

// question is asked in full while one thinks and speaks, and is called to mind after.
func (s *screen) question() []string {
	r := s.Round()
	if r == nil {
		return nil
	}
	lines := s.wrap(r.Text, "", strong)
	if most := 2; s.Stage() > practice.Writing && len(lines) > most {
		lines = s.wrap(r.Text, "", strong)[:most]
		lines[most-1] += strong(" …")
	}
	return lines
}

// wrap breaks a text into lines that fit, those after the first moved in.
func (s *screen) wrap(text, indent string, look func(string) string) []string {
	width := max(s.inner()-len(indent), 1)
	lines := strings.Split(lipgloss.Wrap(clean(text), width, ""), "\n")
	for i, line := range lines {
		lines[i] = look(strings.TrimRight(line, " "))
		if i > 0 {
			lines[i] = indent + lines[i]
		}
	}
	return lines
}

// body is what the stage shows, and where the cursor stands in it, if anywhere. So
// many lines of it are seen at once.
func (s *screen) body(room int) ([]string, *tea.Position) {
	if s.finding {
		return s.finder(room)
	}
	switch s.Stage() {
	case practice.Thinking:
		return s.thinking(), nil
	case practice.Speaking:
		return s.speaking(), nil
	case practice.Writing:
		return s.writing()
	case practice.Naming:
		return append(s.outcome(), s.offer()...), nil
	case practice.Grading:
		return s.told(), nil
	}
	var lines []string
	for _, line := range s.summary() {
		if text, item := strings.CutPrefix(line, "· "); item {
			lines = append(lines, s.item("·", text)...)
		} else {
			lines = append(lines, s.wrap(line, "", usual)...)
		}
	}
	return lines, nil
}

func (s *screen) thinking() []string {
	say := "Think of the story. The clock starts when you do."
	if s.Mode == practice.Recall {
		say = fmt.Sprintf("From the start you have %d seconds to name the story and say its first line.", int(practice.RecallTime.Seconds()))
	}
	return s.wrap(say, "", faint)
}

func (s *screen) speaking() []string {
	r := s.Round()
	spoken := r.Spoken(s.now)
	if s.Mode == practice.Recall {
		left := practice.RecallTime - spoken
		return append(s.wrap("Name the story and say its first line.", "", usual), "",
			s.meter(fmt.Sprintf("%2d s", int((left+time.Second-1)/time.Second)), left.Seconds()/practice.RecallTime.Seconds()))
	}
	lines := []string{s.meter(clock(spoken)+" of "+clock(s.target), spoken.Seconds()/s.target.Seconds()), ""}
	parts := r.Parts(s.now)
	for i, part := range practice.SpokenParts {
		line := fmt.Sprintf("%c  %-10s %6s", partKeys[i], title(part), orBlank(parts[part]))
		if part == r.Part() {
			line = accent("▸ " + line)
		} else {
			line = "  " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func orBlank(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return clock(d)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// meter draws a share of a whole beside its label.
func (s *screen) meter(label string, share float64) string {
	room := min(s.inner()-len(label)-2, 40)
	if room < 5 {
		return label
	}
	return label + "  " + meter(share, room)
}

// meter draws a share of a whole in so many cells.
func meter(share float64, cells int) string {
	full := min(max(int(share*float64(cells)+0.5), 0), cells)
	return accent(strings.Repeat("━", full)) + faint(strings.Repeat("─", cells-full))
}

func (s *screen) writing() ([]string, *tea.Position) {
	down, across := s.draft.cursor(s.inner())
	rows := s.draft.lines(s.inner())
	before := string([]rune(rows[down])[:across])
	return rows, &tea.Position{X: lipgloss.Width(before), Y: down}
}

// outcome is how the answer went: time and shares, each against what is wanted.
func (s *screen) outcome() []string {
	r := s.Round()
	lines := s.wrap(s.took(r), "", usual)
	b := s.Balance(r)
	if b != (star.Balance{}) {
		for _, g := range groups(b, s.Setting.Bands) {
			lines = append(lines, s.group(g))
		}
	}
	for _, a := range s.advice(r) {
		lines = append(lines, s.wrap(a, "  ", usual)...)
	}
	return append(lines, "")
}

// group draws a group's share, and the shares that are wanted of it.
func (s *screen) group(g group) string {
	label := fmt.Sprintf("%-8s%3.0f%%", g.name, 100*g.share)
	wanted := fmt.Sprintf("wanted %.0f-%.0f%%", 100*g.band.Low, 100*g.band.High)
	if s.inner() < 60 {
		return label + "  " + faint(wanted)
	}
	return label + "  " + meter(g.share, 25) + "  " + faint(wanted)
}

// offer is the story that the matcher would have told.
func (s *screen) offer() []string {
	found := s.suggested[s.Round().ID]
	switch {
	case found.question == "":
		return s.wrap("Looking for the story …", "", faint)
	case found.err != nil:
		return s.wrap("Your stories cannot be read: "+found.err.Error(), "", usual)
	case found.told == nil:
		return s.wrap("No story of yours fits this question: one to write.", "", usual)
	}
	return append(s.wrap("You could tell: "+found.told.Title, "  ", accent), s.outline(s.answer(found.shelf, found.told))...)
}

// told is how the answer went beside the story that the user named: for a typed
// answer its review, else time, shares and the story's outline.
func (s *screen) told() []string {
	r, found := s.Round(), s.suggested[s.Round().ID]
	lines := s.wrap("You told none of your stories.", "", accent)
	var outline []string
	if found.shelf != nil && r.Story != "" {
		told := found.shelf.find(r.Story)
		lines = s.wrap("You told: "+told.Title, "  ", accent)
		outline = s.outline(s.answer(found.shelf, told))
	}
	if r.Typed() {
		return append(append(lines, ""), s.review(r.Feedback)...)
	}
	return append(append(s.outcome(), lines...), outline...)
}

func (s *screen) review(f practice.Feedback) []string {
	var b bytes.Buffer
	if err := report.Review(&b, report.Style{Width: s.inner()}, f); err != nil {
		return s.wrap(err.Error(), "", usual)
	}
	return strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
}

// answer tells a story as an answer to the question that is on, once: the screen is
// drawn more often.
func (s *screen) answer(shelf *shelf, told *story.Story) star.Answer {
	key := [2]string{s.Round().ID, told.ID}
	a, known := s.answers[key]
	if !known {
		a = shelf.tell(told, s.Round().Text)
		s.answers[key] = a
	}
	return a
}

// outline is an answer by its first sentences. In recall the first line is all.
func (s *screen) outline(a star.Answer) []string {
	lines := append(s.wrap(a.Headline, "", strong), "")
	if s.Mode == practice.Recall {
		return lines
	}
	for _, p := range outline(a) {
		lines = append(lines, s.item(accent(p.letter), p.sentence)...)
	}
	if len(a.FollowUps) > 0 {
		lines = append(lines, "", faint("Asked next"))
	}
	for _, f := range a.FollowUps {
		lines = append(lines, s.item("·", f.Text)...)
	}
	return lines
}

// item is a text that stands in from its mark of one cell.
func (s *screen) item(mark, text string) []string {
	lines := s.wrap(text, "   ", usual)
	lines[0] = mark + "  " + lines[0]
	return lines
}

// finder is the name that is typed, and the stories it may mean from the first that
// lets the choice be in the room.
func (s *screen) finder(room int) ([]string, *tea.Position) {
	const ask = "Which story? "
	found := s.found()
	from := max(s.choice-max(room-2, 1)+1, 0)
	lines := []string{accent(ask) + s.draft.String(), faint(more(from, 0))}
	if len(found) == 0 {
		lines = append(lines, faint("no story has these letters in its name"))
	}
	for i := from; i < len(found); i++ {
		line := "  " + clean(found[i].Title)
		if i == s.choice {
			line = accent("▸ " + clean(found[i].Title))
		}
		lines = append(lines, line)
	}
	return lines, &tea.Position{X: lipgloss.Width(ask + string(s.draft.runes[:s.draft.at]))}
}

// keys are those that are valid now, each with what it does.
func (s *screen) keys() [][2]string {
	undo, quit := [2]string{"u", "undo grade"}, [2]string{"q", "quit"}
	var keys [][2]string
	switch {
	case s.finding:
		return [][2]string{{"enter", "this one"}, {"↑↓", "choose"}, {"esc", "back"}}
	case s.Stage() == practice.Writing:
		return [][2]string{{"ctrl+d", "done"}, {"esc", "back to the question"}, {"ctrl+c", "quit"}}
	case s.Stage() == practice.Thinking:
		keys = [][2]string{{"space", "start"}, {"w", "write instead"}, {"k", "skip"}}
	case s.Stage() == practice.Speaking && s.Mode == practice.Recall:
		return [][2]string{{"enter", "I have it"}, {"esc", "start over"}, quit}
	case s.Stage() == practice.Speaking:
		return s.speakingKeys()
	case s.Stage() == practice.Naming:
		keys = s.namingKeys()
	case s.Stage() == practice.Grading:
		for n, name := range gradeNames[1:] {
			keys = append(keys, [2]string{fmt.Sprint(n + 1), name})
		}
		keys = append(keys, [2]string{"/", "another story"})
	}
	if s.Undoable() {
		keys = append(keys, undo)
	}
	return append(keys, quit)
}

func (s *screen) speakingKeys() [][2]string {
	keys := [][2]string{{"space", "next part"}, {"s t a r", "that part"}, {"backspace", "back"}, {"enter", "end"}}
	if s.height > 16 { // it takes a line of its own
		keys = append(keys, [2]string{"esc", "start over"})
	}
	return append(keys, [2]string{"q", "quit"})
}

func (s *screen) namingKeys() [][2]string {
	found := s.suggested[s.Round().ID]
	switch {
	case found.told != nil:
		return [][2]string{{"enter", "I told this one"}, {"/", "another"}, {"n", "none"}}
	case found.shelf != nil:
		return [][2]string{{"enter", "none of mine"}, {"/", "one of mine"}}
	}
	return [][2]string{{"n", "none"}}
}

// prompt is what the last key did, else what the stage asks for.
func (s *screen) prompt() string {
	switch {
	case s.status != "":
		return s.status
	case s.finding:
		return ""
	case s.Stage() == practice.Writing:
		return "Write it as you would say it."
	case s.Stage() == practice.Naming:
		return "Which story did you tell?"
	case s.Stage() == practice.Grading:
		return "How did it go?"
	}
	return ""
}

// foot is the prompt, in three lines at most, and the keys.
func (s *screen) foot() []string {
	line, used := "", 0
	lines := s.wrap(s.prompt(), "", strong)
	lines = lines[:min(len(lines), 3)]
	for _, k := range s.keys() {
		n := lipgloss.Width(k[0] + " " + k[1])
		if used > 0 && used+3+n > s.inner() {
			lines, line, used = append(lines, line), "", 0
		}
		if used > 0 {
			line, used = line+"   ", used+3
		}
		line, used = line+accent(k[0])+" "+faint(k[1]), used+n
	}
	return append(lines, line)
}
