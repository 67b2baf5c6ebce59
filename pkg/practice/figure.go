package practice

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/text"
)

// figure is a number as it was said, with its unit. Numbers of one kind compare
// whatever their unit: 120 minutes are two hours.
type figure struct {
	text.Span
	text   string
	raw    float64 // as said; negative for none
	scale  float64 // base units of its kind that one is
	kind   string  // "time", "percent", "money", "bytes", "rate", "clock" or "" for a count
	rough  bool    // "about", "nearly": a tenth up or down is no other figure
	vast   bool    // "hundreds", "dozens": an order of magnitude
	key    string  // of words such as "half" and "doubled", which say a figure without one
	listed bool    // counts what the answer is about to list ("three things")
	from   int     // its first word
	to     int     // the word behind its last
}

// A unit is a kind of figure and how many base units it is.
type unit struct {
	kind   string
	factor float64
}

var units = sync.OnceValue(func() map[string]unit {
	m := map[string]unit{"percent": {"percent", 1}, "am": {"clock", 1}, "pm": {"clock", 1}, "o'clock": {"clock", 1}, "fps": {"rate", 1}}
	for kind, rows := range map[string]string{
		"time":  "0.001 ms millisecond milliseconds|1 s sec secs second seconds|60 min mins minute minutes|3600 h hr hrs hour hours|86400 day days|604800 week weeks|2629800 month months|31557600 year years",
		"money": "1 dollar dollars euro euros pound pounds usd eur gbp|0.01 cent cents",
		"bytes": "1 byte bytes|1000 kb kilobyte kilobytes kib|1000000 mb megabyte megabytes mib|1000000000 gb gigabyte gigabytes gib|1000000000000 tb terabyte terabytes tib",
	} {
		for row := range strings.SplitSeq(rows, "|") {
			f := strings.Fields(row)
			factor, _ := strconv.ParseFloat(f[0], 64)
			for _, name := range f[1:] {
				m[name] = unit{kind, factor}
			}
		}
	}
	return m
})

// numeral gives what a number word says.
var numeral = sync.OnceValue(func() map[string]float64 {
	m := map[string]float64{"zero": 0, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "dozen": 12}
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		m[w] = float64(i + 1)
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		m[w] = float64(10 * (i + 2))
	}
	return m
})

// counts says whether a word is a number.
func counts(low string) bool {
	_, ok := numeral()[low]
	return ok || vast[low] > 0
}

