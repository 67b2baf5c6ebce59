// Package coverage lays skills or competencies out by stories: which story proves
// what, where only one does, what none does, and which story to write next.
//
// A skill is proved where it stands in what the teller did or achieved, mentioned
// where it stands elsewhere in the story, tagged where it is only a tag. Prose
// cannot be searched for a competency as for a skill, so a competency goes by the
// claim: proved where the story that claims it tells what the teller did, tagged
// where it does not. Neighbours prove nothing: they count only in what a story yet
// to be written would add.
//
// The package ranks nothing and draws nothing.
package coverage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/story"
)

// By is what the rows of a matrix are.
type By string

// The rows of a matrix.
const (
	Skills       By = "skill"
	Competencies By = "competency"
)

// Strength is how well a row is covered.
type Strength string

// The strengths, weakest first.
const (
	None  Strength = "none"  // no story proves it
	Thin  Strength = "thin"  // one does
	Solid Strength = "solid" // two or more do
)

// Matrix is skills or competencies by stories. Its zero value covers nothing.
type Matrix struct {
	By     By
	Rows   []Row    // for a job musts first, then by weight; else the best covered first
	Gaps   []string // what is wanted and no story proves; for a job its musts
	Single []Single // stories that alone prove several of what is wanted
	Next   Next     // zero where nothing is open
}

// Row is a skill or a competency and the stories that show it, the deepest first.
type Row struct {
	Name     string
	Must     bool
	Stories  []Cell
	Strength Strength
}

// Cell is one story of a row.
type Cell struct {
	ID    string
	Depth match.Depth
}

// Single is a story on which several rows hang: none but it proves them.
type Single struct {
	ID    string
	Names []string
}

// Next is what the next story had best show.
type Next struct{ Name, Why string }

// Of lays stories out. For a job, q is its query and says what is wanted; for the
// zero Query, skills are those that the stories show, of which the tagged are
// wanted, and competencies are the whole vocabulary.
func Of(stories []story.Story, k match.Knowledge, by By, q match.Query) Matrix {
	rows := skillRows(stories, k, q)
	if by == Competencies {
		rows = competencyRows(stories, k, q)
	}
	m := Matrix{By: by}
	for i := range rows {
		rows[i].judge()
		m.Rows = append(m.Rows, rows[i].Row)
		if rows[i].wanted == 1 && rows[i].Strength == None {
			m.Gaps = append(m.Gaps, rows[i].Name)
		}
	}
	m.Single = singles(rows)
	m.Next = next(rows, k, by)
	return m
}

// row is a row in the making, with how much it is wanted: 1 for a must, a half for
// what is only welcome, 0 for what nobody asked for.
type row struct {
	Row
	wanted float64
	asked  int // questions of the bank that probe it
}

// judge sorts the row's stories and sets its strength.
func (r *row) judge() {
	slices.SortFunc(r.Stories, func(a, b Cell) int { return cmp.Or(cmp.Compare(b.Depth, a.Depth), cmp.Compare(a.ID, b.ID)) })
	switch r.proofs() {
	case 0:
		r.Strength = None
	case 1:
		r.Strength = Thin
	default:
		r.Strength = Solid
	}
}

func (r *row) proofs() int {
	n := 0
	for _, c := range r.Stories {
		if c.Depth == match.Proved {
			n++
		}
	}
	return n
}

