package match

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/text"
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

// Probe is a competency that is asked for.
type Probe struct {
	ID     string
	Weight float64 // how surely and how much, 0 to 1
	Line   string  // the line of the query that asks for it most
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

// ForQuestion reads a question: what part of it asks, the skills it names and the
// competencies it probes.
func (k Knowledge) ForQuestion(q string) Query {
	q = strings.TrimSpace(q)
	spelled, spoken := spell(asking(q))
	lines := []Line{{Text: spelled, Kind: job.Must, Weight: 1}}
	probed := k.probes(lines, leastProbed)
	return Query{Kind: KindQuestion, Text: q, Skills: k.wants(lines, spoken), Competencies: probed[:min(mostProbed, len(probed))], Lines: lines}
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
	q.Skills = k.wants(q.Lines, nil)
	q.Competencies = k.probes(q.Lines, leastSought)
	return q
}

// wants gives the skills that lines name: musts first, then by weight, then in the
// order of the lines. Spoken says in which words of the user's a span of a line
// stood; where it is nil, in those of the line.
func (k Knowledge) wants(lines []Line, spoken func(text.Span) string) []Want {
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
			words := m.Span.Of(l.Text)
			if spoken != nil {
				words = spoken(m.Span)
			}
			out[i].add(l, words)
		}
	}
	out = slices.DeleteFunc(out, func(w Want) bool { return w.professionOnly() })
	slices.SortStableFunc(out, func(a, b Want) int { return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(b.Weight, a.Weight)) })
	return out
}

// professions end the name of one.
var professions = []string{"engineer", "developer", "programmer", "administrator", "architect", "analyst", "scientist", "designer", "tester"}

// professionOnly says whether a skill is named only as a profession ("Backend
// Engineer"): that is who is wanted, not what one must have done.
func (w *Want) professionOnly() bool {
	for _, words := range w.Matched {
		last := strings.TrimSuffix(strings.ToLower(words[strings.LastIndexAny(words, " -/")+1:]), "s")
		if !slices.Contains(professions, last) {
			return false
		}
	}
	return true
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

// How competencies are read off a query.
const (
	leastProbed = 0.15 // how sure the encoder must be of a question's competency
	leastSought = 0.5  // and of a posting line's: postings speak of everything
	mostProbed  = 5
	byName      = 0.5 // how sure one is that is found by its name
)

// probes gives the competencies that lines ask for, the strongest first: those that
// the encoder is sure of, and, since it cannot know a user's own, those that a line
// names and the encoder was not trained on.
func (k Knowledge) probes(lines []Line, least float64) []Probe {
	names, found := k.names(), map[string]Probe{}
	note := func(id string, sure float64, l Line) {
		if w := sure * l.Weight; w > found[id].Weight {
			found[id] = Probe{id, w, l.Text}
		}
	}
	for i, kept := range k.Vectors.encode(texts(lines), "what is asked") {
		if lines[i].Kind == job.About {
			continue
		}
		for _, id := range names.in(lines[i].Text) {
			note(id, byName, lines[i])
		}
		for _, s := range k.Vectors.asks(kept.Whole()) {
			if sure := float64(s.Score); sure >= least {
				note(s.ID, sure, lines[i])
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b Probe) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID)) })
}

func texts(lines []Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Text
	}
	return out
}

// names are the names of the competencies that the encoder does not know.
func (k Knowledge) names() names {
	unknown := slices.DeleteFunc(slices.Clone(k.Competencies.All()), func(c competency.Competency) bool { return k.Vectors.knows(c.ID) })
	return namesOf(unknown)
}

// names are the names of a vocabulary's competencies, ready to be looked for.
type names struct {
	words   stemmer
	ids     []string
	phrases [][]string // by competency
}

func namesOf(all []competency.Competency) names {
	n := names{words: stemmer{}}
	for _, c := range all {
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
