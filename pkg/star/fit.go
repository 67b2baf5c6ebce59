package star

import (
	"math"
	"slices"
)

// group is one of the three that have a band.
type group int

const (
	setup group = iota
	action
	outcome
)

func groupOf(part string) group {
	switch part {
	case Situation, Task:
		return setup
	case Action:
		return action
	}
	return outcome
}

// What a choice of sentences is worth is the sum of theirs, less what is wrong
// with the whole. A sentence's worth grows faster than its value, so that one
// turning point stands against two asides.
const (
	growth   = 1.5   // power of a sentence's value
	perShare = 120.0 // by which the shares of the groups miss their bands, summed
	full     = 140   // words from which the shares count in full: a few sentences cannot be balanced
	perGroup = 15.0  // each group that the story has and the choice has not
	noScene  = 45.0  // neither how the problem opens nor the teller's part in it
	noEnd    = 30.0  // no sentence of the result
	noProof  = 12.0  // no act of the teller, though the story has one
	noFix    = 18.0  // no sentence of the resolution
	noPoint  = 15.0  // nothing of what the question is after
	perGap   = 4.0   // each sentence whose forerunner in the same field is out
)

// lead are the things that an answer cannot do without.
type lead struct{ scene, act, fix, end, point bool }

func (has *lead) take(l line) {
	has.scene = has.scene || l.opens || l.mine && l.Field == "problem" && !l.ours
	has.act = has.act || l.mine && l.Part == Action
	has.fix = has.fix || l.Field == "resolution" && l.Part == Action
	has.end = has.end || l.Part == Result
	has.point = has.point || l.asked
}

// selection is which lines are in.
type selection struct {
	lines []line
	in    []bool
	bands [3]Band
	limit int
	all   [3]int // the words that the story has for each group
	has   lead   // what the story has of these
}

// fit chooses the lines that the time has room for. Where it has room for all of
// them, only a long answer loses anything: what makes its setup or its outcome
// too long for the band.
func fit(lines []line, o Options) (kept, left []line) {
	s := newSelection(lines, o)
	total, _ := s.words()
	if s.limit < 0 || total <= s.limit {
		s.trim(calm * o.WPM / 60)
	} else {
		s.choose()
	}
	for i, l := range lines {
		if s.in[i] {
			kept = append(kept, l)
		} else {
			left = append(left, l)
		}
	}
	return kept, left
}

func newSelection(lines []line, o Options) *selection {
	s := &selection{lines: lines, in: make([]bool, len(lines)), bands: [3]Band{o.Bands.Setup, o.Bands.Action, o.Bands.Outcome}, limit: o.limit()}
	for i, l := range lines {
		s.in[i] = true
		s.all[groupOf(l.Part)] += l.words
		s.has.take(l)
	}
	return s
}

// words counts all that is in, and by group.
func (s *selection) words() (total int, by [3]int) {
	for i, l := range s.lines {
		if s.in[i] {
			total += l.words
			by[groupOf(l.Part)] += l.words
		}
	}
	return total, by
}

// choose climbs from two starts, from nothing and from what an answer cannot do
// without, and takes the better choice.
func (s *selection) choose() {
	clear(s.in)
	first := s.climb()
	kept := slices.Clone(s.in)
	clear(s.in)
	for _, of := range []func(lead) bool{func(l lead) bool { return l.scene }, func(l lead) bool { return l.fix }, func(l lead) bool { return l.end }} {
		if i := s.densest(of); i >= 0 {
			s.in[i] = true
		}
	}
	if s.climb() <= first+1e-9 {
		s.in = kept
	}
}

// densest gives the line of a kind that gives most a word, or -1.
func (s *selection) densest(of func(lead) bool) int {
	best := -1
	for i, l := range s.lines {
		has := lead{}
		if has.take(l); of(has) && !l.leans && (best < 0 || l.value*float64(s.lines[best].words) > s.lines[best].value*float64(l.words)) {
			best = i
		}
	}
	return best
}

