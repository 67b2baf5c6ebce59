package star

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken is a note as it is said.
type spoken struct {
	text string
	mine bool // tells an act of the teller
	lent bool // its "I" is ours, the note had none
}

// voice puts the notes of one field into speech, one after the other; it keeps
// who acted last, since a note often leaves that out.
type voice struct {
	tale  *tale
	who   string // the subject that a note without one has: "I", "we" or nobody
	n     int    // fragments put into frames so far
	first bool   // the note opens its bullet or paragraph
}

// deed says a note of what was done.
func (v *voice) deed(n note) spoken {
	v.turn(n)
	if s, ok := v.labelled(n); ok {
		return v.close(s, false)
	}
	c := parse(n.text).unlisted()
	if c.owned() {
		return v.close(c.String(), false)
	}
	for _, rule := range []func(clause, string) (string, bool){v.duration, v.fronted, v.afterIntro, v.order, v.cause} {
		if s, ok := rule(c, n.field); ok {
			return v.close(s, true)
		}
	}
	return v.close(v.fragment(c, n.field), false)
}

// unlisted gives a lead such as "In the weeks after:" a comma for its colon.
func (c clause) unlisted() clause {
	if !is("prep", c.at(0)) {
		return c
	}
	for i, w := range c.raw[:min(len(c.raw), 7)] {
		if c.breaks(i) {
			if strings.HasSuffix(w, ":") && !c.hasFinite(0, i+1) && c.hasFinite(i+1, len(c.low)) {
				c.raw[i] = strings.TrimSuffix(w, ":") + ","
			}
			break
		}
	}
	return c
}

// turn begins a new bullet or paragraph with the teller as the one who acts.
func (v *voice) turn(n note) {
	v.first = n.first
	if n.first || v.who == "" && n.label != "" {
		v.who = "I"
	}
}

// close ends a sentence and keeps who acted in it.
func (v *voice) close(s string, lent bool) spoken {
	s = ended(s)
	c := parse(s)
	switch who := c.actor(); {
	case who == "I" || who == "we":
		v.who = who
	case who != "":
		v.who = ""
	}
	return spoken{text: s, mine: c.tellerActs(), lent: lent && c.tellerActs()}
}

// ended gives a sentence with a capital and an end sign.
func ended(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ",;:")
	if s == "" {
		return s
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’)]`))
	if !strings.ContainsRune(".!?…", last) {
		s += "."
	}
	return capital(s)
}

// capital leaves names that begin small as they are: "latestGrade", "p95".
func capital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	at := strings.IndexFunc(first, unicode.IsLetter)
	if at < 0 || strings.IndexFunc(first[at:], unicode.IsUpper) >= 0 || hasDigit(first) || strings.ContainsAny(first, "_/") {
		return s
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	return s[:at] + string(unicode.ToUpper(r)) + s[at+size:]
}

// owned says whether the sentence names who acts, as a pronoun at its head.
func (c clause) owned() bool {
	w := c.at(0)
	return is("pronoun", w) || strings.ContainsRune(w, '\'') && is("finite", w) && !strings.HasSuffix(w, "n't")
}

// actor names who acts: "I", "we", "other" for another person, or nobody where
// no person is named before the verb.
func (c clause) actor() string {
	for i := range min(len(c.low), 9) {
		switch w := c.low[i]; {
		case w == "i" || strings.HasPrefix(w, "i'"):
			return "I"
		case w == "we" || strings.HasPrefix(w, "we'"):
			return "we"
		case w == "he" || w == "she" || w == "they" || is("person", w):
			return "other"
		case i > 0 && c.finite(i):
			if i == 1 && c.name(0) {
				return "other"
			}
			return ""
		}
	}
	return ""
}

// name says whether word i looks like a person's name: one capital, then small
// letters, and no word of the closed classes.
func (c clause) name(i int) bool {
	w := strings.Trim(c.raw[i], `"'.,;:`)
	first, size := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(first) && strings.ToLower(w[size:]) == w[size:] && len(w) > 2 && !strings.HasSuffix(w, "s") && !is("common", c.low[i]) && !is("pronoun", c.low[i]) && !adverbLike(c.low[i]) && !is("determiner", c.low[i]) && !is("prep", c.low[i]) && !is("sub", c.low[i])
}

// tellerActs says whether "I" is among the words.
func (c clause) tellerActs() bool {
	for _, w := range c.low {
		if w == "i" || strings.HasPrefix(w, "i'") {
			return true
		}
	}
	return false
}

// duration says "Took two weeks" as "It took two weeks".
func (v *voice) duration(c clause, _ string) (string, bool) {
	if !c.took() {
		return "", false
	}
	return c.small(v.tale).insert(0, "It"), true
}

