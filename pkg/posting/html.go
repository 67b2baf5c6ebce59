package posting

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a page that shows its posting to a browser alone is refused with.
const (
	errLogin  Hidden = "the page asks for a login before it shows its text"
	errScript Hidden = "the page shows its text only through a script"
)

// A page with fewer words than these holds no posting: a short one has some 80, a
// form to log in or the frame of a page that a script fills has a handful.
const (
	fewWords  = 40
	formWords = 150 // beside a field for a password
)

// HTML gives the text of a page: of its schema.org JobPosting where it has one, else
// of its main part. It fails with Hidden on a page that needs a login or a script.
func HTML(data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", tooLarge()
	}
	doc, err := html.Parse(strings.NewReader(western(decode(data))))
	if err != nil {
		return "", fmt.Errorf("the page cannot be read: %w", err)
	}
	if text, err := linkedPosting(doc); text != "" || err != nil {
		return bounded(text, err)
	}
	form, script := first(doc, isPassword) != nil, first(doc, is(atom.Script)) != nil
	text, err := bounded(mainText(doc))
	if err != nil {
		return "", err
	}
	switch words := len(strings.Fields(text)); {
	case words < formWords && form, words < fewWords && asksLogin(text):
		return "", errLogin
	case words < fewWords && script:
		return "", errScript
	}
	return text, nil
}

func asksLogin(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc([]string{"log in", "login", "sign in", "sign-in", "signin"}, func(s string) bool { return strings.Contains(text, s) })
}

// mainText is the text of the part that a page is about, below its title.
func mainText(doc *html.Node) (string, error) {
	body := first(doc, is(atom.Body))
	if body == nil {
		return "", nil
	}
	title := first(doc, is(atom.H1))
	sweep(body, 0, 0)
	part := mainPart(body)
	text, err := markdown(part)
	if err != nil || title == nil || within(title, part) {
		return text, err
	}
	return "# " + strings.Join(strings.Fields(content(title)), " ") + "\n\n" + text, nil
}

// frame are the elements of a page that hold nothing of a posting.
var frame = []atom.Atom{
	atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Nav, atom.Footer, atom.Aside,
	atom.Button, atom.Select, atom.Input, atom.Textarea, atom.Dialog, atom.Img, atom.Picture, atom.Video, atom.Audio,
	atom.Object, atom.Canvas, atom.Math,
}

// roles are the roles of such elements.
var roles = []string{"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"}

// How much layout is kept. A page is built of some 40 elements in each other, its
// lists of three and its tables of a few hundred cells; what is beyond that is kept
// as plain text, since every element around a text costs a pass over it.
const (
	maxElements = 64
	maxLists    = 8
	maxCells    = 2_000
)

// sweep takes what is no text of the page out of it, from links their addresses, and
// from quotes their marks. depth and lists say how many elements and lists n is in.
func sweep(n *html.Node, depth, lists int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.Type == html.ElementNode && aside(c):
			n.RemoveChild(c)
		case c.Type == html.ElementNode:
			lists := lists
			switch c.DataAtom {
			case atom.A:
				become(c, atom.Span)
			case atom.Blockquote:
				become(c, atom.Div)
			case atom.Ul, atom.Ol:
				lists++
			case atom.Table:
				simplify(c)
			}
			if lists > maxLists && slices.Contains([]atom.Atom{atom.Ul, atom.Ol, atom.Li}, c.DataAtom) {
				become(c, atom.Div)
			}
			if depth > maxElements {
				flatten(c)
			}
			sweep(c, depth+1, lists)
		}
		c = next
	}
	join(n)
}

func become(n *html.Node, a atom.Atom) { n.Data, n.DataAtom, n.Attr = a.String(), a, nil }

// flatten leaves an element nothing but its text.
func flatten(n *html.Node) {
	text := content(n)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}

// join makes one text of those that have come to stand side by side. The converter
// does so too, but in the square of their number.
func join(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || c.NextSibling == nil || c.NextSibling.Type != html.TextNode {
			continue
		}
		var text strings.Builder
		text.WriteString(c.Data)
		for next := c.NextSibling; next != nil && next.Type == html.TextNode; next = c.NextSibling {
			text.WriteString(next.Data)
			n.RemoveChild(next)
		}
		c.Data = text.String()
	}
}

