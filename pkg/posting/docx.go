package posting

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// maxPart is how large one part of a Word file may be once unpacked (16 MiB): the
// XML of a long posting is under one.
const maxPart = 16 << 20

// readDOCX gives the paragraphs, lists, headings and tables of a Word file (Office
// Open XML, ECMA-376 part 1), without what is deleted in it.
func readDOCX(data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", tooLarge()
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("the Word file is broken: %w", err)
	}
	body, err := part(z, "word/document*.xml")
	if err != nil {
		return "", err
	}
	if body == nil {
		return "", errors.New("this is a ZIP archive and no Word file (.docx)")
	}
	styles, err := part(z, "word/styles.xml")
	if err != nil {
		return "", err
	}
	d := docx{styles: readStyles(styles)}
	if err := d.read(body); err != nil {
		return "", err
	}
	return d.text()
}

// part gives the first part of that name, nil where there is none.
func part(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if ok, err := path.Match(name, f.Name); err != nil || !ok {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("the Word file is broken: %w", err)
		}
		data, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, fmt.Errorf("the Word file is broken: %w", err)
		}
		if len(data) > maxPart {
			return nil, errors.New("the Word file unpacks to over 16 MiB, the most that is read")
		}
		return data, nil
	}
	return nil, nil
}

// style is what a paragraph style says of a posting's layout.
type style struct {
	base  string
	level int // of a heading, 1 to 9; 0 for none
	list  bool
}

// readStyles gives the paragraph styles by id. Ids are translated, names are not.
func readStyles(data []byte) map[string]*style {
	styles := map[string]*style{}
	s := &style{}
	for x := xml.NewDecoder(bytes.NewReader(data)); ; {
		t, err := x.Token()
		if err != nil {
			return styles // what a broken part has said by now
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "style":
			s = &style{}
			styles[value(e, "styleId")] = s
		case "name":
			s.named(strings.ToLower(value(e, "val")))
		case "basedOn":
			s.base = value(e, "val")
		case "outlineLvl":
			s.level = outline(e)
		case "numPr":
			s.list = true
		}
	}
}

func (s *style) named(name string) {
	switch n, isHeading := strings.CutPrefix(name, "heading "); {
	case isHeading:
		s.level, _ = strconv.Atoi(n)
	case name == "title":
		s.level = 1
	case strings.HasPrefix(name, "list bullet"), strings.HasPrefix(name, "list number"):
		s.list = true
	}
}

// outline is a heading's level: the file counts from 0, and 9 is running text.
func outline(e xml.StartElement) int {
	if n, err := strconv.Atoi(value(e, "val")); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

func value(e xml.StartElement, key string) string {
	for _, a := range e.Attr {
		if a.Name.Local == key {
			return a.Value
		}
	}
	return ""
}

// paragraph is a paragraph, or a piece of one up to a line break.
type paragraph struct {
	text  strings.Builder
	level int // of a heading, 0 for none
	list  bool
	depth int  // of the list's item
	thin  bool // some of its text is not bold
}

// docx walks through a document's body. Paragraphs nest: a text box stands in one.
type docx struct {
	styles map[string]*style
	done   []*paragraph

	open   []*paragraph
	run    bool // in a run of text
	bold   bool // that is bold
	reads  bool // in the text of it
	skip   int  // open elements of what is not to be read
	tables int  // open tables
	cells  [][]*paragraph
}

// unread are the elements whose text a reader does not see, or sees elsewhere: an
// older spelling of what stands beside it, fields, what a reviewer has deleted.
const unread = " Fallback del moveFrom instrText delText pPrChange rPrChange "

func (d *docx) read(body []byte) error {
	for x := xml.NewDecoder(bytes.NewReader(body)); ; {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the Word file is broken: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if d.skip > 0 || strings.Contains(unread, " "+t.Name.Local+" ") {
				d.skip++
				continue
			}
			d.start(t)
		case xml.EndElement:
			if d.skip > 0 {
				d.skip--
				continue
			}
			d.end(t.Name.Local)
		case xml.CharData:
			if d.reads && d.skip == 0 {
				d.write(string(t))
			}
		}
	}
}

