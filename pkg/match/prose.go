package match

import (
	"strings"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// Prose is a story as the encoder reads it: one text of whole sentences.
type Prose struct {
	Text  string
	parts []prosePart
}

// prosePart is one string of a field inside the text.
type prosePart struct {
	field string
	span  text.Span
}

// ProseOf joins a story's title and fields in the file's order. What was not
// done (hindsight) and tags are no part of it.
func ProseOf(s *story.Story) Prose {
	var b strings.Builder
	var p Prose
	add := func(field, t string) {
		if b.Len() > 0 {
			b.WriteString(" ")
		}
		p.parts = append(p.parts, prosePart{field, text.Span{Start: b.Len(), End: b.Len() + len(t)}})
		b.WriteString(t)
		if last, _ := utf8.DecodeLastRuneInString(t); !strings.ContainsRune(".!?…:;", last) {
			b.WriteString(".")
		}
	}
	add("title", s.Title)
	for _, field := range story.TextFields {
		if field == "hindsight" {
			continue
		}
		for _, t := range s.Text(field) {
			add(field, t)
		}
	}
	p.Text = b.String()
	return p
}

// start is where the i-th string of a field begins in the text.
func (p Prose) start(field string, i int) int {
	for _, part := range p.parts {
		if part.field != field {
			continue
		}
		if i == 0 {
			return part.span.Start
		}
		i--
	}
	return -1
}

// Passage gives the part of a field that a span of the text covers, word for word;
// ok is false where the span lies in no field, as that of the title.
func (p Prose) Passage(sp text.Span) (passage Passage, ok bool) {
	for _, part := range p.parts {
		start, end := max(sp.Start, part.span.Start), min(sp.End, part.span.End)
		if start < end && part.field != "title" {
			return Passage{part.field, strings.TrimSpace(p.Text[start:end])}, true
		}
	}
	return Passage{}, false
}
