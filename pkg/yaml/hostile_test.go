package yaml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/yaml"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// filled repeats unit until the document is as large as a file may be.
func filled(before, unit, after string) string {
	return before + strings.Repeat(unit, (yaml.MaxSize-len(before)-len(after))/len(unit)) + after
}

// numbered repeats a line with a number in it until the document is that large.
func numbered(before, line string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < yaml.MaxSize-100; i++ {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

// A file may come from anybody: at the largest size that is read, it is read, indexed
// and rewritten or refused in no time, and the error says what is wrong in few words.
func TestHostileFiles(t *testing.T) {
	for _, tc := range []struct{ why, doc, want string }{
		{"lists in lists", filled("notes: ", "[", ""), "f.yaml:1: not valid YAML: exceeded max depth of 10000"},
		{"lists in lists that end", filled("notes: ", "[", strings.Repeat("]", yaml.MaxSize/2)), "f.yaml:1: not valid YAML: exceeded max depth of 10000"},
		{"keys in keys", filled("", "{a: ", ""), "f.yaml:1: not valid YAML: exceeded max depth of 10000"},
		{"bullets in bullets", filled("", "- ", "x"), "f.yaml:1: not valid YAML: exceeded max depth of 10000"},
		{"a bomb of aliases", "title: &a [x, x]\nnotes: &b [*a, *a]\ntags: &c [*b, *b]\n" + numbered("", "k%d: [*c, *c]\n"), "f.yaml:1:8: title must be text, not a list\nf.yaml:2:12: entry 1 of notes: an alias (*a) is not read here"},
		{"an alias a thousand times", filled("title: &a x\nnotes: [", "*a,", "]\n"), "f.yaml:2:9: entry 1 of notes: an alias (*a) is not read here: write the text itself"},
		{"unknown keys", numbered("title: x\n", "key%d: 1\n"), `f.yaml:2:1: unknown key "key0"`},
		{"one key again and again", filled("", "title: x\n", ""), `f.yaml:2:1: key "title" stands twice: first in line 1`},
		{"a key of 1 MiB", filled("", "t", ": x\n"), "f.yaml:1: not valid YAML: mapping values are not allowed in this context"},
		{"a value of 1 MiB where a number belongs", filled("title: x\ncount: ", "9", "\n"), "f.yaml:2:8: count must be a whole number, not text"},
		{"a tag of 1 MiB", filled("title: !", "a", " x\n"), "f.yaml:1:8: title must be text, not a value tagged !aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…: put x in quotes"},
		{"an unknown alias of 1 MiB", filled("title: *", "a", "\n"), "f.yaml:1: not valid YAML: unknown anchor 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"},
		{"empty entries", filled("title: x\ntags:\n", "-\n", ""), "f.yaml:3:2: entry 1 of tags is empty"},
		{"names", numbered("title: x\nnames:\n", "  k%d: [a]\n"), ""},
		{"entries", filled("title: x\nnotes:\n", "- a\n", ""), ""},
		{"a text of number signs", filled("title: \"", "a # ", "\"\n"), ""},
		{"a text of escapes", filled("title: \"", `\x41 `, "\"\n"), ""},
		{"comments", filled("title: x\n", "# c\n", ""), ""},
		{"blank lines", filled("title: x\n", " \n", ""), ""},
		{"a folded text", filled("title: x\nnotes: >-\n", "  a b\n", ""), ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			var c card
			err := yaml.Decode("f.yaml", []byte(tc.doc), &c)
			if x, err := yaml.NewIndex("f.yaml", []byte(tc.doc)); err == nil {
				x.Comments()
				for offset := range 2000 {
					x.At("title", 0, max(0, len(c.Title)-offset))
				}
			}
			if _, err := yaml.Rewrite("f.yaml", []byte(tc.doc), []yaml.Pair{{Key: "title", Value: "y"}, {Key: "count", Value: yaml.Plain("1")}}); err != nil && len(err.Error()) > 20_000 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
			if err == nil {
				err = errors.New("")
			}
			if said := err.Error(); len(said) > 20_000 || !strings.HasPrefix(said, tc.want) || tc.want == "" && said != "" {
				t.Errorf("%d bytes: %.200s\nwant %s", len(said), said, tc.want)
			}
		})
	}
}
