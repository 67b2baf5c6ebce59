package plan

import (
	"cmp"
	"math"
	"slices"
)

// cost is what telling a story as the answer to a question costs. Costs are
// compared part by part, so that nothing in a later part makes up for an earlier
// one: no score is good enough to tell a story twice while another will do, and no
// date to tell a worse one. They are whole numbers, so that sums are exact.
type cost struct {
	again int // how often the story is told before
	lack  int // what its score lacks of 1, in millionths
	age   int // how many stories are newer, times the question's place from the end
}

func (c cost) plus(d cost) cost  { return cost{c.again + d.again, c.lack + d.lack, c.age + d.age} }
func (c cost) minus(d cost) cost { return cost{c.again - d.again, c.lack - d.lack, c.age - d.age} }

func (c cost) compare(d cost) int {
	return cmp.Or(cmp.Compare(c.again, d.again), cmp.Compare(c.lack, d.lack), cmp.Compare(c.age, d.age))
}

// telling is one time that a story may be told: the first, the second and so on.
type telling struct {
	story int
	again int  // how often it is told before this
	by    int  // the question that it answers, open where there is none
	price cost // 0 or less: how much the questions that want it have bid each other up
}

const open = -1

// assignment is the cheapest way to answer the questions placed so far: the method
// of shortest augmenting paths, by Jonker and Volgenant (1987) after Kuhn's (1955).
// Each question placed may take a telling from another, which then looks for its
// next best, and so on, along the path that costs least. Prices and worths are its
// proof: no pair costs less than its two, and the pairs chosen cost just that.
//
// A story has one open telling at a time: its second is there only once the first
// is taken, since it costs more to every question.
type assignment struct {
	scores   [][]float64 // by question, by story; 0 or less where the story does not fit
	tellings []telling
	worth    []cost // by question
}

// assign gives each question the index of its story, open where none fits. The
// stories stand newest first. Of all ways to answer every question that any story
// fits, it is the one that tells stories again least often (a third time counts
// twice as much as a second); then has the highest sum of scores; then tells the
// newer stories, and tells them earlier.
//
// With q questions and s stories it takes at most q²(s+q) steps.
func assign(scores [][]float64) []int {
	a := assignment{scores: scores, worth: make([]cost, len(scores))}
	chosen := make([]int, len(scores))
	for q, row := range scores {
		if q == 0 {
			for s := range row {
				a.tellings = append(a.tellings, telling{story: s, by: open})
			}
		}
		chosen[q] = open
		if slices.ContainsFunc(row, fits) {
			a.place(q)
		}
	}
	for _, t := range a.tellings {
		if t.by != open {
			chosen[t.by] = t.story
		}
	}
	return chosen
}

func fits(score float64) bool { return score > 0 }

func (a *assignment) cost(q int, t telling) cost {
	lack := 1e6 - int(math.Round(1e6*a.scores[q][t.story]))
	return cost{t.again, lack, t.story * (len(a.scores) - q)}
}

// step is how a telling is reached from the question being placed.
type step struct {
	reached, done bool
	way           cost // the least that it costs to get there
	from          int  // the telling that its question would give up, open for the first
}

// place gives question q a telling along the cheapest path to an open one.
func (a *assignment) place(q int) {
	steps := make([]step, len(a.tellings))
	at, way, asking := open, cost{}, q
	for {
		a.reach(steps, asking, at, way)
		at = nearest(steps)
		steps[at].done = true
		way = steps[at].way
		if asking = a.tellings[at].by; asking == open {
			break
		}
	}
	a.settle(steps, q, way)
	story := a.tellings[at]
	for at != open {
		from := steps[at].from
		a.tellings[at].by = q
		if from != open {
			a.tellings[at].by = a.tellings[from].by
		}
		at = from
	}
	a.tellings = append(a.tellings, telling{story: story.story, again: story.again + 1, by: open})
}

// reach notes where the asking question could go on to from the telling at which it
// stands.
func (a *assignment) reach(steps []step, asking, at int, way cost) {
	for i, t := range a.tellings {
		if steps[i].done || !fits(a.scores[asking][t.story]) {
			continue
		}
		there := way.plus(a.cost(asking, t)).minus(a.worth[asking]).minus(t.price)
		if !steps[i].reached || there.compare(steps[i].way) < 0 {
			steps[i] = step{reached: true, way: there, from: at}
		}
	}
}

// nearest gives the cheapest telling that is reached and not done. There always is
// one: a story that fits has an open telling.
func nearest(steps []step) int {
	best := open
	for i, s := range steps {
		if s.reached && !s.done && (best == open || s.way.compare(steps[best].way) < 0) {
			best = i
		}
	}
	return best
}

// settle sets prices and worths so that they prove the longer assignment, too.
func (a *assignment) settle(steps []step, q int, way cost) {
	a.worth[q] = a.worth[q].plus(way)
	for i, s := range steps {
		if t := &a.tellings[i]; s.done && t.by != open {
			saved := way.minus(s.way)
			t.price = t.price.minus(saved)
			a.worth[t.by] = a.worth[t.by].plus(saved)
		}
	}
}
