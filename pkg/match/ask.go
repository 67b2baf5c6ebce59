package match

import (
	"math"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/text"
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
// strongest stands first. What the encoder sees in a story that claims nothing
// counts inferredCredit times how sure it is.
var claimCredit = []float64{1, 0.8, 0.65, 0.5, 0.4}

const inferredCredit = 0.5

// ask is a query made ready to be put to many stories.
type ask struct {
	query   Query
	weights Weights
	asked   Asked
	lines   []askedLine
	near    map[string][]string // the taxonomy's neighbours of each wanted skill
	tools   map[string]bool     // the technologies that a question names
	words   stemmer             // for the reasons
	forms   map[string]bool     // the query's words as it has them, folded; for the reasons
	model   *encoder.Model      // nil where there is no encoder
}

// askedLine is a line of the query: its words, and its meaning where there is an
// encoder.
type askedLine struct {
	terms   []term
	weight  float64
	meaning encoder.Query
}

func newAsk(q Query, k Knowledge) *ask {
	a := &ask{query: q, weights: QuestionWeights(), near: map[string][]string{}, tools: map[string]bool{}, words: stemmer{}, forms: map[string]bool{}}
	if q.Kind == KindJob {
		a.weights = JobWeights()
	}
	if k.Vectors != nil {
		a.model = k.Vectors.Model
	} else {
		a.weights.Known = Known{} // nothing is familiar without an encoder
	}
	a.read(k)
	for _, w := range q.Skills {
		a.near[w.Name] = k.skills().Related(w.Name)
		a.tools[w.Name] = q.Kind == KindQuestion && k.tool(w.Name)
	}
	a.asked = a.particular()
	return a
}

// read reads the lines of the query.
func (a *ask) read(k Knowledge) {
	asking := inQuestions
	if a.query.Kind == KindJob {
		asking = inPostings
	}
	for i, kept := range k.Vectors.encode(texts(a.query.Lines), "what is asked") {
		l := a.query.Lines[i]
		for _, t := range text.Tokens(l.Text) {
			a.forms[t.Text] = true
		}
		line := askedLine{terms: terms(l.Text, asking), weight: l.Weight}
		switch {
		case l.Kind == job.About:
			continue
		case a.model == nil:
		case a.query.Kind == KindJob:
			line.meaning = a.model.Line(kept.Whole)
		default:
			line.meaning = a.model.Query(kept.Whole)
		}
		a.lines = append(a.lines, line)
	}
}

// particular is what the query asks for by itself.
func (a *ask) particular() Asked {
	out := Asked{Words: a.perLine(func(l askedLine) float64 { return mass(l.terms) })}
	out.Familiar = a.perLine(func(l askedLine) float64 { return float64(l.meaning.Familiar) })
	for _, w := range a.query.Skills {
		out.Skills += w.Weight
	}
	return out
}

// parts gives a story's parts of the score.
func (a *ask) parts(c *card) Parts {
	return Parts{Meaning: a.meaning(c), Words: a.wording(c), Passage: a.passage(c), Skills: a.skills(c), Competencies: a.claims(c), Unmet: a.unmet(c)}
}

// perLine is the weighted mean of f over the query's lines.
func (a *ask) perLine(f func(askedLine) float64) float64 {
	var sum, all float64
	for _, l := range a.lines {
		sum += l.weight * f(l)
		all += l.weight
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// meaning is how near the story comes to the question. For a posting the lines that
// it comes very near to count most: one line answered in full is worth many that are
// touched on.
func (a *ask) meaning(c *card) float64 {
	if a.model == nil {
		return 0
	}
	return a.perLine(func(l askedLine) float64 {
		near := float64(a.model.Score(l.meaning.Terms(c.kept.Encoding, c.kept.Crowd)))
		if a.query.Kind == KindJob {
			return math.Exp(lineSharpness * near)
		}
		return near
	})
}

const lineSharpness = 0.5

// wording is how much of the query's words the story holds.
func (a *ask) wording(c *card) float64 {
	return a.perLine(func(l askedLine) float64 { return held(l.terms, c.terms) })
}

// leastTogether is the share of what is asked that must stand in one sentence for
// it to count.
const leastTogether = 1. / 3

// passage is how much of the question's words stands together in one sentence: their
// rarity there, times its share of all that is asked.
func (a *ask) passage(c *card) float64 {
	if a.query.Kind == KindJob || len(a.lines) == 0 {
		return 0
	}
	asked := a.lines[0].terms
	all := mass(asked)
	if present(asked, c.terms) < leastTogether*all {
		return 0 // no sentence holds what the story does not
	}
	var most float64
	for _, s := range sentences(c, stemmer{}) { // its own stemmer: stories are scored on all cores
		most = max(most, s.overlap(asked))
	}
	if most < leastTogether*all || all == 0 {
		return 0
	}
	return most * most / all
}

// skills is how much of the wanted skills the story shows.
func (a *ask) skills(c *card) float64 {
	var sum float64
	for _, w := range a.query.Skills {
		if s, ok := a.find(w.Name, c); ok {
			sum += w.Weight * viaCredit[s.Via] * depthCredit[s.Depth]
		}
	}
	if a.query.Kind == KindJob && sum > 0 {
		return sum / a.asked.Skills
	}
	return sum
}

// unmet is how many technologies the question names that the story does not show.
func (a *ask) unmet(c *card) float64 {
	var sum float64
	for _, w := range a.query.Skills {
		if _, ok := a.find(w.Name, c); !ok && a.tools[w.Name] {
			sum += w.Weight
		}
	}
	return sum
}

// claims is how far what the story is claimed for is what the query probes.
func (a *ask) claims(c *card) float64 {
	var sum float64
	for _, p := range a.query.Competencies {
		sum += p.Weight * c.claims[p.ID]
	}
	return sum
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

// shared gives the query's words, as they stand in it, whose stems the story holds:
// the weightiest first, each once.
func (a *ask) shared(c *card) []term {
	var out []term
	for _, l := range a.lines {
		for _, t := range l.terms {
			if weightOf(c.terms, t) > 0 && !slices.ContainsFunc(out, func(o term) bool { return o.stem == t.stem }) {
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