// skillRows gives the skills of the job, or else all that the stories show.
func skillRows(stories []story.Story, k match.Knowledge, q match.Query) []row {
	shown := map[string][]Cell{}
	tagged := map[string]bool{}
	for i := range stories {
		for _, s := range k.Shows(&stories[i]) {
			shown[s.Name] = append(shown[s.Name], Cell{stories[i].ID, s.Depth})
			tagged[s.Name] = tagged[s.Name] || s.Depth == match.Tagged
		}
	}
	var rows []row
	for _, w := range q.Skills {
		rows = append(rows, row{Row: Row{Name: w.Name, Must: w.Must, Stories: shown[w.Name]}, wanted: want(w.Must)})
	}
	if q.Kind == match.KindJob {
		return rows
	}
	for name, cells := range shown {
		r := row{Row: Row{Name: name, Stories: cells}}
		if tagged[name] {
			r.wanted = 1
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.proofs(), a.proofs()), cmp.Compare(len(b.Stories), len(a.Stories)), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

func want(must bool) float64 {
	if must {
		return 1
	}
	return 0.5
}

// competencyRows gives the competencies that the job names, or else all there are.
func competencyRows(stories []story.Story, k match.Knowledge, q match.Query) []row {
	var rows []row
	for _, p := range q.Competencies {
		rows = append(rows, row{Row: Row{Name: p.ID, Must: true}, wanted: 1})
	}
	if q.Kind != match.KindJob {
		for _, id := range k.Competencies.IDs() {
			rows = append(rows, row{Row: Row{Name: id}, wanted: 1})
		}
	}
	for i := range rows {
		rows[i].Stories = claimants(stories, rows[i].Name)
		for _, question := range k.Bank {
			if slices.Contains(question.Competencies, rows[i].Name) {
				rows[i].asked++
			}
		}
	}
	return rows
}

// claimants gives the stories that claim a competency.
func claimants(stories []story.Story, id string) []Cell {
	var out []Cell
	for i := range stories {
		if slices.Contains(stories[i].Competencies, id) {
			depth := match.Tagged
			if match.TellsAct(&stories[i]) {
				depth = match.Proved
			}
			out = append(out, Cell{stories[i].ID, depth})
		}
	}
	return out
}

// singles gives the stories that alone prove two or more wanted rows, those that
// carry most first.
func singles(rows []row) []Single {
	at := map[string]int{}
	var all []Single
	for _, r := range rows {
		if r.Strength != Thin || r.wanted < 1 {
			continue
		}
		id := r.Stories[0].ID
		if _, known := at[id]; !known {
			at[id] = len(all)
			all = append(all, Single{ID: id})
		}
		all[at[id]].Names = append(all[at[id]].Names, r.Name)
	}
	all = slices.DeleteFunc(all, func(s Single) bool { return len(s.Names) < 2 })
	slices.SortFunc(all, func(a, b Single) int { return cmp.Or(cmp.Compare(len(b.Names), len(a.Names)), cmp.Compare(a.ID, b.ID)) })
	return all
}

// next gives the open row whose story would add most; of equals a must, then the
// one that more questions probe, then the first.
func next(rows []row, k match.Knowledge, by By) Next {
	open := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.wanted == 0 || r.Strength != None })
	best, most := -1, 0.0
	for i, r := range open {
		g := gain(open, i, k, by)
		if best < 0 || g > most || g == most && (r.wanted > open[best].wanted || r.wanted == open[best].wanted && r.asked > open[best].asked) {
			best, most = i, g
		}
	}
	if best < 0 {
		return Next{}
	}
	return Next{open[best].Name, because(open, best, k, by)}
}

// gain is the share of what is open that a story of the i-th row would prove: the
// row itself and its neighbours in the taxonomy, 0 to 1.
func gain(open []row, i int, k match.Knowledge, by By) float64 {
	var sum, all float64
	for j, r := range open {
		all += r.wanted
		if j == i || beside(open[i].Name, r.Name, k, by) {
			sum += r.wanted
		}
	}
	return sum / all
}

func beside(name, other string, k match.Knowledge, by By) bool {
	return by == Skills && k.Skills != nil && slices.Contains(k.Skills.Related(name), other)
}

// because says what a story of the i-th open row would add.
func because(open []row, i int, k match.Knowledge, by By) string {
	var too []string
	for j, r := range open {
		if j != i && beside(open[i].Name, r.Name, k, by) {
			too = append(too, r.Name)
		}
	}
	switch {
	case len(too) > 0:
		return fmt.Sprintf("No story proves it; one that does could also show %s, beside it in the taxonomy.", strings.Join(too, ", "))
	case open[i].Must:
		return "No story proves it, and the job requires it."
	case by == Competencies && open[i].asked > 0:
		return fmt.Sprintf("No story shows it, and %d questions of the bank ask for it.", open[i].asked)
	case by == Competencies:
		return "No story shows it."
	}
	return "It is tagged, and no story proves it."
}
