package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// readMarkdown cuts a document at its headings, and lists what holds no text.
func readMarkdown(d *document) ([]*section, []Skipped) {
	r := reader{document: d, seen: make([]bool, len(d.lines)+1)}
	r.sections = []*section{{line: 1}}
	r.parse()
	r.unseen()
	return promote(r.sections), r.skipped
}

// reader walks the tree of a document.
type reader struct {
	*document
	sections []*section
	skipped  []Skipped
	seen     []bool // by line number: whether its text has been read
	company  string // of the last comment that names one
	open     []int  // the levels of the sections around the open <details>
	deep     int    // how many pieces of HTML this one is read out of
}

// parse reads the document's blocks in turn.
func (r *reader) parse() {
	tree := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
	).Parse(text.NewReader(r.source))
	var bullets []block
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*ast.List); ok {
			bullets = append(bullets, r.bullets(list)...)
			continue
		}
		r.add(nest(bullets)...)
		bullets = nil
		r.block(n)
	}
	r.add(nest(bullets)...)
}

// block reads one block at the top of the document that is no list.
func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.HTMLBlock:
		r.html(n)
	default:
		r.add(r.blocks(n)...)
	}
}

func (r *reader) heading(h *ast.Heading) {
	p := proseOf(h, r.source)
	r.see(h)
	r.section(&section{heading: p.all(), level: h.Level, line: r.lineOf(h)})
}

func (r *reader) section(s *section) {
	s.company = r.company
	r.sections = append(r.sections, s)
}

func (r *reader) current() *section { return r.sections[len(r.sections)-1] }

func (r *reader) add(blocks ...block) {
	s := r.current()
	s.blocks = append(s.blocks, blocks...)
}

// blocks reads one block, with all blocks in it.
func (r *reader) blocks(n ast.Node) []block {
	at := r.lineOf(n)
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		if t, ok := r.table(n); ok {
			return []block{t}
		}
		return r.pieces(n)
	case *ast.FencedCodeBlock:
		r.see(n)
		return []block{{kind: code, text: r.fenced(n), line: at}}
	case *ast.CodeBlock:
		r.see(n)
		return []block{{kind: code, text: strings.TrimRight(r.raw(n), "\n"), line: at}}
	case *ast.HTMLBlock:
		return r.markup(n)
	case *ast.ThematicBreak:
		return []block{{kind: rule, line: at}}
	case *ast.List:
		return nest(r.bullets(n))
	case *ast.LinkReferenceDefinition:
		return nil // r.unseen lists it
	}
	return r.under(n)
}

// under reads the blocks in a block.
func (r *reader) under(n ast.Node) []block {
	var out, bullets []block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if list, ok := c.(*ast.List); ok {
			bullets = append(bullets, r.bullets(list)...)
			continue
		}
		out = append(append(out, nest(bullets)...), r.blocks(c)...)
		bullets = nil
	}
	return append(out, nest(bullets)...)
}

// bullets reads a list's items: the first piece of text is the bullet's own, all
// else hangs under it.
func (r *reader) bullets(list *ast.List) []block {
	var out []block
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		parts := r.under(n)
		if len(parts) == 0 {
			continue
		}
		b := block{kind: bullet, line: parts[0].line}
		switch parts[0].kind {
		case paragraph:
			b, parts = parts[0], parts[1:]
			b.kind = bullet
		case bullet: // "- - text": two marks for one bullet
			b, parts = parts[0], append(parts[0].below, parts[1:]...)
		}
		b.number = list.IsOrdered()
		b.indent = columns(r.line(r.lineOf(n)))
		b.below = parts
		out = append(out, b)
	}
	return out
}

