package posting

import (
	"math"
	"slices"
	"strings"
)

// matrix is a PDF transformation: a, b, c, d, e, f of ISO 32000-1, 8.3.3.
type matrix [6]float64

var unit = matrix{1, 0, 0, 1, 0, 0}

// then is m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// pages collects the lines of all pages in the order in which they were drawn, which
// is the order of reading in what word processors and browsers write.
type pages struct {
	file  *pdfFile
	lines []line
	count int
	width float64 // of the first page, in points
	size  int     // of the text so far, in bytes
	forms int     // of the drawings in pages so far, in bytes
}

func (p *pages) walk(node, resources pdfDict, depth int) error {
	if depth > maxNesting {
		return errTangled
	}
	f := p.file
	if own := f.dict(node["Resources"]); own != nil {
		resources = own
	}
	if box := f.list(node["MediaBox"]); p.width == 0 && len(box) == 4 {
		p.width = f.number(box[2]) - f.number(box[0])
	}
	kids := f.list(node["Kids"])
	if kids == nil && node["Contents"] != nil {
		return p.page(node, resources)
	}
	for _, kid := range kids {
		if err := p.walk(f.dict(kid), resources, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) page(node, resources pdfDict) error {
	p.count++
	if p.count > maxPages {
		return errPages
	}
	var content []byte
	streams := p.file.list(node["Contents"])
	if streams == nil {
		streams = []any{node["Contents"]}
	}
	for _, v := range streams {
		s, ok := p.file.resolve(v).(pdfStream)
		if !ok {
			continue
		}
		data, err := p.file.unpack(s, maxContent-len(content))
		if err != nil {
			return err
		}
		content = append(append(content, data...), '\n')
	}
	return p.draw(content, resources, unit, 0)
}

// look is the state of the graphics that matters for text (ISO 32000-1, 9.3).
type look struct {
	ctm                              matrix
	font                             *font
	size, char, word, lead, rise, th float64
}

// pen draws one page, or a drawing in it.
type pen struct {
	pages     *pages
	resources pdfDict
	fonts     map[string]*font
	depth     int

	look
	kept     []look
	tm, line matrix
	marks    []bool // the marked contents that are open: whether one is the page's frame
}

func (p *pages) draw(content []byte, resources pdfDict, ctm matrix, depth int) error {
	n := pen{pages: p, resources: resources, fonts: map[string]*font{}, depth: depth, tm: unit, line: unit}
	n.look = look{ctm: ctm, font: &font{}, th: 1}
	s := scanner{b: content}
	var args []operand
	for {
		o, ok := s.next()
		if !ok {
			return nil
		}
		if o.kind != operator { // brackets too: what stands in a list follows the operand before it
			if o.kind != bracket && len(args) < 1<<16 {
				args = append(args, o)
			}
			continue
		}
		if err := n.do(o.text, args, &s); err != nil {
			return err
		}
		args = args[:0]
	}
}

// do follows an operator.
func (n *pen) do(op string, args []operand, s *scanner) (err error) {
	switch op {
	case "q":
		if len(n.kept) < 1<<10 {
			n.kept = append(n.kept, n.look)
		}
	case "Q":
		if i := len(n.kept) - 1; i >= 0 {
			n.look, n.kept = n.kept[i], n.kept[:i]
		}
	case "cm":
		if m, ok := asMatrix(args); ok {
			n.ctm = m.then(n.ctm)
		}
	case "BMC", "BDC":
		n.marks = append(n.marks, len(args) > 0 && args[0].text == "Artifact")
	case "EMC":
		n.marks = n.marks[:max(0, len(n.marks)-1)]
	case "ID":
		s.skipImage()
	case "Do":
		return n.form(args)
	case "Tf":
		if len(args) == 2 {
			n.size = args[1].number
			n.font, err = n.fontOf(args[0].text)
		}
	default:
		return n.text(op, args)
	}
	return err
}

// text follows an operator about text.
func (n *pen) text(op string, args []operand) error {
	switch op {
	case "BT":
		n.tm, n.line = unit, unit
	case "Tm":
		if m, ok := asMatrix(args); ok {
			n.tm, n.line = m, m
		}
	case "Td", "TD":
		if len(args) == 2 {
			if op == "TD" {
				n.lead = -args[1].number
			}
			n.move(args[0].number, args[1].number)
		}
	case "T*":
		n.move(0, -n.lead)
	case "TJ", "Tj":
		return n.show(args)
	case "'", `"`:
		if op == `"` && len(args) == 3 {
			n.word, n.char, args = args[0].number, args[1].number, args[2:]
		}
		n.move(0, -n.lead)
		return n.show(args)
	default:
		n.set(op, args)
	}
	return nil
}

func (n *pen) set(op string, args []operand) {
	if len(args) != 1 {
		return
	}
	v := args[0].number
	switch op {
	case "Tc":
		n.char = v
	case "Tw":
		n.word = v
	case "TL":
		n.lead = v
	case "Ts":
		n.rise = v
	case "Tz":
		n.th = v / 100
	}
}

func (n *pen) move(x, y float64) {
	n.line = matrix{1, 0, 0, 1, x, y}.then(n.line)
	n.tm = n.line
}

func asMatrix(args []operand) (m matrix, ok bool) {
	if len(args) != len(m) {
		return m, false
	}
	for i, a := range args {
		m[i] = a.number
	}
	return m, true
}

// form draws a drawing that the page's resources name.
func (n *pen) form(args []operand) error {
	if len(args) != 1 || n.depth >= maxNesting {
		return nil
	}
	f := n.pages.file
	x, ok := f.resolve(f.dict(n.resources["XObject"])[args[0].text]).(pdfStream)
	if !ok || f.name(x.dict["Subtype"]) != "Form" {
		return nil
	}
	content, err := f.unpack(x, maxContent)
	if err != nil {
		return err
	}
	if n.pages.forms += len(content) + 1; n.pages.forms > maxContent { // drawings of drawings multiply
		return errContent
	}
	m := unit
	if v := f.list(x.dict["Matrix"]); len(v) == len(m) {
		for i := range m {
			m[i] = f.number(v[i])
		}
	}
	resources := n.resources
	if own := f.dict(x.dict["Resources"]); own != nil {
		resources = own
	}
	return n.pages.draw(content, resources, m.then(n.ctm), n.depth+1)
}

// show sets strings, and the numbers between them as gaps.
func (n *pen) show(args []operand) error {
	for _, a := range args {
		switch a.kind {
		case number:
			n.advance(-a.number / 1000 * n.size * n.th)
		case letters:
			if err := n.string(a.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// string sets one string from where the pen stands.
func (n *pen) string(codes string) error {
	from := n.at()
	var b strings.Builder
	for _, g := range n.font.glyphs(codes) {
		b.WriteString(g.text)
		w := g.width*n.size + n.char
		if g.space {
			w += n.word
		}
		n.advance(w * n.th)
	}
	to := n.at()
	text := b.String()
	upright := math.Abs(to[5]-from[5]) < 1 && to[4] >= from[4]
	if text == "" || !upright || slices.Contains(n.marks, true) {
		return nil
	}
	if n.pages.size += len(text); n.pages.size > MaxText {
		return errText
	}
	size := math.Hypot(from[2], from[3])
	n.pages.lines = addRun(n.pages.lines, run{
		text: text, x0: from[4], x1: to[4], y: from[5], size: size, bold: n.font.bold, page: n.pages.count,
	})
	return nil
}

func (n *pen) advance(x float64) { n.tm = matrix{1, 0, 0, 1, x, 0}.then(n.tm) }

// at is where the pen stands on the page, with the height of its letters.
func (n *pen) at() matrix {
	return matrix{n.size * n.th, 0, 0, n.size, 0, n.rise}.then(n.tm).then(n.ctm)
}
