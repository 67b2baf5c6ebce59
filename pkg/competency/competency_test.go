package competency_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/competency"
)

// ids are the contract: stories, questions, tags and JSON of every release name
// them. They may only grow.
var ids = strings.Fields(`
	ownership failure conflict disagreement influence leadership mentoring giving-feedback receiving-feedback
	teamwork customer-focus communication prioritization deadline ambiguity problem-solving incident-response
	innovation simplification quality risk bias-for-action learning adaptability perseverance integrity
	frugality decision-making process-improvement hiring inclusion strategy results self-awareness`)

func vocabulary(t *testing.T) competency.Vocabulary {
	v, err := competency.Default()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDefault(t *testing.T) {
	v := vocabulary(t)
	if diff := cmp.Diff(ids, v.IDs()); diff != "" {
		t.Error(diff)
	}
	for _, c := range v.All() {
		if len(c.Aliases) < 3 || c.Probes == "" || c.Shows == "" || !strings.HasSuffix(c.Description, ".") {
			t.Errorf("%s lacks aliases, probes, shows or a sentence: %+v", c.ID, c)
		}
	}
}

func TestFind(t *testing.T) {
	v := vocabulary(t)
	for _, test := range []struct {
		why, name, id string
		known         bool
		nearest       string
	}{
		{"an id finds itself", "bias-for-action", "bias-for-action", true, "bias-for-action"},
		{"people write blanks and capitals", "Bias for Action", "bias-for-action", false, "bias-for-action"},
		{"people have other names for it", "mistakes", "failure", false, "failure"},
		{"fingers slip", "ownershp", "", false, "ownership"},
		{"fingers slip in other names too", "accuntability", "", false, "ownership"},
		{"what nobody meant is near to nothing", "quantum chromodynamics", "", false, ""},
		{"nothing is no name", "", "", false, ""},
		{"signs are no name", "--", "", false, ""},
	} {
		c, ok := v.Find(test.name)
		if c.ID != test.id || ok != (test.id != "") {
			t.Errorf("%s: Find(%q) = %q, %v", test.why, test.name, c.ID, ok)
		}
		if got := v.Known(test.name); got != test.known {
			t.Errorf("%s: Known(%q) = %v", test.why, test.name, got)
		}
		if got := v.Nearest(test.name); got != test.nearest {
			t.Errorf("%s: Nearest(%q) = %q, want %q", test.why, test.name, got, test.nearest)
		}
	}
}

func TestWith(t *testing.T) {
	for _, test := range []struct {
		why   string
		extra []competency.Competency
		err   string
	}{
		{"a user's own comes after ours", []competency.Competency{{ID: "safety", Aliases: []string{"Functional Safety"}}}, ""},
		{"other alphabets have words too", []competency.Competency{{ID: "verlässlichkeit"}}, ""},
		{"one name stands for one thing", []competency.Competency{{ID: "failure"}},
			`competency "failure": the name "failure" stands for "failure" already`},
		{"an alias of ours is taken too", []competency.Competency{{ID: "grit"}},
			`competency "grit": the name "grit" stands for "perseverance" already`},
		{"all that is wrong comes at once", []competency.Competency{{ID: "Own It"}, {ID: "safety", Aliases: []string{"safety", "…"}}},
			"competency \"Own It\": an id is lower-case words joined with hyphens\n" +
				"competency \"safety\": the name \"safety\" stands for \"safety\" already\n" +
				"competency \"safety\": the alias \"…\" has no letter"},
	} {
		v := vocabulary(t)
		w, err := v.With(test.extra...)
		if err != nil {
			if diff := cmp.Diff(test.err, err.Error()); diff != "" {
				t.Errorf("%s:\n%s", test.why, diff)
			}
			continue
		}
		added := test.extra[0]
		if test.err != "" || !w.Known(added.ID) || v.Known(added.ID) {
			t.Errorf("%s: got %v, the first vocabulary unchanged: %v", test.why, w.IDs(), !v.Known(added.ID))
		}
		for _, alias := range added.Aliases {
			if c, _ := w.Find(alias); c.ID != added.ID {
				t.Errorf("%s: %q finds %q", test.why, alias, c.ID)
			}
		}
	}
}

func TestZeroVocabulary(t *testing.T) {
	var v competency.Vocabulary
	if _, ok := v.Find("failure"); ok || v.Known("failure") || v.Nearest("failure") != "" || len(v.IDs()) != 0 {
		t.Error("an empty vocabulary holds something")
	}
}

func TestParseProblems(t *testing.T) {
	for _, test := range []struct{ why, in, want string }{
		{"every problem comes with its line", "- id: a\n  aliasses: [b]\n- id: b\n  description: [x]\n",
			"c.yaml:1:3: entry 1 of the file has no \"description\": it is required\n" +
				"c.yaml:2:3: unknown key \"aliasses\" (did you mean \"aliases\"?)\n" +
				"c.yaml:4:16: description must be text, not a list"},
		{"a name stands for one thing", "- {id: a, description: x}\n- {id: b, aliases: [A], description: x}\n",
			`c.yaml: competency "b": the name "A" stands for "a" already`},
	} {
		_, err := competency.Parse("c.yaml", []byte(test.in))
		if err == nil {
			t.Fatalf("%s: no error", test.why)
		}
		if diff := cmp.Diff(test.want, sorted(err)); diff != "" {
			t.Errorf("%s:\n%s", test.why, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("- {id: a, aliases: [b, C d], description: x}"))
	f.Add([]byte("- {id: a, aliases: [A], description: x}"))
	f.Add([]byte("[]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := competency.Parse("c.yaml", data)
		if err != nil {
			return
		}
		v, err := competency.Vocabulary{}.With(list...)
		if err != nil {
			t.Fatalf("read, but refused: %v", err)
		}
		for _, c := range list {
			for _, name := range append(c.Aliases, c.ID, strings.ReplaceAll(c.ID, "-", " ")) {
				if found, ok := v.Find(name); !ok || found.ID != c.ID {
					t.Errorf("%q finds %q, not %q", name, found.ID, c.ID)
				}
			}
		}
	})
}
