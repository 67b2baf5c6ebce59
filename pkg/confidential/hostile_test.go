package confidential_test

import (
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/confidential"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// Words are taken out of the largest text in no time, however many there are.
func TestHostileTexts(t *testing.T) {
	words := confidential.New([]string{"a", "Acme Corp", "x y z", "b = the  b"})
	for _, tc := range []struct{ why, unit string }{
		{"a word at every second place", "a "}, {"one that is nearly there", "x y "}, {"one apart by many blanks", "x      "}, {"one behind its kind", "our client a, "}, {"one before its kind", "the a project "},
		{"one that its going makes again", "Acme Acme Corp Corp "}, {"blanks", " "}, {"articles", "an "}, {"camel case", "aB"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			words.Redact(strings.Repeat(tc.unit, 1<<20/len(tc.unit)))
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}
