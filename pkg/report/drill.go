package report

import (
	"io"
	"strconv"
	"strings"

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

// Drill draws the questions of a drill in their order.
func Drill(w io.Writer, s Style, drawn []practice.Drawn) error {
	view := drillView{Questions: []drawnView{}}
	g := grid{header: []string{"#", "Question", "Probes"}}
	for i, d := range drawn {
		view.Questions = append(view.Questions, drawnView{d.ID, d.Text, or(d.Competencies), or(d.Skills), d.Reason, ""})
		g.add(strconv.Itoa(i+1), d.Text, strings.Join(append(d.Competencies, d.Skills...), ", "))
	}
	return s.write(w, view, g)
}
