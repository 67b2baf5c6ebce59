package tag_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/tag"
	"github.com/prep-cli/prep/pkg/yaml"
)

func tags(t *testing.T, s story.Story) tag.Tags {
	t.Helper()
	model, err := encoder.Open()
	if err != nil {
		t.Fatal(err)
	}
	return tag.Of(&s, model, model.Encode(match.ProseOf(&s).Text), match.Knowledge{Skills: skill.Default()})
}

// A sentence that a tag is shown with stands in the story, word for word.
func TestEvidenceStandsInTheStory(t *testing.T) {
	stories, err := story.Load(os.DirFS("../../stories"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		got := tags(t, s)
		if len(got.Competencies) == 0 {
			t.Errorf("%s: no competency", s.ID)
		}
		for _, c := range got.Competencies {
			if c.Evidence == "" || !holds(s, c.Evidence) {
				t.Errorf("%s: %s: %q", s.ID, c.ID, c.Evidence)
			}
			if c.Claimed != slices.Contains(s.Competencies, c.ID) {
				t.Errorf("%s: %s: claimed is %v", s.ID, c.ID, c.Claimed)
			}
		}
		for _, k := range got.Skills {
			if !holds(s, k.Evidence) {
				t.Errorf("%s: %s: %q", s.ID, k.Name, k.Evidence)
			}
		}
	}
}

func holds(s story.Story, sentence string) bool {
	all := []string{s.Title}
	for _, field := range story.TextFields {
		all = append(all, s.Text(field)...)
	}
	return slices.ContainsFunc(all, func(t string) bool { return strings.Contains(t, sentence) })
}

func TestWhatATellerClaimsIsAlwaysListed(t *testing.T) {
	s := story.Story{
		ID: "lost-rows", Title: "Lost rows",
		Problem:    yaml.Text{"I deleted more rows in production than I meant to."},
		Resolution: yaml.Text{"I told my manager at once and restored them from the PostgreSQL backup."},
		Hindsight:  yaml.Text{"I could have tested it on Kubernetes first."},
		Skills:     []string{"postgres"}, Competencies: []string{"gardening", "hiring"},
	}
	got := tags(t, s)
	if first := got.Competencies[0]; first.ID != "failure" || first.Claimed {
		t.Errorf("the surest is %+v, want failure, not claimed", first)
	}
	for _, id := range s.Competencies {
		if !slices.ContainsFunc(got.Competencies, func(c tag.Competency) bool { return c.ID == id && c.Claimed }) {
			t.Errorf("%s is claimed and missing from %+v", id, got.Competencies)
		}
	}
	for _, k := range got.Skills {
		if k.Name == "Kubernetes" {
			t.Error("hindsight is no evidence of a skill")
		}
		if k.Name == "PostgreSQL" && !k.Claimed {
			t.Error("the tag postgres means PostgreSQL")
		}
	}
}
