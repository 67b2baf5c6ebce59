package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
)

// stateIn makes dir the home of the history, and gives the path of its file.
func stateIn(t *testing.T, dir string) string {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", dir)
	return filepath.Join(dir, "prep", "practice.jsonl")
}

// opened reads the history as a command does, with what it warns of.
func opened(t *testing.T) (*historyFile, string) {
	t.Helper()
	var said strings.Builder
	h, err := newEnv(nil, io.Discard, &said, time.Now).history()
	if err != nil {
		t.Fatal(err)
	}
	return h, said.String()
}

func graded(h *historyFile, question string) practice.Event {
	e := h.event(practice.Graded)
	e.Question, e.Mode, e.Grade = question, practice.Tell, 3
	return e
}

func TestHistoryMakesNothingBeforeTheFirstAppend(t *testing.T) {
	path := stateIn(t, t.TempDir())
	h, said := opened(t)
	if _, err := os.Stat(filepath.Dir(path)); !os.IsNotExist(err) || said != "" {
		t.Errorf("%v; said %q", err, said)
	}
	if err := h.append(graded(h, "q-1")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	again, said := opened(t)
	if diff := cmp.Diff(h.History, again.History, cmp.Comparer(func(a, b time.Time) bool { return a.Truncate(time.Millisecond).Equal(b.Truncate(time.Millisecond)) })); diff != "" || said != "" {
		t.Errorf("%s; said %q", diff, said)
	}
}

// Wherever a power cut ends the last line, the lines before it stay, the next grade
// is not glued to it, and nothing is lost that a person could still want.
func TestHistoryMendsATornLastLine(t *testing.T) {
	whole := practice.Event{V: 1, Kind: practice.Graded, ID: "A", At: time.Unix(1.7e9, 0), Question: "q-1", Grade: 3}
	last := whole
	last.ID = "B"
	line := string(last.Line())
	for cut := 1; cut < len(line); cut++ {
		path := stateIn(t, t.TempDir())
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(string(whole.Line())+line[:cut]), 0o600); err != nil {
			t.Fatal(err)
		}
		h, said := opened(t)
		survives := cut == len(line)-1 // only the line break is missing
		if got := strings.Contains(said, "cut off"); got == survives {
			t.Fatalf("cut at %d: said %q", cut, said)
		}
		if err := h.append(graded(h, "q-2")); err != nil {
			t.Fatal(err)
		}
		want := 2
		if survives {
			want = 3
		} else if torn, err := os.ReadFile(path + tornSuffix); err != nil || string(torn) != line[:cut]+"\n" {
			t.Fatalf("cut at %d: set aside %q, %v", cut, torn, err)
		}
		if again, said := opened(t); len(again.Events) != want || said != "" {
			t.Fatalf("cut at %d: %d events, want %d; said %q", cut, len(again.Events), want, said)
		}
	}
}

func TestHistoryWarns(t *testing.T) {
	path := stateIn(t, t.TempDir())
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("oops\n", 13)+`{"v":2}`+"\n"+`{"v":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, said := opened(t)
	var want strings.Builder
	for line := range 10 {
		fmt.Fprintf(&want, "prep: warning: %s:%d: not valid JSON: invalid character 'o' looking for beginning of value: the line is left out\n", path, line+1)
	}
	fmt.Fprintf(&want, "prep: warning: %s: 3 more lines are left out\n", path)
	fmt.Fprintf(&want, "prep: warning: %s: lines that a later prep wrote: 1, kept and not counted here\n", path)
	fmt.Fprintf(&want, "prep: warning: %s: the last line was cut off while it was written: it is left out, and set aside in practice.jsonl.torn with the next grade\n", path)
	if diff := cmp.Diff(want.String(), said); diff != "" {
		t.Error(diff)
	}
}

// An append that failed may be tried again: the grade is not doubled.
func TestHistoryAppendTwiceCountsOnce(t *testing.T) {
	stateIn(t, t.TempDir())
	h, _ := opened(t)
	e := graded(h, "q-1")
	for range 2 {
		if err := h.append(e); err != nil {
			t.Fatal(err)
		}
	}
	if again, _ := opened(t); len(again.Events) != 1 {
		t.Errorf("%d grades", len(again.Events))
	}
}

func TestHistoryLinesOfTwoDrillsDoNotMix(t *testing.T) {
	path := stateIn(t, t.TempDir())
	const drills, grades = 4, 25
	var wg sync.WaitGroup
	for d := range drills {
		h, _ := opened(t)
		wg.Go(func() {
			for g := range grades {
				if err := h.append(graded(h, fmt.Sprintf("q-%d-%s", d, strings.Repeat("x", g*g)))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if h, said := opened(t); len(h.Events) != drills*grades || said != "" {
		t.Errorf("%d grades in %s; said %q", len(h.Events), path, said)
	}
}

// gradeUntilKilled is a program that grades and grades, and says which grades are
// saved.
func gradeUntilKilled() {
	h, err := newEnv(os.Stdin, os.Stdout, os.Stderr, time.Now).history()
	for i := 0; err == nil; i++ {
		e := graded(h, fmt.Sprintf("q-%d", i%300))
		if err = h.append(e); err == nil {
			fmt.Println(e.ID)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Two programs grade at once and are killed at any moment, 200 times: each grade that
// was said to be saved is there, once, and the next start reads them all.
func TestKilledWhileGrading(t *testing.T) {
	dir := t.TempDir()
	path := stateIn(t, filepath.Join(dir, "state"))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "grades")
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	var saved []string
	for range 100 {
		var said [2][]string
		var wg sync.WaitGroup
		for i := range said {
			moment := time.Duration(chance.IntN(8000)) * time.Microsecond
			wg.Go(func() { said[i] = killed(t, exec.CommandContext(t.Context(), program), moment) })
		}
		wg.Wait()
		saved = append(saved, append(said[0], said[1]...)...)
	}
	h, warned := opened(t)
	if warned != "" {
		t.Error(warned)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range saved {
		if n := strings.Count(string(data), id); n != 1 {
			t.Errorf("the grade %s is there %d times", id, n)
		}
	}
	if len(saved) < 200 || len(h.Events) < len(saved) || len(h.Events) > len(saved)+200 { // at most one grade each was saved and not said
		t.Errorf("%d grades were said to be saved, %d are there", len(saved), len(h.Events))
	}
}

// killed starts a program, kills it at a moment after its first line, and gives the
// whole lines that it wrote.
func killed(t *testing.T, cmd *exec.Cmd, moment time.Duration) []string {
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Error(err)
		return nil
	}
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return nil
	}
	var lines []string
	read := bufio.NewReader(out)
	for {
		line, err := read.ReadString('\n')
		if err != nil {
			_ = cmd.Wait() // it was killed
			return lines
		}
		if lines = append(lines, strings.TrimSuffix(line, "\n")); len(lines) == 1 {
			time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })
		}
	}
}
