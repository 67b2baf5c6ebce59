package plan

import (
	"cmp"
	"math"
	"slices"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/text"
)

// staples are the competencies that interviewers probe whatever the posting says,
// the most usual first. Set by hand.
var staples = []string{"failure", "conflict", "results", "problem-solving", "deadline", "learning", "teamwork", "disagreement"}

// Weights of a topic and of a question, all set by hand.
const (
	staple     = 0.3  // the share of the strongest competency's weight that a staple has
	alsoWanted = 0.25 // a competency that the posting asks for, beside the one that the question is put for
	untagged   = 0.5  // a question not known to be asked under the framework
	probedYet  = 0.9  // each time that one of its competencies was probed already
)

// levelApart is what a question counts by how many levels it is from the title's.
var levelApart = []float64{1, 0.9, 0.7, 0.5}

// topic is what a behavioural question is put for: one of the competencies, which
// stand strongest first.
type topic struct {
	competencies []string
	why          string
	set          string  // the id of the framework that it is a value of
	weight       float64 // how much it is asked for, beside the strongest
}

// chooser fills a plan.
type chooser struct {
	posting match.Query // its skills by what says so: requirements, duties, the rest
	know    match.Knowledge
	bank    []question.Question // plainest first
	quotes  quotes
	level   string
	n       int

	wanted []match.Probe   // the posting's competencies that the bank probes
	skills map[string]int  // where each of the posting's skills stands in posting.Skills
	asked  map[string]bool // skills asked for by the chosen questions
	probed map[string]int  // how many chosen questions probe a competency
	taken  map[string]bool // ids of the chosen questions
	chosen []Question
}

// choose gives n questions, by the rule in the package's comment.
func choose(posting match.Query, know match.Knowledge, framework competency.Framework, n int) []Question {
	if know.Skills == nil {
		know.Skills = &skill.Taxonomy{}
	}
	c := chooser{
		posting: posting, know: know, n: n, quotes: readQuotes(posting, know), level: levelOf(posting.Title),
		skills: map[string]int{}, asked: map[string]bool{}, probed: map[string]int{}, taken: map[string]bool{},
	}
	c.bank = slices.SortedFunc(slices.Values(know.Bank), func(a, b question.Question) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID))
	})
	c.posting.Skills = slices.SortedStableFunc(slices.Values(posting.Skills), func(a, b match.Want) int {
		return cmp.Compare(c.quotes.order(a.Name), c.quotes.order(b.Name))
	})
	for i, w := range c.posting.Skills {
		c.skills[w.Name] = i
	}
	c.wanted = slices.DeleteFunc(slices.Clone(posting.Competencies), func(p match.Probe) bool { return !c.inBank(p.ID) })
	c.fill(framework)
	return c.chosen
}

// inBank says whether a behavioural question probes the competency.
func (c *chooser) inBank(id string) bool {
	return slices.ContainsFunc(c.bank, func(q question.Question) bool { return behavioural(q) && slices.Contains(q.Competencies, id) })
}

// levels are words of a title and the level they stand for, the highest first.
var levels = []struct{ level, words string }{
	{"manager", "manager head director vp"},
	{"staff", "staff principal architect distinguished"},
	{"senior", "senior sr lead"},
	{"junior", "junior jr graduate intern trainee apprentice entry"},
}

// levelOf gives the level that a title names, "mid" where it names none.
func levelOf(title string) string {
	words := text.Words(title)
	for _, l := range levels {
		if slices.ContainsFunc(text.Words(l.words), func(w string) bool { return slices.Contains(words, w) }) {
			return l.level
		}
	}
	return "mid"
}

func behavioural(q question.Question) bool { return len(q.Skills) == 0 }

// fill goes round the topics, with technical questions between them, until the plan
// is full or a round adds nothing.
func (c *chooser) fill(framework competency.Framework) {
	values := c.values(framework)
	for _, t := range values {
		if !c.putFor(t, c.may) {
			c.putFor(t, c.fresh)
		}
	}
	topics := c.competencies(len(values) == 0)
	topics = append(topics, values...)
	turn := 0
	for before := -1; before < len(c.chosen); {
		before = len(c.chosen)
		for _, t := range topics {
			if len(c.chosen) > 0 && (c.level != "manager" || turn%2 == 1) {
				c.putTechnical()
			}
			c.putFor(t, c.may)
			turn++
		}
	}
}

