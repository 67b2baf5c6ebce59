package match

import "math"

// # The score
//
// A story's score is how likely a coach would accept the story as an answer, 0 to
// 1. It is the product of two likelihoods.
//
// The first, accepted, is the logistic function of a weighted sum of parts:
//
//   - meaning: how near the story comes to the question by the encoder's vectors,
//     as a whole and in its best sentences (package encoder says how).
//   - words: how much of the query's wording the story holds. BM25F over stems;
//     a word weighs more the fewer stories tell it and the fewer questions (or
//     posting lines) ask with it, so that "tell me about a time" weighs nothing.
//   - passage: how much of it stands together in one sentence. "Two customers buy
//     the last item" is told by a sentence that holds all of it, not by a story
//     that has customers here and an item there.
//   - skills: how many of the wanted skills the story shows, by name, by another
//     name, by a neighbour, by a tag that looks like it; more where it shows in
//     what the teller did than where it is only tagged.
//   - competencies: how far what the teller claims is what the question probes.
//     Where a story claims nothing, what the encoder sees in it stands in, at half.
//
// What a question asks for in particular, its rare words, lowers the sum for every
// story: one that holds them makes up for it, the others do not. So does, for the
// story alone, a technology that is named and that the story does not know.
//
// The second, known, is how likely the question is one that work stories answer at
// all. It rises with how well the story is accepted, with how familiar the question
// is, by its likeness to the training questions, and with a passage or a skill of the
// story that meets it; it falls with what is asked for in particular. "Tell me about a
// merger you led" shares its form with a hundred questions and its matter with none.
//
// For a job description meaning and words are gathered line by line: musts and
// duties count whole, nice-to-haves less, benefits and the company's own talk
// nothing; and skills are the share of those wanted.
//
// Word frequencies, average lengths, spreads and weights are frozen; they come from
// the training stories, not from the library. So a story's score is a matter between
// it and the query: adding or removing others never changes it. What stands in
// hindsight was not done; it counts for nothing.

// Weights are what the parts of a score weigh, and what the query asks for by
// itself.
type Weights struct {
	Bias, Meaning, Words, Passage, Skills, Competencies float64
	AskedWords, Unmet                                   float64
	Known                                               Known
}

// Known weighs whether work stories answer a question at all. Its zero value has no
// doubt.
type Known struct{ Bias, Accepted, Familiar, AskedWords, Passage, Skills float64 }

// QuestionWeights are fitted by go run ./training/fit on twelve training sets as an
// encoder sees them that was trained on the other thirty-six, and rounded.
func QuestionWeights() Weights {
	return Weights{
		Bias: -4.17, Meaning: 0.5, Words: 4, Passage: 1.7, Skills: 1.5, Competencies: 2.3, AskedWords: -0.51, Unmet: -0.6,
		Known: Known{Bias: -36.7, Accepted: 0.9, Familiar: 68.9, AskedWords: -2.46, Passage: 5.5, Skills: 3.3},
	}
}

// JobWeights are fitted in the same way, but for the bias, which is set 0.8 lower by
// hand: the training libraries lie closer to their postings than others do.
func JobWeights() Weights {
	return Weights{Bias: -4.3, Meaning: 0.66, Words: 12.7, Skills: 8.4}
}

// Parts are the parts of a story's score before they are weighed.
type Parts struct {
	Meaning      float64 // of a question: spreads over the training stories, 0 for a middling story; of a job: 1 for one
	Words        float64 // rarity of the query's words that the story holds, summed; of a job its mean over the lines
	Passage      float64 // how much of them stands together in one sentence: rarity times share; 0 for a job
	Skills       float64 // wanted skills that it shows, by weight, each at most 1; of a job their share
	Competencies float64 // probed competencies that it is claimed for, each at most 1
	Unmet        float64 // technologies that a question names and it shows not even by a neighbour, by weight; 0 for a job
}

// Asked is what a query asks for by itself, the same for every story.
type Asked struct {
	Words    float64 // rarity of its words, summed; of a job the mean over its lines
	Skills   float64 // wanted skills, by weight
	Familiar float64 // mean cosine with the nearest training questions; 0 for a job
}

// nothing says whether the query holds no word but stop words, and no skill.
func (a Asked) nothing() bool { return a.Words == 0 && a.Skills == 0 }

// Score is how likely a coach would accept a story of these parts, 0 to 1: 0 where
// nothing is asked, for "And then?" comes near to every story.
func (w Weights) Score(a Asked, p Parts) float64 {
	if a.nothing() {
		return 0
	}
	sum := w.Bias + w.AskedWords*a.Words + w.Unmet*p.Unmet +
		w.Meaning*p.Meaning + w.Words*p.Words + w.Passage*p.Passage + w.Skills*p.Skills + w.Competencies*p.Competencies
	return logistic(sum) * w.Known.score(a, p, sum)
}

func (k Known) score(a Asked, p Parts, accepted float64) float64 {
	if k == (Known{}) {
		return 1
	}
	return logistic(k.Bias + k.Accepted*accepted + k.Familiar*a.Familiar + k.AskedWords*a.Words + k.Passage*p.Passage + k.Skills*p.Skills)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
