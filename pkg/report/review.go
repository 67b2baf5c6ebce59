package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/practice"
)

type reviewView struct {
	Words       int               `json:"words"`
	Seconds     int               `json:"seconds"`
	WPM         int               `json:"wpm"`
	Balance     balanceView       `json:"balance"`
	Sentences   []saidView        `json:"sentences"`
	Fillers     []countView       `json:"fillers"`
	Hedges      []countView       `json:"hedges"`
	FirstPerson personView        `json:"first_person"`
	Figures     []string          `json:"figures"`
	Unsupported []unsupportedView `json:"unsupported"`
	Missed      []factView        `json:"missed"`
	Advice      []warningView     `json:"advice"`
}

type saidView struct {
	Text string `json:"text"`
	Part string `json:"part"`
}

type countView struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

type personView struct {
	I  int `json:"i"`
	We int `json:"we"`
}

type unsupportedView struct {
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

type factView struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

func reviewViewOf(f practice.Feedback) reviewView {
	return reviewView{
		Words: f.Words, Seconds: f.Seconds, WPM: f.WPM, Balance: balanceViewOf(f.Balance), FirstPerson: personView{f.I, f.We}, Figures: or(f.Figures),
		Sentences:   views(f.Sentences, func(s practice.Said) saidView { return saidView(s) }),
		Fillers:     views(f.Fillers, func(c practice.Count) countView { return countView(c) }),
		Hedges:      views(f.Hedges, func(c practice.Count) countView { return countView(c) }),
		Unsupported: views(f.Unsupported, func(c practice.Claim) unsupportedView { return unsupportedView(c) }),
		Missed:      views(f.Missed, func(m practice.Fact) factView { return factView(m) }),
		Advice:      views(f.Advice, func(a practice.Advice) warningView { return warningView(a) }),
	}
}

// views gives the view of each of a list, never nil.
func views[T, V any](list []T, view func(T) V) []V {
	out := make([]V, len(list))
	for i, x := range list {
		out[i] = view(x)
	}
	return out
}

// Review draws the feedback on an answer: what to do first, then the answer itself
// with the part that each sentence was taken for.
func Review(w io.Writer, s Style, f practice.Feedback) error {
	switch s.Format {
	case JSON:
		return writeJSON(w, reviewViewOf(f))
	case CSV:
		g := reviewGrid(f)
		return g.csv(w)
	case Markdown:
		_, err := io.WriteString(w, reviewMarkdown(f))
		return err
	}
	_, err := io.WriteString(w, reviewText(s, f))
	return err
}

func reviewGrid(f practice.Feedback) grid {
	g := grid{header: []string{"kind", "name", "text"}}
	for _, x := range f.Sentences {
		g.add("sentence", x.Part, x.Text)
	}
	for _, c := range f.Unsupported {
		g.add("unsupported", c.Reason, c.Text)
	}
	for _, m := range f.Missed {
		g.add("missed", m.Field, m.Text)
	}
	for _, a := range f.Advice {
		g.add("advice", a.Rule, a.Message)
	}
	return g
}

// finding is a list of the feedback under its title.
type finding struct {
	title string
	lines []string
}

// findings gives the lists that are not empty, in the order of their weight.
func findings(f practice.Feedback) []finding {
	all := []finding{
		{"Not in the story", views(f.Unsupported, func(c practice.Claim) string { return fmt.Sprintf("%q: %s", c.Text, c.Reason) })},
		{"Left out", views(f.Missed, func(m practice.Fact) string { return m.Text + " (" + m.Field + ")" })},
		{"Advice", views(f.Advice, func(a practice.Advice) string { return a.Message + " (" + a.Rule + ")" })},
	}
	var out []finding
	for _, x := range all {
		if len(x.lines) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// said gives the counts in one line a kind.
func said(f practice.Feedback) []string {
	out := []string{fmt.Sprintf("%d words, %d:%02d at %d words a minute", f.Words, f.Seconds/60, f.Seconds%60, f.WPM)}
	b := f.Balance
	out = append(out, fmt.Sprintf("situation %.0f%%, task %.0f%%, action %.0f%%, result %.0f%%, reflection %.0f%%", 100*b.Situation, 100*b.Task, 100*b.Action, 100*b.Result, 100*b.Reflection))
	out = append(out, fmt.Sprintf("I %d, we %d", f.I, f.We))
	for _, x := range []struct {
		name   string
		counts []practice.Count
	}{{"fillers", f.Fillers}, {"hedges", f.Hedges}} {
		if len(x.counts) > 0 {
			out = append(out, x.name+": "+strings.Join(views(x.counts, func(c practice.Count) string { return fmt.Sprintf("%s %d", c.Word, c.Count) }), ", "))
		}
	}
	if len(f.Figures) > 0 {
		out = append(out, "figures: "+strings.Join(f.Figures, ", "))
	}
	return out
}

func reviewText(s Style, f practice.Feedback) string {
	var b strings.Builder
	for _, line := range said(f) {
		b.WriteString(s.bullets([]string{line}, ""))
	}
	for _, x := range findings(f) {
		fmt.Fprintf(&b, "\n%s\n", s.paint(bold, x.title))
		for _, line := range x.lines {
			b.WriteString(s.bullets([]string{line}, "  "))
		}
	}
	part := ""
	for _, x := range f.Sentences {
		if x.Part != part {
			part = x.Part
			fmt.Fprintf(&b, "\n%s\n", s.paint(bold, strings.ToUpper(part[:1])+part[1:]))
		}
		b.WriteString(s.bullets([]string{x.Text}, "  "))
	}
	return b.String()
}

func reviewMarkdown(f practice.Feedback) string {
	var b strings.Builder
	b.WriteString("# Review\n\n")
	list := func(lines []string) {
		for _, line := range lines {
			fmt.Fprintf(&b, "- %s\n", Clean(strings.ReplaceAll(line, "\n", " ")))
		}
	}
	list(said(f))
	for _, x := range findings(f) {
		fmt.Fprintf(&b, "\n## %s\n\n", x.title)
		list(x.lines)
	}
	part := ""
	for _, x := range f.Sentences {
		if x.Part != part {
			part = x.Part
			fmt.Fprintf(&b, "\n## %s\n\n", strings.ToUpper(part[:1])+part[1:])
		}
		list([]string{x.Text})
	}
	return b.String()
}
