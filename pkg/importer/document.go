package importer

import "sort"

// document is a text and where its lines begin.
type document struct {
	source []byte
	lines  []int // where each line begins
	first  int   // how many lines of a larger document stand before it
}

func newDocument(content string) *document {
	d := &document{source: []byte(content), lines: []int{0}}
	for i, b := range d.source {
		if b == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	return d
}

// place is the number of the document's line, from 1, that holds the byte at
// offset.
func (d *document) place(offset int) int { return sort.SearchInts(d.lines, offset+1) }

// lineAt is the same in the whole document.
func (d *document) lineAt(offset int) int { return d.first + d.place(offset) }

// line is a line's text by its number in the whole document.
func (d *document) line(n int) string { return d.raws(n - d.first) }

func (d *document) raws(n int) string {
	end := len(d.source)
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	return string(d.source[d.lines[n-1]:end])
}
