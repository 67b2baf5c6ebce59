// Package match finds the stories that answer a question or a job description, and
// says why: which sentences, which skills, which competencies.
//
// A Query is what is asked for: the lines of text, the skills they name, the
// competencies they probe. Rank scores every story of a library against it. It
// is no search engine: it knows what a story's fields mean, and it says "none
// fits" rather than show the least bad. Telling a story is star's work, drawing
// a result report's.
//
// Rank is in this file, Query in query.go, what the score is made of and what it
// weighs in score.go, what a story and a query hold in card.go and ask.go, the
// reasons in reasons.go.
package match

import (
	"cmp"
	"runtime"
	"slices"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

// Threshold is the least score with which a story is shown as an answer. Chosen on
// the development sets: of the questions that no story answers seven in eight have
// none above it, of the others all but one in fifty have.
const Threshold = 0.045

// Knowledge is what is known beside the stories. Its zero value knows no skill and
// no competency, and understands no meaning: words still match.
type Knowledge struct {
	Skills       *skill.Taxonomy
	Competencies competency.Vocabulary
	Bank         []question.Question // for those who draw on it; ranking needs none
	Vectors      *Vectors
}

// skills is the taxonomy, an empty one where there is none.
func (k Knowledge) skills() *skill.Taxonomy {
	if k.Skills == nil {
		return &skill.Taxonomy{}
	}
	return k.Skills
}

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
type Claim struct {
	ID, Evidence string
	Inferred     bool // the teller claims nothing; the encoder sees it
}

// Ranking is the answer to a query.
type Ranking struct {
	Results []Result // best first; of equal scores the newer story, then by id
	Closest *Result  // where none fits: the best there is; nil without stories
	Gaps    []Want   // wanted skills that no story proves
	Cover   []Cover  // few stories that prove every wanted skill that any proves; the fewest where there are few (see cover)
}

// Library is stories made ready to be ranked, once for many queries.
type Library struct {
	know  Knowledge
	cards []card
}

// Read makes stories ready, on all cores.
func (k Knowledge) Read(stories []story.Story) *Library {
	entries, all := make([]Entry, len(stories)), make([]*story.Story, len(stories))
	for i := range stories {
		all[i] = &stories[i]
		entries[i] = Entry{ID: stories[i].ID, Story: func() *story.Story { return &stories[i] }}
	}
	for i, digest := range k.Digests(all) {
		entries[i].Digest = digest
	}
	return k.Shelve(entries)
}

// Shelve makes stories ready that may have been digested before. A digest that is none
// is made again.
func (k Knowledge) Shelve(entries []Entry) *Library {
	l := &Library{know: k, cards: make([]card, len(entries))}
	for i, e := range entries {
		c := &l.cards[i]
		c.whole = &whole{read: e.Story, skill: k.skills()}
		if !c.take(e.Digest) {
			c.take(k.Digests([]*story.Story{e.Story()})[0])
		}
		c.id = e.ID
	}
	l.encode()
	return l
}

// Story gives the story of an id of the library; nil for any other.
func (l *Library) Story(id string) *story.Story {
	for i := range l.cards {
		if l.cards[i].id == id {
			return l.cards[i].told().story
		}
	}
	return nil
}

// Rank gives the n best stories for q, all that fit where n is 0 or less.
func (k Knowledge) Rank(q Query, stories []story.Story, n int) Ranking {
	return k.Read(stories).Rank(q, n)
}

// Rank gives the n best stories for q, all that fit where n is 0 or less. Nothing fits
// a query that is empty or of stop words alone.
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

// Look gives what a query asks for, and the parts of every story's score in the
// order in which the stories were read: what the weights are fitted on.
func (l *Library) Look(q Query) (Asked, []Parts) {
	a := newAsk(q, l.know)
	out := make([]Parts, len(l.cards))
	var memory encoder.Encoding
	for i := range l.cards {
		out[i] = a.parts(&l.cards[i], &memory)
	}
	return a.asked, out
}

type scoredCard struct {
	card  *card
	parts Parts
	score float64
}

// score gives every story with its score, best first.
func (l *Library) score(a *ask) []scoredCard {
	all := make([]scoredCard, len(l.cards))
	stripes(len(l.cards), func(from, to int) {
		var memory encoder.Encoding
		for i := from; i < to; i++ {
			c := &l.cards[i]
			p := a.parts(c, &memory)
			all[i] = scoredCard{c, p, a.weights.Score(a.asked, p)}
		}
	})
	slices.SortFunc(all, func(x, y scoredCard) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.card.date, x.card.date), cmp.Compare(x.card.id, y.card.id))
	})
	return all
}

// stripes calls f with consecutive parts of 0 to n, on all cores, and waits.
func stripes(n int, f func(from, to int)) {
	cores := min(runtime.GOMAXPROCS(0), n)
	var wg parallel.Group
	for i := range cores {
		wg.Go(func() { f(i*n/cores, (i+1)*n/cores) })
	}
	wg.Wait()
}
