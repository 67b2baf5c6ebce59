package report

import (
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
)

type listView struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Date         string   `json:"date"`
	Skills       []string `json:"skills"`
	Competencies []string `json:"competencies"`
}

// List draws the library, a line a story.
func List(w io.Writer, s Style, stories []story.Story) error {
	views := []listView{}
	g := grid{header: []string{"ID", "Title", "Date", "Skills", "Competencies"}}
	for _, st := range stories {
		views = append(views, listView{st.ID, st.Title, string(st.Date), or(st.Skills), or(st.Competencies)})
		g.add(st.ID, st.Title, string(st.Date), strings.Join(st.Skills, ", "), strings.Join(st.Competencies, ", "))
	}
	return s.write(w, views, g)
}
