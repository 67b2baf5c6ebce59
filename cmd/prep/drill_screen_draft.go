package main

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// draft is a text while it is typed.
type draft struct {
	runes []rune
	at    int // the cursor stands before this rune
}

func newDraft(s string) draft {
	runes := []rune(s)
	return draft{runes, len(runes)}
}

func (d *draft) String() string { return string(d.runes) }

// insert puts text in at the cursor; what a screen would take for a command stays
// out.
func (d *draft) insert(s string) {
	runes := []rune(clean(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)))
	d.runes = slices.Insert(d.runes, d.at, runes...)
	d.at += len(runes)
}

// line takes a key into a text of one line.
func (d *draft) line(key tea.KeyPressMsg) {
	switch key.String() {
	case "left", "ctrl+b":
		d.at = max(d.at-1, 0)
	case "right", "ctrl+f":
		d.at = min(d.at+1, len(d.runes))
	case "home", "ctrl+a":
		d.at = d.start()
	case "end", "ctrl+e":
		d.at = d.end()
	case "backspace", "ctrl+h":
		d.cut(max(d.at-1, 0), d.at)
	case "delete":
		d.cut(d.at, min(d.at+1, len(d.runes)))
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		d.cut(d.word(), d.at)
	case "ctrl+u":
		d.cut(d.start(), d.at)
	case "ctrl+k":
		d.cut(d.at, d.end())
	default:
		d.insert(key.Text)
	}
}

// page takes a key into a text that is shown in lines of that width.
func (d *draft) page(key tea.KeyPressMsg, width int) {
	switch key.String() {
	case "enter":
		d.insert("\n")
	case "up":
		d.climb(width, -1)
	case "down":
		d.climb(width, 1)
	default:
		d.line(key)
	}
}

func (d *draft) cut(from, to int) {
	d.runes = slices.Delete(d.runes, from, to)
	d.at = from
}

// start and end are those of the line that the cursor is in.
func (d *draft) start() int {
	at := d.at
	for at > 0 && d.runes[at-1] != '\n' {
		at--
	}
	return at
}

func (d *draft) end() int {
	at := d.at
	for at < len(d.runes) && d.runes[at] != '\n' {
		at++
	}
	return at
}

// word is where the word before the cursor begins.
func (d *draft) word() int {
	at := d.at
	for at > 0 && unicode.IsSpace(d.runes[at-1]) {
		at--
	}
	for at > 0 && !unicode.IsSpace(d.runes[at-1]) {
		at--
	}
	return at
}

// climb moves the cursor by rows of the screen.
func (d *draft) climb(width, by int) {
	rows := d.rows(width)
	row, column := d.cursor(width)
	if row+by < 0 || row+by >= len(rows) {
		return
	}
	to := rows[row+by]
	d.at = min(to.from+column, to.to)
}

// row is a stretch of the runes that the screen shows as one row.
type row struct{ from, to int }

// rows breaks the text at blanks into rows of at most width cells, a longer word
// where it must be. The blank or line break at which it breaks belongs to no row.
func (d *draft) rows(width int) []row {
	var out []row
	from, blank, used := 0, -1, 0
	for i, r := range d.runes {
		if r == '\n' {
			out = append(out, row{from, i})
			from, blank, used = i+1, -1, 0
			continue
		}
		used += lipgloss.Width(string(r))
		if r == ' ' {
			blank = i
		}
		if used < width || r == ' ' && used == width {
			continue
		}
		to, next := i, i
		if blank >= from {
			to, next = blank, blank+1
		}
		if to == from && blank < from {
			continue
		}
		out = append(out, row{from, to})
		from, blank, used = next, -1, lipgloss.Width(string(d.runes[next:i+1]))
	}
	return append(out, row{from, len(d.runes)})
}

// cursor is the row and the column, in runes, that the cursor stands in.
func (d *draft) cursor(width int) (down, across int) {
	for i, r := range d.rows(width) {
		if d.at >= r.from {
			down, across = i, d.at-r.from
		}
	}
	return down, across
}

// lines are the rows as text.
func (d *draft) lines(width int) []string {
	var out []string
	for _, r := range d.rows(width) {
		out = append(out, string(d.runes[r.from:r.to]))
	}
	return out
}
