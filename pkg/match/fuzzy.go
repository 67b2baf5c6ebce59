package match

import (
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"github.com/prep-cli/prep/pkg/text"
)

// fuzzyTag gives the first of tags that looks like a shortened form of the wanted
// skill, or the skill like one of the tag's: the letters of the shorter in order
// in the longer, at least half of them, from the same first letter. It is for tags
// that the taxonomy does not know, never for prose: there letters in order are
// found everywhere.
func fuzzyTag(want string, tags []string) (string, bool) {
	want = text.Fold(want)
	for _, tag := range tags {
		short, long := text.Fold(tag), want
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) < 3 || 2*len(short) < len(long) || !sameStart(short, long) {
			continue
		}
		if len(fuzzy.Find(strings.ReplaceAll(short, " ", ""), []string{long})) > 0 {
			return tag, true
		}
	}
	return "", false
}

func sameStart(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x == y
}
