package report

import (
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/skill"
)

type skillView struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Related []string `json:"related"`
	Kind    string   `json:"kind"`
}

// Skills draws the taxonomy, a line a skill.
func Skills(w io.Writer, s Style, all []skill.Skill) error {
	views := []skillView{}
	g := grid{header: []string{"Skill", "Kind", "Also written", "Near"}}
	for _, k := range all {
		views = append(views, skillView{k.Name, or(k.Aliases), or(k.Related), k.Kind})
		g.add(k.Name, k.Kind, strings.Join(k.Aliases, ", "), strings.Join(k.Related, ", "))
	}
	return s.write(w, views, g)
}
