package importer

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mostBrackets is how many square brackets of one paragraph may be a link's. Nobody
// writes more, and each may cost Markdown's rules a pass over the rest of the
// paragraph.
const mostBrackets = 500

// inlineParsers are Markdown's, but for what no person writes.
func inlineParsers() []util.PrioritizedValue {
	all := parser.DefaultInlineParsers()
	i := slices.IndexFunc(all, func(p util.PrioritizedValue) bool { return p.Value == any(parser.NewLinkParser()) })
	all[i].Value = links{parser.NewLinkParser()}
	return all
}

// links reads the links of a paragraph, up to mostBrackets; the brackets of the others
// are text.
type links struct{ parser.InlineParser }

// brackets are those that were met in a paragraph.
type brackets struct {
	of ast.Node
	n  int
}

var metBrackets = parser.NewContextKey()

// Parse is part of parser.InlineParser.
func (l links) Parse(parent ast.Node, block text.Reader, c parser.Context) ast.Node {
	met, _ := c.Get(metBrackets).(*brackets)
	if met == nil || met.of != parent {
		met = &brackets{of: parent}
		c.Set(metBrackets, met)
	}
	if met.n++; met.n > mostBrackets {
		return nil
	}
	return l.InlineParser.Parse(parent, block, c)
}

// CloseBlock is part of parser.CloseBlocker: brackets that were left open are text.
func (l links) CloseBlock(parent ast.Node, block text.Reader, c parser.Context) {
	if closer, ok := l.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, c)
	}
}

// mostReferences is how many lines of a paragraph may define what links refer to.
const mostReferences = 500

// paragraphTransformers are Markdown's, but for what no person writes: each definition
// in a paragraph costs a pass over the rest.
func paragraphTransformers() []util.PrioritizedValue {
	all := parser.DefaultParagraphTransformers()
	for i, t := range all {
		if inner, ok := t.Value.(parser.ParagraphTransformer); ok {
			all[i].Value = references{inner}
		}
	}
	return all
}

type references struct{ parser.ParagraphTransformer }

// Transform is part of parser.ParagraphTransformer.
func (r references) Transform(node *ast.Paragraph, reader text.Reader, c parser.Context) {
	if node.Lines().Len() <= mostReferences {
		r.ParagraphTransformer.Transform(node, reader, c)
	}
}
