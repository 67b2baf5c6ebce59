// Package match finds the stories that answer a question or a job description, and
// says why: which sentences, which skills, which competencies.
//
// A Query is what is asked for: the lines of text, the skills they name, the
// competencies they probe. Rank scores every story of a library against it. It
// is no search engine: it knows what a story's fields mean, and it says "none
// fits" rather than show the least bad. Telling a story is star's work, drawing
// a result report's.
//
// # The score
//
// A story's score is how likely a coach would accept the story as an answer, 0
// to 1: the logistic function of a sum of parts, each 0 to 1, each with a weight.
//
//   - words: how much of the query's wording the story holds. BM25F over stems;
//     a word weighs more the fewer stories tell it and the fewer questions (or
//     posting lines) ask with it, so that "tell me about a time" weighs nothing.
//   - skills: how many of the wanted skills the story shows, by name, by another
//     name, by a neighbour, by a tag that looks like it; more where it shows in
//     what the teller did than where it is only tagged.
//   - competencies: how far what the teller claims is what the question probes.
//
// For a job description words are gathered line by line: musts and duties count
// whole, nice-to-haves less, benefits and the company's own talk nothing.
//
// Word frequencies, average lengths and weights are frozen; they come from the
// training stories, not from the library. So a story's score is a matter between
// it and the query: adding or removing others never changes it. What stands in
// hindsight was not done; it counts for nothing.
package match

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

// weights of the parts. A question's words, competencies and bias were fitted on the
// training sets (logistic regression on whether a story is graded 2 or 3: 8.2, 3.4,
// -3.5) and rounded. The training stories carry no skill tags, so what skills weigh
// was set by hand. So were a job's weights, below the fitted 70 for words and -2.2:
// training libraries lie closer to their postings than others do.
type weights struct{ bias, words, skills, competencies float64 }

var (
	questionWeights = weights{bias: -3.5, words: 8, skills: 3, competencies: 3.5}
	jobWeights      = weights{bias: -3.5, words: 40, skills: 12, competencies: 0.5}
)

// Threshold is the least score with which a story is shown as an answer: below it
// fewer than one in ten would be accepted.
const Threshold = 0.1

// Knowledge is what is known beside the stories. Its zero value knows no skill, no
// competency and no question: words still match.
type Knowledge struct {
	Skills       *skill.Taxonomy
	Competencies competency.Vocabulary
	Bank         []question.Question // says what questions of a kind probe
}

// skills is the taxonomy, an empty one where there is none.
func (k Knowledge) skills() *skill.Taxonomy {
	if k.Skills == nil {
		return &skill.Taxonomy{}
	}
	return k.Skills
}

// Parts are the parts of a score, each 0 to 1.
type Parts struct{ Words, Skills, Competencies float64 }

// Result is a story with its score and the reasons. Every passage and evidence is
// a part of the story's own text.
type Result struct {
	ID           string
	Title        string
	Score        float64 // how likely a coach would accept the story, 0 to 1
	Parts        Parts
	Passages     []Passage // the sentences that answer, best first
	Skills       []Skill   // the wanted skills it shows, in the query's order
	Competencies []Claim   // the probed competencies its teller claims
	Why          string    // one sentence
}

// Passage is a sentence of a story and the field that it stands in.
type Passage struct{ Field, Text string }

// Skill is a wanted skill and how the story shows it.
type Skill struct {
	Name     string // as the query names it
	Via      string // exact, alias, related or fuzzy
	Depth    Depth
	Evidence string // the sentence, or the tag
}

// Claim is a probed competency that the teller claims, and the sentence of the
// story that comes nearest to showing it.
type Claim struct{ ID, Evidence string }

// Ranking is the answer to a query.
type Ranking struct {
	Results []Result // best first; of equal scores the newer story, then by id
	Closest *Result  // where none fits: the best there is; nil without stories
	Gaps    []Want   // wanted skills that no story proves
	Cover   []Cover  // the fewest stories that prove every wanted skill that any proves
}

// Library is stories made ready to be ranked, once for many queries.
type Library struct {
	know  Knowledge
	cards []card
}

// Read makes stories ready, on all cores.
func (k Knowledge) Read(stories []story.Story) *Library {
	l := &Library{know: k, cards: make([]card, len(stories))}
	stripes(len(stories), func(from, to int) {
		r := newReader(k.skills())
		for i := from; i < to; i++ {
			l.cards[i] = r.card(&stories[i])
		}
	})
	return l
}

// Rank gives the n best stories for q, all that fit where n is 0 or less.
func (k Knowledge) Rank(q Query, stories []story.Story, n int) Ranking {
	return k.Read(stories).Rank(q, n)
}

// Rank gives the n best stories for q, all that fit where n is 0 or less. An empty
// query fits nothing.
func (l *Library) Rank(q Query, n int) Ranking {
	a := newAsk(q, l.know)
	scored := l.score(a)
	out := Ranking{Gaps: l.gaps(q), Cover: l.cover(q)}
	fit := slices.IndexFunc(scored, func(s scoredCard) bool { return s.score < Threshold })
	if fit < 0 {
		fit = len(scored)
	}
	if n > 0 {
		fit = min(fit, n)
	}
	for _, s := range scored[:fit] {
		out.Results = append(out.Results, l.explain(a, s, true))
	}
	if fit == 0 && len(scored) > 0 {
		closest := l.explain(a, scored[0], false)
		out.Closest = &closest
	}
	return out
}

type scoredCard struct {
	card  *card
	parts Parts
	score float64
}

// score gives every story that shares anything with the query, best first.
func (l *Library) score(a *ask) []scoredCard {
	all := make([]scoredCard, len(l.cards))
	stripes(len(l.cards), func(from, to int) {
		for i := from; i < to; i++ {
			c := &l.cards[i]
			p := a.parts(c)
			all[i] = scoredCard{c, p, a.weights.of(p)}
		}
	})
	all = slices.DeleteFunc(all, func(s scoredCard) bool { return s.parts == Parts{} })
	slices.SortFunc(all, func(x, y scoredCard) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.card.story.Date, x.card.story.Date), cmp.Compare(x.card.story.ID, y.card.story.ID))
	})
	return all
}

func (w weights) of(p Parts) float64 {
	return 1 / (1 + math.Exp(-(w.bias + w.words*p.Words + w.skills*p.Skills + w.competencies*p.Competencies)))
}

// stripes calls f with consecutive parts of 0 to n, on all cores, and waits.
func stripes(n int, f func(from, to int)) {
	cores := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for i := range cores {
		wg.Go(func() { f(i*n/cores, (i+1)*n/cores) })
	}
	wg.Wait()
}
