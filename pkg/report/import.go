package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/story"
)

// Imported is one story of an import: what became of it and where it lies.
type Imported struct {
	Story  story.Story
	File   string // as the user would write it
	Status importer.Status
}

type importView struct {
	Stories []importedView `json:"stories"`
	Skipped []skippedView  `json:"skipped"`
}

type importedView struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	File   string   `json:"file"`
	Keys   []string `json:"keys"`
	Status string   `json:"status"`
}

type skippedView struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Import draws what an import did or would do, and what it left out and why.
func Import(w io.Writer, s Style, stories []Imported, skipped []importer.Skipped) error {
	view := importView{Stories: []importedView{}, Skipped: []skippedView{}}
	g := grid{header: []string{"Status", "File", "Title", "Keys"}}
	for _, d := range stories {
		keys := storyKeys(d.Story)
		view.Stories = append(view.Stories, importedView{d.Story.ID, d.Story.Title, d.File, keys, string(d.Status)})
		g.add(string(d.Status), d.File, d.Story.Title, strings.Join(keys, ", "))
	}
	for _, l := range skipped {
		view.Skipped = append(view.Skipped, skippedView(l))
	}
	if err := s.write(w, view, g); err != nil || len(skipped) == 0 || s.Format == JSON || s.Format == CSV {
		return err
	}
	left := grid{header: []string{"Left out", "Text", "Reason"}}
	for _, l := range skipped {
		left.add(l.File+":"+strconv.Itoa(l.Line), l.Text, l.Reason)
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	return s.write(w, nil, left)
}

// storyKeys names the keys of a story file that hold something.
func storyKeys(st story.Story) []string {
	out := []string{"title"}
	for _, f := range fields(st) {
		out = append(out, f.name)
	}
	return out
}
