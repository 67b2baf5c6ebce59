package sheet_test

import (
	"fmt"
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
	"github.com/prep-cli/prep/pkg/sheet"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

const posting = `Engineer, Streams

About Fernwick
Fernwick moves the mail of two thousand small shops.
We like boring Mondays.

What you will do
- Keep our queues short on the busiest day of the year
- Find out why a consumer lags
- Have fun

Requirements
- Docker, Terraform and Kafka in production
- PostgreSQL

Nice to have
- Kubernetes
`

// description reads a posting.
func description(t *testing.T, s string) job.Description {
	t.Helper()
	d, err := job.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// know is the taxonomy, and a bank of three questions.
func know() match.Knowledge {
	return match.Knowledge{Skills: skill.Default(), Bank: []question.Question{
		{ID: "kafka", Text: "When did Kafka surprise you?", Skills: []string{"Kafka"}, Level: "mid"},
		{ID: "failure", Text: "Tell me about a serious failure of yours.", Competencies: []string{"failure"}, Level: "mid"},
		{ID: "docker", Text: "When did Docker surprise you?", Skills: []string{"Docker"}, Level: "mid"},
	}}
}

var lag = story.Story{
	ID: "lag", Title: "The lag", Role: "Engineer", Company: "Acme", Date: "2024",
	Problem:    yaml.Text{"Our Kafka consumers fell five hours behind."},
	Resolution: yaml.Text{"I gave the Kafka topic more partitions.", "I moved the slow work to RabbitMQ."},
	Impact:     yaml.Text{"The lag went from five hours to four seconds."},
	Skills:     []string{"PostgreSQL"},
}

func of(t *testing.T, stories ...story.Story) sheet.Sheet {
	t.Helper()
	return sheet.Of(description(t, posting), stories, know(), competency.Framework{}, star.Options{})
}

func TestJobInItsOwnThreeLines(t *testing.T) {
	want := []sheet.Line{
		{Kind: job.About, Text: "Fernwick moves the mail of two thousand small shops."},
		{Kind: job.Duty, Text: "Keep our queues short on the busiest day of the year"},
		{Kind: job.Must, Text: "Docker, Terraform and Kafka in production"},
	}
	if diff := cmp.Diff(want, of(t).Job); diff != "" {
		t.Error(diff)
	}
	d := description(t, "Requirements\n- Kafka\n- Go\n- Docker\n- Linux\n")
	if got := sheet.Of(d, nil, know(), competency.Framework{}, star.Options{}).Job; len(got) != 3 {
		t.Errorf("a posting of requirements alone: %v", got)
	}
}

func TestQuestionsTellStories(t *testing.T) {
	s := of(t, lag)
	told := sheet.Ref{ID: "lag", Title: "The lag", Number: 1}
	at := slices.IndexFunc(s.Questions, func(q sheet.Question) bool { return strings.Contains(q.Text, "Kafka") })
	if at < 0 || s.Questions[at].Story != told || !strings.Contains(s.Questions[at].Opening, "four seconds") {
		t.Fatalf("%+v", s.Questions)
	}
	if len(s.Stories) != 1 || s.Stories[0].Ref != told || !slices.Contains(s.Stories[0].Answers, at+1) {
		t.Errorf("%+v", s.Stories)
	}
	if len(s.Stories[0].Parts) == 0 {
		t.Error("the story is not told")
	}
}

// What no story proves is never said to be proved: it has what comes nearest, or
// nothing.
func TestGapsAreHonest(t *testing.T) {
	s := of(t, lag)
	told := sheet.Ref{ID: "lag", Title: "The lag", Number: 1}
	want := []sheet.Bridge{{Skill: "PostgreSQL", Must: true, Near: "PostgreSQL", Depth: match.Tagged, Story: told}}
	if diff := cmp.Diff(want, s.Bridges); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Docker", "Terraform", "Kubernetes"}, slices.DeleteFunc(slices.Clone(s.Bare), func(n string) bool { return n == "Production operations" })); diff != "" {
		t.Error(diff)
	}
	containers := lag
	containers.ID, containers.Resolution = "containers", yaml.Text{"I packed the consumers with Docker."}
	s = of(t, lag, containers)
	near := slices.IndexFunc(s.Bridges, func(b sheet.Bridge) bool { return b.Skill == "Kubernetes" })
	if near < 0 || s.Bridges[near].Near != "Docker" || s.Bridges[near].Depth != match.Proved || s.Bridges[near].Story.ID != "containers" {
		t.Errorf("%+v", s.Bridges)
	}
	for _, b := range s.Bridges {
		if !slices.Contains(know().Skills.Related(b.Skill), b.Near) && b.Near != b.Skill {
			t.Errorf("%s is no neighbour of %s", b.Near, b.Skill)
		}
	}
}

// What is asked quotes the posting and adds nothing of its own to it.
func TestAskInThePostingsWords(t *testing.T) {
	s := of(t, lag)
	var lines []string
	for _, a := range s.Ask {
		lines = append(lines, a.Line)
		if !strings.Contains(posting, a.Line) {
			t.Errorf("%q is not in the posting", a.Line)
		}
	}
	want := []string{
		"Find out why a consumer lags",                         // what the sheet does not open with comes first
		"Keep our queues short on the busiest day of the year", // "Have fun" says too little
		"Docker, Terraform and Kafka in production",
		"Kubernetes",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

// The columns of the heat map have the numbers of the stories.
func TestHeatMapIsNumberedAsTheStories(t *testing.T) {
	other := story.Story{ID: "a", Title: "A", Problem: yaml.Text{"It broke."}, Resolution: yaml.Text{"I used PostgreSQL, Terraform and Docker."}}
	s := of(t, other, lag)
	for i, st := range s.Stories {
		if s.Matrix.Told[i].ID != st.ID || st.Number != i+1 {
			t.Errorf("column %d is %s, story %d is %s", i+1, s.Matrix.Told[i].ID, st.Number, st.ID)
		}
	}
	for _, r := range s.Matrix.Rows {
		if len(r.Stories) == 0 {
			t.Errorf("%s has a row, and no story shows it", r.Name)
		}
	}
	if s.Wanted-s.Proved != len(s.Bridges)+len(s.Bare)+s.Unnamed {
		t.Errorf("%d wanted, %d proved; %d bridges, %d others and %d more", s.Wanted, s.Proved, len(s.Bridges), len(s.Bare), s.Unnamed)
	}
}

// Nothing to tell and nothing to ask is an empty sheet.
func TestEmpty(t *testing.T) {
	if got := sheet.Of(job.Description{}, nil, match.Knowledge{}, competency.Framework{}, star.Options{}); len(got.Questions)+len(got.Stories)+len(got.Ask)+len(got.Bridges) > 0 {
		t.Errorf("%+v", got)
	}
}

// However much a library holds and however long its texts are, a sheet stays small.
func TestSheetStaysSmall(t *testing.T) {
	var stories []story.Story
	for i := range 30 {
		s := lag
		s.ID, s.Title = fmt.Sprintf("lag-%02d", i), strings.Repeat("The long lag of Kafka ", 20)
		s.Problem = yaml.Text{strings.Repeat("Kafka fell behind and ", 100) + "stopped."}
		stories = append(stories, s)
	}
	all := know()
	for i := range 20 {
		all.Bank = append(all.Bank, question.Question{ID: fmt.Sprintf("q-%02d", i), Text: fmt.Sprintf("When did Kafka fall behind, %d?", i), Skills: []string{"Kafka"}, Level: "mid"})
	}
	postings, err := filepath.Glob("../../prompts/jobs/*.txt")
	if err != nil || len(postings) == 0 {
		t.Fatal(postings, err)
	}
	for _, file := range postings {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := sheet.Of(description(t, string(text)), stories, all, competency.Framework{}, star.Options{})
		characters := 0
		for _, st := range s.Stories {
			characters += len(st.Title)
			for _, p := range st.Parts {
				characters += len(strings.Join(p.Sentences, ""))
			}
		}
		for _, q := range s.Questions {
			characters += len(q.Text + q.Opening + q.Story.Title + q.Backup.Title)
		}
		if characters > 10_000 || len(s.Questions) > 8 || len(s.Stories) > 6 {
			t.Errorf("%s: %d questions, %d stories, %d characters", file, len(s.Questions), len(s.Stories), characters)
		}
	}
}
