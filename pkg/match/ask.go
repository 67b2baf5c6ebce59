package match

import (
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/skill"
)

// How a wanted skill was found, beside skill.Exact and skill.Alias.
const (
	related = "related" // by a neighbour in the taxonomy
	loosely = "fuzzy"   // by a tag that looks like its name
)

// What a story that shows a wanted skill is credited with: by depth, and less for a
// neighbour or a likeness. Set by hand, for the training stories carry no skill tags.
var (
	depthCredit = map[Depth]float64{Proved: 1, Mentioned: 0.7, Tagged: 0.6}
	viaCredit   = map[string]float64{skill.Exact: 1, skill.Alias: 1, related: 0.35, loosely: 0.5}
)

// claimCredit is what a claimed competency counts by its rank in the story: the
// strongest stands first.
var claimCredit = []float64{1, 0.8, 0.65, 0.5, 0.4}

// ask is a query made ready to be put to many stories.
type ask struct {
	query   Query
	weights weights
	lines   []askedLine
	near    map[string][]string // the taxonomy's neighbours of each wanted skill
	skills  float64             // the weight of all wanted skills
	words   stemmer             // for the reasons
}

type askedLine struct {
	terms  []term
	weight float64
}

func newAsk(q Query, k Knowledge) *ask {
	a := &ask{query: q, weights: questionWeights, near: map[string][]string{}, words: stemmer{}}
	asking := inQuestions
	if q.Kind == KindJob {
		a.weights, asking = jobWeights, inPostings
	}
	for _, l := range q.Lines {
		if ts := terms(l.Text, asking); len(ts) > 0 && l.Kind != job.About {
			a.lines = append(a.lines, askedLine{ts, l.Weight})
		}
	}
	for _, w := range q.Skills {
		a.near[w.Name] = k.skills().Related(w.Name)
		a.skills += w.Weight
	}
	return a
}

// parts gives a story's parts of the score.
func (a *ask) parts(c *card) Parts {
	return Parts{Words: a.wording(c), Skills: a.skillShare(c), Competencies: a.claims(c)}
}

// wording is the share of the query's words that the story holds; those of a line
// count by the line's weight.
func (a *ask) wording(c *card) float64 {
	var sum, all float64
	for _, l := range a.lines {
		held, mass := share(l.terms, c.terms)
		sum += l.weight * held
		all += l.weight * mass
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// skillShare is how much of the wanted skills the story shows, by weight.
func (a *ask) skillShare(c *card) float64 {
	if a.skills == 0 {
		return 0
	}
	var sum float64
	for _, w := range a.query.Skills {
		if s, ok := a.find(w.Name, c); ok {
			sum += w.Weight * viaCredit[s.Via] * depthCredit[s.Depth]
		}
	}
	return sum / a.skills
}

// found is a wanted skill as a story shows it.
type found struct {
	Shown
	as string // the neighbour's name, where it is one
}

// find gives how the story shows a wanted skill: itself, else by its deepest
// neighbour, else by a tag that looks like it.
func (a *ask) find(want string, c *card) (found, bool) {
	if s, ok := c.shown[want]; ok {
		return found{Shown: s}, true
	}
	var best found
	for _, near := range a.near[want] {
		if s, ok := c.shown[near]; ok && s.Depth > best.Depth {
			s.Via = related
			best = found{s, near}
		}
	}
	if best.Depth > Absent {
		return best, true
	}
	if tag, ok := fuzzyTag(want, c.loose); ok {
		at := place{field: "skills", part: slices.Index(c.story.Skills, tag)}
		return found{Shown{want, loosely, Tagged, at}, tag}, true
	}
	return found{}, false
}

// claims is how far the story's claimed competencies are the probed ones.
func (a *ask) claims(c *card) float64 {
	var sum, all float64
	for _, p := range a.query.Competencies {
		all += p.Weight
		sum += p.Weight * p.Weight * claimed(c, p.ID)
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

func claimed(c *card, id string) float64 {
	rank := slices.Index(c.story.Competencies, id)
	if rank < 0 {
		return 0
	}
	return claimCredit[min(rank, len(claimCredit)-1)]
}

// shared gives the query's words, as they stand in it, whose stems the story holds:
// the weightiest first, each once.
func (a *ask) shared(c *card) []term {
	var out []term
	for _, l := range a.lines {
		for _, t := range l.terms {
			if weightOf(c.terms, t.stem) > 0 && !slices.ContainsFunc(out, func(o term) bool { return o.stem == t.stem }) {
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y term) int {
		switch {
		case x.weight > y.weight:
			return -1
		case x.weight < y.weight:
			return 1
		}
		return strings.Compare(x.stem, y.stem)
	})
	return out
}
