package skill

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/text"
)

// A token is a word of a text. Tokens here are finer than text.Tokens: a name may
// be written joined, dotted or slashed, so each part is a word of its own and the
// phrases put them together again.
type token struct {
	word string // folded, spelled the British way
	stem string // the word without its inflection
	gap  gap    // what parts it from the word before
	text.Span
}

// A gap is what stands between two words, from the closest to the widest.
type gap uint8

const (
	joined  gap = iota // a blank, a hyphen, a dot or slash inside a name
	wrapped            // a line's end inside a paragraph, or between plain lines
	listed             // a comma, a bracket, a colon, a dash
	ended              // a sentence's end
	parted             // a blank line, a bullet, or the text's edge
)

// tokenise gives the words of s in order, in buffer if they are few enough.
func tokenise(s string, buffer []token) []token {
	tokens := slices.Grow(buffer, len(s)/5+1)
	low := lower(s)
	last := -1
	for i := 0; i < len(s); {
		end := wordEnd(s, i)
		if end == i {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		if i > 0 && s[i-1] == '.' && (i == 1 || !wordByte(s[i-2])) && letter(s[i]) {
			i-- // ".NET"
		}
		word := plain(low[i:end])
		tokens = append(tokens, token{word, stem(word), gapAt(s, last, i), text.Span{Start: i, End: end}})
		last, i = end, end
	}
	return tokens
}

// wordEnd gives the end of the word that begins at start, start if none does.
func wordEnd(s string, start int) int {
	i := start
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if !wordByte(c) && !(c == '\'' && i > start && i+1 < len(s) && letter(s[i+1])) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !(r == '’' && i > start && i+size < len(s) && letter(s[i+size])) {
			break
		}
		i += size
	}
	return signEnd(s, start, i)
}

// signEnd takes in the signs behind "C++" and "C#".
func signEnd(s string, start, end int) int {
	switch rest := s[end:]; {
	case end == start:
	case strings.HasPrefix(rest, "++"):
		return end + 2
	case strings.HasPrefix(rest, "#") && letter(s[end-1]):
		return end + 1
	}
	return end
}

func letter(c byte) bool   { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func digit(c byte) bool    { return '0' <= c && c <= '9' }
func upper(c byte) bool    { return 'A' <= c && c <= 'Z' }
func wordByte(c byte) bool { return letter(c) || digit(c) || c >= utf8.RuneSelf }

// gapAt judges what stands in s between a word's end and the next word's start;
// an end of -1 is the edge of the text.
func gapAt(s string, end, start int) gap {
	if end < 0 {
		return parted
	}
	between := s[end:start]
	if between == " " || between == "-" {
		return joined
	}
	widest := joined
	for i, r := range between {
		widest = max(widest, gapOf(s, r, end+i, start))
	}
	return widest
}

// gapOf judges the rune at a place of s, before the word at next.
func gapOf(s string, r rune, at, next int) gap {
	switch r {
	case '-':
		if s[at-1] == ' ' && s[at+1] == ' ' {
			return listed
		}
		return joined
	case ' ', '\t', '\r', '_', '/', '&', '*', '`', '\'', '’', '+', '\u00a0', '\u00ad', '\u2011':
		return joined
	case '\n':
		if strings.Trim(s[at+1:next], " \t\r") != "" {
			return parted
		}
		return wrapped
	case '.', ':':
		return dotGap(s, r, at)
	case '!', '?':
		return ended
	case '•', '·', '▪', '◦', '●':
		return parted
	}
	return listed
}

// dotGap judges a dot or a colon: inside a name it joins ("node.js", "1:1"), and
// the dot of an abbreviation ends no sentence.
func dotGap(s string, r rune, at int) gap {
	switch inside := wordByte(s[at-1]) && at+1 < len(s) && wordByte(s[at+1]); {
	case inside || r == '.' && abbreviated(s[:at]):
		return joined
	case r == ':':
		return listed
	}
	return ended
}

// abbreviated says whether s ends as "e.g" and "i.e" do, whose dot ends nothing.
func abbreviated(s string) bool {
	n := len(s)
	return n >= 3 && s[n-2] == '.' && letter(s[n-3]) && letter(s[n-1])
}

// fold gives a word as the taxonomy compares words: in lower case, without a
// possessive s or apostrophes, American spellings made British.
func fold(word string) string { return plain(lower(word)) }

// lower puts the ASCII letters of s in lower case, at once for all its words.
func lower(s string) string {
	var b strings.Builder
	done := 0
	for i := range len(s) {
		if !upper(s[i]) {
			continue
		}
		if done == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[done:i])
		b.WriteByte(s[i] | 0x20)
		done = i + 1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// plain folds a word of a text that went through lower.
func plain(word string) string {
	ascii, quoted := true, false
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
		quoted = quoted || word[i] == '\''
	}
	if !ascii {
		word, quoted = text.Fold(word), true // it would change no ASCII word, but slowly
	}
	if quoted {
		word = strings.ReplaceAll(strings.TrimSuffix(word, "'s"), "'", "")
	}
	return british(word)
}

// british spells "optimize", "modeling" and "behavior" as "optimise", "modelling"
// and "behaviour" are folded: one form for both, not always a real word.
func british(w string) string {
	if len(w) < 6 {
		return w
	}
	if i := lastPair(w, 'i', 'z'); i >= 2 && i+2 < len(w) && strings.IndexByte("aei", w[i+2]) >= 0 {
		w = w[:i] + "is" + w[i+2:]
	}
	if i := strings.Index(w, "our"); i > 2 && i+3 >= len(w)-4 {
		w = w[:i] + "or" + w[i+3:]
	}
	if i := lastPair(w, 'l', 'l'); i > 2 && (w[i+2:] == "ing" || w[i+2:] == "ed" || w[i+2:] == "er") {
		w = w[:i] + w[i+1:]
	}
	return w
}

// lastPair is strings.LastIndex of two bytes, but fast.
func lastPair(w string, a, b byte) int {
	i := len(w) - 2
	for i >= 0 && (w[i] != a || w[i+1] != b) {
		i--
	}
	return i
}

// stem takes the inflection off a folded word: plurals, -ing and -ed, so that
// "reviews code" and "reviewing code" are one phrase. It leaves derivation alone,
// where Snowball would make "engine" of "engineer" and "manag" of "manager".
func stem(w string) string {
	w = singular(w)
	bare, ok := strings.CutSuffix(w, "ing")
	if !ok {
		bare, ok = strings.CutSuffix(w, "ed")
	}
	if ok && len(bare) >= 3 && strings.ContainsAny(bare, "aeiouy") {
		w = bare
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && letter(w[n-1]) {
		return w[:n-1]
	} else if n > 3 && w[n-1] == 'e' {
		return w[:n-1]
	}
	return w
}

// singular takes a plural's ending off.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || strings.IndexByte("suiaoj", w[n-2]) >= 0:
		return w
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes"):
		return w[:n-2]
	}
	return w[:n-1]
}
