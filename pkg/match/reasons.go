package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/encoder"
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
	told := s.card.told()
	r := Result{ID: s.card.id, Title: told.story.Title, Score: s.score, Parts: s.parts}
	sentences := sentences(s.card, a.words)
	r.Passages = a.passages(sentences)
	near := map[string]string{}
	for _, w := range a.wants {
		if f := w.find(s.card); f.depth > Absent {
			r.Skills = append(r.Skills, Skill{w.name, f.via, f.depth, f.evidence(told)})
			near[w.name] = f.as
		}
	}
	r.Competencies = a.claimed(s.card, sentences, r.Passages)
	r.Why = why(a, s.card, r, near, fits)
	return r
}

// claimed gives the probed competencies that the story is claimed for, or that the
// encoder sees in it, each with the sentence that shows it most surely. Of a user's own,
// which the encoder does not know, that is the sentence that answers best.
func (a *ask) claimed(c *card, sentences []sentence, passages []Passage) []Claim {
	var out []Claim
	inferred := len(c.claimed) == 0
	for _, p := range a.query.Competencies {
		credit, claimed := a.credit(c, p.ID, c.kept.Whole())
		if !claimed || inferred && credit < leastInferred*inferredCredit || len(sentences) == 0 {
			continue
		}
		evidence := a.showing(p.ID, sentences)
		if evidence == "" && len(passages) > 0 {
			evidence = passages[0].Text
		}
		out = append(out, Claim{p.ID, cmp.Or(evidence, sentences[0].Text), inferred})
	}
	return out
}

// showing is the sentence that shows a competency most surely, "" where the encoder
// cannot say.
func (a *ask) showing(id string, sentences []sentence) string {
	best, most := "", float32(0)
	for _, s := range sentences {
		if a.model == nil || len(s.meaning.Vector) == 0 {
			continue
		}
		if sure := a.model.StoryCompetency(id, s.meaning); sure > most {
			best, most = s.Text, sure
		}
	}
	return best
}

// sentence is a sentence of a story with its stems and its meaning.
type sentence struct {
	Passage
	stems   []string        // sorted, each once
	meaning encoder.Passage // empty where there is no encoder
}

// sentences gives a story's sentences, those first that prove. Hindsight has none.
func sentences(c *card, words stemmer) []sentence {
	var out []sentence
	told, meanings := c.told(), c.kept.Encoding().Sentences
	for _, field := range telling {
		for i, part := range told.story.Text(field) {
			at := told.prose.start(field, i)
			for _, sp := range text.Sentences(part) {
				stems := words.stems(sp.Of(part))
				slices.Sort(stems)
				there := text.Span{Start: at + sp.Start, End: at + sp.End}
				out = append(out, sentence{Passage{field, sp.Of(part)}, slices.Compact(stems), meant(meanings, there)})
			}
		}
	}
	return out
}

