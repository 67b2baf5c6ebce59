package importer

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// This file reads the two kinds of Markdown whose form is known: career-ops' story
// bank, and what prep itself has exported. There nothing is guessed: a label is a
// key, a line break is a line break, and a text is taken to the letter.

// exported is the comment that prep writes over stories in Markdown.
const exported = "<!-- prep export:"

// themed is a heading of a story bank: "[Theme] Title".
var themed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)^\[([^\[\]]+)\]\s+(\S.*)$`) })

const (
	layoutBank     = "story-bank"
	layoutExported = "exported"
	skippedFiled   = "says where the story is filed, tells nothing of it"
)

// readKnown reads a document of a known form, and says whether it is one. The error
// says what is wrong with one that its name says to be JSON.
func readKnown(file, content string) (Report, bool, error) {
	if r, ok := readBank(file, content); ok {
		return r, true, nil
	}
	return readJSON(file, content)
}

// readBank reads a story bank or exported Markdown, and says whether it is one.
func readBank(file, content string) (Report, bool) {
	b := bank{reader: reader{document: newDocument(content)}, own: strings.Contains("\n"+content, "\n"+exported)}
	if !b.own && !strings.Contains(content, "# [") {
		return Report{}, false
	}
	b.read()
	if !b.own && !b.filed() || len(b.stories) == 0 {
		return Report{}, false
	}
	r := Report{File: file, Strategy: layoutBank, Evidence: "a story bank of career-ops"}
	if b.own {
		r.Strategy, r.Evidence = layoutExported, "stories that prep exported"
	}
	for _, e := range b.stories {
		if d := b.draft(file, e); tooLarge(d.Story) {
			b.skipped = append(b.skipped, e.skip(skippedLarge)...)
		} else {
			r.Stories = append(r.Stories, d)
		}
	}
	for i := range b.skipped {
		b.skipped[i].File = file
	}
	slices.SortStableFunc(b.skipped, func(a, b Skipped) int { return cmp.Compare(a.Line, b.Line) })
	r.Evidence += fmt.Sprintf(": %d", len(r.Stories))
	r.Skipped, r.English = b.skipped, english(r.Stories)
	return r, true
}

// tooLarge says whether no file holds a story.
func tooLarge(s story.Story) bool { return len(story.Write(s)) > yaml.MaxSize }

// bank is a document on its way to stories.
type bank struct {
	reader
	own     bool // prep has written it
	stories []*entry
	within  bool // the last story is still open
	strange bool // labels stand under a heading that is no bank's
}

func (b *bank) read() {
	b.seen = make([]bool, len(b.lines)+1)
	tree := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
	).Parse(text.NewReader(b.source))
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		b.blockOf(n, false)
	}
	b.unseen()
}

// bankLabels are the labels that no other layout spells like a story bank.
var bankLabels = []string{"S (Situation)", "T (Task)", "A (Action)", "R (Result)"}

// filed says whether the document is a story bank: all its stories have a theme, and
// their labels are the bank's.
func (b *bank) filed() bool {
	typical := func(e *entry) bool {
		return e.labels(func(label string) bool { return slices.Contains(bankLabels, label) })
	}
	empty := func(e *entry) bool {
		return !slices.ContainsFunc(e.parts, func(p part) bool { return isField(p.label) && len(p.items) > 0 })
	}
	return !b.strange && slices.ContainsFunc(b.stories, typical) && !slices.ContainsFunc(b.stories, empty)
}

// blockOf takes a block to the story that it belongs to.
func (b *bank) blockOf(n ast.Node, bullet bool) {
	switch n := n.(type) {
	case *ast.Heading:
		b.headed(n)
	case *ast.Paragraph, *ast.TextBlock:
		b.see(n)
		b.spoken(n, bullet)
	case *ast.HTMLBlock:
		if raw := strings.TrimSpace(b.closed(n)); !strings.HasPrefix(raw, exported) && hasWords(raw) {
			b.piece(item{text: raw, line: b.lineOf(n)}, strings.HasPrefix(raw, "<!--"))
		}
	case *ast.FencedCodeBlock:
		b.see(n)
		b.piece(item{text: b.fenced(n), line: b.lineOf(n)}, false)
	case *ast.CodeBlock:
		b.see(n)
		b.piece(item{text: strings.TrimRight(b.raw(n), "\n"), line: b.lineOf(n)}, false)
	default:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			b.blockOf(c, bullet || n.Kind() == ast.KindListItem)
		}
	}
}

// headed opens a story, or closes the one above.
func (b *bank) headed(h *ast.Heading) {
	b.see(h)
	heading := strings.TrimSpace(b.letter(h.FirstChild(), nil))
	m := themed().FindStringSubmatch(heading)
	b.within = b.own && h.Level == 2 || !b.own && m != nil
	switch {
	case !b.within && hasWords(heading):
		b.skipped = append(b.skipped, Skipped{Line: b.lineOf(h), Text: heading, Reason: skippedOver})
	case b.own && b.within:
		b.stories = append(b.stories, &entry{heading: heading, line: b.lineOf(h)})
	case b.within:
		b.stories = append(b.stories, &entry{heading: m[2], line: b.lineOf(h), parts: []part{{label: "Theme", line: b.lineOf(h), items: []item{{text: m[1], line: b.lineOf(h)}}}}})
	}
}

// piece adds a text to the open story, or lists it where none is.
func (b *bank) piece(it item, aside bool) {
	if it.text = strings.TrimSpace(it.text); it.text == "" {
		return
	}
	if aside || !b.within {
		reason := skippedOutside
		if aside {
			reason = skippedMarkup
		}
		b.skipped = append(b.skipped, Skipped{Line: it.line, Text: it.text, Reason: reason})
		return
	}
	e := b.stories[len(b.stories)-1]
	if len(e.parts) == 0 {
		e.parts = append(e.parts, part{line: it.line})
	}
	last := &e.parts[len(e.parts)-1]
	last.items = append(last.items, it)
}

// spoken reads a paragraph, whose lines may open with labels.
func (b *bank) spoken(n ast.Node, bullet bool) {
	at := b.lineOf(n)
	for c := n.FirstChild(); c != nil; {
		label, rest, opened := b.opened(c)
		if opened = opened && !bullet; opened {
			b.strange = b.strange || !b.within && isField(label)
			if b.within {
				e := b.stories[len(b.stories)-1]
				e.parts = append(e.parts, part{label: label, line: at})
			} else {
				b.piece(item{text: label, line: at}, false)
			}
			c = rest
		}
		end := c
		for end != nil && (bullet || end == c && !opened || !b.opens(end)) {
			end = end.NextSibling()
		}
		said := b.letter(c, end)
		if opened {
			said = strings.TrimPrefix(said, ":") // it stood behind the bold of its label
		}
		b.piece(item{text: said, line: at, bullet: bullet}, false)
		at += b.breaks(c, end)
		c = end
	}
}

// opens says whether a label opens with n, at the beginning of a line.
func (b *bank) opens(n ast.Node) bool {
	before, ok := n.PreviousSibling().(*ast.Text)
	_, _, opened := b.opened(n)
	return opened && ok && (before.SoftLineBreak() || before.HardLineBreak())
}

// opened gives the label that n is, bold and with a colon, and what follows it.
func (b *bank) opened(n ast.Node) (label string, rest ast.Node, ok bool) {
	e, bold := n.(*ast.Emphasis)
	if !bold || e.Level != 2 {
		return "", nil, false
	}
	label = strings.TrimSpace(b.letter(e.FirstChild(), nil))
	next, _ := e.NextSibling().(*ast.Text)
	behind := next != nil && strings.HasPrefix(b.text(next.Segment), ":")
	if !strings.HasSuffix(label, ":") && !behind {
		return "", nil, false
	}
	return strings.TrimSuffix(label, ":"), e.NextSibling(), true
}

// breaks counts the line breaks from a node up to end.
func (b *bank) breaks(from, end ast.Node) int {
	n := 0
	for c := from; c != end; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			n++
		}
	}
	return n
}

// letter gives the text of the nodes up to end to the letter: a hard line break is
// one, a soft one a blank; marks of emphasis go, those of code and links stay.
func (b *bank) letter(from, end ast.Node) string {
	var out, raw strings.Builder
	flush := func() {
		out.WriteString(unescape(raw.String()))
		raw.Reset()
	}
	for n := from; n != end && n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			raw.Write(t.Segment.Value(b.source))
			switch {
			case t.HardLineBreak():
				flush()
				out.WriteByte('\n')
			case t.SoftLineBreak():
				raw.WriteByte(' ')
			}
			continue
		}
		flush()
		out.WriteString(b.marked(n))
	}
	flush()
	return out.String()
}

func (b *bank) marked(n ast.Node) string {
	inner := b.letter(n.FirstChild(), nil)
	switch n := n.(type) {
	case *ast.CodeSpan:
		return "`" + b.code(n) + "`"
	case *ast.Link:
		return "[" + inner + "](" + string(n.Destination) + ")"
	case *ast.Image:
		return "![" + inner + "](" + string(n.Destination) + ")"
	case *ast.AutoLink:
		return string(n.URL(b.source))
	case *ast.RawHTML:
		return string(n.Segments.Value(b.source))
	}
	return inner
}

// code is what stands between the marks of code, where a backslash is one.
func (b *bank) code(n *ast.CodeSpan) string {
	var out strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			out.Write(t.Segment.Value(b.source))
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// escapes are the signs behind a backslash and the characters by number or name.
var escapes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\\[[:punct:]]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)
})

func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	return escapes().ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '\\' {
			return m[1:]
		}
		if code, isNumber := strings.CutPrefix(m, "&#"); isNumber && code[0] != 'x' && code[0] != 'X' {
			if n, err := strconv.ParseInt(strings.TrimSuffix(code, ";"), 10, 32); err == nil {
				return string(rune(n))
			}
		}
		return html.UnescapeString(m)
	})
}

// draft makes a story of a heading and its labels.
func (b *bank) draft(file string, e *entry) Draft {
	w := writer{story: story.Story{Title: e.heading, Source: story.Source{File: file, Heading: e.heading}}}
	problem := e.labels(isProblem)
	var claims []part
	for _, p := range e.parts {
		switch key := keyOf(p.label); {
		case len(p.items) == 0:
			w.bare(p)
		case key == "skills":
			w.story.Skills = append(w.story.Skills, tagsOf(p)...)
		case labelWord(p.label) == "competencies":
			w.story.Competencies = append(w.story.Competencies, tagsOf(p)...)
		case !b.own && slices.Contains(filing, labelWord(p.label)):
			claims = append(claims, p)
		case key == "context" && !problem && standsFor(stands[0], p.label):
			w.letters("problem", p)
		case slices.Contains(story.TextFields, key):
			w.letters(key, p)
		case key == "date" && len(p.items) == 1 && w.story.Date.UnmarshalText([]byte(p.items[0].text)) == nil:
		case p.label == "":
			w.letters("context", p)
		case !w.fact(key, p.items):
			w.kept(p)
		}
	}
	w.problem(e.heading)
	b.skipped = append(b.skipped, w.skipped...)
	b.claimed(&w.story, claims)
	return Draft{Story: w.story, Line: e.line}
}

// letters adds a part's texts as they stand.
func (w *writer) letters(key string, p part) {
	for _, it := range p.items {
		w.story.SetText(key, append(w.story.Text(key), it.text))
	}
}

// tagsOf gives the tags of a part: a bullet is one, a line several.
func tagsOf(p part) []string {
	var out []string
	for _, it := range p.items {
		if it.bullet {
			out = append(out, it.text)
			continue
		}
		for tag := range strings.FieldsFuncSeq(it.text, func(r rune) bool { return strings.ContainsRune(",;，、", r) }) {
			if tag = strings.TrimSpace(tag); tag != "" {
				out = append(out, tag)
			}
		}
	}
	return out
}

// filing are the labels of a bank that say what a story is good for, and whence it
// came there.
var filing = []string{"theme", "best for questions about", "best for", "source"}

// claimed takes from what a story is filed under the competencies, unless it names
// them itself; all else is listed.
func (b *bank) claimed(s *story.Story, parts []part) {
	vocabulary, err := competency.Default()
	said := map[string]bool{"Story": true} // what prep itself has written there
	for _, id := range s.Competencies {
		said[strings.TrimSpace(strings.ReplaceAll(id, "-", " "))] = true
	}
	named := len(s.Competencies) > 0
	for _, p := range parts {
		var left []string
		for _, tag := range tagsOf(p) {
			c, found := vocabulary.Find(tag)
			switch {
			case said[tag], named && p.label == "Theme":
			case named || err != nil || !found || labelWord(p.label) == "source":
				left = append(left, tag)
			case !slices.Contains(s.Competencies, c.ID):
				s.Competencies = append(s.Competencies, c.ID)
			}
		}
		if len(left) > 0 {
			b.skipped = append(b.skipped, Skipped{Line: p.line, Text: p.label + ": " + strings.Join(left, ", "), Reason: skippedFiled})
		}
	}
}
