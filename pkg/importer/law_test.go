package importer

import (
	"os"
	"path/filepath"
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
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := decode([]byte(text))
		if err != nil {
			return
		}
		r, err := Read("f", []byte(text))
		if err != nil {
			t.Fatal("decodes, but is not read: ", err)
		}
		if (len(r.Stories) == 0) != (r.Why != "") {
			t.Fatalf("%d stories, why %q", len(r.Stories), r.Why)
		}
		for _, s := range strategies {
			nothingLost(t, doc, s.read(newDocument(doc)))
		}
		for _, d := range Merge(nil, r.Stories) {
			back, err := story.Parse(d.Story.File, story.Write(d.Story))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(d.Story, back); diff != "" {
				t.Errorf("written and read back (-want +got):\n%s", diff)
			}
		}
	})
}

// nothingLost checks the two steps from a document to stories by their letters.
// (Digits are no measure: those of numbered lists are marks.)
func nothingLost(t *testing.T, doc string, l layout) {
	t.Helper()
	apart := letters{}
	for _, s := range l.skipped {
		apart.add(s.Text)
	}
	for _, e := range l.entries {
		apart.add(e.heading)
		told, labels := letters{}, letters{}
		for _, p := range e.parts {
			apart.add(p.label)
			labels.add(p.label)
			for _, it := range p.items {
				apart.add(it.text)
				told.add(it.text)
			}
		}
		entryKept(t, e, told, labels)
	}
	whole := letters{}
	whole.add(doc)
	if diff := cmp.Diff(whole, apart); diff != "" {
		t.Errorf("from the document to its entries (-want +got):\n%s", diff)
	}
}

// entryKept checks that an entry's story and what it skips hold all that is told
// and, besides, nothing but labels.
func entryKept(t *testing.T, e entry, told, labels letters) {
	t.Helper()
	got := letters{}
	draft, skipped, ok := e.draft("f")
	if ok {
		s := draft.Story
		for _, field := range story.TextFields {
			got.add(s.Text(field).String())
		}
		got.add(strings.Join(s.Skills, " ") + string(s.Date) + s.Role + s.Company)
	} else {
		labels.add(e.heading)
	}
	for _, s := range skipped {
		got.add(s.Text)
	}
	for r, n := range got {
		if n < told[r] || n > told[r]+labels[r] {
			t.Errorf("%q: %d told, %d in labels, but %d in the story", r, told[r], labels[r], n)
		}
	}
	for r, n := range told {
		if got[r] == 0 {
			t.Errorf("%q: %d told, none in the story", r, n)
		}
	}
}

// letters counts the letters of texts.
type letters map[rune]int

func (l letters) add(s string) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			l[r]++
		}
	}
}
