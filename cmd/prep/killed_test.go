//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/story"
)

// workshop is a folder with a library, in which programs run and are killed.
type workshop struct {
	*testing.T
	dir    string
	chance *rand.Rand
	kills  int // programs that were killed before they ended
	report int // grades that were said to be saved
}

func newWorkshop(t *testing.T) *workshop {
	w := &workshop{T: t, dir: t.TempDir(), chance: rand.New(rand.NewPCG(1, 2))}
	t.Chdir(w.dir)
	for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		t.Setenv("XDG_"+kind+"_HOME", filepath.Join(w.dir, ".xdg"))
	}
	w.write("stories/orders.yaml", story1)
	w.write("stories/lift.yaml", "title: Lift\nproblem: The lift was stuck.\n")
	w.write("editor", "#!/bin/sh\nexec cp text \"$1\"\n")
	if err := os.Chmod("editor", 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", filepath.Join(w.dir, "editor"))
	return w
}

func (w *workshop) write(name, text string) {
	w.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
}

func (w *workshop) holds(name string) string {
	w.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		w.Fatal(err)
	}
	return string(data)
}

func (w *workshop) stories() []story.Story {
	w.Helper()
	stories, err := story.Load(os.DirFS("stories"))
	if err != nil {
		w.Fatal(err)
	}
	return stories
}

// done is what became of a program.
type done struct {
	said  string // on both streams
	whole bool   // it came to its end
	code  int
	took  time.Duration // from its first write
}

// watched is what a program says; where it says that it writes, write is called.
type watched struct {
	text  bytes.Buffer
	write func()
	begun time.Time
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.text.Write(p)
	if w.begun.IsZero() && bytes.Contains(w.text.Bytes(), []byte(writing)) {
		w.begun = time.Now()
		w.write()
	}
	return n, err
}

// start runs the program until it ends or, where moment is more than none, is killed so
// long after it began to write.
func (w *workshop) start(moment time.Duration, stdin string, args ...string) done {
	cmd := exec.CommandContext(w.Context(), "prep-slowly", args...) //nolint:gosec // the test binary itself
	said := &watched{write: func() {
		if moment > 0 {
			time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })
		}
	}}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), said, said
	cmd.WaitDelay = 5 * time.Second // an editor may outlive it
	if err := cmd.Start(); err != nil {
		w.Error(err)
		return done{}
	}
	_ = cmd.Wait() // the state tells it
	whole := cmd.ProcessState.Exited()
	if !whole {
		w.kills++
	}
	return done{said: said.text.String(), whole: whole, code: cmd.ProcessState.ExitCode(), took: time.Since(said.begun)}
}

// runs is a run that nothing disturbs, and that must do what it is told.
func (w *workshop) runs(args ...string) done {
	w.Helper()
	d := w.start(0, "", args...)
	if d.code != 0 {
		w.Fatalf("%q: exit %d: %s", args, d.code, d.said)
	}
	return d
}

// killRounds is how often TestKilled kills, by this variable of the environment.
const killRounds = "PREP_KILL_ROUNDS"

// Programs that import, edit, export and drill are killed at any moment, in a library
// that goes on from round to round: nothing is lost that was reported saved, the library
// loads, and the next run does what the killed one was to do.
func TestKilled(t *testing.T) {
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv(killRounds)); err == nil {
		rounds = n
	}
	w := newWorkshop(t)
	kinds := []func(round int, moment time.Duration) (took time.Duration){w.importKilled, w.editKilled, w.exportKilled, w.drillKilled}
	took := make([]time.Duration, len(kinds))
	for k, kill := range kinds {
		took[k] = kill(k, 0)
	}
	round := len(kinds)
	for ; w.kills < rounds; round++ { // a program that has ended before its moment counts for nothing
		k := round % len(kinds)
		kinds[k](round, 1+time.Duration(w.chance.Int64N(int64(took[k]))))
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	staged, _ := filepath.Glob("stories/" + staged + "*")
	t.Logf("killed %d times in %d rounds, amid a file %d times; %d stories, %d grades said to be saved", w.kills, round, len(staged), len(w.stories()), w.report)
}

func (w *workshop) importKilled(round int, moment time.Duration) time.Duration {
	w.Helper()
	var notes strings.Builder
	const each = 4
	for n := range each {
		fmt.Fprintf(&notes, "## Round %d, incident %d\n\n**Problem:** It broke.\n\n**Resolution:** I mended it.\n\n", round, n)
	}
	name := fmt.Sprintf("log-%d.md", round)
	w.write(name, notes.String())
	of := func(s story.Story) bool { return s.Source.File == name }
	before := len(w.stories())
	d := w.start(moment, "", "import", name)
	there := slices.DeleteFunc(w.stories(), func(s story.Story) bool { return !of(s) })
	if strings.Contains(d.said, "4 written to stories") && len(there) != each {
		w.Errorf("%d stories were said to be written, %d are there", each, len(there))
	}
	w.runs("import", name)
	if got := len(w.stories()); got != before+each {
		w.Errorf("%d stories, want %d", got, before+each)
	}
	return d.took
}

func (w *workshop) editKilled(round int, moment time.Duration) time.Duration {
	w.Helper()
	const file = "stories/orders.yaml"
	old, text := w.holds(file), fmt.Sprintf("title: Orders went out twice\nproblem: It broke %d times.\n", round)
	w.write("text", text)
	d := w.start(moment, "", "edit", "orders")
	now := w.holds(file)
	if saved := strings.Contains(d.said, "prep: saved"); now != text && (saved || now != old) {
		w.Errorf("said %q; the story is %q", d.said, now)
	}
	w.stories()
	w.runs("edit", "orders")
	if now := w.holds(file); now != text {
		w.Errorf("edited again, the story is %q", now)
	}
	return d.took
}

