package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// A use is one way to use a command, without an address in it.
type use struct {
	command string // as in "prep completion bash"
	args    []string
	stdin   string
	code    int
	formats bool // it is told again in each other format that the command has
}

// uses hold every command once at least.
var uses = []use{
	{command: "prep"},
	{command: "prep match", args: []string{"--jd", "job.txt"}, formats: true},
	{command: "prep match", args: []string{"--question", "Tell me about a time you made a serious mistake"}, formats: true},
	{command: "prep match", args: []string{"--jd", "job.pdf"}},
	{command: "prep match", args: []string{"--jd", "job.html"}},
	{command: "prep star", args: []string{"the-double-deduct-disaster", "--time", "60s"}, formats: true},
	{command: "prep coverage", args: []string{"--jd", "job.txt"}, formats: true},
	{command: "prep coverage", args: []string{"--by", "competency"}, formats: true},
	{command: "prep plan", args: []string{"--jd", "job.txt", "--for", "Acme"}, formats: true},
	{command: "prep sheet", args: []string{"--jd", "job.txt"}, formats: true},
	{command: "prep sheet", args: []string{"--jd", "job.txt", "-o", "sheet.html", "--open"}},
	{command: "prep drill", args: []string{"--seed", "7"}, formats: true},
	{command: "prep drill", args: []string{"--plain", "--seed", "7", "--count", "2"}, stdin: "\ns\na\nr\ne\n1\n3\nk\nq\n"},
	{command: "prep review", args: []string{"answer.txt", "--story", "isik-in-istanbul"}, formats: true},
	{command: "prep review", args: []string{"-"}, stdin: "I think I basically fixed it in 3 days."},
	{command: "prep stats", formats: true},
	{command: "prep told", args: []string{"isik-in-istanbul", "--to", "Acme", "--went", "3"}},
	{command: "prep told", args: []string{"--to", "Acme"}, formats: true},
	{command: "prep init", args: []string{"other"}},
	{command: "prep new", args: []string{"The", "night", "the", "disk", "filled"}},
	{command: "prep edit", args: []string{"isik-in-istanbul"}},
	{command: "prep import", args: []string{"notes.md", "--dry-run"}, formats: true},
	{command: "prep import", args: []string{"notes.md"}},
	{command: "prep export", args: []string{"--to", "anki"}},
	{command: "prep export", args: []string{"--to", "csv"}},
	{command: "prep export", args: []string{"--to", "json"}},
	{command: "prep export", args: []string{"--to", "jsonresume"}},
	{command: "prep export", args: []string{"--to", "markdown", "-o", "out.md"}},
	{command: "prep export", args: []string{"--to", "story-bank"}},
	{command: "prep list", formats: true},
	{command: "prep list", args: []string{"--stories", "broken"}, code: exitFail},
	{command: "prep show", args: []string{"isik-in-istanbul"}, formats: true},
	{command: "prep tag", formats: true},
	{command: "prep tag", args: []string{"isik-in-istanbul", "--write"}, stdin: strings.Repeat("y\n", 9)},
	{command: "prep lint", formats: true},
	{command: "prep lint", args: []string{"--stories", "broken"}, code: exitNo, formats: true},
	{command: "prep mcp", stdin: dialogue},
	{command: "prep mcp", args: []string{"--write", "--redact"}, stdin: dialogue},
	{command: "prep questions", formats: true},
	{command: "prep skills", formats: true},
	{command: "prep competencies", formats: true},
	{command: "prep schema"},
	{command: "prep version"},
	{command: "prep man", args: []string{"man1"}},
	{command: "prep completion bash"},
	{command: "prep completion zsh"},
	{command: "prep completion fish"},
	{command: "prep completion powershell"},
	{command: "prep help", args: []string{"match"}},
	{command: "prep __complete", args: []string{"star", ""}},
	{command: "prep nonsense", code: exitFail},
}

