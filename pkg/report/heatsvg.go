package report

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
)

// Sizes of the drawing, in the units of its view box: 1 is a pixel where it is shown
// at its own width.
const (
	svgLine   = 20  // from a row to the next
	svgCell   = 18  // from a column to the next
	svgBox    = 14  // a cell's square
	svgLetter = 7   // the width to reckon for a cell of text, at svgFont
	svgFont   = 12  // of all text
	svgLabel  = 24  // cells of text that a row's name may fill
	svgWidth  = 340 // at least: what a phone shows without scrolling
)

// heatClasses name the depths for a style sheet: a page sets, say, .heat-proved {
// color: … }, in its light and its dark colours. Without one, the shapes alone tell
// the depths apart, in the colour of the text around.
var heatClasses = [...]string{match.Absent: "heat-absent", match.Tagged: "heat-tagged", match.Mentioned: "heat-mentioned", match.Proved: "heat-proved"}

// HeatSVG writes a matrix as an inline SVG: a row a skill or competency, a numbered
// column a story, and below what shapes and numbers mean. A proved cell is a full
// square, a mentioned one half full, a tagged one an outline, so that no colour is
// needed; an inferred one has a dashed outline besides. Text and shapes take the
// colour of the text around; a style sheet may colour the classes heat-proved,
// heat-mentioned, heat-tagged, heat-absent and heat-inferred. The drawing has a title
// and a description for who does not see it, no script and no style of its own.
//
// At most stories columns are drawn, those that prove most, 0 for all; what is left
// out is counted. A style sheet fits it to narrow pages (max-width: 100%, height: auto).
// The ids of title and description are heat-title and heat-description,
// so that a page has room for one heat map. An empty matrix writes nothing.
func HeatSVG(w io.Writer, m coverage.Matrix, stories int) error {
	if len(m.Rows) == 0 {
		return nil
	}
	twwidth.SetEastAsian(false) // the same drawing in every locale
	p := plot{m: m, told: m.Told}
	if stories > 0 {
		p.told = p.told[:min(stories, len(p.told))]
	}
	for _, r := range m.Rows {
		p.label = max(p.label, min(cells(r.Name), svgLabel))
	}
	_, err := io.WriteString(w, p.draw())
	return err
}

// plot is a heat map that is being drawn.
type plot struct {
	m     coverage.Matrix
	told  []coverage.Told
	label int // cells of text of the longest row's name
	b     strings.Builder
	y     int // the base line of what comes next
}

func (p *plot) left() int { return p.label*svgLetter + svgLetter }

func (p *plot) width() int { return max(svgWidth, p.left()+len(p.told)*svgCell) }

func (p *plot) draw() string {
	p.y = svgLine
	p.head()
	for _, r := range p.m.Rows {
		p.row(r)
	}
	p.key()
	for i, t := range p.told {
		p.text(0, fmt.Sprintf("%d  %s", i+1, title(t)), p.width())
	}
	if n := len(p.m.Told) - len(p.told); n > 0 {
		p.text(0, fmt.Sprintf("and %d more that prove no more than these", n), p.width())
	}
	return fmt.Sprintf(`<svg class="heat" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="heat-title heat-description" viewBox="0 0 %d %d" width="%d" height="%d" font-family="inherit" font-size="%d" fill="currentColor">`+
		"\n<title id=\"heat-title\">%s</title>\n<desc id=\"heat-description\">%s</desc>\n%s</svg>\n",
		p.width(), p.y-svgLine/2, p.width(), p.y-svgLine/2, svgFont, svgText(heatTitle(p.m)), svgText(heatDescription(p.m)), p.b.String())
}

// title is a story's, or its id where it has none.
func title(t coverage.Told) string {
	if oneLine(t.Title) == "" {
		return t.ID
	}
	return t.Title
}

func heatTitle(m coverage.Matrix) string {
	if m.By == coverage.Competencies {
		return "Which story shows which competency"
	}
	return "Which story proves which skill"
}

