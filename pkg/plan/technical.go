package plan

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
)

// putTechnical adds the technical question in most demand, if there is one and room.
func (c *chooser) putTechnical() {
	var best *question.Question
	var most demand
	for i := range c.bank {
		q := &c.bank[i]
		if behavioural(*q) || !c.may(q) {
			continue
		}
		if d := c.demand(q); d.must+d.nice > 0 && (best == nil || d.compare(most) > 0) {
			best, most = q, d
		}
	}
	if best != nil {
		c.add(best, c.quotes.skill(c.subject(best)))
	}
}

// demand is how much of what the posting wants a technical question asks for that
// was not asked for yet.
type demand struct {
	must, nice float64
	first      int // where the first of those skills stands among the wanted
}

func (d demand) compare(e demand) int {
	return cmp.Or(cmp.Compare(d.must, e.must), cmp.Compare(d.nice, e.nice), cmp.Compare(e.first, d.first))
}

// subject is the skill that a technical question is put for: of those wanted and not
// asked for yet the first that its text names, else the first.
func (c *chooser) subject(q *question.Question) string {
	var unasked []string
	for _, name := range q.Skills {
		if name = c.skill(name); !c.asked[name] {
			if _, wanted := c.skills[name]; wanted {
				unasked = append(unasked, name)
			}
		}
	}
	for _, m := range c.know.Skills.Mentions(q.Text) {
		if slices.Contains(unasked, m.Skill) {
			return m.Skill
		}
	}
	return unasked[0]
}

// demand counts what a question asks for, nothing where it is mostly about something
// else.
func (c *chooser) demand(q *question.Question) demand {
	d := demand{first: len(c.posting.Skills)}
	named, first := 0, false
	for rank, name := range q.Skills {
		name = c.skill(name)
		i, wanted := c.skills[name]
		if !wanted {
			continue
		}
		named++
		first = first || rank == 0
		if !c.asked[name] {
			d = d.with(c.posting.Skills[i], rank, i, c.fit(q))
		}
	}
	if !first && 2*named < len(q.Skills) {
		return demand{}
	}
	return d
}

// with counts the i-th wanted skill, which stands at that rank in the question.
func (d demand) with(w match.Want, rank, i int, fit float64) demand {
	worth := w.Weight * fit
	if rank > 0 {
		worth /= 2
	}
	if w.Must {
		d.must += worth
	} else {
		d.nice += worth
	}
	d.first = min(d.first, i)
	return d
}

// skill gives the taxonomy's name of a skill.
func (c *chooser) skill(name string) string {
	if s, known := c.know.Skills.Find(name); known {
		return s.Name
	}
	return name
}
