package practice

import (
	"math"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/star"
)

// Which part of an answer a sentence belongs to is a sum of reasons:
//
//	likeness   of the story's sentences of that part, from 0 to likeWeight
//	cues       words that people use in that part alone, each cueWeight
//	deed       "I" or "we" with a past form: action
//	change     a figure with a word of change: result
//	place      the first quarter is rather situation, the last fifth rather result
//	           where nobody acts, all between rather action; a task is short, so it
//	           needs a cue
//	order      an answer runs forward: a step back costs backCost, and to begin
//	           elsewhere than usual a little
//
// The sequence of parts with the highest sum over the whole answer is taken, so
// that a sentence without any sign goes with its neighbours.
const (
	likeWeight  = 6.0
	cueWeight   = 2.0
	deedWeight  = 1.0
	placeWeight = 0.5
	firstPlace  = 0.25
	lastPlace   = 0.8
	backCost    = 4.0
	skipCost    = 0.5
	startCost   = 1.0
)

var parts = []string{star.Situation, star.Task, star.Action, star.Result, star.Reflection}

// cues are looked for in folded sentences, blanks around them; one list a part.
var cues = [5][]string{
	{" at the time ", " back then ", " at that time ", " i was working ", " we were working ", " we had a ", " our team was ", " my team was ", " when i joined ", " the company ", " suddenly ", " customers were ", " users were ",
		" went down ", " started to ", " kept ", " last year ", " a few years ago ", " a while ago ", " this was "},
	{" my job ", " my task ", " my role ", " i was responsible ", " i had to ", " i needed to ", " on me ", " fell to me ", " my goal ", " the goal ", " i was asked ", " asked me ", " i was in charge ", " my responsibility ", " i took over ",
		" was assigned ", " i volunteered ", " it was up to me ", " landed on my ", " i was on call "},
	{" so i ", " then i ", " first i ", " first, i ", " next i ", " next, i ", " after that ", " i started by ", " i decided ", " so we ", " then we ", " the first thing ", " step ", " i began ", " finally, i ", " finally i ", " the cause ", " root cause ",
		" turned out ", " i found ", " i discovered ", " i noticed ", " i realised that the ", " i realized that the ", " race condition "},
	{" as a result ", " in the end ", " since then ", " the result ", " the outcome ", " the impact ", " went down from ", " dropped from ", " dropped to ", " down to ", " reduced ", " no longer ", " was restored ", " were restored ",
		" back to normal ", " never happened again ", " has not happened ", " from then on ", " saved ", " fell from ", " fell to ", " went from ", " stable again ", " were gone ", " was gone ", " the upshot "},
	{" i learned ", " i learnt ", " lesson ", " lessons ", " in hindsight ", " looking back ", " in retrospect ", " next time ", " taught me ", " took from ", " take away ", " takeaway ", " would have ", " could have ", " should have ", " differently ",
		" i now ", " today i ", " these days ", " ever since, i ", " what i took ", " i came away ", " i've learned ", " i came to understand ", " never again "},
}

// assign gives each utterance its part; record may be nil.
func assign(spoken []utterance, r *record) {
	if len(spoken) == 0 {
		return
	}
	best := make([][5]float64, len(spoken))
	from := make([][5]int, len(spoken))
	for i := range spoken {
		weights := spoken[i].weights(r, float64(i)/float64(len(spoken)))
		for p := range parts {
			best[i][p] = weights[p] - float64(p)*startCost
			if i == 0 {
				continue
			}
			best[i][p] = math.Inf(-1)
			for q := range parts {
				if sum := best[i-1][q] + weights[p] - step(q, p); sum > best[i][p] {
					best[i][p], from[i][p] = sum, q
				}
			}
		}
	}
	last := len(spoken) - 1
	p := slices.Index(best[last][:], slices.Max(best[last][:]))
	for i := last; i >= 0; i-- {
		spoken[i].part = parts[p]
		p = from[i][p]
	}
}

// step is what it costs to go on from part q with part p.
func step(q, p int) float64 {
	switch {
	case p < q:
		return backCost
	case p > q+1:
		return skipCost
	}
	return 0
}

// weights gives what speaks for each of the parts; place is from 0 to 1.
func (u utterance) weights(r *record, place float64) [5]float64 {
	w := [5]float64{1: -placeWeight}
	deeds := len(acts(u)) > 0
	switch {
	case place < firstPlace:
		w[0] += placeWeight
	case place < lastPlace:
		w[2] += placeWeight
	case !deeds:
		w[3] += placeWeight
	}
	folded := " " + strings.ToLower(strings.TrimRight(u.text, ".!?")) + " "
	for p, part := range parts {
		if u.fixed && u.part == part {
			w[p] += 100
		}
		for _, cue := range cues[p] {
			if strings.Contains(folded, cue) {
				w[p] += cueWeight
			}
		}
		if r != nil {
			w[p] += likeWeight * r.likeness(u, part)
		}
	}
	if deeds {
		w[2] += deedWeight
	}
	if len(u.figures) > 0 && u.changes() {
		w[3] += deedWeight
	}
	return w
}

// changes says whether the sentence tells a change.
func (u utterance) changes() bool {
	return slices.ContainsFunc(u.words, func(w word) bool {
		switch star.Base(w.low) {
		case "drop", "fall", "reduce", "decrease", "increase", "grow", "rise", "cut", "save", "improve", "halve", "double", "shrink", "lower", "raise":
			return true
		}
		return false
	})
}
