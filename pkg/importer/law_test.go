package importer

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/prep-cli/prep/pkg/story"
)

func TestKeyOf(t *testing.T) {
	tests := []struct{ why, label, want string }{
		{"a word of the table", "Problem", "problem"},
		{"any case, an article, a colon", "THE ROOT  CAUSE:", "root_cause"},
		{"a remark in brackets", "Symptom (first report)", "problem"},
		{"in square ones", "S [situation]", "context"},
		{"a curly apostrophe", "What I’d do differently?", "hindsight"},
		{"two fields", "Situation & Task", "task"},
		{"whichever comes first", "Action / Task", "resolution"},
		{"in words", "Lessons and Impact", "lessons"},
		{"a field and something else", "Impact + Mood", ""},
		{"an unknown word", "Severity", ""},
		{"a word in a sentence", "The problem was big", ""},
		{"nothing", "", ""},
		{"an article alone", "The ", ""},
	}
	for _, tt := range tests {
		if got := keyOf(tt.label); got != tt.want {
			t.Errorf("%s: %q gives %q, want %q", tt.why, tt.label, got, tt.want)
		}
	}
}

// FuzzRead checks what holds for every document: it is refused, or says why it
// has no story, or every letter of it is in a story, in a label or skipped, once;
// and each story can be written and read back.
func FuzzRead(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	if err != nil || len(paths) == 0 {
		f.Fatal("no documents: ", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, seed := range []string{
		"", "## A\n**Problem:** a\n**Fix**: b  \nc\\\nd\n", "##\n\n__S__ x\n\n***T:*** y\n- COULD HAVE z",
		"A\nThe Problem\na\nThe Fix\n- b\n\nB\nThe Problem\n[c]\nThe Fix\n", "## A\n\n**Problem:** `a*`*b*[c][d] ![e_](f*) <g@h.i> <b>j</b>\n\n[d]: k\n",
		"## A\n\n**Fix:**\n\n| a | b |\n|---|---|\n| c |\n\n> d\n> > e\n\n```f\ng\n```\n\n    h\n\n<!-- i -->\n", "a\r\n\r\n**x:**\r**Tags:** b,, c;\r\n---\r\nd",
		"## A\n\n**Problem:** a\n\n**Date:** 2024-13\n\n**When:** 2024\n\n**Role (then):** b\n\n### Impact\n\n### C\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if _, err := decode([]byte(content)); err != nil {
			return
		}
		for _, file := range []string{"f.md", "f.txt"} {
			check(t, file, content)
		}
	})
}

// TestPieces checks that nothing is lost of documents that change their layout in
// the middle: the first half of each with the second half of each.
func TestPieces(t *testing.T) {
	var docs []string
	paths, _ := filepath.Glob(filepath.Join("testdata", "*.*"))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, string(data))
	}
	for _, a := range docs {
		for _, b := range docs {
			doc := strings.ToValidUTF8(a[:len(a)/2]+b[len(b)/2:], "")
			for _, file := range []string{"f.md", "f.txt"} {
				nothingLost(t, doc, best(file, doc, ""))
			}
		}
	}
}

// check asserts the laws for one document.
func check(t *testing.T, file, content string) {
	t.Helper()
	r, err := Read(file, []byte(content), "")
	if err != nil {
		t.Fatal("decodes, but is not read: ", err)
	}
	if (len(r.Stories) == 0) != (r.Why != "") {
		t.Fatalf("%d stories, why %q", len(r.Stories), r.Why)
	}
	doc, _ := decode([]byte(content))
	for _, strategy := range append(Strategies(), Strategy{}) {
		nothingLost(t, doc, best(file, doc, strategy.Name))
	}
	for _, d := range Merge(nil, r.Stories, nil) {
		back, err := story.Parse(d.Story.File, story.Write(d.Story))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d.Story, back); diff != "" {
			t.Errorf("written and read back (-want +got):\n%s", diff)
		}
	}
}

// nothingLost checks that each word of a document is in a story or is skipped, as
// often as the document has it, labels aside; and that no other words are.
func nothingLost(t *testing.T, doc string, l *layout) {
	t.Helper()
	whole, raw, kept, known := letters{}, letters{}, letters{}, letters{}
	raw.add(doc)
	whole.add(foldTags.ReplaceAllString(entities.Replace(doc), ""))
	for _, s := range l.skipped {
		kept.add(s.Text)
	}
	for _, e := range l.entries {
		draft, skipped, ok := e.draft("f")
		for _, s := range skipped {
			kept.add(s.Text)
		}
		for _, p := range e.parts {
			known.add(p.label)
		}
		if !ok {
			continue
		}
		kept.add(e.heading)
		s := draft.Story
		for _, field := range story.TextFields {
			kept.add(s.Text(field).String())
		}
		kept.add(strings.Join(s.Skills, " ") + " " + s.Role)
		if e.company == "" {
			kept.add(s.Company)
		}
		kept.add(string(s.Date))
	}
	for word, n := range whole {
		if kept[word]+known[word] < n {
			t.Errorf("%q: %d in the document, %d kept, %d in labels", word, n, kept[word], known[word])
		}
	}
	for word, n := range kept {
		if n > 0 && raw[word] == 0 {
			t.Errorf("%q: kept, but not in the document", word)
		}
	}
}

// foldTags are the marks of what can be folded, which are no text.
var foldTags = regexp.MustCompile(`(?i)</?(?:details|summary|a|b|strong|i|em|u|code|span|h[1-6]|br|p|font|small)\b[^<>]*>`)

// letters counts the letters of texts. (Digits are no measure: those of numbered
// lists are marks.)
type letters map[rune]int

func (l letters) add(s string) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			l[r]++
		}
	}
}
