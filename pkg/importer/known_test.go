package importer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

const bankDoc = `# Story Bank

## How it works

Review it.

## Stories

<!-- Format:
### [Theme] Story Title
**S (Situation):** ...
-->

### [Conflict] The price talk
**Source:** Report #083 — Fork — Ops
**S (Situation):** The *suppliers'* prices made
each campaign a loss.
**T (Task):** Make it pay.
**A (Action):**
- I brought the figures.
- **Then** I asked for half, by ` + "`mail`" + ` ([draft](a.md)).

**R (Result):** +11 points in 11 months.
Nobody left.

And it held.
**Reflection:** Data first.
**Mood:** Tense.
**Date:** 2021-05
**Best for questions about:** negotiation, mistake

---

### [Automation] The bot
**S (Situation):** Nobody knew of a late print.
**R (Result):** All do.
`

func TestStoryBank(t *testing.T) {
	r, err := Read("bank.md", []byte(bankDoc), "")
	if err != nil {
		t.Fatal(err)
	}
	want := []story.Story{
		{
			Title: "The price talk", Date: "2021-05", Problem: yaml.Text{"The suppliers' prices made each campaign a loss."}, Task: yaml.Text{"Make it pay."},
			Resolution: yaml.Text{"I brought the figures.", "Then I asked for half, by `mail` ([draft](a.md))."},
			Impact:     yaml.Text{"+11 points in 11 months. Nobody left.", "And it held."}, Lessons: yaml.Text{"Data first."}, Context: yaml.Text{"Mood: Tense."},
			Competencies: []string{"conflict", "failure"}, Source: story.Source{File: "bank.md", Heading: "The price talk"},
		},
		{
			Title: "The bot", Problem: yaml.Text{"Nobody knew of a late print."}, Impact: yaml.Text{"All do."},
			Source: story.Source{File: "bank.md", Heading: "The bot"},
		},
	}
	var got []story.Story
	for _, d := range r.Stories {
		got = append(got, d.Story)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stories: %s", diff)
	}
	if r.Strategy != "story-bank" || !r.English || r.Stories[0].Line != 14 {
		t.Errorf("strategy %q, English %v, the first story in line %d", r.Strategy, r.English, r.Stories[0].Line)
	}
	var left []string
	for _, s := range r.Skipped {
		left = append(left, strings.SplitN(s.Text, "\n", 2)[0])
	}
	if diff := cmp.Diff([]string{
		"Story Bank", "How it works", "Review it.", "Stories", "<!-- Format:",
		"Source: Report #083 — Fork — Ops", "Best for questions about: negotiation", "Theme: Automation",
	}, left); diff != "" {
		t.Errorf("left out: %s", diff)
	}
}

// Other Markdown is not taken for a bank, whatever brackets its headings have.
func TestNoStoryBank(t *testing.T) {
	for _, tc := range []struct{ why, doc string }{
		{"tickets", "## [OPS-12] The disk\n\n**Problem:** full\n\n**Fix:** emptied\n"},
		{"no theme on one of the stories", strings.Replace(bankDoc, "### [Automation]", "###", 1)},
		{"the labels of another layout", "### [Theme] A\n**Situation:** b\n**Result:** c\n"},
		{"a bank that is shown as code", "```\n### [A] B\n**S (Situation):** c\n```\n"},
	} {
		if r, known, err := readKnown("f.md", tc.doc); known || err != nil {
			t.Errorf("%s: %+v, %v", tc.why, r, err)
		}
	}
}

// A story that somebody adds to what prep exported is read as well, and one that no
// file could hold is left out.
func TestExportedAndMore(t *testing.T) {
	doc := "# Stories\n\n" + exported + " -->\n\n## A\n\n**Problem:** b\n\n## Mine\n\nIt broke. I fixed it.\n\n**Ticket:** 12\n\n## Huge\n\n**Problem:** " + strings.Repeat("x ", 600_000) + "\n"
	r, err := Read("stories.md", []byte(doc), "")
	if err != nil || len(r.Stories) != 2 {
		t.Fatal(len(r.Stories), err)
	}
	want := story.Story{Title: "Mine", Problem: yaml.Text{"It broke."}, Context: yaml.Text{"I fixed it.", "Ticket: 12"}, Source: story.Source{File: "stories.md", Heading: "Mine"}}
	if diff := cmp.Diff(want, r.Stories[1].Story); diff != "" {
		t.Error(diff)
	}
	if last := r.Skipped[len(r.Skipped)-1]; last.Reason != skippedLarge {
		t.Errorf("the last that is left out: %s", last.Reason)
	}
}

const resumeDoc = `{
  "basics": {"name": "Jo Doe"},
  "work": [
    {"name": "Ferry Ltd", "position": "Developer", "startDate": "2019", "highlights": ["Cut the import from 3 hours to 40 minutes.", ""]},
    {"name": "Old Ltd", "position": "Trainee"}
  ],
  "projects": [
    {"name": "Checkout rewrite", "startDate": "2020-06", "entity": "Ferry Ltd", "roles": ["Lead"], "keywords": ["Go"],
     "description": "The checkout lost one order in a hundred.", "highlights": ["I wrote it anew.", "Lost orders went from 1% to none."]},
    {"name": "Toy compiler", "keywords": ["Rust"]}
  ],
  "skills": [{"name": "Go"}, {"name": "Cooking"}]
}`