// columns is how wide the space at the beginning of a line is.
func columns(line string) int {
	n := 0
	for _, c := range line {
		switch c {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// nest hangs each bullet under the one before it that stands further left:
// Markdown wants two columns or more for that, people take one.
func nest(bullets []block) []block {
	var out []block
	for i := 0; i < len(bullets); {
		b := bullets[i]
		end := i + 1
		for end < len(bullets) && bullets[end].indent > b.indent {
			end++
		}
		b.below = append(b.below, nest(bullets[i+1:end])...)
		out = append(out, b)
		i = end
	}
	return out
}

// pieces cuts a paragraph at its labels, at hard line breaks and behind bold
// lines.
func (r *reader) pieces(n ast.Node) []block {
	r.see(n)
	p := proseOf(n, r.source)
	var out []block
	var text []string
	var at block
	closeBlock := func() {
		if len(text) > 0 {
			at.text = strings.Join(text, " ")
			if at.label != "" {
				at.rest = strings.Join(append([]string{at.rest}, text[1:]...), " ")
			}
			out = append(out, at)
		}
		text, at = nil, block{}
	}
	for _, l := range p.lines {
		said := p.clean(l.span)
		if said == "" {
			continue
		}
		label, rest, strong := p.label(l, said)
		alone := l.strong && p.clean(l.lead) == said
		if label != "" || alone || len(text) == 0 {
			closeBlock()
			at = block{line: r.lineAt(l.at), label: label, rest: rest, strong: strong, bold: alone}
		}
		text = append(text, said)
		if l.hard || alone {
			closeBlock()
		}
	}
	closeBlock()
	return out
}

// fenced gives a piece of code with its fences.
func (r *reader) fenced(n *ast.FencedCodeBlock) string {
	info := ""
	if n.Info != nil {
		info = string(n.Info.Segment.Value(r.source))
		r.seen[r.place(n.Info.Segment.Start)] = true
	}
	return "```" + info + "\n" + r.raw(n) + "```"
}

func (r *reader) raw(n ast.Node) string {
	return string(n.Lines().Value(r.source))
}

// markup gives a block of HTML as it stands; a comment is no text.
func (r *reader) markup(n *ast.HTMLBlock) []block {
	raw := strings.TrimSpace(r.closed(n))
	if strings.HasPrefix(raw, "<!--") && strings.HasSuffix(raw, "-->") {
		r.comment(raw, r.lineOf(n))
		return nil
	}
	return []block{{text: raw, line: r.lineOf(n)}}
}

// closed is a block of HTML with the line that ends it.
func (r *reader) closed(n *ast.HTMLBlock) string {
	r.see(n)
	raw := r.raw(n)
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(r.source))
		r.seen[r.place(n.ClosureLine.Start)] = true
	}
	return raw
}

// companyNote is a comment that says where the stories below it happened.
var companyNote = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)^<!--\s*(?:company|employer|client)\s*:\s*(.*?)\s*-->$`)
})

func (r *reader) comment(raw string, line int) {
	if m := companyNote().FindStringSubmatch(raw); m != nil {
		r.company = labelNote().ReplaceAllString(m[1], "")
	}
	r.skipped = append(r.skipped, Skipped{Line: line, Text: raw, Reason: skippedMarkup})
}

// tags are the pieces of HTML that open and close what can be folded.
var tags = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)</?details\b[^<>]*>|<summary\b[^<>]*>(.*?)</summary\s*>`)
})

// html reads a block of HTML at the top of the document: a <details> is a
// section, what stands in the block behind its summary is Markdown.
func (r *reader) html(n *ast.HTMLBlock) {
	found := tags().FindAllStringSubmatchIndex(r.raw(n), -1)
	if len(found) == 0 || r.deep > 0 {
		r.add(r.markup(n)...)
		return
	}
	raw, at, line := r.closed(n), 0, r.lineOf(n)
	for _, m := range found {
		r.inner(raw[at:m[0]], line+strings.Count(raw[:at], "\n"))
		at = m[1]
		where := line + strings.Count(raw[:m[0]], "\n")
		switch tag := strings.ToLower(raw[m[0]:m[1]]); {
		case strings.HasPrefix(tag, "</"):
			r.unfold(where)
		case m[2] >= 0:
			r.fold(raw[m[2]:m[3]], where)
		}
	}
	r.inner(raw[at:], line+strings.Count(raw[:at], "\n"))
}

// deepest is how many <details> may stand in each other and each be a level.
const deepest = 6

// fold opens the section of a <details>.
func (r *reader) fold(summary string, line int) {
	level := 0
	for i := len(r.sections) - 1; i >= 0 && level == 0; i-- {
		if r.sections[i].origin != details {
			level = r.sections[i].level
		}
	}
	level += 1 + min(len(r.open), deepest)
	r.open = append(r.open, level)
	heading := entities.Replace(strings.Join(strings.Fields(tagMarks().ReplaceAllString(summary, "")), " "))
	r.section(&section{heading: heading, level: level, line: line, origin: details})
}

// unfold ends it: what follows belongs to no section of its own.
func (r *reader) unfold(line int) {
	if n := len(r.open); n > 0 {
		r.section(&section{level: r.open[n-1], line: line, origin: details})
		r.open = r.open[:n-1]
	}
}

// entities are the signs that HTML writes in letters.
var entities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&nbsp;", " ")

