package star

import (
	"slices"
	"strings"
)

// FollowUp is a question that an interviewer is likely to ask next.
type FollowUp struct {
	Text  string
	Field string // the story's field that answers it, "" where none does
}

// How many questions are foreseen: plain ones are asked up to enough alone.
const (
	enough = 4
	most   = 5
)

// hearing is an answer as an interviewer hears it, beside the story behind it.
type hearing struct {
	tale   *tale
	answer Answer
	used   string // the act that a question has taken up already
	fault  bool   // the teller did the damage
}

// probes are what interviewers look for, the most telling first: each gives its
// question where the answer calls for it, and the field that answers it. The plain
// ones can be asked after any answer, and are where little else is.
func probes() (telling, plain []func(*hearing) (FollowUp, bool)) {
	telling = []func(*hearing) (FollowUp, bool){
		(*hearing).outcome, (*hearing).cause, (*hearing).measure, (*hearing).blame, (*hearing).risk,
		(*hearing).others, (*hearing).choice, (*hearing).lesson, (*hearing).hindsight, (*hearing).share,
	}
	plain = []func(*hearing) (FollowUp, bool){(*hearing).lasting, (*hearing).affected, (*hearing).duration, (*hearing).hardest, (*hearing).again, (*hearing).order}
	return telling, plain
}

// followUps gives what an interviewer would ask after the answer.
func followUps(t *tale, a Answer) []FollowUp {
	if len(a.Sentences) == 0 {
		return nil
	}
	h := &hearing{tale: t, answer: a}
	telling, plain := probes()
	var out []FollowUp
	ask := func(probes []func(*hearing) (FollowUp, bool), upTo int) {
		for _, probe := range probes {
			if len(out) >= upTo {
				return
			}
			if f, ok := probe(h); ok {
				out = append(out, f)
			}
		}
	}
	ask(telling, most)
	ask(plain, enough)
	return out
}

// outcome asks for the result, or for a figure in it.
func (h *hearing) outcome() (FollowUp, bool) {
	_, results := h.tale.results()
	switch {
	case len(results) == 0:
		return FollowUp{Text: "What came of it in the end?"}, true
	case !h.says(Result):
		return FollowUp{"What came of it in the end?", results[0].field}, true
	case !figures(results):
		return FollowUp{Text: "How much better did it get? Can you put a figure on it?"}, true
	}
	return FollowUp{}, false
}

// measure asks where the figure of the result comes from. How long a thing took
// needs no measuring.
func (h *hearing) measure() (FollowUp, bool) {
	const means = " measured measure metrics metric dashboard dashboards logs log logged counted count counter profiler profiled benchmark benchmarked monitoring monitored tracked graph graphs survey report reports sampled compared "
	for _, s := range h.answer.Sentences {
		if figure := parse(s.Text).figure(); s.Part == Result && figure != "" {
			return FollowUp{"You say " + quoted(figure) + ": how did you measure that?", h.holds(means, s.Field, "investigation", "resolution", "impact", "context")}, true
		}
	}
	return FollowUp{}, false
}

// figure gives the words around a sentence's first figures that are no duration,
// or nothing.
func (c clause) figure() string {
	first, last := c.figures()
	if first < 0 {
		return ""
	}
	from, to := first, last+1
	for from > 0 && first-from < 3 && !c.breaks(from-1) && (is("prep", c.low[from-1]) || c.low[from-1] == "more" || c.low[from-1] == "about") {
		from--
	}
	for to < len(c.raw) && to-last < 3 && !c.breaks(to-1) && !is("prep", c.low[to]) && !is("sub", c.low[to]) && !c.finite(to) {
		to++
	}
	if to-from == 1 {
		from, to = max(from-1, 0), min(to+1, len(c.raw))
	}
	return strings.TrimRight(strings.Join(c.raw[from:to], " "), ".,;:")
}