func TestResume(t *testing.T) {
	r, err := Read("resume.json", []byte(resumeDoc), "")
	if err != nil {
		t.Fatal(err)
	}
	want := []story.Story{
		{
			Title: "Checkout rewrite", Date: "2020-06", Role: "Lead", Company: "Ferry Ltd", Problem: yaml.Text{"The checkout lost one order in a hundred."},
			Resolution: yaml.Text{"I wrote it anew."}, Impact: yaml.Text{"Lost orders went from 1% to none."}, Skills: []string{"Go"},
			Source: story.Source{File: "resume.json", Heading: "Checkout rewrite"},
		},
		{
			Title: "Cut the import from 3 hours to 40 minutes", Role: "Developer", Company: "Ferry Ltd", Problem: yaml.Text{"Cut the import from 3 hours to 40 minutes."},
			Source: story.Source{File: "resume.json", Heading: "Cut the import from 3 hours to 40 minutes"},
		},
	}
	var got []story.Story
	for _, d := range r.Stories {
		got = append(got, d.Story)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stories: %s", diff)
	}
	var left []string
	for _, s := range r.Skipped {
		left = append(left, s.Text)
	}
	slices.Sort(left)
	if diff := cmp.Diff([]string{
		"basics.name: Jo Doe", "projects.keywords: Rust", "projects.name: Toy compiler",
		"skills.name: Cooking", "work.name: Old Ltd", "work.position: Trainee", "work.startDate: 2019",
	}, left); diff != "" {
		t.Errorf("left out: %s", diff)
	}
}

// What prep exported and somebody edited since is taken as it was edited.
func TestResumeEdited(t *testing.T) {
	doc := `{"projects": [{"name": "T", "description": "P, edited", "highlights": ["R"],
		"x-prep": {"problem": ["P", "Q"], "outcomes": 3, "lessons": "L"}}]}`
	r, err := Read("resume.json", []byte(doc), "")
	if err != nil || len(r.Stories) != 1 {
		t.Fatal(r, err)
	}
	want := story.Story{Title: "T", Problem: yaml.Text{"P, edited"}, Impact: yaml.Text{"R"}, Lessons: yaml.Text{"L"}, Source: story.Source{File: "resume.json", Heading: "T"}}
	if diff := cmp.Diff(want, r.Stories[0].Story); diff != "" {
		t.Error(diff)
	}
	if len(r.Skipped) != 2 || r.Skipped[1].Text != "projects.x-prep.problem: Q" {
		t.Errorf("left out: %+v", r.Skipped)
	}
}

func TestJSONThatIsNone(t *testing.T) {
	for _, tc := range []struct{ why, file, doc, want string }{
		{"broken", "r.json", "{\n\"work\": [1,}", "line 2: not valid JSON: invalid character '}' looking for beginning of value"},
		{"cut off", "r.json", "{\n\"work\": [", "line 2: not valid JSON: the document ends too early"},
		{"two values", "r.json", "{} {}", "line 1: not valid JSON: something follows the value"},
		{"too deep", "r.json", strings.Repeat("[", 200), "line 1: not valid JSON: more than 100 values in each other"},
		{"Markdown that begins with a bracket", "n.md", "[a](b)\n", ""},
	} {
		_, err := Read(tc.file, []byte(tc.doc), "")
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.why, got, tc.want)
		}
	}
	r, err := Read("package.json", []byte(`{"name": "x"}`), "")
	if err != nil || len(r.Stories) > 0 || !strings.HasPrefix(r.Why, "it is JSON, but neither a résumé") {
		t.Errorf("other JSON: %+v, %v", r, err)
	}
}

// FuzzJSON checks what holds for every JSON document: each of its texts is in a
// story or is left out, and each story can be written.
func FuzzJSON(f *testing.F) {
	f.Add(resumeDoc)
	f.Add(`[{"title": "T", "problem": ["P"], "skills": "x", "mood": "y"}, {"title": 3}, null]`)
	f.Add(`{"projects": [{"name": "T", "description": "P", "x-prep": {"outcomes": -1}}], "work": {"a": ["b"]}}`)
	f.Fuzz(func(t *testing.T, doc string) {
		content, err := decode([]byte(doc))
		if err != nil {
			return
		}
		r, known, err := readJSON("r.json", content)
		if !known || err != nil {
			return
		}
		var kept strings.Builder
		for _, s := range r.Skipped {
			kept.WriteString(s.Text + "\n")
		}
		for _, d := range Merge(nil, r.Stories, nil) {
			text := story.Write(d.Story)
			back, err := story.Parse(d.Story.File, text)
			if err != nil || !cmp.Equal(d.Story, back) {
				t.Errorf("%v: %s\n%s", err, cmp.Diff(d.Story, back), text)
			}
			s := d.Story
			kept.WriteString(strings.Join(slices.Concat([]string{s.Title, s.Source.Heading, s.Role, s.Company, string(s.Date)}, s.Skills, s.Competencies), "\n"))
			for _, field := range story.TextFields {
				kept.WriteString(s.Text(field).String() + "\n")
			}
		}
		root, err := parseJSON(content)
		if err != nil {
			t.Fatal(err)
		}
		have := letters{}
		have.add(kept.String())
		for letter := range lettersOf(root, "") {
			if have[letter] == 0 {
				t.Errorf("%q is in no story and not left out: %s", letter, doc)
			}
		}
	})
}

// lettersOf gives the letters of all texts of a value but what says of which format
// it is, and where a story lay.
func lettersOf(v *value, name string) letters {
	all := letters{}
	if name != "$schema" && name != "meta" && name != "id" && name != "file" && name != "source" && name != "outcomes" {
		all.add(v.text)
		for _, it := range v.items {
			for l, n := range lettersOf(it, name) {
				all[l] += n
			}
		}
		for _, m := range v.members {
			for l, n := range lettersOf(m.value, m.name) {
				all[l] += n
			}
		}
	}
	return all
}
