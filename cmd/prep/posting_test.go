package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The same posting asks for the same skills whatever document it comes in, from a file
// and from standard input.
func TestTheSamePostingAsksForTheSameSkills(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join("..", "..", "pkg", "posting", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	names := []string{"posting.md", "posting.html", "python-docx.docx", "reportlab.pdf", "chromium.pdf"}
	files := map[string]string{}
	for _, name := range names {
		files[name] = read(name)
	}
	files["stories/orders.yaml"] = story1
	ask := func(stdin, jd string) any {
		code, stdout, stderr := prep(t, files, stdin, "match", "--jd", jd, "--format", "json")
		if code != 0 {
			t.Fatalf("%s: exit %d: %s", jd, code, stderr)
		}
		var out struct {
			Query struct {
				Title  string
				Skills []any
			}
		}
		if err := json.Unmarshal([]byte(stdout), &out); err != nil {
			t.Fatal(err)
		}
		if len(out.Query.Skills) < 12 {
			t.Fatalf("%s: %d skills", jd, len(out.Query.Skills))
		}
		return out.Query
	}
	want := ask("", "posting.md")
	for _, name := range names {
		if diff := cmp.Diff(want, ask("", name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, ask(files[name], "-")); diff != "" {
			t.Errorf("%s on standard input (-want +got):\n%s", name, diff)
		}
	}
}
