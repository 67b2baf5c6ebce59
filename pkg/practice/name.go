package practice

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/text"
)

// namedInside gives the capitalised words that stand inside sentences, which are
// names wherever they stand.
func namedInside(spoken []utterance) map[string]bool {
	named := map[string]bool{}
	for _, u := range spoken {
		for _, w := range u.words {
			if !w.opens && capitalised(w.written) {
				named[w.low] = true
			}
		}
	}
	return named
}

func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// names checks capitalised words and words that are built like identifiers.
// Neighbours are one name.
func (c *claims) names(named map[string]bool) {
	from := -1
	words := c.words
	flush := func(to int) {
		if from >= 0 {
			span := text.Span{Start: words[from].Start, End: words[to-1].End}
			c.add(span, nameReason(words[from].low))
			from = -1
		}
	}
	for i, w := range words {
		likely := identifier(w.written) || capitalised(w.written) && (!w.opens || named[w.low] || speaks(words, i))
		unknown := likely && c.free(w.Span) && !c.held.words.has(w) && !is("everyday", w.low) && !text.Stop(w.low) && !c.dated(w) && !c.initials(w)
		if !unknown {
			flush(i)
		} else if from < 0 {
			from = i
		}
		if unknown && w.ends {
			flush(i + 1)
		}
	}
	flush(len(words))
}

func nameReason(low string) string {
	if _, ok := months[low]; ok || is("weekday", low) {
		return "the story holds no such date"
	}
	return "the story holds no such name"
}

// identifier says whether a word is built as no plain word is: a capital or a
// digit inside, or capitals only.
func identifier(w string) bool {
	_, size := utf8.DecodeRuneInString(w)
	rest := w[size:]
	return strings.IndexFunc(rest, unicode.IsUpper) >= 0 || strings.IndexFunc(w, unicode.IsDigit) >= 0 && strings.IndexFunc(w, unicode.IsLetter) >= 0
}

// speaks says whether the word at the head of a sentence does what only people do:
// "Priya suggested", "Priya and I".
func speaks(words []word, i int) bool {
	switch at(words, i+1) {
	case "said", "told", "asked", "suggested", "proposed", "insisted", "argued", "offered", "believed", "thought", "joined", "wrote", "rewrote", "explained", "from":
		return !strings.HasSuffix(words[i].low, "s") && !is("department", words[i].low)
	case "and":
		return at(words, i+2) == "i"
	}
	return false
}

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

// dated says whether a month is the one in which the story happened.
func (c *claims) dated(w word) bool {
	m, ok := months[w.low]
	if !ok {
		return false
	}
	date := string(c.held.story.Date)
	d, err := time.Parse("2006-01", date[:min(7, len(date))])
	return err == nil && d.Month() == m
}

// initials says whether a word in capitals is made of the first letters of words
// that stand side by side in the story.
func (c *claims) initials(w word) bool {
	if len(w.written) < 2 || strings.ToUpper(w.written) != w.written {
		return false
	}
	for _, e := range c.held.told {
		var letters []byte
		for _, x := range wordsOf(e.text) {
			letters = append(letters, x.low[0])
		}
		if strings.Contains(string(letters), strings.TrimSuffix(w.low, "s")) {
			return true
		}
	}
	return false
}
