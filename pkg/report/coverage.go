package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
)

type coverageView struct {
	By      string       `json:"by"`
	Rows    []rowView    `json:"rows"`
	Gaps    []string     `json:"gaps"`
	Thin    []string     `json:"thin"`
	Single  []singleView `json:"single"`
	Next    *nextView    `json:"next"`
	Stories []toldView   `json:"stories"`
	Silent  []string     `json:"silent"`
}

type rowView struct {
	Name     string     `json:"name"`
	Must     bool       `json:"must"`
	Stories  []cellView `json:"stories"`
	Strength string     `json:"strength"`
}

type cellView struct {
	ID       string `json:"id"`
	Depth    string `json:"depth"`
	Inferred bool   `json:"inferred,omitempty"`
}

type singleView struct {
	ID    string   `json:"id"`
	Names []string `json:"names"`
}

type nextView struct {
	Name      string      `json:"name"`
	Why       string      `json:"why"`
	Gain      float64     `json:"gain"`
	Also      []string    `json:"also"`
	Questions []askedView `json:"questions"`
}

type askedView struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type toldView struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Proves int    `json:"proves"`
}

func coverageViewOf(m coverage.Matrix) coverageView {
	v := coverageView{
		By: string(m.By), Gaps: or(m.Gaps), Thin: or(m.Thin), Silent: or(m.Silent),
		Rows:    views(m.Rows, rowViewOf),
		Single:  views(m.Single, func(s coverage.Single) singleView { return singleView{s.ID, or(s.Names)} }),
		Stories: views(m.Told, func(t coverage.Told) toldView { return toldView(t) }),
	}
	if n := m.Next; n.Name != "" {
		v.Next = &nextView{Name: n.Name, Why: n.Why, Gain: round(n.Gain), Also: or(n.Also), Questions: []askedView{}}
		for _, q := range n.Questions {
			v.Next.Questions = append(v.Next.Questions, askedView{q.ID, q.Text})
		}
	}
	return v
}

func rowViewOf(r coverage.Row) rowView {
	return rowView{Name: r.Name, Must: r.Must, Strength: string(r.Strength),
		Stories: views(r.Stories, func(c coverage.Cell) cellView { return cellView{c.ID, c.Depth.String(), c.Inferred} })}
}

// Coverage draws who proves what: as a table a heat map, else a row a skill or
// competency with the stories that prove, mention and only tag it; then the gaps,
// what hangs on one story, and what to write next.
func Coverage(w io.Writer, s Style, m coverage.Matrix) error {
	switch s.Format {
	case JSON:
		return writeJSON(w, coverageViewOf(m))
	case CSV:
		g := coverageGrid(m)
		g.note(m)
		return g.csv(w)
	case Markdown:
		return coverageMarkdown(w, m)
	}
	_, err := io.WriteString(w, strings.TrimPrefix(heatText(s, m)+coverageTail(s, m), "\n"))
	return err
}

func coverageGrid(m coverage.Matrix) grid {
	g := grid{header: []string{capital(string(m.By)), "Wanted", "Strength", "Proved in", "Mentioned in", "Tagged in"}}
	for _, r := range m.Rows {
		g.add(r.Name, wanted(m, r), string(r.Strength), ids(r, match.Proved), ids(r, match.Mentioned), ids(r, match.Tagged))
	}
	return g
}

func capital(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] }

// wanted says how much a job asks for a row.
func wanted(m coverage.Matrix, r coverage.Row) string {
	switch {
	case r.Must:
		return "must"
	case m.Job:
		return "nice"
	}
	return ""
}

// ids lists the stories that show a row so deep.
func ids(r coverage.Row, d match.Depth) string {
	var out []string
	for _, c := range r.Stories {
		switch {
		case c.Depth != d:
		case c.Inferred:
			out = append(out, c.ID+" (inferred)")
		default:
			out = append(out, c.ID)
		}
	}
	return strings.Join(out, ", ")
}

