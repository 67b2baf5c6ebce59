package text

import (
	"strings"
	"testing"
	"time"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// A text may come from anybody: a large one of whatever it likes takes no longer than
// a large one.
func TestHostileTexts(t *testing.T) {
	const size = 1 << 20
	for _, tc := range []struct{ why, unit string }{
		{"a row of slashes", "a/"}, {"three letters between slashes", "aaa/"}, {"a row of dots", "."}, {"dots behind letters", "a."}, {"an ellipsis", "…"}, {"exclamations before letters", "!a"},
		{"blanks", " "}, {"empty lines", "\n"}, {"lines of blanks", " \n"}, {"marks on lines of their own", "*\n"}, {"fences", "```\n"}, {"closing brackets", ")"}, {"bullets", "- "}, {"one word", "a"},
		{"apostrophes", "a'"}, {"accents", "\u0301"}, {"abbreviations", "e.g. "}, {"initials", "A. "}, {"no UTF-8", "\xff"}, {"lines without an end", "go on\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			for _, s := range []string{strings.Repeat(tc.unit, size/len(tc.unit)), "Go" + strings.Repeat(tc.unit, size/len(tc.unit)) + "x"} {
				Sentences(s)
				Tokens(s)
			}
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}
