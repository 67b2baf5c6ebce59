package practice

import (
	"slices"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/star"
)

// The strongest facts of a story are those that an answer of this length keeps.
const kernel = 45 * time.Second

// mostMissed is how many facts are named at most.
const mostMissed = 5

// leastContent is the fewest words of meaning that make a sentence a fact.
const leastContent = 3

// missed gives the strongest facts of the story that the answer leaves out.
func (r *record) missed(spoken []utterance) []Fact {
	said := newVocabulary()
	var figures []figure
	for _, u := range spoken {
		said.add(u.words)
		figures = append(figures, figuresOf(u.text, u.words)...)
	}
	var out []Fact
	for _, x := range star.Compose(r.story, star.Options{Target: kernel}).Sentences {
		ours := x.Part == star.Task && x.Field != "task"
		if !ours && len(out) < mostMissed && len(content(wordsOf(x.Text))) >= leastContent && !covers(said, figures, x.Text) {
			out = append(out, Fact{x.Field, unjoined(x.Text)})
		}
	}
	return out
}

// covers says whether what was said has at least half of a sentence's words, and
// one of its figures if it has any.
func covers(said vocabulary, figures []figure, sentence string) bool {
	words := wordsOf(sentence)
	all, known := 0, 0
	for _, w := range words {
		if carries(w) {
			all++
			if said.has(w) {
				known++
			}
		}
	}
	own := figuresOf(sentence, words)
	backed := len(own) == 0 || slices.ContainsFunc(own, func(f figure) bool {
		return slices.ContainsFunc(figures, func(g figure) bool { return backs(f, g) })
	})
	return backed && 2*known >= all
}

// unjoined drops the word that joined a sentence to the one before it.
func unjoined(s string) string {
	for _, join := range []string{"First ", "Then ", "So ", "After that "} {
		if rest, ok := strings.CutPrefix(s, join); ok && strings.HasPrefix(rest, "I ") {
			return rest
		}
	}
	return s
}
