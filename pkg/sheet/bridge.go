package sheet

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/story"
)

// bridge finds for each skill that no story proves what comes nearest to it. What
// is required comes before what is welcome, technologies before what everybody does in
// some way, and what has a proved neighbour before what has not.
func (m *maker) bridge(stories []story.Story) {
	deepest := m.deepest(stories)
	var all []Bridge
	for _, r := range m.matrix.Rows {
		if r.Strength == coverage.None {
			all = append(all, m.nearest(r, deepest))
		}
	}
	slices.SortStableFunc(all, func(a, b Bridge) int { return cmp.Compare(m.order(a), m.order(b)) })
	for _, b := range all {
		switch {
		case b.Near != "" && len(m.sheet.Bridges) < mostBridges:
			m.sheet.Bridges = append(m.sheet.Bridges, b)
		case len(m.sheet.Bare) < mostBare:
			m.sheet.Bare = append(m.sheet.Bare, b.Skill)
		default:
			m.sheet.Unnamed++
		}
	}
}

// order is how late a gap comes, 0 for the first.
func (m *maker) order(b Bridge) int {
	late := 0
	if !b.Must {
		late += 4
	}
	if m.habit(b.Skill) {
		late += 2
	}
	if b.Depth != match.Proved {
		late++
	}
	return late
}

// habit says whether a skill is no technology.
func (m *maker) habit(name string) bool {
	s, _ := m.know.Skills.Find(name)
	return slices.Contains(habits, s.Kind)
}

// habits are the kinds of skill that are no technology.
var habits = []string{"practice", "soft skill", "domain", "spoken language"}

// nearest gives the best that one could say instead: a neighbour that is proved, else
// the skill itself where it is named, else a neighbour that is. Of neighbours that
// are shown alike the first of the taxonomy is taken.
func (m *maker) nearest(r coverage.Row, deepest map[string]coverage.Cell) Bridge {
	b := Bridge{Skill: r.Name, Must: r.Must}
	if len(r.Stories) > 0 {
		b.Near, b.Depth, b.Story = r.Name, r.Stories[0].Depth, m.ref(r.Stories[0].ID)
	}
	for _, name := range m.know.Skills.Related(r.Name) {
		if c := deepest[name]; c.Depth > b.Depth {
			b.Near, b.Depth, b.Story = name, c.Depth, m.ref(c.ID)
		}
	}
	return b
}

// deepest gives for each skill the story that shows it deepest. Of equals one that is
// told on the sheet comes first, then the first of the library.
func (m *maker) deepest(stories []story.Story) map[string]coverage.Cell {
	shown := make([][]match.Shown, len(stories))
	parallel.Do(len(stories), func(i int) { shown[i] = m.know.Shows(&stories[i]) })
	out := map[string]coverage.Cell{}
	note := func(i int) {
		for _, s := range shown[i] {
			if s.Depth > out[s.Name].Depth {
				out[s.Name] = coverage.Cell{ID: stories[i].ID, Depth: s.Depth}
			}
		}
	}
	for _, told := range []bool{true, false} {
		for i := range stories {
			if (m.ref(stories[i].ID).Number > 0) == told {
				note(i)
			}
		}
	}
	return out
}
