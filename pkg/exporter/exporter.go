// Package exporter writes stories in the formats of other programs: Markdown,
// JSON, CSV, Anki's notes, JSON Resume and career-ops' story bank.
//
// In Markdown, JSON, JSON Resume and the story bank nothing is lost: pkg/importer
// reads the same stories back, source and id aside. What a format has no place for
// travels in labels of its own. CSV and Anki are for reading on elsewhere: there,
// characters that do not print are dropped, and the lists of a story are lines of
// one cell.
//
// It chooses no stories and changes no word of theirs: leaving out what is
// confidential is for pkg/confidential, before they come here.
package exporter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/prep-cli/prep/pkg/story"
)

// The formats.
const (
	Markdown   = "markdown"
	JSON       = "json"
	CSV        = "csv"
	Anki       = "anki"
	JSONResume = "jsonresume"
	StoryBank  = "story-bank"
)

// Formats lists the formats, those that are read back first.
var Formats = []string{Markdown, JSON, JSONResume, StoryBank, CSV, Anki}

// Write writes the stories in a format, one of Formats, in their order. It fails
// where w does.
func Write(w io.Writer, format string, stories []story.Story) error {
	var b bytes.Buffer
	switch format {
	case Markdown:
		writeMarkdown(&b, stories)
	case JSON:
		writeJSON(&b, views(stories))
	case JSONResume:
		writeJSON(&b, resumeOf(stories))
	case StoryBank:
		writeBank(&b, stories)
	case CSV:
		writeCSV(&b, stories)
	case Anki:
		writeAnki(&b, stories)
	default:
		return fmt.Errorf("no format %q", format)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// view is a story under the keys of its file, each text a list.
type view struct {
	ID            string     `json:"id,omitempty"`
	Title         string     `json:"title"`
	Date          story.Date `json:"date,omitempty"`
	Role          string     `json:"role,omitempty"`
	Company       string     `json:"company,omitempty"`
	Problem       []string   `json:"problem"`
	Context       []string   `json:"context,omitempty"`
	Task          []string   `json:"task,omitempty"`
	Investigation []string   `json:"investigation,omitempty"`
	RootCause     []string   `json:"root_cause,omitempty"`
	Resolution    []string   `json:"resolution,omitempty"`
	Impact        []string   `json:"impact,omitempty"`
	Lessons       []string   `json:"lessons,omitempty"`
	Hindsight     []string   `json:"hindsight,omitempty"`
	Skills        []string   `json:"skills,omitempty"`
	Competencies  []string   `json:"competencies,omitempty"`
}

func views(stories []story.Story) []view {
	out := make([]view, len(stories))
	for i, s := range stories {
		out[i] = view{
			ID: s.ID, Title: s.Title, Date: s.Date, Role: s.Role, Company: s.Company,
			Problem: s.Problem, Context: s.Context, Task: s.Task, Investigation: s.Investigation,
			RootCause: s.RootCause, Resolution: s.Resolution, Impact: s.Impact, Lessons: s.Lessons,
			Hindsight: s.Hindsight, Skills: s.Skills, Competencies: s.Competencies,
		}
	}
	return out
}

// writeJSON writes v; what does not print is escaped, so that no terminal acts on it.
func writeJSON(b *bytes.Buffer, v any) {
	var raw bytes.Buffer
	enc := json.NewEncoder(&raw)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // strings, lists and numbers always encode
	}
	for _, r := range raw.String() {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	}
}

// printed is s without what does not print, line breaks aside.
func printed(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n' || unicode.IsPrint(r):
			return r
		}
		return -1
	}, s)
}