// values are those of the framework, what the posting asks for first.
func (c *chooser) values(framework competency.Framework) []topic {
	var out []topic
	for _, v := range framework.Values {
		t := topic{competencies: v.Competencies, why: v.Name, set: framework.ID}
		for _, p := range c.wanted {
			t.weight += p.Weight * credit(slices.Index(v.Competencies, p.ID))
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b topic) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

// competencies are those of the posting and, where asked, the staples; the one asked
// for most first.
func (c *chooser) competencies(withStaples bool) []topic {
	var out []topic
	for _, p := range c.wanted {
		out = append(out, topic{competencies: []string{p.ID}, why: c.quotes.competency(p.ID), weight: p.Weight / c.wanted[0].Weight})
	}
	for _, id := range staples {
		if withStaples && c.at(id) < 0 {
			out = append(out, topic{competencies: []string{id}, why: "asked in most interviews", weight: staple})
		}
	}
	slices.SortStableFunc(out, func(a, b topic) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

// at is where a competency stands among those that the posting asks for, -1 for one
// that it does not.
func (c *chooser) at(id string) int {
	return slices.IndexFunc(c.wanted, func(p match.Probe) bool { return p.ID == id })
}

// credit is what the competency at that rank counts for, nothing for one that is
// not there.
func credit(rank int) float64 {
	if rank < 0 {
		return 0
	}
	return 1 / float64(rank+1)
}

// putFor adds the best behavioural question for a topic of those that may be put, and
// says whether there is one.
func (c *chooser) putFor(t topic, may func(*question.Question) bool) bool {
	var best *question.Question
	var most float64
	for i := range c.bank {
		q := &c.bank[i]
		if behavioural(*q) && may(q) {
			if worth := c.worth(q, t); worth > most {
				best, most = q, worth
			}
		}
	}
	if best != nil {
		c.add(best, t.why)
	}
	return best != nil
}

// fresh says whether there is room for the question, and it is not taken yet.
func (c *chooser) fresh(q *question.Question) bool {
	return !c.taken[q.ID] && len(c.chosen) < c.n && c.fit(q) > 0
}

// may says besides whether it leaves room for what is wanted.
func (c *chooser) may(q *question.Question) bool { return c.fresh(q) && !c.crowds(q) }

// crowds says whether the question would probe a competency for the third time while
// a wanted one is not probed at all.
func (c *chooser) crowds(q *question.Question) bool {
	missing := slices.ContainsFunc(c.wanted, func(p match.Probe) bool { return c.probed[p.ID] == 0 && !slices.Contains(q.Competencies, p.ID) })
	return missing && slices.ContainsFunc(q.Competencies, func(id string) bool { return c.probed[id] >= 2 })
}

// fit is how well the question's level suits the title's, 0 to 1.
func (c *chooser) fit(q *question.Question) float64 {
	if q.Level == "manager" && c.level != "manager" {
		return 0
	}
	apart := slices.Index(question.Levels, q.Level) - slices.Index(question.Levels, c.level)
	return levelApart[min(max(apart, -apart), len(levelApart)-1)]
}

// worth is how much a behavioural question is worth for a topic.
func (c *chooser) worth(q *question.Question, t topic) float64 {
	var put float64
	for rank, id := range q.Competencies {
		put = max(put, credit(rank)*credit(slices.Index(t.competencies, id)))
	}
	if put == 0 {
		return 0
	}
	if t.set != "" && !slices.Contains(q.Frameworks, t.set) {
		put *= untagged
	}
	var also, yet float64
	for rank, id := range q.Competencies {
		yet += float64(c.probed[id])
		if i := c.at(id); i >= 0 && c.probed[id] == 0 {
			also += c.wanted[i].Weight * credit(rank)
		}
	}
	return (put + alsoWanted*also) * math.Pow(probedYet, yet) * c.fit(q)
}

func (c *chooser) add(q *question.Question, why string) {
	c.taken[q.ID] = true
	for _, id := range q.Competencies {
		c.probed[id]++
	}
	for _, name := range q.Skills {
		c.asked[c.skill(name)] = true
	}
	c.chosen = append(c.chosen, Question{ID: q.ID, Text: q.Text, Why: why})
}
