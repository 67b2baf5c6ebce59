package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/prep-cli/prep/pkg/parallel"
)

// secret is what no report of a bug may hold: a story's own words.
const secret = "Initech lost forty parcels"

// Wherever it panics and with whatever, prep says that this is a bug, how to report it and
// where it was, quotes nothing, and exits with 2.
func TestBugReportQuotesNothing(t *testing.T) {
	panics := func() { panic(errors.New(secret)) }
	for _, tc := range []struct {
		why   string
		args  []string
		begin func(*env)
	}{
		{"in the command itself", []string{"list"}, func(e *env) { e.library = func() (library, error) { panics(); return library{}, nil } }},
		{"in a goroutine that reads ahead", []string{"coverage", "--jd", "job.txt"}, func(e *env) { e.library = func() (library, error) { panics(); return library{}, nil } }},
		{"on all cores", []string{"list"}, func(e *env) {
			e.library = func() (library, error) { parallel.Do(9, func(int) { panics() }); return library{}, nil }
		}},
		{"with a text", []string{"list"}, func(e *env) { e.library = func() (library, error) { panic(secret) } }},
		{"of the runtime's", []string{"list"}, func(e *env) {
			e.library = func() (library, error) { return library{}, map[string][]error{}[secret][len(secret)] }
		}},
		{"where the result is written", []string{"list"}, func(e *env) { e.stdout = torn(panics) }},
	} {
		t.Run(tc.why, func(t *testing.T) {
			inFolder(t, map[string]string{"stories/orders.yaml": story1, "job.txt": "You know Kafka well."})
			var stdout, stderr bytes.Buffer
			e := newEnv(strings.NewReader(""), &stdout, &stderr, time.Now)
			tc.begin(e)
			code := e.run(tc.args)
			reported(t, code, stderr.String())
			if stdout.Len() > 0 {
				t.Errorf("standard output: %q", stdout.String())
			}
		})
	}
}

// torn is a stream that panics.
type torn func()

func (t torn) Write(p []byte) (int, error) {
	t()
	return len(p), nil
}

// reported holds what prep says of a bug to what it promises.
func reported(t *testing.T, code int, said string) {
	t.Helper()
	if code != exitFail || !strings.HasPrefix(said, "prep: error: this is a bug in prep") || !strings.Contains(said, issues) || !strings.Contains(said, "_test.go:") {
		t.Errorf("exit %d: %s", code, said)
	}
	for word := range strings.FieldsSeq(secret) {
		if strings.Contains(said, word) {
			t.Errorf("it quotes %q: %s", word, said)
		}
	}
	for place := range strings.Lines(said) {
		if strings.HasPrefix(place, "  at ") && strings.Contains(place, string(os.PathSeparator)+"home") {
			t.Errorf("it names a folder of this machine: %s", place)
		}
	}
}

// fragile is a screen that panics at one of its parts.
type fragile struct{ part string }

func (f fragile) at(part string) {
	if f.part == part {
		panic(secret)
	}
}

func (f fragile) Init() tea.Cmd {
	f.at("Init")
	return func() tea.Msg {
		f.at("a command")
		return "hello"
	}
}

func (f fragile) Update(tea.Msg) (tea.Model, tea.Cmd) {
	f.at("Update")
	return f, nil
}

func (f fragile) View() tea.View {
	f.at("View")
	return tea.NewView("")
}

// bubbletea prints a panic's value and keeps it in a file where TEA_DEBUG is set: it
// never sees one.
func TestPanicOnAScreenIsTheCallers(t *testing.T) {
	for _, part := range []string{"Init", "Update", "View", "a command"} {
		t.Run(part, func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("TEA_DEBUG", "1")
			var out bytes.Buffer
			var p *parallel.Panic
			func() {
				defer func() { p = parallel.Caught(recover()) }()
				_ = unbroken(fragile{part}, tea.WithInput(nil), tea.WithOutput(&out))
			}()
			if p == nil || p.Value != secret || len(p.Places) == 0 || !strings.Contains(p.Places[0], "fragile.at") {
				t.Errorf("%+v", p)
			}
			if files, err := filepath.Glob("*"); strings.Contains(out.String(), secret) || len(files) > 0 || err != nil {
				t.Errorf("drawn %q, kept %q, %v", out.String(), files, err)
			}
		})
	}
}

// The terminal is a person's again before the report is written on it.
func TestBugWhilePractising(t *testing.T) {
	dir := home(t, map[string]string{"stories/orders.yaml": story1})
	x := open(t, dir, 120, 50, []string{"TEA_DEBUG=1"}, "drill", "--seed", "1", "--count", "1")
	x.see("Think of the story")
	if err := os.WriteFile(filepath.Join(dir, "clock"), []byte(secret), 0o600); err != nil { // the clock panics and quotes it
		t.Fatal(err)
	}
	if _, err := x.file.WriteString("s"); err != nil {
		t.Fatal(err)
	}
	x.see("this is a bug in prep")
	if err := <-x.done; err == nil {
		t.Error("it ended as if all were well")
	}
	if code := x.cmd.ProcessState.ExitCode(); code != exitFail || strings.Contains(x.raw.String(), "Initech") || !strings.Contains(x.raw.String(), "\x1b[?25h") {
		t.Errorf("exit %d: %q", code, x.raw.String())
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "*.log")); len(kept) > 0 || err != nil {
		t.Errorf("%v, %v", kept, err)
	}
}
