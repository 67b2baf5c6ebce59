package practice_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// outage is a story with something in each field that a draft can get wrong.
var outage = story.Story{
	ID: "outage", Title: "The outage", Date: "2023-03-07", Role: "SRE", Company: "Acme Books",
	Problem:       yaml.Text{"The shop was down for 2 hours, half of all orders failed, and 1,500 customers saw a 502."},
	Context:       yaml.Text{"Another developer had changed the limits of the PostgreSQL pool."},
	Investigation: yaml.Text{"I read the slow query log."},
	RootCause:     yaml.Text{"Three retries at each layer multiplied the load."},
	Resolution:    yaml.Text{"I switched the retries off in the gateway and raised the pool to 80 connections."},
	Impact:        yaml.Text{"Errors fell from 50% to 0.5%, and the p99 went down to 640 ms."},
	Lessons:       yaml.Text{"I learned that retries belong in one layer."},
	Hindsight:     yaml.Text{"I could have added a circuit breaker, and I never warned the support team."},
}

func unsupported(t testing.TB, draft string) []string {
	t.Helper()
	out := []string{}
	for _, c := range review(t, draft, practice.Setting{Story: &outage, Skills: skill.Default()}).Unsupported {
		out = append(out, c.Text)
	}
	return out
}

func TestUnsupported(t *testing.T) {
	for _, test := range []struct {
		why, draft string
		want       []string
	}{
		{"another number", "The shop was down for 3 hours.", []string{"3 hours"}},
		{"the same number in words", "The shop was down for two hours.", nil},
		{"the same time in another unit", "The shop was down for 120 minutes.", nil},
		{"the same number of another unit", "The shop was down for two days.", []string{"two days"}},
		{"a thousand without its comma", "We lost 1500 customers.", nil},
		{"a thousand in words", "We lost fifteen hundred customers.", nil},
		{"about is not far off", "The p99 went down to about 650 milliseconds.", nil},
		{"about is no licence", "The p99 went down to about 900 milliseconds.", []string{"900 milliseconds"}},
		{"percent in words", "Errors fell from fifty percent.", nil},
		{"a half is fifty percent", "Half of the orders failed.", nil},
		{"a fold that nobody measured", "Throughput doubled after that.", []string{"doubled"}},
		{"an order of magnitude", "Millions of people wrote to us, thousands of customers saw a 502.", []string{"Millions"}},
		{"a list is announced", "I did three things. There were two reasons.", nil},
		{"one day is no figure", "One day the shop was down.", nil},
		{"the year of the story", "In March 2023 the shop was down.", nil},
		{"another month", "In June the shop was down.", []string{"June"}},

		{"another technology", "I moved the orders to MongoDB.", []string{"MongoDB"}},
		{"typed small", "The orders went through kafka.", []string{"kafka"}},
		{"by its other name", "The pool of our Postgres was too small.", nil},
		{"the family of what the story names", "The SQL pool was too small.", nil},
		{"a way of working in the story's words", "Query logging showed the load.", nil},

		{"a name inside a sentence", "I asked Priya to read the log.", []string{"Priya"}},
		{"a name of two words is one", "We sold it to Globex Corporation later.", []string{"Globex Corporation"}},
		{"a name that leads", "Priya suggested the gateway.", []string{"Priya"}},
		{"a word that leads", "Latency was high. Traffic grew.", nil},
		{"the company and the role", "As an SRE at Acme Books I was on call.", nil},
		{"an identifier", "The fault was in fetchOrders.", []string{"fetchOrders"}},

		{"hindsight told as done", "I added a circuit breaker.", []string{"I added a circuit breaker"}},
		{"hindsight told as done by the team", "Then we put a circuit breaker in.", []string{"we put a circuit breaker in"}},
		{"hindsight told as done by nobody", "A circuit breaker was added.", []string{"A circuit breaker was added"}},
		{"hindsight told as hindsight", "In hindsight I would have added a circuit breaker.", nil},
		{"in other words", "Looking back, I wish I had added a circuit breaker.", nil},
		{"as a plan", "Next time I would add a circuit breaker.", nil},
		{"as left undone", "I did not add a circuit breaker. I never warned support.", nil},
		{"an act that nobody told", "I wrote a runbook.", []string{"I wrote a runbook"}},
		{"an act among true ones", "I read the log, hired two contractors and raised the pool.", []string{"hired two contractors"}},
		{"an act that managed to", "I managed to persuade the directors.", []string{"I managed to persuade the directors"}},
		{"a true act in other words", "I turned off retrying in the gateway and increased the pool to eighty.", nil},
		{"empty words", "I rolled up my sleeves. I took a step back. I kept going.", nil},
		{"a state of mind", "I realised how bad this was and felt awful.", nil},
	} {
		want := test.want
		if want == nil {
			want = []string{}
		}
		if diff := cmp.Diff(want, unsupported(t, test.draft)); diff != "" {
			t.Errorf("%s: %s\n%s", test.why, test.draft, diff)
		}
	}
}

