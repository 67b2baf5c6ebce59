// Package tag says which competencies and skills a story shows, each with the
// sentence that shows it, beside those its teller claims.
//
// Competencies are what the encoder's head for stories sees in the whole text; the
// evidence is the sentence in which it sees the same most surely. Skills are those
// the taxonomy finds in the text. Both are suggestions: what a teller claims is for
// the teller to say, and nothing here changes a story.
package tag

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

const (
	usual = 3   // how many competencies are suggested for a story
	sure  = 0.5 // and beyond those, what the encoder is this sure of
	least = 0.1 // what it is less sure of is not suggested at all
)

// Tags are the suggestions for one story.
type Tags struct {
	ID           string
	Competencies []Competency // the surest first; claimed ones that it does not see last
	Skills       []Skill      // sorted by name
}

// Competency is one that the story shows, or that its teller claims.
type Competency struct {
	ID       string
	Score    float64 // how sure the encoder is, 0 to 1
	Evidence string  // a sentence of the story; "" where its text has none
	Claimed  bool
}

// Skill is one that the story's text shows.
type Skill struct {
	Name     string // as the taxonomy writes it
	Evidence string // a sentence of the story
	Claimed  bool   // whether a tag of the story means it
}

// Of suggests tags for s, whose prose the model encoded as e.
func Of(s *story.Story, model *encoder.Model, e encoder.Encoding, know match.Knowledge) Tags {
	return Tags{ID: s.ID, Competencies: competencies(s, model, e), Skills: skills(s, know)}
}

func competencies(s *story.Story, model *encoder.Model, e encoder.Encoding) []Competency {
	scores := model.StoryCompetencies(e.Whole)
	slices.SortStableFunc(scores, func(a, b encoder.Score) int { return cmp.Compare(b.Score, a.Score) })
	evidence := evidenceIn(s, model, e)
	var out []Competency
	seen := map[string]bool{}
	for i, score := range scores {
		claimed := slices.Contains(s.Competencies, score.ID)
		suggested := score.Score >= least && i < usual || score.Score >= sure
		if suggested || claimed {
			out = append(out, Competency{score.ID, float64(score.Score), evidence(score.ID), claimed})
			seen[score.ID] = true
		}
	}
	for _, id := range s.Competencies { // the user's own, which the encoder cannot know
		if !seen[id] {
			out = append(out, Competency{ID: id, Claimed: true})
		}
	}
	return out
}

// evidenceIn gives, for a competency, the sentence that shows it most surely.
func evidenceIn(s *story.Story, model *encoder.Model, e encoder.Encoding) func(id string) string {
	prose := match.ProseOf(s)
	best, at := map[string]float32{}, map[string]string{}
	for _, sentence := range e.Sentences {
		passage, ok := prose.Passage(sentence.Span)
		if !ok {
			continue
		}
		for _, score := range model.StoryCompetencies(sentence) {
			if score.Score > best[score.ID] {
				best[score.ID], at[score.ID] = score.Score, passage.Text
			}
		}
	}
	return func(id string) string { return at[id] }
}

func skills(s *story.Story, know match.Knowledge) []Skill {
	claimed := claims(s.Skills, know.Skills)
	var out []Skill
	for _, shown := range know.Shows(s) {
		if shown.Depth > match.Tagged {
			out = append(out, Skill{shown.Name, shown.Evidence(s), claimed[shown.Name]})
		}
	}
	return out
}

// claims gives the skills that tags mean.
func claims(tags []string, taxonomy *skill.Taxonomy) map[string]bool {
	out := map[string]bool{}
	for _, t := range tags {
		if s, ok := taxonomy.Find(t); ok {
			out[s.Name] = true
		}
		for _, m := range taxonomy.Mentions(t) {
			out[m.Skill] = true
		}
	}
	return out
}
