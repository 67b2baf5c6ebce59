package yaml

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Plain is a value that is written without quotes, such as a date.
type Plain string

// Pair is a key and its value: a string, Plain, Text, []string or []Pair. A pair
// whose value is empty is not written.
type Pair struct {
	Key   string
	Value any
}

// width is where prose is wrapped, in characters.
const width = 96

// Write renders the pairs in their order, as a person would: short values on
// the key's line, prose folded (>-) and wrapped, tags in brackets, bullets as a
// list. Decoding gives the same values again, but for what no text holds: bytes
// outside UTF-8 come back as U+FFFD.
func Write(pairs []Pair) []byte {
	var b bytes.Buffer
	for _, p := range pairs {
		b.WriteString(render(p))
	}
	return b.Bytes()
}

func render(p Pair) string {
	switch v := p.Value.(type) {
	case string:
		return renderText(p.Key, Text{v})
	case Plain:
		if v == "" {
			return ""
		}
		return p.Key + ": " + string(v) + "\n"
	case Text:
		return renderText(p.Key, v)
	case []string:
		return renderTags(p.Key, v)
	case []Pair:
		return renderMapping(p.Key, v)
	}
	panic("yaml: cannot write the value of " + p.Key)
}

func renderText(key string, t Text) string {
	if len(t) == 0 || len(t) == 1 && t[0] == "" {
		return ""
	}
	if len(t) == 1 {
		return renderString(key+": ", "  ", t[0])
	}
	return renderList(key, t)
}

func renderList(key string, items []string) string {
	var b strings.Builder
	b.WriteString(key + ":\n")
	for _, item := range items {
		b.WriteString(renderString("  - ", "    ", item))
	}
	return b.String()
}

// renderTags writes short tags in one line of brackets, others as a list.
func renderTags(key string, tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	parts := make([]string, len(tags))
	for i, tag := range tags {
		parts[i] = inline(tag)
		if strings.ContainsAny(tag, ",[]{}\"'#:?\n") || strings.HasPrefix(tag, "-") {
			return renderList(key, tags)
		}
	}
	line := key + ": [" + strings.Join(parts, ", ") + "]\n"
	if utf8.RuneCountInString(line) > 2*width {
		return renderList(key, tags)
	}
	return line
}

func renderMapping(key string, pairs []Pair) string {
	var b strings.Builder
	for _, line := range strings.SplitAfter(string(Write(pairs)), "\n") {
		if line != "" {
			b.WriteString("  " + line)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return key + ":\n" + b.String()
}

// renderString writes s behind lead, folded at indent where it is long.
func renderString(lead, indent, s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	line := inline(s)
	if !foldable(s) || utf8.RuneCountInString(lead)+utf8.RuneCountInString(line) <= width && !strings.Contains(s, "\n") {
		return lead + line + "\n"
	}
	var b strings.Builder
	b.WriteString(lead + ">-\n")
	for i, paragraph := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		if paragraph != "" {
			for _, l := range wrap(paragraph, width-len(indent)) {
				b.WriteString(indent + l + "\n")
			}
		}
	}
	return b.String()
}

// inline gives s as one line of YAML, quoted where it must be.
func inline(s string) string {
	n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.ToValidUTF8(s, "\ufffd")}
	if strings.Contains(s, "\n") || s == "<<" { // which yaml would write as it is, and read as a merge key
		n.Style = yaml.DoubleQuotedStyle
	}
	out, err := yaml.Marshal(&n)
	if err != nil {
		panic(err) // a string node in UTF-8 always encodes
	}
	return strings.TrimSuffix(string(out), "\n")
}

// foldable says whether a folded block gives s back: no paragraph may begin or
// end with a blank, and every character must print.
func foldable(s string) bool {
	for p := range strings.SplitSeq(s, "\n") {
		if p != strings.TrimSpace(p) || p == "" && s != "" && (strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n")) {
			return false
		}
	}
	for _, r := range s {
		if r != '\n' && (!unicode.IsPrint(r) || r == '\uFEFF') {
			return false
		}
	}
	return true
}

