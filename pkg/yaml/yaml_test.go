package yaml_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/prep-cli/prep/pkg/yaml"
)

type card struct {
	Title string    `yaml:"title,required"`
	Notes yaml.Text `yaml:"notes"`
	Tags  []string  `yaml:"tags"`
	Count int       `yaml:"count"`
	Must  bool      `yaml:"must"`
	From  origin    `yaml:"from"`
	Parts []origin  `yaml:"parts"`

	Names map[string][]string `yaml:"names"`
}

type origin struct {
	File string `yaml:"file"`
}

func TestDecode(t *testing.T) {
	const in = `
title: Two halves  # a comment
notes: >-
  One text
  over two lines.
tags: [go, "c#"]
count: 3
must: true
from: {file: log.md}
parts:
  - file: a.md
  - file:
names:
  Acme values: [ownership, risk]
`
	want := card{
		Title: "Two halves", Notes: yaml.Text{"One text over two lines."}, Tags: []string{"go", "c#"}, Count: 3, Must: true,
		From: origin{"log.md"}, Parts: []origin{{"a.md"}, {}}, Names: map[string][]string{"Acme values": {"ownership", "risk"}},
	}
	var got card
	if err := yaml.Decode("card.yaml", []byte(in), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every row is a file as somebody might leave it and the lines prep prints.
func TestDecodeSaysWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ why, in, want string }{
		{"an unknown key gets the near one", "title: A\nnoets: x\n", `f.yaml:2:1: unknown key "noets" (did you mean "notes"?)`},
		{"an unknown key far from all gets none", "title: A\nweather: x\n", `f.yaml:2:1: unknown key "weather"`},
		{"all problems come at once, in order", "count: many\ntags: {a: b}\nmust: 3\n", "f.yaml:1:1: the file has no \"title\": it is required\nf.yaml:1:8: count must be a whole number, not text\nf.yaml:2:7: tags must be a list (- …), not keys with values\nf.yaml:3:7: must must be true or false, not a number"},
		{"a key twice", "title: A\ntitle: B\n", `f.yaml:2:1: key "title" stands twice: first in line 1`},
		{"a required key that is empty", "title:\n", `f.yaml:1:1: "title" is empty: it is required`},
		{"a required key of blanks", "title: '  '\n", `f.yaml:1:1: "title" is empty: it is required`},
		{"a list where one text belongs", "title: [a, b]\n", `f.yaml:1:8: title must be text, not a list`},
		{"a number where text belongs", "title: 404\n", `f.yaml:1:8: title must be text, not a number: put 404 in quotes`},
		{"keys where text belongs", "title: A\nnotes:\n  why: x\n", `f.yaml:3:3: notes must be text or a list of texts, not keys with values`},
		{"a bullet with a colon", "title: A\nnotes:\n  - Root cause: x\n", `f.yaml:3:5: entry 1 of notes must be text, not keys with values: a text with ": " needs quotes`},
		{"a bullet without text", "title: A\nnotes:\n  - a\n  -\n", `f.yaml:4:4: entry 2 of notes is empty`},
		{"one tag where a list belongs", "title: A\ntags: go\n", `f.yaml:2:7: tags must be a list (- …), not text`},
		{"a list as a file", "- title: A\n", `f.yaml:1:1: the file must be keys with values (key: value), not a list`},
		{"nothing at all", "", "f.yaml:1: the file is empty"},
		{"only a comment", "# later\n", "f.yaml:1: the file is empty"},
		{"a second document", "title: A\n---\ntitle: B\n", `f.yaml:2:1: a second document begins here ("---"): one file holds one`},
		{"an alias, which can grow without bound", "title: &a A\nnotes: [*a, *a]\n", "f.yaml:2:9: entry 1 of notes: an alias (*a) is not read here: write the text itself\nf.yaml:2:13: entry 2 of notes: an alias (*a) is not read here: write the text itself"},
		{"an unquoted colon", "title: The cause: a lock\n", `f.yaml:1: not valid YAML: mapping values are not allowed in this context (a text with ": " needs quotes, or ">-" and the text on the next line)`},
		{"a tab as indent", "title: A\nnotes:\n\t- x\n", `f.yaml:3: not valid YAML: found character that cannot start any token (indent with blanks, not tabs, and quote a text that begins with a sign)`},
		{"bytes of another encoding", "title: A\nnotes: caf\xe9\n", "f.yaml:2:11: not valid UTF-8: save the file as UTF-8"},
		{"a binary file", "title: A\x00", "f.yaml:1:9: a zero byte: this is no text file"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			var c card
			err := yaml.Decode("f.yaml", []byte(tc.in), &c)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadFileBoundsTheSize(t *testing.T) {
	fsys := fstest.MapFS{"big.yaml": {Data: make([]byte, yaml.MaxSize+1)}, "fits.yaml": {Data: make([]byte, yaml.MaxSize)}}
	if _, err := yaml.ReadFile(fsys, "fits.yaml"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{
		"big.yaml":  "big.yaml: the file is over 1 MiB, the most that is read; split it",
		"none.yaml": "none.yaml: file does not exist",
	} {
		_, err := yaml.ReadFile(fsys, name)
		var ps yaml.Problems
		if !errors.As(err, &ps) || ps.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestWrite(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Orders went through twice. ", 6))
	got := yaml.Write([]yaml.Pair{
		{Key: "title", Value: "The cause: a lock"},
		{Key: "date", Value: yaml.Plain("2024-03")},
		{Key: "notes", Value: yaml.Text{long}},
		{Key: "steps", Value: yaml.Text{"Looked", "- dashed", long}},
		{Key: "tags", Value: []string{"Go", "C#", "a, b"}},
		{Key: "more", Value: []string{"Go", "CI/CD"}},
		{Key: "none", Value: yaml.Text{}},
		{Key: "from", Value: []yaml.Pair{{Key: "file", Value: "log.md"}}},
	})
	want := `title: 'The cause: a lock'
date: 2024-03
notes: >-
  Orders went through twice. Orders went through twice. Orders went through twice. Orders went
  through twice. Orders went through twice. Orders went through twice.
steps:
  - Looked
  - '- dashed'
  - >-
    Orders went through twice. Orders went through twice. Orders went through twice. Orders went
    through twice. Orders went through twice. Orders went through twice.
tags:
  - Go
  - C#
  - a, b
more: [Go, CI/CD]
from:
  file: log.md
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestRewriteKeepsWhatIsNotChanged(t *testing.T) {
	const old = `# My worst day.
title:   "Odd quotes"   # keep me

# What went wrong:
notes: >
  First
  line.
tags: [go, sql] # strongest first

count: 3
# the end
`
	pairs := func(notes string, tags ...string) []yaml.Pair {
		return []yaml.Pair{{Key: "title", Value: "Odd quotes"}, {Key: "role", Value: "developer"}, {Key: "notes", Value: yaml.Text{notes}}, {Key: "tags", Value: tags}, {Key: "count", Value: yaml.Plain("3")}}
	}
	for _, tc := range []struct {
		why   string
		pairs []yaml.Pair
		edit  []string // old, new …
	}{
		{"a new key follows the one before it", pairs("First line.", "go", "sql"), []string{"keep me\n", "keep me\nrole: developer\n"}},
		{"a changed list moves its comment above", pairs("First line.", "go", "sql", "k8s"),
			[]string{"keep me\n", "keep me\nrole: developer\n", "tags: [go, sql] # strongest first\n", "# strongest first\ntags: [go, sql, k8s]\n"}},
		{"a changed text is written anew", pairs("Second line.", "go", "sql"), []string{"keep me\n", "keep me\nrole: developer\n", "notes: >\n  First\n  line.\n", "notes: Second line.\n"}},
		{"a key that is gone goes", pairs("First line."), []string{"keep me\n", "keep me\nrole: developer\n", "tags: [go, sql] # strongest first\n", "# strongest first\n"}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			got, err := yaml.Rewrite("f.yaml", []byte(old), tc.pairs)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.NewReplacer(tc.edit...).Replace(old)
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
			windows := strings.NewReplacer("\n", "\r\n")
			got, err = yaml.Rewrite("f.yaml", []byte(windows.Replace(old)), tc.pairs)
			if diff := cmp.Diff(windows.Replace(want), string(got)); diff != "" || err != nil {
				t.Errorf("with the line ends of Windows: %v %s", err, diff)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"title: A\nnotes: [x]\n", "{", "a: &a [*a]", "- - -", "title: >-\n  x\n---\n", "\xff", "? a\n: b\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var c card
		err := yaml.Decode("f.yaml", data, &c)
		var ps yaml.Problems
		if err != nil && !errors.As(err, &ps) {
			t.Errorf("%T is no Problems: %v", err, err)
		}
		if err == nil && c.Title == "" {
			t.Error("accepted without its required key")
		}
	})
}

// What is written reads back equal, and what is rewritten too.
func FuzzWrite(f *testing.F) {
	f.Add("The cause: a lock", "one\ntwo", "- x")
	f.Add(" lead", "a  b   c\n\n\nd", "#")
	f.Add("tail ", strings.Repeat("long words ", 40), "\u2028x")
	f.Add("'", "\ttab", "yes")
	f.Add("<<", "=", "~")
	f.Add("not UTF-8 \xff", "a\r\n\u0085b\xf0\x9f", "\x00\x1b[31m\ufeff\uffff")
	f.Fuzz(func(t *testing.T, title, prose, item string) {
		want := card{Title: clean(title), Notes: texts(prose), Tags: texts(item, "second, tag", item)}
		if want.Title == "" {
			t.Skip("a title is required")
		}
		pairs := func(c card) []yaml.Pair {
			return []yaml.Pair{{Key: "title", Value: c.Title}, {Key: "notes", Value: c.Notes}, {Key: "tags", Value: c.Tags}}
		}
		yaml.Write([]yaml.Pair{{Key: "title", Value: title}, {Key: "notes", Value: yaml.Text{prose, item}}, {Key: "tags", Value: []string{item}}}) // never a panic
		out := yaml.Write(pairs(want))
		var got card
		if err := yaml.Decode("f.yaml", out, &got); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%s", diff, out)
		}
		again, err := yaml.Rewrite("f.yaml", out, pairs(want))
		if err != nil || string(again) != string(out) {
			t.Errorf("nothing changed, yet %v:\n%s\n%s", err, out, again)
		}
		want.Notes = append(texts(prose), "a bullet more")
		changed, err := yaml.Rewrite("f.yaml", out, pairs(want))
		var after card
		if err == nil {
			err = yaml.Decode("f.yaml", changed, &after)
		}
		if diff := cmp.Diff(want, after); err != nil || diff != "" {
			t.Errorf("%v\n%s\n%s", err, diff, changed)
		}
	})
}

// clean makes s what comes back of it: bytes outside UTF-8 and blanks around it do not.
func clean(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd")) }

func texts(in ...string) []string {
	var out []string
	for _, s := range in {
		if s = clean(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

const places = `# the head
title: "A \"quoted\" title \u2014 dash # no comment" # behind it
notes: >- # folded
  The words go on
  over a line # which is no comment

  and a paragraph.
tags: [one, 'it''s two'] # in a list
problem: plain text that
  goes on
# between
list:
  - bullet one
  - |
    literal # text
      deeper
`

func TestIndexAt(t *testing.T) {
	x, err := yaml.NewIndex("f.yaml", []byte(places))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		why, key string
		item     int
		text, of string
		want     [2]int
	}{
		{"before an escape", "title", 0, `A "quoted" title — dash # no comment`, "A", [2]int{2, 9}},
		{"an escaped quote", "title", 0, `A "quoted" title — dash # no comment`, `"quoted`, [2]int{2, 11}},
		{"behind escapes", "title", 0, `A "quoted" title — dash # no comment`, "dash", [2]int{2, 35}},
		{"the first line of a folded text", "notes", 0, "The words go on over a line # which is no comment\nand a paragraph.", "words", [2]int{4, 7}},
		{"a later line", "notes", 0, "The words go on over a line # which is no comment\nand a paragraph.", "line", [2]int{5, 10}},
		{"a later paragraph", "notes", 0, "The words go on over a line # which is no comment\nand a paragraph.", "paragraph", [2]int{7, 9}},
		{"a doubled quote counts once", "tags", 1, "it's two", "two", [2]int{8, 20}},
		{"a plain text over two lines", "problem", 0, "plain text that goes on", "goes", [2]int{10, 3}},
		{"a bullet", "list", 0, "bullet one", "one", [2]int{13, 12}},
		{"a literal text", "list", 1, "literal # text\n  deeper", "deeper", [2]int{16, 7}},
		{"an offset outside gives the key", "problem", 0, "", "", [2]int{9, 1}},
		{"no such key", "date", 0, "2024", "2024", [2]int{0, 0}},
	} {
		offset := strings.Index(tc.text, tc.of)
		if tc.text == "" {
			offset = 1000
		}
		line, column := x.At(tc.key, tc.item, offset)
		if got := [2]int{line, column}; got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.why, got, tc.want)
		}
	}
}

func TestComments(t *testing.T) {
	x, err := yaml.NewIndex("f.yaml", []byte(places))
	if err != nil {
		t.Fatal(err)
	}
	want := []yaml.Comment{
		{Text: "# the head", Line: 1, Column: 1, Alone: true}, {Text: "# behind it", Line: 2, Column: 54}, {Text: "# folded", Line: 3, Column: 11},
		{Text: "# in a list", Line: 8, Column: 26}, {Text: "# between", Line: 11, Column: 1, Alone: true},
	}
	if diff := cmp.Diff(want, x.Comments()); diff != "" {
		t.Error(diff)
	}
}

// lineBreak is what YAML 1.1 ends a line with.
var lineBreak = regexp.MustCompile(`\r\n|[\n\r\x{85}\x{2028}\x{2029}]`)

// Whatever a document holds, each character of a text is found where it stands.
func FuzzIndex(f *testing.F) {
	f.Add(places)
	f.Add("a: 'x''y\n  z'\nb: \"\\x41\\\n  b\"\n")
	f.Add("a: !!str text\nb: &n text # c\n")
	f.Add("\ra: '00000 00'")
	f.Fuzz(func(t *testing.T, doc string) {
		x, err := yaml.NewIndex("f.yaml", []byte(doc))
		if err != nil {
			return
		}
		x.Comments()
		lines := lineBreak.Split(doc, -1)
		for offset := range 20 {
			line, column := x.At("a", 0, offset)
			if line < 0 || line > len(lines) || column < 0 || line > 0 && column > len([]rune(lines[line-1]))+1 {
				t.Fatalf("%d:%d lies outside", line, column)
			}
		}
	})
}
