package star_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

func byID(t *testing.T, id string) []story.Story {
	t.Helper()
	var found []story.Story
	for _, s := range libraries(t) {
		if s.ID == id {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no story %s", id)
	}
	return found
}

func text(a star.Answer) string {
	return strings.Join([]string{a.Headline, a.Situation, a.Task, a.Action, a.Result, a.Reflection}, " ")
}

func TestWhatWasNotDoneIsNotTold(t *testing.T) {
	for _, s := range byID(t, "full-entity-update-race-condition") {
		for _, sentence := range star.Compose(s, star.Options{}).Sentences {
			if strings.Contains(sentence.Text, "optimistic locking") && !strings.HasPrefix(sentence.Text, "In hindsight I would have") {
				t.Errorf("optimistic locking was never added: %s", sentence.Text)
			}
		}
	}
}

func TestWhatOthersDidStaysTheirs(t *testing.T) {
	for _, s := range byID(t, "false-ddos-alert-frontend-performance-issue") {
		told := text(star.Compose(s, star.Options{}))
		if !strings.Contains(told, "Another developer had ") {
			t.Errorf("the other developer is gone: %s", told)
		}
		if strings.Contains(told, "I had ") || strings.Contains(told, "I spent") || strings.Contains(told, "I suspected") {
			t.Errorf("the teller takes what others did: %s", told)
		}
	}
}

// incident is a story of notes such as people keep.
var incident = story.Story{
	ID: "slow-list", Title: "The slow list",
	Problem:       yaml.Text{"The customer list took 45 seconds to load. Sales had stopped using it."},
	Context:       yaml.Text{"We were three people.", "The code was from 2015."},
	Investigation: yaml.Text{"Read the query log for a day", "Counted 500 queries for one page"},
	RootCause:     yaml.Text{"Each row fetched its own contacts."},
	Resolution:    yaml.Text{"Rewrote it with one join", "Added a test that counts the queries", "Query count dropped from 500 to 3."},
	Lessons:       yaml.Text{"I learned to read the query log first.", "Count before you optimise."},
	Hindsight:     yaml.Text{"Could have asked sales in spring"},
}

func TestCompose(t *testing.T) {
	a := star.Compose(incident, star.Options{})
	want := star.Answer{
		ID: "slow-list", Title: "The slow list",
		Headline:   `I call this one "The slow list": the query count dropped from 500 to 3.`,
		Situation:  "The customer list took 45 seconds to load. Sales had stopped using it. We were three people. The code was from 2015.",
		Task:       "It was on me to find the cause and fix it.",
		Action:     "I read the query log for a day and counted 500 queries for one page. Each row fetched its own contacts. So I rewrote it with one join and added a test that counts the queries.",
		Result:     "The query count dropped from 500 to 3.",
		Reflection: "I learned to read the query log first. Count before you optimise. In hindsight I would have asked sales in spring.",
		FollowUps: []star.FollowUp{
			{Text: `You say "from 500 to 3": how did you measure that?`, Field: "investigation"},
			{Text: "What could have gone wrong when you rewrote it with one join?"},
			{Text: "How do you make sure that it does not happen again?", Field: "resolution"},
			{Text: "What did you tell the people who were affected?"},
		},
	}
	a.Sentences, a.Left, a.Warnings, a.Words, a.Seconds, a.Balance = nil, nil, nil, 0, 0, star.Balance{}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Error(diff)
	}
}

func TestAngle(t *testing.T) {
	fields := func(competency string) []string {
		a := star.Compose(incident, star.Options{Target: 25 * time.Second, Competencies: []string{competency}})
		var out []string
		for _, s := range a.Sentences {
			out = append(out, s.Field)
		}
		return out
	}
	for _, test := range []struct{ competency, field, why string }{
		{"failure", "lessons", "a mistake is told for its lesson"},
		{"problem-solving", "investigation", "a hard bug is told for the search"},
		{"ambiguity", "context", "an unclear task is told with what was unclear"},
	} {
		if got := fields(test.competency); !slices.Contains(got, test.field) {
			t.Errorf("%s: no %s in %v (%s)", test.competency, test.field, got, test.why)
		}
	}
	if a := star.Compose(incident, star.Options{Competencies: []string{"failure"}}); !strings.Contains(a.Headline, "I learned") {
		t.Errorf("a question after a mistake opens with the lesson, not %s", a.Headline)
	}
}

