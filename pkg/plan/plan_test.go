package plan

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/prompts"
	"github.com/prep-cli/prep/stories"
)

// shipped is what prep knows and the stories that come with it.
func shipped(tb testing.TB) (match.Knowledge, []story.Story) {
	tb.Helper()
	vocabulary, err := competency.Default()
	if err != nil {
		tb.Fatal(err)
	}
	bank, err := question.Load(prompts.FS)
	if err != nil {
		tb.Fatal(err)
	}
	library, err := story.Load(stories.FS)
	if err != nil {
		tb.Fatal(err)
	}
	return match.Knowledge{Skills: skill.Default(), Competencies: vocabulary, Bank: bank}, library
}

func posting(tb testing.TB, name string) job.Description {
	tb.Helper()
	data, err := os.ReadFile("../../prompts/jobs/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	d, err := job.Parse(string(data))
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func framework(tb testing.TB, id string) competency.Framework {
	tb.Helper()
	all, err := competency.DefaultFrameworks()
	if err != nil {
		tb.Fatal(err)
	}
	f, known := all.Find(id)
	if !known && id != "" {
		tb.Fatalf("no framework %q", id)
	}
	return f
}

// small is a bank and a taxonomy that fit on a page.
func small(tb testing.TB) match.Knowledge {
	tb.Helper()
	taxonomy, err := skill.New([]skill.Skill{
		{Name: "Kafka", Kind: "messaging"}, {Name: "PostgreSQL", Kind: "data store", Aliases: []string{"postgres"}},
		{Name: "Redis", Kind: "data store"}, {Name: "Swift", Kind: "language"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	var all []competency.Competency
	for _, id := range []string{"failure", "conflict", "mentoring", "hiring"} {
		all = append(all, competency.Competency{ID: id, Description: "It is " + id + "."})
	}
	vocabulary, err := competency.Vocabulary{}.With(all...)
	if err != nil {
		tb.Fatal(err)
	}
	ask := func(id, level string, skills []string, competencies ...string) question.Question {
		return question.Question{ID: id, Text: "What of " + id + "?", Level: level, Skills: skills, Competencies: competencies}
	}
	return match.Knowledge{Skills: taxonomy, Competencies: vocabulary, Bank: []question.Question{
		ask("kafka", "mid", []string{"Kafka"}),
		ask("postgres", "mid", []string{"Postgres"}),
		ask("postgres-and-redis", "mid", []string{"PostgreSQL", "Redis"}),
		ask("app", "mid", []string{"Swift", "SwiftUI", "Redis"}),
		ask("failure-first", "mid", nil, "failure"),
		ask("failure-senior", "senior", nil, "failure"),
		ask("conflict", "mid", nil, "conflict"),
		ask("mentoring", "senior", nil, "mentoring"),
		ask("hiring-as-manager", "manager", nil, "hiring"),
		ask("hiring-as-staff", "staff", nil, "hiring"),
	}}
}

// TestChoose says which question comes before which, and why.
func TestChoose(t *testing.T) {
	must := func(text string) job.Line { return job.Line{Text: text, Kind: job.Must} }
	nice := func(text string) job.Line { return job.Line{Text: text, Kind: job.Nice} }
	values := competency.Framework{ID: "house", Name: "House", Values: []competency.Value{
		{Name: "Be Kind", Competencies: []string{"mentoring"}}, {Name: "Be Bold", Competencies: []string{"failure"}},
	}}
	for _, tt := range []struct {
		why       string
		posting   job.Description
		framework competency.Framework
		n         int
		want      []string
	}{
		{"a posting that asks for nothing gets the staples", job.Description{Lines: []job.Line{must("You are nice.")}}, competency.Framework{}, 2,
			[]string{"failure-first", "conflict"}},
		{"what it asks for comes before the staples, and skills take turns with it", job.Description{Lines: []job.Line{must("Mentoring and Kafka")}}, competency.Framework{}, 3,
			[]string{"mentoring", "kafka", "failure-first"}},
		{"musts come before nice-to-haves", job.Description{Lines: []job.Line{nice("Kafka"), must("Postgres")}}, competency.Framework{}, 4,
			[]string{"failure-first", "postgres", "conflict", "kafka"}},
		{"one question for two skills comes before one for one", job.Description{Lines: []job.Line{must("Postgres and Redis")}}, competency.Framework{}, 2,
			[]string{"failure-first", "postgres-and-redis"}},
		{"a question mostly about something else is not asked", job.Description{Lines: []job.Line{must("Redis")}}, competency.Framework{}, 3,
			[]string{"failure-first", "postgres-and-redis", "conflict"}},
		{"the title sets the level", job.Description{Title: "Senior Engineer"}, competency.Framework{}, 2,
			[]string{"failure-senior", "conflict"}},
		{"a manager's questions are for managers alone", job.Description{Lines: []job.Line{must("Hiring")}}, competency.Framework{}, 1,
			[]string{"hiring-as-staff"}},
		{"and managers are asked them", job.Description{Title: "Engineering Manager", Lines: []job.Line{must("Hiring")}}, competency.Framework{}, 1,
			[]string{"hiring-as-manager"}},
		{"values come before skills, each once before one twice", job.Description{Lines: []job.Line{must("Kafka")}}, values, 4,
			[]string{"mentoring", "failure-first", "kafka", "failure-senior"}},
		{"of the values those first that the posting asks for", job.Description{Lines: []job.Line{must("You learn from failure.")}}, values, 2,
			[]string{"failure-first", "mentoring"}},
		{"no more than the bank has", job.Description{}, competency.Framework{}, 50,
			[]string{"failure-first", "conflict", "failure-senior"}},
	} {
		know := small(t)
		var got []string
		for _, q := range choose(know.ForJob(tt.posting), know, tt.framework, tt.n) {
			got = append(got, q.ID)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

// A question that would probe a competency for the third time waits until everything
// that is wanted was probed, however much better it is.
func TestVariety(t *testing.T) {
	know := small(t)
	know.Bank = []question.Question{
		{ID: "conflict", Text: "?", Level: "mid", Competencies: []string{"conflict", "failure"}},
		{ID: "kafka", Text: "?", Level: "mid", Competencies: []string{"failure"}, Skills: []string{"Kafka"}},
		{ID: "hiring", Text: "?", Level: "mid", Competencies: []string{"hiring", "failure"}},
		{ID: "hiring-as-staff", Text: "?", Level: "staff", Competencies: []string{"hiring"}},
		{ID: "mentoring", Text: "?", Level: "mid", Competencies: []string{"mentoring"}},
	}
	d := job.Description{Lines: []job.Line{{Text: "Conflict, hiring, mentoring, Kafka", Kind: job.Must}}}
	var got []string
	for _, q := range choose(know.ForJob(d), know, competency.Framework{}, 5) {
		got = append(got, q.ID)
	}
	if diff := cmp.Diff([]string{"conflict", "kafka", "hiring-as-staff", "mentoring", "hiring"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLevelOf(t *testing.T) {
	for title, want := range map[string]string{
		"": "mid", "Backend Engineer": "mid", "Senior Staff Engineer": "staff", "Sr. Developer": "senior", "Tech Lead": "senior",
		"Entry-level Developer": "junior", "Engineering Manager": "manager", "Principal Engineer": "staff", "Leadership Platform Engineer": "mid",
	} {
		if got := levelOf(title); got != want {
			t.Errorf("%q: %s, not %s", title, got, want)
		}
	}
}

// TestWhy says what is quoted.
func TestWhy(t *testing.T) {
	know := small(t)
	long := "In the course of a long and varied career you have, among many other things, run Kafka in production for several years and liked it"
	for _, tt := range []struct {
		why     string
		posting job.Description
		want    []string
	}{
		{"the line that asks", job.Description{Lines: []job.Line{{Text: "Kafka, day and night", Kind: job.Must}}},
			[]string{"asked in most interviews", "“Kafka, day and night”"}},
		{"a requirement rather than a duty or the title", job.Description{Title: "Kafka Engineer", Lines: []job.Line{{Text: "You run Kafka", Kind: job.Duty}, {Text: "Kafka", Kind: job.Must}}},
			[]string{"asked in most interviews", "“Kafka”"}},
		{"the title where nothing else does", job.Description{Title: "Kafka Engineer"},
			[]string{"asked in most interviews", "the title: “Kafka Engineer”"}},
		{"that it is only welcome", job.Description{Lines: []job.Line{{Text: "Kafka", Kind: job.Nice}}},
			[]string{"asked in most interviews", "nice to have: “Kafka”"}},
		{"of a long line the part that counts", job.Description{Lines: []job.Line{{Text: long, Kind: job.Must}}},
			[]string{"asked in most interviews", "“… other things, run Kafka in production for several years and liked it”"}},
		{"the line that names a competency", job.Description{Lines: []job.Line{{Text: "Mentoring", Kind: job.Duty}}},
			[]string{"“Mentoring”", "asked in most interviews"}},
	} {
		var got []string
		for _, q := range choose(know.ForJob(tt.posting), know, competency.Framework{}, 2) {
			got = append(got, q.Why)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

var postings = []string{"backend-engineer.txt", "engineering-manager.txt", "frontend-engineer.txt", "site-reliability-engineer.txt"}

// What holds of every plan, whatever the posting, the value set and the length.
func TestLaws(t *testing.T) {
	know, library := shipped(t)
	for _, name := range postings {
		d := posting(t, name)
		asked := know.ForJob(d)
		for _, tt := range []struct {
			set string
			n   int
		}{{"", 1}, {"", 12}, {"", 40}, {"amazon", 16}, {"amazon", 9}, {"gitlab", 12}} {
			f := framework(t, tt.set)
			p := Of(asked, know, library, f, tt.n)
			if len(p.Questions) != tt.n {
				t.Errorf("%s, %+v: %d questions", name, tt, len(p.Questions))
			}
			varied(t, p, know, asked, f)
			quoted(t, p, d)
			valued(t, p, f)
			retold(t, p, know, library)
		}
		if diff := cmp.Diff(Of(asked, know, library, competency.Framework{}, 12), Of(asked, know, reversed(library), competency.Framework{}, 12)); diff != "" {
			t.Errorf("%s: the order of the stories matters: %s", name, diff)
		}
	}
}

func reversed(library []story.Story) []story.Story {
	library = slices.Clone(library)
	slices.Reverse(library)
	return library
}

// varied: no question twice, and no competency three times while one that is wanted
// is not probed, but for a value's sake.
func varied(t *testing.T, p Plan, know match.Knowledge, asked match.Query, f competency.Framework) {
	t.Helper()
	probed, seen := map[string]int{}, map[string]bool{}
	for i, chosen := range p.Questions {
		if seen[chosen.ID] {
			t.Errorf("%s is asked twice", chosen.ID)
		}
		seen[chosen.ID] = true
		q := know.Bank[slices.IndexFunc(know.Bank, func(q question.Question) bool { return q.ID == chosen.ID })]
		for _, id := range q.Competencies {
			probed[id]++
		}
		missing := slices.IndexFunc(asked.Competencies, func(p match.Probe) bool { return probed[p.ID] == 0 })
		often := slices.IndexFunc(q.Competencies, func(id string) bool { return probed[id] > 2 })
		if missing >= 0 && often >= 0 && i >= len(f.Values) {
			t.Errorf("%s is probed a third time by %s, and %s not at all", q.Competencies[often], q.ID, asked.Competencies[missing].ID)
		}
	}
}

// quoted: what a plan quotes stands in the posting.
func quoted(t *testing.T, p Plan, d job.Description) {
	t.Helper()
	whole := d.Title
	for _, l := range d.Lines {
		whole += "\n" + strings.Join(strings.Fields(l.Text), " ")
	}
	for _, q := range p.Questions {
		_, after, found := strings.Cut(q.Why, "“")
		if quote := strings.Trim(after, "”… "); found && (quote == "" || !strings.Contains(whole, quote)) {
			t.Errorf("%s: %q does not stand in the posting", q.ID, quote)
		}
	}
}

// valued: every value of the framework is asked for before any is asked for twice.
func valued(t *testing.T, p Plan, f competency.Framework) {
	t.Helper()
	times := map[string]int{}
	for _, q := range p.Questions {
		if slices.ContainsFunc(f.Values, func(v competency.Value) bool { return v.Name == q.Why }) {
			times[q.Why]++
		}
		if times[q.Why] == 2 && len(times) < len(f.Values) {
			t.Errorf("%s comes twice, and only %d of %d values at all", q.Why, len(times), len(f.Values))
		}
	}
	if want := min(len(p.Questions), len(f.Values)); len(times) < want {
		t.Errorf("%s: %d of %d values", f.ID, len(times), want)
	}
}

// retold: a story that is told twice has no free one that would do in its place, and
// the unused are the others.
func retold(t *testing.T, p Plan, know match.Knowledge, library []story.Story) {
	t.Helper()
	told, used := map[string]int{}, map[string]bool{}
	for _, q := range p.Questions {
		told[q.Story]++
		used[q.Story], used[q.Backup] = true, true
		if q.Story == "" && (q.Score != 0 || q.Backup != "") || q.Story != "" && (q.Score < match.Threshold || q.Backup == q.Story) {
			t.Errorf("%+v", q)
		}
	}
	for _, q := range p.Questions {
		if told[q.Story] < 2 || q.Story == "" {
			continue
		}
		for _, r := range know.Rank(know.ForQuestion(q.Text), library, 0).Results {
			if told[r.ID] == 0 {
				t.Errorf("%s is told %d times, while %s is free for %s", q.Story, told[q.Story], r.ID, q.ID)
			}
		}
	}
	for _, s := range library {
		if used[s.ID] == slices.Contains(p.Unused, s.ID) {
			t.Errorf("%s is used (%t) and yet not", s.ID, used[s.ID])
		}
	}
}

// TestTell says which story is told for which question, given what fits them.
func TestTell(t *testing.T) {
	old, mid, recent := story.Story{ID: "old", Date: "2019"}, story.Story{ID: "mid", Date: "2022-05"}, story.Story{ID: "recent", Date: "2024"}
	twin := story.Story{ID: "a-twin", Date: "2024"}
	fit := func(pairs ...any) []match.Result {
		var out []match.Result
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, match.Result{ID: pairs[i].(string), Score: pairs[i+1].(float64)}) //nolint:errcheck // the table below holds no others
		}
		return out
	}
	type told struct{ Story, Backup string }
	for _, tt := range []struct {
		why     string
		stories []story.Story
		fitting [][]match.Result
		want    []told
		unused  []string
	}{
		{"of equals the more recent", []story.Story{old, mid, recent}, [][]match.Result{fit("old", .5, "mid", .5, "recent", .5)}, []told{{"recent", "old"}}, []string{"mid"}},
		{"of one date by id", []story.Story{recent, twin}, [][]match.Result{fit("recent", .5, "a-twin", .5)}, []told{{"a-twin", "recent"}}, nil},
		{"none that fits is a hole", []story.Story{old}, [][]match.Result{nil, fit("old", .2)}, []told{{}, {"old", ""}}, nil},
		{"one story is told once while another will do", []story.Story{old, mid}, [][]match.Result{fit("mid", .9, "old", .2), fit("mid", .8)}, []told{{"old", "mid"}, {"mid", ""}}, nil},
		{"a free backup goes before a told one that is not twice as good", []story.Story{old, mid, recent},
			[][]match.Result{fit("mid", .9, "recent", .6, "old", .4), fit("recent", .9)}, []told{{"mid", "old"}, {"recent", ""}}, nil},
		{"and after one that is", []story.Story{old, mid, recent},
			[][]match.Result{fit("mid", .9, "recent", .9, "old", .2), fit("recent", .95)}, []told{{"mid", "recent"}, {"recent", ""}}, []string{"old"}},
	} {
		p := Plan{Questions: make([]Question, len(tt.fitting))}
		p.tell(tt.fitting, newestFirst(tt.stories))
		var got []told
		for _, q := range p.Questions {
			got = append(got, told{q.Story, q.Backup})
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
		if diff := cmp.Diff(tt.unused, p.unused(tt.stories)); diff != "" {
			t.Errorf("%s: unused: %s", tt.why, diff)
		}
	}
}

// Nobody knows anything: the zero values ask nothing.
func TestZero(t *testing.T) {
	if diff := cmp.Diff(Plan{}, Of(match.Query{}, match.Knowledge{}, nil, competency.Framework{}, 12)); diff != "" {
		t.Error(diff)
	}
}

// An excerpt holds the words it is for, is a part of the line, and is short.
func FuzzExcerpt(f *testing.F) {
	f.Add("Strong SQL and PostgreSQL: transactions, locking, indexes, migrations on tables that are in use, and more of the kind", 11, 21)
	f.Add("数据库 迁移 ，……", 3, 9)
	f.Add(strings.Repeat("word, ", 40), 100, 104)
	f.Fuzz(func(t *testing.T, line string, start, end int) {
		line = strings.Join(strings.Fields(line), " ")
		if !utf8.ValidString(line) || start < 0 || end < start || end > len(line) || !utf8.RuneStart((line + "x")[start]) || !utf8.RuneStart((line + "x")[end]) {
			t.Skip("a span lies in its line, and lines are UTF-8")
		}
		got := excerpt(line, text.Span{Start: start, End: end})
		plain := strings.TrimSuffix(strings.TrimPrefix(got, "… "), " …")
		if !strings.Contains(line, plain) {
			t.Errorf("%q is no part of %q", got, line)
		}
		long := slices.ContainsFunc(strings.Fields(line), func(w string) bool { return len(w) > 20 })
		if words := strings.Trim(line[start:end], " ,;:"); len(words) <= 20 && !long && !strings.Contains(plain, words) {
			t.Errorf("%q is not in %q", words, got)
		}
		if utf8.RuneCountInString(plain) > longest && strings.Contains(plain, " ") {
			t.Errorf("%q is long", got)
		}
	})
}