// vast are words for an order of magnitude.
var vast = map[string]float64{"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 1e6, "billions": 1e9}

// folds are words that say a figure without one; those of a row say the same.
var folds = map[string]string{
	"half": "half", "halved": "half", "halving": "half", "doubled": "twice", "doubling": "twice", "twice": "twice", "twofold": "twice",
	"tripled": "thrice", "threefold": "thrice", "tenfold": "tenfold", "quadrupled": "fourfold", "fourfold": "fourfold",
}

// figuresOf gives the figures of a sentence in order of place.
func figuresOf(s string, words []word) []figure {
	var out []figure
	for i := 0; i < len(words); {
		f, ok := figureAt(s, words, i)
		if !ok {
			i++
			continue
		}
		if f.from > 0 {
			f.rough = approximate(words, f.from)
		}
		if n := len(out); n > 0 && f.kind != "" && out[n-1].kind == "" && out[n-1].key == "" && ranges(s, out[n-1], f) {
			out[n-1].kind, out[n-1].scale = f.kind, f.scale
		}
		out = append(out, f)
		i = f.to
	}
	return out
}

// figureAt reads the figure that begins at word i.
func figureAt(s string, words []word, i int) (figure, bool) {
	w := words[i]
	f := figure{from: i, to: i + 1, raw: -1, scale: 1}
	switch {
	case w.low == "24/7":
		return f, false
	case w.low[0] >= '0' && w.low[0] <= '9':
		f.digits(s, words)
	case vast[w.low] > 0:
		f.raw, f.vast = vast[w.low], true
	case folds[w.low] != "":
		f.fold(words)
	default:
		f.spelled(words)
	}
	if f.raw < 0 {
		return f, false
	}
	f.unit(s, words)
	if w.low == "one" && f.raw == 1 && (f.kind == "" || !is("measures", at(words, i-1))) {
		return f, false // "one of them", "one day"
	}
	f.listed = lists(words, f)
	f.Span = text.Span{Start: words[f.from].Start, End: words[f.to-1].End}
	for f.End < len(s) && s[f.End] == '%' {
		f.End++
	}
	for f.Start > 0 && strings.ContainsAny(s[f.Start-1:f.Start], "$~") {
		f.Start--
	}
	f.text = f.Of(s)
	return f, true
}

// digits reads a number in digits: "1,500", "2.5k", "640ms", "50+".
func (f *figure) digits(s string, words []word) {
	low := words[f.from].low
	n := 0
	for n < len(low) && (low[n] >= '0' && low[n] <= '9' || low[n] == '.' && n+1 < len(low) && low[n+1] >= '0' && low[n+1] <= '9') {
		n++
	}
	digits, suffix := low[:n], strings.Trim(low[n:], "+")
	for suffix == "" && f.to < len(words) && s[words[f.to-1].End:words[f.to].Start] == "," && thousands(words[f.to].low) {
		digits, suffix = digits+words[f.to].low[:3], words[f.to].low[3:]
		f.to++
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || strings.ContainsAny(suffix, "/:") {
		return
	}
	switch suffix {
	case "":
	case "k":
		value *= 1000
	case "bn", "b":
		value *= 1e9
	case "st", "nd", "rd", "th", "x":
	default:
		u, ok := units()[suffix]
		if !ok {
			return // "100vh", "6h30": names as much as figures
		}
		f.kind, f.scale = u.kind, u.factor
	}
	f.raw = value
}

// thousands says whether a word goes on a number behind a comma: three digits,
// and perhaps a unit.
func thousands(low string) bool {
	digits := len(low) - len(strings.TrimLeft(low, "0123456789"))
	return digits == 3
}

// fold reads "half", "twice" and the like, and "half an hour" as what it is.
func (f *figure) fold(words []word) {
	low := words[f.from].low
	next := at(words, f.from+1)
	if u, ok := units()[at(words, f.from+2)]; low == "half" && (next == "a" || next == "an") && ok {
		f.raw, f.kind, f.scale, f.to = 0.5, u.kind, u.factor, f.from+3
		return
	}
	if low == "half" && (words[f.from].ends || next == "past" || next == "way") {
		return
	}
	f.raw, f.key = 0, folds[low]
}

// spelled reads a number in words: "forty-five", "two hundred and five", "a
// hundred", "two and a half".
func (f *figure) spelled(words []word) {
	first := f.from
	if next := at(words, first+1); words[first].low == "a" && (next == "dozen" || numeral()[next] >= 100) {
		first++
	}
	if _, ok := numeral()[words[first].low]; !ok {
		return
	}
	f.raw, f.to = sumOf(words, first)
	if at(words, f.to) == "and" && at(words, f.to+1) == "a" && at(words, f.to+2) == "half" {
		f.raw, f.to = f.raw+0.5, f.to+3
	}
}

// sumOf adds up the number words from word i on and gives the index behind them.
func sumOf(words []word, i int) (sum float64, end int) {
	part := 0.0
	for ; i < len(words); i++ {
		n, ok := numeral()[words[i].low]
		switch {
		case ok && n >= 1000:
			sum, part = sum+max(part, 1)*n, 0
		case ok && (n == 100 || words[i].low == "dozen"):
			part = max(part, 1) * n
		case ok && (part == 0 || part >= 100 || part >= 20 && n < 10):
			part += n
		case words[i].low == "and" && part >= 100 && numeral()[at(words, i+1)] > 0:
			continue
		default:
			return sum + part, end
		}
		if end = i + 1; words[i].ends {
			break
		}
	}
	return sum + part, end
}

// unit takes in the unit that stands behind the number or before it.
func (f *figure) unit(s string, words []word) {
	first, last := words[f.from], words[f.to-1]
	switch {
	case f.kind != "" || f.key != "":
		return
	case last.End < len(s) && s[last.End] == '%':
		f.kind = "percent"
		return
	case strings.HasSuffix(s[:first.Start], "$"), strings.HasSuffix(s[:first.Start], "€"), strings.HasSuffix(s[:first.Start], "£"):
		f.kind = "money"
		return
	case last.ends:
		return
	}
	if n, ok := numeral()[at(words, f.to)]; ok && n >= 1000 {
		f.raw *= n
		f.to++
	}
	if u, ok := units()[at(words, f.to)]; ok {
		f.kind, f.scale = u.kind, u.factor
		f.to++
	}
}

func at(words []word, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i].low
}

// approximate says whether a word before word i makes a figure a rough one.
func approximate(words []word, i int) bool {
	for _, w := range []string{at(words, i-1), at(words, i-2)} {
		switch w {
		case "about", "around", "roughly", "nearly", "almost", "approximately", "some", "over", "under", "than", "close":
			return true
		}
	}
	return false
}

// ranges says whether two figures are the ends of one range: "2 to 3 minutes".
func ranges(s string, a, b figure) bool {
	switch strings.TrimSpace(s[a.End:b.Start]) {
	case "to", "-", "–", "or", "->", "→", "and":
		return true
	}
	return false
}

// lists says whether a small number counts what is being told: "three things",
// "all three".
func lists(words []word, f figure) bool {
	if f.raw < 2 || f.raw > 10 || f.kind != "" {
		return false
	}
	if before := at(words, f.from-1); before == "all" || before == "these" || before == "those" {
		return true
	}
	for i := f.to; i < min(f.to+3, len(words)); i++ {
		if is("listed", words[i].low) {
			return true
		}
		if words[i].ends {
			break
		}
	}
	return false
}

// backs says whether a figure of the story is the one that was said.
func backs(own, said figure) bool {
	switch {
	case own.key != "" || said.key != "":
		return own.folds(said.key)
	case said.vast:
		return own.raw >= said.raw && own.raw < 10*said.raw
	case own.vast:
		return false
	}
	slack := 1e-6
	if said.rough {
		slack = 0.1
	}
	if said.kind == "" || said.kind == "clock" && own.kind == "" {
		return math.Abs(own.raw-said.raw) <= slack*own.raw
	}
	return own.kind == said.kind && math.Abs(own.raw*own.scale-said.raw*said.scale) <= slack*own.raw*own.scale
}

// folds says whether the figure is what a word such as "half" or "twice" says.
func (f *figure) folds(key string) bool {
	switch key {
	case f.key:
		return true
	case "half":
		return f.kind == "percent" && f.raw == 50
	case "twice", "thrice", "fourfold", "tenfold":
		return f.kind == "" && f.raw == map[string]float64{"twice": 2, "thrice": 3, "fourfold": 4, "tenfold": 10}[key]
	}
	return false
}
