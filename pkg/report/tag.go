package report

import (
	"io"

	"github.com/prep-cli/prep/pkg/tag"
)

type tagView struct {
	ID           string              `json:"id"`
	Competencies []tagCompetencyView `json:"competencies"`
	Skills       []tagSkillView      `json:"skills"`
}

type tagCompetencyView struct {
	ID       string  `json:"id"`
	Score    float64 `json:"score"`
	Evidence string  `json:"evidence"`
	Claimed  bool    `json:"claimed"`
}

type tagSkillView struct {
	Name     string `json:"name"`
	Evidence string `json:"evidence"`
	Claimed  bool   `json:"claimed"`
}

// Tags draws what stories show, a line a competency or skill.
func Tags(w io.Writer, s Style, all []tag.Tags) error {
	views := []tagView{}
	g := grid{header: []string{"Story", "Shows", "Surely", "Claimed", "In the sentence"}}
	for _, t := range all {
		v := tagView{t.ID, []tagCompetencyView{}, []tagSkillView{}}
		for _, c := range t.Competencies {
			v.Competencies = append(v.Competencies, tagCompetencyView{c.ID, round(c.Score), c.Evidence, c.Claimed})
			g.add(t.ID, c.ID, percent(c.Score), yes(c.Claimed), c.Evidence)
		}
		for _, k := range t.Skills {
			v.Skills = append(v.Skills, tagSkillView(k))
			g.add(t.ID, k.Name, "", yes(k.Claimed), k.Evidence)
		}
		views = append(views, v)
	}
	return s.write(w, views, g)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
