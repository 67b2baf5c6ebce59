package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/text"
)

// asking gives the part of what an interviewer says that asks: everything from the
// first sentence on that does, where several before it only introduce ("We are forty
// people and deploy daily. I run the platform. When did …"). What comes before and
// does not speak of the asker, or is a single sentence, sets the scene of the
// question and stays.
func asking(s string) string {
	sentences := text.Sentences(s)
	first := slices.IndexFunc(sentences, func(sp text.Span) bool { return asks(sp.Of(s)) })
	if first < 2 {
		return s
	}
	lead := s[:sentences[first].Start]
	if !slices.ContainsFunc(text.Words(lead), func(w string) bool { return slices.Contains(ofTheAsker, w) }) {
		return s
	}
	return strings.TrimSpace(s[sentences[first].Start:])
}

// ofTheAsker are the words with which interviewers speak of themselves.
var ofTheAsker = []string{"i", "i'm", "i'd", "i'll", "i've", "we", "we're", "we'd", "we'll", "we've", "us", "our", "ours", "me", "my", "let's"}

// asked are the words with which an interviewer asks without a question mark.
var asked = []string{
	"tell", "describe", "give", "walk", "talk", "share", "explain", "think", "take", "name", "show", "discuss", "recall",
	"outline", "pick", "convince", "imagine", "i'd like", "i would like", "i want to hear", "i'm curious", "i'm interested",
}

// asks says whether a sentence asks: by its question mark, or by how it begins, be it
// behind a label ("Ownership: tell me …").
func asks(sentence string) bool {
	if _, rest, ok := strings.Cut(sentence, ": "); ok && asks(rest) {
		return true
	}
	if strings.HasSuffix(strings.TrimRight(sentence, " \n\t\"”’')"), "?") {
		return true
	}
	words := strings.Join(text.Words(sentence), " ") + " "
	words = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(words, "so "), "please "), "now ")
	return slices.ContainsFunc(asked, func(a string) bool { return strings.HasPrefix(words, a+" ") })
}

//go:embed shorthand.txt
var shorthandTable string

// shorthand is what engineers write short, by the short form: as written where it
// is meant only in capitals, else in lower case.
var shorthand = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(shorthandTable) {
		if short, long, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out[short] = long
		}
	}
	return out
})

// longestShort is the most bytes that shorthand has.
const longestShort = 7

// longhand gives what a word, as written and folded, stands for where it is
// shorthand, else "".
func longhand(word, folded string) string {
	if len(word) > longestShort {
		return ""
	}
	if long := shorthand()[word]; long != "" {
		return long
	}
	return shorthand()[folded]
}

// spell writes shorthand out: "the DB of a svc" becomes "the database of a service".
// Spoken says of a span of the result in which words of s it stood.
func spell(s string) (out string, spoken func(text.Span) string) {
	type swap struct{ long, short text.Span }
	var b strings.Builder
	var swaps []swap
	at := 0
	for _, t := range text.Tokens(s) {
		long := longhand(t.Of(s), t.Text)
		if long == "" {
			continue
		}
		b.WriteString(s[at:t.Start])
		swaps = append(swaps, swap{text.Span{Start: b.Len(), End: b.Len() + len(long)}, t.Span})
		b.WriteString(long)
		at = t.End
	}
	b.WriteString(s[at:])
	out = b.String()
	return out, func(sp text.Span) string {
		for _, w := range swaps {
			if w.long.Start < sp.End && sp.Start < w.long.End {
				return w.short.Of(s)
			}
		}
		return sp.Of(out)
	}
}
