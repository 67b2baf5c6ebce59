package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// How many passages a result carries.
const (
	questionPassages = 2
	jobPassages      = 3
)

// explain gives a scored story with its reasons.
func (l *Library) explain(a *ask, s scoredCard, fits bool) Result {
	r := Result{ID: s.card.story.ID, Title: s.card.story.Title, Score: s.score, Parts: s.parts}
	sentences := a.sentences(s.card.story)
	r.Passages = a.passages(sentences)
	near := map[string]string{}
	for _, w := range a.query.Skills {
		if f, ok := a.find(w.Name, s.card); ok {
			r.Skills = append(r.Skills, Skill{w.Name, f.Via, f.Depth, f.Evidence(s.card.story)})
			near[w.Name] = f.as
		}
	}
	for _, p := range a.query.Competencies {
		if claimed(s.card, p.ID) > 0 {
			r.Competencies = append(r.Competencies, Claim{p.ID, l.evidence(p.ID, sentences, r.Passages)})
		}
	}
	r.Why = why(a, s.card, r, near, fits)
	return r
}

// sentence is a sentence of a story with its stems.
type sentence struct {
	Passage
	stems []string // sorted, each once
}

// sentences gives a story's sentences, those first that prove. Hindsight has none.
func (a *ask) sentences(s *story.Story) []sentence {
	var out []sentence
	for _, field := range telling {
		for _, part := range s.Text(field) {
			for _, sp := range text.Sentences(part) {
				stems := a.words.stems(sp.Of(part))
				slices.Sort(stems)
				out = append(out, sentence{Passage{field, sp.Of(part)}, slices.Compact(stems)})
			}
		}
	}
	return out
}

// overlap is the weight of the terms that the sentence holds.
func (s sentence) overlap(query []term) float64 {
	var sum float64
	for _, t := range query {
		if _, ok := slices.BinarySearch(s.stems, t.stem); ok {
			sum += t.weight
		}
	}
	return sum
}

// passages gives the sentences that hold most of any one line's words, best first;
// of equal ones the first in the order of telling.
func (a *ask) passages(all []sentence) []Passage {
	type scored struct {
		Passage
		score float64
	}
	var best []scored
	for _, s := range all {
		var most float64
		for _, l := range a.lines {
			most = max(most, l.weight*s.overlap(l.terms))
		}
		if most > 0 {
			best = append(best, scored{s.Passage, most})
		}
	}
	slices.SortStableFunc(best, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	n := questionPassages
	if a.query.Kind == KindJob {
		n = jobPassages
	}
	var out []Passage
	for _, b := range best[:min(n, len(best))] {
		out = append(out, b.Passage)
	}
	return out
}

// nearEnough is the least weight of words that a sentence must share with a
// competency's description to stand for it: one rare word, or two common ones.
const nearEnough = 0.6

// evidence is the sentence that comes nearest to showing a competency, by the words
// that its entry is described with; where none is near, the sentence that answers
// the query best, else the first that proves.
func (l *Library) evidence(id string, all []sentence, passages []Passage) string {
	c, _ := l.know.Competencies.Find(id)
	about := terms(strings.Join(append([]string{c.Description, c.Shows}, c.Aliases...), " "), inQuestions)
	best, most := "", nearEnough
	for _, s := range all {
		if score := s.overlap(about); score >= most {
			best, most = s.Text, score+1e-9
		}
	}
	switch {
	case best != "":
		return best
	case len(passages) > 0:
		return passages[0].Text
	case len(all) > 0:
		return all[0].Text
	}
	return ""
}

// why says in one sentence what speaks for the story, or what little there is.
func why(a *ask, c *card, r Result, near map[string]string, fits bool) string {
	var reasons []string
	reasons = append(reasons, skillReasons(r.Skills, near)...)
	if len(r.Competencies) > 0 {
		var ids []string
		for _, claim := range r.Competencies {
			ids = append(ids, strings.ReplaceAll(claim.ID, "-", " "))
		}
		reasons = append(reasons, "you claim "+and(ids)+" for it")
	}
	words := a.shared(c)
	if len(words) > 0 && (len(reasons) < 2 || !fits) {
		reasons = append(reasons, "it speaks of "+and(a.spoken(words, c.story, 3)))
	}
	sentence := strings.Join(reasons, "; ")
	if sentence == "" {
		return ""
	}
	if !fits {
		return "Too little in common: " + sentence + "."
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:] + "."
}

// skillReasons says which skills a story proves, else names or tags, else comes near.
func skillReasons(skills []Skill, near map[string]string) []string {
	var proved, named, akin []string
	for _, s := range skills {
		switch {
		case s.Via == related:
			akin = append(akin, fmt.Sprintf("%s (for %s)", near[s.Name], s.Name))
		case s.Depth == Proved:
			proved = append(proved, s.Name)
		default:
			named = append(named, s.Name)
		}
	}
	switch {
	case len(proved) > 0:
		return []string{"it shows " + and(first(proved, 4)) + " in what you did"}
	case len(named) > 0:
		return []string{"it names " + and(first(named, 4))}
	case len(akin) > 0:
		return []string{"it comes near with " + and(first(akin, 2))}
	}
	return nil
}

// tellingWord is the least weight of a word that is worth naming beside a weightier
// one: "database" is, "afterwards" is not.
const tellingWord = 0.3

// spoken gives the words of the story that have the terms' stems, at most n, in
// quotes. The terms come weightiest first.
func (a *ask) spoken(terms []term, s *story.Story, n int) []string {
	var out []string
	for _, t := range terms {
		if len(out) == n || t.weight < tellingWord && len(out) > 0 {
			break
		}
		if w := a.wordWith(t.stem, s); w != "" {
			out = append(out, "“"+w+"”")
		}
	}
	return out
}

func (a *ask) wordWith(stem string, s *story.Story) string {
	for _, field := range telling {
		for _, part := range s.Text(field) {
			if w := a.wordIn(stem, part); w != "" {
				return w
			}
		}
	}
	for _, other := range append([]string{s.Title}, s.Skills...) {
		if w := a.wordIn(stem, other); w != "" {
			return w
		}
	}
	return ""
}

func (a *ask) wordIn(stem, s string) string {
	for _, t := range text.Tokens(s) {
		if a.words.stem(t.Text) == stem {
			return t.Of(s)
		}
	}
	return ""
}

func first(s []string, n int) []string { return s[:min(n, len(s))] }

// and joins words as one says them: "a, b and c".
func and(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}
