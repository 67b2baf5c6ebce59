package practice

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// noon is when the sessions of the tests begin.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// after gives the time so many seconds after noon.
func after(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

// deed is something done in a session; false where the session did not take it.
type deed func(*Session) bool

func start(at int) deed             { return func(s *Session) bool { return s.Start(after(at)) } }
func part(name string, at int) deed { return func(s *Session) bool { return s.Part(name, after(at)) } }
func next(at int) deed              { return func(s *Session) bool { return s.Next(after(at)) } }
func stop(at int) deed              { return func(s *Session) bool { return s.Stop(after(at)) } }
func tick(at int) deed              { return func(s *Session) bool { return s.Tick(after(at)) } }
func graded(n int) deed {
	return func(s *Session) bool { return s.Graded(n, fmt.Sprintf("saved-%d", n)) }
}
func written(s string) deed {
	return func(x *Session) bool { return x.Written(s) == nil }
}
func naming(id string) deed {
	return func(s *Session) bool {
		if id == "" {
			return s.Name(nil)
		}
		return s.Name(&story.Story{ID: id, Title: id, Problem: yaml.Text{"The build broke."}})
	}
}

func sessionOf(mode string) *Session {
	return NewSession(mode, []Drawn{{Question: question.Question{ID: "one"}}, {Question: question.Question{ID: "two"}}}, Setting{})
}

// state is what a session shows of itself.
func state(s *Session) string {
	out := ""
	for i := range s.Rounds {
		r := &s.Rounds[i]
		stage := [...]string{"thinking", "speaking", "writing", "naming", "grading", "over"}[r.Stage]
		if r.Part() != "" && r.Stage == Speaking {
			stage += " " + r.Part()
		}
		if r.Skipped {
			stage = "skipped"
		}
		if r.Story != "" {
			stage += " of " + r.Story
		}
		if r.Grade > 0 {
			stage += fmt.Sprintf(" %d %s", r.Grade, r.Event)
		}
		out += r.ID + ": " + stage + "\n"
	}
	return out
}

// A session goes on from stage to stage, and what does not belong to a stage changes
// nothing.
func TestSession(t *testing.T) {
	told := []deed{start(0), stop(9), naming("fire"), graded(3)}
	for _, tc := range []struct {
		why     string
		mode    string
		before  []deed // each is taken
		do      deed
		refused bool
		want    string
	}{
		{"the clock starts in the situation", Tell, nil, start(0), false, "one: speaking situation\ntwo: thinking\n"},
		{"a border is the next part", Tell, []deed{start(0)}, next(5), false, "one: speaking task\ntwo: thinking\n"},
		{"a part may be named", Tell, []deed{start(0)}, part(star.Result, 5), false, "one: speaking result\ntwo: thinking\n"},
		{"a part may be come back to", Tell, []deed{start(0), next(5)}, part(star.Situation, 9), false, "one: speaking situation\ntwo: thinking\n"},
		{"the part that is on is no border", Tell, []deed{start(0)}, part(star.Situation, 5), true, "one: speaking situation\ntwo: thinking\n"},
		{"after the result there is no part", Tell, []deed{start(0), part(star.Result, 5)}, next(9), true, "one: speaking result\ntwo: thinking\n"},
		{"a border is taken back", Tell, []deed{start(0), next(5)}, (*Session).Back, false, "one: speaking situation\ntwo: thinking\n"},
		{"the start is no border", Tell, []deed{start(0)}, (*Session).Back, true, "one: speaking situation\ntwo: thinking\n"},
		{"a false start goes back to the question", Tell, []deed{start(0), next(5)}, (*Session).Unstart, false, "one: thinking\ntwo: thinking\n"},
		{"and the next start is the first part again", Tell, []deed{start(0), next(5), (*Session).Unstart}, start(9), false, "one: speaking situation\ntwo: thinking\n"},
		{"an answer that has ended is not begun anew", Tell, []deed{start(0), stop(9)}, (*Session).Unstart, true, "one: naming\ntwo: thinking\n"},
		{"recall has no parts", Recall, []deed{start(0)}, next(5), true, "one: speaking situation\ntwo: thinking\n"},
		{"in recall ten seconds are over by themselves", Recall, []deed{start(0)}, tick(10), false, "one: naming\ntwo: thinking\n"},
		{"before that nothing happens", Recall, []deed{start(0)}, tick(9), true, "one: speaking situation\ntwo: thinking\n"},
		{"an answer may take its time", Tell, []deed{start(0)}, tick(900), true, "one: speaking situation\ntwo: thinking\n"},
		{"the end asks for the story", Tell, []deed{start(0)}, stop(60), false, "one: naming\ntwo: thinking\n"},
		{"no grade without a story's name", Tell, []deed{start(0), stop(60)}, graded(3), true, "one: naming\ntwo: thinking\n"},
		{"the story named is kept", Tell, []deed{start(0), stop(60)}, naming("fire"), false, "one: grading of fire\ntwo: thinking\n"},
		{"none of the stories is an answer too", Tell, []deed{start(0), stop(60)}, naming(""), false, "one: grading\ntwo: thinking\n"},
		{"the name may be changed while the grade is open", Tell, []deed{start(0), stop(60), naming("fire")}, naming("flood"), false, "one: grading of flood\ntwo: thinking\n"},
		{"a grade ends the round", Tell, []deed{start(0), stop(60), naming("fire")}, graded(3), false, "one: over of fire 3 saved-3\ntwo: thinking\n"},
		{"there are four grades", Tell, []deed{start(0), stop(60), naming("fire")}, graded(5), true, "one: grading of fire\ntwo: thinking\n"},
		{"a skipped question has no grade", Tell, nil, (*Session).Skip, false, "one: skipped\ntwo: thinking\n"},
		{"what is begun is not skipped", Tell, []deed{start(0)}, (*Session).Skip, true, "one: speaking situation\ntwo: thinking\n"},
		{"an answer may be written", Tell, []deed{(*Session).Write}, written("I fixed it."), false, "one: naming\ntwo: thinking\n"},
		{"an empty answer is none", Tell, []deed{(*Session).Write}, written(" \n"), true, "one: writing\ntwo: thinking\n"},
		{"a grade is taken back, and its story stays named", Tell, told, (*Session).Undo, false, "one: grading of fire\ntwo: thinking\n"},
		{"nothing graded, nothing to take back", Tell, []deed{start(0), stop(9), naming("fire")}, (*Session).Undo, true, "one: grading of fire\ntwo: thinking\n"},
		{"a skip is no grade", Tell, []deed{(*Session).Skip}, (*Session).Undo, true, "one: skipped\ntwo: thinking\n"},
		{"who speaks is not interrupted", Tell, append(told, start(20)), (*Session).Undo, true, "one: over of fire 3 saved-3\ntwo: speaking situation\n"},
		{"what the next round holds stays", Tell, append(told, start(20), stop(30)), (*Session).Undo, false, "one: grading of fire\ntwo: naming\n"},
		{"graded anew, the next round goes on where it was", Tell, append(told, start(20), stop(30), (*Session).Undo, graded(1)), naming("flood"), false, "one: over of fire 1 saved-1\ntwo: grading of flood\n"},
		{"the last grade of all is taken back", Tell, append(told, start(20), stop(30), naming("flood"), graded(4)), (*Session).Undo, false, "one: over of fire 3 saved-3\ntwo: grading of flood\n"},
		{"and then the one before", Tell, append(told, start(20), stop(30), naming("flood"), graded(4), (*Session).Undo), (*Session).Undo, false, "one: grading of fire\ntwo: grading of flood\n"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := sessionOf(tc.mode)
			for i, do := range tc.before {
				if !do(s) {
					t.Fatalf("deed %d was not taken:\n%s", i, state(s))
				}
			}
			if taken := tc.do(s); taken == tc.refused {
				t.Errorf("taken: %v", taken)
			}
			if diff := cmp.Diff(tc.want, state(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whoever goes through all questions has a session that is over; nothing is taken
// from then on but an undo.
func TestSessionOver(t *testing.T) {
	s := sessionOf(Tell)
	s.Skip()
	s.Skip()
	if s.Stage() != Over || s.Round() != nil || s.At() != 2 {
		t.Fatalf("not over:\n%s", state(s))
	}
	for i, do := range []deed{start(0), next(0), stop(0), tick(0), naming(""), graded(1), (*Session).Skip, (*Session).Write, (*Session).Back, (*Session).Unstart, (*Session).Undo} {
		if do(s) {
			t.Errorf("deed %d was taken", i)
		}
	}
}

// The borders give each part's seconds; together they are the whole answer, in
// whatever order the parts were told.
func TestParts(t *testing.T) {
	for _, tc := range []struct {
		why   string
		tell  []deed
		parts map[string]time.Duration
		event Event
	}{
		{"each border begins a part", []deed{start(0), next(12), next(20), next(70), stop(80)},
			map[string]time.Duration{star.Situation: 12 * time.Second, star.Task: 8 * time.Second, star.Action: 50 * time.Second, star.Result: 10 * time.Second},
			Event{Seconds: 80, Shares: &Shares{Setup: 0.25, Action: 0.625, Outcome: 0.125}}},
		{"a part that is come back to adds up", []deed{start(0), next(10), part(star.Situation, 20), stop(40)},
			map[string]time.Duration{star.Situation: 30 * time.Second, star.Task: 10 * time.Second},
			Event{Seconds: 40, Shares: &Shares{Setup: 1}}},
		{"a border taken back was none", []deed{start(0), next(10), next(20), (*Session).Back, stop(40)},
			map[string]time.Duration{star.Situation: 10 * time.Second, star.Task: 30 * time.Second},
			Event{Seconds: 40, Shares: &Shares{Setup: 1}}},
		{"without a border the shares are not known", []deed{start(0), stop(40)},
			map[string]time.Duration{star.Situation: 40 * time.Second},
			Event{Seconds: 40}},
		{"a false start leaves nothing", []deed{start(0), next(10), (*Session).Unstart, start(30), stop(40)},
			map[string]time.Duration{star.Situation: 10 * time.Second},
			Event{Seconds: 10}},
		{"an answer of no time has no shares", []deed{start(0), next(0), stop(0)},
			map[string]time.Duration{star.Situation: 0, star.Task: 0},
			Event{}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := sessionOf(Tell)
			for _, do := range tc.tell {
				do(s)
			}
			if diff := cmp.Diff(tc.parts, s.Round().Parts(after(999))); diff != "" {
				t.Errorf("parts: %s", diff)
			}
			want := tc.event
			want.ID, want.Question, want.Mode, want.Grade = "x", "one", Tell, 2
			if diff := cmp.Diff(want, s.Event(Event{ID: "x"}, 2)); diff != "" {
				t.Errorf("event: %s", diff)
			}
		})
	}
}

// A typed answer has shares by its words and no seconds, is reviewed by itself at
// first and against the story once that is named.
func TestTypedAnswer(t *testing.T) {
	s := sessionOf(Tell)
	s.Write()
	if err := s.Written("The build broke on Monday. I fixed the cache in 3 hours. Builds took 20% less time."); err != nil {
		t.Fatal(err)
	}
	if got := s.Round().Feedback; got.Words == 0 || len(got.Unsupported) > 0 {
		t.Errorf("by itself: %+v", got)
	}
	naming("fire")(s)
	if got := s.Round().Feedback; len(got.Unsupported) == 0 {
		t.Error("nothing of it was held against the story")
	}
	if e := s.Event(Event{}, 3); e.Seconds != 0 || e.Shares == nil {
		t.Errorf("event: %+v", e)
	}
}

// Who goes back to the question finds the draft again.
func TestUnwrite(t *testing.T) {
	s := sessionOf(Tell)
	s.Write()
	s.Unwrite("So far")
	if s.Stage() != Thinking || s.Round().Draft != "So far" {
		t.Errorf("%s%+v", state(s), s.Round())
	}
	s.Start(noon)
	s.Stop(after(5))
	if s.Round().Typed() {
		t.Error("the answer that was spoken passes for the draft that was given up")
	}
}

// In recall an answer has no shares, typed or not: a first line is no whole answer.
func TestRecallHasNoShares(t *testing.T) {
	s := sessionOf(Recall)
	s.Write()
	if err := s.Written("I fixed it."); err != nil {
		t.Fatal(err)
	}
	if e := s.Event(Event{}, 3); e.Shares != nil {
		t.Errorf("shares: %+v", *e.Shares)
	}
}

// The sum of a session counts what was graded; what was skipped or left is told
// apart.
func TestSum(t *testing.T) {
	s := NewSession(Tell, make([]Drawn, 5), Setting{})
	tell := func(border, end int) {
		for _, do := range []deed{start(0), part(star.Action, border), stop(end), naming(""), graded(3)} {
			do(s)
		}
	}
	tell(20, 100)
	s.Skip()
	tell(40, 100)
	for _, do := range []deed{start(0), stop(60), naming(""), graded(1)} { // without a border
		do(s)
	}
	s.Start(noon)
	want := Sum{Told: 3, Skipped: 1, Left: 1, Spoken: 260 * time.Second, Shares: star.Balance{Situation: 0.3, Action: 0.7}}
	if diff := cmp.Diff(want, s.Sum(), cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })); diff != "" {
		t.Error(diff)
	}
}

// Advice is on what lies outside the bands, and on nothing where shares are unknown.
func TestSessionAdvice(t *testing.T) {
	s := sessionOf(Tell)
	s.Start(noon)
	if got := s.Advice(s.Round()); got != nil {
		t.Errorf("before the end: %v", got)
	}
	part(star.Action, 60)(s)
	part(star.Result, 90)(s)
	stop(100)(s)
	var rules []string
	for _, a := range s.Advice(s.Round()) {
		rules = append(rules, a.Rule)
	}
	if diff := cmp.Diff([]string{"band-setup", "band-action", "band-outcome"}, rules); diff != "" {
		t.Error(diff)
	}
}

// Names are found by pieces of words in any order, then by letters in order.
func TestFind(t *testing.T) {
	var stories []story.Story
	for _, title := range []string{"The Double-Deduct Disaster", "Leaked Access Keys", "Redis Cache Stampede", "A Deadlock at Midnight"} {
		stories = append(stories, story.Story{Title: title, ID: "id-of-" + title[:1]})
	}
	for _, tc := range []struct {
		why, typed string
		want       []string
	}{
		{"nothing typed", "", []string{"The Double-Deduct Disaster", "Leaked Access Keys", "Redis Cache Stampede", "A Deadlock at Midnight"}},
		{"the beginning of a word", "ded", []string{"The Double-Deduct Disaster"}},
		{"before a piece of one", "de", []string{"The Double-Deduct Disaster", "A Deadlock at Midnight"}},
		{"a piece of a word where none begins so", "lock", []string{"A Deadlock at Midnight"}},
		{"words in any order", "keys leak", []string{"Leaked Access Keys"}},
		{"capitals are nothing", "REDIS", []string{"Redis Cache Stampede"}},
		{"letters in order", "rdscch", []string{"Redis Cache Stampede"}},
		{"by the id", "id-of-l", []string{"Leaked Access Keys"}},
		{"no such letters", "xyz", nil},
	} {
		t.Run(tc.why, func(t *testing.T) {
			var got []string
			for _, s := range Find(tc.typed, stories) {
				got = append(got, s.Title)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever is done in whatever order: nothing panics, at most the rounds at hand
// carry grades, and taking all grades back leaves none.
func FuzzSession(f *testing.F) {
	f.Add([]byte{0, 3, 5, 6})
	f.Add([]byte{0, 1, 1, 1, 3, 5, 7, 0, 3, 8, 7})
	f.Fuzz(func(t *testing.T, deeds []byte) {
		s := sessionOf(Tell)
		all := []func(at time.Time) bool{
			s.Start, s.Next, func(time.Time) bool { return s.Back() }, s.Stop, func(time.Time) bool { return s.Skip() },
			func(time.Time) bool { return s.Name(nil) }, func(time.Time) bool { return s.Graded(1, "x") },
			func(time.Time) bool { return s.Undo() }, s.Tick, func(time.Time) bool { return s.Write() },
			func(time.Time) bool { return s.Written("I did.") == nil }, func(time.Time) bool { return s.Unwrite("I") },
			func(time.Time) bool { return s.Unstart() },
		}
		for i, d := range deeds[:min(len(deeds), 1000)] { // nobody does more in an evening
			before := state(s)
			if taken := all[int(d)%len(all)](after(i)); !taken && state(s) != before {
				t.Fatalf("deed %d was refused and changed\n%sto\n%s", d, before, state(s))
			}
		}
		sum := s.Sum()
		if sum.Told+sum.Skipped+sum.Left != len(s.Rounds) {
			t.Fatalf("%+v of %d rounds", sum, len(s.Rounds))
		}
		for s.Undo() {
		}
		if s.Stage() != Speaking && s.Stage() != Writing && s.Sum().Told != 0 {
			t.Fatalf("grades are left: %+v", s.Sum())
		}
	})
}
