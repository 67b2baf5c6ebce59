package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/prep-cli/prep/pkg/sheet"
)

// sheetMarkdown draws the page for those who keep notes.
func sheetMarkdown(w io.Writer, p sheet.Sheet) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s\n", markdownLine(titleAt(p)))
	for i, l := range p.Job {
		if i == 0 {
			b.WriteString("\n")
		}
		v := jobLineViewOf(l)
		fmt.Fprintf(b, "- **%s:** %s\n", v.Label, markdownLine(v.Text))
	}
	markdownQuestions(b, p.Questions)
	if err := markdownCoverage(b, p); err != nil {
		return err
	}
	if err := markdownGaps(b, p); err != nil {
		return err
	}
	if len(p.Ask) > 0 {
		b.WriteString("\n## Ask them\n\n")
	}
	for _, a := range p.Ask {
		fmt.Fprintf(b, "- %s“%s”.%s\n", a.Before, markdownLine(inLine(a.Line)), a.After)
	}
	markdownStories(b, p.Stories)
	_, err := io.WriteString(w, b.String())
	return err
}

// titleAt is the job's title with its company.
func titleAt(p sheet.Sheet) string {
	if company := inLine(p.Company); company != "" {
		return sheetTitle(p) + ", " + company
	}
	return sheetTitle(p)
}

func markdownQuestions(b *strings.Builder, questions []sheet.Question) {
	if len(questions) > 0 {
		b.WriteString("\n## Likely questions\n\n")
	}
	for i, q := range questions {
		fmt.Fprintf(b, "%d. **%s** (%s)\n", i+1, markdownLine(inLine(q.Text)), markdownLine(inLine(q.Why)))
		if q.Story.ID == "" {
			b.WriteString("   - No story fits: think of one tonight.\n")
		} else {
			fmt.Fprintf(b, "   - Tell: %s\n", markdownRef(q.Story))
		}
		if q.Backup.ID != "" {
			fmt.Fprintf(b, "   - In reserve: %s\n", markdownRef(q.Backup))
		}
		if q.Opening != "" {
			fmt.Fprintf(b, "   - Open with: %s\n", markdownLine(inLine(q.Opening)))
		}
	}
}

func markdownRef(r sheet.Ref) string {
	title := markdownLine(refViewOf(r).Title)
	if r.Number > 0 {
		return fmt.Sprintf("%s (story %d)", title, r.Number)
	}
	return title
}

func markdownStories(b *strings.Builder, stories []sheet.Story) {
	if len(stories) > 0 {
		b.WriteString("\n## Your stories\n")
	}
	for _, s := range stories {
		fmt.Fprintf(b, "\n### %d. %s\n\n", s.Number, markdownLine(refViewOf(s.Ref).Title))
		if at := where(s); at != "" {
			fmt.Fprintf(b, "%s\n\n", markdownLine(at))
		}
		for _, part := range sheetStoryViewOf(s).Parts {
			fmt.Fprintf(b, "- **%s**\n", part.Name)
			for _, sentence := range part.Sentences {
				fmt.Fprintf(b, "  - %s\n", markdownFigured(sentence))
			}
		}
		if len(s.Parts) == 0 {
			b.WriteString(noRoom + "\n")
		}
	}
}

// noRoom stands in for a story of which no sentence is short enough.
const noRoom = "Its sentences are too long for this page."

func markdownFigured(sentence []stretch) string {
	var b strings.Builder
	for _, part := range sentence {
		if part.Figure {
			b.WriteString("**" + markdownLine(part.Text) + "**")
		} else {
			b.WriteString(markdownLine(part.Text))
		}
	}
	return b.String()
}

func markdownCoverage(b *strings.Builder, p sheet.Sheet) error {
	if p.Wanted == 0 {
		return nil
	}
	fmt.Fprintf(b, "\n## What your stories prove\n\n%s\n", tally(p))
	if len(p.Matrix.Rows) == 0 {
		return nil
	}
	b.WriteString("\n")
	g := coverageGrid(p.Matrix)
	return g.markdown(b)
}

func markdownGaps(b *strings.Builder, p sheet.Sheet) error {
	if len(p.Bridges)+len(p.Bare) == 0 {
		return nil
	}
	b.WriteString("\n## What you cannot show yet\n")
	if plain := plainly(p.Bridges); plain != "" {
		fmt.Fprintf(b, "\nSay it as it is: %s\n", markdownLine(plain))
	}
	if len(p.Bridges) > 0 {
		b.WriteString("\n")
		g := grid{header: []string{"They ask for", "Need", "Nearest", "In"}}
		for _, v := range views(p.Bridges, bridgeViewOf) {
			g.add(v.Skill, v.Need, v.Near, v.Story.Title)
		}
		if err := g.markdown(b); err != nil {
			return err
		}
	}
	if len(p.Bare) > 0 {
		fmt.Fprintf(b, "\nNor is there a story of: %s.\n", markdownLine(inLine(bare(p))))
	}
	return nil
}
