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
	Yours  []string // keys that the user and the document have both changed
}

type importView struct {
	Documents []documentView `json:"documents"`
	Stories   []importedView `json:"stories"`
	Skipped   []skippedView  `json:"skipped"`
}

type documentView struct {
	File     string `json:"file"`
	Strategy string `json:"strategy"`
	Evidence string `json:"evidence"`
	Stories  int    `json:"stories"`
	Why      string `json:"why,omitempty"`
}

type importedView struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	File   string   `json:"file"`
	Keys   []string `json:"keys"`
	Status string   `json:"status"`
	Yours  []string `json:"yours,omitempty"`
	Story  showView `json:"story"`
}

type skippedView struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Import draws what an import did or would do with the stories of documents, and
// what it left out and why.
func Import(w io.Writer, s Style, documents []importer.Report, stories []Imported) error {
	view := importView{Documents: []documentView{}, Stories: []importedView{}, Skipped: []skippedView{}}
	var skipped []importer.Skipped
	for _, r := range documents {
		view.Documents = append(view.Documents, documentView{r.File, r.Strategy, r.Evidence, len(r.Stories), r.Why})
		skipped = append(skipped, r.Skipped...)
	}
	g := grid{header: []string{"Status", "File", "Title", "Keys"}}
	for _, d := range stories {
		keys := storyKeys(d.Story)
		view.Stories = append(view.Stories, importedView{d.Story.ID, d.Story.Title, d.File, keys, string(d.Status), d.Yours, showViewOf(d.Story)})
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
