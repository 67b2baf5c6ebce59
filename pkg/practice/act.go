package practice

import (
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/text"
)

// act is a deed that a sentence tells as done by the teller or the team.
type act struct {
	text.Span
	verb   word
	object []word // the words up to the end of the clause
}

// acts gives what a sentence tells as done: "I" or "we" and a past form, and the
// past forms that go on with the same subject. What is told as wished for, left
// undone or only meant is none.
func acts(u utterance) []act {
	var out []act
	for i := range u.words {
		who, with, _ := strings.Cut(u.words[i].low, "'")
		if who != "i" && who != "we" || with == "ll" || unreal(u.words, i) {
			continue
		}
		from := i
		for next := i + 1; ; {
			verb, ok := deedAt(u.words, next)
			if !ok {
				break
			}
			end := clauseEnd(u.words, verb+1)
			object := u.words[verb+1 : end]
			if verb > 0 && u.words[verb-1].hyphened {
				object = append([]word{u.words[verb-1]}, object...)
			}
			out = append(out, act{text.Span{Start: u.words[from].Start, End: u.words[end-1].End}, u.words[verb], object})
			for next = end; at(u.words, next) == "and" || is("skip", at(u.words, next)); {
				next++
			}
			if from = next; !star.Past(at(u.words, next)) {
				break
			}
		}
	}
	return out
}

// unreal says whether the words of the clause before word i, or a lead such as
// "looking back", take what follows out of what was done.
func unreal(words []word, i int) bool {
	for j := i - 1; j >= 0 && !words[j].ends; j-- {
		if is("mood", words[j].low) {
			return true
		}
	}
	for j := range i {
		switch words[j].low {
		case "hindsight", "retrospect", "wish", "differently":
			return true
		case "back":
			if at(words, j-1) == "looking" {
				return true
			}
		case "time":
			if at(words, j-1) == "next" {
				return true
			}
		}
	}
	return false
}

// deedAt gives the verb of a deed that begins at word i, behind adverbs and such
// verbs as "managed to".
func deedAt(words []word, i int) (int, bool) {
	for i < len(words) && passes(words, i) {
		i++
	}
	low := at(words, i)
	switch next := at(words, i+1); {
	case low == "":
		return 0, false
	case low == "to", is("lead", low) && (next == "to" || next == "by"):
		verb := i + 1
		if low != "to" {
			verb++
		}
		return verb, verb < len(words)
	case is("lead", low) && strings.HasSuffix(next, "ing"), words[i].hyphened && star.Past(next):
		return i + 1, true
	case is("state", low):
		return 0, false
	}
	return i, star.Past(low) || star.Base(low) != low && !strings.HasSuffix(low, "ing")
}

// passes says whether word i only leads to the verb of a deed: "quickly", "had"
// before a participle, "was able".
func passes(words []word, i int) bool {
	low, next := words[i].low, at(words, i+1)
	switch low {
	case "had":
		return next == "to" || star.Past(next)
	case "was", "were":
		return next == "able"
	case "able":
		return next == "to"
	}
	return is("skip", low) || len(low) > 4 && strings.HasSuffix(low, "ly")
}

// clauseEnd gives the index behind the clause that word i stands in.
func clauseEnd(words []word, i int) int {
	for j := i; j < len(words); j++ {
		switch low := words[j].low; {
		case j > i && words[j-1].ends:
			return j
		case low == "because" || low == "while" || low == "so" || low == "but":
			return max(j, i)
		case (low == "and" || low == "then") && (star.Past(at(words, j+1)) || subject(at(words, j+1)) || star.Past(at(words, j+2)) && is("skip", at(words, j+1))):
			return max(j, i)
		}
	}
	return len(words)
}

func subject(low string) bool {
	return slices.Contains([]string{"i", "we", "he", "she", "it", "they", "that", "this", "the"}, low)
}
