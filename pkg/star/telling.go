package star

import "strings"

// setting says a note of how things were. Nobody's act is taken for the teller's
// there, but for the few that the words give away ("accidentally deleted").
func (v *voice) setting(n note) spoken {
	v.who = ""
	if s, ok := v.labelled(n); ok {
		return v.close(s, false)
	}
	c := parse(n.text)
	if c.owned() {
		return v.close(c.String(), false)
	}
	if s, ok := v.duration(c, n.field); ok {
		return v.close(s, false)
	}
	from := c.introEnd()
	if at, ok := c.act(from); ok && c.personal(from, at) {
		v.who = "I"
		if from == 0 {
			c = c.small(v.tale)
		}
		return v.close(v.subject(c, from, at), true)
	}
	t := v.tale
	if s, ok := t.state(c, t.none, t.amount, t.going, t.stuck, t.changed, t.bareSubject); ok {
		return v.close(s, false)
	}
	if verbs().onlyPart[c.at(0)] && !n.first && len(c.low) > 2 {
		return v.close("It was "+c.small(t).String(), false)
	}
	return v.close(c.String(), false)
}

// personal says whether the act at word at is one that only a person can have
// done, though nobody is named.
func (c clause) personal(from, at int) bool {
	for _, w := range c.low[from:at] {
		if is("agentive", w) {
			return true
		}
	}
	verb, next := c.low[at], c.at(at+1)
	return is("personal", verb) && !is("prep", next) || verb == "had" && next == "to" || verb == "was" && (next == "asked" || next == "told" || next == "given")
}

// duty says a note of what the teller had to do.
func (v *voice) duty(n note) spoken {
	v.turn(n)
	c := parse(n.text)
	w := c.at(0)
	switch {
	case c.owned():
		return v.close(c.String(), false)
	case w == "to" && len(c.low) > 1:
		return v.close("My job was "+c.small(v.tale).String(), false)
	case w == "responsible" || w == "accountable":
		return v.close("I was "+c.small(v.tale).String(), true)
	case is("orders", w), verbs().past[w] != "" && verbs().base[w] == "" && c.verbless(1), verbs().base[w] == w && c.commands():
		return v.close("My job was to "+c.small(v.tale).String(), false)
	case verbs().gerund[w] != "" && c.verbless(1):
		return v.close("My job was "+c.small(v.tale).String(), false)
	}
	return v.deed(n)
}

// outcome says a note of what came of it. What a change brought about is told of
// the change, what a person gained of the teller.
func (v *voice) outcome(n note) spoken {
	v.who = "I"
	v.n++
	if n.label != "" {
		if s, ok := v.labelled(n); ok {
			return v.close(s, false)
		}
	}
	c := parse(n.text)
	if s, ok := v.duration(c, n.field); ok {
		return v.close(s, false)
	}
	at, ok := c.act(0)
	switch {
	case c.owned():
		return v.close(c.String(), false)
	case ok && c.gains(at):
		return v.close(v.subject(c.small(v.tale), 0, at), true)
	case ok && is("change", c.low[at]) && !(is("prep", c.at(at+1)) && c.low[at] != "led" && c.low[at] != "contributed"):
		v.who = []string{"That", "It also"}[min(v.n-1, 1)]
		s := v.subject(c.small(v.tale), 0, at)
		v.who = ""
		return v.close(s, false)
	}
	t := v.tale
	if s, ok := t.state(c, t.none, t.ready, t.stuck, t.changed, t.bareSubject); ok {
		return v.close(s, false)
	}
	return v.close(v.bareResult(c), false)
}

// gains says whether an act, or one in a row of acts, is the teller's own
// learning, which no change can do.
func (c clause) gains(at int) bool {
	if is("cognition", c.low[at]) {
		return true
	}
	for i := at + 1; i < len(c.low); i++ {
		if is("cognition", c.low[i]) && (c.breaks(i-1) || c.low[i-1] == "and") {
			return true
		}
	}
	return false
}

// bareResult says a result that is only a figure and a noun: "34 minutes".
func (v *voice) bareResult(c clause) string {
	head := c.head()
	if v.n > 1 || !counts(c.at(0)) || head == 0 || c.breaks(head-1) && head < len(c.low) || is("time", c.at(head-1)) || is("later", c.at(head)) || !c.verbless(0) || !c.thing(head) {
		return c.String()
	}
	return "The result was " + c.small(v.tale).String()
}

// taken leads in the first lesson.
const taken = "What I took from it "

// lesson says a note of what was learned. The first is led in, unless it speaks
// of the teller anyhow.
func (v *voice) lesson(n note) spoken {
	v.who = "I"
	c := parse(n.text)
	first := v.n == 0
	v.n++
	if at, ok := c.act(0); ok && !c.owned() && verbs().past[c.low[at]] == "" {
		return v.close(v.subject(c.small(v.tale), 0, at), true)
	}
	if c.speaksOfUs() || c.hasPast() {
		return v.close(c.String(), false)
	}
	if noun := c.at(0); is("abstract", noun) && c.at(1) == "of" {
		learned := "I also learned the "
		if first {
			learned = "I learned the "
		}
		return v.close(learned+c.small(v.tale).String(), true)
	}
	if !first {
		return v.close(c.String(), false)
	}
	if v.tale.lowers(c.raw[0]) && c.states() {
		return v.close(taken+"is that "+c.small(v.tale).String(), false)
	}
	return v.close(strings.TrimSpace(taken)+": "+c.small(v.tale).String(), false)
}

