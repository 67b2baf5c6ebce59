package report

import (
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/competency"
)

type competencyView struct {
	ID          string   `json:"id"`
	Aliases     []string `json:"aliases"`
	Description string   `json:"description"`
}

// Competencies draws the vocabulary of competencies, a line each.
func Competencies(w io.Writer, s Style, all []competency.Competency) error {
	views := []competencyView{}
	g := grid{header: []string{"ID", "Description", "Also called"}}
	for _, c := range all {
		views = append(views, competencyView{c.ID, or(c.Aliases), c.Description})
		g.add(c.ID, c.Description, strings.Join(c.Aliases, ", "))
	}
	return s.write(w, views, g)
}
