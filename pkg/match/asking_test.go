package match

import (
	"slices"
	"strings"
	"testing"

	"github.com/prep-cli/prep/pkg/text"
)

func TestAsking(t *testing.T) {
	for _, tt := range []struct{ why, said, asked string }{
		{"a plain question is all that is asked", "When did you fail?", "When did you fail?"},
		{"notes ask without a sentence", "missed deadline", "missed deadline"},
		{"several sentences about the asker are no part of it",
			"Thanks for coming. We are forty people and I run the platform. When did you break it?", "When did you break it?"},
		{"nor where it asks by telling to tell",
			"I look after support. Our customers ring us. Tell me about an angry one.", "Tell me about an angry one."},
		{"what follows the first question belongs to it",
			"We are small. I am the only lead. Did you fail? I would like to hear what came of it.", "Did you fail? I would like to hear what came of it."},
		{"one sentence before it sets the scene, for \"that\" means it",
			"We pair all day. How would you like that?", "We pair all day. How would you like that?"},
		{"so do several that do not speak of the asker",
			"A service was down. Its users waited. What did you do?", "A service was down. Its users waited. What did you do?"},
		{"a label hides no question", "Ownership: tell me of a task that was nobody's. How did it end?", "Ownership: tell me of a task that was nobody's. How did it end?"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := asking(tt.said); got != tt.asked {
				t.Errorf("got %q, want %q", got, tt.asked)
			}
		})
	}
}

func TestSpell(t *testing.T) {
	for _, tt := range []struct{ why, short, long string }{
		{"shorthand is written out", "perf of the DB in prod", "performance of the database in production"},
		{"what is meant only in capitals is left alone in others", "It had to be a pm who asked for IR", "It had to be a pm who asked for incident response"},
		{"a word that holds shorthand is none", "a development environment", "a development environment"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got, _ := spell(tt.short); got != tt.long {
				t.Errorf("got %q, want %q", got, tt.long)
			}
		})
	}
}

// Whatever is written out, the user's own words are found again.
func FuzzSpell(f *testing.F) {
	f.Add("What is your exp with k8s and the DB?")
	f.Add("µsvcs, p99 & o11y")
	f.Fuzz(func(t *testing.T, s string) {
		long, spoken := spell(s)
		for _, word := range text.Tokens(long) {
			if said := spoken(word.Span); !strings.Contains(s, said) {
				t.Errorf("%q became %q; %q does not stand in it", s, long, said)
			}
		}
	})
}

// The table of shorthand is sorted, and no entry stands for itself.
func TestShorthand(t *testing.T) {
	var shorts []string
	for line := range strings.Lines(shorthandTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		short, long, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.EqualFold(short, long) || len(short) > longestShort {
			t.Errorf("%q says nothing", line)
		}
		shorts = append(shorts, strings.ToLower(short))
	}
	if !slices.IsSorted(shorts) || len(shorts) != len(shorthand()) {
		t.Error("shorthand.txt is not sorted, or names something twice")
	}
}
