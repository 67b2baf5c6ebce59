package report

import (
	"io"
	"strconv"

	"github.com/prep-cli/prep/pkg/plan"
)

type planView struct {
	Questions []likelyView `json:"questions"`
	Unused    []string     `json:"unused"`
	Gaps      []string     `json:"gaps"`
}

type likelyView struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Why    string  `json:"why"`
	Story  string  `json:"story"`
	Backup string  `json:"backup"`
	Score  float64 `json:"score"`
}

func planViewOf(p plan.Plan) planView {
	v := planView{Questions: []likelyView{}, Unused: or(p.Unused), Gaps: or(p.Gaps)}
	for _, q := range p.Questions {
		v.Questions = append(v.Questions, likelyView{q.ID, q.Text, q.Why, q.Story, q.Backup, round(q.Score)})
	}
	return v
}

// Plan draws an interview loop: each question with its story, a backup and why it is
// likely, then what is left open.
func Plan(w io.Writer, s Style, p plan.Plan) error {
	g := grid{header: []string{"#", "Question", "Story", "Backup", "Why"}}
	if s.Format == CSV {
		g.header = append(g.header, "Score", "ID")
	}
	for i, q := range p.Questions {
		cells := []string{strconv.Itoa(i + 1), q.Text, q.Story, q.Backup, q.Why}
		switch {
		case s.Format == CSV:
			cells = append(cells, likely(q.Score), q.ID)
		case q.Story == "":
			cells[2] = "none fits"
		default:
			cells[2] += " (" + likely(q.Score) + ")"
		}
		g.add(cells...)
	}
	if err := s.write(w, planViewOf(p), g); err != nil || s.Format == JSON || s.Format == CSV {
		return err
	}
	tail := s.labelled("Gaps, wanted and not proved", p.Gaps) + s.labelled("Stories left over", p.Unused)
	if s.Format != Markdown {
		tail = "\n" + tail
	}
	_, err := io.WriteString(w, tail)
	return err
}
