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
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// MaxSize is the largest document that is read, in bytes (4 MiB): the notes of a
// working life have less.
const MaxSize = 4 << 20

// What no document of a person has: longer lines (2 MiB), of which a picture that is
// written as text makes the longest, and more of them.
const (
	maxLine  = 2 << 20
	maxLines = 200_000
)

// maxNesting is how many list and quote marks may open one line. Nobody writes
// more, and the time that Markdown's rules take grows with their square.
const maxNesting = 100

// Report is what one document holds.
type Report struct {
	File     string    // the document's base name
	Strategy string    // the layout that most stories have; "" where there are none
	Evidence string    // how many stories have which layout
	English  bool      // the stories look like English, which is what prep understands
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

// Strategy is one layout of documents, as --strategy and a report name it.
type Strategy struct {
	Name string
	Text string // what a document of the layout looks like
}

// Strategies lists the layouts, in the order of a report.
func Strategies() []Strategy {
	return []Strategy{
		{layoutLabels, "a heading per story over bold labels"},
		{layoutHeadings, "a heading per story over headings that are labels"},
		{layoutDetails, "a <details> per story"},
		{layoutTable, "a table per story"},
		{layoutRows, "a table's row per story"},
		{layoutNested, "a bullet per story over nested bullets"},
		{layoutLines, "plain text, a title line per story"},
		{layoutDated, "a log, a dated line per story"},
		{layoutPrinciples, "stories under the principle that they show"},
		{layoutProjects, "a heading per story, prose or bullets without labels"},
		{layoutBullets, "a bullet per story under a year or a category"},
	}
}

// layout is a document taken apart: what may be a story, and what cannot.
type layout struct {
	entries []entry
	skipped []Skipped
}

// Read takes a document apart, whose name is file (a path is cut to its base
// name), by the layouts that it shows; strategy names the one layout to look for
// instead, "" for none. The error says why the bytes are no text that can be read,
// or that there is no such strategy; a text without stories is no error, its
// Report says why.
func Read(file string, data []byte, strategy string) (Report, error) {
	r := Report{File: base(file)}
	if strategy != "" && !slices.ContainsFunc(Strategies(), func(s Strategy) bool { return s.Name == strategy }) {
		return r, fmt.Errorf("no strategy %q", strategy)
	}
	content, err := decode(data)
	if err != nil {
		return r, err
	}
	if strategy == "" {
		if known, ok, err := readKnown(r.File, content); ok || err != nil {
			return known, err
		}
	}
	r.take(best(r.File, content, strategy))
	if len(r.Stories) == 0 && r.Why == "" {
		r.Why = noLayout(content)
	}
	return r, nil
}

// best reads a document as the kind of text that its name says; where that gives
// nothing and the lines say nothing else, as the other kind.
func best(file, content, strategy string) *layout {
	name := strings.ToLower(file)
	named := strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".markdown") || strings.HasSuffix(name, ".mdx")
	signs := len(markdownSigns().FindAllStringIndex(content, 3))
	readers := []func(*document) ([]*section, []Skipped){readMarkdown, readPlain}
	if !named && signs < 2 || strategy == layoutLines {
		slices.Reverse(readers)
	}
	l := readWith(readers[0], file, content, strategy)
	if l.stories() > 0 || (named && signs > 0 || signs > 1) && strategy != layoutLines {
		return l
	}
	if other := readWith(readers[1], file, content, strategy); other.stories() > 0 {
		return other
	}
	return l
}

func readWith(read func(*document) ([]*section, []Skipped), file, content, strategy string) *layout {
	content, settings := frontMatter(content)
	sections, skipped := read(newDocument(content))
	f := newFinder(file, sections)
	f.only = strategy
	f.find()
	l := f.layout()
	l.skipped = append(append(l.skipped, skipped...), settings...)
	return l
}

// markdownSigns are lines that only Markdown has.
var markdownSigns = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?m)^(?:#{1,6} \\S|\\*\\*\\S|```|<details|\\|.*\\|\\s*$)")
})

// stories counts the entries that are stories.
func (l *layout) stories() int {
	n := 0
	for _, e := range l.entries {
		if e.noStory() == "" {
			n++
		}
	}
	return n
}

func noLayout(content string) string {
	if strings.TrimSpace(content) == "" {
		return "the document is empty"
	}
	return "no heading, bullet, table row or dated line in it tells of something that happened: prep looks for labels such as Problem, Action and Result, for projects and years, and for texts in the past tense"
}

// take turns a layout's entries into drafts.
func (r *Report) take(l *layout) {
	skipped := l.skipped
	count := map[string]int{}
	first := ""
	for _, e := range l.entries {
		draft, left, ok := e.draft(r.File)
		if ok {
			r.Stories = append(r.Stories, draft)
			count[e.layout]++
		} else if first == "" {
			first = e.noStory()
		}
		skipped = append(skipped, left...)
	}
	for i := range skipped {
		skipped[i].File = r.File
	}
	slices.SortStableFunc(r.Stories, func(a, b Draft) int { return cmp.Compare(a.Line, b.Line) })
	slices.SortStableFunc(skipped, func(a, b Skipped) int { return cmp.Compare(a.Line, b.Line) })
	r.Skipped = skipped
	r.Strategy, r.Evidence = evidence(count)
	if len(r.Stories) == 0 && len(l.entries) > 0 {
		r.Why = fmt.Sprintf("of its %d entries none is a story, the first is %s", len(l.entries), first)
	}
	r.English = english(r.Stories)
}

// evidence names the layout that most stories have, and says how many have which.
func evidence(count map[string]int) (strategy, text string) {
	var said []string
	for _, s := range Strategies() {
		if n := count[s.Name]; n > 0 {
			said = append(said, fmt.Sprintf("%s: %d", s.Text, n))
			if n > count[strategy] {
				strategy = s.Name
			}
		}
	}
	return strategy, strings.Join(said, "; ")
}

// english says whether the stories look like English, of which none does.
func english(drafts []Draft) bool {
	var words []string
	for _, d := range drafts {
		for _, field := range story.TextFields {
			words = append(words, text.Words(d.Story.Text(field).String())...)
		}
	}
	return text.English(words)
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
		return "", errors.New("the document is over 4 MiB, the most that is read: split it")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "", errors.New("the document is UTF-16: save it as UTF-8")
	case bytes.IndexByte(data, 0) >= 0:
		return "", errors.New("the document is binary: it holds zero bytes")
	}
	content := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\uFEFF"))
	for i, line := range strings.Split(content, "\n") {
		if i == maxLines {
			return "", errors.New("the document has over 200,000 lines, the most that are read: split it")
		}
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
	case len(line) > maxLine:
		return errors.New("over 2 MiB, the most of one line")
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
