package star

import "strings"

// order says a note in the base form as what was done, "Add retries" as "I added
// retries"; so does it with "Adding retries". A task is what was to be done.
func (v *voice) order(c clause, field string) (string, bool) {
	verb, past := c.at(0), verbs().past[c.at(0)]
	if base := verbs().gerund[verb]; base != "" {
		past = verbs().past[base]
	} else if past != "" && !c.commands() {
		return "", false
	}
	if past == "" || v.who == "" || field == "task" || len(c.low) < 2 || shouted(c, 0) || !c.verbless(1) {
		return "", false
	}
	c.raw[0] = past
	for i := 1; i < len(c.low)-1; i++ {
		if base := c.low[i]; verbs().past[base] != "" && (c.low[i-1] == "and" || strings.HasSuffix(c.raw[i-1], ",")) && c.from(i).commands() {
			c.raw[i] = verbs().past[base]
		}
	}
	return listed(c.insert(0, v.who)), true
}

// commands says whether the base form at the head has an object behind it.
func (c clause) commands() bool {
	next := c.at(1)
	if is("determiner", next) || is("pronoun", next) || counts(next) || next == "up" || next == "down" || next == "off" || next == "out" {
		return true
	}
	return is("orders", c.at(0)) && !is("prep", next) && next != ""
}

func (c clause) from(i int) clause { return clause{c.raw[i:], c.low[i:]} }

// verbless says whether no word from i on carries the sentence; what stands
// behind a word such as "that" or "when" does not count.
func (c clause) verbless(i int) bool {
	inside := false
	for ; i < len(c.low); i++ {
		switch {
		case is("sub", c.low[i]) && c.low[i] != "and" && c.low[i] != "or" && c.low[i] != "but":
			inside = true
		case !inside && c.finite(i):
			return false
		}
		if c.breaks(i) {
			inside = false
		}
	}
	return true
}

// cause says a fragment that names what was wrong: "Race condition: two writers"
// is "It was a race condition: two writers".
func (v *voice) cause(c clause, field string) (string, bool) {
	head := c.head()
	colon := strings.HasSuffix(c.raw[max(head-1, 0)], ":")
	noun := c.last("cause", head)
	switch {
	case noun > 0 && c.low[0] != "no" && (colon || noun == head && c.verbless(0)):
		return "It was " + v.tale.withArticle(c, noun), true
	case field == "root_cause" && v.first && c.thing(head) && c.verbless(0):
		return "The cause was " + v.tale.withArticle(c, head), true
	}
	return "", false
}

// last gives the index behind the last word of a class before word to, or 0.
func (c clause) last(class string, to int) int {
	for i := to; i > 0; i-- {
		if is(class, c.low[i-1]) {
			return i
		}
	}
	return 0
}

// head gives the index behind the noun that a fragment is about: the words up to
// a sign, a preposition, a verb form or a word that opens a clause.
func (c clause) head() int {
	for i, w := range c.low {
		if i > 0 && (is("prep", w) || is("sub", w) || strings.HasSuffix(w, "ing") && !is("ingNoun", w) && i > 1 || c.at(i+1) == "by") {
			if c.at(i+1) == "by" && !verbs().isPast(w) && !verbs().onlyPart[w] {
				return i + 1
			}
			return i
		}
		if c.breaks(i) {
			return i + 1
		}
	}
	return len(c.low)
}

// thing says whether the words up to head can be a noun with its adjectives.
func (c clause) thing(head int) bool {
	if head == 0 || head > 7 || is("time", c.at(head-1)) && (is("sub", c.at(head)) || is("later", c.at(head))) {
		return false
	}
	for _, class := range []string{"prep", "sub", "pronoun", "adverb", "be"} {
		if is(class, c.low[0]) {
			return false
		}
	}
	for i := 1; i < head; i++ {
		if !c.beforeNoun(i, head) {
			return false
		}
	}
	return true
}

// beforeNoun says whether word i can stand inside such a noun: no other noun
// phrase begins there, nothing looks like a verb.
func (c clause) beforeNoun(i, head int) bool {
	w := c.low[i]
	if i < head-1 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s") {
		return false
	}
	if i == head-1 && verbs().past[w] != "" && !is("countable", w) {
		return false
	}
	return !is("determiner", w) && !is("pronoun", w) && !counts(w)
}

func (c clause) plural(head int) bool {
	w := c.at(head - 1)
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") || w == "people"
}

func (c clause) wasWere(head int) string {
	if c.plural(head) {
		return "were"
	}
	return "was"
}

// withArticle gives the fragment with "a" or "an" where its noun wants one.
func (t *tale) withArticle(c clause, head int) string {
	first, noun := c.at(0), c.at(head-1)
	c = c.small(t)
	if is("determiner", first) || counts(first) || !is("countable", noun) || strings.HasSuffix(first, "'s") {
		return c.String()
	}
	return c.insert(0, article(c.raw[0]))
}