func TestParts(t *testing.T) {
	want := []practice.Said{
		{"Our shop went down on a Sunday.", star.Situation},
		{"Customers were calling us.", star.Situation},
		{"My job was to bring it back.", star.Task},
		{"First I read the log.", star.Action},
		{"The cause was a wrong limit.", star.Action},
		{"So I raised it.", star.Action},
		{"As a result errors fell from 50% to 1%.", star.Result},
		{"I learned to look at limits first.", star.Reflection},
	}
	draft := ""
	for _, s := range want {
		draft += s.Text + " "
	}
	if diff := cmp.Diff(want, review(t, draft, practice.Setting{}).Sentences); diff != "" {
		t.Error(diff)
	}
}

func TestHeadingsSayThePart(t *testing.T) {
	got := review(t, "## Situation\nIt was slow.\n**Task:** Make it fast.\nAction: I read the log. It was long.\n\nResult:\n\n- It was fast.\n", practice.Setting{}).Sentences
	want := []practice.Said{
		{"It was slow.", star.Situation}, {"Make it fast.", star.Task}, {"I read the log.", star.Action}, {"It was long.", star.Action}, {"It was fast.", star.Result},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCounts(t *testing.T) {
	f := review(t, "Um, so, like, I think we, you know, read it. I like the log. Basically it's, um, fine, right? I'd say about 3 or so; my bad.", practice.Setting{})
	if diff := cmp.Diff([]practice.Count{{"um", 2}, {"you know", 1}, {"like", 1}, {"basically", 1}, {"right", 1}}, f.Fillers); diff != "" {
		t.Errorf("fillers: %s", diff)
	}
	if diff := cmp.Diff([]practice.Count{{"i think", 1}, {"i'd say", 1}, {"or so", 1}}, f.Hedges); diff != "" {
		t.Errorf("hedges: %s", diff)
	}
	if diff := cmp.Diff([]string{"3"}, f.Figures); diff != "" || f.I != 4 || f.We != 1 {
		t.Errorf("I %d, we %d, figures %s", f.I, f.We, diff)
	}
}

func TestPace(t *testing.T) {
	draft := strings.Repeat("I read the log. ", 35)
	if f := review(t, draft, practice.Setting{}); f.Words != 140 || f.Seconds != 60 || f.WPM != 140 {
		t.Errorf("estimated: %d words, %d s, %d a minute", f.Words, f.Seconds, f.WPM)
	}
	if f := review(t, draft, practice.Setting{Seconds: 40}); f.Seconds != 40 || f.WPM != 210 {
		t.Errorf("timed: %d s, %d a minute", f.Seconds, f.WPM)
	}
}

func TestMissed(t *testing.T) {
	f := review(t, "The shop was down for 2 hours, half of all orders failed, and 1,500 customers saw a 502. I read the slow query log.", practice.Setting{Story: &outage, Skills: skill.Default()})
	var fields []string
	for _, m := range f.Missed {
		fields = append(fields, m.Field)
	}
	if diff := cmp.Diff([]string{"context", "root_cause", "resolution", "impact", "lessons"}, fields); diff != "" {
		t.Error(diff)
	}
	whole := star.Compose(outage, star.Options{})
	if f := review(t, say(whole), practice.Setting{Story: &outage, Skills: skill.Default()}); len(f.Missed) > 0 {
		t.Errorf("a whole answer leaves out %v", f.Missed)
	}
}

func TestAdvice(t *testing.T) {
	sound := "Our shop went down on a Sunday morning and customers were calling us all the time. My job was to bring it back before noon. First I read the log of the gateway from end to end. Then I compared its limits with those of the week before. I found that one limit was wrong, and I saw why. So I raised it step by step and watched the errors. I wrote a check for that limit as well. As a result errors fell from 50% to 1% within minutes. I learned to look at limits first."
	for _, test := range []struct {
		why, draft, rule string
		seconds          int
	}{
		{"a sound answer", sound, "", 0},
		{"too short", "First I read the log. As a result errors fell to 1%.", "short", 0},
		{"too long", strings.Repeat(sound+" ", 6), "long", 0},
		{"never I", strings.ReplaceAll(strings.ReplaceAll(sound, "I ", "we "), "My ", "Our "), "no-i", 0},
		{"no result", strings.Split(sound, " As a result")[0], "no-result", 0},
		{"no figure", strings.ReplaceAll(sound, "from 50% to 1% within minutes", "a lot"), "no-figure", 0},
		{"too fast", sound, "fast", 20},
		{"too slow", sound, "slow", 120},
		{"fillers", "Um, basically, you know, um, " + sound, "fillers", 0},
		{"hedges", "I think maybe " + sound, "hedges", 0},
		{"a setup without end", strings.Repeat("Our shop went down on a Sunday. ", 15) + sound, "band-setup", 0},
		{"a sentence without end", strings.Repeat("I read the log and ", 15) + sound, "long-sentence", 0},
	} {
		var rules []string
		for _, a := range review(t, test.draft, practice.Setting{Seconds: test.seconds}).Advice {
			rules = append(rules, a.Rule)
		}
		if got := " " + strings.Join(rules, " ") + " "; test.rule == "" && len(rules) > 0 || !strings.Contains(got, " "+test.rule+" ") && test.rule != "" {
			t.Errorf("%s: %v, want %q", test.why, rules, test.rule)
		}
	}
}

func TestNoAnswer(t *testing.T) {
	for _, test := range []struct{ why, draft, want string }{
		{"nothing", " \n", "the answer is empty"},
		{"no words", "...", "the answer is empty"},
		{"binary", "\x7fELF\x00", "the answer is not text (UTF-8)"},
		{"not UTF-8", "caf\xe9", "the answer is not text (UTF-8)"},
		{"too much", strings.Repeat("a ", 1<<20), "the answer is over 256 KiB, the most that is read"},
	} {
		if _, err := practice.Review(test.draft, practice.Setting{}); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.why, err, test.want)
		}
	}
}

