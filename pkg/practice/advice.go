package practice

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/star"
)

// What is said without meaning, and what takes back what is said. A phrase counts
// wherever its words stand in a row.
var (
	fillers = []string{"um", "uh", "uhm", "er", "erm", "hmm", "you know", "i mean", "like", "basically", "actually", "literally", "kind of", "sort of", "so yeah", "yeah", "right", "obviously", "honestly", "to be honest", "at the end of the day", "or something", "and stuff", "stuff like that", "and so on", "anyway"}
	hedges  = []string{"maybe", "perhaps", "probably", "possibly", "i think", "i guess", "i suppose", "i believe", "i feel like", "somewhat", "a bit", "a little", "more or less", "pretty much", "hopefully", "i tried to", "i would say", "i'd say", "or so", "somehow", "if i remember", "not sure"}
)

// count counts the words of a class.
func (u utterance) count(class string) int {
	n := 0
	for _, w := range u.words {
		if is(class, w.low) {
			n++
		}
	}
	return n
}

// tally counts phrases, most often first. "Like" and "right" count only between
// commas, where they stand for nothing.
func tally(spoken []utterance, phrases []string) []Count {
	var out []Count
	for _, p := range phrases {
		n := 0
		for _, u := range spoken {
			n += u.says(strings.Fields(p))
		}
		if n > 0 {
			out = append(out, Count{p, n})
		}
	}
	slices.SortStableFunc(out, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

func (u utterance) says(phrase []string) int {
	n := 0
	for i := range u.words {
		match := true
		for k, p := range phrase {
			match = match && at(u.words, i+k) == p
		}
		if match && (!is("plainToo", phrase[0]) || len(phrase) > 1 || u.apart(i)) {
			n++
		}
	}
	return n
}

// apart says whether a word stands between commas or at the sentence's edge
// before one.
func (u utterance) apart(i int) bool {
	return u.words[i].ends && (i == 0 || u.words[i-1].ends) || i > 0 && u.words[i-1].ends && i == len(u.words)-1
}

// The bounds beyond which advice is given. Coaches call 130 to 150 words a minute
// calm; listeners follow up to about 170. Behavioural answers run one to three
// minutes.
const (
	slowest      = 110 // words a minute
	fastest      = 170
	longestWords = 45 // of a sentence
	fillerEvery  = 40 // words that one filler may stand in
	hedgeEvery   = 60
	tooShort     = 30 * time.Second
	tooLong      = 3 * time.Minute
)

// advise says what to do better, the gravest first.
func advise(f Feedback, spoken []utterance, s Setting) []Advice {
	var out []Advice
	say := func(when bool, rule, format string, args ...any) {
		if when {
			out = append(out, Advice{rule, fmt.Sprintf(format, args...)})
		}
	}
	took := time.Duration(f.Seconds) * time.Second
	b := f.Balance
	say(len(f.Unsupported) > 0, "unsupported", "%s not in the story: what is true belongs into it, the rest out of the answer", countOf(len(f.Unsupported), "claim is", "claims are"))
	say(took > tooLong, "long", "%d:%02d is long: most answers take one to three minutes", f.Seconds/60, f.Seconds%60)
	say(took < tooShort, "short", "%d seconds are short: say what you did, step by step", f.Seconds)
	say(f.I == 0, "no-i", `"I" is never said: say what you did yourself`)
	say(b.Result == 0, "no-result", "nothing tells what came of it: end with the result")
	say(b.Result > 0 && !figureIn(spoken, star.Result), "no-figure", "the result holds no figure: say how much, how fast or how many")
	out = append(out, shares(b, s.Bands)...)
	say(len(f.Missed) > 0, "missed", "%s of the story left out", countOf(len(f.Missed), "strong fact is", "strong facts are"))
	say(s.Seconds > 0 && f.WPM > fastest, "fast", "%d words a minute are hard to follow: aim at 130 to 150", f.WPM)
	say(s.Seconds > 0 && f.WPM < slowest, "slow", "%d words a minute are slow: aim at 130 to 150", f.WPM)
	say(sum(f.Fillers)*fillerEvery > f.Words, "fillers", "%s in %d words: a pause says more", countOf(sum(f.Fillers), "filler", "fillers"), f.Words)
	say(sum(f.Hedges)*hedgeEvery > f.Words, "hedges", "%s in %d words: say what you know", countOf(sum(f.Hedges), "hedge", "hedges"), f.Words)
	for _, u := range spoken {
		if n := star.Words(u.text); n > longestWords {
			say(true, "long-sentence", "a sentence of %d words loses its listener: %q", n, opening(u.text))
		}
	}
	return out
}

func countOf(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func sum(counts []Count) int {
	n := 0
	for _, c := range counts {
		n += c.Count
	}
	return n
}

func figureIn(spoken []utterance, part string) bool {
	return slices.ContainsFunc(spoken, func(u utterance) bool { return u.part == part && len(u.figures) > 0 })
}

// opening gives the first words of a sentence.
func opening(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(6, len(words))], " ") + " …"
}

// shares gives advice for the groups that are out of their band, in whole percents.
func shares(b star.Balance, bands star.Bands) []Advice {
	var out []Advice
	check := func(rule, name string, share float64, band star.Band, less, more string) {
		percent := func(x float64) int { return int(math.Round(100 * x)) }
		advice := less
		if percent(share) < percent(band.Low) {
			advice = more
		} else if percent(share) <= percent(band.High) {
			return
		}
		out = append(out, Advice{rule, fmt.Sprintf("%s: %d%% of the answer, wanted %d-%d%%: %s", name, percent(share), percent(band.Low), percent(band.High), advice)})
	}
	check("band-setup", "situation and task", b.Situation+b.Task, bands.Setup, "come to what you did sooner", "say where you were and what was at stake")
	check("band-action", "action", b.Action, bands.Action, "leave room for what came of it", "say more of what you did")
	check("band-outcome", "result and reflection", b.Result+b.Reflection, bands.Outcome, "the end can be shorter", "say what came of it and what you learned")
	return out
}