// dialogue is what an assistant sends to prep mcp.
const dialogue = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":2,"method":"tools/list"}
{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"match_stories","arguments":{"question":"Tell me about a serious mistake"}}}
{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"coverage","arguments":{"jd":"Engineer\n\nRequirements\n- Kafka\n- see https://example.com/job"}}}
{"jsonrpc":"2.0","id":5,"method":"resources/list"}
`

// commandsToUse are the commands that do something of their own.
func commandsToUse() []*cobra.Command {
	root := newRootCmd(newEnv(strings.NewReader(""), io.Discard, io.Discard, time.Now))
	root.InitDefaultHelpCmd()
	return slices.DeleteFunc(commands(root), func(c *cobra.Command) bool { return !c.Runnable() || c.HasSubCommands() && c.HasParent() })
}

// A new command is one whose promises somebody has to think about.
func TestEveryCommandIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, u := range uses {
		used[u.command] = true
	}
	for _, c := range commandsToUse() {
		if !used[c.CommandPath()] {
			t.Errorf("%s: no row of uses has it", c.CommandPath())
		}
	}
}

// everyUse is uses, with a row for each format.
func everyUse() []use {
	formats := map[string][]string{}
	for _, c := range commandsToUse() {
		if f := c.Flags().Lookup("format"); f != nil {
			formats[c.CommandPath()] = f.Value.(choice).allowed //nolint:errcheck,forcetypeassert // every format is a choice
		}
	}
	var all []use
	for _, u := range uses {
		all = append(all, u)
		for i, format := range formats[u.command] {
			if i > 0 && u.formats {
				also := u
				also.args = append(slices.Clone(u.args), "--format", format)
				all = append(all, also)
			}
		}
	}
	return all
}

func (u use) String() string { return strings.Join(append([]string{u.command}, u.args...), " ") }

// usedHome is a home in which every use has something to do: the shipped stories,
// letters that change with the locale, a history, settings.
func usedHome(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{
		"stories/isik-in-istanbul.yaml": "title: IŞIK in İstanbul\ndate: 2024-03-31\nproblem: The İ of İstanbul broke our index I, and 1.234,5 orders were lost.\nresolution: I fixed the index in PostgreSQL.\nimpact: We lost no order after that.\n",
		"stories/Zebra.yaml":            "title: Zebra ÄÖÜ ß\ndate: 2024-10-27\nproblem: Two hours were the same when the clocks went back.\nresolution: I stored UTC.\n",
		"broken/a.yaml":                 "title: T\nproblme: P\n",
		"broken/b.yaml":                 "title: [a]\n",
		"prep.yaml":                     "interviews:\n  - {company: Acme, date: 2026-03-14, posting: job.txt}\nconfidential: [Initech]\n",
		"notes.md":                      "# Work log\n\n## Double orders\n\n**Problem:** Twelve parcels went out twice.\n\n**Resolution:**\n\n- Added an idempotency key\n\n## Slow search\n\n**Problem:** Search took nine seconds.\n",
		"answer.txt":                    "So um, I fixed the index I in 2 days and we lost 99 orders.\n",
		"edited.yaml":                   "title: IŞIK in İstanbul\nproblem: It was edited.\n",
		"job.html":                      "<html><body><h1>Engineer</h1><p>You know <a href=\"https://example.com/kafka\">Kafka</a>.</p><img src=\"https://example.com/a.png\"></body></html>",
		".xdg/prep/practice.jsonl": `{"v":1,"kind":"grade","id":"A","at":"2026-02-20T10:30:00Z","question":"failure-serious-mistake","mode":"tell","grade":1}` + "\n" +
			`{"v":1,"kind":"told","id":"B","at":"2026-02-20T11:00:00Z","story":"isik-in-istanbul","company":"Acme","date":"2026-02-20"}` + "\n",
	}
	for from, to := range map[string]string{"../../prompts/jobs/backend-engineer.txt": "job.txt", "../../pkg/posting/testdata/chromium.pdf": "job.pdf"} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		files[to] = string(data)
	}
	shipped, err := filepath.Glob("../../stories/*.yaml")
	if err != nil || len(shipped) != 15 {
		t.Fatalf("%d stories are shipped, %v", len(shipped), err)
	}
	for _, from := range shipped {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		files["stories/"+filepath.Base(from)] = string(data)
	}
	return files
}

// lay writes files into dir in the order of their names, or in the other order.
func lay(t testing.TB, dir string, files map[string]string, backwards bool) {
	t.Helper()
	names := slices.Sorted(maps.Keys(files))
	if backwards {
		slices.Reverse(names)
	}
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A surrounding is what a result must not depend on.
type surrounding struct {
	why       string
	under     string // a folder to work in, below one of the test's own
	env       []string
	umask     string
	backwards bool             // the order in which the files were made
	wrap      []string         // a program that runs it
	after     func(dir string) // looks at what it left
}

// An outcome is all that a run leaves behind.
type outcome struct {
	Code           int
	Stdout, Stderr string
	Files          map[string]string
}

// noon is the clock of every run: in all the time zones of the tests it is the same day.
const noon = "2026-03-01T10:15:00Z"

// mainAtNoon is main with the clock at noon in the zone of the surroundings.
func mainAtNoon() {
	now, err := time.Parse(time.RFC3339, noon)
	if err != nil {
		panic(err)
	}
	os.Exit(newEnv(os.Stdin, os.Stdout, os.Stderr, now.Local).run(os.Args[1:]))
}

// program gives the path of one of this test binary's programs.
func program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// run uses a command in a new home that holds files.
func (s surrounding) run(t testing.TB, program string, files map[string]string, u use) outcome {
	t.Helper()
	dir := filepath.Join(t.TempDir(), filepath.FromSlash(s.under))
	lay(t, dir, files, s.backwards)
	lay(t, dir, map[string]string{"bin/xdg-open": "#!/bin/sh\n", "bin/open": "#!/bin/sh\n"}, false)
	for _, name := range []string{"bin/xdg-open", "bin/open"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	args := slices.Concat(s.wrap, []string{program}, strings.Fields(u.command)[1:], u.args)
	if s.umask != "" && runtime.GOOS != "windows" {
		args = append([]string{"/bin/sh", "-c", "umask " + s.umask + ` && exec "$0" "$@"`}, args...)
	}
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...) //nolint:gosec // programs of the test's own
	cmd.Dir = dir
	cmd.Env = append([]string{
		"PATH=" + filepath.Join(dir, "bin") + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + os.TempDir(),
		"EDITOR=fake-editor write edited.yaml", "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR"),
	}, s.env...)
	for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		cmd.Env = append(cmd.Env, "XDG_"+kind+"_HOME="+filepath.Join(dir, ".xdg"))
	}
	stdout, stderr := converse(t, cmd, u)
	if s.after != nil {
		s.after(dir)
	}
	whole := func(text string) string { return strings.ReplaceAll(text, dir, "~") }
	return outcome{Code: cmd.ProcessState.ExitCode(), Stdout: whole(stdout), Stderr: whole(stderr), Files: left(t, dir)}
}

// converse runs a command with its input. An assistant waits for each answer before it
// goes on.
func converse(t testing.TB, cmd *exec.Cmd, u use) (stdout, stderr string) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said, errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(out)
	for line := range strings.Lines(u.stdin) {
		_, _ = io.WriteString(in, line) // it may have ended
		if strings.Contains(line, `"id":`) {
			answer, _ := answers.ReadString('\n') // the rest of what it says comes below
			said.WriteString(answer)
		}
	}
	_ = in.Close()
	rest, err := io.ReadAll(answers)
	said.Write(rest)
	if exit := (*exec.ExitError)(nil); err != nil || !errors.As(cmd.Wait(), &exit) && !cmd.ProcessState.Exited() {
		t.Fatal(err, errs.String())
	}
	return said.String(), errs.String()
}

// drawnID is the id of an event of the history, which is drawn by chance.
var drawnID = regexp.MustCompile(`"id":"[A-Z2-7]{12}"`)

// hashed is how the name of a lock ends, by the folder that it locks.
var hashed = regexp.MustCompile(`-[0-9a-f]{16}\.lock$`)

// left gives the files of a folder with their texts.
func left(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		files[hashed.ReplaceAllString(name, "-….lock")] = drawnID.ReplaceAllString(strings.ReplaceAll(string(data), dir, "~"), `"id":"…"`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// warm is files with the encodings of their stories, as the first command keeps them.
func warm(t testing.TB, program string, files map[string]string) map[string]string {
	t.Helper()
	o := surrounding{}.run(t, program, files, use{command: "prep tag"})
	if o.Code != 0 {
		t.Fatal(o.Stderr)
	}
	for name := range o.Files {
		if _, ours := files[name]; !ours && strings.HasPrefix(name, "bin/") {
			delete(o.Files, name)
		}
	}
	return o.Files
}

// differ names what of two outcomes is not the same, "" where all is.
func (o outcome) differ(other outcome) string {
	var out []string
	at := func(what, a, b string) {
		if a == b {
			return
		}
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		out = append(out, fmt.Sprintf("%s: byte %d on: %.200q, and %.200q", what, i, a[max(0, i-20):], b[max(0, i-20):]))
	}
	at("exit code", fmt.Sprint(o.Code), fmt.Sprint(other.Code))
	at("standard output", o.Stdout, other.Stdout)
	at("standard error", o.Stderr, other.Stderr)
	all := map[string]bool{}
	for name := range o.Files {
		all[name] = true
	}
	for name := range other.Files {
		all[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a, here := o.Files[name]
		b, there := other.Files[name]
		if here != there {
			out = append(out, fmt.Sprintf("%s: is there in one alone", name))
		}
		at(name, a, b)
	}
	return strings.Join(out, "\n")
}