// fronted gives a past form at the head its subject: "Used X" is "I used X",
// "Then quickly added Y" is "Then I quickly added Y". What a cause did is not the
// teller's act, finding it is.
func (v *voice) fronted(c clause, field string) (string, bool) {
	at, ok := c.act(0)
	if !ok || v.who == "" || field == "root_cause" && !finds(c.low[at]) {
		return "", false
	}
	return v.subject(c.small(v.tale), 0, at), true
}

// afterIntro does the same behind a lead such as "After a long search, found X"
// or "On day three told the director".
func (v *voice) afterIntro(c clause, _ string) (string, bool) {
	from := c.introEnd()
	if from == 0 || v.who == "" {
		return "", false
	}
	at, ok := c.act(from)
	if !ok {
		return "", false
	}
	return v.subject(c, from, at), true
}

// introEnd gives the index behind a lead that has no subject of its own for
// what follows, or 0.
func (c clause) introEnd() int {
	w := c.at(0)
	if w == "on" || w == "in" || w == "by" {
		if is("time", c.at(1)) && counts(c.at(2)) {
			return 3
		}
	}
	if !is("prep", w) && !is("sub", w) && !adverbLike(w) && w != "to" && !(strings.HasSuffix(w, "ing") && !is("ingNoun", w)) {
		return 0
	}
	for i := range max(0, min(len(c.low)-1, 14)) {
		if adverbLike(w) && (is("pronoun", c.low[i]) || i > 0 && c.finite(i)) {
			return 0
		}
		if strings.HasSuffix(c.raw[i], ",") {
			return i + 1
		}
	}
	return 0
}

// subject puts the one who acts before the verb at, behind words of sequence that
// stand from word from on, and mends the list of acts that may follow.
func (v *voice) subject(c clause, from, at int) string {
	i := from
	for i < at && is("sequence", c.low[i]) {
		i++
	}
	c.raw[at] = strings.TrimSuffix(c.raw[at], ":")
	c = c.colonAct(at+1, v.who)
	return listed(c.insert(i, v.who))
}

// colonAct gives acts behind a colon their subject: "Rebuilt it: separated X".
func (c clause) colonAct(from int, who string) clause {
	for i := from; i < len(c.raw)-1; i++ {
		if !strings.HasSuffix(c.raw[i], ":") {
			continue
		}
		if at, ok := c.act(i + 1); ok && at == i+1 {
			return parse(c.insert(i+1, who))
		}
	}
	return c
}

// listed gives a row of acts its "and": "I did A, did B, did C".
func listed(s string) string {
	parts := strings.Split(s, ", ")
	if len(parts) < 2 {
		return s
	}
	for _, p := range parts[1:] {
		if c := parse(p); !verbs().isPast(c.at(0)) {
			return s
		}
	}
	last := len(parts) - 1
	if last == 1 && !strings.Contains(parts[0], " and ") {
		return parts[0] + " and " + parts[1]
	}
	parts[last] = "and " + parts[last]
	return strings.Join(parts, ", ")
}

// small gives the clause with its first word in lower case, where that is sure
// to be no name.
func (c clause) small(t *tale) clause {
	if len(c.raw) > 0 && t.lowers(c.raw[0]) {
		c.raw = append([]string{strings.ToLower(c.raw[0])}, c.raw[1:]...)
	}
	return c
}

// lowers says whether a word at the head of a sentence is written small inside
// one: a word of the closed classes, a verb form, an adverb, a word with the
// ending of an adjective, or one that the story itself writes small.
func (t *tale) lowers(raw string) bool {
	letters := strings.TrimFunc(raw, func(r rune) bool { return !sounds(r) })
	_, size := utf8.DecodeRuneInString(letters)
	if letters == "" || letters != "A" && letters[size:] == "" || strings.ToLower(letters[size:]) != letters[size:] || hasDigit(letters) {
		return letters == "A"
	}
	w := bare(raw)
	if w == "i" || strings.HasPrefix(w, "i'") {
		return false
	}
	for _, class := range []string{"determiner", "finite", "pronoun", "sub", "prep", "adverb", "number", "person", "cause", "countable", "mass", "time", "common"} {
		if is(class, w) {
			return true
		}
	}
	vs := verbs()
	return t.small[w] || adverbLike(w) || vs.isPast(w) || vs.past[w] != "" || vs.gerund[w] != "" || vs.onlyPart[w] || adjective(w)
}

// adjective knows adjectives and plain nouns by endings that names lack.
func adjective(w string) bool {
	for _, end := range []string{"able", "ible", "ful", "less", "ous", "ive", "tion", "tions", "ment", "ness", "ity", "ical", "ated", "ing", "ings"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return strings.Contains(w, "-")
}
