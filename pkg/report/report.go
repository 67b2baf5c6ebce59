// Package report draws results on an io.Writer: as a table that fits the
// terminal, as Markdown, as JSON or as CSV. One file holds one view.
//
// It decides how a result looks and nothing else: it computes no score, chooses
// no file and knows no terminal but by its width. The JSON views are types of
// their own, since their keys are a contract that the inner types are not.
package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// The formats that every reading command can write.
const (
	Table    = "table"
	Markdown = "markdown"
	JSON     = "json"
	CSV      = "csv"
)

// Formats lists them, the default first.
var Formats = []string{Table, Markdown, JSON, CSV}

// Style is how a view is drawn. The zero value draws plain tables as wide as
// they come.
type Style struct {
	Format string // one of Formats; "" is Table
	Width  int    // of the terminal, in cells; 0 sets no bound
	Color  bool   // whether ANSI colours may be used
}

// grid is a table of cells under a header.
type grid struct {
	header []string
	rows   [][]string
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// write draws g in the style's format; view is what JSON shows instead.
func (s Style) write(w io.Writer, view any, g grid) error {
	switch s.Format {
	case JSON:
		return writeJSON(w, view)
	case CSV:
		return g.csv(w)
	case Markdown:
		return g.markdown(w)
	}
	return g.table(w, s)
}

// writeJSON writes view. What a screen must not see (Clean drops it elsewhere) is
// escaped, so that the value stays whole.
func writeJSON(w io.Writer, view any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(view); err != nil {
		return err
	}
	out := b.Bytes()
	if bytes.IndexFunc(out, hazard) >= 0 {
		out = escape(out)
	}
	_, err := w.Write(out)
	return err
}

// escape writes hazards as JSON's \u escapes; they stand in strings alone.
func escape(data []byte) []byte {
	var out []byte
	for _, r := range string(data) {
		if hazard(r) {
			out = fmt.Appendf(out, "\\u%04x", r)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// csv writes the grid for spreadsheets. A cell that one would take for a formula
// gets an apostrophe before it, which spreadsheets hide.
func (g *grid) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	for _, row := range append([][]string{g.header}, g.rows...) {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = Clean(c)
			if first := strings.TrimLeft(cells[i], " "); first != "" && strings.ContainsRune("=+-@", rune(first[0])) {
				cells[i] = "'" + cells[i]
			}
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (g *grid) markdown(w io.Writer) error {
	return g.draw(w, markdownCell, tablewriter.WithRenderer(renderer.NewMarkdown()))
}

func markdownCell(_ int, s string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>").Replace(markdownText(s))
}

func (g *grid) table(w io.Writer, s Style) error {
	twwidth.SetEastAsian(false) // the same table in every locale
	widths := g.widths(s.Width)
	look := tw.Rendition{
		Borders: tw.BorderNone, Symbols: tw.NewSymbols(tw.StyleLight),
		Settings: tw.Settings{
			Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off, ShowHeader: tw.On},
			Lines:      tw.Lines{ShowHeaderLine: tw.On},
		},
	}
	return g.draw(w, func(column int, s string) string { return Wrap(apart(s), widths[column]) },
		tablewriter.WithRenderer(renderer.NewBlueprint(look)),
		tablewriter.WithPadding(tw.Padding{Right: gap, Overwrite: true}))
}

// gap stands between two columns of a table.
const gap = "  "

// draw lets tablewriter lay the cells out and drops blanks at the lines' ends.
func (g *grid) draw(w io.Writer, cell func(column int, s string) string, look ...tablewriter.Option) error {
	var b strings.Builder
	t := tablewriter.NewTable(&b, append(look,
		tablewriter.WithHeaderAutoFormat(tw.Off), tablewriter.WithHeaderAlignment(tw.AlignLeft), tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone), tablewriter.WithRowAutoWrap(tw.WrapNone), tablewriter.WithTrimSpace(tw.Off))...)
	cells := func(row []string) []string {
		out := make([]string, len(row))
		for i, c := range row {
			out[i] = cell(i, Clean(c))
		}
		return out
	}
	t.Header(cells(g.header))
	for _, row := range g.rows {
		if err := t.Append(cells(row)); err != nil {
			return err
		}
	}
	if err := t.Render(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// apart takes joined emoji apart: terminals disagree on how wide those are.
func apart(s string) string { return strings.ReplaceAll(s, "\u200d", "") }

// narrowest is the least width that a column is squeezed to.
const narrowest = 8

// widths gives each column's width: its widest cell's, and where the table
// would pass total, the widest columns give way first.
func (g *grid) widths(total int) []int {
	out := make([]int, len(g.header))
	sum := 0
	for i := range out {
		out[i] = twwidth.Width(g.header[i])
		for _, row := range g.rows {
			for line := range strings.Lines(row[i]) {
				out[i] = max(out[i], twwidth.Width(strings.TrimRight(line, "\n")))
			}
		}
		sum += out[i] + len(gap)
	}
	for total > 0 && sum > total {
		widest := 0
		for i := range out {
			if out[i] > out[widest] {
				widest = i
			}
		}
		if out[widest] <= narrowest {
			break
		}
		out[widest]--
		sum--
	}
	return out
}

// Wrap breaks s at blanks into lines of at most width cells; a longer word is
// broken where it must be. A width of 0 sets no bound.
func Wrap(s string, width int) string {
	if width <= 0 {
		return s
	}
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapLine(line, width)...)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(s) {
		n := twwidth.Width(word)
		if used > 0 && used+1+n <= width {
			line, used = line+" "+word, used+1+n
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for n > width {
			head := twwidth.Truncate(word, width)
			if head == "" {
				break
			}
			if i := strings.LastIndexByte(head, '-'); i > 0 {
				head = head[:i+1] // an id is easier to read in whole words
			}
			lines = append(lines, head)
			word = word[len(head):]
			n = twwidth.Width(word)
		}
		line, used = word, n
	}
	return append(lines, line)
}

// Clean makes s safe for a screen: escapes and other control characters, marks
// that turn the reading direction, and bytes outside UTF-8 are dropped; line
// breaks stay and tabs become blanks.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case hazard(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// hazard says whether a screen may take r for a command.
func hazard(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF')
}

const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	reset = "\x1b[0m"
)

// paint puts a colour round s where colours may be used.
func (s Style) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return code + text + reset
}

// or gives list, never nil, so that JSON shows [] rather than null.
func or[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