func TestWarnings(t *testing.T) {
	rules := func(s story.Story, o star.Options) []string {
		var out []string
		for _, w := range star.Compose(s, o).Warnings {
			out = append(out, w.Rule)
		}
		return out
	}
	whole := story.Story{
		Title: "T", Problem: yaml.Text{"The shop was down for everyone."}, Task: yaml.Text{"I was on call."},
		Resolution: yaml.Text{"I rolled the release back and then wrote a check for the next one."}, Impact: yaml.Text{"It was up within 9 minutes."},
	}
	with := func(change func(*story.Story)) story.Story {
		s := whole
		change(&s)
		return s
	}
	for _, test := range []struct {
		why  string
		s    story.Story
		o    star.Options
		want string
	}{
		{"a story with all it needs", whole, star.Options{}, ""},
		{"nobody says whose job it was", with(func(s *story.Story) { s.Task = nil }), star.Options{}, "no-task"},
		{"no outcome anywhere", with(func(s *story.Story) { s.Impact = nil }), star.Options{}, "no-result"},
		{"an outcome without a figure", with(func(s *story.Story) { s.Impact = yaml.Text{"It was up again by the end of that day."} }), star.Options{}, "no-figure"},
		{"no act of the teller", with(func(s *story.Story) {
			s.Resolution = yaml.Text{"The release was rolled back and a check was written for next time."}
		}), star.Options{}, "no-act"},
		{"a placeholder", with(func(s *story.Story) { s.Lessons = yaml.Text{"TODO write down"} }), star.Options{}, "unfinished"},
		{"nothing fits", whole, star.Options{Target: time.Second}, "no-room"},
		{"a band out of reach", whole, star.Options{Bands: star.Bands{Setup: star.Band{High: 1}, Action: star.Band{Low: 0.9, High: 1}, Outcome: star.Band{High: 1}}}, "band-action"},
	} {
		if got := rules(test.s, test.o); test.want == "" && len(got) > 0 || test.want != "" && !slices.Contains(got, test.want) {
			t.Errorf("%s: %v, want %q", test.why, got, test.want)
		}
	}
}

func TestFitKeepsWhatCounts(t *testing.T) {
	a := star.Compose(incident, star.Options{Target: 20 * time.Second})
	for _, want := range []string{"The customer list took 45 seconds to load.", "dropped from 500 to 3."} {
		if !strings.Contains(text(a), want) {
			t.Errorf("%q is left out of %s", want, text(a))
		}
	}
	if strings.Contains(text(a), "The code was from 2015.") {
		t.Errorf("an aside has taken the room: %s", text(a))
	}
}

func TestPace(t *testing.T) {
	slow := star.Compose(incident, star.Options{Target: 20 * time.Second, WPM: 90})
	fast := star.Compose(incident, star.Options{Target: 20 * time.Second, WPM: 180})
	if slow.Words > 30 || fast.Words > 60 || slow.Words >= fast.Words {
		t.Errorf("in 20 s one says at most 30 words at 90 and 60 at 180 a minute, not %d and %d", slow.Words, fast.Words)
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct {
		s    string
		want int
		why  string
	}{
		{"", 0, "silence"},
		{"From 500 to 3.", 4, "figures are words"},
		{"one — two & three", 3, "signs alone are not said"},
		{"SELECT FOR UPDATE", 3, "code is said word by word"},
	} {
		if got := star.Words(test.s); got != test.want {
			t.Errorf("%q: %d, want %d (%s)", test.s, got, test.want, test.why)
		}
	}
}
