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
	wants   []wanted
	words   stemmer         // for the reasons
	forms   map[string]bool // the query's words as it has them, folded; for the reasons
	model   *encoder.Model  // nil where there is no encoder
}

// wanted is a wanted skill, with the taxonomy's neighbours of it.
type wanted struct {
	skillName
	weight float64
	near   []skillName
	tool   bool // a technology that a question names
}

// skillName is a skill's name with its number.
type skillName struct {
	name   string
	number uint64
}

// askedLine is a line of the query: its words, and its meaning where there is an
// encoder.
type askedLine struct {
	terms   []term
	weight  float64
	meaning encoder.Query
}

func newAsk(q Query, k Knowledge) *ask {
	a := &ask{query: q, weights: QuestionWeights(), words: stemmer{}, forms: map[string]bool{}}
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
		a.wants = append(a.wants, k.wanted(w, q.Kind == KindQuestion))
	}
	a.asked = a.particular()
	return a
}

func (k Knowledge) wanted(w Want, question bool) wanted {
	out := wanted{skillName: skillName{w.Name, number(w.Name)}, weight: w.Weight, tool: question && k.tool(w.Name)}
	for _, name := range k.skills().Related(w.Name) {
		out.near = append(out.near, skillName{name, number(name)})
	}
	return out
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
			line.meaning = a.model.Line(kept.Whole())
		default:
			line.meaning = a.model.Query(kept.Whole())
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

// parts gives a story's parts of the score. Its vectors are unpacked into memory that
// one goroutine uses again and again.
func (a *ask) parts(c *card, memory *encoder.Encoding) Parts {
	c.kept.Unpack(memory)
	return Parts{
		Meaning: a.meaning(memory, c.kept.Crowd()), Words: a.wording(c), Passage: a.passage(c),
		Skills: a.skills(c), Competencies: a.claims(c, memory.Whole), Unmet: a.unmet(c),
	}
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
func (a *ask) meaning(e *encoder.Encoding, crowd float32) float64 {
	if a.model == nil {
		return 0
	}
	return a.perLine(func(l askedLine) float64 {
		near := float64(a.model.Score(l.meaning.Terms(*e, crowd)))
		if a.query.Kind == KindJob {
			return math.Exp(lineSharpness * near)
		}
		return near
	})
}

const lineSharpness = 0.5

// wording is how much of the query's words the story holds.
func (a *ask) wording(c *card) float64 {
	return a.perLine(func(l askedLine) float64 { return c.held(l.terms) })
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
	if c.present(asked) < leastTogether*all {
		return 0 // no sentence holds what the story does not
	}
	most := c.together(asked)
	if most < leastTogether*all || all == 0 {
		return 0
	}
	return most * most / all
}

// skills is how much of the wanted skills the story shows.
func (a *ask) skills(c *card) float64 {
	var sum float64
	for _, w := range a.wants {
		if f := w.find(c); f.depth > Absent {
			sum += w.weight * viaCredit[f.via] * depthCredit[f.depth]
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
	for _, w := range a.wants {
		if w.tool && w.find(c).depth == Absent {
			sum += w.weight
		}
	}
	return sum
}

// claims is how far what the story is claimed for is what the query probes.
func (a *ask) claims(c *card, whole encoder.Passage) float64 {
	var sum float64
	for _, p := range a.query.Competencies {
		credit, _ := a.credit(c, p.ID, whole)
		sum += p.Weight * credit
	}
	return sum
}

// credit is how firmly a story is claimed for a competency, 0 to 1, and whether it is
// at all. Where its teller claims nothing, what the encoder sees stands in.
func (a *ask) credit(c *card, id string, whole encoder.Passage) (credit float64, claimed bool) {
	if len(c.claimed) > 0 {
		rank := slices.Index(c.claimed, id)
		if rank < 0 {
			return 0, false
		}
		return claimCredit[min(rank, len(claimCredit)-1)], true
	}
	if a.model == nil || !a.model.Knows(id) {
		return 0, false
	}
	return inferredCredit * float64(a.model.StoryCompetency(id, whole)), true
}

// found is how a story shows a wanted skill.
type found struct {
	via   string
	depth Depth  // Absent where it does not
	as    string // the name it shows it by: its own, a neighbour's, or a tag
}

// find gives how the story shows a wanted skill: itself, else by its deepest
// neighbour, else by a tag that looks like it.
func (w wanted) find(c *card) found {
	if via, depth := c.how(w.number); depth > Absent {
		return found{via, depth, w.name}
	}
	var best found
	for _, near := range w.near {
		if _, depth := c.how(near.number); depth > best.depth {
			best = found{related, depth, near.name}
		}
	}
	if best.depth > Absent {
		return best
	}
	if tag, ok := fuzzyTag(w.name, c.loose); ok {
		return found{loosely, Tagged, tag}
	}
	return found{}
}

// evidence is the sentence in which the skill stands, or the tag.
func (f found) evidence(w *whole) string {
	if f.via == loosely {
		return f.as
	}
	return w.shown[f.as].Evidence(w.story)
}

// shared gives the query's words, as they stand in it, whose stems the story holds:
// the weightiest first, each once.
func (a *ask) shared(c *card) []term {
	var out []term
	for _, l := range a.lines {
		for _, t := range l.terms {
			if c.weight(t.number) > 0 && !slices.ContainsFunc(out, func(o term) bool { return o.stem == t.stem }) {
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
