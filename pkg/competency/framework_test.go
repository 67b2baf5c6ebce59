package competency_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/competency"
)

// sorted is err with its lines in order, which does not matter here.
func sorted(err error) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(err.Error(), "\n")), "\n")
}

func frameworks(t *testing.T) competency.Frameworks {
	all, err := competency.DefaultFrameworks()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDefaultFrameworks(t *testing.T) {
	all := frameworks(t)
	if err := all.Check(vocabulary(t)); err != nil {
		t.Error(err)
	}
	counts := map[string]int{}
	for _, f := range all {
		counts[f.ID] = len(f.Values)
		for _, value := range f.Values {
			if !strings.HasSuffix(value.Explanation, ".") && !strings.HasSuffix(value.Explanation, "?") {
				t.Errorf("%s, %s: no explanation", f.ID, value.Name)
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"amazon": 16, "gitlab": 6, "atlassian": 5}, counts); diff != "" {
		t.Error(diff)
	}
}

func TestFrameworksFind(t *testing.T) {
	for _, test := range []struct{ why, name, id, nearest string }{
		{"by id", "amazon", "amazon", "amazon"},
		{"as the company writes itself", "Amazon", "amazon", "amazon"},
		{"by the full name", "Amazon's Leadership Principles", "amazon", "amazon"},
		{"by the full name without its signs", "amazon leadership principles", "amazon", "amazon"},
		{"by what people call it", "CREDIT", "gitlab", "gitlab"},
		{"a slip of the keyboard is near, not found", "atlasian", "", "atlassian"},
		{"an unknown company", "Initech", "", ""},
		{"nothing", "", "", ""},
	} {
		f, ok := frameworks(t).Find(test.name)
		if f.ID != test.id || ok != (test.id != "") {
			t.Errorf("%s: Find(%q) = %q, %v", test.why, test.name, f.ID, ok)
		}
		if got := frameworks(t).Nearest(test.name); got != test.nearest {
			t.Errorf("%s: Nearest(%q) = %q, want %q", test.why, test.name, got, test.nearest)
		}
	}
}

func TestFrameworksWith(t *testing.T) {
	own := competency.NewFramework("Our Values", "ownership", "qualty")
	all, err := frameworks(t).With(own)
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := all.Find("our values"); f.ID != "our-values" || len(f.Values) != 2 {
		t.Errorf("found %+v", f)
	}
	err = all.Check(vocabulary(t))
	want := `framework "our-values", value "qualty": unknown competency "qualty" (did you mean "quality"?)`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = all.With(competency.NewFramework("Amazon"), competency.NewFramework("!"))
	want = `framework "": an id is lower-case words joined with hyphens
framework "amazon": the name "amazon" stands for "amazon" already`
	if err == nil || sorted(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestParseFrameworksProblems(t *testing.T) {
	for _, test := range []struct{ why, in, want string }{
		{"every problem comes with its line", "- id: a\n  name: A\n  values:\n    - name: x\n    - competencies: y\n",
			`f.yaml:4:7: entry 1 of values has no "competencies": it is required
f.yaml:5:21: competencies must be a list (- …), not text
f.yaml:5:7: entry 2 of values has no "name": it is required`},
		{"a name stands for one set", "- {id: a, name: A, values: [{name: x, competencies: [risk]}]}\n- {id: b, name: a, values: [{name: x, competencies: [risk]}]}\n",
			`f.yaml: framework "b": the name "a" stands for "a" already`},
	} {
		_, err := competency.ParseFrameworks("f.yaml", []byte(test.in))
		if err == nil {
			t.Fatalf("%s: no error", test.why)
		}
		if diff := cmp.Diff(test.want, sorted(err)); diff != "" {
			t.Errorf("%s:\n%s", test.why, diff)
		}
	}
}
