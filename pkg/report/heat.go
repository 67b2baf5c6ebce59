package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
)

// heat is a matrix laid out for a terminal: a line a row, a column a story. The
// columns have the stories' ids for heads where those fit, else numbers, which
// stand upright where they are wider than their columns; a legend tells whose they
// are. Where not even columns of one cell fit, those that prove least are left out
// and counted.
type heat struct {
	s       Style
	m       coverage.Matrix
	told    []coverage.Told // those that are drawn
	named   bool
	columns []int // the width of each, its gap included
	label   int   // the width of the rows' names
}

// Widths of a heat map, in cells.
const (
	comfortable = 28  // a name up to this is cut only to fit columns of one cell
	shortest    = 16  // to which names are cut, so that more stories fit
	leastLabel  = 8   // to which they are cut in the narrowest terminal
	page        = 100 // within which ids may head columns where no terminal sets a bound
)

// The columns between a row's name and its stories.
const (
	need  = "Need"
	proof = "Proof"
)

// heatText draws the heat map, and below it what its signs and numbers mean.
func heatText(s Style, m coverage.Matrix) string {
	twwidth.SetEastAsian(false) // the same map in every locale
	if len(m.Rows) == 0 {
		return ""
	}
	h := fit(s, m)
	var b strings.Builder
	for _, line := range h.head() {
		b.WriteString(s.paint(bold, strings.TrimRight(line, " ")) + "\n")
	}
	b.WriteString(strings.Repeat("─", h.width()) + "\n")
	for _, r := range m.Rows {
		b.WriteString(strings.TrimRight(h.row(r), " ") + "\n")
	}
	return b.String() + h.legend()
}

// fit chooses the widest columns with which the map fits the width.
func fit(s Style, m coverage.Matrix) heat {
	h := heat{s: s, m: m, told: m.Told}
	for _, r := range m.Rows {
		h.label = max(h.label, cells(r.Name))
	}
	h.label = max(h.label, cells(string(m.By)))
	room := s.Width
	if room == 0 {
		room = page
	}
	widest, digits := h.label, len(strconv.Itoa(len(h.told)))
	h.named, h.columns = true, h.names()
	if h.width() <= room {
		return h
	}
	h.named = false
	for _, try := range []struct{ pitch, label int }{{digits + 1, widest}, {digits + 1, comfortable}, {2, comfortable}, {1, comfortable}, {1, shortest}} {
		h.label, h.columns = min(widest, try.label), pitched(len(h.told), try.pitch)
		if s.Width == 0 || h.width() <= s.Width {
			h.widen(widest)
			return h
		}
	}
	h.cut()
	return h
}

// cells is how wide s is drawn.
func cells(s string) int { return twwidth.Width(oneLine(s)) }

// oneLine makes s safe for a line of its own.
func oneLine(s string) string { return apart(strings.ReplaceAll(Clean(s), "\n", " ")) }

// names gives the columns that the stories' ids need.
func (h *heat) names() []int {
	var out []int
	for _, t := range h.told {
		out = append(out, max(cells(t.ID), 2)+len(gap)) // a sign takes two
	}
	return out
}

func pitched(n, pitch int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = pitch
	}
	return out
}

// widen gives the names what room is left, up to what the widest needs.
func (h *heat) widen(widest int) {
	if h.s.Width > 0 {
		h.label = min(widest, h.label+h.s.Width-h.width())
	}
}

// cut leaves out the stories that do not fit.
func (h *heat) cut() {
	h.label = max(leastLabel, min(h.label, h.s.Width/3))
	h.columns = nil
	n := min(max(h.s.Width-h.width()-len(gap), 1), len(h.told))
	h.told, h.columns = h.told[:n], pitched(n, 1)
}

// width is the map's, in cells.
func (h *heat) width() int {
	sum := h.label + len(gap) + len(proof)
	if h.m.Job {
		sum += len(need) + len(gap)
	}
	if len(h.columns) > 0 {
		sum += len(gap)
		for _, c := range h.columns {
			sum += c
		}
		sum -= h.space()
	}
	return sum
}

// space is what stands between two columns.
func (h *heat) space() int {
	switch {
	case h.named:
		return len(gap)
	case h.columns[0] > 1:
		return 1
	}
	return 0
}

// pad cuts s to the width, or fills it up.
func pad(s string, width int) string {
	s = cutTo(oneLine(s), width)
	return s + strings.Repeat(" ", width-twwidth.Width(s))
}

// cutTo shortens s to the width and says so with an ellipsis.
func cutTo(s string, width int) string {
	if twwidth.Width(s) <= width {
		return s
	}
	return twwidth.Truncate(s, width-1) + "…"
}

// lead is a line up to its stories; code paints its last word.
func (h *heat) lead(name, wanted, strength, code string) string {
	out := pad(name, h.label) + gap
	if h.m.Job {
		out += pad(wanted, len(need)) + gap
	}
	return out + h.paint(code, pad(strength, len(proof))) + gap
}

func (h *heat) paint(code, text string) string {
	if code == "" {
		return text
	}
	return h.s.paint(code, text)
}