// figures gives the first number and the last that stands near it; a first of -1
// for none.
func (c clause) figures() (first, last int) {
	first = -1
	for i, w := range c.low {
		lasts := is("time", c.at(i+1)) && c.at(i-1) != "from"
		if !counts(w) || first < 0 && (is("number", w) || lasts) {
			continue
		}
		if first < 0 {
			first = i
		}
		if i-first < 6 {
			last = i
		}
	}
	return first, last
}

// cause asks how the cause was found where the answer does not tell.
func (h *hearing) cause() (FollowUp, bool) {
	if len(h.tale.of("root_cause")) == 0 || h.saysField("investigation") {
		return FollowUp{}, false
	}
	for _, s := range h.answer.Sentences {
		if s.Field == "root_cause" && strings.Contains(s.Text, " by ") && finds(s.Text) {
			return FollowUp{}, false
		}
	}
	return FollowUp{"How did you find the cause?", h.of("investigation")}, true
}

// blame asks a teller who did the damage how they owned up to it.
func (h *hearing) blame() (FollowUp, bool) {
	for _, s := range h.answer.Sentences {
		if s.Part != Situation || !parse(s.Text).faults() {
			continue
		}
		h.fault = true
		return FollowUp{"Whom did you tell, and how soon?", h.holds(" told informed reported admitted apologised apologized announced wrote called owned ", s.Field, "investigation", "resolution", "impact", "lessons")}, true
	}
	return FollowUp{}, false
}

// faults says whether the teller names a mistake of their own.
func (c clause) faults() bool {
	mine, wrong := false, false
	for i, w := range c.low {
		mine = mine || w == "i" || w == "my"
		wrong = wrong || is("agentive", w) || w == "mistake" && c.at(i-1) == "by" || w == "broke" || w == "forgot"
	}
	return mine && wrong
}

// risk asks what a bold act put at stake.
func (h *hearing) risk() (FollowUp, bool) {
	const bold = " deleted removed dropped disabled deactivated revoked restarted rolled migrated switched rewrote replaced refactored deployed shipped merged pushed patched overrode bypassed truncated killed cancelled canceled refused announced promised production live overnight "
	act, ok := h.act(bold)
	if !ok {
		return FollowUp{}, false
	}
	const care = " backup backups rollback tested rehearsed staging canary flag flags dry-run reviewed review gradually verified snapshot restore percent pilot piloted "
	return FollowUp{"What could have gone wrong when you " + act + "?", h.holds(care, "", "investigation", "resolution", "lessons", "hindsight")}, true
}

// choice asks for the alternatives to what was done.
func (h *hearing) choice() (FollowUp, bool) {
	if len(h.used) > 0 && h.steps() < 2 {
		return FollowUp{}, false
	}
	const decided = " put implemented added replaced rewrote rebuilt refactored moved switched introduced chose used gave wrote built adapted split set layered picked decided changed turned created designed "
	act, ok := h.act(decided)
	if !ok {
		return FollowUp{}, false
	}
	return FollowUp{"What else did you consider before you " + act + "?", h.holds(" considered alternative alternatives option options instead rather weighed compared versus chose rejected ", "", "investigation", "resolution", "context", "hindsight")}, true
}

// steps counts the sentences of the answer that tell what was done about it.
func (h *hearing) steps() int {
	n := 0
	for _, s := range h.answer.Sentences {
		if s.Field == "resolution" && s.Part == Action && parse(s.Text).tellerActs() {
			n++
		}
	}
	return n
}

// act gives a deed of the resolution that holds one of the words, told to the one
// who did it: "deactivated the user". No deed is taken up twice.
func (h *hearing) act(words string) (string, bool) {
	for _, s := range h.answer.Sentences {
		if s.Field != "resolution" || s.Part != Action || s.Text == h.used {
			continue
		}
		deed, ok := deed(s.Text)
		if ok && anyOf(words, parse(deed).low) {
			h.used = s.Text
			return deed, true
		}
	}
	return "", false
}

