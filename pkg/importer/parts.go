package importer

import "strings"

// part is a label and all up to the next one.
type part struct {
	label string // "" for text without one
	alone bool   // the label stands alone like a heading, without a colon
	key   string // the field that the text was guessed to be; "" for none
	line  int
	items []item
}

// item is one paragraph, bullet, table row or piece of code.
type item struct {
	text   string
	line   int
	bullet bool
}

// partition cuts blocks into parts.
type partition struct {
	parts  []part
	heads  []Skipped // of tables whose rows are parts
	depth  int       // how deep the label of the last part hangs in a list
	listed bool      // it is a bullet's
	under  bool      // a heading over the blocks is a label
}

// partsOf cuts blocks at their labels; heads are what is no text of theirs.
func partsOf(blocks []block) (parts []part, heads []Skipped) {
	var p partition
	p.all(blocks, 0)
	return p.parts, p.heads
}

// partsUnder cuts blocks that stand under a label: only emphasised labels that the
// table knows open another part.
func partsUnder(label string, blocks []block) []part {
	p := partition{parts: []part{{label: label}}, under: true}
	p.all(blocks, 1)
	p.parts[0].label = ""
	if len(p.parts[0].items) == 0 {
		return p.parts[1:]
	}
	return p.parts
}

func (p *partition) all(blocks []block, depth int) {
	list := labelled(blocks) > 1
	for _, b := range blocks {
		p.block(b, depth, list)
	}
}

func (p *partition) block(b block, depth int, list bool) {
	switch {
	case b.kind == rule:
		// What follows a rule belongs to no label above it.
		if len(p.parts) > 0 && !p.under {
			p.open(part{line: b.line}, 0, false)
		}
	case b.kind == table:
		p.table(b)
	case p.opens(b, depth, list):
		p.open(part{label: b.label, line: b.line, alone: b.bold && !strings.HasSuffix(b.text, ":")}, depth, b.kind == bullet)
		if b.rest != "" {
			p.add(item{text: b.rest, line: b.line})
		}
		p.all(b.below, depth+1)
	default:
		if b.text != "" {
			p.add(item{text: b.text, line: b.line, bullet: b.kind == bullet})
		}
		p.all(b.below, depth+1)
	}
}

// opens says whether a block opens a part. A bullet under a label is part of what
// the label says unless it names a field itself.
func (p *partition) opens(b block, depth int, list bool) bool {
	known := recognised(b.label)
	under := len(p.parts) > 0 && recognised(p.parts[len(p.parts)-1].label)
	switch {
	case b.label == "":
		return false
	case p.under:
		return b.strong && known && b.kind == paragraph
	case b.kind == paragraph:
		return b.strong || known
	case known:
		return b.strong || !under || p.listed && depth <= p.depth || list && depth == 0
	}
	return b.strong && list && depth <= p.depth
}

func (p *partition) open(next part, depth int, listed bool) {
	p.parts, p.depth, p.listed = append(p.parts, next), depth, listed
}

// add gives an item to the label above, or to none where there is none.
func (p *partition) add(it item) {
	if len(p.parts) == 0 {
		p.parts = append(p.parts, part{line: it.line})
	}
	last := &p.parts[len(p.parts)-1]
	last.items = append(last.items, it)
}

// table reads a table of labels and texts, or adds the rows of another one as they
// stand.
func (p *partition) table(b block) {
	if !labelTable(b) {
		for _, r := range b.rows {
			p.add(item{text: r.text, line: r.line})
		}
		return
	}
	for i, r := range b.rows {
		if i == 0 && !recognised(r.cells[0]) {
			p.heads = append(p.heads, Skipped{Line: r.line, Text: r.text, Reason: skippedHead})
			continue
		}
		p.open(part{label: r.cells[0], line: r.line}, 0, false)
		if r.cells[1] != "" {
			p.add(item{text: r.cells[1], line: r.line})
		}
	}
}

// labelTable says whether the first of a table's two columns holds labels, and the
// second one texts rather than what the labels stand for.
func labelTable(b block) bool {
	known, words := map[string]bool{}, 0
	for _, r := range b.rows {
		if len(r.cells) != 2 {
			return false
		}
		if isField(r.cells[0]) {
			known[keyOf(r.cells[0])] = true
			words += wordCount(r.cells[1])
		}
	}
	return len(known) > 1 && words >= 5*len(known)
}

// labelled counts the blocks whose labels the table knows.
func labelled(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if b.label != "" && recognised(b.label) && b.kind != table {
			n++
		}
	}
	return n
}

// filledKeys are the fields of prose that labels of the parts name, where a text
// stands under them.
func filledKeys(parts []part) map[string]bool {
	keys := map[string]bool{}
	for _, p := range parts {
		if isField(p.label) && p.filled() {
			keys[keyOf(p.label)] = true
		}
	}
	return keys
}

func (p part) filled() bool {
	for _, it := range p.items {
		if !isPlaceholder(it.text) {
			return true
		}
	}
	return false
}
