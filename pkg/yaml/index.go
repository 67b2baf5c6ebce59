package yaml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Index tells where the values and the comments of a document stand. It is for one
// goroutine: what it has worked out of a text it keeps.
type Index struct {
	root  *yaml.Node
	lines [][]rune
	spots map[*yaml.Node][]spot // of texts, by the byte of the value without blanks around it
}

// spot is where a character of a text stands; the zero value where it is a blank.
type spot struct {
	line, column, end int  // from 1; the column behind it
	same              bool // what stands there is the character, as far as can be told
}

// NewIndex indexes a document that Decode can read. Errors are Problems.
func NewIndex(file string, data []byte) (Index, error) {
	root, err := parse(file, data)
	if err != nil {
		return Index{}, err
	}
	x := Index{root: root, spots: map[*yaml.Node][]spot{}}
	for _, line := range linesOf(strings.ReplaceAll(string(data), "\r\n", "\n")) {
		x.lines = append(x.lines, []rune(strings.TrimRight(line, lineBreaks)))
	}
	return x, nil
}

// Start is the line, from 1, in which the document's first value begins.
func (x Index) Start() int { return x.root.Line }

// Place gives line and column, from 1, of entry item (from 0) of key's list, or
// of the key itself where it holds no list; 0, 0 where there is no such key.
func (x Index) Place(key string, item int) (line, column int) {
	k, v := find(x.root, key)
	switch {
	case k == nil:
		return 0, 0
	case v.Kind == yaml.SequenceNode && item < len(v.Content):
		return v.Content[item].Line, v.Content[item].Column
	}
	return k.Line, k.Column
}

// At gives where the character stands that begins at byte offset of a text: of
// entry item of key's list, or of key's own text, with blanks around it dropped
// as Decode does. Where it cannot be told, it is Place.
func (x Index) At(key string, item, offset int) (line, column int) {
	n := x.text(key, item)
	if n == nil {
		return x.Place(key, item)
	}
	spots := x.read(n)
	if offset >= len(spots) || !spots[offset].same {
		return x.Place(key, item)
	}
	return spots[offset].line, spots[offset].column
}

// read gives where the characters of a text stand.
func (x Index) read(n *yaml.Node) []spot {
	if spots, done := x.spots[n]; done {
		return spots
	}
	value, r := strings.TrimSpace(n.Value), x.reader(n)
	spots := make([]spot, len(value))
	for i, want := range value {
		if !unicode.IsSpace(want) {
			got, line, column := r.next()
			spots[i] = spot{line, column, r.column + 1, got == want}
		}
	}
	x.spots[n] = spots
	return spots
}

// text gives the node of a text, or nil.
func (x Index) text(key string, item int) *yaml.Node {
	_, v := find(x.root, key)
	if v != nil && v.Kind == yaml.SequenceNode && item < len(v.Content) {
		v = v.Content[item]
	}
	if v == nil || v.Kind != yaml.ScalarNode {
		return nil
	}
	return v
}

// reader reads the characters of a text as they stand in the file, blanks left
// out: whatever the style, a text's other characters come in their order.
type reader struct {
	lines        [][]rune
	style        yaml.Style
	line, column int // of the next character, from 0
}

func (x Index) reader(n *yaml.Node) *reader {
	r := &reader{x.lines, n.Style, n.Line - 1, n.Column - 1}
	switch {
	case n.Style&(yaml.FoldedStyle|yaml.LiteralStyle) != 0:
		r.line, r.column = n.Line, 0
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		r.column++
	}
	return r
}

// next gives the next character that is no blank, and its place from 1; 0 behind
// the last line.
func (r *reader) next() (c rune, line, column int) {
	for r.line < len(r.lines) {
		if r.column >= len(r.lines[r.line]) {
			r.line, r.column = r.line+1, 0
			continue
		}
		line, column = r.line+1, r.column+1
		if c = r.character(); !unicode.IsSpace(c) {
			return c, line, column
		}
	}
	return 0, 0, 0
}

// character takes one character, an escape or a doubled quote as a whole; an
// escape that stands for a blank, or ends the line, is a blank.
func (r *reader) character() rune {
	rest := r.lines[r.line][r.column:]
	r.column++
	switch {
	case r.style&yaml.SingleQuotedStyle != 0 && rest[0] == '\'' && len(rest) > 1 && rest[1] == '\'':
		r.column++
	case r.style&yaml.DoubleQuotedStyle != 0 && rest[0] == '\\':
		if len(rest) == 1 {
			return ' '
		}
		size := map[rune]int{'x': 4, 'u': 6, 'U': 10}[rest[1]]
		size = min(max(size, 2), len(rest))
		r.column += size - 1
		return unescaped(rest[:size])
	}
	return rest[0]
}

// unescaped gives the character that an escape stands for.
func unescaped(escape []rune) rune {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(`"`+string(escape)+`"`), &n); err != nil || len(n.Content) == 0 {
		return ' '
	}
	c, _ := utf8.DecodeRuneInString(n.Content[0].Value)
	return c
}

// Comment is a comment of a document.
type Comment struct {
	Text         string // from the number sign on
	Line, Column int    // from 1
	Alone        bool   // whether nothing else stands on its line
}

// Comments gives the comments of the document in their order. A number sign
// inside a text is none.
func (x Index) Comments() []Comment {
	texts := make([][]bool, len(x.lines)) // by line and column, whether a text stands there
	x.cover(x.root, texts)
	var out []Comment
	for i, line := range x.lines {
		if at := number(line, texts[i]); at >= 0 {
			alone := strings.TrimSpace(string(line[:at])) == ""
			out = append(out, Comment{strings.TrimSpace(string(line[at:])), i + 1, at + 1, alone})
		}
	}
	return out
}

// number gives the column of the number sign that begins a comment, or -1.
func number(line []rune, text []bool) int {
	for i, c := range line {
		if c == '#' && (i == 0 || unicode.IsSpace(line[i-1])) && (text == nil || !text[i]) {
			return i
		}
	}
	return -1
}

// cover marks what the texts of n cover.
func (x Index) cover(n *yaml.Node, texts [][]bool) {
	for _, child := range n.Content {
		x.cover(child, texts)
	}
	if n.Kind != yaml.ScalarNode {
		return
	}
	for _, at := range x.read(n) {
		if at.line == 0 {
			continue
		}
		text := &texts[at.line-1]
		if *text == nil {
			*text = make([]bool, len(x.lines[at.line-1]))
		}
		for i := at.column - 1; i < at.end-1; i++ {
			(*text)[i] = true
		}
	}
}
