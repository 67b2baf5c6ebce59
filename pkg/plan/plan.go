// Package plan prepares for the interviews of one posting: the questions that it
// makes likely, and for each the story to tell and one in reserve.
//
// It reads no posting and ranks no story, which is match's work; it chooses among
// the questions of a bank and makes none up. Nor does it know what was told where
// before: who must not hear a story again leaves it out of the library.
//
// # Which questions are likely
//
// A plan is filled one question at a time, the likeliest first:
//
//   - Behavioural and technical questions take turns until the technical ones run
//     out; for a manager every second turn of those is passed over.
//   - A technical question is one with skills. It comes in where the posting wants
//     the first of its skills or half of them. The next is the one that asks for most
//     that is required and not asked for yet, then for most that is welcome; the first
//     of its skills counts whole, the others half.
//   - A behavioural question is put to each competency of the posting, the one asked
//     for most first. Where room is left come the staples, which are asked whatever the
//     posting says, then what it hardly asks for, and then a second question to each.
//   - Under a framework each of its values has a question before any has two, and
//     before there is a technical one; where there are more values than room, those that
//     the posting asks for come first. Questions that are known to be asked under that
//     framework go before others.
//   - A question counts less the further its level is from the title's; a manager's
//     are for managers alone.
//   - No competency is probed three times while one that the posting asks for is not
//     probed at all, unless a value has no other question; and one that was probed
//     already counts less.
//
// Of equals the question that stands first in its file is taken: a bank begins with
// the plainest.
//
// # Which story for which question
//
// Of all ways to answer every question that any story fits, the one is chosen that
// tells the fewest stories again, then has the highest sum of scores, then tells the
// newer ones. This is exact (see assign), and none of it depends on chance or order.
package plan

import (
	"cmp"
	"slices"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/story"
)

// Plan is an interview loop. The zero value asks nothing.
type Plan struct {
	Questions []Question // the likeliest first
	Unused    []string   // ids of the stories that the plan neither tells nor keeps in reserve, sorted
	Gaps      []string   // skills that the posting wants and no story proves, musts first
}

// Question is a likely question and what to answer it with.
type Question struct {
	ID, Text string
	Why      string  // why it is likely, in the posting's own words where it is the posting
	Story    string  // the id of the story to tell, "" where none fits
	Backup   string  // the id of the best other one, "" where none fits
	Score    float64 // how likely a coach would accept the story, 0 to 1
}

// Of plans for a posting: n questions, or as many as the bank has. A framework with
// values makes it a plan for a company that interviews by them.
func Of(posting match.Query, know match.Knowledge, stories []story.Story, framework competency.Framework, n int) Plan {
	p := Plan{Questions: choose(posting, know, framework, n)}
	library := know.Read(stories)
	for _, w := range library.Rank(posting, 1).Gaps {
		p.Gaps = append(p.Gaps, w.Name)
	}
	// A story that is not among a question's n best is never needed: of those n, one
	// is told for no other question. One more leaves a backup to each.
	fitting := make([][]match.Result, len(p.Questions))
	for i, q := range p.Questions {
		fitting[i] = library.Rank(know.ForQuestion(q.Text), len(p.Questions)+1).Results
	}
	p.tell(fitting, newestFirst(stories))
	p.Unused = p.unused(stories)
	return p
}

// newestFirst gives the ids of stories, the newest first and then by id.
func newestFirst(stories []story.Story) []string {
	sorted := slices.SortedFunc(slices.Values(stories), func(a, b story.Story) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.ID, b.ID))
	})
	out := make([]string, len(sorted))
	for i, s := range sorted {
		out[i] = s.ID
	}
	return out
}

// tell gives each question its story and a backup, from what fits it, best first.
func (p *Plan) tell(fitting [][]match.Result, ids []string) {
	ids = slices.DeleteFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(fitting, func(rs []match.Result) bool { return holds(rs, id) })
	})
	scores := make([][]float64, len(fitting))
	for i, results := range fitting {
		scores[i] = make([]float64, len(ids))
		for _, r := range results {
			scores[i][slices.Index(ids, r.ID)] = r.Score
		}
	}
	told := map[string]bool{}
	for i, s := range assign(scores) {
		if s != open {
			p.Questions[i].Story, p.Questions[i].Score = ids[s], scores[i][s]
			told[ids[s]] = true
		}
	}
	for i := range p.Questions {
		p.Questions[i].Backup = reserve(fitting[i], p.Questions[i].Story, told)
	}
}

func holds(results []match.Result, id string) bool {
	return slices.ContainsFunc(results, func(r match.Result) bool { return r.ID == id })
}

// toldElsewhere is what a backup counts that is the story of another question: it may
// be told already when it is wanted.
const toldElsewhere = 0.5

// reserve gives the best story beside the chosen one.
func reserve(results []match.Result, chosen string, told map[string]bool) string {
	best, most := "", 0.0
	for _, r := range results {
		worth := r.Score
		if told[r.ID] {
			worth *= toldElsewhere
		}
		if r.ID != chosen && worth > most {
			best, most = r.ID, worth
		}
	}
	return best
}

func (p *Plan) unused(stories []story.Story) []string {
	used := map[string]bool{}
	for _, q := range p.Questions {
		used[q.Story], used[q.Backup] = true, true
	}
	var out []string
	for _, s := range stories {
		if !used[s.ID] {
			out = append(out, s.ID)
		}
	}
	slices.Sort(out)
	return out
}