var tagMarks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)</?(?:a|b|strong|i|em|u|code|span|h[1-6]|br|p|font|small)\b[^<>]*>`)
})

// inner reads a piece of a block of HTML as Markdown.
func (r *reader) inner(piece string, line int) {
	if strings.TrimSpace(piece) == "" {
		return
	}
	d := newDocument(piece)
	d.first = line - 1
	in := reader{document: d, seen: make([]bool, len(d.lines)+1), company: r.company, deep: r.deep + 1, sections: []*section{{}}}
	in.parse()
	in.unseen()
	r.skipped = append(r.skipped, in.skipped...)
	r.add(in.sections[0].blocks...)
	for _, s := range in.sections[1:] {
		s.level += r.current().level
		r.section(s)
	}
}

// delimiters is the second row of a table.
var delimiters = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
})

// table reads a table, which the tree has as a paragraph.
func (r *reader) table(n ast.Node) (block, bool) {
	lines := n.Lines()
	if lines.Len() < 2 || !strings.Contains(r.text(lines.At(0)), "|") || !delimiters().MatchString(r.text(lines.At(1))) {
		return block{}, false
	}
	r.see(n)
	b := block{kind: table, line: r.lineOf(n)}
	for i := range lines.Len() {
		if raw := r.text(lines.At(i)); i != 1 {
			b.rows = append(b.rows, row{cells: cells(raw), text: raw, line: r.lineAt(lines.At(i).Start)})
		}
	}
	return b, true
}

// cells cuts a table's row at its bars, and reads each cell as Markdown.
func cells(raw string) []string {
	raw = strings.TrimPrefix(raw, "|")
	if strings.HasSuffix(raw, "|") && !strings.HasSuffix(raw, `\|`) {
		raw = strings.TrimSuffix(raw, "|")
	}
	var out []string
	for cell := range strings.SplitSeq(strings.ReplaceAll(raw, `\|`, "\x00"), "|") {
		out = append(out, inline(strings.ReplaceAll(strings.TrimSpace(cell), "\x00", `\|`)))
	}
	return out
}

// inline reads one line of Markdown.
func inline(s string) string {
	if !strings.ContainsAny(s, "*_\\`[<") {
		return s
	}
	source := []byte(s)
	tree := parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(inlineParsers()...),
	).Parse(text.NewReader(source))
	if p, ok := tree.FirstChild().(*ast.Paragraph); ok {
		prose := proseOf(p, source)
		return prose.all()
	}
	return s
}

func (r *reader) text(s text.Segment) string { return strings.TrimSpace(string(s.Value(r.source))) }

// see notes that a block's lines have been read.
func (r *reader) see(n ast.Node) {
	for i := range n.Lines().Len() {
		r.seen[r.place(n.Lines().At(i).Start)] = true
	}
}

// lineOf is the number of a block's first line.
func (r *reader) lineOf(n ast.Node) int {
	for c := n; c != nil; c = c.FirstChild() {
		if c.Type() == ast.TypeBlock && c.Lines().Len() > 0 {
			return r.lineAt(c.Lines().At(0).Start)
		}
	}
	return r.lineAt(max(n.Pos(), 0))
}

// unseen lists the lines of which the tree holds no text, such as the address of
// a link that is named elsewhere.
func (r *reader) unseen() {
	for n := 1; n <= len(r.lines); n++ {
		if s := r.raws(n); !r.seen[n] && strings.ContainsFunc(s, isWord) {
			r.skipped = append(r.skipped, Skipped{Line: r.first + n, Text: strings.TrimSpace(s), Reason: skippedMarkup})
		}
	}
}

// frontMatter takes the block of settings off a document's head, and keeps its
// lines empty.
func frontMatter(content string) (rest string, skipped []Skipped) {
	mark, _, _ := strings.Cut(content, "\n")
	mark = strings.TrimRight(mark, " \t")
	if mark != "---" && mark != "+++" {
		return content, nil
	}
	lines := strings.Split(content, "\n")
	end := slices.IndexFunc(lines[1:], func(s string) bool { return strings.TrimRight(s, " \t") == mark }) + 1
	if end == 0 || mark == "---" && !settings().MatchString(lines[1]) {
		return content, nil
	}
	for i, line := range lines[:end+1] {
		if strings.ContainsFunc(line, isWord) {
			skipped = append(skipped, Skipped{Line: i + 1, Text: strings.TrimSpace(line), Reason: skippedSettings})
		}
		lines[i] = ""
	}
	return strings.Join(lines, "\n"), skipped
}

// settings is a line of a front matter.
var settings = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:[\w.-]+\s*:|#|$)`) })
