package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/question"
)

// The kinds of a query.
const (
	KindQuestion = "question"
	KindJob      = "job"
)

// Query is what a story is wanted for. The zero value asks for nothing.
type Query struct {
	Kind         string // KindQuestion or KindJob
	Title        string // of the job; "" for a question
	Text         string // the question; "" for a job
	Skills       []Want
	Competencies []Probe // strongest first
	Lines        []Line
}

// Want is a skill that is asked for.
type Want struct {
	Name    string
	Must    bool     // false where it is only welcome
	Matched []string // the words it was found in, each once
	Weight  float64  // 0 to 1: how much of the asking it is
}

// Probe is a competency that is asked for, with how surely, 0 to 1.
type Probe struct {
	ID     string
	Weight float64
}

// Line is one thing asked for, in words.
type Line struct {
	Text   string
	Kind   job.Kind
	Weight float64
}

// What a line of a posting weighs, by kind. Set by hand: a duty will be asked about
// as much as a must, a nice-to-have less. What the company tells of itself only
// names tools.
var lineWeights = map[job.Kind]float64{job.Must: 1, job.Duty: 1, job.Nice: 0.6, job.About: 0.2}

// ForQuestion reads a question: the skills it names and the competencies it probes.
func (k Knowledge) ForQuestion(q string) Query {
	q = strings.TrimSpace(q)
	return Query{
		Kind:         KindQuestion,
		Text:         q,
		Skills:       k.wants([]Line{{Text: q, Kind: job.Must, Weight: 1}}),
		Competencies: k.probes(q),
		Lines:        []Line{{Text: q, Kind: job.Must, Weight: 1}},
	}
}

// ForJob reads a job description. Benefits and the like ask for nothing.
func (k Knowledge) ForJob(d job.Description) Query {
	q := Query{Kind: KindJob, Title: d.Title}
	if d.Title != "" {
		q.Lines = append(q.Lines, Line{d.Title, job.Must, lineWeights[job.Must]})
	}
	for _, l := range d.Lines {
		if w := lineWeights[l.Kind]; w > 0 {
			q.Lines = append(q.Lines, Line{l.Text, l.Kind, w})
		}
	}
	q.Skills = k.wants(q.Lines)
	q.Competencies = k.named(q.Lines)
	return q
}

// named gives the competencies that lines name, the one asked for most first.
func (k Knowledge) named(lines []Line) []Probe {
	names, votes := namesOf(k.Competencies), map[string]float64{}
	for _, l := range lines {
		if l.Kind == job.About {
			continue
		}
		for _, id := range names.in(l.Text) {
			votes[id] += l.Weight
		}
	}
	return strongest(votes, namedOutweighs, len(votes))
}

// wants gives the skills that lines name: musts first, then by weight, then in the
// order of the lines.
func (k Knowledge) wants(lines []Line) []Want {
	var out []Want
	at := map[string]int{}
	for _, l := range lines {
		for _, m := range k.skills().Mentions(l.Text) {
			if l.Kind == job.About && !k.tool(m.Skill) {
				continue
			}
			i, known := at[m.Skill]
			if !known {
				i = len(out)
				at[m.Skill] = i
				out = append(out, Want{Name: m.Skill})
			}
			out[i].add(l, m.Span.Of(l.Text))
		}
	}
	slices.SortStableFunc(out, func(a, b Want) int { return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(b.Weight, a.Weight)) })
	return out
}

// order is 0 for a must, 1 for what is only welcome.
func (w *Want) order() int {
	if w.Must {
		return 0
	}
	return 1
}

func (w *Want) add(l Line, words string) {
	w.Must = w.Must || l.Kind == job.Must || l.Kind == job.Duty
	w.Weight = max(w.Weight, l.Weight)
	if !slices.Contains(w.Matched, words) {
		w.Matched = append(w.Matched, words)
	}
}

