package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
)

type drillView struct {
	Questions []drawnView `json:"questions"`
}

type drawnView struct {
	ID           string   `json:"id"`
	Text         string   `json:"text"`
	Competencies []string `json:"competencies"`
	Skills       []string `json:"skills"`
	Reason       string   `json:"reason"`
	Due          string   `json:"due"`
}

// Drill draws the questions of a drill in their order, with why each was drawn.
func Drill(w io.Writer, s Style, drawn []practice.Drawn) error {
	view := drillView{Questions: []drawnView{}}
	g := grid{header: []string{"#", "Question", "Probes", "Why", "Due"}}
	for i, d := range drawn {
		view.Questions = append(view.Questions, drawnView{d.ID, d.Text, or(d.Competencies), or(d.Skills), d.Reason, Date(d.Due)})
		g.add(strconv.Itoa(i+1), d.Text, strings.Join(append(slices.Clone(d.Competencies), d.Skills...), ", "), d.Reason, Date(d.Due))
	}
	return s.write(w, view, g)
}

// Date writes a day as 2006-01-02, nothing for none.
func Date(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
