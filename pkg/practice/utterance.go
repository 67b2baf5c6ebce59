package practice

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/text"
)

// utterance is a sentence of a draft, taken apart.
type utterance struct {
	text    string
	part    string
	fixed   bool // the draft itself says which part it is
	words   []word
	figures []string
}

// word is a word as it was written, with what surrounds it.
type word struct {
	text.Span
	written  string // without the signs around it
	low      string // folded; "n't" and other contractions stay
	key      string // what other forms of the same word share
	opens    bool   // stands first in the sentence, or behind a colon or a quote
	ends     bool   // a comma, colon, semicolon, dash or bracket follows
	hyphened bool   // a hyphen joins it to the next
}

func utterancesOf(blocks []block) []utterance {
	var out []utterance
	for _, b := range blocks {
		for _, span := range text.Sentences(b.text) {
			for _, stretch := range stretches(strings.Fields(span.Of(b.text))) {
				out = append(out, utteranceOf(stretch, b.part))
			}
		}
	}
	return out
}

func utteranceOf(s, part string) utterance {
	u := utterance{text: s, part: part, fixed: part != "", words: wordsOf(s)}
	for _, f := range figuresOf(u.text, u.words) {
		u.figures = append(u.figures, f.text)
	}
	return u
}

// longestStretch is the most words that are taken for one sentence: a transcript
// may have no full stops at all.
const longestStretch = 100

// stretches gives the words as one sentence, or where they are too many for one,
// as several that begin with a word that goes on, if there is one.
func stretches(words []string) []string {
	var out []string
	for len(words) > longestStretch {
		at := longestStretch
		for i := longestStretch; i > longestStretch/2; i-- {
			if w := strings.ToLower(words[i]); w == "so" || w == "then" || w == "and" || w == "but" {
				at = i
				break
			}
		}
		out = append(out, strings.Join(words[:at], " "))
		words = words[at:]
	}
	return append(out, strings.Join(words, " "))
}

// wordsOf gives the words of s. A hyphen parts words, since "fire-and-forget" is
// written "fire and forget" as well.
func wordsOf(s string) []word {
	var out []word
	for _, t := range text.Tokens(s) {
		w := word{Span: t.Span, written: t.Of(s), low: t.Text, key: keyOf(t.Text), opens: len(out) == 0}
		if n := len(out); n > 0 {
			between := s[out[n-1].End:t.Start]
			out[n-1].ends = strings.ContainsAny(between, ",;:()—–") || strings.Contains(between, " - ")
			out[n-1].hyphened = between == "-"
			w.opens = strings.ContainsAny(between, `:"(`) || strings.ContainsAny(between, ".!?")
		}
		out = append(out, w)
	}
	return out
}

// keyOf gives what the forms of a word share: "wrote" and "writing", "deletion"
// and "deleted", "optimise" and "optimizing", and words that tell the same in a
// story of an incident ("client" and "customer").
func keyOf(low string) string {
	w := strings.Replace(star.Base(low), "iz", "is", 1)
	w = strings.Replace(strings.Replace(w, "yze", "yse", 1), "our", "or", 1)
	if same := synonyms()[w]; same != "" {
		w = same
	}
	stem := text.Stem(w)
	if same := synonyms()[stem]; same != "" {
		return text.Stem(same)
	}
	return stem
}

// synonyms name for each word the first of its row.
var synonyms = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, row := range []string{
		"find discover identify trace track pinpoint uncover spot detect locate notice diagnose determine figure",
		"add introduce implement put build create set write make install create establish develop",
		"fix repair resolve solve correct address remedy",
		"remove delete purge wipe eliminate erase clear",
		"restore recover",
		"use employ leverage utilise apply adopt",
		"rewrite refactor rework rebuild restructure overhaul redesign",
		"customer client shopper buyer",
		"developer engineer colleague programmer coworker teammate",
		"database db", "slow sluggish lag latency", "crash outage downtime", "message email mail",
		"stop halt cease end", "show reveal tell indicate expose present demo demonstrate", "cause reason culprit root", "problem issue bug fault defect trouble",
		"fast quick rapid swift prompt immediate", "investigate examine inspect analyse study look dig",
		"learn lesson takeaway insight", "stable steady stability", "reliable reliability robust", "attacker hacker intruder",
		"data record", "order purchase", "picture image", "site website", "team group",
	} {
		words := strings.Fields(row)
		for _, w := range words {
			m[w] = words[0]
		}
	}
	return m
})

// content gives the keys of the words that carry meaning.
func content(words []word) []string {
	var out []string
	for _, w := range words {
		if carries(w) && !slices.Contains(out, w.key) {
			out = append(out, w.key)
		}
	}
	return out
}

// carries says whether a word tells what a sentence is about.
func carries(w word) bool {
	hollow := is("empty", w.low) || is("empty", star.Base(w.low)) || is("empty", strings.TrimSuffix(w.low, "s"))
	return len(w.low) > 1 && !hollow && !text.Stop(w.low) && strings.IndexFunc(w.low, unicode.IsDigit) < 0 && !counts(w.low)
}
