// Package practice chooses the questions of a drill and gives feedback on an
// answer.
//
// Draw is by chance alone and by a seed, so that a drill can be had again. It
// keeps no history and asks nothing: the screen is the command's.
//
// Review reads an answer that somebody typed, or that was written down as they
// spoke: how long it is, how its parts weigh, what it says by habit and, beside
// its story, what it claims that the story does not hold. It judges words, not
// meaning: a claim in the story's own words passes, and what a story tells in
// quite other words may be doubted. It writes no answer of its own.
package practice

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/prep-cli/prep/pkg/question"
)

// Why a question was drawn.
const (
	Weak = "weak" // it asks for what the stories do not prove
	New  = "new"  // it was never practised
)

// Drawn is a question of a drill with the reason it was drawn for.
type Drawn struct {
	question.Question
	Reason string
}

// Draw gives n of the questions, or all where there are fewer, none twice. The
// weak ones come first, and within both groups every order is equally likely. The
// same questions and seed give the same drill, whatever order they come in.
func Draw(questions []question.Question, n int, seed uint64, weak func(question.Question) bool) []Drawn {
	all := make([]Drawn, len(questions))
	for i, q := range questions {
		all[i] = Drawn{q, New}
		if weak != nil && weak(q) {
			all[i].Reason = Weak
		}
	}
	slices.SortFunc(all, func(a, b Drawn) int { return cmp.Compare(a.ID, b.ID) })
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, func(a, b Drawn) int { return cmp.Compare(rank(a), rank(b)) })
	return all[:min(max(n, 0), len(all))]
}

func rank(d Drawn) int {
	if d.Reason == Weak {
		return 0
	}
	return 1
}