// asides open what a question need not repeat.
const asides = " so which because where when while until after before since although "

// longestDeed is the most words of a deed that a question repeats.
const longestDeed = 14

// deed gives what the teller did by a sentence's first clause, from the verb on,
// as one says it to them.
func deed(s string) (string, bool) {
	c := parse(strings.TrimRight(s, ".!"))
	at := slices.Index(c.low, "i")
	if at < 0 || at > 3 || at > 0 && (c.breaks(at-1) || !is("sequence", c.low[0]) && c.low[0] != "after") {
		return "", false
	}
	if c.at(at+1) == "also" {
		at++
	}
	if !verbs().isPast(c.at(at+1)) || is("stative", c.at(at+1)) || is("finite", c.at(at+1)) {
		return "", false
	}
	to := at + 1
	for to < len(c.raw) && !(c.low[to] == "and" && c.actAhead(to+1)) && !strings.Contains(asides, " "+c.low[to]+" ") {
		to++
		if c.breaks(to - 1) {
			break
		}
	}
	if to-at-1 > longestDeed || to-at-1 < 3 {
		return "", false
	}
	return strings.TrimRight(strings.Join(toYou(c.raw[at+1:to]), " "), ",;:"), true
}

// actAhead says whether another act begins at word i.
func (c clause) actAhead(i int) bool {
	for is("sequence", c.at(i)) {
		i++
	}
	return c.at(i) == "i" || verbs().isPast(c.at(i))
}

