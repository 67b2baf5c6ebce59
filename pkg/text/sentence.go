package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences gives the sentences of s in order, without the blanks around them.
// A sentence ends at . ! ? or … before a blank and a capital, a digit or a quote;
// at a blank line; at a line break after such a sign, a colon or a semicolon; and
// where a bullet begins. Abbreviations, initials, decimals and versions end none.
// A bullet's mark is no part of its sentence. Every letter or digit of s outside
// bullet marks lies in exactly one sentence.
func Sentences(s string) []Span {
	var out []Span
	start := skipBullet(s, 0)
	for i := start; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		switch {
		case r == '\n' && breaks(s, start, i):
			out = appendSpan(out, s, start, i)
			end = skipBullet(s, end)
			start = end
		case isEnd(r) && closes(s, start, i, size):
			end = skipClosers(s, end)
			out = appendSpan(out, s, start, end)
			start = end
		}
		i = end
	}
	return appendSpan(out, s, start, len(s))
}

// appendSpan adds the part of s without blanks around it, if a word is left.
func appendSpan(out []Span, s string, start, end int) []Span {
	if start >= end {
		return out
	}
	part := s[start:end]
	start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	end -= len(part) - len(strings.TrimRightFunc(part, unicode.IsSpace))
	if start >= end || strings.IndexFunc(s[start:end], wordRune) < 0 {
		return out
	}
	return append(out, Span{start, end})
}

func isEnd(r rune) bool { return strings.ContainsRune(".!?…。！？", r) }

// closes says whether the end sign at i, size bytes long, ends a sentence.
func closes(s string, start, i, size int) bool {
	after := skipClosers(s, i+size)
	if after == len(s) {
		return true
	}
	r, n := utf8.DecodeRuneInString(s[after:])
	if strings.ContainsRune("。！？", rune0(s[i:])) {
		return true
	}
	if !unicode.IsSpace(r) {
		return false
	}
	next := firstNonSpace(s, after+n)
	if unicode.IsLower(next) || s[i] == '.' && abbreviation(s[start:i]) {
		return false
	}
	return true
}

func rune0(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func firstNonSpace(s string, i int) rune {
	for _, r := range s[i:] {
		if !unicode.IsSpace(r) {
			return r
		}
	}
	return 0
}

// longestRun is how many bytes of a row of signs or blanks are looked at from each
// of them: a row of a million dots must not take a million times a million steps.
const longestRun = 64

// skipClosers passes the further end signs, quotes and brackets after a sentence.
func skipClosers(s string, i int) int {
	for most := i + longestRun; i < min(len(s), most); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isEnd(r) && !strings.ContainsRune("\"')]}”’»*_`", r) {
			break
		}
		i += size
	}
	return i
}

var abbreviations = []string{
	"e.g", "i.e", "vs", "cf", "approx", "no", "nr", "fig", "dr", "mr", "mrs", "prof", "st", "inc", "ltd", "co", "corp",
	"jan", "feb", "aug", "sept", "oct", "nov", "dec", "u.s", "u.k", "dept", "est", "ca", "incl", "excl", "resp", "al",
}

// abbreviation says whether the words before a dot end in an abbreviation or an
// initial. "No." ends a sentence when it is the whole of it.
func abbreviation(before string) bool {
	at := strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("([\"'“", r) })
	word := before[at+1:]
	if word == "" || at < 0 && strings.EqualFold(word, "no") {
		return false
	}
	if utf8.RuneCountInString(word) == 1 && word != "I" && unicode.IsUpper(rune0(word)) {
		return true
	}
	return slices.Contains(abbreviations, strings.ToLower(word))
}

// breaks says whether the line break at i parts the sentence that begins at start.
func breaks(s string, start, i int) bool {
	before := strings.TrimRight(s[max(start, i-longestRun):i], " \t\r\n*_`\"')")
	if before == "" || strings.HasSuffix(before, ":") || strings.HasSuffix(before, ";") || isEnd(lastRune(before)) {
		return true
	}
	rest := strings.TrimLeft(s[i+1:], " \t\r")
	return rest == "" || rest[0] == '\n' || skipBullet(s, i+1) > i+1
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// skipBullet gives where the text of a bullet begins that starts at i, or i.
func skipBullet(s string, i int) int {
	j := i
	for j < len(s) && (s[j] == ' ' || s[j] == '\t') {
		j++
	}
	mark := j
	r, size := utf8.DecodeRuneInString(s[j:])
	if strings.ContainsRune("-*+•‣◦·–", r) {
		mark = j + size
	} else {
		for mark < len(s) && mark-j < 3 && '0' <= s[mark] && s[mark] <= '9' {
			mark++
		}
		if mark == j || mark == len(s) || s[mark] != '.' && s[mark] != ')' {
			return i
		}
		mark++
	}
	if mark == j || mark < len(s) && s[mark] != ' ' && s[mark] != '\t' {
		return i
	}
	return min(mark+1, len(s))
}