// meant is the encoder's sentence that covers most of a span of the prose: it parts
// sentences more simply.
func meant(sentences []encoder.Passage, sp text.Span) encoder.Passage {
	var best encoder.Passage
	most := 0
	for _, s := range sentences {
		if shared := min(s.End, sp.End) - max(s.Start, sp.Start); shared > most {
			best, most = s, shared
		}
	}
	return best
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

// A passage is chosen by its meaning, and a little by the words that it shares: a
// cosine of leastMeant says nothing, and a shared word is worth sharedWord of cosine
// for all its rarity.
const (
	leastMeant = 0.25
	sharedWord = 0.1
)

// answers is how well a sentence answers a line.
func (s sentence) answers(l askedLine) float64 {
	sum := sharedWord * s.overlap(l.terms)
	if len(s.meaning.Vector) > 0 {
		sum += max(0, float64(l.meaning.Cosine(s.meaning))-leastMeant)
	}
	return sum
}

// passages gives the sentences that answer any one line best, best first; of equal
// ones the first in the order of telling.
func (a *ask) passages(all []sentence) []Passage {
	type scored struct {
		Passage
		score float64
	}
	var best []scored
	for _, s := range all {
		var most float64
		for _, l := range a.lines {
			most = max(most, l.weight*s.answers(l))
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

// why says in one sentence what speaks for the story, or what little there is.
func why(a *ask, c *card, r Result, near map[string]string, fits bool) string {
	reasons := skillReasons(r.Skills, near)
	if claims := claimReason(r.Competencies); claims != "" {
		reasons = append(reasons, claims)
	}
	if words := a.spoken(a.unnamed(a.shared(c), r.Skills), c.told().story, 3); len(words) > 0 && (len(reasons) < 2 || !fits) {
		reasons = append(reasons, "it speaks of "+and(words))
	}
	if fits && r.Parts.Meaning > nearMeaning && a.query.Kind == KindQuestion {
		reasons = append(reasons, "its sense comes near the question's")
	}
	sentence := strings.Join(reasons, "; ")
	switch {
	case fits && sentence == "":
		return "It comes nearest in sense."
	case fits:
		return strings.ToUpper(sentence[:1]) + sentence[1:] + "."
	case sentence == "":
		return "Nothing in common with what is asked."
	}
	return "Too little in common: " + sentence + "."
}

// nearMeaning is from which meaning on a story is said to come near: one in eleven of
// all pairs of a question and a story in the training sets does.
const nearMeaning = 4

// claimReason names the competencies, whether the teller claims them or they show.
func claimReason(claims []Claim) string {
	if len(claims) == 0 {
		return ""
	}
	var ids []string
	for _, c := range claims {
		ids = append(ids, strings.ReplaceAll(c.ID, "-", " "))
	}
	if claims[0].Inferred {
		return "it seems to show " + and(first(ids, 2))
	}
	return "you claim " + and(ids) + " for it"
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

// unnamed leaves out the terms that the names of the shown skills say already.
func (a *ask) unnamed(terms []term, skills []Skill) []term {
	var named []string
	for _, s := range skills {
		named = append(named, a.words.stems(s.Name)...)
	}
	return slices.DeleteFunc(terms, func(t term) bool { return slices.Contains(named, t.stem) })
}

// How much a word must weigh to be worth naming: at all ("time" is not), and beside a
// weightier one ("incident" is, "database" is not).
const (
	leastWord   = 0.1
	tellingWord = 0.3
)

// spoken gives the words of the story that have the terms' stems, at most n, in
// quotes. The terms come weightiest first.
func (a *ask) spoken(terms []term, s *story.Story, n int) []string {
	var out []string
	for _, t := range terms {
		if len(out) == n || t.weight < leastWord || t.weight < tellingWord && len(out) > 0 {
			break
		}
		if w := a.wordWith(t.stem, s); len(w) > 1 {
			out = append(out, "“"+w+"”")
		}
	}
	return out
}

// wordWith gives the story's first word of a stem: in the form in which it is asked
// for, else in any ("products" has the stem of "production").
func (a *ask) wordWith(stem string, s *story.Story) string {
	var told []string
	for _, field := range telling {
		told = append(told, s.Text(field)...)
	}
	other := ""
	for _, part := range slices.Concat(told, []string{s.Title}, s.Skills) {
		for _, t := range text.Tokens(part) {
			word := t.Of(part)
			switch {
			case !a.stands(stem, word, t.Text):
			case a.forms[t.Text]:
				return word
			case other == "":
				other = word
			}
		}
	}
	return other
}

// stands says whether a word, as written and folded, has the stem or is short for one
// that has.
func (a *ask) stands(stem, word, folded string) bool {
	if long := longhand(word, folded); long != "" {
		return slices.Contains(a.words.stems(long), stem)
	}
	return a.words.stem(folded) == stem
}

func first(s []string, n int) []string { return s[:min(n, len(s))] }

// and joins words as one says them: "a, b and c".
func and(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}
