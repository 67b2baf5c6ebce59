package importer

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// document is a text, and what the strategies see in it: for Markdown the
// sections of its tree, for plain text its label lines.
type document struct {
	source   []byte
	lines    []int // where each line begins
	sections func() ([]*section, []Skipped)
	ruled    func() ruled
}

func newDocument(content string) *document {
	d := &document{source: []byte(content), lines: []int{0}}
	for i, b := range d.source {
		if b == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	d.sections = sync.OnceValues(d.readSections)
	d.ruled = sync.OnceValue(d.readRuled)
	return d
}

// lineAt is the number of the line, from 1, that holds the byte at offset.
func (d *document) lineAt(offset int) int {
	return sort.SearchInts(d.lines, offset+1)
}

// line is a line's text by its number.
func (d *document) line(n int) string {
	end := len(d.source)
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	return string(d.source[d.lines[n-1]:end])
}

// section is a heading and what stands under it up to the next heading.
type section struct {
	heading string
	level   int // 0 for what stands before the first heading
	line    int
	parts   []part
	fate    fate
}

type fate int

const (
	outside fate = iota // no part of a story
	opens               // a story
	belongs             // part of the story above
)

// fields is how many labels of the section name a field of prose.
func (s *section) fields() int {
	n := 0
	for _, p := range s.parts {
		if isField(p.label) {
			n++
		}
	}
	return n
}

// begins says whether the section has a label that a story begins with.
func (s *section) begins() bool { return entry{parts: s.parts}.labels(begins) }

// empty says whether nothing stands under the heading.
func (s *section) empty() bool {
	return !slices.ContainsFunc(s.parts, func(p part) bool { return len(p.items) > 0 })
}

// detectBold counts the headings that stand over bold labels.
func detectBold(d *document) evidence {
	e := evidence{}
	var first []string
	sections, _ := d.sections()
	for _, s := range sections {
		if s.level == 0 || s.fields() == 0 {
			continue
		}
		if e.count++; len(first) == 0 {
			for _, p := range s.parts {
				first = append(first, p.label)
			}
		}
	}
	e.text = fmt.Sprintf("headings over bold labels: %d, the first over %s", e.count, strings.Trim(strings.Join(first, ", "), ", "))
	return e
}

// readBold makes an entry of each heading that stands over bold labels.
func readBold(d *document) layout {
	sections, skipped := d.sections()
	decide(sections)
	l := layout{skipped: skipped}
	for _, s := range sections {
		e := entry{heading: s.heading, line: s.line, parts: s.parts}
		switch s.fate {
		case opens:
			l.entries = append(l.entries, e)
		case belongs:
			last := &l.entries[len(l.entries)-1]
			last.parts = append(last.parts, under(e)...)
		case outside:
			l.skipped = append(l.skipped, e.skip(skippedOutside)...)
		}
	}
	return l
}

// under makes a heading within a story a label.
func under(e entry) []part {
	p := part{label: e.heading, line: e.line}
	if len(e.parts) > 0 && e.parts[0].label == "" {
		p.items, e.parts = e.parts[0].items, e.parts[1:]
	}
	return append([]part{p}, e.parts...)
}

// decide says of each section whether it is a story or part of one.
func decide(sections []*section) {
	for i := 0; i < len(sections); {
		below := subtree(sections, i)
		if s := sections[i]; s.level == 0 || s.fields() == 0 || s.fields() == 1 && slices.ContainsFunc(below, (*section).begins) {
			i++
			continue
		}
		sections[i].fate = opens
		i++
		for len(below) > 0 && !below[0].begins() {
			below[0].fate = belongs
			below = below[1:]
			i++
		}
	}
	for i := range sections {
		if between(sections, i) {
			sections[i].fate = opens
		}
	}
}

// subtree is the sections under section i.
func subtree(sections []*section, i int) []*section {
	end := i + 1
	for end < len(sections) && sections[end].level > sections[i].level {
		end++
	}
	return sections[i+1 : end]
}

// method opens the heading of a section that tells how to use the document.
var method = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:how to|overview|index|(?:table of )?contents|template|legend|format|notes? on|about)\b`)
})

// between says whether section i, though it has no label, is told as a story
// like its neighbours before and after.
func between(sections []*section, i int) bool {
	s := sections[i]
	if s.fate != outside || s.empty() || s.level == 0 || method().MatchString(s.heading) || len(subtree(sections, i)) > 0 {
		return false
	}
	return neighbour(sections, i, -1) && neighbour(sections, i, +1)
}

// neighbour says whether the next section of the same level in a direction,
// under the same heading, is a story.
func neighbour(sections []*section, i, step int) bool {
	for j := i + step; j >= 0 && j < len(sections) && sections[j].level >= sections[i].level; j += step {
		if sections[j].level == sections[i].level {
			return sections[j].fate == opens
		}
	}
	return false
}

// readSections cuts the document at its headings, and lists what holds no text.
func (d *document) readSections() ([]*section, []Skipped) {
	tree := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	).Parse(text.NewReader(d.source))
	r := reader{document: d, seen: make([]bool, len(d.lines)+1)}
	r.sections = []*section{{line: 1}}
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			r.heading(h)
		} else {
			r.block(n)
		}
	}
	r.unseen()
	return r.sections, r.skipped
}

// reader walks the tree of a document.
type reader struct {
	*document
	sections []*section
	skipped  []Skipped
	seen     []bool // by line number: whether its text has been read
}

func (r *reader) heading(h *ast.Heading) {
	p := proseOf(h, r.source)
	r.see(h)
	r.sections = append(r.sections, &section{heading: p.all(), level: h.Level, line: r.lineOf(h)})
}

// block reads one block at the top of the document: paragraphs open labels, all
// else belongs to the label above.
func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		if rows := r.table(n); rows != nil {
			r.add(rows...)
			return
		}
		r.paragraph(n)
	case *ast.ThematicBreak:
		// What follows a rule belongs to no label above it.
		if s := r.current(); len(s.parts) > 0 {
			s.parts = append(s.parts, part{line: r.lineOf(n)})
		}
	default:
		r.add(r.items(n, false)...)
	}
}

func (r *reader) current() *section { return r.sections[len(r.sections)-1] }

// add gives items to the label above, or to none where there is none.
func (r *reader) add(items ...item) {
	s := r.current()
	if len(items) == 0 {
		return
	}
	if len(s.parts) == 0 {
		s.parts = append(s.parts, part{line: items[0].line})
	}
	last := &s.parts[len(s.parts)-1]
	last.items = append(last.items, items...)
}

// paragraph reads a paragraph, each of whose lines may open a label.
func (r *reader) paragraph(n ast.Node) {
	p := proseOf(n, r.source)
	r.see(n)
	var text paragraphs
	fresh := true
	for _, l := range p.lines {
		at := r.lineAt(l.at)
		label, rest := p.label(l)
		if label != "" {
			r.add(text.close()...)
			text, fresh = paragraphs{}, true
			s := r.current()
			s.parts = append(s.parts, part{label: label, line: at})
		} else {
			rest = p.clean(l.span)
		}
		if rest != "" {
			text.add(item{text: rest, line: at}, fresh)
			fresh = l.hard
		}
	}
	r.add(text.close()...)
}

// items reads a block, with all blocks in it, as items.
func (r *reader) items(n ast.Node, bullet bool) []item {
	at := r.lineOf(n)
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		if rows := r.table(n); rows != nil {
			return rows
		}
		return r.pieces(n, bullet)
	case *ast.FencedCodeBlock:
		r.see(n)
		return []item{{text: r.fenced(n), line: at}}
	case *ast.CodeBlock:
		r.see(n)
		return []item{{text: strings.TrimRight(r.raw(n), "\n"), line: at}}
	case *ast.HTMLBlock:
		return r.html(n)
	case *ast.LinkReferenceDefinition:
		return nil // r.unseen lists it
	}
	var out []item
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		_, isItem := n.(*ast.ListItem)
		out = append(out, r.items(c, isItem || bullet)...)
	}
	return out
}

// pieces are the texts of a paragraph between its hard line breaks.
func (r *reader) pieces(n ast.Node, bullet bool) []item {
	r.see(n)
	p := proseOf(n, r.source)
	var text paragraphs
	fresh := true
	for _, l := range p.lines {
		if s := p.clean(l.span); s != "" {
			text.add(item{text: s, line: r.lineAt(l.at), bullet: bullet}, fresh)
			fresh = l.hard
		}
	}
	return text.close()
}

// fenced gives a piece of code with its fences.
func (r *reader) fenced(n *ast.FencedCodeBlock) string {
	info := ""
	if n.Info != nil {
		info = string(n.Info.Segment.Value(r.source))
		r.seen[r.lineAt(n.Info.Segment.Start)] = true
	}
	return "```" + info + "\n" + r.raw(n) + "```"
}

func (r *reader) raw(n ast.Node) string {
	return string(n.Lines().Value(r.source))
}

// html gives a block of HTML as it stands; a comment is no text.
func (r *reader) html(n *ast.HTMLBlock) []item {
	r.see(n)
	raw := r.raw(n)
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(r.source))
		r.seen[r.lineAt(n.ClosureLine.Start)] = true
	}
	it := item{text: strings.TrimSpace(raw), line: r.lineOf(n)}
	if strings.HasPrefix(it.text, "<!--") && strings.HasSuffix(it.text, "-->") {
		r.skipped = append(r.skipped, Skipped{Line: it.line, Text: it.text, Reason: skippedMarkup})
		return nil
	}
	return []item{it}
}

// delimiters is the second row of a table.
var delimiters = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
})

// table gives the rows of a table, which the tree has as a paragraph, as they
// stand; nil where the paragraph is none.
func (r *reader) table(n ast.Node) []item {
	lines := n.Lines()
	if lines.Len() < 2 || !strings.Contains(r.text(lines.At(0)), "|") || !delimiters().MatchString(r.text(lines.At(1))) {
		return nil
	}
	r.see(n)
	var rows []item
	for i := range lines.Len() {
		if row := r.text(lines.At(i)); i != 1 {
			rows = append(rows, item{text: row, line: r.lineAt(lines.At(i).Start)})
		}
	}
	return rows
}

func (r *reader) text(s text.Segment) string { return strings.TrimSpace(string(s.Value(r.source))) }

// see notes that a block's lines have been read.
func (r *reader) see(n ast.Node) {
	for i := range n.Lines().Len() {
		r.seen[r.lineAt(n.Lines().At(i).Start)] = true
	}
}

// lineOf is the number of a block's first line.
func (r *reader) lineOf(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return r.lineAt(n.Lines().At(0).Start)
	}
	return r.lineAt(max(n.Pos(), 0))
}

// unseen lists the lines of which the tree holds no text, such as the address of
// a link that is named elsewhere.
func (r *reader) unseen() {
	for n := 1; n <= len(r.lines); n++ {
		if s := r.line(n); !r.seen[n] && strings.ContainsFunc(s, isWord) {
			r.skipped = append(r.skipped, Skipped{Line: n, Text: strings.TrimSpace(s), Reason: skippedMarkup})
		}
	}
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
