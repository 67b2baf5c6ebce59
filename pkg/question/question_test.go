package question_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/yaml"
)

const good = `# A bank of two.
- id: failure-serious-mistake
  text: >-
    Tell me about a serious
    mistake.
  competencies: [failure, self-awareness]
  level: mid
  frameworks: [amazon]
- {id: data-slow-query, text: 'Which query did you make fast?', skills: [SQL], level: senior}
`

func TestParse(t *testing.T) {
	got, err := question.Parse("bank.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	want := []question.Question{
		{ID: "failure-serious-mistake", Text: "Tell me about a serious mistake.", Competencies: []string{"failure", "self-awareness"},
			Level: "mid", Frameworks: []string{"amazon"}, File: "bank.yaml", Line: 2},
		{ID: "data-slow-query", Text: "Which query did you make fast?", Skills: []string{"SQL"}, Level: "senior", File: "bank.yaml", Line: 9},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseProblems(t *testing.T) {
	for _, test := range []struct{ why, in, want string }{
		{"an empty file is no bank", "", "b.yaml:1: the file is empty"},
		{"an id is typed by people: no capitals, no blanks", "- {id: Serious Mistake, text: 'Why?', skills: [Go], level: mid}",
			`b.yaml:1:8: id: "Serious Mistake" is not lower-case words joined with hyphens`},
		{"a question is a sentence", "- {id: a, text: missed deadline, skills: [Go], level: mid}",
			`b.yaml:1:17: text: "missed deadline" ends with neither "?" nor "."`},
		{"a wrong level gets the list", "- {id: a, text: 'Why?', skills: [Go], level: lead}",
			`b.yaml:1:46: level: "lead" is none of junior, mid, senior, staff, manager`},
		{"a question that probes nothing finds nothing", "- id: a\n  text: Why?\n  level: mid\n",
			`b.yaml:1: question "a" names neither a competency nor a skill: it needs one`},
		{"an unknown key gets the near one", "- id: a\n  text: Why?\n  skils: [Go]\n  level: mid\n",
			`b.yaml:3:3: unknown key "skils" (did you mean "skills"?)`},
		{"an id names one question, both places are told",
			"- {id: a, text: 'Why?', skills: [Go], level: mid}\n- {id: a, text: 'When?', skills: [Go], level: mid}",
			`b.yaml:2: the id "a" stands at b.yaml:1 already`},
		{"every problem of a file comes at once, in its order",
			"- id: a\n  text: Why\n  level: mid\n  skills: [Go]\n- id: b\n  text: When?\n  level: mid\n- id: a\n  text: Who?\n  skills: [C]\n  level: boss\n",
			"b.yaml:2:9: text: \"Why\" ends with neither \"?\" nor \".\"\n" +
				"b.yaml:5: question \"b\" names neither a competency nor a skill: it needs one\n" +
				"b.yaml:8: the id \"a\" stands at b.yaml:1 already\n" +
				"b.yaml:11:10: level: \"boss\" is none of junior, mid, senior, staff, manager"},
	} {
		questions, err := question.Parse("b.yaml", []byte(test.in))
		if err == nil || questions != nil {
			t.Fatalf("%s: got %v, want an error", test.why, questions)
		}
		if diff := cmp.Diff(test.want, err.Error()); diff != "" {
			t.Errorf("%s:\n%s", test.why, diff)
		}
	}
}

func TestLoad(t *testing.T) {
	q := func(id string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("- {id: " + id + ", text: 'Why?', skills: [Go], level: mid}\n")}
	}
	bad := &fstest.MapFile{Data: []byte("- {id: x}\n")}
	for _, test := range []struct {
		why  string
		fsys fstest.MapFS
		ids  []string
		err  string
	}{
		{"an empty folder is an empty bank", fstest.MapFS{}, nil, ""},
		{"files are read in any order, questions come by id", fstest.MapFS{"a.yaml": q("z"), "b.yml": q("y")}, []string{"y", "z"}, ""},
		{"folders, other files and hidden ones are no banks",
			fstest.MapFS{"jobs/a.yaml": bad, "README.md": bad, ".a.yaml": bad, "a.yaml": q("a")}, []string{"a"}, ""},
		{"ids are unique in the whole bank", fstest.MapFS{"a.yaml": q("x"), "b.yaml": q("x")}, nil,
			`b.yaml:1: the id "x" stands at a.yaml:1 already`},
		{"the problems of all files come at once", fstest.MapFS{"a.yaml": bad, "b.yaml": bad}, nil,
			"a.yaml:1:3: entry 1 of the file has no \"text\": it is required\na.yaml:1:3: entry 1 of the file has no \"level\": it is required\n" +
				"b.yaml:1:3: entry 1 of the file has no \"text\": it is required\nb.yaml:1:3: entry 1 of the file has no \"level\": it is required"},
	} {
		questions, err := question.Load(test.fsys)
		var ids []string
		for _, q := range questions {
			ids = append(ids, q.ID)
		}
		message := ""
		if err != nil {
			message = err.Error()
		}
		if diff := cmp.Diff(test.ids, ids) + cmp.Diff(test.err, message); diff != "" {
			t.Errorf("%s:\n%s", test.why, diff)
		}
	}
}

func TestCheck(t *testing.T) {
	questions, err := question.Parse("bank.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if err := question.Check(questions, []string{"failure", "self-awareness"}, []string{"amazon"}); err != nil {
		t.Errorf("every name is known, got %v", err)
	}
	want := `bank.yaml:2: question "failure-serious-mistake": unknown competency "failure" (did you mean "failures"?)
bank.yaml:2: question "failure-serious-mistake": unknown framework "amazon"`
	err = question.Check(questions, []string{"failures", "self-awareness"}, nil)
	if err == nil {
		t.Fatal("unknown names pass")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}

// FuzzParse: bytes never panic; what is read is valid, and what is not has a file
// on every line of its error.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{good, "", "- {id: a}", "- id: a\n  id: b\n", "[]", "- - a", "a: b", "- id: ''\n  text: '.'\n  level: mid\n  skills: [x]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		questions, err := question.Parse("b.yaml", data)
		if err == nil {
			valid(t, questions)
			return
		}
		if ps := (yaml.Problems)(nil); !errors.As(err, &ps) || len(ps) == 0 || questions != nil {
			t.Fatalf("%v with an error that is no list of problems: %v", questions, err)
		}
		for line := range strings.SplitSeq(err.Error(), "\n") {
			if !strings.HasPrefix(line, "b.yaml") {
				t.Errorf("no place in %q", line)
			}
		}
	})
}

func valid(t *testing.T, questions []question.Question) {
	seen := map[string]bool{}
	for _, q := range questions {
		ending := strings.TrimRight(q.Text, "?.")
		if q.ID == "" || seen[q.ID] || q.ID != strings.ToLower(q.ID) || strings.ContainsFunc(q.ID, unicode.IsSpace) ||
			ending == q.Text || !slices.Contains(question.Levels, q.Level) || len(q.Competencies)+len(q.Skills) == 0 {
			t.Errorf("read without an error: %+v", q)
		}
		seen[q.ID] = true
	}
}
