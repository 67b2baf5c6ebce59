package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/lint"
)

type findingView struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
}

// GitHub is the format of findings that GitHub shows beside the lines of a change:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
const GitHub = "github"

// Lint draws findings, as a table a line each that an editor can jump to.
func Lint(w io.Writer, s Style, findings []lint.Finding) error {
	switch s.Format {
	case Table, "":
		return lintLines(w, findings)
	case GitHub:
		return lintCommands(w, findings)
	}
	views := []findingView{}
	g := grid{header: []string{"File", "Line", "Column", "Severity", "Rule", "Message"}}
	for _, f := range findings {
		views = append(views, findingView(f))
		g.add(f.File, strconv.Itoa(f.Line), strconv.Itoa(f.Column), f.Severity, f.Rule, f.Message)
	}
	return s.write(w, views, g)
}

func lintLines(w io.Writer, findings []lint.Finding) error {
	var b strings.Builder
	for _, f := range findings {
		place := f.File
		if f.Line > 0 {
			place += fmt.Sprintf(":%d:%d", f.Line, max(f.Column, 1))
		}
		fmt.Fprintf(&b, "%s: %s: %s (%s)\n", place, f.Severity, f.Message, f.Rule)
	}
	_, err := io.WriteString(w, Clean(b.String()))
	return err
}

// lintCommands writes a workflow command a finding.
func lintCommands(w io.Writer, findings []lint.Finding) error {
	var b strings.Builder
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range findings {
		fmt.Fprintf(&b, "::%s file=%s", f.Severity, property.Replace(f.File))
		if f.Line > 0 {
			fmt.Fprintf(&b, ",line=%d,col=%d", f.Line, max(f.Column, 1))
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", property.Replace("prep "+f.Rule), data.Replace(f.Message))
	}
	_, err := io.WriteString(w, Clean(b.String()))
	return err
}

type ruleView struct {
	Name     string `json:"name"`
	Severity string `json:"severity"`
	What     string `json:"what"`
	Why      string `json:"why"`
	Before   string `json:"before"`
	After    string `json:"after"`
}

// LintRule draws what a person should know of a rule.
func LintRule(w io.Writer, s Style, r lint.Rule) error {
	if s.Format == JSON {
		return writeJSON(w, ruleView{r.Name, r.Severity, r.What, r.Why, r.Before, r.After})
	}
	width := s.Width
	if width <= 0 || width > 96 {
		width = 96
	}
	indented := func(text string) string { return "  " + strings.ReplaceAll(Wrap(text, width-2), "\n", "\n  ") }
	parts := []string{s.paint(bold, r.Name) + " (" + r.Severity + ")"}
	for _, part := range [][2]string{{"", r.What}, {"Why it matters", r.Why}, {"Before", r.Before}, {"Better", r.After}} {
		lines := indented(part[1])
		if part[0] != "" {
			lines = part[0] + "\n" + lines
		}
		parts = append(parts, lines)
	}
	_, err := io.WriteString(w, strings.Join(parts, "\n\n")+"\n")
	return err
}
