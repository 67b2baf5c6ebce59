package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
)

type coverageView struct {
	By     string       `json:"by"`
	Rows   []rowView    `json:"rows"`
	Gaps   []string     `json:"gaps"`
	Single []singleView `json:"single"`
	Next   *nextView    `json:"next"`
}

type rowView struct {
	Name     string     `json:"name"`
	Must     bool       `json:"must"`
	Stories  []cellView `json:"stories"`
	Strength string     `json:"strength"`
}

type cellView struct {
	ID    string `json:"id"`
	Depth string `json:"depth"`
}

type singleView struct {
	ID    string   `json:"id"`
	Names []string `json:"names"`
}

type nextView struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

func coverageViewOf(m coverage.Matrix) coverageView {
	v := coverageView{By: string(m.By), Rows: []rowView{}, Gaps: or(m.Gaps), Single: []singleView{}}
	for _, r := range m.Rows {
		row := rowView{Name: r.Name, Must: r.Must, Strength: string(r.Strength), Stories: []cellView{}}
		for _, c := range r.Stories {
			row.Stories = append(row.Stories, cellView{c.ID, c.Depth.String()})
		}
		v.Rows = append(v.Rows, row)
	}
	for _, s := range m.Single {
		v.Single = append(v.Single, singleView{s.ID, or(s.Names)})
	}
	if m.Next.Name != "" {
		v.Next = &nextView{m.Next.Name, m.Next.Why}
	}
	return v
}

// Coverage draws who proves what: a row a skill or competency, with how many
// stories prove, mention and only tag it, the gaps, and what to write next.
func Coverage(w io.Writer, s Style, m coverage.Matrix) error {
	g := grid{header: []string{strings.ToUpper(string(m.By)[:1]) + string(m.By)[1:], "Wanted", "Strength", "Proved in", "Mentioned in", "Tagged in"}}
	for _, r := range m.Rows {
		g.add(r.Name, wanted(r), string(r.Strength), ids(r, match.Proved), ids(r, match.Mentioned), ids(r, match.Tagged))
	}
	if s.Format == Table || s.Format == "" {
		g = counted(m)
	}
	if err := s.write(w, coverageViewOf(m), g); err != nil || s.Format == JSON || s.Format == CSV {
		return err
	}
	_, err := io.WriteString(w, coverageTail(s, m))
	return err
}

// counted is the grid with numbers for lists, since ids are long and screens narrow.
func counted(m coverage.Matrix) grid {
	g := grid{header: []string{strings.ToUpper(string(m.By)[:1]) + string(m.By)[1:], "Wanted", "Strength", "Proved", "Mentioned", "Tagged", "Proved in"}}
	for _, r := range m.Rows {
		g.add(r.Name, wanted(r), string(r.Strength), count(r, match.Proved), count(r, match.Mentioned), count(r, match.Tagged), ids(r, match.Proved))
	}
	return g
}

func wanted(r coverage.Row) string {
	if r.Must {
		return "must"
	}
	return ""
}

func at(r coverage.Row, d match.Depth) []string {
	var out []string
	for _, c := range r.Stories {
		if c.Depth == d {
			out = append(out, c.ID)
		}
	}
	return out
}

func ids(r coverage.Row, d match.Depth) string { return strings.Join(at(r, d), ", ") }

// count is how many stories, nothing for none: an empty cell is seen at once.
func count(r coverage.Row, d match.Depth) string {
	if n := len(at(r, d)); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

func coverageTail(s Style, m coverage.Matrix) string {
	var single []string
	for _, one := range m.Single {
		single = append(single, one.ID+" ("+strings.Join(one.Names, ", ")+")")
	}
	out := "\n" + s.labelled("Gaps", m.Gaps) + s.labelled("Alone in proving several", single)
	if m.Next.Name != "" {
		out += s.labelled("Write next", []string{m.Next.Name + ": " + m.Next.Why})
	}
	return out
}
