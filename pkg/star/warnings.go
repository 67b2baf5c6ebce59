package star

import (
	"fmt"
	"math"
)

// warnings says what the answer lacks, in the order in which it is told.
func warnings(t *tale, a Answer, left []line, o Options) []Warning {
	var out []Warning
	warn := func(rule, format string, args ...any) {
		out = append(out, Warning{rule, fmt.Sprintf(format, args...)})
	}
	if len(a.Sentences) == 0 {
		warn("no-room", "not one sentence of the story fits into %s", o.Target)
		return out
	}
	if len(t.of("task")) == 0 {
		warn("no-task", "the story has no task: say what your own job was")
	}
	if !acts(a.Sentences) {
		warn("no-act", "no sentence of the action says what you did yourself")
	}
	_, results := t.results()
	switch {
	case len(results) == 0:
		warn("no-result", "the story has no impact: the answer ends without a result")
	case !figures(results):
		warn("no-figure", "the result holds no figure")
	}
	for _, n := range t.unfinished {
		warn("unfinished", "%s: %q is not told: it reads as a plan or a placeholder", n.field, n.text)
	}
	for _, l := range lost(a.Sentences, left) {
		warn("no-room", "the time leaves no room for any of the %s", l)
	}
	return append(out, outside(a, o.Bands, len(results) > 0)...)
}

func acts(all []Sentence) bool {
	for _, s := range all {
		if s.Part == Action && parse(s.Text).tellerActs() {
			return true
		}
	}
	return false
}

func figures(notes []note) bool {
	for _, n := range notes {
		if patterns().figure.MatchString(n.text) {
			return true
		}
	}
	return false
}

// lost names the parts of which the time left nothing.
func lost(told []Sentence, left []line) []string {
	has := map[string]bool{}
	for _, s := range told {
		has[s.Part] = true
	}
	var out []string
	for _, l := range left {
		if !has[l.Part] && !l.ours {
			has[l.Part] = true
			out = append(out, l.Part)
		}
	}
	return out
}

// outside names the groups whose share is out of its band, in whole percents.
func outside(a Answer, bands Bands, result bool) []Warning {
	var out []Warning
	check := func(rule, name string, share float64, b Band) {
		percent := func(x float64) int { return int(math.Round(100 * x)) }
		if percent(share) < percent(b.Low) || percent(share) > percent(b.High) {
			out = append(out, Warning{rule, fmt.Sprintf("%s: %d%% of the answer, wanted %d-%d%%", name, percent(share), percent(b.Low), percent(b.High))})
		}
	}
	check("band-setup", "situation and task", a.Balance.Situation+a.Balance.Task, bands.Setup)
	check("band-action", "action", a.Balance.Action, bands.Action)
	if result {
		check("band-outcome", "result and reflection", a.Balance.Result+a.Balance.Reflection, bands.Outcome)
	}
	return out
}
