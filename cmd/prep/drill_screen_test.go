package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"github.com/hinshun/vt10x"

	"github.com/prep-cli/prep/pkg/practice"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// clockFile is the environment variable that names the file in which the time stands
// for a program that a test runs.
const clockFile = "PREP_TEST_CLOCK"

// noStoriesYet is the variable that makes the stories of such a program take for ever.
const noStoriesYet = "PREP_TEST_NO_STORIES_YET"

// mainByClock is main with the time of a file: so a test turns the clock of another
// process.
func mainByClock() {
	e := newEnv(os.Stdin, os.Stdout, os.Stderr, func() time.Time {
		data, err := os.ReadFile(os.Getenv(clockFile))
		if err != nil {
			panic(err)
		}
		now, err := time.Parse(time.RFC3339, string(data))
		if err != nil {
			panic(err)
		}
		return now
	})
	if os.Getenv(noStoriesYet) != "" {
		e.library = func() (library, error) { select {} }
	}
	os.Exit(e.run(os.Args[1:]))
}

// patienceOfTests is how long a test waits for what it wants to see: under the race
// detector the encoder takes ten times as long.
const patienceOfTests = 90 * time.Second

// terminal is the program in a pseudo-terminal, as a person sees it.
type terminal struct {
	t    testing.TB
	dir  string
	file *os.File
	cmd  *exec.Cmd
	done chan error

	mu     sync.Mutex
	screen vt10x.Terminal
	raw    bytes.Buffer
	news   chan struct{} // something was drawn
}

