package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/training/graded"
)

// matcher ranks as the program does.
type matcher struct {
	know    match.Knowledge
	library *match.Library
}

func newMatcher(know match.Knowledge, s graded.Set) matcher {
	return matcher{know, know.Read(s.Stories)}
}

func (m matcher) question(w match.Weights) func(graded.Query) []float64 {
	return func(q graded.Query) []float64 { return m.score(m.know.ForQuestion(q.Text), w) }
}

func (m matcher) job(w match.Weights) func(graded.Query) []float64 {
	return func(q graded.Query) []float64 { return m.score(m.know.ForJob(q.Posting), w) }
}

func (m matcher) score(q match.Query, w match.Weights) []float64 {
	asked, parts := m.library.Look(q)
	scores := make([]float64, len(parts))
	for i, p := range parts {
		scores[i] = w.Score(asked, p)
	}
	return scores
}

// refuses says whether the program would say that no story fits.
func (m matcher) refuses(text string) bool {
	return slices.Max(m.score(m.know.ForQuestion(text), match.QuestionWeights())) < match.Threshold
}

// parts are the parts of a score, and the weights without each.
var parts = []struct {
	name    string
	without func(match.Weights) match.Weights
}{
	{"meaning", func(w match.Weights) match.Weights { w.Meaning = 0; return w }},
	{"words", func(w match.Weights) match.Weights { w.Words, w.Passage = 0, 0; return w }},
	{"skills", func(w match.Weights) match.Weights { w.Skills = 0; return w }},
	{"competencies", func(w match.Weights) match.Weights { w.Competencies = 0; return w }},
}

// kinds gives the values of a key in order of first appearance.
func kinds[T any](all []T, of func(T) string) []string {
	var out []string
	for _, x := range all {
		if !slices.Contains(out, of(x)) {
			out = append(out, of(x))
		}
	}
	return out
}

// sayForms prints how well the matcher stands a question's form.
func sayForms(w io.Writer, sets []graded.Set, forms []graded.Form, know match.Knowledge) {
	for _, kind := range kinds(forms, func(f graded.Form) string { return f.Form }) {
		var said, as, refused []float64
		var saidFirst, asFirst []float64
		for _, s := range sets {
			m := newMatcher(know, s.Bare())
			score := m.question(match.QuestionWeights())
			for _, f := range forms {
				if f.Set != s.Name || f.Form != kind {
					continue
				}
				q := s.Questions[slices.IndexFunc(s.Questions, func(q graded.Query) bool { return q.ID == f.Question })]
				original := graded.Measure([]graded.Query{q}, s.Stories, score)
				q.Text = f.Text
				form := graded.Measure([]graded.Query{q}, s.Stories, score)
				said, as = append(said, form.NDCG), append(as, original.NDCG)
				saidFirst, asFirst = append(saidFirst, form.Success), append(asFirst, original.Success)
				refused = append(refused, number(m.refuses(f.Text)))
			}
		}
		fmt.Fprintf(w, "%-44s  %.3f/%.3f  %.3f/%.3f  (%d, %.0f%% refused)\n", kind, mean(said), mean(saidFirst), mean(as), mean(asFirst), len(said), 100*mean(refused))
	}
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func mean(all []float64) float64 {
	var sum float64
	for _, x := range all {
		sum += x
	}
	return sum / float64(max(1, len(all)))
}

// refusals gives the share of foreign questions and of answerable ones that are
// refused.
func refusals(s graded.Set, foreign []graded.Foreign, know match.Knowledge) (strangers, answerable []float64) {
	m := newMatcher(know, s)
	for _, q := range graded.To(s.Name, foreign) {
		strangers = append(strangers, number(m.refuses(q.Text)))
	}
	for _, q := range s.Questions {
		if len(q.Grades) > 0 && slices.Max(slices.Collect(maps.Values(q.Grades))) >= 2 {
			answerable = append(answerable, number(m.refuses(q.Text)))
		}
	}
	return strangers, answerable
}

func sayRefusals(w io.Writer, sets []graded.Set, foreign []graded.Foreign, know match.Knowledge) {
	for _, claiming := range []struct {
		name string
		of   func(graded.Set) graded.Set
	}{{"no competency claimed", graded.Set.Bare}, {"competencies claimed", graded.Set.Claimed}} {
		fmt.Fprintf(w, "%-44s", claiming.name)
		var strangers, answerable []float64
		for _, s := range sets {
			x, y := refusals(claiming.of(s), foreign, know)
			fmt.Fprintf(w, "  %.3f/%.3f", mean(x), mean(y))
			strangers, answerable = append(strangers, x...), append(answerable, y...)
		}
		fmt.Fprintf(w, "  all %.3f/%.3f\n", mean(strangers), mean(answerable))
	}
}

// skillCounts are the skills found in postings against the gold ones.
type skillCounts struct{ found, right, gold, hit, must int }

func (c skillCounts) plus(o skillCounts) skillCounts {
	return skillCounts{c.found + o.found, c.right + o.right, c.gold + o.gold, c.hit + o.hit, c.must + o.must}
}

func (c skillCounts) precision() float64 { return float64(c.right) / float64(c.found) }
func (c skillCounts) recall() float64    { return float64(c.hit) / float64(c.gold) }
func (c skillCounts) f1() float64 {
	return 2 * c.precision() * c.recall() / (c.precision() + c.recall())
}

func (c skillCounts) String() string {
	return fmt.Sprintf("%.3f/%.3f/%.3f/%.3f", c.precision(), c.recall(), c.f1(), float64(c.must)/float64(c.hit))
}

// countSkills compares: a skill is right where its name is the gold name or one of
// its accepted forms, ignoring case, and nothing else.
func countSkills(know match.Knowledge, postings []graded.Query) skillCounts {
	var c skillCounts
	for _, p := range postings {
		wants := know.ForJob(p.Posting).Skills
		c.found += len(wants)
		c.gold += len(p.Skills)
		for _, w := range wants {
			if slices.ContainsFunc(p.Skills, func(g graded.Skill) bool { return named(w.Name, g) }) {
				c.right++
			}
		}
		for _, g := range p.Skills {
			if i := slices.IndexFunc(wants, func(w match.Want) bool { return named(w.Name, g) }); i >= 0 {
				c.hit++
				if wants[i].Must == g.Must {
					c.must++
				}
			}
		}
	}
	return c
}

func named(name string, g graded.Skill) bool {
	return slices.ContainsFunc(append([]string{g.Name}, g.Accept...), func(s string) bool { return strings.EqualFold(s, name) })
}

func saySkills(w io.Writer, sets []graded.Set, know match.Knowledge) {
	var all skillCounts
	fmt.Fprintf(w, "%-44s", "postings")
	for _, s := range sets {
		c := countSkills(know, s.Jobs)
		fmt.Fprintf(w, "  %s", c)
		all = all.plus(c)
	}
	fmt.Fprintf(w, "  all %s\n", all)
}
