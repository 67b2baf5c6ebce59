package coverage

import (
	"fmt"
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
next SQS`},
		{"without a job, what the stories show; what is tagged and not proved is a gap", library, Skills, match.Query{}, `
Redis false solid: cache proved queue proved
Kafka false thin: queue proved
SQS false none: cache mentioned
Terraform false none: tagged tagged
gaps [Terraform]
single []
next Terraform`},
		{"one story alone carries two musts; the next story is the one that has neighbours open", library[:1], Skills, q, `
Kafka true thin: queue proved
SQS true none:
RabbitMQ true none:
Redis true thin: queue proved
Terraform false none:
gaps [SQS RabbitMQ]
single [{queue [Kafka Redis]}]
next SQS`},
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
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), drawn(Of(tt.stories, k, tt.by, tt.query))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestZeroValues(t *testing.T) {
	if m := Of(nil, match.Knowledge{}, Skills, match.Query{}); !cmp.Equal(m, Matrix{By: Skills}) {
		t.Errorf("nothing covers %+v", m)
	}
}

func TestNextSaysWhy(t *testing.T) {
	k := small(t)
	q := k.ForJob(job.Description{Lines: []job.Line{{Text: "Kafka, SQS, RabbitMQ", Kind: job.Must}}})
	got := Of(nil, k, Skills, q).Next
	want := Next{"Kafka", "No story proves it; one that does could also show SQS, RabbitMQ, beside it in the taxonomy."}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// FuzzNext holds that no open row would add more than the one that comes next, and
// that gaps are the musts that no story proves.
func FuzzNext(f *testing.F) {
	f.Add("Kafka and SQS, Redis", "Terraform, RabbitMQ", "I used Redis.")
	f.Add("Terraform", "Kafka, SQS", "")
	k := small(f)
	f.Fuzz(func(t *testing.T, must, nice, told string) {
		q := k.ForJob(job.Description{Lines: []job.Line{{Text: must, Kind: job.Must}, {Text: nice, Kind: job.Nice}}})
		m := Of([]story.Story{{ID: "a", Resolution: yaml.Text{told}}}, k, Skills, q)
		open := map[string]float64{}
		var gaps []string
		for _, r := range m.Rows {
			if r.Strength == None {
				open[r.Name] = 0.5
				if r.Must {
					open[r.Name] = 1
					gaps = append(gaps, r.Name)
				}
			}
		}
		if diff := cmp.Diff(gaps, m.Gaps); diff != "" {
			t.Errorf("gaps: %s", diff)
		}
		adds := func(name string) float64 {
			sum := open[name]
			for _, near := range k.Skills.Related(name) {
				sum += open[near]
			}
			return sum
		}
		for name := range open {
			if adds(name) > adds(m.Next.Name) {
				t.Errorf("%s adds %v, next is %s with %v", name, adds(name), m.Next.Name, adds(m.Next.Name))
			}
		}
	})
}
