package lint_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/lint"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/stories"
)

func options(t testing.TB) lint.Options {
	t.Helper()
	v, err := competency.Default()
	if err != nil {
		t.Fatal(err)
	}
	return lint.Options{Competencies: v, Skills: skill.Default(), Confidential: confidential.New([]string{"Globex"})}
}

// check lints one file and gives a line a finding: line:column rule message.
func check(t *testing.T, o lint.Options, text string) []string {
	t.Helper()
	findings, _, err := lint.Library(fstest.MapFS{"s.yaml": {Data: []byte(text)}}, o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%d:%d %s: %s", f.Line, f.Column, f.Rule, f.Message))
	}
	return out
}

// good is a story that no rule has a word about.
const good = `title: The night the import ate the disk
problem: Our import filled the disk, and nobody could check out.
resolution: I rewrote the import so that it streams its rows one after the other, and I added an alert that goes off when the disk is nearly full.
impact: The run went from 3 hours to 40 minutes.
`

// with gives good with one of its keys replaced, or added at its end.
func with(key, value string) string {
	var out []string
	found := false
	for line := range strings.Lines(good) {
		if strings.HasPrefix(line, key+":") {
			line, found = key+": "+value+"\n", true
		}
		out = append(out, line)
	}
	if !found {
		out = append(out, key+": "+value+"\n")
	}
	return strings.Join(out, "")
}

func without(key string) string {
	return strings.Join(slices.DeleteFunc(strings.SplitAfter(good, "\n"), func(l string) bool { return strings.HasPrefix(l, key+":") }), "")
}

