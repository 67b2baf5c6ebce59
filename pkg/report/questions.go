package report

import (
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/question"
)

type questionView struct {
	ID           string   `json:"id"`
	Text         string   `json:"text"`
	Competencies []string `json:"competencies"`
	Skills       []string `json:"skills"`
	Level        string   `json:"level"`
	Frameworks   []string `json:"frameworks"`
}

// Questions draws questions of the bank, a line each.
func Questions(w io.Writer, s Style, questions []question.Question) error {
	views := []questionView{}
	g := grid{header: []string{"ID", "Question", "Probes", "Level"}}
	for _, q := range questions {
		views = append(views, questionView{q.ID, q.Text, or(q.Competencies), or(q.Skills), q.Level, or(q.Frameworks)})
		g.add(q.ID, q.Text, strings.Join(append(q.Competencies, q.Skills...), ", "), q.Level)
	}
	return s.write(w, views, g)
}
