package practice_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

func load(t testing.TB, dirs ...string) []story.Story {
	t.Helper()
	var all []story.Story
	for _, dir := range dirs {
		stories, err := story.Load(os.DirFS(dir))
		if err != nil || len(stories) == 0 {
			t.Fatalf("%s: %d stories, %v", dir, len(stories), err)
		}
		all = append(all, stories...)
	}
	return all
}

func review(t testing.TB, draft string, s practice.Setting) practice.Feedback {
	t.Helper()
	f, err := practice.Review(draft, s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func say(a star.Answer) string {
	return strings.Join([]string{a.Situation, a.Task, a.Action, a.Result, a.Reflection}, "\n\n")
}

var libraries = []string{"../../stories", "../match/testdata/eval/library", "../match/testdata/eval-2/library", "../match/testdata/eval-3/library"}

// What prep itself makes of a story claims nothing that the story does not hold.
func TestUntouchedAnswersClaimNothing(t *testing.T) {
	for _, s := range load(t, libraries...) {
		for _, target := range []time.Duration{0, 30 * time.Second, 2 * time.Minute} {
			f := review(t, say(star.Compose(s, star.Options{Target: target})), practice.Setting{Story: &s, Skills: skill.Default()})
			for _, c := range f.Unsupported {
				t.Errorf("%s at %v: %q: %s", s.ID, target, c.Text, c.Reason)
			}
		}
	}
}

// Most sentences of such an answer are taken for the part that they are of: nearly
// all beside their story, and without it as many as words alone show.
func TestPartsOfAnswers(t *testing.T) {
	right, blind, all := 0, 0, 0
	for _, s := range load(t, libraries...) {
		a := star.Compose(s, star.Options{})
		with := review(t, say(a), practice.Setting{Story: &s, Skills: skill.Default()}).Sentences
		without := review(t, say(a), practice.Setting{}).Sentences
		for i, x := range a.Sentences {
			if len(with) != len(a.Sentences) {
				break // a sentence that ends in a quotation may be parted otherwise
			}
			all++
			if with[i].Part == x.Part {
				right++
			}
			if without[i].Part == x.Part {
				blind++
			}
		}
	}
	if right < all*98/100 || blind < all*80/100 {
		t.Errorf("of %d sentences %d are placed right beside their story, %d without it", all, right, blind)
	}
}