// climb takes in, drops or exchanges lines, each time what makes the whole worth
// most, until nothing does, and gives that worth. The search is small (a story has
// some thirty sentences) and always takes the same way.
func (s *selection) climb() float64 {
	worth := s.worth()
	for range 4 * len(s.lines) {
		best, first, second := worth, -1, -1
		for i := range s.lines {
			for j := i; j < len(s.lines); j++ {
				if i != j && s.in[i] == s.in[j] && s.in[i] {
					continue
				}
				if w := s.with(i, j); w > best+1e-9 {
					best, first, second = w, i, j
				}
			}
		}
		if first < 0 {
			break
		}
		s.turn(first, second)
		worth = best
	}
	return worth
}

// turn takes line i and line j in or out; they may be the same.
func (s *selection) turn(i, j int) {
	s.in[i] = !s.in[i]
	if j != i {
		s.in[j] = !s.in[j]
	}
}

// with gives what the choice is worth after such a turn.
func (s *selection) with(i, j int) float64 {
	s.turn(i, j)
	w := s.worth()
	s.turn(i, j)
	return w
}

// worth values the choice; what cannot be said in time, or leans on what is left
// out, is worth less than nothing.
func (s *selection) worth() float64 {
	total, by := s.words()
	if total > s.limit {
		return math.Inf(-1)
	}
	sum, has := 0.0, lead{}
	for i, l := range s.lines {
		if !s.in[i] {
			continue
		}
		sum += math.Pow(max(l.value, 0), growth)
		has.take(l)
		if i > 0 && s.lines[i-1].Field == l.Field && !s.in[i-1] {
			if l.leans {
				return math.Inf(-1)
			}
			sum -= perGap
		}
	}
	return sum - perShare*min(1, float64(s.limit)/full)*s.off(total, by) - s.lacks(by, has)
}

// lacks is what a choice loses that leaves out a whole group, or what an answer
// cannot do without, where the story has it.
func (s *selection) lacks(by [3]int, has lead) float64 {
	sum := 0.0
	for g, words := range by {
		if words == 0 && s.all[g] > 0 {
			sum += perGroup
		}
	}
	for _, x := range []struct {
		wanted, there bool
		loss          float64
	}{
		{s.has.scene, has.scene, noScene}, {s.has.act, has.act, noProof}, {s.has.fix, has.fix, noFix}, {s.has.end, has.end, noEnd}, {s.has.point, has.point, noPoint},
	} {
		if x.wanted && !x.there {
			sum += x.loss
		}
	}
	return sum
}

// off sums how far the groups are outside their bands.
func (s *selection) off(total int, by [3]int) float64 {
	sum := 0.0
	for g, words := range by {
		share := float64(words) / float64(max(total, 1))
		sum += max(0, s.bands[g].Low-share) + max(0, share-s.bands[g].High)
	}
	return sum
}

// calm is the length in seconds from which an answer is long enough to lose
// something for its balance; a shorter one needs all it has.
const calm = 75

// dear is the value from which a sentence is not given up for balance alone: a
// cause, a result, an act with a figure.
const dear = 6.0

// trim leaves out, least value first, what makes a group too long for its band,
// as long as enough is left to say.
func (s *selection) trim(enough int) {
	for range s.lines {
		total, by := s.words()
		least := -1
		for i, l := range s.lines {
			g := groupOf(l.Part)
			above := float64(by[g]) > s.bands[g].High*float64(total)
			if !s.in[i] || !above || l.value >= dear || total-l.words < enough || s.carries(i) {
				continue
			}
			if least < 0 || l.value <= s.lines[least].value {
				least = i
			}
		}
		if least < 0 {
			return
		}
		s.in[least] = false
	}
}

// carries says whether the next line leans on line i.
func (s *selection) carries(i int) bool {
	return i+1 < len(s.lines) && s.in[i+1] && s.lines[i+1].leans && s.lines[i+1].Field == s.lines[i].Field
}
