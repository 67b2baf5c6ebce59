package match

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/kept"
	"github.com/prep-cli/prep/pkg/story"
)

// Vectors are the encoder and the way to its encodings. Nil stands for no encoder:
// then nothing has a meaning.
type Vectors struct {
	Model *encoder.Model
	// Encode gives an encoding for each text, kept or anew; what says in a word or
	// two what the texts are.
	Encode func(texts []string, what string) []encoder.Kept
	// Find gives the encoding that was kept under a key; nil where none are kept.
	Find func(kept.Key) (encoder.Kept, bool)
}

// find gives a kept encoding; that of anything is nothing where there is no encoder.
func (v *Vectors) find(k kept.Key) (encoder.Kept, bool) {
	switch {
	case v == nil:
		return encoder.Kept{}, true
	case v.Find == nil:
		return encoder.Kept{}, false
	}
	return v.Find(k)
}

func (v *Vectors) encode(texts []string, what string) []encoder.Kept {
	if v == nil {
		return make([]encoder.Kept, len(texts))
	}
	return v.Encode(texts, what)
}

// asks gives how surely a question or a line asks for each competency.
func (v *Vectors) asks(p encoder.Passage) []encoder.Score {
	if v == nil {
		return nil
	}
	return v.Model.QuestionCompetencies(p)
}

// shows gives how surely a story shows each competency.
func (v *Vectors) shows(p encoder.Passage) []encoder.Score {
	if v == nil {
		return nil
	}
	return v.Model.StoryCompetencies(p)
}

func (v *Vectors) knows(id string) bool { return v != nil && v.Model.Knows(id) }

// leastInferred is how sure the encoder must be of a competency for it to stand in
// where a story claims none.
const leastInferred = 0.3

// mostInferred is how many competencies a story is taken to be claimed for.
const mostInferred = 4

// Infer reads the stories that claim no competency, all at once, and gives what the
// encoder sees in each of them, the surest first; nothing for a story that claims its
// own, or where there is no encoder.
func (k Knowledge) Infer(stories []story.Story) func(*story.Story) []string {
	var silent, prose []string
	for i := range stories {
		if len(stories[i].Competencies) == 0 {
			silent, prose = append(silent, stories[i].ID), append(prose, ProseOf(&stories[i]).Text)
		}
	}
	seen := map[string][]string{}
	for i, kept := range k.Vectors.encode(prose, "stories") {
		seen[silent[i]] = surest(k.Vectors.shows(kept.Whole()))
	}
	return func(s *story.Story) []string { return seen[s.ID] }
}

func surest(all []encoder.Score) []string {
	slices.SortStableFunc(all, func(a, b encoder.Score) int { return cmp.Compare(b.Score, a.Score) })
	var out []string
	for _, s := range all[:min(mostInferred, len(all))] {
		if float64(s.Score) >= leastInferred {
			out = append(out, s.ID)
		}
	}
	return out
}