// speaksOfUs says whether the teller or the team is in the sentence.
func (c clause) speaksOfUs() bool {
	for _, w := range c.low {
		switch w {
		case "i", "my", "me", "myself", "we", "our", "us", "now":
			return true
		}
		if strings.HasPrefix(w, "i'") || strings.HasPrefix(w, "we'") {
			return true
		}
	}
	return false
}

// hasPast says whether the sentence tells of then and not of what holds.
func (c clause) hasPast() bool {
	for i, w := range c.low {
		if w == "was" || w == "were" || w == "had" || w == "did" || w == "didn't" || i < 5 && i > 0 && verbs().base[w] != "" && verbs().past[w] == "" {
			return true
		}
	}
	return false
}

// states says whether the sentence is a plain statement, no order and no
// condition, so that "that" can stand before it.
func (c clause) states() bool {
	if is("be", c.at(0)) || is("sub", c.at(0)) || is("adverb", c.at(0)) || c.at(0) == "don't" || c.at(0) == "for" || c.at(0) == "do" {
		return false
	}
	for i, w := range c.low[:min(len(c.low), 9)] {
		if is("be", w) || is("finite", w) && w != "don't" {
			return true
		}
		if i > 0 && c.breaks(i-1) {
			return false
		}
	}
	return false
}

// regret says what hindsight names as what the teller would have done. What
// cannot be put so without telling it as done is not said at all.
func (v *voice) regret(n note) (spoken, bool) {
	p := patterns()
	also := ""
	if v.n > 0 {
		also = "also "
	}
	if m := p.couldHave.FindStringSubmatchIndex(n.text); m != nil {
		v.n++
		who, not := "I", ""
		if m[2] >= 0 && strings.EqualFold(strings.TrimSpace(n.text[m[2]:m[3]]), "we") {
			who = "we"
		}
		if m[4] >= 0 {
			not = "not "
		}
		return v.back(who + " would " + not + "have " + also + parse(n.text[m[1]:]).lowered())
	}
	if m := p.better.FindStringSubmatch(n.text); m != nil {
		return v.back("it would have been " + m[1])
	}
	c := parse(n.text)
	if s, ok := c.wouldHave(also); ok && n.first {
		v.n++
		return v.back(s)
	}
	if n.first && (c.unreal() || c.negated() || c.admits()) {
		return v.back(c.small(v.tale).String())
	}
	return spoken{}, false
}

// lowered gives the clause with a small first letter, which a verb form behind
// "would have" has ("COULD HAVE Added").
func (c clause) lowered() string {
	if len(c.raw) > 0 {
		c.raw = append([]string{strings.ToLower(c.raw[0])}, c.raw[1:]...)
	}
	return c.String()
}

func (v *voice) back(s string) (spoken, bool) {
	comma := ", "
	if strings.HasPrefix(s, "I would") || strings.HasPrefix(s, "we would") || strings.HasPrefix(s, "it would") {
		comma = " "
	}
	return spoken{text: ended("In hindsight" + comma + s)}, true
}

// wouldHave turns a bare or an own act into one that was left out: "Add a lock",
// "Added a lock", "I added a lock".
func (c clause) wouldHave(also string) (string, bool) {
	at := 0
	if c.at(0) == "i" || c.at(0) == "we" {
		at = 1
	}
	for at < len(c.low)-1 && (is("sequence", c.at(at)) || c.at(at) == "also" || c.at(at) == "just") {
		at++
	}
	w := c.at(at)
	participle, ok := verbs().participleOf(w)
	if !ok || is("finite", w) || is("blunder", w) || at == 0 && verbs().past[w] != "" && verbs().base[w] == "" && !c.commands() || c.passive(at) {
		return "", false
	}
	who := "I"
	if c.at(0) == "we" {
		who = "we"
	}
	return strings.TrimSpace(who + " would have " + also + participle + " " + strings.Join(c.raw[at+1:], " ")), true
}

// unreal says whether the sentence is in a mood that claims nothing.
func (c clause) unreal() bool {
	for _, w := range c.low {
		if w == "could" || w == "would" || w == "should" || w == "might" {
			return true
		}
	}
	return false
}

func (c clause) negated() bool {
	for _, w := range c.low {
		if w == "not" || w == "never" || w == "no" || w == "nobody" || strings.HasSuffix(w, "n't") {
			return true
		}
	}
	return false
}

// admits says whether the teller names their own blunder, which did happen.
func (c clause) admits() bool {
	return (c.at(0) == "i" || c.at(0) == "we") && is("blunder", c.at(1))
}
