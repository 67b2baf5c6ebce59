package star_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// ours are all the words that telling may add to those of a story.
const ours = `i we it that a an the was were is in hindsight would have also not been better be my job to on me find cause and fix first then so after there
no part of another what took from result learned one did call this root goal solution remedy objective aim challenge complexity symptom symptoms problem issue
situation context background task action investigation resolution finding outcome impact lesson lessons takeaway key insight note went more than less at least most about plus for
example with without versus responsible at`

// libraries are the stories that ship and the graded ones, which people of many
// trades and habits wrote.
func libraries(t testing.TB) []story.Story {
	t.Helper()
	var all []story.Story
	for _, dir := range []string{"../../stories", "../match/testdata/eval/library", "../match/testdata/eval-2/library", "../match/testdata/eval-3/library"} {
		stories, err := story.Load(os.DirFS(dir))
		if err != nil {
			t.Fatalf("%s: %v", dir, err)
		}
		all = append(all, stories...)
	}
	if len(all) < 100 {
		t.Fatalf("only %d stories found", len(all))
	}
	return all
}

var targets = []time.Duration{0, 30 * time.Second, time.Minute, 90 * time.Second, 2 * time.Minute, 5 * time.Minute}

func TestLaws(t *testing.T) {
	for _, s := range libraries(t) {
		for _, target := range targets {
			obey(t, s, star.Options{Target: target})
		}
	}
}

// obey checks what holds for every answer to every story.
func obey(t *testing.T, s story.Story, o star.Options) {
	t.Helper()
	a := star.Compose(s, o)
	if diff := cmp.Diff(a, star.Compose(s, o)); diff != "" {
		t.Errorf("%s: two answers to the same story differ:\n%s", s.ID, diff)
	}
	fits(t, s, o, a)
	known := knownWords(s)
	undone := onlyIn(s, "hindsight")
	for _, x := range a.Sentences {
		sources(t, s, x)
		for _, w := range words(x.Text) {
			if !known.has(w) {
				t.Errorf("%s at %v: %q is neither the story's word nor ours: %s", s.ID, o.Target, w, x.Text)
			}
			if undone[w] && !strings.HasPrefix(x.Text, "In hindsight") {
				t.Errorf("%s: %q is named in hindsight only, yet told as done: %s", s.ID, w, x.Text)
			}
		}
	}
	if n := len(a.FollowUps); len(a.Sentences) > 0 && (n < 3 || n > 5) {
		t.Errorf("%s: %d questions foreseen, not three to five", s.ID, n)
	}
	for _, f := range a.FollowUps {
		if f.Field != "" && len(s.Text(f.Field)) == 0 {
			t.Errorf("%s: %q is said to be answered in %s, which is empty", s.ID, f.Text, f.Field)
		}
	}
	for _, w := range words(a.Headline) {
		if !known.has(w) {
			t.Errorf("%s: %q of the headline is neither the story's word nor ours: %s", s.ID, w, a.Headline)
		}
	}
}

func fits(t *testing.T, s story.Story, o star.Options, a star.Answer) {
	t.Helper()
	if limit := o.Target.Seconds() * 1.05; o.Target > 0 && float64(a.Words)*60/star.DefaultWPM > limit {
		t.Errorf("%s at %v: %d words take longer than %.0f s", s.ID, o.Target, a.Words, limit)
	}
	b := a.Balance
	if sum := b.Situation + b.Task + b.Action + b.Result + b.Reflection; len(a.Sentences) > 0 && math.Abs(sum-1) > 1e-9 {
		t.Errorf("%s: the shares sum to %v", s.ID, sum)
	}
	told := strings.Join(slices.DeleteFunc([]string{a.Situation, a.Task, a.Action, a.Result, a.Reflection}, func(s string) bool { return s == "" }), " ")
	var all []string
	for _, x := range a.Sentences {
		all = append(all, x.Text)
	}
	if told != strings.Join(all, " ") {
		t.Errorf("%s: the parts are not the sentences:\n%s\n%s", s.ID, told, all)
	}
	if star.Words(told) != a.Words {
		t.Errorf("%s: %d words said, %d counted", s.ID, star.Words(told), a.Words)
	}
}

// sources checks that a sentence is whole and names a field that holds it.
func sources(t *testing.T, s story.Story, x star.Sentence) {
	t.Helper()
	if !strings.ContainsAny(x.Text[len(strings.TrimRight(x.Text, `"'”’)]`))-1:], ".!?…") {
		t.Errorf("%s: no end: %s", s.ID, x.Text)
	}
	if !slices.Contains(story.TextFields, x.Field) {
		t.Errorf("%s: %q is no field: %s", s.ID, x.Field, x.Text)
	}
	if strings.HasPrefix(x.Text, "In hindsight") != (x.Field == "hindsight") && !strings.Contains(strings.ToLower(s.Text(x.Field).String()), " have ") {
		t.Errorf("%s: hindsight is told as such and nothing else is: %s", s.ID, x.Text)
	}
	if strings.HasPrefix(x.Text, "It was on me to find the cause") {
		return
	}
	own := vocabulary{}
	own.add(s.Text(x.Field).String())
	for _, w := range words(x.Text) {
		if !own.has(w) && !slices.Contains(strings.Fields(ours), w) {
			t.Errorf("%s: %q is not in %s: %s", s.ID, w, x.Field, x.Text)
		}
	}
}

