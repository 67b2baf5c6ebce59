package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hostile are titles and ids that would be another place, or none, were they taken for
// a path as they are.
var hostile = []string{
	"../../x", "..", ".", "/etc/passwd", `C:\Windows\x`, `..\..\x`, "a/b", "CON", "nul.yaml", "com1", "trailing dots...",
	"-rf", "--help", "a\nb", "a\r\nb", "tab\there", strings.Repeat("w", 300), "~/x", "$HOME", "a:b", "x.yaml", ".hidden", "\u202egnp.exe",
}

// around is what lies in a folder, its stories aside.
func around(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Name() == ".xdg" {
			return fs.SkipDir
		}
		if entry.IsDir() || filepath.Dir(name) == filepath.Join(dir, "deep", "stories") {
			return nil
		}
		data, err := os.ReadFile(name)
		found[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// No title and no id, from whichever side it comes, leads out of the library, and what
// is made of a title is a file name on every system.
func TestNamesStayInTheLibrary(t *testing.T) {
	plain := regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{Nd}-]{1,123}\.yaml$`)
	device := regexp.MustCompile(`^(con|nul|com1)\.`)
	for _, name := range hostile {
		t.Run(fmt.Sprintf("%.20q", name), func(t *testing.T) {
			quoted, err := json.Marshal(name)
			if err != nil {
				t.Fatal(err)
			}
			text := fmt.Sprintf("title: %s\nproblem: It broke.\n", quoted)
			dir := home(t, map[string]string{"x.yaml": story1, "deep/x.yaml": story1, "deep/notes.json": `{"work":[{"name":` + string(quoted) + `,"highlights":["It broke and I mended it."]}]}`,
				"deep/log.md": "# Log\n\n## " + strings.Join(strings.Fields(name), " ") + "\n\n**Problem:** It broke.\n", "deep/stories/orders.yaml": story1, "deep/written": text})
			t.Chdir(filepath.Join(dir, "deep"))
			for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
				t.Setenv("XDG_"+kind+"_HOME", filepath.Join(dir, ".xdg"))
			}
			t.Setenv("VISUAL", "fake-editor write written")
			before := around(t, dir)
			for _, args := range [][]string{
				{"import", "log.md"}, {"import", "notes.json"}, {"new", "--", name},
				{"edit", "--", name}, {"show", "--", name}, {"star", "--", name}, {"tag", "--write", "--yes", "--", name}, {"told", "--to", "Acme", "--", name}, {"told", "--to", name, "orders"},
			} {
				var out, errs bytes.Buffer
				code := newEnv(strings.NewReader("k\n"), &out, &errs, time.Now).run(args)
				t.Logf("%q: exit %d: %s", args, code, errs.String())
			}
			var errs bytes.Buffer
			e := newEnv(nil, &bytes.Buffer{}, &errs, time.Now)
			if code := e.exit(e.addStory(text + "task: I had to.\n")); code != 0 {
				t.Errorf("add_story: exit %d: %s", code, errs.String())
			}
			if diff := cmp.Diff(before, around(t, dir)); diff != "" {
				t.Error(diff)
			}
			entries, err := os.ReadDir("stories")
			for _, entry := range entries {
				if !plain.MatchString(entry.Name()) || device.MatchString(entry.Name()) {
					t.Errorf("made %q", entry.Name())
				}
			}
			if err != nil || len(entries) < 3 {
				t.Errorf("%d stories; %v", len(entries), err)
			}
		})
	}
}
