package star

import (
	"strings"
	"unicode"
)

// clause is a sentence as words, each as it was written and bare: lower case,
// without the signs around it.
type clause struct {
	raw, low []string
}

func parse(s string) clause {
	c := clause{raw: strings.Fields(s)}
	c.low = make([]string, len(c.raw))
	for i, w := range c.raw {
		c.low[i] = bare(w)
	}
	return c
}

func bare(w string) string {
	w = strings.ReplaceAll(w, "’", "'")
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !sounds(r) }))
}

func sounds(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (c clause) String() string { return strings.Join(c.raw, " ") }

// at gives the bare word i, or nothing behind the end.
func (c clause) at(i int) string {
	if i < 0 || i >= len(c.low) {
		return ""
	}
	return c.low[i]
}

// insert gives the sentence with words before its word i.
func (c clause) insert(i int, words string) string {
	head := strings.Join(c.raw[:i], " ")
	return strings.TrimSpace(head + " " + words + " " + strings.Join(c.raw[i:], " "))
}

// breaks says whether a sign after word i ends a stretch of the sentence.
func (c clause) breaks(i int) bool { return strings.ContainsAny(c.raw[i][len(c.raw[i])-1:], ",;:") }

// adverbLike takes the adverbs of the list and the -ly words.
func adverbLike(w string) bool {
	return is("adverb", w) || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "apply" && w != "reply" && w != "supply" && w != "rely"
}

func hasDigit(w string) bool { return strings.IndexFunc(w, unicode.IsDigit) >= 0 }

// counts says whether a bare word is a number or counts like one.
func counts(w string) bool { return w != "" && unicode.IsDigit(rune(w[0])) || is("number", w) }

// finite says whether word i can carry a sentence: a form of be, have, do, a
// modal, a past form or a third person.
func (c clause) finite(i int) bool {
	w := c.at(i)
	if verbs().isPast(w) && c.at(i+1) != "by" && !c.describes(i) {
		return true
	}
	return is("finite", w) || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") && c.thirdPerson(i)
}

// describes says whether the past form i stands before a noun: "of failed jobs".
func (c clause) describes(i int) bool {
	if i == 0 || c.breaks(i-1) || c.breaks(i) || i+1 == len(c.low) {
		return false
	}
	v, w, before := verbs(), c.low[i], c.low[i-1]
	if base := v.base[w]; base != "" && v.participle[base] != w {
		return false
	}
	return !is("ownSubject", before) && (is("prep", before) || is("determiner", before))
}

// thirdPerson tells the verb of "indexer writes to both" from the noun of "API
// requests" by what stands around it.
func (c clause) thirdPerson(i int) bool {
	before, next := c.at(i-1), c.at(i+1)
	if i == 0 || is("determiner", before) || counts(before) || is("prep", before) {
		return false
	}
	if is("article", next) || is("possessive", next) || next == "it" || next == "them" {
		return true
	}
	return verbs().third[c.low[i]] && (is("determiner", next) || is("pronoun", next) || is("prep", next) || counts(next) || adverbLike(next))
}

// hasFinite says whether any of the words [from, to) can carry a sentence.
func (c clause) hasFinite(from, to int) bool {
	for i := from; i < min(to, len(c.low)); i++ {
		if c.finite(i) {
			return true
		}
	}
	return false
}

// mainEnd gives the index behind the first stretch from word i on: up to a sign
// or a word that opens another clause.
func (c clause) mainEnd(i int) int {
	for j := i; j < len(c.low); j++ {
		if j > i && is("sub", c.low[j]) && c.low[j] != "and" && c.low[j] != "or" && c.low[j] != "as" {
			return j
		}
		if c.breaks(j) {
			return j + 1
		}
	}
	return len(c.low)
}

// act finds the past form that leads the words from i on, adverbs aside, and
// says where it is: "Then quickly deactivated the user".
func (c clause) act(i int) (int, bool) {
	for start := i; i < len(c.low)-1 && i < start+3 && adverbLike(c.low[i]) && !c.breaks(i); {
		i++
	}
	w := c.at(i)
	if shouted(c, i) || !verbs().isPast(w) && w != "didn't" && w != "couldn't" && w != "wasn't" {
		return i, false
	}
	if c.passive(i) || c.adjectival(i) || is("drift", w) && c.drifts(i) {
		return i, false
	}
	return i, true
}

// shouted says whether word i is all capitals, as SQL and flags are written.
func shouted(c clause, i int) bool {
	return i < len(c.raw) && len(c.raw[i]) > 1 && strings.ToUpper(c.raw[i]) == c.raw[i] && strings.ToLower(c.raw[i]) != c.raw[i]
}

// passive says whether the past form i says what was done to something, by
// whomever: "Caused by …", "Approved in May", "Silenced in March".
func (c clause) passive(i int) bool {
	w, next := c.low[i], c.at(i+1)
	if next == "by" {
		return !is("activeBy", w)
	}
	if is("lent", w) && (next == "" || is("prep", next) || adverbLike(next)) {
		return true
	}
	return is("objectless", next) && strings.HasSuffix(w, "ed") && !is("intransitive", w)
}

// adjectival says whether the past form i belongs to a noun behind it that has a
// verb of its own: "Failed jobs were retried", "Promoted models go live".
func (c clause) adjectival(i int) bool {
	w, next := c.at(i), c.at(i+1)
	if next == "one" || next == "ones" {
		return c.acts(i + 2)
	}
	if c.breaks(i) || is("determiner", next) || is("pronoun", next) || is("prep", next) || counts(next) || next == "" {
		return false
	}
	if strings.HasSuffix(next, "s") && !c.breaks(i+1) && verbs().past[c.at(i+2)] != "" && !is("prep", c.at(i+2)) {
		return true
	}
	if !verbs().adjective[w] {
		return false
	}
	for j := i + 2; j < c.mainEnd(i+1); j++ {
		if is("finite", c.low[j]) || verbs().isPast(c.low[j]) && c.finite(j) {
			return true
		}
	}
	return false
}

// acts says whether word i is a verb in the third person, which "one" has before it.
func (c clause) acts(i int) bool {
	return verbs().third[c.at(i)] || strings.HasSuffix(c.at(i), "s") && is("article", c.at(i+1))
}

// drifts says whether the past form i is what befell a thing, not what the teller
// did: "Went from 22% to 7%", "Took two weeks".
func (c clause) drifts(i int) bool {
	next := c.at(i + 1)
	switch c.at(i) {
	case "went":
		return next == "from" || next == "down" || next == "up" || next == "live" || next == "fine"
	case "turned":
		return next == "out"
	case "dropped", "increased", "decreased", "stopped", "returned", "showed", "continued", "hung":
		return next == "" || next == "from" || next == "to" || next == "by" || next == "after" || next == "working" || adverbLike(next)
	case "worked":
		return next == "" || next == "fine" || next == "well" || next == "for" || next == "first"
	}
	return true
}

// took says whether the sentence gives a duration: "Took two weeks".
func (c clause) took() bool {
	if c.at(0) != "took" && c.at(0) != "lasted" && c.at(0) != "cost" {
		return false
	}
	for i := 1; i < min(4, len(c.low)); i++ {
		if is("time", c.low[i]) {
			return true
		}
	}
	return c.at(0) != "took" && (counts(c.at(1)) || c.at(1) == "about")
}