func TestRules(t *testing.T) {
	for _, tc := range []struct {
		why, text string
		want      []string
	}{
		{"a good story", good, nil},
		{"a broken file", "title: T\nimpct: x\n", []string{
			`1:1 schema: the file has no "problem": it is required`, `2:1 schema: unknown key "impct" (did you mean "impact"?)`,
		}},
		{"unknown competency", with("competencies", "[results, faliure]"), []string{`5:25 competency: unknown competency "faliure" (did you mean "failure"?)`}},
		{"a tag twice", with("skills", "[disk, CSV, csv]"), []string{`5:21 repeated: "csv" stands twice in skills`}},

		{"no result", without("impact"), []string{`3:1 no-result: the story tells no result: what came of it?`}},
		{"a result in the resolution", strings.Replace(without("impact"), "full.\n", "full. The run dropped from 3 hours to 40 minutes.\n", 1), nil},
		{"a figure that ends the resolution", "title: T\nproblem: It was slow to build.\nresolution:\n  - Added a cache of all the steps.\n  - Ten minutes cold, two warm.\n", nil},
		{"no figure", with("impact", "Nothing has filled it again."), []string{`4:1 no-figure: the impact holds no figure: how many, how long, how much?`}},
		{"numbers of names and years are no figures", with("impact", "The EC2 instances of v2 are stable since 2023."), []string{`4:1 no-figure: the impact holds no figure: how many, how long, how much?`}},
		{"a count in words is one", with("impact", "Zero alerts came."), nil},

		{"only others act", with("resolution", "The vendor patched the driver for the disk and restarted it."), []string{`3:1 no-act: no sentence of the actions says what you did yourself`}},
		{"only we act", with("resolution", "We rolled the release back, and we patched the driver for it."), []string{`3:1 no-act: the actions say "we" and never "I": say what your own part was`}},
		{"nothing was done", without("resolution"), []string{`2:1 no-act: nothing says what you did: there is no investigation, root cause or resolution`}},
		{"a note without a subject is the teller's", with("resolution", "Then quickly rewrote the import to stream, with an alert for it."), nil},
		{"so is one behind a lead", with("resolution", "After a long night, found the file that was ten times its size."), nil},
		{"so is one in the base form", with("resolution", "Add an alert for the disk, and stream the rows of the import."), nil},
		{"passive all through", with("resolution", "The logs were searched for it. The import was then quickly rewritten."), []string{`3:13 passive: the resolution is in the passive voice all through: say who did it`}},
		{"one active sentence is enough", with("resolution", "The logs were searched for it. Then I rewrote the import."), nil},
		{"a state is no passive", with("investigation", "The disk was full again, and I looked at what it held."), nil},
		{"I in the passive is no act", with("resolution", "I was told by the vendor that a patch was on its way."), []string{`3:13 passive: the resolution is in the passive voice all through: say who did it`}},

		{"a long setup", with("context", strings.Repeat("It was the week before our sale. ", 4)), []string{`5:1 long-setup: the situation has 38 words, what was done about it only 28`}},
		{"over five minutes", with("lessons", strings.Repeat("Anything that grows needs a limit. ", 120)), []string{`1:1 too-long: told whole, the story takes 6 minutes: 767 words at 140 a minute`}},
		{"failure without a lesson", with("competencies", "[results, failure]"), []string{`5:25 no-lesson: the story claims failure and names no lesson`}},
		{"a mistake without a lesson", with("problem", "On Monday I deleted the wrong table by mistake."), []string{`2:20 no-lesson: the story tells of a mistake and names no lesson`}},
		{"another's mistake teaches too, but need not", with("problem", "A colleague accidentally deleted the wrong table."), nil},

		{"a vague degree", with("lessons", "Streaming is significantly better."), []string{`5:23 vague: "significantly" is vague: by how much? give the figure`}},
		{"with its figure it is not", with("lessons", "Streaming is significantly better. It takes 40 minutes."), nil},
		{"unnamed things", with("lessons", "Various things can fill a disk."), []string{`5:10 vague: "Various things" is vague: name them, or the one that mattered`}},
		{"named ones", with("lessons", "Various things can fill a disk, such as logs."), nil},
		{"a share in it", with("task", "I was heavily involved in the fix."), []string{`5:9 vague: "was heavily involved in" is vague: say what you did yourself`}},
		{"big words", with("lessons", "I follow best practices now."), []string{`5:19 vague: "best practices" is vague: say what it was in plain words`}},

		{"placeholders", with("context", "TODO") + "task: '[What I had to do]'\nlessons: It cost X% more.\n", []string{
			`5:10 placeholder: "TODO" is a placeholder: write it, or delete it`, `6:8 placeholder: "[What I had to do]" is a placeholder: write it, or delete it`,
			`7:18 placeholder: "X%" is a placeholder: write it, or delete it`,
		}},
		{"brackets with a sense", with("context", "See [the docs](https://example.com), a TODO in the code, list[index], [1], [x], the [staging] host and [sic]."), nil},

		{"an unknown acronym, once", with("context", "The QZX fed it. Our QZX is old."), []string{`5:14 acronym: QZX is spelled out nowhere`}},
		{"spelled out before or after", with("context", "The order map (QZX) and the DXT (day extract) fed the MVT, the main vehicle table."), nil},
		{"what engineers know, shouting and commands", with("context", "The API lost ALL rows of a SELECT FOR UPDATE in JSON on PostgreSQL at 2 AM."), nil},

		{"a technology that no text mentions", with("skills", "[disk usage, Kubernetes]"), []string{`5:22 unsupported-skill: no text of the story mentions Kubernetes`}},
		{"ways of working need no name", with("skills", "[incident response, ownership, capacity planning, working under pressure]"), nil},
		{"a neighbour supports", with("skills", "[SQL]") + "context: It ran on PostgreSQL.\n", nil},
		{"a statement is SQL", with("skills", "[SQL]") + "context: It ran a SELECT for each row.\n", nil},

		{"not English", "title: T\nproblem: Der Dienst fiel jede Nacht um zwei Uhr aus und niemand wusste warum das so war.\n", []string{
			`2:1 not-english: the story does not look like English, the only language that prep understands`,
		}},

		{"not in Latin letters", "title: T\nproblem: 服务每天晚上两点停止。\nresolution: 我修复了它。\nimpact: 好。\n", []string{
			`2:1 not-english: the story does not look like English, the only language that prep understands`,
		}},

		{"an e-mail address", with("context", "I mailed jo@globex-corp.de."), []string{"5:19 email: an e-mail address: jo@globex-corp.de"}},
	} {
		got := check(t, options(t), tc.text)
		got = slices.DeleteFunc(got, func(s string) bool { return strings.Contains(s, " confidential: ") })
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

// A finding inside a folded text stands in the line and column of its words.
func TestPlaces(t *testing.T) {
	text := `title: The night the import ate the disk
problem: >-
  Our import of the Globex files filled the disk, and the host
  10.20.30.40 went down.
resolution:
  - I rewrote the import to stream its rows, one at a time.
  - >-
    I told ops@acme.io about the change in the
    "import" and called
    +49 30 901 820 11 as well.
impact: 'It''s been quiet since: 0 alerts at globex.'
`
	want := []string{
		"3:21 confidential: the confidential word Globex", "4:3 ip-address: an IP address: 10.20.30.40", "8:12 email: an e-mail address: ops@acme.io",
		"10:5 phone: a telephone number: +49 30 901 820 11", "11:46 confidential: the confidential word Globex",
	}
	if diff := cmp.Diff(want, check(t, options(t), text)); diff != "" {
		t.Error(diff)
	}
}

func TestIgnore(t *testing.T) {
	vague := "Big improvement."
	story := func(comment string) string { return strings.ReplaceAll(comment, "GOOD\n", good) }
	for _, tc := range []struct {
		why, text string
		want      []string
	}{
		{"without a comment", story("GOOD\ncontext: " + vague), []string{"5:10 vague"}},
		{"on its line", story("GOOD\ncontext: " + vague + " # prep:ignore vague"), nil},
		{"on the line above", story("GOOD\n# prep:ignore vague\ncontext: " + vague), nil},
		{"above other comments", story("GOOD\n# prep:ignore vague -- a joke\n# more\ncontext: " + vague), nil},
		{"on the key of a folded text", story("GOOD\ncontext: >- # prep:ignore vague\n  It was late.\n  " + vague), nil},
		{"above the key of a list", story("GOOD\n# prep:ignore vague\ncontext:\n  - It was late.\n  - " + vague), nil},
		{"at the head of the file", story("# prep:ignore acronym, vague\nGOOD\ncontext: " + vague), nil},
		{"behind the line before is another line's", story("GOOD\ntask: I had to mend it. # prep:ignore vague\ncontext: " + vague), []string{"6:10 vague"}},
		{"another rule", story("GOOD\ncontext: " + vague + " # prep:ignore acronym"), []string{"5:10 vague"}},
		{"an unknown rule", story("GOOD\ncontext: " + vague + " # prep:ignore vauge"), []string{"5:10 vague", "5:27 unknown-rule"}},
		{"no rule", story("# prep:ignore\nGOOD\n"), []string{"1:1 unknown-rule"}},
		{"a text is no comment", story("GOOD\ncontext: >-\n  # prep:ignore vague\n  " + vague), []string{"7:3 vague"}},
	} {
		var got []string
		for _, line := range check(t, options(t), tc.text) {
			place, _, _ := strings.Cut(line, ": ")
			got = append(got, place)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

// Comments are shared with the file, so they too must hold nothing that is secret.
func TestComments(t *testing.T) {
	text := "# ask jo@acme.io (Globex)\n" + good
	want := []string{"1:7 email: an e-mail address: jo@acme.io", "1:19 confidential: the confidential word Globex"}
	if diff := cmp.Diff(want, check(t, options(t), text)); diff != "" {
		t.Error(diff)
	}
}

func TestOff(t *testing.T) {
	o := options(t)
	o.Off = []string{"no-figure", "unknown-rule"}
	if got := check(t, o, with("impact", "It went well. # prep:ignore nothing")); got != nil {
		t.Error(got)
	}
}

func TestNearDuplicates(t *testing.T) {
	other := "title: Something else\nproblem: A train was late because the points froze in the cold of January.\nresolution: I rang the depot and had the heaters of all the points checked.\nimpact: 4 minutes late.\n"
	fsys := fstest.MapFS{
		"a.yaml": {Data: []byte(good)}, "b.yaml": {Data: []byte(strings.Replace(good, "nobody could", "no customer could", 1))},
		"c.yaml": {Data: []byte(other)}, "short.yaml": {Data: []byte("title: T\nproblem: It broke.\nresolution: I fixed it.\nimpact: 1 minute.\n")},
	}
	findings, _, err := lint.Library(fsys, options(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%s:%d:%d %s", f.File, f.Line, f.Column, f.Message))
	}
	want := []string{"a.yaml:1:1 nearly the same story as b: 84% of their phrases are the same", "b.yaml:1:1 nearly the same story as a: 84% of their phrases are the same"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Of many copies each is found, and names another.
func TestManyCopies(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 60 {
		fsys[fmt.Sprintf("s%02d.yaml", i)] = &fstest.MapFile{Data: []byte(strings.Replace(good, "40 minutes", fmt.Sprintf("%d minutes", i), 1))}
	}
	findings, _, err := lint.Library(fsys, options(t))
	if err != nil || len(findings) != 60 {
		t.Errorf("%d findings, %v", len(findings), err)
	}
}

// The shipped stories have no error, and these weaknesses: their documents tell no
// more.
func TestShippedStories(t *testing.T) {
	o := options(t)
	o.Confidential = confidential.Words{}
	findings, files, err := lint.Library(stories.FS, o)
	if err != nil || files != 15 {
		t.Fatalf("%d files, %v", files, err)
	}
	got := map[string][]string{}
	for _, f := range findings {
		if f.Severity == lint.Error || f.Line == 0 {
			t.Errorf("%+v", f)
		}
		got[f.Rule] = append(got[f.Rule], f.ID())
	}
	want := map[string][]string{
		"long-setup": {"v1-to-v2-migration-production-data-incident"},
		"no-figure": {
			"aws-account-compromise-leaked-access-keys", "full-entity-update-race-condition", "jellyfish-particles-that-felt-dead",
			"node-js-temporary-file-memory-leak-unflushed-writes",
		},
		"no-result": {
			"browser-extension-conflict-bug", "false-ddos-alert-frontend-performance-issue", "map-performance-meltdown", "payment-webhook-hell",
			"the-cache-stampede", "the-double-deduct-disaster", "the-ghost-of-the-tab-filter", "the-midnight-token-massacre",
		},
		"vague": {"aws-account-compromise-leaked-access-keys", "node-js-temporary-file-memory-leak-unflushed-writes"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every rule explains itself, with a name that a comment can hold.
func TestExplanations(t *testing.T) {
	for _, r := range lint.Rules() {
		if r.What == "" || r.Why == "" || r.Before == "" || r.After == "" || strings.Trim(r.Name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("%+v", r)
		}
		if found, err := lint.Find(r.Name); err != nil || found.What != r.What {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
	if _, err := lint.Find("vauge"); err == nil || err.Error() != `unknown rule "vauge" (did you mean "vague"?)` {
		t.Error(err)
	}
}

// Whatever a file holds, every finding stands in it, in order.
func FuzzLibrary(f *testing.F) {
	f.Add(good)
	f.Add("# prep:ignore vague\ntitle: \"T\\n\\u0041\"\nproblem: >-\n  TODO\n\n  QZX 10.20.30.40 jo@acme.io\n")
	f.Add("# a line may end\rso: too")
	f.Add("title: 'A''s'\nproblem: [a, 'b # c']\nresolution:\n  - >\n    various things # x\n")
	entries, err := os.ReadDir("../../stories")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		if data, err := os.ReadFile("../../stories/" + e.Name()); err == nil && strings.HasSuffix(e.Name(), ".yaml") {
			f.Add(string(data))
		}
	}
	o := options(f)
	f.Fuzz(func(t *testing.T, text string) {
		findings, _, err := lint.Library(fstest.MapFS{"s.yaml": {Data: []byte(text)}}, o)
		if err != nil {
			t.Fatal(err)
		}
		line, last := 0, 1+len(yamlBreaks.FindAllString(text, -1))
		for _, f := range findings {
			if f.Line < line || f.Line > last || f.Rule != "schema" && (f.Line == 0 || f.Column == 0) {
				t.Fatalf("%+v", f)
			}
			line = f.Line
		}
	})
}

// yamlBreaks are what YAML 1.1 ends a line with.
var yamlBreaks = regexp.MustCompile(`\r\n|[\n\r\x{85}\x{2028}\x{2029}]`)

// A library of 2,000 stories lints in a second or two.
func BenchmarkLibrary(b *testing.B) {
	fsys := fstest.MapFS{}
	for i := range 2000 {
		text := fmt.Sprintf("title: Story %d\nproblem: Import %d filled disk %d of %d, and nobody could check out for hours.\n", i, i*7, i*11, i*13)
		fsys[fmt.Sprintf("s%04d.yaml", i)] = &fstest.MapFile{Data: []byte(text + with("context", "It was the week before our sale, and I was alone.")[len("title: The night the import ate the disk\nproblem: Our import filled the disk, and nobody could check out.\n"):])}
	}
	o := options(b)
	for b.Loop() {
		if _, files, err := lint.Library(fsys, o); err != nil || files != 2000 {
			b.Fatal(files, err)
		}
	}
}