// article follows the sound of the next word: letters said by name ("an SQL
// query"), an ending such as "hour", and the hard "u" of "user".
func article(next string) string {
	w := strings.TrimFunc(next, func(r rune) bool { return !sounds(r) })
	if w == "" {
		return "a"
	}
	named := len(w) > 1 && strings.ToUpper(w) == w && strings.ContainsAny(w[:1], "AEFHILMNORSX") && !hasDigit(w)
	low := strings.ToLower(w)
	for _, hard := range []string{"uni", "use", "usu", "eu", "one", "once", "ut"} {
		if strings.HasPrefix(low, hard) && !strings.HasPrefix(low, "unin") && !strings.HasPrefix(low, "unim") {
			return "a"
		}
	}
	if named || strings.ContainsAny(low[:1], "aeiou") && !(len(w) > 1 && strings.ToUpper(w) == w && w[0] == 'U') || strings.HasPrefix(low, "hour") || strings.HasPrefix(low, "honest") || w == "8" || strings.HasPrefix(w, "11") {
		return "an"
	}
	return "a"
}

// labelled says a fragment behind a label with the label's own word: "Fix: move
// X" is "The fix was to move X". A sentence behind a label stands alone.
func (v *voice) labelled(n note) (string, bool) {
	c := parse(n.text)
	if n.label == "" || c.owned() || strings.Contains(n.label, "note") {
		return "", false
	}
	if verbs().past[c.at(0)] != "" && (c.commands() || verbs().base[c.at(0)] == "" && !is("prep", c.at(1)) && c.verbless(1)) {
		return "The " + n.label + " was to " + c.small(v.tale).String(), true
	}
	head := c.head()
	if _, acts := c.act(0); acts || !c.thing(head) || !c.verbless(0) {
		return "", false
	}
	was := "was"
	if strings.HasSuffix(n.label, "s") {
		was = "were"
	}
	return "The " + n.label + " " + was + " " + v.tale.withArticle(c, head), true
}

// fragment says what is no act: what was missing, what befell a thing, and a
// bare noun as a part of the whole.
func (v *voice) fragment(c clause, field string) string {
	if s, ok := v.tale.state(c, v.tale.none, v.tale.ready, v.tale.same, v.tale.stuck, v.tale.changed, v.tale.bareSubject); ok {
		return s
	}
	head := c.head()
	framed := c.at(0) == "a" || c.at(0) == "an" || c.at(0) == "one" || head > 1 && !is("determiner", c.at(0)) && !counts(c.at(0)) && is("countable", c.at(head-1))
	if field == "task" || field == "root_cause" || !framed || !c.thing(head) || c.at(0) == "no" || !c.verbless(0) || len(c.low) < 4 || c.breaks(head-1) && head < len(c.low) {
		return c.String()
	}
	frames := []string{"Part of it was", "Another part was", "There was also"}
	if field == "investigation" {
		frames = []string{"There was"}
	}
	frame := frames[v.n%len(frames)]
	v.n++
	if c.plural(head) {
		frame = strings.Replace(frame, "There was", "There were", 1)
	}
	return frame + " " + v.tale.withArticle(c, head)
}

// state mends the short forms of notes that tell how things stood: an article
// that was saved, a form of be that was left out, "no" without "there was".
func (t *tale) state(c clause, rules ...func(clause) (string, bool)) (string, bool) {
	for _, rule := range rules {
		if s, ok := rule(c); ok {
			return s, true
		}
	}
	return "", false
}

// none: "No tests" is "There were no tests".
func (t *tale) none(c clause) (string, bool) {
	if c.at(0) != "no" || len(c.low) < 2 || !c.verbless(1) && !c.lostOnly() || c.at(1) == "one" {
		return "", false
	}
	return "There " + c.wasWere(c.head()) + " " + c.small(t).String(), true
}

// lostOnly says whether the only verb form is a participle right behind the noun
// ("No orders lost in the move").
func (c clause) lostOnly() bool {
	return len(c.low) > 2 && verbs().isPast(c.low[2]) && !is("finite", c.low[2]) && c.from(3).verbless(0) && is("befallen", c.low[2])
}

// amount: "60 deploys on a normal day" is "There were 60 deploys on …".
func (t *tale) amount(c clause) (string, bool) {
	head := c.head()
	if !c.verbless(0) || len(c.low) < 3 || head < 2 {
		return "", false
	}
	switch noun := c.at(head - 1); {
	case counts(c.at(0)) && c.plural(head) && !is("time", noun) && !is("later", c.at(head)) && c.thing(head):
		return "There were " + c.small(t).String(), true
	case is("mass", noun) && noun != "time" && c.thing(head) && !is("determiner", c.at(0)):
		return "There was " + c.small(t).String(), true
	case (noun == "incident" || noun == "outage") && c.thing(head):
		return "It was " + t.withArticle(c, head), true
	}
	return "", false
}

