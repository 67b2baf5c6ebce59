// Package importer reads other people's notes, work logs and failure logs as
// they lie on a disk, and gives the stories that stand in them.
//
// It goes by what the document itself shows. A strategy knows one layout: it
// counts the evidence for that layout and, where it has the most, reads the
// document into entries, each a heading with labelled text. What a label means
// is the business of one table (labels.go) and how an entry becomes a story of
// one place (entry.go), for every layout alike. Markdown is read by its tree.
//
// The text of a story is the document's own, less list and emphasis marks: it is
// never reworded. Nothing is lost in silence: what no field takes is kept in the
// story's context with its label, or is listed as skipped with line and reason.
//
// The package writes no files and does not guess what the tellers meant: a text
// under a label goes where the label says.
package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
)

// MaxSize is the largest document that is read, in bytes (16 MiB).
const MaxSize = 16 << 20

// maxNesting is how many list and quote marks may open one line. Nobody writes
// more, and the time that Markdown's rules take grows with their square.
const maxNesting = 100

// Report is what one document holds.
type Report struct {
	File     string    // the document's base name
	Strategy string    // the layout it was read by; "" where none fits
	Evidence string    // what in the document speaks for that layout
	Stories  []Draft   // in the document's order
	Skipped  []Skipped // in the document's order
	Why      string    // why there is no story; "" where there is one
}

// Draft is a story as the document tells it. It has no id yet: Merge gives one.
type Draft struct {
	Story story.Story
	Line  int // of the heading, from 1
}

// Skipped is a text of the document that is in no story.
type Skipped struct {
	File   string
	Line   int // from 1
	Text   string
	Reason string
}

// strategy is one layout of documents.
type strategy struct {
	name   string
	detect func(*document) evidence
	read   func(*document) layout
}

// evidence is how often a layout shows in a document, and how to say so.
type evidence struct {
	count int
	text  string
}

// layout is a document taken apart: what may be a story, and what cannot.
type layout struct {
	entries []entry
	skipped []Skipped
}

// strategies are in the order of preference where the evidence is the same.
var strategies = []strategy{
	{"heading per story, bold labels", detectBold, readBold},
	{"title line per story, label lines", detectLines, readLines},
}

// Read takes a document apart, whose name is file (a path is cut to its base
// name). The error says why the bytes are no text that can be read; a text
// without stories is no error, its Report says why.
func Read(file string, data []byte) (Report, error) {
	r := Report{File: base(file)}
	content, err := decode(data)
	if err != nil {
		return r, err
	}
	doc := newDocument(content)
	chosen, found := choose(doc)
	if found.count == 0 {
		r.Why = noLayout(content)
		return r, nil
	}
	r.Strategy, r.Evidence = chosen.name, found.text
	r.take(chosen.read(doc))
	return r, nil
}

// choose gives the strategy with the most evidence.
func choose(doc *document) (strategy, evidence) {
	best, found := strategies[0], evidence{}
	for _, s := range strategies {
		if e := s.detect(doc); e.count > found.count {
			best, found = s, e
		}
	}
	return best, found
}

func noLayout(content string) string {
	if strings.TrimSpace(content) == "" {
		return "the document is empty"
	}
	return "no heading stands over bold labels such as **Problem:** and **Resolution:**, and no title over label lines such as The Problem and The Fix"
}

// take turns a layout's entries into drafts.
func (r *Report) take(l layout) {
	skipped := l.skipped
	for _, e := range l.entries {
		draft, left, ok := e.draft(r.File)
		if ok {
			r.Stories = append(r.Stories, draft)
		}
		skipped = append(skipped, left...)
	}
	for i := range skipped {
		skipped[i].File = r.File
	}
	slices.SortStableFunc(skipped, func(a, b Skipped) int { return cmp.Compare(a.Line, b.Line) })
	r.Skipped = skipped
	if len(r.Stories) == 0 {
		r.Why = fmt.Sprintf("of its %d entries none is a story, the first is %s", len(l.entries), l.entries[0].noStory())
	}
}

// base is the last element of a path of either kind.
func base(file string) string {
	return file[1+strings.LastIndexAny(file, `/\`):]
}

// decode gives the document's text with plain line ends and without a byte order
// mark.
func decode(data []byte) (string, error) {
	switch {
	case len(data) > MaxSize:
		return "", errors.New("the document is over 16 MiB, the most that is read")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "", errors.New("the document is UTF-16: save it as UTF-8")
	case bytes.IndexByte(data, 0) >= 0:
		return "", errors.New("the document is binary: it holds zero bytes")
	}
	content := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\uFEFF"))
	for i, line := range strings.Split(content, "\n") {
		if err := readable(line); err != nil {
			return "", fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return content, nil
}

// readable refuses a line that no person wrote.
func readable(line string) error {
	switch {
	case strings.ContainsFunc(line, binary):
		return errors.New("a control character: this is no text file")
	case !utf8.ValidString(line):
		return errors.New("not valid UTF-8: save the document as UTF-8")
	case nesting(line) > maxNesting:
		return fmt.Errorf("more than %d list or quote marks in a row", maxNesting)
	}
	return nil
}

func binary(r rune) bool {
	return r < ' ' && !unicode.IsSpace(r)
}

// nesting counts the marks that open a line: "> - 1. text" has three.
func nesting(line string) int {
	marks := 0
	for field := range strings.FieldsSeq(line) {
		quotes := strings.Count(field, ">")
		mark := strings.TrimLeft(strings.ReplaceAll(field, ">", ""), "0123456789")
		if strings.Trim(mark, "-*+.)") != "" || mark == "" && quotes == 0 {
			break
		}
		marks += quotes
		if mark != "" {
			marks++
		}
	}
	return marks
}