// wrap breaks at single blanks only, since folding turns a break into one blank.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for i, word := range splitSingle(s) {
		switch {
		case i == 0:
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

// splitSingle splits at blanks that stand alone between other characters.
func splitSingle(s string) []string {
	var out []string
	from := 0
	for i := 1; i+1 < len(s); i++ {
		if s[i] == ' ' && s[i-1] != ' ' && s[i+1] != ' ' {
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// Rewrite gives old with the values of pairs: what is equal stays as it stands,
// comments and order included; a changed value is written anew in its place; a
// key that is no longer there or empty goes; a new key follows the key that
// precedes it in pairs. Comments inside a replaced value move above its key. A mapping in
// braces, and a file with line breaks of other times than ours, is written anew below
// its comments. Errors are Problems of old, which must be a document that Decode can read.
func Rewrite(file string, old []byte, pairs []Pair) ([]byte, error) {
	root, err := parse(file, old)
	if err != nil {
		return nil, err
	}
	if root.Kind != yaml.MappingNode {
		return nil, Problems{{File: file, Line: root.Line, Column: root.Column, Message: "the file must be keys with values (key: value), not " + kind(root)}}
	}
	text := strings.ReplaceAll(string(old), "\r\n", "\n")
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	var out string
	if root.Style&yaml.FlowStyle != 0 || strings.ContainsAny(text, oddBreaks) {
		out = comments(root) + string(Write(pairs))
	} else {
		out = merge(split(root, strings.SplitAfter(text, "\n")), pairs)
	}
	if bytes.Contains(old, []byte("\r\n")) {
		out = strings.ReplaceAll(out, "\n", "\r\n")
	}
	return []byte(out), nil
}

// lineBreaks are the signs with which YAML 1.1 ends a line, beside the pair of Windows.
// Where one of the odd ones stands, lines cannot be told apart for sure.
const (
	oddBreaks  = "\r\u0085\u2028\u2029"
	lineBreaks = "\n" + oddBreaks
)

// linesOf parts a text without such pairs behind each break, so that its lines count as
// YAML counts them: a lone carriage return ends one too.
func linesOf(text string) []string {
	var out []string
	for {
		at := strings.IndexAny(text, lineBreaks)
		if at < 0 {
			return append(out, text)
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		out, text = append(out, text[:at+size]), text[at+size:]
	}
}

// block is one key of the old text with its lines; before is what stands between
// the previous value and this key: comments and blank lines.
type block struct {
	key, before, lines string
	node               *yaml.Node
}

// split cuts the lines of a document into its keys' blocks; the last block has
// no key and holds what follows the last value.
func split(root *yaml.Node, lines []string) []block {
	var out []block
	from := 0
	for i := 0; i < len(root.Content); i += 2 {
		start, end := root.Content[i].Line-1, len(lines)
		if i+2 < len(root.Content) {
			end = root.Content[i+2].Line - 1
		}
		for end > start+1 && aside(lines[end-1]) {
			end--
		}
		out = append(out, block{
			key: root.Content[i].Value, node: root.Content[i+1],
			before: strings.Join(lines[from:start], ""), lines: strings.Join(lines[start:end], ""),
		})
		from = end
	}
	return append(out, block{before: strings.Join(lines[from:], "")})
}

// aside says whether a line, seen from the key below it, belongs to that key: a
// blank line, a comment at the margin, or the document's end mark.
func aside(line string) bool {
	return strings.TrimSpace(line) == "" || line[0] == '#' || strings.HasPrefix(line, "...")
}

func merge(blocks []block, pairs []Pair) string {
	var b strings.Builder
	added := place(blocks, pairs)
	b.WriteString(added[""])
	for _, old := range blocks {
		b.WriteString(old.before)
		if old.key == "" {
			continue
		}
		at := slices.IndexFunc(pairs, func(p Pair) bool { return p.Key == old.key })
		switch {
		case at < 0:
			b.WriteString(comments(old.node))
		case same(old.node, pairs[at].Value):
			b.WriteString(old.lines)
		default:
			b.WriteString(comments(old.node) + render(pairs[at]))
		}
		b.WriteString(added[old.key])
	}
	return b.String()
}

// place gives the text of the new keys by the old key that they follow.
func place(blocks []block, pairs []Pair) map[string]string {
	added := map[string]string{}
	last := ""
	for _, p := range pairs {
		if slices.ContainsFunc(blocks, func(b block) bool { return b.key == p.Key }) {
			last = p.Key
		} else {
			added[last] += render(p)
		}
	}
	return added
}

// same says whether a node already holds the value.
func same(n *yaml.Node, value any) bool {
	switch v := value.(type) {
	case string:
		return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == v
	case Plain:
		return n.Kind == yaml.ScalarNode && n.Value == string(v)
	case Text:
		if n.Kind == yaml.ScalarNode {
			return len(v) == 1 && strings.TrimSpace(n.Value) == v[0]
		}
		return sameList(n, v)
	case []string:
		return sameList(n, v)
	case []Pair:
		return sameMapping(n, v)
	}
	return false
}

func sameList(n *yaml.Node, items []string) bool {
	return n.Kind == yaml.SequenceNode && slices.EqualFunc(n.Content, items, func(c *yaml.Node, s string) bool {
		return c.Kind == yaml.ScalarNode && strings.TrimSpace(c.Value) == s
	})
}

func sameMapping(n *yaml.Node, pairs []Pair) bool {
	for _, p := range pairs {
		if _, v := find(n, p.Key); v == nil && p.Value != "" || v != nil && !same(v, p.Value) {
			return false
		}
	}
	return n.Kind == yaml.MappingNode
}

// comments gathers the comments inside a value, one line each.
func comments(n *yaml.Node) string {
	var b strings.Builder
	for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		if c != "" {
			b.WriteString(strings.TrimRight(c, "\n") + "\n")
		}
	}
	for _, child := range n.Content {
		b.WriteString(comments(child))
	}
	return b.String()
}
