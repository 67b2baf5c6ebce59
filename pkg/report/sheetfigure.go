package report

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// stretch is a part of a sentence; a figure stands out.
type stretch struct {
	Text   string
	Figure bool
}

// figures finds a number with what it counts, and words that say a figure without
// one. The first group is what must stand before it, the second the figure.
var figures = sync.OnceValue(func() *regexp.Regexp {
	const (
		digits  = `[~≈<>≤≥+−]?\s?[$€£¥]?\d+(?:[.,:]\d+)*(?:\s?[–-]\s?\d+(?:[.,]\d+)*)?`
		number  = `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million`
		measure = `ms|s|sec(?:ond)?s?|milliseconds?|min(?:ute)?s?|h|hours?|days?|weeks?|months?|years?|percent|times|[kmgt]i?b|fps|rps|[ap]m|(?:k|m|bn|million|thousand|billion)|users?|customers?|requests?|orders?|records?|rows?`
	)
	return regexp.MustCompile(`(?i)(^|[^\pL\pN_.,/+-])(` + digits + `(?:\s?[%×]|x\b|[\s-]?(?:` + measure + `)\b)?` +
		`|(?:` + number + `)(?:[\s-](?:` + number + `))*[\s-](?:` + measure + `)\b` +
		`|(?:halved|doubled|tripled|tenfold|twice|zero)\b)`)
})

// figured parts a sentence at its figures.
func figured(s string) []stretch {
	var out []stretch
	add := func(text string, figure bool) {
		if text != "" {
			out = append(out, stretch{text, figure})
		}
	}
	at := 0
	for _, m := range figures().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[4], m[5]
		if goesOn(s[to:]) || isYear(s[from:to]) {
			continue
		}
		add(s[at:from], false)
		add(s[from:to], true)
		at = to
	}
	add(s[at:], false)
	return out
}

// goesOn says whether what follows a number makes it a part of a name, of a date or of
// an ordinal.
func goesOn(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("-/", next) {
		next, _ = utf8.DecodeRuneInString(rest[size:])
		return unicode.IsDigit(next)
	}
	return unicode.IsLetter(next) || unicode.IsDigit(next) || next == '_'
}

// isYear says whether a figure is a bare year, which counts nothing.
func isYear(figure string) bool {
	return len(figure) == 4 && (figure[:2] == "19" || figure[:2] == "20") && figure[2] >= '0' && figure[2] <= '9' && figure[3] >= '0' && figure[3] <= '9'
}