func (w *workshop) exportKilled(round int, moment time.Duration) time.Duration {
	w.Helper()
	id := []string{"orders", "lift"}[round/4%2]
	old, _ := os.ReadFile("out.json") // the first time there is none
	d := w.start(moment, "", "export", id, "--to", "json", "-o", "out.json")
	now, _ := os.ReadFile("out.json")
	w.runs("export", id, "--to", "json", "-o", "out.json")
	if wanted := w.holds("out.json"); string(now) != wanted && (d.whole || !bytes.Equal(now, old)) {
		w.Errorf("the export is %q", now)
	}
	return d.took
}

// drillKilled answers question after question.
func (w *workshop) drillKilled(_ int, moment time.Duration) time.Duration {
	w.Helper()
	d := w.start(moment, strings.Repeat("\ne\n-\n3\n", 30), "drill", "--plain", "--count", "30")
	w.report += strings.Count(d.said, "Saved: good")
	data, err := os.ReadFile(".xdg/prep/practice.jsonl")
	if err != nil {
		w.Fatal(err)
	}
	if h, problems := practice.ReadHistory("history", data); problems != nil || len(h.Events) < w.report {
		w.Errorf("%d grades were said to be saved, %d are there; %v", w.report, len(h.Events), problems)
	}
	return d.took
}

// A signal that comes amid an import waits for the file that is being written, and says
// how far it came; the same command goes on from there.
func TestInterrupted(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		w := newWorkshop(t)
		var notes strings.Builder
		const all = 60
		for n := range all {
			fmt.Fprintf(&notes, "## Incident %d\n\n**Problem:** It broke.\n\n**Resolution:** I mended it.\n\n", n)
		}
		w.write("log.md", notes.String())
		cmd := exec.CommandContext(t.Context(), "prep-slowly", "import", "log.md")
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		await("stories/incident-1.yaml")
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the state tells it
		found := regexp.MustCompile(`^writing\nprep: interrupted: (\d+) of 60 written to stories: the same command goes on\n$`).FindStringSubmatch(said.String())
		if cmd.ProcessState.ExitCode() != exitInterrupted || found == nil {
			t.Fatalf("%v: exit %d: %s", signal, cmd.ProcessState.ExitCode(), said.String())
		}
		stories := len(w.stories()) - 2
		if left, _ := filepath.Glob("stories/.*"); left != nil || fmt.Sprint(stories) != found[1] || stories == all {
			t.Errorf("%v: said %q; %d stories, left %q", signal, said.String(), stories, left)
		}
		if d := w.runs("import", "log.md"); len(w.stories()) != all+2 {
			t.Errorf("%v: then %d stories: %s", signal, len(w.stories()), d.said)
		}
	}
}

// Several programs write to one library at once: what each reports saved is there, and
// what another has changed meanwhile is said.
func TestManyWriteAtOnce(t *testing.T) {
	w := newWorkshop(t)
	w.write("text", "title: Lift\nproblem: The lift was stuck. It was a Friday.\n")
	w.runs("tag") // the encodings are kept by now
	const writers, tellings = 3, 4
	var programs sync.WaitGroup
	outcomes := map[string][]done{}
	var mu sync.Mutex
	begin := func(what string, args ...string) {
		programs.Go(func() {
			d := w.start(0, "", args...)
			mu.Lock()
			defer mu.Unlock()
			outcomes[what] = append(outcomes[what], d)
		})
	}
	for n := range writers {
		name := fmt.Sprintf("log-%d.md", n)
		w.write(name, fmt.Sprintf("## The same title\n\n**Problem:** It broke %d times.\n\n**Resolution:** I mended it.\n\n## Another\n\n**Problem:** It broke there.\n", n))
		begin("import", "import", name)
		begin("tag", "tag", "--write", "--yes", "orders")
		begin("edit", "edit", "lift")
		for k := range tellings {
			begin("told", "told", "orders", "--to", fmt.Sprintf("Company %d.%d", n, k))
		}
	}
	programs.Wait()
	for _, what := range []string{"import", "told"} {
		for _, d := range outcomes[what] {
			if d.code != 0 {
				t.Errorf("%s: exit %d: %s", what, d.code, d.said)
			}
		}
	}
	stories := w.stories()
	if len(stories) != 2+2*writers {
		t.Errorf("%d stories after %d imports", len(stories), writers)
	}
	history, err := os.ReadFile(".xdg/prep/practice.jsonl")
	if n := bytes.Count(history, []byte("\n")); err != nil || n != writers*tellings {
		t.Errorf("%d tellings of %d; %v", n, writers*tellings, err)
	}
	for what, sign := range map[string]string{"tag": "was changed by another program", "edit": "another prep has stories/.lift.draft.yaml open"} {
		saved := 0
		for _, d := range outcomes[what] {
			if d.code == 0 {
				saved++
			} else if !strings.Contains(d.said, sign) {
				t.Errorf("%s: exit %d: %s", what, d.code, d.said)
			}
		}
		if saved == 0 {
			t.Errorf("%s: nobody's work was saved: %v", what, outcomes[what])
		}
	}
	if got := w.holds("stories/lift.yaml"); got != w.holds("text") {
		t.Errorf("the edited story is %q", got)
	}
	if got := w.holds("stories/orders.yaml"); strings.Count(got, "PostgreSQL") != 2 {
		t.Errorf("the tagged story is %q", got)
	}
	if left, _ := filepath.Glob("stories/.*"); left != nil {
		t.Errorf("left: %q", left)
	}
}
