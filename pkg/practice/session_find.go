package practice

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// Find gives the stories that somebody may mean by what was typed: those whose title
// or id holds every word of it, as a word's beginning before anywhere; where none
// does, those that hold its letters in order. All stories fit nothing typed.
func Find(typed string, stories []story.Story) []story.Story {
	for _, fits := range []func(name string) bool{
		func(name string) bool { return hasWords(" "+name, " ", typed) },
		func(name string) bool { return hasWords(name, "", typed) },
		func(name string) bool { return hasLetters(name, typed) },
	} {
		found := slices.DeleteFunc(slices.Clone(stories), func(s story.Story) bool {
			return !fits(searched(s.Title)) && !fits(searched(s.ID))
		})
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// searched is a name in small letters, its words apart by blanks.
func searched(name string) string { return strings.ReplaceAll(text.Fold(name), "-", " ") }

func hasWords(name, before, typed string) bool {
	for word := range strings.FieldsSeq(searched(typed)) {
		if !strings.Contains(name, before+word) {
			return false
		}
	}
	return true
}

func hasLetters(name, typed string) bool {
	for _, letter := range strings.ReplaceAll(searched(typed), " ", "") {
		i := strings.IndexRune(name, letter)
		if i < 0 {
			return false
		}
		name = name[i+utf8.RuneLen(letter):]
	}
	return true
}
