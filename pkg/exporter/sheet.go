package exporter

import (
	"bytes"
	"encoding/csv"
	"html"
	"strings"
	"unicode"

	"github.com/prep-cli/prep/pkg/story"
)

// writeCSV writes a row a story, its columns the keys of a story file.
func writeCSV(b *bytes.Buffer, stories []story.Story) {
	out := csv.NewWriter(b)
	head := []string{"id", "title"}
	for _, l := range plainLabels {
		head = append(head, l.key)
	}
	rows := [][]string{head}
	for _, s := range stories {
		row := []string{harmless(s.ID), harmless(s.Title)}
		for _, l := range plainLabels {
			texts, tags := texts(s, l.key)
			gap := "\n"
			if tags {
				gap = ", "
			}
			row = append(row, harmless(strings.Join(texts, gap)))
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		panic(err) // a buffer takes all
	}
}

// harmless puts an apostrophe, which spreadsheets hide, before a cell that one
// would take for a formula.
func harmless(cell string) string {
	cell = printed(cell)
	if first := strings.TrimLeftFunc(cell, unicode.IsSpace); first != "" && strings.ContainsAny(first[:1], "=+-@") {
		return "'" + cell
	}
	return cell
}

// ankiHead are the lines that tell Anki what follows: a note a line, known again by
// its first column, so that importing once more updates it.
const ankiHead = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:Interview stories\n#guid column:1\n#tags column:4\n#columns:Guid\tFront\tBack\tTags\n"

func writeAnki(b *bytes.Buffer, stories []story.Story) {
	b.WriteString(ankiHead)
	for _, s := range stories {
		columns := []string{"prep-" + printed(s.ID), front(s), back(s), tags(s)}
		for i, c := range columns {
			columns[i] = ankiField(c)
		}
		b.WriteString(strings.Join(columns, "\t") + "\n")
	}
}

// front asks for the story: its title, where it was, and what went wrong.
func front(s story.Story) string {
	var facts []string
	for _, fact := range []string{string(s.Date), s.Role, s.Company} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	out := "<b>" + markup(s.Title) + "</b>"
	if len(facts) > 0 {
		out += "<br>" + markup(strings.Join(facts, ", "))
	}
	return out + "<br><br>" + paragraphs(s.Problem)
}

// back tells the rest.
func back(s story.Story) string {
	var out []string
	for _, l := range plainLabels {
		if texts := s.Text(l.key); l.key != "problem" && len(texts) > 0 {
			out = append(out, "<b>"+l.word+"</b><br>"+paragraphs(texts))
		}
	}
	return strings.Join(out, "<br><br>")
}

func paragraphs(texts []string) string {
	if len(texts) == 1 {
		return markup(texts[0])
	}
	var b strings.Builder
	for _, t := range texts {
		b.WriteString("<li>" + markup(t) + "</li>")
	}
	return "<ul>" + b.String() + "</ul>"
}

func markup(s string) string { return strings.ReplaceAll(html.EscapeString(printed(s)), "\n", "<br>") }

// tags are words apart by blanks: what is one tag holds none.
func tags(s story.Story) string {
	var out []string
	for _, tag := range append(append([]string{}, s.Competencies...), s.Skills...) {
		out = append(out, strings.Join(strings.Fields(printed(tag)), "-"))
	}
	return strings.Join(out, " ")
}

// ankiField quotes a field where Anki would part it or take its line for a comment.
func ankiField(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' }), " ")
	if strings.ContainsRune(s, '"') || strings.HasPrefix(s, "#") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