// tool says whether a skill is a technology, which can be named in passing, and
// not a practice or a trait, whose words any company uses of itself.
func (k Knowledge) tool(name string) bool {
	s, _ := k.skills().Find(name)
	return !slices.Contains([]string{"practice", "soft skill", "domain", "spoken language"}, s.Kind)
}

// How a question's competencies are read off the bank.
const (
	neighbours     = 6    // questions of the bank that are asked
	leastAlike     = 0.15 // cosine below which a question of the bank says nothing
	leastProbed    = 0.2  // share of the strongest competency below which one is dropped
	mostProbed     = 4
	namedOutweighs = 0.5 // a competency's own name in the question counts like a neighbour this alike
)

// probes gives the competencies that a question probes: those of the questions of
// the bank that are worded most like it, and those that it names.
func (k Knowledge) probes(q string) []Probe {
	votes := map[string]float64{}
	var surest float64
	for _, n := range nearest(q, k.Bank) {
		surest = max(surest, n.alike)
		for rank, id := range n.question.Competencies {
			votes[id] += n.alike * n.alike / float64(rank+1)
		}
	}
	for _, id := range namesOf(k.Competencies).in(q) {
		votes[id] += namedOutweighs
		surest = max(surest, namedOutweighs)
	}
	return strongest(votes, surest, mostProbed)
}

// strongest turns votes into probes; the first weighs as much as its best witness.
func strongest(votes map[string]float64, surest float64, n int) []Probe {
	var out []Probe
	var most float64
	for _, v := range votes {
		most = max(most, v)
	}
	for id, v := range votes {
		if v >= leastProbed*most {
			out = append(out, Probe{id, min(1, 2*surest) * v / most})
		}
	}
	slices.SortFunc(out, func(a, b Probe) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), n)]
}

type neighbour struct {
	question *question.Question
	alike    float64 // cosine, 0 to 1
}

// nearest gives the questions of the bank most like q, best first. Words weigh by
// how rare they are among questions alone: two are alike by what they ask.
func nearest(q string, bank []question.Question) []neighbour {
	f, words := frequency(), stemmer{}
	asked := func(s string) []term {
		return weigh(words.stems(s), func(stem string) float64 { return f.rarity(stem, inQuestions) })
	}
	query := asked(q)
	var out []neighbour
	for i := range bank {
		if alike := cosine(query, asked(bank[i].Text)); alike >= leastAlike {
			out = append(out, neighbour{&bank[i], alike})
		}
	}
	slices.SortStableFunc(out, func(a, b neighbour) int { return cmp.Compare(b.alike, a.alike) })
	return out[:min(len(out), neighbours)]
}

// cosine compares two sorted lists of terms; equal stems have equal weights.
func cosine(a, b []term) float64 {
	var dot, aa, bb float64
	for _, t := range a {
		aa += t.weight * t.weight
		if w := weightOf(b, t.stem); w > 0 {
			dot += t.weight * w
		}
	}
	for _, t := range b {
		bb += t.weight * t.weight
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(aa*bb)
}

// names are the names of a vocabulary's competencies, ready to be looked for.
type names struct {
	words   stemmer
	ids     []string
	phrases [][]string // by competency
}

func namesOf(v competency.Vocabulary) names {
	n := names{words: stemmer{}}
	for _, c := range v.All() {
		var phrases []string
		for _, name := range append([]string{c.ID}, c.Aliases...) {
			if p := n.phrase(name); p != "" {
				phrases = append(phrases, p)
			}
		}
		n.ids, n.phrases = append(n.ids, c.ID), append(n.phrases, phrases)
	}
	return n
}

// phrase is the stems of s with blanks around, "" where there is none.
func (n names) phrase(s string) string {
	stems := n.words.stems(s)
	if len(stems) == 0 {
		return ""
	}
	return " " + strings.Join(stems, " ") + " "
}

// in gives the competencies whose id or alias stands in s, stop words aside.
func (n names) in(s string) []string {
	all := n.phrase(s)
	var out []string
	for i, phrases := range n.phrases {
		if slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(all, p) }) {
			out = append(out, n.ids[i])
		}
	}
	return out
}
