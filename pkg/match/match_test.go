package match

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// small is a taxonomy and a vocabulary that fit on a page, without an encoder.
func small(tb testing.TB) Knowledge {
	tb.Helper()
	taxonomy, err := skill.New([]skill.Skill{
		{Name: "Kafka", Kind: "messaging", Aliases: []string{"apache kafka"}, Related: []string{"RabbitMQ"}},
		{Name: "RabbitMQ", Kind: "messaging"},
		{Name: "PostgreSQL", Kind: "data store", Aliases: []string{"postgres"}},
		{Name: "Kubernetes", Kind: "infrastructure", Aliases: []string{"k8s"}},
		{Name: "Patience", Kind: "soft skill"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	vocabulary, err := competency.Vocabulary{}.With(
		competency.Competency{ID: "failure", Aliases: []string{"mistake"}, Description: "Having caused what went wrong, and admitting it."},
		competency.Competency{ID: "mentoring", Aliases: []string{"coaching"}, Description: "Making a colleague better."})
	if err != nil {
		tb.Fatal(err)
	}
	return Knowledge{Skills: taxonomy, Competencies: vocabulary}
}

func tale(id, resolution string, change ...func(*story.Story)) story.Story {
	s := story.Story{ID: id, Title: "A plain title", Problem: yaml.Text{"Something was wrong."}, Resolution: yaml.Text{resolution}}
	for _, c := range change {
		c(&s)
	}
	return s
}

func ids(rs []Result) []string {
	var out []string
	for _, r := range rs {
		out = append(out, r.ID)
	}
	return out
}

// TestOrder says which of two stories comes first for a question, and why.
func TestOrder(t *testing.T) {
	tags := func(tags ...string) func(*story.Story) { return func(s *story.Story) { s.Skills = tags } }
	claims := func(ids ...string) func(*story.Story) { return func(s *story.Story) { s.Competencies = ids } }
	dated := func(d story.Date) func(*story.Story) { return func(s *story.Story) { s.Date = d } }
	for _, tt := range []struct {
		why, question string
		first, second story.Story
	}{
		{"what the teller did is more than what there was", "When did you use Kafka?",
			tale("a", "I moved it to Kafka."), tale("b", "I moved it.", func(s *story.Story) { s.Context = yaml.Text{"We had Kafka."} })},
		{"what is told is more than a tag", "When did you use Kafka?",
			tale("a", "I moved it.", func(s *story.Story) { s.Context = yaml.Text{"We had Kafka."} }), tale("b", "I moved it.", tags("kafka"))},
		{"another name is as good as the name, and both are more than a neighbour", "When did you use Kafka?",
			tale("a", "I moved it to Apache Kafka."), tale("b", "I moved it to RabbitMQ.")},
		{"a neighbour is more than nothing", "When did you use Kafka?",
			tale("b", "I moved it to RabbitMQ."), tale("a", "I moved it to a queue.")},
		{"a shortened tag that nobody knows looks like the skill", "When did you use Kubernetes?",
			tale("b", "I moved it.", tags("kubernet")), tale("a", "I moved it.", tags("kites"))},
		{"words are compared by their stems", "When did you migrate a warehouse?",
			tale("b", "I planned the migrations of our warehouses."), tale("a", "I planned the holidays of our drivers.")},
		{"a rare word is more than one that half of all stories hold", "When did a forklift stop your team?",
			tale("b", "The forklift was repaired."), tale("a", "The team was repaired.")},
		{"what was not done is no evidence", "When did you use a feature flag?",
			tale("b", "I added a feature flag."), tale("a", "I added it.", func(s *story.Story) { s.Hindsight = yaml.Text{"A feature flag, one feature flag a feature."} })},
		{"a claimed competency answers the question that probes it by name", "Tell me about a mistake of yours",
			tale("b", "I put it right.", claims("failure")), tale("a", "I put it right.", claims("mentoring"))},
		{"the strongest claim stands first", "Tell me about a mistake of yours",
			tale("b", "I put it right.", claims("failure", "mentoring")), tale("a", "I put it right.", claims("mentoring", "failure"))},
		{"of equals the newer goes first", "When did you use Kafka?",
			tale("b", "I moved it to Kafka.", dated("2024-03")), tale("a", "I moved it to Kafka.", dated("2023"))},
		{"then the id decides", "When did you use Kafka?",
			tale("a", "I moved it to Kafka."), tale("b", "I moved it to Kafka.")},
	} {
		t.Run(tt.why, func(t *testing.T) {
			k := small(t)
			l := k.Read([]story.Story{tt.second, tt.first})
			scored := l.score(newAsk(k.ForQuestion(tt.question), k))
			if len(scored) == 0 || scored[0].card.id != tt.first.ID {
				t.Errorf("%s is not first: %+v", tt.first.ID, scored)
			}
		})
	}
}

func TestForQuestion(t *testing.T) {
	got := small(t).ForQuestion(" Did you ever move from postgres to k8s? ")
	want := Query{
		Kind: KindQuestion, Text: "Did you ever move from postgres to k8s?",
		Skills: []Want{{Name: "PostgreSQL", Must: true, Matched: []string{"postgres"}, Weight: 1}, {Name: "Kubernetes", Must: true, Matched: []string{"k8s"}, Weight: 1}},
		Lines:  []Line{{"Did you ever move from postgres to Kubernetes?", job.Must, 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestForJob(t *testing.T) {
	got := small(t).ForJob(job.Description{Title: "Driver", Lines: []job.Line{
		{Text: "RabbitMQ is a plus", Kind: job.Nice},
		{Text: "Kafka, Apache Kafka and patience", Kind: job.Duty},
		{Text: "We interview in RabbitMQ and k8s, with patience", Kind: job.About},
		{Text: "A Postgres mug", Kind: job.Other},
		{Text: "Coaching, please", Kind: job.Must},
	}})
	wants := []Want{
		{Name: "Kafka", Must: true, Matched: []string{"Kafka", "Apache Kafka"}, Weight: 1},
		{Name: "Patience", Must: true, Matched: []string{"patience"}, Weight: 1},
		{Name: "RabbitMQ", Matched: []string{"RabbitMQ"}, Weight: 0.6},
		{Name: "Kubernetes", Matched: []string{"k8s"}, Weight: 0.2},
	}
	if diff := cmp.Diff(wants, got.Skills); diff != "" {
		t.Errorf("skills: a duty is a must, a benefit is nothing, the company's own talk names only tools (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Probe{{"mentoring", 0.5, "Coaching, please"}}, got.Competencies); diff != "" {
		t.Errorf("competencies:\n%s", diff)
	}
}

func TestGapsAndCover(t *testing.T) {
	k := small(t)
	q := k.ForJob(job.Description{Lines: []job.Line{{Text: "Kafka, RabbitMQ, Postgres, k8s", Kind: job.Must}}})
	for _, tt := range []struct {
		why     string
		stories []story.Story
		gaps    []string
		cover   []Cover
	}{
		{"no story: all is missing", nil, []string{"Kafka", "RabbitMQ", "PostgreSQL", "Kubernetes"}, nil},
		{"a neighbour, a tag and a mention prove nothing",
			[]story.Story{tale("a", "I used RabbitMQ.", func(s *story.Story) { s.Skills, s.Lessons = []string{"k8s"}, yaml.Text{"Postgres is good."} })},
			[]string{"Kafka", "PostgreSQL", "Kubernetes"}, []Cover{{"a", []string{"RabbitMQ"}}}},
		{"two stories cover what greed would take three for",
			[]story.Story{tale("big", "Kafka and RabbitMQ and k8s."), tale("left", "Kafka and Postgres."), tale("right", "RabbitMQ and k8s.")},
			nil, []Cover{{"big", []string{"Kafka", "RabbitMQ", "Kubernetes"}}, {"left", []string{"PostgreSQL"}}}},
		{"the pair, though the biggest is not in it",
			[]story.Story{tale("big", "Kafka and RabbitMQ."), tale("left", "Kafka and Postgres."), tale("right", "RabbitMQ and k8s.")},
			nil, []Cover{{"left", []string{"Kafka", "PostgreSQL"}}, {"right", []string{"RabbitMQ", "Kubernetes"}}}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := k.Rank(q, tt.stories, 0)
			var gaps []string
			for _, g := range r.Gaps {
				gaps = append(gaps, g.Name)
			}
			if diff := cmp.Diff(tt.gaps, gaps); diff != "" {
				t.Errorf("gaps: %s", diff)
			}
			if diff := cmp.Diff(tt.cover, r.Cover); diff != "" {
				t.Errorf("cover: %s", diff)
			}
		})
	}
}

func TestNothingFits(t *testing.T) {
	k := small(t)
	stories := []story.Story{tale("a", "I moved it to Kafka."), tale("b", "I told my colleague.")}
	for _, tt := range []struct {
		why, question, closest string
	}{
		{"an empty question fits nothing", "", "a"},
		{"nor does one of stop words alone", "What was it?", "a"},
		{"nor one that shares nothing", "Describe an opera", "a"},
		{"a passing word is shown as the closest, not as an answer", "Which colleague of yours sang in the best opera of the season?", "b"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := k.Rank(k.ForQuestion(tt.question), stories, 0)
			if len(r.Results) > 0 {
				t.Errorf("%v fit", ids(r.Results))
			}
			got := ""
			if r.Closest != nil {
				got = r.Closest.ID
			}
			if got != tt.closest {
				t.Errorf("closest %q, want %q", got, tt.closest)
			}
		})
	}
}

func TestZeroValues(t *testing.T) {
	var k Knowledge
	if r := k.Rank(Query{}, nil, 0); !cmp.Equal(r, Ranking{}) {
		t.Errorf("nothing asked of nothing gives %+v", r)
	}
	r := k.Rank(k.ForQuestion("forklift repair"), []story.Story{tale("a", "I repaired the forklift.")}, 0)
	if got := ids(r.Results); !slices.Equal(got, []string{"a"}) {
		t.Errorf("without taxonomy or bank words still match; got %v", got)
	}
}

func TestLimit(t *testing.T) {
	k := small(t)
	stories := []story.Story{tale("a", "Kafka."), tale("b", "Kafka."), tale("c", "Kafka.")}
	q := k.ForQuestion("When did you use Kafka?")
	all, two := k.Rank(q, stories, 0), k.Rank(q, stories, 2)
	if diff := cmp.Diff(all.Results[:2], two.Results); diff != "" {
		t.Error(diff)
	}
}

// TestShipped holds what the shipped stories answer.
func TestShipped(t *testing.T) {
	k, stories := shippedKnowledge(t), shippedStories(t)
	for _, tt := range []struct{ question, first string }{
		{"Tell me about a time you made a serious mistake", "v1-to-v2-migration-production-data-incident"},
		{"How have you dealt with a security incident?", "aws-account-compromise-leaked-access-keys"},
		{"Have you ever had two customers buy the same last item?", "the-double-deduct-disaster"},
		{"Why should we trust you with production?", "the-double-deduct-disaster"},
		{"How did you find a memory leak?", "node-js-temporary-file-memory-leak-unflushed-writes"},
		{"Describe a merger you negotiated", ""},
		{"How did you design an FPGA?", ""},
	} {
		t.Run(tt.question, func(t *testing.T) {
			got := ""
			if r := k.Rank(k.ForQuestion(tt.question), stories, 1); len(r.Results) > 0 {
				got = r.Results[0].ID
			}
			if got != tt.first {
				t.Errorf("first is %q, want %q", got, tt.first)
			}
		})
	}
}

// Whatever meaning the encoder sees in them, stop words alone ask for nothing.
func TestNothingAsked(t *testing.T) {
	k := shippedKnowledge(t)
	l := k.Read(shippedStories(t))
	for _, q := range []Query{{}, {Kind: KindJob}, k.ForQuestion(""), k.ForQuestion("?"), k.ForQuestion("What was it?"), k.ForQuestion("And you?")} {
		if r := l.Rank(q, 0); len(r.Results) > 0 || r.Closest == nil {
			t.Errorf("%q: %v fit, closest %v", q.Text, ids(r.Results), r.Closest)
		}
	}
}

// What a user claims of their own vocabulary, which the encoder does not know, is shown
// by the sentence that answers.
func TestOwnCompetency(t *testing.T) {
	k := shippedKnowledge(t)
	var err error
	if k.Competencies, err = k.Competencies.With(competency.Competency{ID: "bar-raising", Description: "Hiring nobody below the bar."}); err != nil {
		t.Fatal(err)
	}
	s := tale("a", "I drank a coffee. I turned a candidate down who was below our bar.", func(s *story.Story) { s.Competencies = []string{"bar-raising"} })
	r := k.Rank(k.ForQuestion("How did bar raising make you turn a candidate down?"), []story.Story{s}, 0)
	want := []Claim{{ID: "bar-raising", Evidence: "I turned a candidate down who was below our bar."}}
	if len(r.Results) != 1 || !cmp.Equal(want, r.Results[0].Competencies[:1]) {
		t.Errorf("got %+v, want %+v", r, want)
	}
}

// TestSame holds that a ranking is the same to the last digit on one core, on many, and
// asked of one library by many at once.
func TestSame(t *testing.T) {
	k, stories := shippedKnowledge(t), shippedStories(t)
	queries := []Query{k.ForQuestion("How did you find a memory leak in Node.js?"), k.ForJob(posting(t))}
	library := k.Read(stories)
	for _, q := range queries {
		before := runtime.GOMAXPROCS(1)
		want := k.Rank(q, stories, 0)
		runtime.GOMAXPROCS(max(4, before))
		got := make([]Ranking, 8)
		parallel.Do(len(got), func(i int) { got[i] = library.Rank(q, 0) })
		runtime.GOMAXPROCS(before)
		for _, g := range got {
			if diff := cmp.Diff(want, g); diff != "" {
				t.Error(diff)
			}
		}
	}
}

// TestVerbatim holds that every reason's words stand in the story, outside hindsight, and
// a passage in the field that it names.
func TestVerbatim(t *testing.T) {
	k, stories := shippedKnowledge(t), shippedStories(t)
	told, byID := map[string]string{}, map[string]*story.Story{}
	for i, s := range stories {
		byID[s.ID] = &stories[i]
		all := append([]string{s.Title}, s.Skills...)
		for _, field := range telling {
			all = append(all, s.Text(field)...)
		}
		told[s.ID] = strings.Join(all, "\n")
	}
	queries := []Query{k.ForJob(posting(t)), k.ForQuestion("How have you dealt with a security incident?"), k.ForQuestion("Tell me about a mistake")}
	for _, q := range k.Bank {
		queries = append(queries, k.ForQuestion(q.Text))
	}
	library, reasons := k.Read(stories), 0
	for _, q := range queries {
		for _, r := range library.Rank(q, 0).Results {
			if r.Why == "" {
				t.Errorf("%s for %q: no reason", r.ID, q.Text)
			}
			for _, p := range r.Passages {
				if told := byID[r.ID].Text(p.Field); !slices.ContainsFunc(told, func(part string) bool { return strings.Contains(part, p.Text) }) {
					t.Errorf("%s for %q: %q does not stand in one part of %s", r.ID, q.Text, p.Text, p.Field)
				}
			}
			for _, words := range evidence(r) {
				reasons++
				if words == "" || !strings.Contains(told[r.ID], words) {
					t.Errorf("%s for %q: %q does not stand in it", r.ID, q.Text, words)
				}
			}
		}
	}
	if reasons < len(queries) {
		t.Errorf("only %d reasons for %d queries", reasons, len(queries))
	}
}

func evidence(r Result) []string {
	var out []string
	for _, p := range r.Passages {
		out = append(out, p.Text)
	}
	for _, s := range r.Skills {
		out = append(out, s.Evidence)
	}
	for _, c := range r.Competencies {
		out = append(out, c.Evidence)
	}
	return out
}

func TestWhy(t *testing.T) {
	k := small(t)
	for _, tt := range []struct{ question, want string }{
		{"Which database was it?", "Too little in common: it speaks of “DB”."},
		{"What was production?", "Too little in common: it speaks of “production”."},
		{"When did you use Kafka and k8s?", "It shows Kafka and Kubernetes in what you did."},
		{"When did you use RabbitMQ?", "Too little in common: it comes near with Kafka (for RabbitMQ)."},
		{"Which mistake did you make in a Kafka pipeline?", "It shows Kafka in what you did; you claim failure for it."},
		{"When did you move the pipeline to Kafka?", "It shows Kafka in what you did; it speaks of “pipeline”."},
	} {
		t.Run(tt.question, func(t *testing.T) {
			s := tale("a", "I move the pipeline to Kafka on Kubernetes, a product in production, with its DB.", func(s *story.Story) { s.Competencies = []string{"failure"} })
			r := k.Rank(k.ForQuestion(tt.question), []story.Story{s}, 0)
			if r.Closest != nil {
				r.Results = append(r.Results, *r.Closest)
			}
			if len(r.Results) != 1 || r.Results[0].Why != tt.want {
				t.Errorf("got %+v, want %q", r.Results, tt.want)
			}
		})
	}
}

// TestFrequency holds that the generated table was read whole.
func TestFrequency(t *testing.T) {
	f := frequency()
	if n := strings.Count(frequencyTable, "\n"); len(f.of) != n-4 {
		t.Errorf("%d stems of %d lines", len(f.of), n)
	}
	if f.texts[inStories] < 2000 || f.meanLength() < 20 || f.of["time"][inQuestions] == 0 {
		t.Errorf("the head of the table is %v, %v", f.texts, f.stems)
	}
}

// FuzzNeighbours holds the law that a story's score is a matter between it and the
// query: whatever story is added, the others keep score, reasons and order.
func FuzzNeighbours(f *testing.F) {
	f.Add("Tell me about a mistake with Kafka", "We had postgres and a k8s cluster.", "kafka")
	f.Add("When did a forklift stop your team?", "Kafka Kafka Kafka mistake forklift", "")
	f.Add("", "x", "y")
	k := small(f)
	stories := []story.Story{
		tale("one", "I moved it to Kafka."), tale("two", "I moved the forklift and my colleague."),
		tale("three", "I made a mistake.", func(s *story.Story) { s.Competencies = []string{"failure"} }),
	}
	f.Fuzz(func(t *testing.T, asked, told, tag string) {
		q := k.ForQuestion(asked)
		before := k.Rank(q, stories, 0).Results
		other := tale("other", told, func(s *story.Story) { s.Skills = []string{tag} })
		after := k.Rank(q, append([]story.Story{other}, stories...), 0).Results
		after = slices.DeleteFunc(after, func(r Result) bool { return r.ID == "other" })
		if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestNeighbours holds the same law where the encoder has its say: every one of the
// shipped stories taken away leaves the others as they were.
func TestNeighbours(t *testing.T) {
	k, stories := shippedKnowledge(t), shippedStories(t)
	for _, q := range []Query{k.ForQuestion("Tell me about a time you made a serious mistake"), k.ForJob(posting(t))} {
		all := k.Rank(q, stories, 0).Results
		for i, gone := range stories {
			less := k.Rank(q, slices.Delete(slices.Clone(stories), i, i+1), 0).Results
			want := slices.DeleteFunc(slices.Clone(all), func(r Result) bool { return r.ID == gone.ID })
			if diff := cmp.Diff(want, less, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("without %s:\n%s", gone.ID, diff)
			}
		}
	}
}

// FuzzFewest holds that the cover found is a cover and no larger than greed's.
func FuzzFewest(f *testing.F) {
	f.Add([]byte{3, 5, 10, 12})
	f.Add([]byte{0xff, 1, 2, 4})
	f.Fuzz(func(t *testing.T, rows []byte) {
		rows = rows[:min(len(rows), 10)]
		proves, open := make([][]bool, len(rows)), make([]bool, 8)
		for i, r := range rows {
			proves[i] = make([]bool, 8)
			for j := range open {
				proves[i][j] = r>>j&1 == 1
				open[j] = open[j] || proves[i][j]
			}
		}
		known := greedy(proves, open)
		chosen := fewest(proves, open, known)
		if len(chosen) > len(known) {
			t.Errorf("%v is more than %v", chosen, known)
		}
		for _, i := range chosen {
			for j := range open {
				open[j] = open[j] && !proves[i][j]
			}
		}
		if slices.Contains(open, true) {
			t.Errorf("%v does not cover %v", chosen, rows)
		}
	})
}