// toYou turns the teller's words into those of one who speaks to them.
func toYou(words []string) []string {
	turned := map[string]string{"I": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves"}
	out := slices.Clone(words)
	for i, w := range out {
		letters := strings.TrimRight(w, ",;:.")
		if you, ok := turned[letters]; ok {
			out[i] = you + w[len(letters):]
		}
	}
	return out
}

// others asks after the part of people whom the answer mentions.
func (h *hearing) others() (FollowUp, bool) {
	for _, s := range h.answer.Sentences {
		if s.Part == Reflection {
			continue
		}
		if who := parse(s.Text).someone(); who != "" {
			return FollowUp{"What did " + who + " do, and what was your own part?", h.tells(who, s)}, true
		}
	}
	return FollowUp{}, false
}

// someone gives the person or team that leads the sentence with an article or the
// like: "another developer" is "the other developer" to one who asks.
func (c clause) someone() string {
	for i, w := range c.low[:min(len(c.low), 6)] {
		if !is("colleague", w) || i == 0 {
			continue
		}
		for from := i - 1; from >= max(0, i-3) && from < 2; from-- {
			article, ok := map[string]string{"another": "the other", "a": "the", "an": "the", "the": "the", "our": "your", "my": "your", "their": "their"}[c.low[from]]
			if ok && !c.breaks(i-1) && !slices.Contains(c.low[from:i], "or") && !slices.Contains(c.low[from:i], "and") {
				return strings.TrimRight(strings.Join(append([]string{article}, c.raw[from+1:i+1]...), " "), ".,;:!?")
			}
			if is("prep", c.low[from]) || is("sub", c.low[from]) || c.finite(from) {
				break
			}
		}
	}
	return ""
}

// tells gives the field of another sentence in which the same people act.
func (h *hearing) tells(who string, but Sentence) string {
	noun := bare(who[strings.LastIndexByte(who, ' ')+1:])
	for _, n := range h.tale.notes {
		c := parse(n.text)
		at := slices.Index(c.low, noun)
		if at >= 0 && !strings.Contains(but.Text, strings.TrimRight(n.text, ".")) && c.hasFinite(at+1, at+4) {
			return n.field
		}
	}
	return ""
}

// lesson asks what was learned where the answer does not say.
func (h *hearing) lesson() (FollowUp, bool) {
	if h.says(Reflection) {
		return FollowUp{}, false
	}
	return FollowUp{"What did you learn from it?", h.of("lessons", "hindsight")}, true
}

// hindsight asks for what was left undone, where the story knows it.
func (h *hearing) hindsight() (FollowUp, bool) {
	if h.of("hindsight") == "" || h.saysField("hindsight") {
		return FollowUp{}, false
	}
	return h.again()
}

// share asks a teller who says "we" what their own part was.
func (h *hearing) share() (FollowUp, bool) {
	we, mine := 0, 0
	for _, s := range h.answer.Sentences {
		if s.Part == Action && parse(s.Text).actor() == "we" {
			we++
		} else if s.Part == Action && parse(s.Text).tellerActs() {
			mine++
		}
	}
	return FollowUp{"You say \"we\": what was your own part?", h.of("task")}, we > mine
}

// lasting asks what keeps a fault from coming back, or what a thing has become.
func (h *hearing) lasting() (FollowUp, bool) {
	const guards = " alert alerts alerting monitor monitoring test tests tested constraint check checks checklist policy rule process since never always expires limits retry validation documented runbook "
	if len(h.tale.of("root_cause", "investigation")) == 0 && !h.fault {
		return FollowUp{"What has become of it since then?", h.holds(" since still today now later after ", "", "impact", "lessons")}, true
	}
	return FollowUp{"How do you make sure that it does not happen again?", h.holds(guards, "", "resolution", "impact", "lessons")}, true
}

// affected asks after the people who bore it.
func (h *hearing) affected() (FollowUp, bool) {
	const people = " customer customers client clients user users patients readers players drivers "
	for _, n := range h.tale.of("problem", "context") {
		if anyOf(people, parse(n.text).low) {
			return FollowUp{"What did you tell the people who were affected?", h.holds(" told informed announced apologised apologized wrote called explained notified ", n.field, "resolution", "impact")}, true
		}
	}
	return FollowUp{}, false
}

// duration asks how long it took where the story gives no time.
func (h *hearing) duration() (FollowUp, bool) {
	for _, n := range h.tale.of("task", "investigation", "root_cause", "resolution", "impact") {
		for _, w := range parse(n.text).low {
			if is("time", w) {
				return FollowUp{}, false
			}
		}
	}
	return FollowUp{Text: "How long did that take you?"}, true
}

func (h *hearing) hardest() (FollowUp, bool) {
	const hard = " hard harder hardest difficult tricky worst painful "
	return FollowUp{"What was the hardest part?", h.holds(hard, "", "investigation", "resolution", "lessons")}, true
}

func (h *hearing) order() (FollowUp, bool) {
	return FollowUp{"How did you decide what to do first?", h.holds(" first priority urgent before decided ", "", "investigation", "resolution")}, true
}

func (h *hearing) again() (FollowUp, bool) {
	return FollowUp{"What would you do differently today?", h.of("hindsight", "lessons")}, !h.saysField("hindsight")
}

// says says whether the answer has anything of a part.
func (h *hearing) says(part string) bool {
	return slices.ContainsFunc(h.answer.Sentences, func(s Sentence) bool { return s.Part == part })
}

func (h *hearing) saysField(field string) bool {
	return slices.ContainsFunc(h.answer.Sentences, func(s Sentence) bool { return s.Field == field })
}

// of gives the first of the fields that the story fills.
func (h *hearing) of(fields ...string) string {
	for _, f := range fields {
		if slices.ContainsFunc(h.tale.notes, func(n note) bool { return n.field == f }) {
			return f
		}
	}
	return ""
}

// holds gives the first of the fields, one aside, in which one of the words is.
func (h *hearing) holds(words, but string, fields ...string) string {
	for _, f := range fields {
		for _, n := range h.tale.notes {
			if n.field == f && f != but && anyOf(words, parse(n.text).low) {
				return f
			}
		}
	}
	return ""
}

// anyOf says whether one of the words is in a list between blanks.
func anyOf(list string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.Contains(list, " "+w+" ") })
}
