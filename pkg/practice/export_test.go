package practice

import "github.com/open-spaced-repetition/go-fsrs/v3"

// What tests look at from within.
var (
	ReadOwn = readOwn
	Replay  = (*History).replay
)

// CardOf is what FSRS knows of a question.
func CardOf(s *Schedule, question string) fsrs.Card { return s.cards[question].Card }
