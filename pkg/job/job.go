// Package job reads a job description as people paste it: Markdown, plain text,
// a recruiter's letter, a page copied with its buttons. It finds the title, the
// company where that is plain, and each line with what it is: a duty, a must, a
// nice-to-have, something about the company, or nothing that matters for a match.
//
// It goes by layout (headings, bold lines, bullets, blank lines), by what the
// titles of sections are usually called, and by the few phrases that make a
// requirement optional. It does not know what a skill is; that is for
// the skill taxonomy, and what fits a line is for match.
package job

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/text"
)

// MaxSize is the longest posting that is read, in bytes (256 KiB): that of
// a book of a hundred pages.
const MaxSize = 256 << 10

// maxRows is the most lines of text that a posting has. A long one has 200.
const maxRows = 1_000

// Kind says what a line is to somebody who applies.
type Kind string

// The kinds of a line.
const (
	Duty  Kind = "duty"  // what one would do
	Must  Kind = "must"  // what one has to bring
	Nice  Kind = "nice"  // what is welcome and not required
	About Kind = "about" // the company, its product, how it hires: tools are named in passing
	Other Kind = "other" // benefits, equal opportunity, place, pay, how to apply
)

// Description is a job description taken apart.
type Description struct {
	Title   string // "" where none is plain
	Company string // "" where none is plain
	Lines   []Line // in the posting's order
}

// Line is one bullet, one sentence of prose, or the part of one that has a kind
// of its own ("…, Terraform is a plus").
type Line struct {
	Text    string // the posting's words, without marks of layout
	Kind    Kind
	Section string // the title it stands under, "" before the first
}

// Of gives the lines of that kind in order.
func (d Description) Of(kind Kind) []Line {
	var out []Line
	for _, l := range d.Lines {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// Parse takes a posting apart. It fails on what is no text, on an empty text and
// on one over MaxSize.
func Parse(posting string) (Description, error) {
	if err := check(posting); err != nil {
		return Description{}, err
	}
	rows := readRows(posting)
	if len(rows) > maxRows {
		return Description{}, errRows
	}
	title, company, rows := head(rows)
	d := Description{Title: title, Company: company}
	r := reader{rows: rows}
	for i := range rows {
		d.Lines = append(d.Lines, r.read(i)...)
	}
	if d.Title == "" && len(d.Lines) == 0 {
		return Description{}, errEmpty
	}
	return d, nil
}

var (
	errEmpty = errors.New("the job description is empty")
	errRows  = errors.New("the job description has over 1,000 lines of text, the most that are read")
)

func check(s string) error {
	if len(s) > MaxSize {
		return errors.New("the job description is over 256 KiB, the most that is read")
	}
	if strings.HasPrefix(s, "%PDF-") {
		return errors.New("the job description is a PDF, not text")
	}
	if !utf8.ValidString(s) || bytes.IndexByte([]byte(s), 0) >= 0 {
		return errors.New("the job description is not text (UTF-8)")
	}
	if strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return errEmpty
	}
	return nil
}

// section is an open section: its title, how deep it stands and its kind ("" where
// the title does not tell).
type section struct {
	title string
	level int
	kind  Kind
}

// reader walks down the rows and keeps the sections that are open.
type reader struct {
	rows   []row
	open   []section
	items  int  // items of a list since the section's title
	known  bool // a section's title has told its kind
	wanted bool // a sentence outside such sections has spoken to the reader
	closed bool // prose after the list: the section's title no longer holds
}

// read gives the lines of row i, none where it is a title.
func (r *reader) read(i int) []Line {
	row := r.rows[i]
	if title, level, ok := heading(r.rows, i); ok {
		r.enter(title, level, strings.HasSuffix(row.text, ":") && bulletAt(r.rows, i+1))
		return nil
	}
	if label, rest, ok := labelled(row); ok {
		if isFact(label) {
			r.closed = r.closed || r.items > 1
			return []Line{{Text: row.text, Kind: Other, Section: r.top().title}}
		}
		r.enter(label, levelLabel, false)
		return r.lines(row.with(rest), r.top().kind)
	}
	r.follow(row, i)
	kind := r.top().kind
	if r.closed {
		kind = ""
	}
	return r.lines(row, kind)
}

func (r *reader) top() section {
	if len(r.open) == 0 {
		return section{}
	}
	return r.open[len(r.open)-1]
}

// enter opens a section. One whose title does not tell takes the kind of the
// section above it; so does "Languages:" before bullets under "Requirements".
func (r *reader) enter(title string, level int, before bool) {
	kind, known := titleKind(title)
	r.known = r.known || known
	if top := r.top(); !known && before && !r.closed {
		kind = top.kind
	}
	for len(r.open) > 0 && r.top().level >= level {
		r.open = r.open[:len(r.open)-1]
	}
	if !known && kind == "" {
		kind = r.top().kind
	}
	r.open = append(r.open, section{title, level, kind})
	r.items, r.closed = 0, false
}

// follow counts the items of a section's list, and closes the section at prose
// that stands apart after the list: a posting's last words are seldom wishes.
func (r *reader) follow(row row, i int) {
	prose := row.mark == plain && len(strings.Fields(row.text)) > 8 && endsSentence(row.text)
	switch {
	case !prose:
		r.items++
	case row.gap && (r.items > 1 || r.top().level == levelLabel) && !bulletAt(r.rows, i+1):
		r.closed = true
	}
}

// lines gives a row as lines: a bullet whole, prose by the sentence, both split
// where a part of them is optional.
func (r *reader) lines(row row, kind Kind) []Line {
	parts := []string{row.text}
	if row.mark != bullet || kind == "" || kind == Must {
		parts = sentences(row.text)
	}
	var out []Line
	for _, p := range parts {
		for _, c := range clauses(p) {
			out = append(out, Line{Text: c.text, Kind: r.kindOf(c, kind, row.mark == bullet), Section: r.top().title})
		}
	}
	return out
}

func sentences(s string) []string {
	var out []string
	for _, sp := range text.Sentences(s) {
		out = append(out, sp.Of(s))
	}
	return out
}

// kindOf is what a clause is, given its section's kind.
func (r *reader) kindOf(c clause, section Kind, bulleted bool) Kind {
	words := text.Words(c.text)
	switch {
	case section == "" || section == About:
		kind := loose(c, words, section)
		if kind == About && section == "" && (bulleted || r.wanted && !r.known) {
			kind = Duty
		}
		r.wanted = r.wanted || kind != About && kind != Other
		return kind
	case !bulleted && len(words) > 0 && slices.Contains(offering, words[0]) && holds(words, benefitPhrases):
		return Other
	case c.nice && section != Other:
		return Nice
	}
	return section
}

// loose is what a clause is by its own words, where the section's title does not
// tell or is about the company.
func loose(c clause, words []string, section Kind) Kind {
	switch {
	case holds(words, benefitPhrases) || count(words, protected) > 1:
		return Other
	case c.nice:
		return Nice
	case holds(words, wantPhrases) || section == "" && holds(words, bringPhrases):
		return Must
	case section == "" && holds(words, dutyPhrases):
		return Duty
	}
	return About
}

// offering begins a sentence in which the company speaks of what it gives.
var offering = []string{"we", "our", "benefits", "perks", "salary", "pay", "compensation"}

// holds says whether one of the phrases stands in words.
func holds(words, phrases []string) bool {
	all := " " + strings.Join(words, " ") + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(all, " "+p+" ") })
}

// count says how many of words are among the given ones.
func count(words, among []string) int {
	n := 0
	for _, w := range words {
		if slices.Contains(among, w) {
			n++
		}
	}
	return n
}
