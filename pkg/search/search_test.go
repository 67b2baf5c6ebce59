package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

var library = []story.Story{
	{ID: "billing-stood-still", Title: "Billing stood still", Company: "Northwind", Date: "2023-05", Problem: yaml.Text{"The consumers lagged for hours.", "Invoices were late."}, Skills: []string{"Apache Kafka"}},
	{ID: "lift", Title: "The lift", Problem: yaml.Text{"It was stuck with the mayor inside."}, Competencies: []string{"composure"}},
	{ID: "orders-out-twice", Title: "Orders went out twice", Problem: yaml.Text{"A consumer restarted and read its offset again."}, RootCause: yaml.Text{"Postgres lost the lock."}},
	{ID: "pods", Title: "Kafka on k8s", Problem: yaml.Text{"The pods were evicted."}},
}

func TestStories(t *testing.T) {
	for _, tc := range []struct{ why, query, want string }{
		{"blanks ask for all", " ", "billing-stood-still lift orders-out-twice pods"},
		{"signs ask for nothing that is written", "?!", ""},
		{"a word in another form", "lagging", "billing-stood-still"},
		{"of several words the stories with most come first", "kafka lag", "billing-stood-still pods"},
		{"of equal ones that with the word in its title", "kafka", "pods billing-stood-still"},
		{"then by id", "consumers", "billing-stood-still orders-out-twice"},
		{"a skill by another of its names", "Kubernetes", "pods"},
		{"the same the other way round", "PostgreSQL", "orders-out-twice"},
		{"a company", "northwind", "billing-stood-still"},
		{"a date", "2023-05", "billing-stood-still"},
		{"a competency", "composure", "lift"},
		{"an id as one has it in mind", "orders-out-twice", "orders-out-twice"},
		{"words such as the do not count beside others", "the mayor", "lift"},
		{"alone they do", "with the", "lift billing-stood-still orders-out-twice pods"},
		{"what nobody wrote", "zeppelin", ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, ids(Stories(library, tc.query, skill.Default()))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func ids(stories []story.Story) string {
	var out []string
	for _, s := range stories {
		out = append(out, s.ID)
	}
	return strings.Join(out, " ")
}

// Whatever is asked, each story comes once at most, and a word of its own finds it.
func FuzzStories(f *testing.F) {
	for _, s := range []string{"kafka lag", "the", "c++ Größe", "-", "it's", "node.js ci/cd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		stories := append(slices.Clone(library), story.Story{ID: "zz", Title: "Another", Problem: yaml.Text{query}})
		got := Stories(stories, query, skill.Default())
		seen := map[string]bool{}
		for _, s := range got {
			if seen[s.ID] {
				t.Fatalf("%s twice", s.ID)
			}
			seen[s.ID] = true
		}
		if len(terms(query, skill.Default())) > 0 && !seen["zz"] {
			t.Fatalf("%q does not find the story that holds it", query)
		}
	})
}

func BenchmarkStories(b *testing.B) {
	stories := make([]story.Story, 0, 500)
	for i := range 500 {
		s := library[i%len(library)]
		s.ID = fmt.Sprintf("%s-%03d", s.ID, i)
		stories = append(stories, s)
	}
	for b.Loop() {
		Stories(stories, "kafka consumers that lag", skill.Default())
	}
}
