// Package coverage lays skills or competencies out by stories: which story proves
// what, where only one does, what none does, and which story to write next.
//
// A skill is proved where it stands in what the teller did or achieved, mentioned
// where it stands elsewhere in the story, tagged where it is only a tag. Prose
// cannot be searched for a competency as for a skill, so a competency goes by the
// claim: proved where the story that claims it tells what the teller did, tagged
// where it does not. Where a story claims none, what is inferred for it stands in,
// and is marked. Neighbours prove nothing: they count only in what a story yet to
// be written would add.
//
// The package ranks no story for a question, infers nothing and draws nothing.
package coverage

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
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
	Job    bool     // whether the rows are what a job asks for
	Rows   []Row    // for a job musts first, then by weight; else the best covered first
	Told   []Told   // the stories that show some row, those that prove most first
	Silent []string // ids of the stories that show none
	Gaps   []string // what is wanted and no story proves; for a job its musts
	Thin   []string // what is wanted and one story alone proves; for a job its musts
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
	ID       string
	Depth    match.Depth
	Inferred bool // the teller does not claim it
}

// Told is a story and how many rows it proves.
type Told struct {
	ID, Title string
	Proves    int
}

// Single is a story on which several rows hang: none but it proves them.
type Single struct {
	ID    string
	Names []string
}

// Infer gives the competencies that a story seems to show, by id. It is asked for
// stories that claim none.
type Infer func(*story.Story) []string

// Of lays stories out. For a job, q is its query and says what is wanted; for the
// zero Query, skills are those that the stories show, of which the tagged are
// wanted, and competencies are the whole vocabulary. infer may be nil.
func Of(stories []story.Story, k match.Knowledge, by By, q match.Query, infer Infer) Matrix {
	var rows []row
	if by == Competencies {
		rows = competencyRows(stories, k, q, infer)
	} else {
		rows = skillRows(stories, k, q)
	}
	m := Matrix{By: by, Job: q.Kind == match.KindJob}
	for i := range rows {
		rows[i].judge()
		m.Rows = append(m.Rows, rows[i].Row)
		switch {
		case rows[i].wanted < must:
		case rows[i].Strength == None:
			m.Gaps = append(m.Gaps, rows[i].Name)
		case rows[i].Strength == Thin:
			m.Thin = append(m.Thin, rows[i].Name)
		}
	}
	m.Told, m.Silent = told(stories, rows)
	m.Single = singles(rows)
	m.Next = next(rows, k, by)
	return m
}

// How much a row is wanted; 0 is what nobody asked for.
const (
	must = 1.0
	nice = 0.5
)

// row is a row in the making.
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

// open says whether the row is wanted and no story proves it.
func (r *row) open() bool { return r.wanted > 0 && r.Strength == None }

// skillRows gives the skills of the job, or else all that the stories show.
func skillRows(stories []story.Story, k match.Knowledge, q match.Query) []row {
	shown := make([][]match.Shown, len(stories))
	parallel.Do(len(stories), func(i int) { shown[i] = k.Shows(&stories[i]) })
	cells := map[string][]Cell{}
	for i := range stories {
		for _, s := range shown[i] {
			cells[s.Name] = append(cells[s.Name], Cell{ID: stories[i].ID, Depth: s.Depth})
		}
	}
	if q.Kind != match.KindJob {
		return shownRows(cells, tagged(stories, k))
	}
	var rows []row
	for _, w := range q.Skills {
		r := row{Row: Row{Name: w.Name, Must: w.Must, Stories: cells[w.Name]}, wanted: nice}
		if w.Must {
			r.wanted = must
		}
		rows = append(rows, r)
	}
	return rows
}

// shownRows gives the rows where no job asks: what stories show, the best covered
// first. What is tagged is wanted, since the teller means to have it.
func shownRows(cells map[string][]Cell, tagged map[string]bool) []row {
	var rows []row
	for name, stories := range cells {
		r := row{Row: Row{Name: name, Stories: stories}}
		if tagged[name] {
			r.wanted = must
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.proofs(), a.proofs()), cmp.Compare(len(b.Stories), len(a.Stories)), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

// tagged gives the skills that stories carry as tags.
func tagged(stories []story.Story, k match.Knowledge) map[string]bool {
	out := map[string]bool{}
	for i := range stories {
		for _, s := range k.Shows(&story.Story{Skills: stories[i].Skills}) {
			out[s.Name] = true
		}
	}
	return out
}

// competencyRows gives the competencies that the job names, or else all there are.
func competencyRows(stories []story.Story, k match.Knowledge, q match.Query, infer Infer) []row {
	ids := k.Competencies.IDs()
	if q.Kind == match.KindJob {
		ids = nil
		for _, p := range q.Competencies {
			ids = append(ids, p.ID)
		}
	}
	rows, at := make([]row, len(ids)), map[string]int{}
	for i, id := range ids {
		rows[i] = row{Row: Row{Name: id, Must: q.Kind == match.KindJob}, wanted: must}
		at[id] = i
	}
	for i := range stories {
		for id, c := range claims(&stories[i], infer) {
			if n, ok := at[id]; ok {
				rows[n].Stories = append(rows[n].Stories, c)
			}
		}
	}
	for _, question := range k.Bank {
		for _, id := range question.Competencies {
			if n, ok := at[id]; ok {
				rows[n].asked++
			}
		}
	}
	return rows
}

// claims gives a story's cells by competency: what its teller claims, or else what
// is inferred.
func claims(s *story.Story, infer Infer) map[string]Cell {
	c := Cell{ID: s.ID, Depth: match.Tagged}
	if match.TellsAct(s) {
		c.Depth = match.Proved
	}
	ids := s.Competencies
	if len(ids) == 0 && infer != nil {
		ids, c.Inferred = infer(s), true
	}
	out := map[string]Cell{}
	for _, id := range ids {
		out[id] = c
	}
	return out
}

// told gives the stories that show some row, those first that prove most musts, then
// most of all; of equals those that show most. The others are silent.
func told(stories []story.Story, rows []row) (shown []Told, silent []string) {
	type tally struct{ musts, proves, shows int }
	tallies := map[string]tally{}
	for _, r := range rows {
		for _, c := range r.Stories {
			t := tallies[c.ID]
			t.shows += int(c.Depth)
			if c.Depth == match.Proved {
				t.proves++
				if r.Must {
					t.musts++
				}
			}
			tallies[c.ID] = t
		}
	}
	for _, s := range stories {
		if t, ok := tallies[s.ID]; ok {
			shown = append(shown, Told{s.ID, s.Title, t.proves})
		} else {
			silent = append(silent, s.ID)
		}
	}
	slices.SortFunc(shown, func(a, b Told) int {
		x, y := tallies[a.ID], tallies[b.ID]
		return cmp.Or(cmp.Compare(y.musts, x.musts), cmp.Compare(y.proves, x.proves), cmp.Compare(y.shows, x.shows), cmp.Compare(a.ID, b.ID))
	})
	return shown, silent
}

// singles gives the stories that alone prove two or more wanted rows, those that
// carry most first.
func singles(rows []row) []Single {
	at := map[string]int{}
	var all []Single
	for _, r := range rows {
		if r.Strength != Thin || r.wanted < must {
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