// heatDescription tells the map in words: for each strength the rows that have it.
func heatDescription(m coverage.Matrix) string {
	var out []string
	for _, kind := range []struct {
		strength coverage.Strength
		means    string
	}{{coverage.Solid, "Proved by two stories or more"}, {coverage.Thin, "Proved by one"}, {coverage.None, "Proved by none"}} {
		var names []string
		for _, r := range m.Rows {
			if r.Strength == kind.strength {
				names = append(names, oneLine(r.Name))
			}
		}
		if len(names) > 0 {
			out = append(out, kind.means+": "+strings.Join(names, ", ")+".")
		}
	}
	return strings.Join(out, " ")
}

// svgText makes s text where XML is read, which knows two characters less.
func svgText(s string) string {
	return html.EscapeString(strings.NewReplacer("\uFFFE", "", "\uFFFF", "").Replace(oneLine(s)))
}

// text draws a line of text, cut to the width, and goes on to the next.
func (p *plot) text(x int, s string, width int) {
	fmt.Fprintf(&p.b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x, p.y, svgText(cutTo(oneLine(s), (width-x)/svgLetter)))
	p.y += svgLine
}

// head draws the columns' numbers.
func (p *plot) head() {
	for i, t := range p.told {
		fmt.Fprintf(&p.b, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d<title>%s</title></text>\n",
			p.left()+i*svgCell+svgBox/2, p.y, i+1, svgText(title(t)))
	}
	p.y += svgLine
}

// row draws a row's name and cells. A must is bold.
func (p *plot) row(r coverage.Row) {
	weight := ""
	if r.Must {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(&p.b, "<text x=\"0\" y=\"%d\"%s>%s<title>%s</title></text>\n", p.y, weight, svgText(cutTo(oneLine(r.Name), p.label)), svgText(r.Name+": "+string(r.Strength)))
	at := map[string]coverage.Cell{}
	for _, c := range r.Stories {
		at[c.ID] = c
	}
	for i, t := range p.told {
		p.cell(p.left()+i*svgCell, at[t.ID], r.Name+" in "+title(t))
	}
	p.y += svgLine
}

// cell draws a cell that stands on the base line, with what it is as its title.
func (p *plot) cell(x int, c coverage.Cell, of string) {
	class := heatClasses[c.Depth]
	if c.Depth == match.Absent {
		fmt.Fprintf(&p.b, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"1\" opacity=\"0.5\"/>\n", class, x+svgBox/2, p.y-svgBox/2+2)
		return
	}
	dash := ""
	what := c.Depth.String()
	if c.Inferred {
		class, dash, what = class+" heat-inferred", ` stroke-dasharray="3 2"`, "inferred, not claimed"
	}
	top := p.y - svgBox + 2
	fmt.Fprintf(&p.b, "<g class=\"%s\"><title>%s</title><rect x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"currentColor\"%s/>",
		class, svgText(of+": "+what), x, top, svgBox-1, svgBox-1, dash)
	if full := svgBox * int(c.Depth-match.Tagged) / int(match.Proved-match.Tagged); full > 0 && !c.Inferred {
		fmt.Fprintf(&p.b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", x, top+svgBox-full, svgBox, full)
	}
	p.b.WriteString("</g>\n")
}

// key says what the shapes mean.
func (p *plot) key() {
	p.y += svgLine / 2
	x := 0
	draw := func(c coverage.Cell, means string) {
		p.cell(x, c, "Key")
		fmt.Fprintf(&p.b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+svgCell, p.y, means)
		x += svgCell + (len(means)+1)*svgLetter
	}
	draw(coverage.Cell{Depth: match.Proved}, "proved")
	draw(coverage.Cell{Depth: match.Mentioned}, "mentioned")
	draw(coverage.Cell{Depth: match.Tagged}, "tagged")
	if p.inferred() {
		draw(coverage.Cell{Depth: match.Proved, Inferred: true}, "inferred")
	}
	p.y += svgLine * 3 / 2
}

func (p *plot) inferred() bool {
	for _, r := range p.m.Rows {
		for _, c := range r.Stories {
			if c.Inferred {
				return true
			}
		}
	}
	return false
}