func FuzzReview(f *testing.F) {
	f.Add("The shop was down for 2 hours. I added a circuit breaker, read 1,500 logs and told Priya.")
	f.Add("## Action\n**I** half-read `x` 24/7 — a hundred and five and a half, 1,2,3 5k $4 €5 half an")
	f.Add("I. we'd've had to, and; i then and then\u00a0“Böse” 2 to 3 minutes one and a half N+1")
	f.Fuzz(func(t *testing.T, draft string) {
		got, err := practice.Review(draft, practice.Setting{Story: &outage})
		if err != nil {
			return
		}
		b := got.Balance
		if sum := b.Situation + b.Task + b.Action + b.Result + b.Reflection; sum > 1.0001 {
			t.Errorf("the shares sum to %v", sum)
		}
		whole := ""
		for _, s := range got.Sentences {
			whole += s.Text + "\n"
			if s.Part == "" {
				t.Errorf("%q has no part", s.Text)
			}
		}
		for _, c := range got.Unsupported {
			if c.Text == "" || !strings.Contains(whole, c.Text) {
				t.Errorf("%q was not said in %q", c.Text, whole)
			}
		}
	})
}

func BenchmarkReview(b *testing.B) {
	s := load(b, "../../stories")[3]
	draft := say(star.Compose(s, star.Options{}))
	b.ResetTimer()
	for b.Loop() {
		review(b, draft, practice.Setting{Story: &s, Skills: skill.Default()})
	}
}
