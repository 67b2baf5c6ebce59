package star

import "strings"

// shortAct is the most words that each of two acts may have to become one
// sentence.
const shortAct = 10

// join makes the chosen lines flow: two short acts become one sentence, a row of
// acts gets its "First", "Then" and "After that". Where the time has no room for
// such words they stay away.
func join(lines []line, limit int) []Sentence {
	for _, flow := range []func([]line) []line{func(l []line) []line { return connect(pair(l)) }, pair} {
		out := flow(lines)
		if limit < 0 || total(out) <= limit {
			return sentences(out)
		}
	}
	return sentences(lines)
}

func total(lines []line) int {
	n := 0
	for _, l := range lines {
		n += Words(l.Text)
	}
	return n
}

// pair joins two short acts that stood as notes next to each other in a field.
func pair(lines []line) []line {
	var out []line
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if i+1 < len(lines) && l.pairs(lines[i+1]) {
			rest := strings.TrimPrefix(lines[i+1].Text, "I ")
			l.end = lines[i+1].end
			l.Text = strings.TrimRight(l.Text, ".") + " and " + rest
			i++
		}
		out = append(out, l)
	}
	return out
}

func (l line) pairs(next line) bool {
	for _, x := range []line{l, next} {
		if !x.lent || x.Part != Action || x.words > shortAct || !strings.HasPrefix(x.Text, "I ") || strings.ContainsAny(x.Text, ",:;!?(") || strings.Contains(x.Text, " and ") {
			return false
		}
	}
	return l.Field == next.Field
}

// connect gives a row of acts words of sequence. Only sentences that begin with
// "I" and a verb take one, never two in a row, and the first only before two more.
func connect(lines []line) []line {
	out := append([]line{}, lines...)
	for from := 0; from < len(out); {
		to := from
		for to < len(out) && out[to].takesJoin() && out[to].Part == Action {
			to++
		}
		if to < len(out) && to-from == 2 && strings.HasPrefix(out[to].Text, "Then ") {
			to-- // its own "Then" is enough
		}
		if to > from && from > 0 && out[from].follows(out[from-1]) {
			out[from].Text = "So " + out[from].Text
		}
		if to-from >= 2 {
			sequence(out[from:to], from > 0 && strings.HasPrefix(out[from-1].Text, "Then "))
		}
		from = max(to, from+1)
	}
	return out
}

// takesJoin says whether the sentence is an act that carries no such word yet; a
// state of mind comes in no order.
func (l line) takesJoin() bool {
	c := parse(l.Text)
	return c.at(0) == "i" && verbs().isPast(c.at(1)) && !is("stative", c.at(1)) && c.at(2) != "not"
}

// follows says whether the line is what was done about the cause right before it.
func (l line) follows(before line) bool {
	return l.Field == "resolution" && before.Field == "root_cause" && l.at == before.end+1 && !before.has(" so ")
}

// sequence says a row of acts: "First …. Then …" where something was looked into,
// then bare or with "also" in turn, and "After that" where the field changes. One
// "then" is enough for two sentences.
func sequence(row []line, then bool) {
	if len(row) >= 3 && row[1].Field == row[0].Field && row[0].Field == "investigation" {
		row[0].Text = "First " + row[0].Text
	}
	for i := 1; i < len(row); i++ {
		switch {
		case row[i].follows(row[i-1]):
			row[i].Text = "So " + row[i].Text
		case row[i].Field == "root_cause" || row[i-1].Field == "root_cause" || strings.Contains(row[i].Text, " then "):
		case row[i].Field != row[i-1].Field:
			row[i].Text = "After that " + row[i].Text
		case i == 1 && !then:
			row[i].Text = "Then " + row[i].Text
		case i%2 == 1:
			row[i].Text = "I also " + strings.TrimPrefix(row[i].Text, "I ")
		}
	}
}
