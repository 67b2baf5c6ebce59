package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"
)

// What prep keeps for itself is its owner's alone, however open the surroundings: the
// history, its lock, what was imported, encodings, and the folders that hold them.
func TestKeptFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions there are the folder's")
	}
	prep := program(t, "prep")
	files := usedHome(t)
	delete(files, ".xdg/prep/practice.jsonl")
	keeps := []use{
		{command: "prep tag"},
		{command: "prep told", args: []string{"isik-in-istanbul", "--to", "Acme"}},
		{command: "prep drill", args: []string{"--plain", "--seed", "7", "--count", "1"}, stdin: "\ne\n1\n3\n"},
		{command: "prep import", args: []string{"notes.md"}},
		{command: "prep match", args: []string{"--question", "What did you break?"}},
		{command: "prep edit", args: []string{"isik-in-istanbul"}},
	}
	seen := map[string]bool{}
	for _, u := range keeps {
		t.Run(u.String(), func(t *testing.T) {
			var kept []string
			watched := surrounding{umask: "000", after: func(dir string) { kept = modes(t, dir) }}
			if o := watched.run(t, prep, files, u); o.Code != 0 {
				t.Fatal(o.Stderr)
			}
			for _, line := range kept {
				mode, name, _ := strings.Cut(line, " ")
				seen[name] = true
				if mode != "-rw-------" && mode != "drwx------" {
					t.Errorf("%s is %s", name, mode)
				}
			}
		})
	}
	for _, name := range []string{"prep/practice.jsonl", "prep/imports.json"} {
		if !seen[name] {
			t.Errorf("%s was not made: what was tested?", name)
		}
	}
}

// modes gives the permissions and the name of all that lies in the home's own folders.
func modes(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(dir, ".xdg"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Lstat(path)
		name, _ := filepath.Rel(filepath.Join(dir, ".xdg"), path)
		out = append(out, info.Mode().String()+" "+filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// An error may quote the key or the value that it means, never a story.
func TestErrorsQuoteLittle(t *testing.T) {
	long := strings.Repeat(secret+" and ", 200)
	for _, tc := range []struct {
		why   string
		files map[string]string
		stdin string
		args  []string
	}{
		{why: "a paragraph as a key", files: map[string]string{"stories/x.yaml": "title: T\nproblem: P\n" + long + ": x\n"}, args: []string{"list"}},
		{why: "a paragraph as a date", files: map[string]string{"stories/x.yaml": "title: T\nproblem: P\ndate: " + long + "\n"}, args: []string{"list"}},
		{why: "a paragraph where a list is wanted", files: map[string]string{"stories/x.yaml": "title: T\nproblem: P\nskills: " + long + "\n"}, args: []string{"list"}},
		{why: "a story that is no YAML", files: map[string]string{"stories/x.yaml": "title: T\nproblem: P: \"" + long + "\n\t- :\n"}, args: []string{"list"}},
		{why: "an anchor that nobody set", files: map[string]string{"stories/x.yaml": "title: T\nproblem: *" + strings.ReplaceAll(long, " ", "-") + "\n"}, args: []string{"list"}},
		{why: "a tag that nobody knows", files: map[string]string{"stories/x.yaml": "title: T\nproblem: !" + strings.ReplaceAll(long, " ", "-") + " P\n"}, args: []string{"list"}},
		{why: "settings with a paragraph", files: map[string]string{"stories/x.yaml": story1, "prep.yaml": "time: " + long + "\nwpm: " + long + "\n"}, args: []string{"list"}},
		{why: "a key of the settings", files: map[string]string{"stories/x.yaml": story1, "prep.yaml": "\"" + long + "\": 1\n"}, args: []string{"list"}},
		{why: "a rule that is none", files: map[string]string{"stories/x.yaml": story1, "prep.yaml": "rules: [\"" + long + "\"]\n"}, args: []string{"lint"}},
		{why: "a line of the history", files: map[string]string{"stories/x.yaml": story1, ".xdg/prep/practice.jsonl": `{"v":1,"kind":"` + long + `","id":"A"}` + "\n" + long + "\n"}, args: []string{"stats"}},
		{why: "a record of imports", files: map[string]string{"stories/x.yaml": story1, ".xdg/prep/imports.json": `{"a":` + long, "notes.md": "## A\n\n**Problem:** P\n"}, args: []string{"import", "notes.md"}},
		{why: "a JSON résumé", files: map[string]string{"stories/x.yaml": story1, "resume.json": `{"work": "` + long + `"}`}, args: []string{"import", "resume.json"}},
		{why: "a paragraph as an id", files: map[string]string{"stories/x.yaml": story1}, args: []string{"show", long}},
		{why: "a paragraph as a command", files: map[string]string{"stories/x.yaml": story1}, args: []string{long}},
		{why: "a paragraph as a flag", files: map[string]string{"stories/x.yaml": story1}, args: []string{"list", "--" + long}},
		{why: "a paragraph as a format", files: map[string]string{"stories/x.yaml": story1}, args: []string{"list", "--format", long}},
		{why: "a paragraph as a posting's file", files: map[string]string{"stories/x.yaml": story1}, args: []string{"match", "--jd", long}},
		{why: "a paragraph as a competency to drill", files: map[string]string{"stories/x.yaml": story1}, args: []string{"drill", "--competency", long}},
		{why: "no message of the protocol", files: map[string]string{"stories/x.yaml": story1}, stdin: long + "\n", args: []string{"mcp"}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			_, _, stderr := prep(t, tc.files, tc.stdin, tc.args...)
			if stderr == "" {
				t.Error("nothing was said")
			}
			for line := range strings.Lines(stderr) {
				if n := utf8.RuneCountInString(line); n > longestLineSaid+len("prep: error: \n") {
					t.Errorf("a line of %d characters: %.300s…", n, line)
				}
			}
		})
	}
}