// note adds what the other formats say below the rows, to the rows that it is about:
// a spreadsheet has one table.
func (g *grid) note(m coverage.Matrix) {
	g.header = append(g.header, "Note")
	for i, r := range m.Rows {
		var notes []string
		if slices.Contains(m.Gaps, r.Name) {
			notes = append(notes, "gap")
		}
		if slices.Contains(m.Thin, r.Name) {
			notes = append(notes, "thin spot")
		}
		for _, one := range m.Single {
			if slices.Contains(one.Names, r.Name) {
				notes = append(notes, "single point of failure: "+one.ID)
			}
		}
		if r.Name == m.Next.Name {
			notes = append(notes, "write next: "+strings.Join(append([]string{m.Next.Why}, asked(m.Next)...), " "))
		}
		g.rows[i] = append(g.rows[i], strings.Join(notes, "; "))
	}
}

// asked gives the questions that the next story would answer, quoted.
func asked(n coverage.Next) []string {
	var out []string
	for _, q := range n.Questions {
		out = append(out, "“"+q.Text+"” ("+q.ID+")")
	}
	return out
}

func coverageMarkdown(w io.Writer, m coverage.Matrix) error {
	var b strings.Builder
	g := coverageGrid(m)
	if err := g.markdown(&b); err != nil {
		return err
	}
	for _, r := range remarks(m) {
		fmt.Fprintf(&b, "\n**%s:** %s\n", r.label, markdownLine(strings.Join(r.items, "; ")))
		if len(r.questions) > 0 {
			b.WriteString("\n")
		}
		for _, q := range r.questions {
			b.WriteString("- " + markdownLine(q) + "\n")
		}
	}
	stories := grid{header: []string{"#", "Story", "Title", "Proves"}}
	for i, t := range m.Told {
		stories.add(strconv.Itoa(i+1), t.ID, t.Title, strconv.Itoa(t.Proves))
	}
	if len(m.Told) > 0 {
		b.WriteString("\n")
		if err := stories.markdown(&b); err != nil {
			return err
		}
	}
	if len(m.Silent) > 0 {
		fmt.Fprintf(&b, "\n**Show none of this:** %s\n", markdownLine(strings.Join(m.Silent, "; ")))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownText makes s text where Markdown is read: what would make a tag, code, an
// emphasis, a link or an image, or stand for another character, is escaped.
func markdownText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "&", "&amp;", "<", "&lt;", "`", "\\`", "*", `\*`, "](", `]\(`).Replace(Clean(s))
}

// markdownLine is markdownText on one line.
func markdownLine(s string) string { return markdownText(strings.ReplaceAll(s, "\n", " ")) }

// remark is a list below the rows, under its label.
type remark struct {
	label     string
	items     []string
	questions []string
}

// remarks gives the lists below the rows, without the empty ones.
func remarks(m coverage.Matrix) []remark {
	var single []string
	for _, one := range m.Single {
		single = append(single, one.ID+" ("+strings.Join(one.Names, ", ")+")")
	}
	all := []remark{
		{label: "Gaps", items: m.Gaps},
		{label: "Thin, proved by one story", items: m.Thin},
		{label: "Alone in proving several", items: single},
	}
	if n := m.Next; n.Name != "" {
		all = append(all, remark{"Write next", []string{fmt.Sprintf("%s, %s of what is open. %s", n.Name, percent(n.Gain), n.Why)}, asked(n)})
	}
	return slices.DeleteFunc(all, func(p remark) bool { return len(p.items) == 0 })
}

func coverageTail(s Style, m coverage.Matrix) string {
	var b strings.Builder
	for _, p := range remarks(m) {
		b.WriteString("\n" + s.paint(bold, Wrap(p.label+":", s.Width)) + "\n" + s.bullets([]string{strings.Join(p.items, ", ")}, "    "))
		for _, q := range p.questions {
			b.WriteString(s.bullets([]string{q}, "      "))
		}
	}
	return b.String()
}
