package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/match"
)

type matchView struct {
	Query   queryView    `json:"query"`
	Results []resultView `json:"results"`
	Closest *resultView  `json:"closest,omitempty"`
	Gaps    []gapView    `json:"gaps"`
	Cover   []coverView  `json:"cover"`
}

type queryView struct {
	Kind         string      `json:"kind"`
	Title        string      `json:"title"`
	Skills       []wantView  `json:"skills"`
	Competencies []probeView `json:"competencies"`
}

type wantView struct {
	Name    string   `json:"name"`
	Must    bool     `json:"must"`
	Matched []string `json:"matched"`
}

type probeView struct {
	ID     string  `json:"id"`
	Weight float64 `json:"weight"`
}

type resultView struct {
	Rank         int           `json:"rank"`
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	Score        float64       `json:"score"`
	Passages     []passageView `json:"passages"`
	Skills       []shownView   `json:"skills"`
	Competencies []claimView   `json:"competencies"`
	Why          string        `json:"why"`
}

type passageView struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

type shownView struct {
	Name     string `json:"name"`
	Via      string `json:"via"`
	Evidence string `json:"evidence"`
}

type claimView struct {
	ID       string `json:"id"`
	Evidence string `json:"evidence"`
	Inferred bool   `json:"inferred"`
}

type gapView struct {
	Skill string `json:"skill"`
	Must  bool   `json:"must"`
}

type coverView struct {
	ID     string   `json:"id"`
	Covers []string `json:"covers"`
}

func matchViewOf(q match.Query, r match.Ranking) matchView {
	v := matchView{
		Query:   queryView{Kind: q.Kind, Title: q.Title, Skills: []wantView{}, Competencies: []probeView{}},
		Results: []resultView{}, Gaps: []gapView{}, Cover: []coverView{},
	}
	if q.Kind == match.KindQuestion {
		v.Query.Title = q.Text
	}
	for _, s := range q.Skills {
		v.Query.Skills = append(v.Query.Skills, wantView{s.Name, s.Must, or(s.Matched)})
	}
	for _, c := range q.Competencies {
		v.Query.Competencies = append(v.Query.Competencies, probeView{c.ID, round(c.Weight)})
	}
	for i, res := range r.Results {
		v.Results = append(v.Results, resultViewOf(i+1, res))
	}
	if r.Closest != nil {
		closest := resultViewOf(1, *r.Closest)
		v.Closest = &closest
	}
	for _, g := range r.Gaps {
		v.Gaps = append(v.Gaps, gapView{g.Name, g.Must})
	}
	for _, c := range r.Cover {
		v.Cover = append(v.Cover, coverView{c.ID, or(c.Covers)})
	}
	return v
}

func resultViewOf(rank int, r match.Result) resultView {
	v := resultView{Rank: rank, ID: r.ID, Title: r.Title, Score: round(r.Score), Why: r.Why, Passages: []passageView{}, Skills: []shownView{}, Competencies: []claimView{}}
	for _, p := range r.Passages {
		v.Passages = append(v.Passages, passageView(p))
	}
	for _, s := range r.Skills {
		v.Skills = append(v.Skills, shownView{s.Name, s.Via, s.Evidence})
	}
	for _, c := range r.Competencies {
		v.Competencies = append(v.Competencies, claimView(c))
	}
	return v
}

// Match draws a ranking with its reasons; for a job description also the gaps and
// the fewest stories that cover it.
func Match(w io.Writer, s Style, q match.Query, r match.Ranking) error {
	if s.Format == Table || s.Format == "" {
		_, err := io.WriteString(w, matchText(s, q, r))
		return err
	}
	g := grid{header: []string{"#", "Score", "ID", "Title", "Why"}}
	for i, res := range r.Results {
		g.add(strconv.Itoa(i+1), likely(res.Score), res.ID, res.Title, res.Why)
	}
	if err := s.write(w, matchViewOf(q, r), g); err != nil || s.Format != Markdown {
		return err
	}
	_, err := io.WriteString(w, matchTail(s, q, r))
	return err
}

func percent(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// likely is a likelihood as people read it: nothing is certain.
func likely(x float64) string { return percent(min(0.99, x)) }

// matchText draws each story as a line with its reasons under it: people read
// the first few, so each gets room.
func matchText(s Style, q match.Query, r match.Ranking) string {
	var b strings.Builder
	for i, res := range r.Results {
		b.WriteString(s.result(fmt.Sprintf("%2d. ", i+1), res))
	}
	if r.Closest != nil {
		b.WriteString("No story fits. The closest:\n\n" + s.result("    ", *r.Closest))
	}
	return b.String() + matchTail(s, q, r)
}

func (s Style) result(mark string, r match.Result) string {
	const indent = "    "
	out := mark + s.paint(bold, Clean(r.Title)) + " " + s.paint(dim, "("+likely(r.Score)+")") + "\n" + indent + s.paint(dim, Clean(r.ID)) + "\n"
	out += s.bullets([]string{r.Why}, indent)
	for _, p := range r.Passages {
		out += s.bullets([]string{"“" + p.Text + "” (" + strings.ReplaceAll(p.Field, "_", " ") + ")"}, indent+"  ")
	}
	return out + "\n"
}

// matchTail draws what a job description wants besides: gaps, and the cover.
func matchTail(s Style, q match.Query, r match.Ranking) string {
	if q.Kind != match.KindJob {
		return ""
	}
	var must, nice []string
	for _, g := range r.Gaps {
		if g.Must {
			must = append(must, g.Name)
		} else {
			nice = append(nice, g.Name)
		}
	}
	var b strings.Builder
	b.WriteString(s.labelled("Gaps, required", must))
	b.WriteString(s.labelled("Gaps, nice to have", nice))
	var cover []string
	for _, c := range r.Cover {
		cover = append(cover, c.ID+" ("+strings.Join(c.Covers, ", ")+")")
	}
	b.WriteString(s.labelled("The fewest stories that cover the rest", cover))
	return b.String()
}

// labelled draws a list under its label, nothing where it is empty.
func (s Style) labelled(label string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	if s.Format == Markdown {
		return "\n**" + label + ":** " + markdownLine(strings.Join(items, "; ")) + "\n"
	}
	return s.paint(bold, label+":") + "\n" + s.bullets([]string{strings.Join(items, ", ")}, "    ")
}
