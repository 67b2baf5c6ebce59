package report

import (
	"io"
	"strconv"

	"github.com/prep-cli/prep/pkg/practice"
)

type tellingView struct {
	ID      string `json:"id"`
	Company string `json:"company"`
	Date    string `json:"date"`
	Went    int    `json:"went"` // 1 to 4; 0 where nobody said
}

func tellingViews(tellings []practice.Event) []tellingView {
	out := []tellingView{}
	for _, t := range tellings {
		out = append(out, tellingView{t.Story, t.Company, t.Date, t.Went})
	}
	return out
}

// Told draws which stories were told at which company.
func Told(w io.Writer, s Style, tellings []practice.Event) error {
	if len(tellings) == 0 && (s.Format == Table || s.Format == "") {
		return nil
	}
	return s.write(w, tellingViews(tellings), toldGrid(tellings))
}

func toldGrid(tellings []practice.Event) grid {
	g := grid{header: []string{"Story", "Company", "Date", "Went"}}
	for _, t := range tellings {
		went := ""
		if t.Went > 0 {
			went = strconv.Itoa(t.Went) + " of 4"
		}
		g.add(t.Story, t.Company, t.Date, went)
	}
	return g
}
