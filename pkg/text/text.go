// Package text takes prose apart: words as people search them, their stems,
// and sentences with their places.
//
// It knows English and how engineers write it: "c++", "node.js", "ci/cd" and
// "p99" are words, "e.g." and "3.5 ms" end no sentence, a bullet begins one. It
// is not a language detector and holds no meaning: what a word stands for is
// for the packages that use it.
package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// Span is a part of a text: byte offsets, Start included, End not.
type Span struct{ Start, End int }

// Of is the part of s that the span names.
func (sp Span) Of(s string) string { return s[sp.Start:sp.End] }

// Token is a word of a text, folded, with its place.
type Token struct {
	Text string
	Span
}

var plain = strings.NewReplacer(
	"’", "'", "‘", "'", "‛", "'", "“", `"`, "”", `"`, "„", `"`, "–", "-", "—", "-", "‑", "-", "−", "-", "…", "...",
	"ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl", "\u00a0", " ", "\u00ad", "",
)

// Fold gives s in lower case with typographic quotes, dashes, ligatures and
// hard blanks made plain, so that texts from anywhere compare equal.
func Fold(s string) string { return strings.ToLower(plain.Replace(s)) }

// Words gives the folded words of s in order.
func Words(s string) []string {
	tokens := Tokens(s)
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

// Tokens gives the folded words of s in order, with their places in s. A word
// is a run of letters and digits, with dots and slashes inside ("node.js",
// "ci/cd") and pluses or a hash behind ("c++", "c#"); hyphens and
// apostrophes part words, but for "n't" and other contractions, which stay.
func Tokens(s string) []Token {
	out := make([]Token, 0, len(s)/6) // English words have five letters and a blank
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) {
			i += size
			continue
		}
		end := wordEnd(s, i)
		out = append(out, Token{Text: foldWord(s[i:end]), Span: Span{i, end}})
		i = end
	}
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordEnd gives where the word that begins at start ends.
func wordEnd(s string, start int) int {
	i := start
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) && !joins(s, start, i, r, size) {
			break
		}
		i += size
	}
	for i < len(s) && i-start <= 2 && (s[i] == '+' || s[i] == '#') {
		i++
	}
	return i
}

// joins says whether the rune at i, no letter, holds a word together.
func joins(s string, start, i int, r rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(s[i+size:])
	if !wordRune(next) {
		return false
	}
	switch r {
	case '.':
		return true
	case '\'', '’':
		return unicode.IsLetter(next)
	case '/': // "ci/cd", "tcp/ip", but not "stories/index"
		return i-start <= 4 && !strings.ContainsRune(s[start:i], '/') && shortWord(s[i+size:])
	}
	return false
}

// shortWord says whether the word at the head of s has at most four bytes. Whether
// "a/b/c/d" joins is a question of the word behind each slash in turn, so it looks
// only so far, or a row of slashes would take for ever.
func shortWord(s string) bool { return wordEnd(s[:min(len(s), 32)], 0) <= 4 }

func foldWord(w string) string {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return strings.TrimSuffix(Fold(w), "'s")
		}
	}
	return strings.TrimSuffix(strings.ToLower(w), "'s") // what is plain already is only lowered
}

// Stem gives the Snowball stem of a folded English word ("migrations" and
// "migrated" give "migrat"). A word with a digit or a sign is its own stem.
func Stem(word string) string {
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return word
		}
	}
	return english.Stem(word, false)
}

// Stems gives the stems of the words of s, stop words left out.
func Stems(s string) []string {
	var out []string
	for _, t := range Tokens(s) {
		if !Stop(t.Text) {
			out = append(out, Stem(t.Text))
		}
	}
	return out
}

const stopWords = `a about above after again against ain all also am an and any are aren as at be because been before being below between both
but by can can't cannot could couldn't d did didn didn't do does doesn doesn't doing don don't down during each ever every few for from further had hadn't has hasn't have
haven't having he her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it'd it's its itself just let let's ll m me might more most must my myself no nor
not now of off on once one only onto or other our ours ourselves out over own per re s same shall she should shouldn't since so some such t than that that's
the their theirs them themselves then there there's these they they'd they're they've this those though through to too under until up upon us ve very via was wasn't we we'd we'll we're
we've were weren't what what's when where whether which while who whom whose why will with within without won't would wouldn't yet you you'd you'll you're you've your yours
yourself yourselves`

var stopSet = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(stopWords) {
		set[w] = true
	}
	return set
})

// Stop says whether a folded word is an English stop word.
func Stop(word string) bool { return stopSet()[word] }

// English says whether words look like English: written in Latin letters, and with
// stop words among them. In English prose a third of the words or more are such, and
// even in terse notes an eighth; fewer than seven words tell too little to judge.
func English(words []string) bool {
	stops, foreign := 0, 0
	for _, w := range words {
		if Stop(w) {
			stops++
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			foreign++
		}
	}
	switch n := len(words); {
	case foreign*2 > n:
		return false
	case n < 12:
		return n < 7 || stops > 0
	default:
		return stops*8 >= n
	}
}
