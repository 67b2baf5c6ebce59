package exporter_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/exporter"
	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// twoWay are the formats that are read back, with the names that their files have.
var twoWay = []struct{ format, file string }{
	{exporter.Markdown, "stories.md"},
	{exporter.JSON, "stories.json"},
	{exporter.JSONResume, "resume.json"},
	{exporter.StoryBank, "story-bank.md"},
}

func library(t testing.TB, dir string) []story.Story {
	t.Helper()
	stories, err := story.Load(os.DirFS(dir))
	if err != nil || len(stories) == 0 {
		t.Fatal(len(stories), err)
	}
	return stories
}

func export(t testing.TB, format string, stories []story.Story) string {
	t.Helper()
	var b bytes.Buffer
	if err := exporter.Write(&b, format, stories); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// unplaced is a story without what says where it lies and whence it came.
func unplaced(s story.Story) story.Story {
	s.ID, s.File, s.Source = "", "", story.Source{}
	return s
}

// sameAgain exports the stories, imports them again and compares.
func sameAgain(t testing.TB, stories []story.Story) {
	t.Helper()
	for _, f := range twoWay {
		text := export(t, f.format, stories)
		r, err := importer.Read(f.file, []byte(text), "")
		if err != nil {
			t.Fatalf("%s: %v\n%s", f.format, err, text)
		}
		var got, want []story.Story
		for i, s := range stories {
			want = append(want, unplaced(s))
			if i < len(r.Stories) {
				got = append(got, unplaced(r.Stories[i].Story))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(r.Stories) != len(stories) {
			t.Errorf("%s: %d stories of %d (-exported +imported):\n%s\n%s", f.format, len(r.Stories), len(stories), diff, text)
		}
		if len(r.Skipped) > 2 { // the headings over the stories
			t.Errorf("%s: left over: %+v", f.format, r.Skipped)
		}
	}
}

// Every story of two libraries comes back equal from every two-way format, alone and
// among the others.
func TestRoundTrip(t *testing.T) {
	for _, dir := range []string{"../match/testdata/eval/library", "../../stories"} {
		stories := library(t, dir)
		sameAgain(t, stories)
		for _, s := range stories {
			sameAgain(t, []story.Story{s})
		}
	}
}

// Texts that a format could take for its own marks come back as they were.
func TestRoundTripOfMarks(t *testing.T) {
	for _, tc := range []struct{ why, text string }{
		{"emphasis", "a *b* **c** _d_ snake_case __init__ *"},
		{"a label", "**T (Task):** not mine\n**Skills:** none"},
		{"blocks", "# no heading\n- no bullet\n+ nor this\n1. nor 2) that\n> no quote\n---\n===\n~~~\n| a | b |"},
		{"code and links", "`x` ``` [a](b) ![c] <d> <!-- e --> https://f.g"},
		{"entities and backslashes", `&amp; &#35; & \ \\ \* C:\new`},
		{"nothing but a hyphen", "-"},
		{"a backslash before a line break", "a\\\n\nb\\\nc\\\\"},
		{"paragraphs", "first\n\n\nsecond\n  indented\n\ttabbed \nend"},
		{"a template's brackets", "[Theme] Title"},
		{"what prints nothing", "a\u0000b\u001b[31m\u200b\u2028\u00a0c\rd"},
		{"closing marks of a heading", "C# ## ##"},
		{"other scripts", "发票导出显示零 — größer, 🙂"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := story.Story{
				Title: tc.text, Problem: yaml.Text{tc.text}, Task: yaml.Text{"x", tc.text, "y"},
				Resolution: yaml.Text{tc.text, tc.text}, Impact: yaml.Text{tc.text}, Role: tc.text, Skills: []string{tc.text}, Competencies: []string{"a", tc.text},
			}
			read, err := story.Parse("s.yaml", story.Write(s))
			if err != nil {
				t.Fatal(err)
			}
			sameAgain(t, []story.Story{read})
		})
	}
}

// FuzzRoundTrip holds for every story that a file can hold: what is exported comes
// back. Texts and tags are put into every field, alone and in lists.
func FuzzRoundTrip(f *testing.F) {
	f.Add("Orders went out twice", "A retry without a key.", "I added one.", "Kafka")
	f.Add("two\nlines # ##", "a", "b", "c")
	f.Add("[x] # y", "a\n\n- b\\", "*c*\t1. d", "a, b")
	f.Add("0", ":", "0", "0")
	f.Add("**S (Situation):** <!-- prep export: -->", "&#10;&amp;", "=1+1 `e` _f_", "a-b c")
	f.Fuzz(func(t *testing.T, title, one, two, tag string) {
		for _, p := range []*string{&title, &one, &two, &tag} {
			*p = strings.ToValidUTF8(*p, "?") // as in every file that is read
		}
		text, list := yaml.Text{one}, yaml.Text{one, two, one}
		s, err := story.Parse("s.yaml", story.Write(story.Story{
			Title: title, Role: one, Company: tag, Problem: text, Context: list, Task: list, Investigation: text, RootCause: yaml.Text{two},
			Resolution: list, Impact: list, Lessons: yaml.Text{two}, Hindsight: text, Skills: []string{tag, one}, Competencies: []string{tag},
		}))
		if err != nil {
			return
		}
		sameAgain(t, []story.Story{s})
		for _, c := range cells(t, []story.Story{s}) {
			if c = strings.TrimSpace(c); c != "" && strings.ContainsAny(c[:1], "=+-@") {
				t.Errorf("a spreadsheet takes %q for a formula", c)
			}
		}
		anki := strings.TrimSuffix(export(t, exporter.Anki, []story.Story{s}), "\n")
		note := anki[strings.LastIndexByte(anki, '\n')+1:]
		if strings.Count(note, "\t") != 3 || strings.HasPrefix(note, "#") {
			t.Errorf("no note of four fields: %q", note)
		}
	})
}

func cells(t testing.TB, stories []story.Story) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(export(t, exporter.CSV, stories))).ReadAll()
	if err != nil || len(rows) != len(stories)+1 {
		t.Fatal(len(rows), err)
	}
	var out []string
	for _, row := range rows[1:] {
		out = append(out, row...)
	}
	return out
}
