package star

import "strings"

// line is a sentence of an answer on its way, with what choosing it needs.
type line struct {
	Sentence
	mine  bool    // tells an act of the teller
	lent  bool    // its "I" is ours
	opens bool    // the problem opens with it
	asked bool    // of the field in which a story shows what the question is after
	ours  bool    // states what the story leaves to be understood
	at    int     // place in the whole outline
	end   int     // place of the last that was joined to it
	leans bool    // makes sense only behind the line before it
	value float64 // what it gives the answer
	words int
}

// outline puts all that the story tells into speech, in the order of the parts.
func outline(t *tale) []line {
	var lines []line
	say := func(part string, notes []note, how func(*voice, note) (spoken, bool)) {
		v := &voice{tale: t}
		field := ""
		for _, n := range notes {
			if n.field != field {
				v.n, v.who, field = 0, "", n.field
			}
			if s, ok := how(v, n); ok {
				lines = append(lines, line{Sentence: Sentence{s.text, n.field, part}, mine: s.mine, lent: s.lent, leans: s.leans(n.first), words: Words(s.text)})
			}
		}
	}
	done, results := t.results()
	say(Situation, t.of("problem", "context"), always((*voice).setting))
	say(Task, t.of("task"), always((*voice).duty))
	if job := t.job(done); job != "" {
		lines = append(lines, line{Sentence: Sentence{job, "problem", Task}, ours: true, words: Words(job)})
	}
	say(Action, done, always((*voice).deed))
	say(Result, results, always((*voice).outcome))
	say(Reflection, t.of("lessons"), always((*voice).lesson))
	say(Reflection, t.undone(), (*voice).regret)
	for i := range lines {
		lines[i].at, lines[i].end = i, i
	}
	return lines
}

func always(how func(*voice, note) spoken) func(*voice, note) (spoken, bool) {
	return func(v *voice, n note) (spoken, bool) {
		s := v.stamped(n, how)
		return s, s.text != ""
	}
}

// stamped says the time that a line of a log begins with: "08:12 Restart them" is
// "At 08:12, I restarted them".
func (v *voice) stamped(n note, how func(*voice, note) spoken) spoken {
	m := patterns().stamp.FindStringSubmatch(n.text)
	if m == nil || len(strings.Fields(m[2])) < 3 {
		return how(v, n)
	}
	n.text = m[2]
	s := how(v, n)
	s.text = "At " + m[1] + ", " + parse(s.text).small(v.tale).String()
	return s
}

// leans says whether a sentence points back with its first word, or is too short
// to stand alone.
func (s spoken) leans(first bool) bool {
	c := parse(s.text)
	switch w := c.at(0); w {
	case "he", "she", "it", "they", "this", "these", "those", "his", "her", "their", "its", "both", "neither", "so", "but", "and", "same", "another", "others", "none":
		return true
	case "that":
		return !first
	}
	return len(c.low) <= 3 && !first || c.pointsBack()
}

// pointsBack knows leads such as "In front of that", "As a consequence".
func (c clause) pointsBack() bool {
	if c.at(0) == "as" && (c.at(2) == "consequence" || c.at(2) == "result") {
		return true
	}
	for i := 1; i < min(5, len(c.low)-1) && is("prep", c.at(0)); i++ {
		if w := c.low[i]; i == 1 && (w == "that" || w == "this" || w == "those" || w == "these") {
			return true
		}
		switch c.low[i] {
		case "that", "this", "it", "them", "those":
			return c.breaks(i) || is("pronoun", c.low[i+1]) || is("finite", c.low[i+1])
		}
	}
	return false
}

// results parts what was done from what came of it. Where the story has no
// impact, sentences of the resolution that tell an outcome stand in.
func (t *tale) results() (done, results []note) {
	done = t.of("investigation", "root_cause", "resolution")
	if results = t.of("impact"); len(results) > 0 {
		return done, results
	}
	for from := len(done) - 1; from > 0 && from >= len(done)-3; from-- {
		if done[from].field == "resolution" && done[from].tellsOutcome() {
			return append([]note{}, done[:from]...), done[from:]
		}
	}
	return done, nil
}

// tellsOutcome says whether a note of the resolution tells what came of it and
// not what was done.
func (n note) tellsOutcome() bool {
	if n.label == "result" || n.label == "outcome" || n.label == "impact" {
		return true
	}
	c := parse(n.text)
	if _, acts := c.act(0); acts && c.at(0) != "successfully" || c.actor() == "I" {
		return false
	}
	return c.at(0) == "successfully" || patterns().outcome.MatchString(n.text)
}

// undone gives the notes that name what was not done.
func (t *tale) undone() []note {
	var out []note
	for _, n := range t.notes {
		if n.undone {
			out = append(out, n)
		}
	}
	return out
}

// job gives the task that the problem plainly made the teller's where the story
// names none: only for a story with a cause to find, in which the teller looks
// for it and acts, and which nowhere says whose job it was.
func (t *tale) job(done []note) string {
	if len(t.of("task")) > 0 || len(t.of("root_cause")) == 0 && len(t.of("investigation")) == 0 {
		return ""
	}
	looked, fixed := false, false
	v := &voice{tale: t}
	for _, n := range done {
		s := v.deed(n)
		leads := strings.HasPrefix(s.text, "I ") || strings.HasPrefix(s.text, "Then I ") || strings.Contains(s.text, ", I ")
		fixed = fixed || leads && n.field == "resolution"
		looked = looked || leads && (n.field == "investigation" || n.field == "root_cause" && finds(n.text))
	}
	if t.givesJob() || len(t.of("root_cause")) == 0 && !t.searches() {
		return ""
	}
	switch {
	case looked && fixed:
		return "It was on me to find the cause and fix it."
	case looked:
		return "It was on me to find the cause."
	}
	return ""
}

// givesJob says whether the story itself tells how the work came to the teller.
func (t *tale) givesJob() bool {
	for _, n := range t.notes {
		s := " " + strings.ToLower(n.text) + " "
		for _, sign := range []string{"nobody gave me", "nobody asked", "without being asked", "not my job", "nobody's job", "volunteer", "i took it", "took over", "asked me", "i was asked", "my own time", "anybody's list", "on call", "my job", "responsible"} {
			if strings.Contains(s, sign) {
				return true
			}
		}
	}
	return false
}

// searches says whether the investigation came upon a cause.
func (t *tale) searches() bool {
	for _, n := range t.of("investigation") {
		if finds(n.text) || strings.Contains(n.text, "cause") {
			return true
		}
	}
	return false
}

// finds says whether a sentence tells that something came to light.
func finds(s string) bool {
	for _, w := range parse(s).low {
		switch w {
		case "discovered", "identified", "traced", "reproduced", "debugged", "realised", "realized", "noticed", "tracked", "pinpointed", "uncovered", "determined", "diagnosed":
			return true
		}
	}
	return s == "found" || strings.Contains(s, "found out") || strings.Contains(s, "found that")
}
