package coverage

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
	"github.com/prep-cli/prep/prompts"
	"github.com/prep-cli/prep/stories"
)

func small(tb testing.TB) match.Knowledge {
	tb.Helper()
	taxonomy, err := skill.New([]skill.Skill{
		{Name: "Kafka", Kind: "messaging", Related: []string{"RabbitMQ", "SQS"}},
		{Name: "RabbitMQ", Kind: "messaging"},
		{Name: "SQS", Kind: "messaging"},
		{Name: "Redis", Kind: "data store"},
		{Name: "Terraform", Kind: "infrastructure"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	vocabulary, err := competency.Vocabulary{}.With(
		competency.Competency{ID: "failure", Description: "Having failed."},
		competency.Competency{ID: "mentoring", Description: "Making others better."},
		competency.Competency{ID: "risk", Description: "Taking one."})
	if err != nil {
		tb.Fatal(err)
	}
	bank := []question.Question{{ID: "a", Competencies: []string{"risk"}}, {ID: "b", Competencies: []string{"mentoring", "risk"}}}
	return match.Knowledge{Skills: taxonomy, Competencies: vocabulary, Bank: bank}
}

// library: queue proves Kafka and Redis, cache proves Redis and mentions SQS, tagged
// only tags Terraform and tells no act.
var library = []story.Story{
	{ID: "queue", Title: "The queue", Problem: yaml.Text{"It was slow."}, Resolution: yaml.Text{"I put Kafka before Redis."}, Competencies: []string{"failure"}},
	{ID: "cache", Title: "The cache", Problem: yaml.Text{"SQS was slow."}, Impact: yaml.Text{"Redis answers at once."}, Hindsight: yaml.Text{"RabbitMQ would have done."}, Competencies: []string{"failure"}},
	{ID: "tagged", Title: "The tag", Problem: yaml.Text{"It was gone."}, Skills: []string{"terraform"}, Competencies: []string{"mentoring"}},
}

// drawn writes a matrix as a person reads it, one row a line.
func drawn(m Matrix) string {
	var b strings.Builder
	for _, r := range m.Rows {
		fmt.Fprintf(&b, "%s %v %s:", r.Name, r.Must, r.Strength)
		for _, c := range r.Stories {
			fmt.Fprintf(&b, " %s %s", c.ID, c.Depth)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "gaps %v\nsingle %v\nnext %s", m.Gaps, m.Single, m.Next.Name)
	return b.String()
}

func TestOf(t *testing.T) {
	k := small(t)
	q := k.ForJob(job.Description{Lines: []job.Line{
		{Text: "Kafka, SQS, RabbitMQ, Redis; failure", Kind: job.Must}, {Text: "Terraform", Kind: job.Nice}}})
	for _, tt := range []struct {
		why     string
		stories []story.Story
		by      By
		query   match.Query
		want    string
	}{
		{"a job's skills in its order; a mention and a tag prove nothing, hindsight is not even a mention; a nice-to-have is no gap", library, Skills, q, `
Kafka true thin: queue proved
SQS true none: cache mentioned
RabbitMQ true none:
Redis true solid: cache proved queue proved
Terraform false none: tagged tagged
gaps [SQS RabbitMQ]
single []
next Kafka`},
		{"without a job, what the stories show; what is tagged and not proved is a gap", library, Skills, match.Query{}, `
Redis false solid: cache proved queue proved
Kafka false thin: queue proved
SQS false none: cache mentioned
Terraform false none: tagged tagged
gaps [Terraform]
single []
next Terraform`},
		{"one story alone carries two musts; the next story is of what has most neighbours open, proved or not", library[:1], Skills, q, `
Kafka true thin: queue proved
SQS true none:
RabbitMQ true none:
Redis true thin: queue proved
Terraform false none:
gaps [SQS RabbitMQ]
single [{queue [Kafka Redis]}]
next Kafka`},
		{"no story", nil, Skills, q, `
Kafka true none:
SQS true none:
RabbitMQ true none:
Redis true none:
Terraform false none:
gaps [Kafka SQS RabbitMQ Redis]
single []
next Kafka`},
		{"competencies: a claim is proved where an act is told, else tagged; next is what most questions probe", library, Competencies, match.Query{}, `
failure false solid: cache proved queue proved
mentoring false none: tagged tagged
risk false none:
gaps [mentoring risk]
single []
next risk`},
		{"a job's competencies", library, Competencies, q, `
failure true solid: cache proved queue proved
gaps []
single []
next `},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), drawn(Of(tt.stories, k, tt.by, tt.query, nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestZeroValues(t *testing.T) {
	if m := Of(nil, match.Knowledge{}, Skills, match.Query{}, nil); !cmp.Equal(m, Matrix{By: Skills}) {
		t.Errorf("nothing covers %+v", m)
	}
}

// The postings are in four layouts; the gaps were written down by reading each of
// them beside the fifteen stories.
func TestGapsOfPostings(t *testing.T) {
	k, stories := shipped(t)
	for _, tt := range []struct {
		why, posting string
		gaps         []string
	}{
		{"Markdown headings: PostgreSQL is only tagged; the profession, the tools of another team, what is welcome and what is on the stickers are no gaps",
			"headings.txt", []string{"TypeScript", "PostgreSQL", "S3"}},
		{"bold lines: backups are only a lesson learned",
			"bold.txt", []string{"Kubernetes", "Helm", "Prometheus", "Grafana", "Backups"}},
		{"plain lines without bullets: dashboards are where the trouble was, not what was done",
			"plain.txt", []string{"Dashboards", "Vue", "TypeScript", "Accessibility", "Playwright", "Cypress"}},
		{"one sentence, the last part of which is only welcome",
			"sentence.txt", []string{"Python", "Airflow"}},
	} {
		t.Run(tt.posting, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", tt.posting))
			if err != nil {
				t.Fatal(err)
			}
			d, err := job.Parse(string(data))
			if err != nil {
				t.Fatal(err)
			}
			m := Of(stories, k, Skills, k.ForJob(d), nil)
			if diff := cmp.Diff(tt.gaps, m.Gaps); diff != "" {
				t.Errorf("%s: %s", tt.why, diff)
			}
		})
	}
}

// shipped is what comes with the program.
func shipped(tb testing.TB) (match.Knowledge, []story.Story) {
	tb.Helper()
	library, err := story.Load(stories.FS)
	if err != nil {
		tb.Fatal(err)
	}
	bank, err := question.Load(prompts.FS)
	if err != nil {
		tb.Fatal(err)
	}
	vocabulary, err := competency.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return match.Knowledge{Skills: skill.Default(), Competencies: vocabulary, Bank: bank}, library
}

func TestInferred(t *testing.T) {
	told := []story.Story{
		{ID: "claims", Resolution: yaml.Text{"I did."}, Competencies: []string{"failure"}},
		{ID: "silent", Resolution: yaml.Text{"I did."}},
	}
	both := func(*story.Story) []string { return []string{"failure", "risk"} }
	m := Of(told, small(t), Competencies, match.Query{}, both)
	want := []Cell{{"claims", match.Proved, false}, {"silent", match.Proved, true}}
	if diff := cmp.Diff(want, m.Rows[0].Stories); diff != "" {
		t.Errorf("what is inferred is marked: %s", diff)
	}
	if diff := cmp.Diff([]Cell{{"silent", match.Proved, true}}, m.Rows[2].Stories); diff != "" {
		t.Errorf("nothing is inferred for who claims: %s", diff)
	}
}

func TestTold(t *testing.T) {
	k := small(t)
	q := k.ForJob(job.Description{Lines: []job.Line{{Text: "Kafka", Kind: job.Must}, {Text: "Redis, Terraform", Kind: job.Nice}}})
	m := Of(append([]story.Story{{ID: "other", Title: "Other"}}, library...), k, Skills, q, nil)
	want := []Told{{"queue", "The queue", 2}, {"cache", "The cache", 1}, {"tagged", "The tag", 0}}
	if diff := cmp.Diff(want, m.Told); diff != "" {
		t.Errorf("who proves a must comes first, who shows nothing is not there: %s", diff)
	}
	if diff := cmp.Diff([]string{"other"}, m.Silent); diff != "" {
		t.Error(diff)
	}
}

func TestNextSaysWhy(t *testing.T) {
	k := small(t)
	k.Bank = []question.Question{
		{ID: "any", Text: "What did you dare?", Competencies: []string{"risk"}},
		{ID: "kind", Text: "Which broker failed you?", Competencies: []string{"risk"}, Skills: []string{"rabbitmq"}},
		{ID: "named", Text: "What did Kafka teach you?", Competencies: []string{"failure"}},
		{ID: "other", Text: "Where did you use Terraform?", Skills: []string{"terraform"}},
	}
	for _, tt := range []struct {
		why, must, told string
		want            Next
	}{
		{"neighbours that are open count; a question that names the skill comes before one that asks for a neighbour", "Kafka, SQS, RabbitMQ", "",
			Next{"Kafka", "No story proves it; one that does could also show SQS, RabbitMQ, beside it in the taxonomy.", 1, []string{"SQS", "RabbitMQ"}, []question.Question{k.Bank[2], k.Bank[1]}}},
		{"a skill that is proved may have the most open neighbours", "Kafka, SQS, RabbitMQ", "I used Kafka.",
			Next{"Kafka", "It is proved; another story of it could show SQS, RabbitMQ, beside it in the taxonomy, which no story proves.", 1, []string{"SQS", "RabbitMQ"}, []question.Question{k.Bank[2], k.Bank[1]}}},
		{"of equals the first; where no second question asks for it, one that any such story answers", "SQS, Terraform", "",
			Next{"SQS", "No story proves it, and the job requires it.", 0.5, nil, []question.Question{k.Bank[0]}}},
		{"nothing is open", "Kafka", "I used Kafka.", Next{}},
	} {
		q := k.ForJob(job.Description{Lines: []job.Line{{Text: tt.must, Kind: job.Must}}})
		got := Of([]story.Story{{ID: "a", Resolution: yaml.Text{tt.told}}}, k, Skills, q, nil).Next
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

// The shipped bank has two questions for any story to write; for a competency, such
// as probe it.
func TestQuestionsOfNext(t *testing.T) {
	k, library := shipped(t)
	for i, s := range k.Skills.Skills() {
		if i%10 > 0 {
			continue // the bank is read for each
		}
		q := match.Query{Kind: match.KindJob, Skills: []match.Want{{Name: s.Name, Must: true, Matched: []string{s.Name}}}}
		if n := Of(library, k, Skills, q, nil).Next; n.Name != "" && len(n.Questions) != likely {
			t.Errorf("%s: %d questions", s.Name, len(n.Questions))
		}
	}
	for _, id := range k.Competencies.IDs() {
		q := match.Query{Kind: match.KindJob, Competencies: []match.Probe{{ID: id}}}
		n := Of(nil, k, Competencies, q, nil).Next
		if len(n.Questions) != likely {
			t.Errorf("%s: %d questions", id, len(n.Questions))
		}
		for _, asked := range n.Questions {
			if !slices.Contains(asked.Competencies, id) {
				t.Errorf("%s is not asked for by %q", id, asked.Text)
			}
		}
	}
}

// Postings of skills that lie beside each other, drawn by chance, and stories that
// prove some of them: no row would add more than the one that comes next.
func TestNextIsTheLargestGain(t *testing.T) {
	k, _ := shipped(t)
	k.Bank = nil
	all := k.Skills.Skills()
	for seed := range uint64(400) {
		chance := rand.New(rand.NewPCG(seed, 8))
		q := match.Query{Kind: match.KindJob}
		told := story.Story{ID: "a"}
		for range 1 + chance.IntN(4) {
			hub := all[chance.IntN(len(all))]
			for _, name := range append([]string{hub.Name}, hub.Related...) {
				known := slices.ContainsFunc(q.Skills, func(w match.Want) bool { return w.Name == name })
				if chance.IntN(3) == 0 || known {
					continue
				}
				q.Skills = append(q.Skills, match.Want{Name: name, Must: chance.IntN(2) == 0})
				if chance.IntN(3) == 0 {
					told.Resolution = append(told.Resolution, "I used "+name+".")
				}
			}
		}
		largest(t, k, Of([]story.Story{told}, k, Skills, q, nil))
	}
}

// largest holds a matrix against the definition: what is open is a must or, for a
// half, a nice-to-have that no story proves; a story of a row proves the row and its
// neighbours; none gains more than the next.
func largest(t *testing.T, k match.Knowledge, m Matrix) {
	t.Helper()
	open, all := map[string]float64{}, 0.0
	for _, r := range m.Rows {
		if r.Strength == None {
			open[r.Name] = 0.5
			if r.Must {
				open[r.Name] = 1
			}
			all += open[r.Name]
		}
	}
	gain := func(name string) float64 {
		sum := open[name]
		for _, near := range k.Skills.Related(name) {
			sum += open[near]
		}
		return sum / all
	}
	if all == 0 {
		if m.Next.Name != "" {
			t.Errorf("nothing is open, next is %s", m.Next.Name)
		}
		return
	}
	if m.Next.Gain != gain(m.Next.Name) {
		t.Errorf("%s gains %v, not %v", m.Next.Name, gain(m.Next.Name), m.Next.Gain)
	}
	for _, r := range m.Rows {
		if gain(r.Name) > m.Next.Gain {
			t.Errorf("%s gains %v, next is %s with %v", r.Name, gain(r.Name), m.Next.Name, m.Next.Gain)
		}
	}
}

// FuzzNext holds that no row would add more than the one that comes next, and that
// gaps are the musts that no story proves.
func FuzzNext(f *testing.F) {
	f.Add("Kafka and SQS, Redis", "Terraform, RabbitMQ", "I used Redis.")
	f.Add("Terraform", "Kafka, SQS", "")
	k := small(f)
	f.Fuzz(func(t *testing.T, must, nice, told string) {
		q := k.ForJob(job.Description{Lines: []job.Line{{Text: must, Kind: job.Must}, {Text: nice, Kind: job.Nice}}})
		m := Of([]story.Story{{ID: "a", Resolution: yaml.Text{told}}}, k, Skills, q, nil)
		var gaps []string
		for _, r := range m.Rows {
			if r.Must && r.Strength == None {
				gaps = append(gaps, r.Name)
			}
		}
		if diff := cmp.Diff(gaps, m.Gaps); diff != "" {
			t.Errorf("gaps: %s", diff)
		}
		largest(t, k, m)
	})
}
