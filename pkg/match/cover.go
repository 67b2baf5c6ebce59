package match

import "slices"

// Cover is a story and the wanted skills that it proves.
type Cover struct {
	ID     string
	Covers []string
}

// Up to exactStories the fewest are looked for in all sets of exactSize and less;
// beyond, greedy choice may take one more than is needed.
const (
	exactStories = 24
	exactSize    = 4
)

func (c *card) proves(skillNumber uint64) bool {
	_, depth := c.how(skillNumber)
	return depth == Proved
}

// gaps gives the wanted skills that no story proves.
func (l *Library) gaps(q Query) []Want {
	var out []Want
	for _, w := range q.Skills {
		wanted := number(w.Name)
		if !slices.ContainsFunc(l.cards, func(c card) bool { return c.proves(wanted) }) {
			out = append(out, w)
		}
	}
	return out
}

// cover gives few stories that together prove every wanted skill that any proves.
// Each covers what those before it do not.
func (l *Library) cover(q Query) []Cover {
	var proves [][]bool // by story, by skill
	var ids []string
	open := make([]bool, len(q.Skills))
	numbers := make([]uint64, len(q.Skills))
	for j, w := range q.Skills {
		numbers[j] = number(w.Name)
	}
	for i := range l.cards {
		row, some := make([]bool, len(q.Skills)), false
		for j, wanted := range numbers {
			row[j] = l.cards[i].proves(wanted)
			some = some || row[j]
			open[j] = open[j] || row[j]
		}
		if some {
			proves, ids = append(proves, row), append(ids, l.cards[i].id)
		}
	}
	chosen := greedy(proves, open)
	if len(proves) <= exactStories {
		chosen = fewest(proves, open, chosen)
	}
	return covers(q, ids, proves, chosen)
}

// greedy takes, until nothing is open, the story that proves most of it.
func greedy(proves [][]bool, open []bool) []int {
	open = slices.Clone(open)
	var chosen []int
	for slices.Contains(open, true) {
		best, most := -1, 0
		for i, row := range proves {
			if n := both(row, open); n > most {
				best, most = i, n
			}
		}
		chosen = append(chosen, best)
		for j := range open {
			open[j] = open[j] && !proves[best][j]
		}
	}
	return chosen
}

func both(a, b []bool) int {
	n := 0
	for i := range a {
		if a[i] && b[i] {
			n++
		}
	}
	return n
}

// fewest gives a set of fewer stories than known that proves all that is open, or
// known where there is none.
func fewest(proves [][]bool, open []bool, known []int) []int {
	for size := 1; size < len(known) && size <= exactSize; size++ {
		if set := choose(proves, open, size, 0); set != nil {
			return set
		}
	}
	return known
}

// choose gives size stories from the from-th on that prove all that is open, nil
// where none do.
func choose(proves [][]bool, open []bool, size, from int) []int {
	if !slices.Contains(open, true) {
		return []int{}
	}
	if size == 0 {
		return nil
	}
	for i := from; i < len(proves); i++ {
		rest := make([]bool, len(open))
		for j := range open {
			rest[j] = open[j] && !proves[i][j]
		}
		if set := choose(proves, rest, size-1, i+1); set != nil {
			return append([]int{i}, set...)
		}
	}
	return nil
}

func covers(q Query, ids []string, proves [][]bool, chosen []int) []Cover {
	done := make([]bool, len(q.Skills))
	var out []Cover
	for _, i := range chosen {
		c := Cover{ID: ids[i]}
		for j, w := range q.Skills {
			if proves[i][j] && !done[j] {
				c.Covers = append(c.Covers, w.Name)
				done[j] = true
			}
		}
		out = append(out, c)
	}
	return out
}
