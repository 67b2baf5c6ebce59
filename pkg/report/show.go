package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
)

// showView has the story file's own keys in its order, a text field always a list.
type showView struct {
	ID            string      `json:"id"`
	File          string      `json:"file"`
	Title         string      `json:"title"`
	Date          string      `json:"date,omitempty"`
	Role          string      `json:"role,omitempty"`
	Company       string      `json:"company,omitempty"`
	Problem       []string    `json:"problem"`
	Context       []string    `json:"context,omitempty"`
	Task          []string    `json:"task,omitempty"`
	Investigation []string    `json:"investigation,omitempty"`
	RootCause     []string    `json:"root_cause,omitempty"`
	Resolution    []string    `json:"resolution,omitempty"`
	Impact        []string    `json:"impact,omitempty"`
	Lessons       []string    `json:"lessons,omitempty"`
	Hindsight     []string    `json:"hindsight,omitempty"`
	Skills        []string    `json:"skills,omitempty"`
	Competencies  []string    `json:"competencies,omitempty"`
	Source        *sourceView `json:"source,omitempty"`
}

type sourceView struct {
	File    string `json:"file"`
	Heading string `json:"heading"`
}

func showViewOf(st story.Story) showView {
	v := showView{
		ID: st.ID, File: st.File, Title: st.Title, Date: string(st.Date), Role: st.Role, Company: st.Company,
		Problem: st.Problem, Context: st.Context, Task: st.Task, Investigation: st.Investigation, RootCause: st.RootCause,
		Resolution: st.Resolution, Impact: st.Impact, Lessons: st.Lessons, Hindsight: st.Hindsight,
		Skills: st.Skills, Competencies: st.Competencies,
	}
	if st.Source != (story.Source{}) {
		v.Source = &sourceView{st.Source.File, st.Source.Heading}
	}
	return v
}

// Show draws one story: a heading and its fields in the file's order.
func Show(w io.Writer, s Style, st story.Story) error {
	switch s.Format {
	case JSON:
		return writeJSON(w, showViewOf(st))
	case CSV:
		g := grid{header: []string{"field", "text"}}
		g.add("title", st.Title)
		for _, f := range fields(st) {
			g.add(f.name, strings.Join(f.text, "\n"))
		}
		return g.csv(w)
	case Markdown:
		return showMarkdown(w, st)
	}
	return showText(w, s, st)
}

// field is a story's key with its text; one part is prose, several are bullets.
type field struct {
	name string
	text []string
}

// fields gives the keys of st that hold something, in the file's order, the title aside.
func fields(st story.Story) []field {
	var out []field
	add := func(name string, text ...string) {
		if strings.Join(text, "") != "" {
			out = append(out, field{name, text})
		}
	}
	add("date", string(st.Date))
	add("role", st.Role)
	add("company", st.Company)
	for _, name := range story.TextFields {
		add(name, st.Text(name)...)
	}
	add("skills", strings.Join(st.Skills, ", "))
	add("competencies", strings.Join(st.Competencies, ", "))
	if st.Source.File != "" {
		add("source", strings.TrimSuffix(st.Source.File+" › "+st.Source.Heading, " › "))
	}
	return out
}

// heading is a key as people say it: "Root cause".
func heading(name string) string {
	return strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
}

func showMarkdown(w io.Writer, st story.Story) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", markdownLine(st.Title))
	for _, f := range fields(st) {
		fmt.Fprintf(&b, "\n## %s\n\n", heading(f.name))
		for _, t := range f.text {
			if len(f.text) > 1 {
				b.WriteString("- ")
			}
			b.WriteString(markdownText(t) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func showText(w io.Writer, s Style, st story.Story) error {
	var b strings.Builder
	b.WriteString(s.title(st.Title) + s.paint(dim, Wrap(Clean(st.File), s.Width)) + "\n")
	for _, f := range fields(st) {
		b.WriteString("\n" + s.paint(bold, heading(f.name)) + "\n" + s.bullets(f.text, "  "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// title draws a story's title on lines of its own.
func (s Style) title(title string) string {
	return s.paint(bold, Wrap(apart(Clean(title)), s.Width)) + "\n"
}

// bullets draws one text as a paragraph and several as a list, indented.
func (s Style) bullets(texts []string, indent string) string {
	var b strings.Builder
	for _, t := range texts {
		mark := ""
		if len(texts) > 1 {
			mark = "- "
		}
		room := 0
		if s.Width > 0 {
			room = max(s.Width-len(indent)-len(mark), narrowest)
		}
		for i, line := range strings.Split(Wrap(apart(Clean(t)), room), "\n") {
			if i == 1 {
				mark = strings.Repeat(" ", len(mark))
			}
			b.WriteString(strings.TrimRight(indent+mark+line, " ") + "\n")
		}
	}
	return b.String()
}
