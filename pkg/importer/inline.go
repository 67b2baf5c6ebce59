package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// prose is the text of one paragraph or heading with the marks that Markdown
// sees in it.
type prose struct {
	text  string // the block's lines, without what they are indented or quoted by
	words []span // what the tree takes for text or code: all else is marks
	lines []line
}

// span is a range of bytes of a prose's text.
type span struct{ start, end int }

// line is one line of a prose. A line break within emphasis ends none.
type line struct {
	span
	lead   span // the emphasised words that the line begins with
	strong bool // they are bold
	hard   bool // a hard line break ends the line
	at     int  // where the line begins in the document
}

// proseOf reads the inline nodes of a block.
func proseOf(block ast.Node, source []byte) prose {
	var p prose
	var starts, sizes []int // where each segment begins in the document, and in the text
	var content strings.Builder
	for i := range block.Lines().Len() {
		segment := block.Lines().At(i)
		starts, sizes = append(starts, segment.Start), append(sizes, content.Len())
		content.Write(source[segment.Start:segment.Stop])
	}
	p.text = content.String()
	place := func(offset int) int {
		i, found := slices.BinarySearch(starts, offset)
		if !found {
			i--
		}
		return min(sizes[max(i, 0)]+max(offset-starts[max(i, 0)], 0), len(p.text))
	}
	if len(starts) > 0 {
		p.read(block, place)
		for i := range p.lines {
			at, found := slices.BinarySearch(sizes, p.lines[i].start)
			if !found {
				at--
			}
			p.lines[i].at = starts[at]
		}
	}
	return p
}

// read finds the words and the lines of a block; place turns an offset in the
// document into one in the text.
func (p *prose) read(block ast.Node, place func(int) int) {
	current := line{}
	fresh := true
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		before := len(p.words)
		p.collect(n, place)
		if e, ok := n.(*ast.Emphasis); ok && fresh && len(p.words) > before {
			current.lead = span{p.words[before].start, p.words[len(p.words)-1].end}
			current.strong = e.Level > 1
			_, inner := e.FirstChild().(*ast.Emphasis)
			current.strong = current.strong || inner
		}
		fresh = fresh && len(p.words) > before && quotes(p.text[current.start:p.words[len(p.words)-1].end])
		if t, ok := n.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			current.end = p.nextLine(place(t.Segment.Stop))
			current.hard = t.HardLineBreak()
			p.lines = append(p.lines, current)
			current = line{span: span{start: current.end}}
			fresh = true
		}
	}
	current.end = len(p.text)
	p.lines = append(p.lines, current)
}

// quotes says whether nothing but opening quotes is in s.
func quotes(s string) bool { return strings.Trim(s, "\"“'‘> ") == "" }

func (p *prose) nextLine(from int) int {
	if i := strings.IndexByte(p.text[from:], '\n'); i >= 0 {
		return from + i + 1
	}
	return len(p.text)
}

// collect lists the words under n in their order.
func (p *prose) collect(n ast.Node, place func(int) int) {
	switch n := n.(type) {
	case *ast.Text:
		p.words = append(p.words, span{place(n.Segment.Start), place(n.Segment.Stop)})
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			p.words = append(p.words, span{place(s.Start), place(s.Stop)})
		}
	default:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			p.collect(c, place)
		}
	}
}

// clean gives the range's text as it is read aloud: without the marks of
// emphasis and the backslashes before signs, all else as the document has it.
func (p *prose) clean(r span) string {
	var b strings.Builder
	at := r.start
	first, _ := slices.BinarySearchFunc(p.words, r.start+1, func(w span, end int) int { return w.end - end })
	for _, w := range p.words[first:] {
		if w.start >= r.end {
			break
		}
		b.WriteString(marks(p.text[at:max(w.start, at)]))
		b.Write(util.UnescapePunctuations([]byte(p.text[max(w.start, at):w.end])))
		at = w.end
	}
	if at < r.end {
		b.WriteString(marks(p.text[at:r.end]))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// marks gives what stands between words less the marks of emphasis, which touch
// the words: the "](address)" of a link stays.
func marks(s string) string {
	return strings.ReplaceAll(strings.Trim(s, "*_"), "\\\n", "\n")
}

// all is the whole text.
func (p *prose) all() string { return p.clean(span{0, len(p.text)}) }

// label gives the label that a line opens with, whose text is said, and the rest
// of it: bold words that the table knows, or few words with a colon or in a
// paragraph of their own; without emphasis only words that the table knows.
func (p *prose) label(l line, said string) (label, rest string, strong bool) {
	if l.lead == (span{}) {
		label, rest = plainLabel(said)
		return label, rest, false
	}
	label = p.clean(l.lead)
	rest = p.clean(span{l.lead.end, l.end})
	open, size := utf8.DecodeRuneInString(rest)
	colon := strings.HasSuffix(label, ":") || strings.HasSuffix(label, "：") || open == ':' || open == '：'
	ends := colon || strings.HasSuffix(label, ".") || strings.HasSuffix(label, "?") && recognised(label) || rest == "" || strings.ContainsRune(".–—-=", open)
	if !ends || !recognised(label) && !((colon || rest == "" && len(p.lines) == 1) && short(label)) {
		label, rest = plainLabel(said)
		return label, rest, false
	}
	if strings.ContainsRune(":：.–—-=", open) && rest != "" {
		rest = strings.TrimLeft(rest[size:], ":：.–—-=> ")
	}
	return strings.TrimRight(strings.TrimSpace(label), ":：."), rest, true
}

// longestLabel is how many words a label may have that the table does not know.
const longestLabel = 4

// short says whether unknown words are few enough for a label.
func short(label string) bool {
	return len(strings.Fields(label)) <= longestLabel && strings.ContainsFunc(label, unicode.IsLetter)
}