// vocabulary is a set of words.
type vocabulary map[string]bool

func (v vocabulary) add(s string) {
	for _, w := range words(s) {
		v[w], v[star.Base(w)] = true, true
	}
}

// has says whether the set holds the word or another form of the same verb.
func (v vocabulary) has(w string) bool { return v[w] || v[star.Base(w)] }

func knownWords(s story.Story) vocabulary {
	v := vocabulary{}
	v.add(ours)
	v.add(s.Title)
	for _, f := range story.TextFields {
		v.add(s.Text(f).String())
	}
	return v
}

// onlyIn gives the words that no other field of the story has.
func onlyIn(s story.Story, field string) vocabulary {
	only, rest := vocabulary{}, vocabulary{}
	rest.add(ours)
	rest.add(s.Title)
	for _, f := range story.TextFields {
		if f == field {
			only.add(s.Text(f).String())
		} else {
			rest.add(s.Text(f).String())
		}
	}
	for w := range rest {
		delete(only, w)
	}
	return only
}

// words parts s at all that is no letter or digit, so that "500+" and "500",
// "multi-factor" and "multi factor" have the same words.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// A sentence is never cut: the words of the answer's sentences that come from a
// field are, sign by sign, runs of whole sentences of that field.
func TestNoSentenceIsCut(t *testing.T) {
	for _, s := range libraries(t) {
		whole := map[string]bool{}
		full := star.Compose(s, star.Options{})
		for _, x := range append(full.Sentences, full.Left...) {
			whole[bones(x.Text)] = true
		}
		for _, target := range targets[1:] {
			for _, x := range star.Compose(s, star.Options{Target: target}).Sentences {
				if b := bones(x.Text); !whole[b] && !joined(whole, b) {
					t.Errorf("%s at %v: no whole sentence: %s", s.ID, target, x.Text)
				}
			}
		}
	}
}

// bones gives a sentence without the words that only join.
func bones(s string) string {
	var out []string
	for _, w := range words(s) {
		switch w {
		case "first", "then", "so", "also", "after", "that", "and", "i":
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// joined says whether b is two whole sentences in one, or one of two that were.
func joined(whole map[string]bool, b string) bool {
	for w := range whole {
		if strings.HasPrefix(w, b+" ") || strings.HasSuffix(w, " "+b) {
			return true
		}
		if rest, ok := strings.CutPrefix(b, w+" "); ok && whole[rest] {
			return true
		}
	}
	return false
}

func FuzzCompose(f *testing.F) {
	f.Add("Orders stuck in 'pending'. Gateway retried 3 times -> gave up.", "Root cause: no index.\n- Added **idempotency** keys\n- `SELECT FOR UPDATE`", "500+ to 3", "COULD HAVE Added locking", 30)
	f.Add("During the move, accidentally deleted >100 rows", "Used CloudTrail — then wrote a script; e.g. `x`", "p95 8.1 s -> 640 ms (MFA (Multi-Factor Authentication))", "I never asked. There were two.", 5)
	f.Add("", "Fix: ", "\n\n", ":::", 1)
	f.Add("Böse Überraschung… “quoted”.", "Added:", "~5% → <1%", "[ ] TODO", 300)
	f.Fuzz(func(t *testing.T, problem, resolution, impact, hindsight string, seconds int) {
		s := story.Story{Title: "A story", Problem: yaml.Text{problem}, Resolution: yaml.Text{resolution}, Impact: yaml.Text{impact}, Hindsight: yaml.Text{hindsight}}
		target := time.Duration(seconds%1000) * time.Second
		a := star.Compose(s, star.Options{Target: target})
		if target > 0 && float64(a.Words)*60/star.DefaultWPM > target.Seconds() {
			t.Errorf("%d words in %v", a.Words, target)
		}
		for _, x := range a.Sentences {
			if x.Field == "hindsight" && !strings.HasPrefix(x.Text, "In hindsight") {
				t.Errorf("hindsight is told as done: %s", x.Text)
			}
			if x.Text == "" || x.Field == "" || x.Part == "" {
				t.Errorf("a sentence without text, field or part: %+v", x)
			}
		}
		figures(t, a, strings.Join([]string{problem, resolution, impact, hindsight}, " "))
	})
}

// figures checks that every run of digits in the answer is one of the story's.
func figures(t *testing.T, a star.Answer, source string) {
	t.Helper()
	digits := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	}
	have := append(digits(source), digits(strings.NewReplacer("*", "", "_", "", "`", "").Replace(source))...)
	for _, x := range a.Sentences {
		for _, d := range digits(x.Text) {
			if !slices.Contains(have, d) {
				t.Errorf("%s is no figure of the story: %s", d, x.Text)
			}
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	stories := libraries(b)
	b.ResetTimer()
	for i := range b.N {
		star.Compose(stories[i%len(stories)], star.Options{Target: 2 * time.Minute})
	}
}