// home gives a folder that holds files, where the program finds nothing but these.
func home(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// open runs the program in a folder on a terminal of that size; with holds more of
// its environment.
func open(t testing.TB, dir string, columns, rows int, with []string, args ...string) *terminal {
	t.Helper()
	x := &terminal{t: t, dir: dir, done: make(chan error, 1), news: make(chan struct{}, 1), screen: vt10x.New(vt10x.WithSize(columns, rows))}
	x.cmd = exec.CommandContext(t.Context(), "prep-by-clock", args...) //nolint:gosec // the test binary itself
	x.cmd.Dir = dir
	x.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TERM=xterm-256color", clockFile + "=" + filepath.Join(dir, "clock")}
	x.cmd.Env = append(x.cmd.Env, with...)
	x.clock(0)
	file, err := pty.StartWithSize(x.cmd, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	if err != nil {
		t.Fatal(err)
	}
	x.file = file
	go x.watch()
	t.Cleanup(func() {
		_ = x.cmd.Process.Kill()
		_ = x.file.Close()
	})
	return x
}

// watch draws what the program writes, until it ends.
func (x *terminal) watch() {
	buf := make([]byte, 1<<16)
	for {
		n, err := x.file.Read(buf)
		x.mu.Lock()
		x.raw.Write(buf[:n])
		_, _ = x.screen.Write(buf[:n])
		x.mu.Unlock()
		select {
		case x.news <- struct{}{}:
		default:
		}
		if err != nil {
			x.done <- x.cmd.Wait()
			return
		}
	}
}

// clock sets the program's clock to so many seconds after noon.
func (x *terminal) clock(seconds int) {
	x.t.Helper()
	now := time.Date(2026, 3, 1, 12, 0, seconds, 0, time.UTC).Format(time.RFC3339)
	path := filepath.Join(x.dir, "clock")
	if err := os.WriteFile(path+".new", []byte(now), 0o600); err != nil {
		x.t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		x.t.Fatal(err)
	}
}

// text is what stands on the screen, without blanks at the ends of its lines.
func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	lines := strings.Split(x.screen.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// until waits for the screen to be as wanted.
func (x *terminal) until(wanted func(screen string) bool) bool {
	deadline := time.After(patienceOfTests)
	for !wanted(x.text()) {
		select {
		case <-x.news:
		case <-deadline:
			return false
		}
	}
	return true
}

// see waits for a text on the screen.
func (x *terminal) see(text string) {
	x.t.Helper()
	if !x.until(func(screen string) bool { return strings.Contains(screen, text) }) {
		x.t.Fatalf("waited for %q, and saw\n%s", text, x.text())
	}
}

// press sends keys and waits for what they bring about.
func (x *terminal) press(keys, see string) {
	x.t.Helper()
	if _, err := x.file.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
	x.see(see)
}

// golden waits for the screen to be the golden one.
func (x *terminal) golden(name string) {
	x.t.Helper()
	file := filepath.Join("testdata", "screen", name+".txt")
	if *update {
		for quiet := false; !quiet; {
			select {
			case <-x.news:
			case <-time.After(300 * time.Millisecond):
				quiet = true
			}
		}
		if err := os.WriteFile(file, []byte(x.text()), 0o644); err != nil {
			x.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		x.t.Fatal(err)
	}
	if !x.until(func(screen string) bool { return screen == string(want) }) {
		x.t.Errorf("%s:\n%s", file, cmp.Diff(string(want), x.text()))
	}
}

// resize gives the terminal another size.
func (x *terminal) resize(columns, rows int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(columns, rows)
	x.mu.Unlock()
	if err := pty.Setsize(x.file, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		x.t.Fatal(err)
	}
}

// ends waits for the program to end, without an error.
func (x *terminal) ends() {
	x.t.Helper()
	select {
	case err := <-x.done:
		if err != nil {
			x.t.Fatalf("%v\n%s", err, x.text())
		}
	case <-time.After(patienceOfTests):
		x.t.Fatalf("it has not ended:\n%s", x.text())
	}
}

// kept gives the grades that the history holds, each as its question and grade.
func (x *terminal) kept() []string {
	x.t.Helper()
	path := filepath.Join(x.dir, ".local", "state", "prep", "practice.jsonl")
	data, err := os.ReadFile(path)
	if err != nil {
		x.t.Fatal(err)
	}
	h, problems := practice.ReadHistory(path, data)
	if len(problems) > 0 || h.Torn != "" {
		x.t.Fatal(problems, h.Torn)
	}
	var out []string
	for _, e := range h.Events {
		out = append(out, e.Mode+" "+e.Question+" "+e.Story+" "+strconv.Itoa(e.Grade))
	}
	return out
}

// circus is a library with a bank of its own: three questions about juggling, two
// stories of which one juggles.
var circus = map[string]string{
	"prep.yaml": "prompts: bank\ncompetencies:\n- {id: juggling, aliases: [juggle], description: Keeps several things in the air.}\n",
	"bank/q.yaml": `- {id: juggling-drop, text: "Tell me about a time you dropped a ball while juggling.", level: mid, competencies: [juggling]}
- {id: juggling-five, text: "When did you juggle five clubs in front of a crowd, and what did you learn about keeping calm while everybody waits for you to fail?", level: mid, competencies: [juggling]}
- {id: juggling-teach, text: "How did you teach somebody to juggle?", level: mid, competencies: [juggling]}
`,
	"stories/the-dropped-ball.yaml": `title: The Dropped Ball
date: 2024-05
role: Juggler
problem: I dropped a ball while juggling in front of 300 people.
task: I had to bring the act to its end.
investigation: Watched the film of the act and saw that I threw the third ball too low.
resolution:
- Practised the third throw for two weeks.
- Moved the hard trick to the beginning of the act.
impact: The next 40 shows went without a dropped ball.
lessons: I learned to film every rehearsal.
competencies: [juggling]
`,
	"stories/the-late-train.yaml": `title: The Late Train
problem: The train with the costumes was four hours late.
resolution: Hired costumes from the theatre next door.
impact: The show began on time.
`,
}

// drill are the arguments that drill the circus, in an order that stays.
func drill(more ...string) []string {
	return append([]string{"drill", "--competency", "juggling", "--count", "3", "--seed", "8"}, more...)
}

// The question is there before the stories are: while they take for ever it can be
// thought about, answered and left.
func TestScreenDoesNotWaitForStories(t *testing.T) {
	dir := home(t, circus)
	x := open(t, dir, 80, 24, []string{noStoriesYet + "=1"}, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "Looking for the story")
	x.press("n", "You told none")
	x.press("3", "saved: good")
	x.press("q", "1 question told, 2 left")
	x.ends()
	if diff := cmp.Diff([]string{"tell " + first + "  3"}, x.kept()); diff != "" {
		t.Error(diff)
	}
}

// A whole answer, from the question to the sum of the session: borders, resizing,
// grade, skip, a typed answer, undo.
func TestScreenTell(t *testing.T) {
	x := open(t, home(t, circus), 80, 24, nil, drill()...)
	x.see("1 of 3")
	x.golden("tell-1-question")
	x.press(" ", "▸ s  Situation")
	x.clock(7)
	x.press("\x1b", "Think of the story")
	x.clock(0)
	x.press(" ", "▸ s  Situation")
	x.clock(20)
	x.press(" ", "▸ t  Task")
	x.clock(30)
	x.press("a", "▸ a  Action")
	x.clock(75)
	x.press(" ", "▸ r  Result")
	x.golden("tell-2-speaking")
	x.resize(40, 20)
	x.see("enter end")
	x.golden("tell-3-narrow")
	x.resize(80, 24)
	x.clock(90)
	x.press("\r", "You could tell")
	x.golden("tell-4-outcome")
	x.press("\r", "How did it go?")
	x.press("\x1b[B\x1b[B", "You told")
	x.press("3", "saved: good")
	x.press("u", "taken back")
	x.press("2", "saved: hard")
	x.golden("tell-5-next")
	x.press("k", "3 of 3")
	x.press("w", "Write it")
	x.press("I threw the ball to my sister. \rShe laughd\x7fed. I bought 12 balls.", "12 balls.")
	x.golden("tell-6-writing")
	x.press("\x04", "one of mine") // the stories were read
	x.press("/", "Which story?")
	x.press("trn", "▸ The Late Train")
	x.golden("tell-7-finding")
	x.press("\r", "You told: The Late Train")
	x.golden("tell-8-review")
	x.press("4", "2 questions told, 1 skipped")
	x.golden("tell-9-sum")
	x.press("q", "Again on")
	x.ends()
	x.golden("tell-farewell")
	want := []string{"tell " + first + " the-dropped-ball 2", "tell " + third + " the-late-train 4"}
	if diff := cmp.Diff(want, x.kept()); diff != "" {
		t.Error(diff)
	}
}

// The order in which the seed of drill draws.
const first, second, third = "juggling-drop", "juggling-teach", "juggling-five"

// Recall: ten seconds, then the story and its first line. Whoever quits in the middle
// and begins again finds each grade once, and the questions that are left.
func TestScreenRecall(t *testing.T) {
	dir := home(t, circus)
	x := open(t, dir, 80, 24, nil, drill("--mode", "recall")...)
	x.see("1 of 3")
	x.press(" ", "Name the story")
	x.clock(4)
	x.see("6 s")
	x.golden("recall-1-clock")
	x.press("\r", "Named in 4 seconds.")
	x.golden("recall-2-story")
	x.press("\r", "How did it go?")
	x.press("3", "2 of 3")
	x.press("\r", "Name the story")
	x.clock(14)
	x.see("The 10 seconds are over.")
	x.press("n", "You told none")
	x.press("1", "3 of 3")
	x.press(" ", "Name the story")
	x.press("\x03", "2 questions recalled, 1 left")
	x.ends()
	graded := []string{"recall " + first + " the-dropped-ball 3", "recall " + second + "  1"}
	if diff := cmp.Diff(graded, x.kept()); diff != "" {
		t.Error(diff)
	}

	x = open(t, dir, 80, 24, nil, drill("--mode", "recall", "--count", "1")...)
	x.see("1 of 1 · recall · new")
	x.press(" ", "Name the story")
	x.clock(1)
	x.press("\r", "Named in 1 second.")
	x.press("n", "You told none")
	x.press("2", "1 question recalled.")
	x.press("u", "taken back")
	x.press("q", "0 questions recalled, 1 left")
	x.ends()
	if diff := cmp.Diff(graded, x.kept()); diff != "" {
		t.Error(diff)
	}
}

// Why a question was drawn reads as said of the question, not of an answer.
func TestReason(t *testing.T) {
	for drawn, want := range map[string]string{
		practice.Weak:   " (weak spot)",
		practice.Due:    " (due again)",
		practice.New:    " (new to you)",
		practice.Random: "", // chance is no reason
	} {
		if got := reason(drawn, " (%s)"); got != want {
			t.Errorf("%s: %q, want %q", drawn, got, want)
		}
	}
}

// Every screen fits, however small the terminal is: no line is broken by its edge,
// and the keys stand in its last rows.
func TestScreenFits(t *testing.T) {
	dir := home(t, circus)
	x := open(t, dir, 40, 20, []string{"NO_COLOR=1"}, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.clock(20)
	x.press("r", "▸ r  Result")
	x.clock(30)
	x.press("\r", "Which story")
	x.golden("narrow-outcome")
	x.press("\x1b[6~\x1b[6~\x1b[6~", "Asked next")
	x.golden("narrow-scrolled")
	x.resize(120, 40)
	x.see("setup    67%  ━")
	x.golden("wide-outcome")
	x.resize(10, 4)
	x.resize(80, 24)
	x.see("n none")
	x.press("n", "How did it go?")
	x.resize(40, 20)
	x.press("3", "saved: good")
	x.golden("narrow-saved")
	x.press("q", "2 left")
	x.ends()
	for _, colour := range []string{"\x1b[36m", "\x1b[96m", "38;5;"} {
		if bytes.Contains(x.raw.Bytes(), []byte(colour)) {
			t.Errorf("colour %q in spite of NO_COLOR", colour)
		}
	}
}

// Whatever the size of the terminal, at every stage of a session: no line is wider, and
// there are no more of them than fit.
func TestScreenNeverPassesItsEdges(t *testing.T) {
	dir := home(t, circus)
	t.Chdir(dir)
	t.Setenv("HOME", dir)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	o := drillOptions{env: newEnv(nil, nil, nil, func() time.Time { return now }), mode: practice.Tell, count: 3, seed: 8, pick: filter{competency: "juggling"}}
	drawn, err := o.draw()
	if err != nil {
		t.Fatal(err)
	}
	s, err := o.sitting(drawn)
	if err != nil {
		t.Fatal(err)
	}
	x := newScreen(s)
	x.Update(x.Init()())
	for _, keys := range []string{" ", "  ", "\r", "/", "a", "\r", "3", "w", "I threw the ball. ", "\x04", "n", "4", "k"} {
		for _, key := range keys {
			press := tea.KeyPressMsg{Code: key, Text: string(key)}
			switch key {
			case '\r':
				press = tea.KeyPressMsg{Code: tea.KeyEnter}
			case 4:
				press = tea.KeyPressMsg{Code: 'd', Mod: tea.ModCtrl}
			}
			now = now.Add(9 * time.Second)
			if _, next := x.Update(press); next != nil && s.Stage() != practice.Speaking && s.Stage() != practice.Over {
				x.Update(next())
			}
		}
		for width := 2; width < 130; width += 19 {
			for height := 1; height < 42; height += 8 {
				x.Update(tea.WindowSizeMsg{Width: width, Height: height})
				lines := strings.Split(x.View().Content, "\n")
				if len(lines) > height {
					t.Fatalf("after %q: %d lines on %d x %d", keys, len(lines), width, height)
				}
				for _, line := range lines {
					if n := lipgloss.Width(line); n > width {
						t.Fatalf("after %q: %d cells on %d x %d: %q", keys, n, width, height, line)
					}
				}
			}
		}
	}
	if x.Stage() != practice.Over {
		t.Errorf("the keys did not lead to the end: %v", x.Stage())
	}
}

// A broken story file stops nobody from practising; it is told in its place, and the
// screen stays whole.
func TestScreenWithBrokenStory(t *testing.T) {
	dir := home(t, circus)
	if err := os.WriteFile(filepath.Join(dir, "stories", "x.yaml"), []byte("title: T\nresolutoin: R\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x := open(t, dir, 80, 24, nil, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "cannot be read")
	x.golden("broken-story")
	x.press("n", "You told none")
	x.press("1", "saved: again")
	x.press("q", "1 question told")
	x.ends()
}

// What is to be said on standard error waits until the screen is gone.
func TestScreenKeepsWarningsBack(t *testing.T) {
	x := open(t, home(t, nil), 80, 24, nil, "drill", "--seed", "7")
	x.see("1 of 5")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "   / ") // a story is chosen: they were read
	if screen := x.text(); strings.Contains(screen, "built-in") {
		t.Errorf("on the screen:\n%s", screen)
	}
	x.press("q", "these are the 15 built-in examples")
	x.ends()
}

// Where a grade cannot be saved the screen says so and does not go on; what is typed
// but not done when one quits is not lost.
func TestScreenLosesNothing(t *testing.T) {
	dir := home(t, circus)
	x := open(t, dir, 80, 24, nil, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "You could tell")
	x.press("\r", "How did it go?")
	state := filepath.Join(dir, ".local")
	if err := os.WriteFile(state, nil, 0o600); err != nil { // a file where the folder belongs
		t.Fatal(err)
	}
	x.press("3", "not saved")
	x.see("1 of 3")
	if err := os.Remove(state); err != nil {
		t.Fatal(err)
	}
	x.press("3", "saved: good")
	x.press("w", "Write it")
	x.press("\x04", "the answer is empty")
	x.press("\x1b[200~I ran to Bremen.\x1b[201~", "Write it")
	x.press("\x04", "Which story")
	x.press("n", "How did it go?")
	x.press("4", "3 of 3")
	x.press("w", "Write it")
	x.press("I stood in Halle.", "Halle.")
	x.press("\x04", "Which story")
	x.press("u", "taken back")
	x.press("q", "juggle five")
	x.ends()
	x.see("I ran to Bremen.")
	x.see("I stood in Halle.")
	graded := []string{"tell " + first + " the-dropped-ball 3"}
	if diff := cmp.Diff(graded, x.kept()); diff != "" {
		t.Error(diff)
	}

	x = open(t, dir, 80, 24, nil, drill("--count", "2")...)
	x.see("1 of 2")
	x.press("w", "Write it")
	x.press("Once in Bremen", "Bremen")
	x.press("\x03", "Your answer so far")
	x.ends()
	x.see("Once in Bremen")
	if diff := cmp.Diff(graded, x.kept()); diff != "" {
		t.Error(diff)
	}
}

// Among many stories the list fills the room there is and says how many are out of
// sight.
func TestScreenFindsAmongMany(t *testing.T) {
	dir := home(t, circus)
	for n := range 30 {
		text := fmt.Sprintf("title: Show %02d\nproblem: The band was late.\nresolution: I drummed.\nimpact: The show began on time.\n", n)
		if err := os.WriteFile(filepath.Join(dir, "stories", fmt.Sprintf("show-%02d.yaml", n)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x := open(t, dir, 80, 24, nil, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "   / ")
	x.press("/", "Which story?")
	x.golden("find-among-many")
	x.press("show"+strings.Repeat("\x1b[B", 29), "▸ Show 29")
	x.golden("find-last")
}

// In plain lines nothing is drawn twice and no escape is written; the dialogue is the
// same otherwise.
func TestPlainLines(t *testing.T) {
	for _, tc := range []struct{ name, mode, input string }{
		{"plain-tell", "tell", "\n\nb\na\nr\n\nball\n3\nu\n4\nw\nI threw it.\n.\n-\n1\nk\n"},
		{"plain-recall", "recall", "\n\n\n2\nq\n"},
		{"plain-unknown", "tell", "help\nu\n\nfoo\ne\n-\n7\nQuit\n"},
		{"plain-end-of-input", "tell", "\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := home(t, circus)
			t.Chdir(dir)
			for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
				t.Setenv("XDG_"+kind+"_HOME", filepath.Join(dir, ".xdg"))
			}
			now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
			var out, errs bytes.Buffer
			e := newEnv(strings.NewReader(tc.input), &out, &errs, func() time.Time {
				now = now.Add(6 * time.Second)
				return now
			})
			root := newRootCmd(e)
			root.SetArgs(drill("--plain", "--mode", tc.mode))
			if code := e.exit(root.Execute()); code != 0 || errs.Len() > 0 {
				t.Fatalf("exit %d: %s", code, errs.String())
			}
			goldenText(t, tc.name, out.String())
		})
	}
}

func goldenText(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join(here, "testdata", "screen", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// here is the folder of the tests, which some of them leave.
var here, _ = os.Getwd()

// FuzzDraft types, moves and deletes, and asserts that the rows of the screen never
// pass the width and lose nothing but the blanks and breaks between them.
func FuzzDraft(f *testing.F) {
	f.Add("a bb ccc\n\ndddddddddddd e", 5, 3)
	f.Add("日本語 words", 4, 2)
	f.Fuzz(func(t *testing.T, text string, width, at int) {
		width = 3 + max(width, 0)%80
		var d draft
		d.insert(text[:min(len(text), 1000)]) // to climb from below costs the square of it
		d.at = min(max(at, 0), len(d.runes))
		end := 0
		for i, r := range d.rows(width) {
			if lost := strings.Trim(string(d.runes[end:r.from]), " \n"); i > 0 && (lost != "" || r.from-end > 1) {
				t.Fatalf("row %d leaves out %q", i, string(d.runes[end:r.from]))
			}
			if line := string(d.runes[r.from:r.to]); lipgloss.Width(line) > width {
				t.Fatalf("row %d is wider than %d: %q", i, width, line)
			}
			end = r.to
		}
		if end != len(d.runes) {
			t.Fatalf("the rows end at %d of %d", end, len(d.runes))
		}
		rows := d.rows(width)
		if down, across := d.cursor(width); across > rows[down].to-rows[down].from {
			t.Fatalf("the cursor stands beside row %d: %d of %v", down, across, rows[down])
		}
		for range d.runes {
			d.climb(width, -1)
		}
		if down, _ := d.cursor(width); down != 0 {
			t.Fatalf("climbing ended in row %d", down)
		}
	})
}

// BenchmarkFirstFrame runs the program in a pseudo-terminal until the question is
// there, with the built-in stories and bank; its measure is beside that of version,
// which only starts.
func BenchmarkFirstFrame(b *testing.B) {
	for _, bench := range []struct {
		name, see string
		args      []string
	}{
		{"version", "prep ", []string{"version"}},
		{"drill", "1 of 5", []string{"drill", "--seed", "7"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			dir := b.TempDir()
			for b.Loop() {
				x := open(b, dir, 80, 24, nil, bench.args...)
				x.see(bench.see)
				b.StopTimer()
				_ = x.cmd.Process.Kill()
				if err := <-x.done; err != nil && x.cmd.ProcessState.Exited() {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
