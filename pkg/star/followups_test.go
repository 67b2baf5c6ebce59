package star_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// solid is a story that leaves an interviewer little to ask.
var solid = story.Story{
	Title: "T", Problem: yaml.Text{"The shop was slow."}, Task: yaml.Text{"I was on call."},
	Investigation: yaml.Text{"I measured each page for 2 hours."}, RootCause: yaml.Text{"A missing index made one query slow."},
	Resolution: yaml.Text{"I looked at all of its queries."}, Impact: yaml.Text{"Pages went from 9 s to 1 s."}, Lessons: yaml.Text{"I learned to measure first."},
}

func TestFollowUps(t *testing.T) {
	for _, test := range []struct {
		why    string
		change func(*story.Story)
		want   star.FollowUp
	}{
		{"no result at all", func(s *story.Story) { s.Impact = nil }, star.FollowUp{Text: "What came of it in the end?"}},
		{"a result without a figure", func(s *story.Story) { s.Impact = yaml.Text{"Pages were fast again."} },
			star.FollowUp{Text: "How much better did it get? Can you put a figure on it?"}},
		{"a figure that was measured", func(*story.Story) {},
			star.FollowUp{Text: `You say "from 9 s to 1 s": how did you measure that?`, Field: "investigation"}},
		{"a figure without how it was measured", func(s *story.Story) { s.Investigation = yaml.Text{"I read the code for 2 hours."} },
			star.FollowUp{Text: `You say "from 9 s to 1 s": how did you measure that?`}},
		{"a cause without how it was found", func(s *story.Story) { s.Investigation = nil }, star.FollowUp{Text: "How did you find the cause?"}},
		{"a mistake of the teller's own", func(s *story.Story) { s.Problem = yaml.Text{"I deleted the orders by mistake."} },
			star.FollowUp{Text: "Whom did you tell, and how soon?"}},
		{"a mistake that was owned up to", func(s *story.Story) {
			s.Problem, s.Resolution = yaml.Text{"I deleted the orders by mistake."}, yaml.Text{"I told my manager within the hour."}
		}, star.FollowUp{Text: "Whom did you tell, and how soon?", Field: "resolution"}},
		{"a risky act", func(s *story.Story) {
			s.Resolution = yaml.Text{"Then I dropped our old index, because nothing read it."}
		},
			star.FollowUp{Text: "What could have gone wrong when you dropped your old index?"}},
		{"a risky act that was rehearsed", func(s *story.Story) {
			s.Resolution = yaml.Text{"I dropped the old index.", "I had tested that in staging."}
		},
			star.FollowUp{Text: "What could have gone wrong when you dropped the old index?", Field: "resolution"}},
		{"others are mentioned", func(s *story.Story) { s.Context = yaml.Text{"Another developer had given up on it."} },
			star.FollowUp{Text: "What did the other developer do, and what was your own part?"}},
		{"a decision without its alternatives", func(s *story.Story) { s.Resolution = yaml.Text{"I added an index on the name."} },
			star.FollowUp{Text: "What else did you consider before you added an index on the name?"}},
		{"a decision with its alternatives", func(s *story.Story) { s.Resolution = yaml.Text{"I added an index on the name instead of a cache."} },
			star.FollowUp{Text: "What else did you consider before you added an index on the name instead of a cache?", Field: "resolution"}},
		{"no lesson", func(s *story.Story) { s.Lessons = nil }, star.FollowUp{Text: "What did you learn from it?"}},
		{"nobody but we", func(s *story.Story) { s.Investigation, s.Resolution = nil, yaml.Text{"We added an index."} },
			star.FollowUp{Text: `You say "we": what was your own part?`, Field: "task"}},
		{"hardly anything to ask", func(*story.Story) {}, star.FollowUp{Text: "What would you do differently today?", Field: "lessons"}},
	} {
		s := solid
		test.change(&s)
		got := star.Compose(s, star.Options{}).FollowUps
		found := false
		for _, f := range got {
			found = found || f == test.want
		}
		if !found {
			t.Errorf("%s: no %q (%s) in %q", test.why, test.want.Text, test.want.Field, got)
		}
	}
}

// What the time left out is what is asked for, and the field that holds it is named.
func TestFollowUpsAskForWhatWasLeftOut(t *testing.T) {
	s := solid
	s.Hindsight = yaml.Text{"I could have asked the people in the shop a good deal earlier in that year"}
	for _, f := range star.Compose(s, star.Options{Target: 20e9}).FollowUps {
		if diff := cmp.Diff(star.FollowUp{Text: "What would you do differently today?", Field: "hindsight"}, f); diff == "" {
			return
		}
	}
	t.Error("nobody asks what the teller would do differently")
}
