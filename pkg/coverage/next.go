package coverage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
)

// Next is what the next story had best show: the row with the largest gain.
type Next struct {
	Name string
	Why  string

	// Gain is the share of what is open that such a story would prove, 0 to 1: the row
	// itself and those that the taxonomy puts beside it. A must counts one, a
	// nice-to-have a half.
	Gain      float64
	Also      []string            // the open rows beside it
	Questions []question.Question // of the bank, which such a story would answer; at most two
}

// likely is how many questions come with the next story.
const likely = 2

// next gives the row whose story would add most. Of equals an open one comes before
// one that is proved already, a must before a nice-to-have, then the one that more
// questions probe, then the first.
func next(rows []row, k match.Knowledge, by By) Next {
	p := prospectOf(rows, k, by)
	best, largest := -1, 0.0
	for i := range rows {
		g := p.gain(i)
		if g > largest || g == largest && g > 0 && rows[i].before(&rows[best]) {
			best, largest = i, g
		}
	}
	if best < 0 {
		return Next{}
	}
	n := Next{Name: rows[best].Name, Gain: largest / p.all, Why: p.because(best, by)}
	for _, j := range p.beside[best] {
		n.Also = append(n.Also, rows[j].Name)
	}
	if by == Competencies {
		n.Questions = probing(n.Name, k.Bank)
	} else {
		n.Questions = naming(n, k)
	}
	return n
}

func (r *row) before(other *row) bool {
	if r.open() != other.open() {
		return r.open()
	}
	return cmp.Or(cmp.Compare(r.wanted, other.wanted), cmp.Compare(r.asked, other.asked)) > 0
}

// prospect is what stories yet to be written would add.
type prospect struct {
	rows   []row
	beside [][]int // for each row the open rows beside it
	all    float64 // what is open, weighed
}

func prospectOf(rows []row, k match.Knowledge, by By) prospect {
	p := prospect{rows: rows, beside: make([][]int, len(rows))}
	at := map[string]int{}
	for i := range rows {
		if rows[i].open() {
			at[rows[i].Name] = i
			p.all += rows[i].wanted
		}
	}
	if by == Competencies || k.Skills == nil {
		return p
	}
	for i := range rows {
		for _, name := range k.Skills.Related(rows[i].Name) {
			if j, open := at[name]; open && j != i {
				p.beside[i] = append(p.beside[i], j)
			}
		}
		slices.Sort(p.beside[i])
	}
	return p
}

// gain is what a story of the i-th row would prove of what is open, weighed.
func (p *prospect) gain(i int) float64 {
	var sum float64
	if p.rows[i].open() {
		sum = p.rows[i].wanted
	}
	for _, j := range p.beside[i] {
		sum += p.rows[j].wanted
	}
	return sum
}

// because says what a story of the i-th row would add.
func (p *prospect) because(i int, by By) string {
	r := &p.rows[i]
	var also []string
	for _, j := range p.beside[i] {
		also = append(also, p.rows[j].Name)
	}
	switch {
	case !r.open():
		return fmt.Sprintf("It is proved; another story of it could show %s, beside it in the taxonomy, which no story proves.", strings.Join(also, ", "))
	case len(also) > 0:
		return fmt.Sprintf("No story proves it; one that does could also show %s, beside it in the taxonomy.", strings.Join(also, ", "))
	case r.Must:
		return "No story proves it, and the job requires it."
	case by == Competencies && r.asked > 0:
		return fmt.Sprintf("No story shows it, and %d questions of the bank ask for it.", r.asked)
	case by == Competencies:
		return "No story shows it."
	case r.wanted < must:
		return "No story proves it, and the job would welcome it."
	}
	return "It is tagged, and no story proves it."
}

// probing gives questions that probe a competency: those that ask for no skill
// besides, and of them those that probe it most.
func probing(id string, bank []question.Question) []question.Question {
	const places = 3 // from the third on, a competency is only touched upon
	return best(bank, func(q *question.Question) int {
		place := slices.Index(q.Competencies, id)
		switch {
		case place < 0:
			return 0
		case len(q.Skills) > 0:
			return 1 + max(places-1-place, 0)
		}
		return 1 + places + max(places-1-place, 0)
	})
}