// head gives the lines above the rule: ids, or numbers, upright where they are wider
// than their columns.
func (h *heat) head() []string {
	names := h.lead(capital(string(h.m.By)), need, proof, "")
	digits := len(strconv.Itoa(len(h.m.Told)))
	switch {
	case len(h.columns) == 0:
		return []string{names}
	case h.named:
		for i, t := range h.told {
			names += pad(t.ID, h.columns[i])
		}
		return []string{names}
	case h.columns[0] > digits:
		for i := range h.told {
			names += fmt.Sprintf("%*d ", digits, i+1)
		}
		return []string{names}
	}
	return h.upright(names, len(strconv.Itoa(len(h.told))))
}

// upright writes the numbers downwards, a line a digit.
func (h *heat) upright(names string, digits int) []string {
	lines := make([]string, digits)
	for i := range lines {
		lines[i] = h.lead("", "", "", "")
	}
	lines[digits-1] = names
	for i := range h.told {
		for j, digit := range fmt.Sprintf("%*d", digits, i+1) {
			lines[j] += pad(string(digit), h.columns[i])
		}
	}
	return lines
}

// signs are what a story's cell shows: shades for a screen without colours, and
// colours besides for one with.
var signs = []struct {
	sign, paint, means string
}{
	{"·", dim, "not there"},
	{"░", blue, "only tagged"},
	{"▓", yellow, "mentioned"},
	{"█", green, "proved"},
	{"▒", cyan, "inferred, not claimed"},
}

const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	blue   = "\x1b[34m"
	cyan   = "\x1b[36m"
)

// alarm is the colour of a row's strength; a gap is red where it is a must.
func alarm(r coverage.Row) string {
	switch {
	case r.Strength == coverage.Solid:
		return green
	case r.Strength == coverage.Thin:
		return yellow
	case r.Must:
		return red
	}
	return ""
}

// signOf gives the place of a cell's sign.
func signOf(c coverage.Cell) int {
	if c.Inferred {
		return len(signs) - 1
	}
	return int(c.Depth)
}

// row draws a row with a sign for each story.
func (h *heat) row(r coverage.Row) string {
	at := map[string]int{}
	for _, c := range r.Stories {
		at[c.ID] = signOf(c)
	}
	var b strings.Builder
	b.WriteString(h.lead(r.Name, wanted(h.m, r), string(r.Strength), alarm(r)))
	for i, t := range h.told {
		b.WriteString(h.cell(at[t.ID], h.columns[i]))
	}
	return b.String()
}

// cell draws a sign under its column's head: twice as wide where there is room, the
// dot of what is not there apart.
func (h *heat) cell(at, column int) string {
	wide := 1
	if column > 2 && at != int(match.Absent) {
		wide = 2
	}
	before := max(0, column-1-wide)
	if h.named {
		before = 0
	}
	sign := signs[at]
	return strings.Repeat(" ", before) + h.paint(sign.paint, strings.Repeat(sign.sign, wide)) + strings.Repeat(" ", column-before-wide)
}

// legend says what the signs mean, whose the numbers are, and how many stories are
// not drawn.
func (h *heat) legend() string {
	var b strings.Builder
	if len(h.told) > 0 {
		b.WriteString("\n" + h.key())
	}
	if !h.named {
		b.WriteString("\n")
		digits := len(strconv.Itoa(len(h.told)))
		for i, t := range h.told {
			b.WriteString(h.entry(fmt.Sprintf("%*d", digits, i+1)+gap, t))
		}
	}
	left := ""
	if n := len(h.m.Told) - len(h.told); n > 0 {
		left = fmt.Sprintf("Not drawn, since they prove no more than these: %d stories (--format csv has them).\n", n)
	}
	if n := len(h.m.Silent); n > 0 {
		left += fmt.Sprintf("Stories that show none of this: %d.\n", n)
	}
	if left != "" {
		b.WriteString("\n" + Wrap(strings.TrimSuffix(left, "\n"), h.s.Width) + "\n")
	}
	return b.String()
}

// key says what the signs mean, those first that prove most.
func (h *heat) key() string {
	used := []int{int(match.Proved), int(match.Mentioned), int(match.Tagged), int(match.Absent)}
	for _, r := range h.m.Rows {
		for _, c := range r.Stories {
			if c.Inferred && len(used) < len(signs) {
				used = append(used, signOf(c))
			}
		}
	}
	line, wide := "", 0
	for i, at := range used {
		sign := signs[at]
		n := twwidth.Width(sign.sign + " " + sign.means)
		switch {
		case i > 0 && h.s.Width > 0 && wide+len(gap)+n > h.s.Width:
			line, wide = line+"\n", 0
		case i > 0:
			line, wide = line+gap, wide+len(gap)
		}
		line, wide = line+h.paint(sign.paint, sign.sign)+" "+sign.means, wide+n
	}
	return line + "\n"
}

// leastTitle is the room below which a legend tells no title beside the id.
const leastTitle = 12

// entry is a line of the legend: the number, the id, and as much of the title as
// there is room for.
func (h *heat) entry(number string, t coverage.Told) string {
	id, title := oneLine(t.ID), oneLine(t.Title)
	if h.s.Width > 0 {
		room := h.s.Width - len(number)
		id = cutTo(id, room)
		if room -= twwidth.Width(id) + len(gap); room < leastTitle {
			return number + id + "\n"
		}
		title = cutTo(title, room)
	}
	return number + id + gap + h.paint(dim, title) + "\n"
}
