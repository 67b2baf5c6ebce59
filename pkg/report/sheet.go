package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/sheet"
)

// HTML is the format of a page that stands alone.
const HTML = "html"

// SheetFormats lists the formats of a sheet, the default first.
var SheetFormats = []string{HTML, Markdown}

//go:embed sheet.html.tmpl
var sheetTemplate string

//go:embed sheet.css
var sheetStyle string

// Sheet draws the page for the night before an interview: as Markdown, or else as one
// HTML file that loads nothing, fits a phone, and prints on two pages.
func Sheet(w io.Writer, s Style, page sheet.Sheet) error {
	if s.Format == Markdown {
		return sheetMarkdown(w, page)
	}
	t, err := template.New("sheet").Parse(sheetTemplate)
	if err != nil {
		return err
	}
	view, err := sheetViewOf(page)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, view); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// sheetView is what the template reads. Its texts are safe to see and on one line; the
// template escapes them.
type sheetView struct {
	Policy    template.HTML // the meta element with the content security policy
	Style     template.CSS
	Title     string
	Company   string
	Job       []jobLineView
	Questions []sheetQuestionView
	Stories   []sheetStoryView
	Heat      template.HTML
	Tally     string
	Plain     string // how to say the first gap
	Bridges   []bridgeView
	Bare      string
	Ask       []sheet.Ask
}

type jobLineView struct{ Label, Text string }

type sheetQuestionView struct {
	Text, Why, Opening string
	Story, Backup      refView
}

type refView struct {
	Title  string // "" for none
	Number int
}

type sheetStoryView struct {
	refView
	Where   string
	Answers []int
	Parts   []sheetPartView
}

type sheetPartView struct {
	Name      string
	Sentences [][]stretch
}

type bridgeView struct {
	Skill, Need, Near string
	Story             refView
}

func sheetViewOf(p sheet.Sheet) (sheetView, error) {
	heat := strings.Builder{}
	if err := HeatSVG(&heat, p.Matrix, 0); err != nil {
		return sheetView{}, err
	}
	return sheetView{
		Policy: policy(), Style: template.CSS(sheetStyle), //nolint:gosec // the style is this package's own
		Title: sheetTitle(p), Company: inLine(p.Company),
		Job: views(p.Job, jobLineViewOf),
		Questions: views(p.Questions, func(q sheet.Question) sheetQuestionView {
			return sheetQuestionView{inLine(q.Text), inLine(q.Why), inLine(q.Opening), refViewOf(q.Story), refViewOf(q.Backup)}
		}),
		Stories: views(p.Stories, sheetStoryViewOf),
		Heat:    template.HTML(heat.String()), //nolint:gosec // HeatSVG escapes what it did not draw itself
		Tally:   tally(p),
		Plain:   plainly(p.Bridges),
		Bridges: views(p.Bridges, bridgeViewOf),
		Bare:    inLine(bare(p)),
		Ask: views(p.Ask, func(a sheet.Ask) sheet.Ask {
			return sheet.Ask{Before: a.Before, Line: inLine(a.Line), After: a.After}
		}),
	}, nil
}

// policy lets the page use its own style and nothing else.
func policy() template.HTML {
	sum := sha256.Sum256([]byte(sheetStyle))
	return template.HTML(fmt.Sprintf( //nolint:gosec // a hash in base64
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'">`,
		base64.StdEncoding.EncodeToString(sum[:])))
}

// inLine makes s safe to see, on one line.
func inLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

func sheetTitle(p sheet.Sheet) string {
	if title := inLine(p.Title); title != "" {
		return title
	}
	return "Interview"
}

// jobLabels say what a line of the posting is.
var jobLabels = map[job.Kind]string{job.About: "About them", job.Duty: "The work", job.Must: "They ask for", job.Nice: "They welcome"}

func jobLineViewOf(l sheet.Line) jobLineView { return jobLineView{jobLabels[l.Kind], inLine(l.Text)} }

func refViewOf(r sheet.Ref) refView {
	title := inLine(r.Title)
	if title == "" {
		title = inLine(r.ID)
	}
	return refView{title, r.Number}
}

func sheetStoryViewOf(s sheet.Story) sheetStoryView {
	return sheetStoryView{refViewOf(s.Ref), where(s), s.Answers, views(s.Parts, func(p sheet.Part) sheetPartView {
		return sheetPartView{capital(p.Name), views(p.Sentences, func(text string) []stretch { return figured(inLine(text)) })}
	})}
}

// where says in which job the story happened, and when.
func where(s sheet.Story) string {
	var out []string
	for _, text := range []string{s.Role, s.Company, string(s.Date)} {
		if text = inLine(text); text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, ", ")
}

func bridgeViewOf(b sheet.Bridge) bridgeView {
	v := bridgeView{Skill: inLine(b.Skill), Need: "nice", Near: inLine(b.Near), Story: refViewOf(b.Story)}
	if b.Must {
		v.Need = "must"
	}
	if b.Depth != match.Proved {
		v.Near += ", only " + b.Depth.String()
	}
	return v
}

// tally says how much of what is wanted the stories prove.
func tally(p sheet.Sheet) string {
	if p.Wanted == 0 {
		return ""
	}
	return fmt.Sprintf("Your stories prove %d of the %s that the posting names.", p.Proved, count(p.Wanted, "skill"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// plainly is how to say that something is missing, with the first gap that has a
// neighbour.
func plainly(bridges []sheet.Bridge) string {
	for _, b := range bridges {
		if b.Near != b.Skill && b.Depth == match.Proved {
			return inLine(fmt.Sprintf("“I have no story of %s. The nearest that I have is %s: %s.”", b.Skill, b.Near, refViewOf(b.Story).Title))
		}
	}
	return ""
}

// bare lists the other gaps.
func bare(p sheet.Sheet) string {
	out := strings.Join(p.Bare, ", ")
	if p.Unnamed > 0 {
		out += fmt.Sprintf(" and %d more", p.Unnamed)
	}
	return out
}