// How well a question suits a story of a skill.
const (
	anyStory  = 1 + iota // it names no skill, and asks what questions of the skill's kind ask most
	neighbour            // it asks for a neighbour, and its words name no skill
	alsoOpen             // it asks for a skill that such a story could show too
	namesIt              // it asks for the skill itself, or for the competency of its name
)

// naming gives questions that a story of the skill, and of those beside it that are
// open, would answer.
func naming(n Next, k match.Knowledge) []question.Question {
	if k.Skills == nil {
		return nil
	}
	near := k.Skills.Related(n.Name)
	own, akin := competencies(k, n.Name), competencies(k, near...)
	usual := usualFor(n.Name, k)
	return best(k.Bank, func(q *question.Question) int {
		asks, named := asksFor(q, k), mentioned(q.Text, k)
		probes := q.Competencies[:min(1, len(q.Competencies))]
		switch {
		case slices.Contains(asks, n.Name), slices.Contains(named, n.Name), both(probes, own):
			return namesIt
		case both(asks, n.Also):
			return alsoOpen
		case len(named) == 0 && (both(asks, near) || both(probes, akin)):
			return neighbour
		case len(asks)+len(named) == 0 && slices.Contains(probes, usual):
			return anyStory
		}
		return 0
	})
}

// competencies gives those that have one of the names.
func competencies(k match.Knowledge, names ...string) []string {
	var out []string
	for _, name := range names {
		if c, ok := k.Competencies.Find(name); ok {
			out = append(out, c.ID)
		}
	}
	return out
}

// asksFor gives the skills that a question is tagged with, by their usual names.
func asksFor(q *question.Question, k match.Knowledge) []string {
	var out []string
	for _, tag := range q.Skills {
		if s, ok := k.Skills.Find(tag); ok {
			out = append(out, s.Name)
		}
	}
	return out
}

// mentioned gives the skills that a text names.
func mentioned(text string, k match.Knowledge) []string {
	var out []string
	for _, m := range k.Skills.Mentions(text) {
		out = append(out, m.Skill)
	}
	return out
}

func both(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// usualFor gives the competency that questions for skills of the same kind probe
// most, or where there are none, those for skills of any kind.
func usualFor(name string, k match.Knowledge) string {
	s, _ := k.Skills.Find(name)
	votes, all := map[string]int{}, map[string]int{}
	for _, q := range k.Bank {
		for _, tag := range q.Skills {
			other, ok := k.Skills.Find(tag)
			if !ok || len(q.Competencies) == 0 {
				continue
			}
			all[q.Competencies[0]]++
			if other.Kind == s.Kind {
				votes[q.Competencies[0]]++
			}
		}
	}
	return cmp.Or(most(votes), most(all))
}

// most gives what has most votes, of equals the first by name; "" where there is no
// vote.
func most(votes map[string]int) string {
	best := ""
	for id, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && id < best {
			best = id
		}
	}
	return best
}

// best gives the questions that fit best, fit being 0 for what does not; of equals
// those that ask for least besides, then by id.
func best(bank []question.Question, fit func(*question.Question) int) []question.Question {
	type fitting struct {
		question *question.Question
		fit      int
	}
	var all []fitting
	for i := range bank {
		if f := fit(&bank[i]); f > 0 {
			all = append(all, fitting{&bank[i], f})
		}
	}
	slices.SortFunc(all, func(a, b fitting) int {
		x, y := a.question, b.question
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(len(x.Competencies)+len(x.Skills), len(y.Competencies)+len(y.Skills)), cmp.Compare(x.ID, y.ID))
	})
	var out []question.Question
	for _, f := range all[:min(likely, len(all))] {
		out = append(out, *f.question)
	}
	return out
}