func (d *docx) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		d.open = append(d.open, &paragraph{})
	case "pStyle", "numId", "ilvl", "outlineLvl":
		if n := len(d.open); n > 0 {
			d.format(d.open[n-1], e)
		}
	case "r":
		d.run, d.bold = true, false
	case "b":
		d.bold = d.run && on(e)
	case "rStyle":
		d.bold = d.bold || value(e, "val") == "Strong"
	case "t":
		d.reads = true
	case "tab":
		if d.run {
			d.write(" ")
		}
	case "noBreakHyphen":
		d.write("-")
	case "br", "cr":
		d.write("\n")
	case "tbl":
		d.tables++
	case "tc":
		if d.tables == 1 {
			d.cells = append(d.cells, nil)
		}
	}
}

func on(e xml.StartElement) bool {
	v := value(e, "val")
	return v != "0" && v != "false"
}

func (d *docx) format(p *paragraph, e xml.StartElement) {
	v := value(e, "val")
	switch e.Name.Local {
	case "pStyle":
		p.level, p.list = d.style(v)
	case "numId":
		p.list = v != "0"
	case "ilvl":
		p.depth, _ = strconv.Atoi(v)
	case "outlineLvl":
		p.level = outline(e)
	}
}

// style is what a style says, or the styles that it is based on.
func (d *docx) style(id string) (level int, list bool) {
	for range 16 {
		s, ok := d.styles[id]
		if !ok {
			break
		}
		if s.level > 0 || s.list {
			return s.level, s.list
		}
		id = s.base
	}
	return 0, false
}

func (d *docx) end(name string) {
	switch name {
	case "p":
		if n := len(d.open); n > 0 {
			p := d.open[n-1]
			d.open = d.open[:n-1]
			d.close(p)
		}
	case "r":
		d.run = false
	case "t":
		d.reads = false
	case "tr":
		if d.tables == 1 {
			d.row()
		}
	case "tbl":
		d.tables--
	}
}

func (d *docx) write(text string) {
	n := len(d.open)
	if n == 0 {
		return
	}
	p := d.open[n-1]
	p.thin = p.thin || !d.bold && strings.TrimSpace(text) != ""
	p.text.WriteString(text)
}

// close puts a paragraph into its cell, or behind the others.
func (d *docx) close(p *paragraph) {
	if n := len(d.cells); d.tables > 0 && n > 0 {
		d.cells[n-1] = append(d.cells[n-1], p)
		return
	}
	d.done = append(d.done, p)
}

// row ends a table's row: short cells are a row of Markdown, a table that holds the
// layout of a page is left out around its paragraphs.
func (d *docx) row() {
	var texts []string
	short := true
	for _, cell := range d.cells {
		for i, p := range cell {
			text := squeeze(p.text.String())
			short = short && !p.list && p.level == 0 && (i == 0 || text == "")
			if text != "" {
				texts = append(texts, text)
			}
		}
	}
	if short && len(texts) > 1 {
		p := &paragraph{thin: true}
		p.text.WriteString("| " + strings.Join(texts, " | ") + " |")
		d.done = append(d.done, p)
	} else {
		d.done = append(d.done, slices.Concat(d.cells...)...)
	}
	d.cells = nil
}

// text gives the paragraphs as Markdown. Where the writer has parted them by empty
// ones, those without one between them stand right below each other.
func (d *docx) text() (string, error) {
	var s sheet
	parted, gap := 0, true
	for _, p := range d.done {
		if p.empty() {
			parted++
		}
	}
	for _, p := range d.done {
		text := strings.TrimSpace(p.text.String())
		switch {
		case p.empty():
		case p.level > 0:
			s.heading(p.level, text)
		case p.list:
			s.block(squeeze(text), true, p.depth)
		default:
			s.tight = parted > 1 && !gap
			s.lines(text, !p.thin)
		}
		gap = p.empty() || p.level > 0 || p.list
	}
	return s.text()
}

func (p *paragraph) empty() bool { return strings.TrimSpace(p.text.String()) == "" }

// lines adds a paragraph that may hold breaks.
func (s *sheet) lines(text string, bold bool) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = squeeze(line); line != "" && bold {
			line = "**" + line + "**"
		}
		s.block(line, false, 0)
		s.tight = true
	}
	s.tight = false
}
