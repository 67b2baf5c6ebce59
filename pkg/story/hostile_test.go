package story_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// A file of any bytes is refused, each problem in one line that names it, or is a story
// that is the same once it is written; and a change of one field of it keeps every
// comment and the other fields.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"title: Orders\nproblem: It broke.\n", "# head\ntitle: Orders # behind\nproblem: >- # folded\n  It broke,\n\n  twice.\nskills: [Go, 'C#'] # strongest first\n# foot\n",
		"title: \"a\\x1b[31m\\0b\"\nproblem: ['x', \"y\"]\ndate: 2024-03\n", "title: ../../x\nproblem: |\n  a # b\n   c\nsource: {file: a, heading: b}\n", "{title: a, problem: b} # flow\n", "title: &a x\nproblem: *a\n",
		"title: a\r\nproblem: b\r\n# c\r\n", "\ufefftitle: a\nproblem: b\n", "? title\n: a\n? problem\n: b\n", "title: \"0\r\r\r\rS\"\r\rproblem: [00A, \"0\"]\u2028# c\u0085impact: a\r", "title: a\r\nproblem: b\r\r\n c\n#", "!%0a", "title: \"0.00\r\r########$m: [$: %0000\r$$\r$\rzzz\r%000000\r\\ 0\"\nproblem: [00A, \"\rh0\r#\"]", "---\ntitle: a\nproblem: b\n...\n# c\n", "title: !!str 1\nproblem: ~\n",
	} {
		f.Add([]byte(s))
	}
	unplaced := cmpopts.IgnoreFields(story.Story{}, "ID", "File")
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := story.Parse("f.yaml", data)
		var problems yaml.Problems
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("%T is no Problems: %v", err, err)
		}
		for _, p := range problems {
			if line := p.Error(); !strings.HasPrefix(line, "f.yaml") || strings.ContainsAny(line, "\n\r") || len(line) > 1000 {
				t.Errorf("a problem is %q", line)
			}
		}
		if err != nil {
			return
		}
		if again, err := story.Parse("f.yaml", story.Write(s)); err != nil || !cmp.Equal(s, again, unplaced) {
			t.Errorf("written: %v\n%s", err, cmp.Diff(s, again, unplaced))
		}
		changed := s
		changed.Impact = yaml.Text{"Nothing was lost."}
		out, err := story.Rewrite(data, changed)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := story.Parse("f.yaml", out); err != nil || !cmp.Equal(changed, again, unplaced) {
			t.Errorf("rewritten: %v\n%s\n%s", err, cmp.Diff(changed, again, unplaced), out)
		}
		if bytes.ContainsAny(bytes.ReplaceAll(data, []byte("\r\n"), nil), "\r\u0085\u2028\u2029") {
			return // what is a line there is anybody's guess
		}
		if was, is := comments(t, data), comments(t, out); len(s.Impact) == 0 && was > is {
			t.Errorf("%d comments of %d are left:\n%s", is, was, out)
		}
	})
}

// comments counts the comments of a file that stand on lines of their own.
func comments(t *testing.T, data []byte) int {
	t.Helper()
	x, err := yaml.NewIndex("f.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range x.Comments() {
		if c.Alone {
			n++
		}
	}
	return n
}
