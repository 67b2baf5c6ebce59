package story_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

const full = `title: Orders went out twice
date: 2024-03
role: backend developer
company: Acme
problem: Twelve parcels went out twice.
context: Black Friday.
task: Find out why.
investigation:
  - Compared the logs.
  - Replayed one order.
root_cause: A retry without a key.
resolution: I added an idempotency key.
impact: No double since, in 40,000 orders.
lessons: Retries need keys.
hindsight: I could have asked the warehouse first.
skills: [Kafka, idempotency]
competencies: [problem-solving, quality]
source:
  file: log.md
  heading: Double orders
`

func TestParse(t *testing.T) {
	want := story.Story{
		ID: "orders", File: "orders.yaml", Title: "Orders went out twice", Date: "2024-03", Role: "backend developer", Company: "Acme",
		Problem: yaml.Text{"Twelve parcels went out twice."}, Context: yaml.Text{"Black Friday."}, Task: yaml.Text{"Find out why."},
		Investigation: yaml.Text{"Compared the logs.", "Replayed one order."}, RootCause: yaml.Text{"A retry without a key."},
		Resolution: yaml.Text{"I added an idempotency key."}, Impact: yaml.Text{"No double since, in 40,000 orders."},
		Lessons: yaml.Text{"Retries need keys."}, Hindsight: yaml.Text{"I could have asked the warehouse first."},
		Skills: []string{"Kafka", "idempotency"}, Competencies: []string{"problem-solving", "quality"},
		Source: story.Source{File: "log.md", Heading: "Double orders"},
	}
	got, err := story.Parse("orders.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(full, string(story.Write(got))); diff != "" {
		t.Errorf("written back: %s", diff)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2024": "", "2024-03": "", "2024-02-29": "",
		"2023-02-29": `s.yaml:1:7: date: "2023-02-29" is not a date: day out of range`,
		"2024-13":    `s.yaml:1:7: date: "2024-13" is not a date: month out of range`,
		"March 2024": `s.yaml:1:7: date: "March 2024" is not a date: write 2024, 2024-03 or 2024-03-15`,
		"24-3-1":     `s.yaml:1:7: date: "24-3-1" is not a date: write 2024, 2024-03 or 2024-03-15`,
		"2024/03":    `s.yaml:1:7: date: "2024/03" is not a date: write 2024, 2024-03 or 2024-03-15`,
	} {
		s, err := story.Parse("s.yaml", []byte("date: "+in+"\ntitle: T\nproblem: P\n"))
		switch {
		case want == "" && (err != nil || string(s.Date) != in):
			t.Errorf("%s: got %q, %v", in, s.Date, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
	}
}

func TestLoad(t *testing.T) {
	tiny := &fstest.MapFile{Data: []byte("title: T\nproblem: P\n")}
	fsys := fstest.MapFS{
		"b.yaml": tiny, "a.yml": tiny, "notes.md": tiny, ".draft.yaml": tiny, "old/c.yaml": tiny,
		"B.yml": tiny, "broken.yaml": {Data: []byte("title: T\nproblm: P\n")}, "empty.yaml": {},
	}
	got, err := story.Load(fsys)
	var ids []string
	for _, s := range got {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]string{"B", "a", "b"}, ids); diff != "" {
		t.Errorf("stories: %s", diff)
	}
	want := `b.yaml: the same id as B.yml: rename one of the two files
broken.yaml:1:1: the file has no "problem": it is required
broken.yaml:2:1: unknown key "problm" (did you mean "problem"?)
empty.yaml:1: the file is empty`
	if diff := cmp.Diff(want, fmt.Sprint(err)); diff != "" {
		t.Errorf("problems: %s", diff)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"The Double-Deduct Disaster":                     "the-double-deduct-disaster",
		"Node.js Temporary File Memory Leak (Unflushed)": "node-js-temporary-file-memory-leak-unflushed",
		"  “Größe” — 3 Fälle ":                           "größe-3-fälle",
		"数据库 迁移":                                         "数据库-迁移",
		"../../etc/passwd":                               "etc-passwd",
		"!!!":                                            "story",
		"CON":                                            "con-story",
		"Com1:":                                          "com1-story",
		"nul.yaml":                                       "nul-yaml",
		"Conway":                                         "conway",
		"-rf":                                            "rf",
		strings.Repeat("very ", 100) + "long":            strings.TrimSuffix(strings.Repeat("very-", 24), "-"),
	} {
		if got := story.Slug(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

// A story that was read is written and read again equal, and its id is one file name.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte("title: T\nproblem: |\n  a\n\n    b\n  c\n"))
	f.Add([]byte("{title: T, problem: [x, y], source: {file: a}}"))
	f.Add([]byte("title: T\nproblem: P\nskills:\n  - -a?\n  - '? b'\n"))
	f.Add([]byte("title: T\nproblem: P\nskills:\n  - kk-a?"))
	f.Fuzz(func(t *testing.T, data []byte) {
		want, err := story.Parse("s.yaml", data)
		if err != nil {
			if _, ok := errors.AsType[yaml.Problems](err); !ok {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		got, err := story.Parse("s.yaml", story.Write(want))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v\n%s\n%s", err, diff, story.Write(want))
		}
		if out, err := story.Rewrite(data, want); err != nil {
			t.Error(err)
		} else if got, err := story.Parse("s.yaml", out); err != nil || !cmp.Equal(want, got) {
			t.Errorf("rewritten: %v\n%s", err, out)
		}
		if slug := story.Slug(want.Title); slug == "" || strings.ContainsAny(slug, "/\\. ") || len(slug) > 200 {
			t.Errorf("slug %q of %q", slug, want.Title)
		}
	})
}

// BenchmarkLoad reads a library of 2 KiB stories, on all cores.
func BenchmarkLoad(b *testing.B) {
	data := []byte(full + "# " + strings.Repeat("x", 200) + "\n")
	s, err := story.Parse("s.yaml", data)
	if err != nil {
		b.Fatal(err)
	}
	s.Problem = yaml.Text{strings.Repeat("It was never seen in tests and only sometimes in production. ", 24) + "Then it was."}
	data = story.Write(s)
	const n = 1000
	fsys := make(fstest.MapFS, n)
	for i := range n {
		fsys[fmt.Sprintf("s-%d.yaml", i)] = &fstest.MapFile{Data: data}
	}
	dir := b.TempDir()
	write(b, dir, fsys)
	b.SetBytes(int64(n * len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := story.Load(os.DirFS(dir)); err != nil {
			b.Fatal(err)
		}
	}
}

func write(b *testing.B, dir string, fsys fstest.MapFS) {
	b.Helper()
	for name, f := range fsys {
		if err := os.WriteFile(filepath.Join(dir, name), f.Data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}