// simplify takes from a table's cells that they span others, which may ask for any
// number of cells, and makes plain blocks of the rows of a table that is too large.
func simplify(table *html.Node) {
	var parts []*html.Node
	rows, row, widest := 0, 0, 0
	for d := range table.Descendants() {
		switch d.DataAtom {
		case atom.Tr:
			rows, row = rows+1, 0
		case atom.Td, atom.Th:
			row++
		case atom.Tbody, atom.Thead, atom.Tfoot:
		default:
			continue
		}
		parts, widest, d.Attr = append(parts, d), max(widest, row), nil
	}
	if rows*widest > maxCells {
		for _, d := range append(parts, table) {
			become(d, atom.Div)
		}
	}
}

// aside says whether an element is of the page's frame, or hidden. A header stays
// where it holds the title.
func aside(n *html.Node) bool {
	if n.DataAtom == atom.Header || slices.Contains(roles, attr(n, "role")) {
		return first(n, is(atom.H1)) == nil
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	return slices.Contains(frame, n.DataAtom) || has(n, "hidden") || attr(n, "aria-hidden") == "true" || strings.Contains(style, "display:none")
}

// mainPart is the part that a page is about: what it marks as such, else, from the
// body down, the element that holds nearly all the text of the one around it.
func mainPart(body *html.Node) *html.Node {
	for _, marked := range []func(*html.Node) bool{is(atom.Main), func(n *html.Node) bool { return attr(n, "role") == "main" }, is(atom.Article)} {
		if n := first(body, marked); n != nil && 2*len(content(n)) > len(content(body)) {
			return n
		}
	}
	part := body
	for size := len(content(part)); size > 0; {
		c := part.FirstChild
		for c != nil && (c.Type != html.ElementNode || 10*len(content(c)) < 8*size || !holdsBlocks(c)) {
			c = c.NextSibling
		}
		if c == nil {
			break
		}
		part, size = c, len(content(c))
	}
	return part
}

// holdsBlocks says whether an element is one that parts of a page are built of. Going
// into a list or a table would tear it.
func holdsBlocks(n *html.Node) bool {
	return slices.Contains([]atom.Atom{atom.Div, atom.Section, atom.Main, atom.Article, atom.Form}, n.DataAtom)
}

var toMarkdown = sync.OnceValue(func() *converter.Converter {
	conv := converter.NewConverter(
		converter.WithEscapeMode(converter.EscapeModeDisabled), // a posting is read, not shown
		converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)), table.NewTablePlugin()),
	)
	for level := 1; level <= 6; level++ {
		conv.Register.RendererFor("h"+strconv.Itoa(level), converter.TagTypeBlock, heading(level), converter.PriorityEarly)
	}
	return conv
})

var errPage = errors.New("the page cannot be read: its elements do not fit together")

// markdown gives an element as Markdown. A tree that the converter stumbles over is
// an error, whatever it was.
func markdown(n *html.Node) (text string, err error) {
	defer func() {
		if recover() != nil {
			text, err = "", errPage
		}
	}()
	data, err := toMarkdown().ConvertNode(n)
	if err != nil {
		return "", fmt.Errorf("the page cannot be read: %w", err)
	}
	return string(data), nil
}

// heading writes a heading with the letters it has: with escapes off, the plugin's own
// overwrites the letter before a "#" at its end, and so tears "C#".
func heading(level int) converter.HandleRenderFunc {
	return func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		var inner bytes.Buffer
		ctx.RenderChildNodes(ctx, &inner, n)
		if words := bytes.Fields(inner.Bytes()); len(words) > 0 {
			fmt.Fprintf(w, "\n\n%s %s\n\n", strings.Repeat("#", level), bytes.Join(words, []byte(" ")))
		}
		return converter.RenderSuccess
	}
}

// first is the first element of that kind in n or under it, nil where there is none.
func first(n *html.Node, kind func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && kind(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := first(c, kind); found != nil {
			return found
		}
	}
	return nil
}

func is(a atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.DataAtom == a }
}

func isPassword(n *html.Node) bool { return n.DataAtom == atom.Input && attr(n, "type") == "password" }

func within(n, part *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == part {
			return true
		}
	}
	return false
}

// content is the text in an element.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(strings.TrimSpace(d.Data))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.ToLower(a.Val)
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}