// going: "Tickets flooding in" is "Tickets were flooding in".
func (t *tale) going(c clause) (string, bool) {
	for i := 1; i < min(5, len(c.low)-1); i++ {
		w := c.low[i]
		if is("prep", w) || is("sub", w) || c.finite(i) || c.breaks(i-1) || is("determiner", c.low[i-1]) && i > 1 || strings.HasSuffix(c.low[0], "ing") {
			return "", false
		}
		if !strings.HasSuffix(w, "ing") || len(w) < 6 || is("ingNoun", w) {
			continue
		}
		if c.hasFinite(i+1, c.mainEnd(i+1)) {
			return "", false
		}
		subject := c.from(0)
		return t.subjectArticle(subject, i, c.wasWere(i)), true
	}
	return "", false
}

// stuck: "Orders stuck in X" is "Orders were stuck in X".
func (t *tale) stuck(c clause) (string, bool) {
	for i := 1; i < min(5, len(c.low)); i++ {
		if is("prep", c.low[i]) && !is("stuck", c.low[i]) || is("sub", c.low[i]) || c.finite(i) && !is("stuck", c.low[i]) || c.breaks(i-1) {
			return "", false
		}
		if c.undergone(i) && !hasDigit(c.low[i-1]) && !c.hasFinite(i+1, c.mainEnd(i+1)) {
			at := i
			for at > 1 && adverbLike(c.low[at-1]) || c.low[at-1] == "almost" {
				at--
			}
			return t.subjectArticle(c, at, c.wasWere(at)), true
		}
	}
	return "", false
}

// undergone says whether word i is a participle that can only lack its "was".
func (c clause) undergone(i int) bool {
	w, next := c.low[i], c.at(i+1)
	switch {
	case is("stuck", w):
		return next == "" || is("prep", next)
	case verbs().onlyPart[w]:
		return is("agentPrep", next)
	}
	return next == "by" && verbs().isPast(w) && (verbs().base[w] == "" || verbs().participle[verbs().base[w]] == w)
}

// changed: "Errors from 22% to 7%" is "Errors went from 22% to 7%".
func (t *tale) changed(c clause) (string, bool) {
	for i := 1; i < min(7, len(c.low)); i++ {
		if c.finite(i) || i > 1 && c.breaks(i-1) {
			return "", false
		}
		rough := is("roughly", c.at(i+1)) && counts(c.at(i+2))
		if c.low[i] == "from" && (counts(c.at(i+1)) || rough) {
			if c.low[i-1] == "down" || c.low[i-1] == "up" {
				i--
			}
			return t.subjectArticle(c, i, "went"), true
		}
		if is("determiner", c.low[i]) && c.low[i-1] != "per" {
			return "", false
		}
	}
	return "", false
}

// ready: "Live in ten weeks" is "It was live in ten weeks", "Down to 4.1k" is "It
// was down to 4.1k".
func (t *tale) ready(c clause) (string, bool) {
	if !is("ready", c.at(0)) || len(c.low) < 3 || !c.verbless(1) || !is("prep", c.at(1)) && !counts(c.at(1)) {
		return "", false
	}
	return "It was " + c.small(t).String(), true
}

// same: "Same stack trace 140,000 times" is "It was the same stack trace …".
func (t *tale) same(c clause) (string, bool) {
	if c.at(0) != "same" || len(c.low) < 3 || !c.verbless(1) {
		return "", false
	}
	return "It was the " + c.small(t).String(), true
}

// bareSubject: "Gateway retried 3 times" is "The gateway retried 3 times".
func (t *tale) bareSubject(c clause) (string, bool) {
	for i := 1; i < min(5, len(c.low)); i++ {
		if c.breaks(i - 1) {
			return "", false
		}
		if is("sub", c.low[i]) || is("prep", c.low[i]) {
			return "", false
		}
		if c.finite(i) {
			s := t.subjectArticle(c, i, "")
			return s, s != c.String()
		}
	}
	return "", false
}

// subjectArticle puts be before word i, and "the" before the words up to it where
// their noun wants an article and has none.
func (t *tale) subjectArticle(c clause, i int, be string) string {
	rest := strings.Join(c.raw[i:], " ")
	if be != "" {
		rest = be + " " + rest
	}
	at := i - 1
	for at > 0 && adverbLike(c.low[at]) {
		at--
	}
	noun, first := c.at(at), c.at(0)
	bareNoun := is("countable", noun) && !is("determiner", first) && !counts(first) && !is("prep", first) && !is("sub", first) && !is("pronoun", first) && !strings.HasSuffix(first, "'s") && !verbs().isPast(first) && !adverbLike(first)
	head := c.from(0)
	head.raw = head.raw[:i]
	if !bareNoun {
		return strings.Join(head.raw, " ") + " " + rest
	}
	the := "the"
	if first == "single" {
		the = "a"
	}
	return the + " " + head.small(t).String() + " " + rest
}
