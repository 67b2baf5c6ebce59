package posting

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is a string as it was set. Lengths are in points, from the page's lower left.
type run struct {
	text      string
	x0, x1, y float64
	size      float64
	bold      bool
	page      int
}

// line is the runs on one line.
type line struct {
	run
	heavy int // bytes in bold
}

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// wordGap is the gap between two runs that parts words, in units of the size: a blank
// is about 0.25 wide and no narrower than 0.2 where a line is squeezed.
const wordGap = 0.17

// addRun sets a run behind the last line where it goes on with it, else on a new one.
func addRun(lines []line, r run) []line {
	heavy := 0
	if r.bold {
		heavy = len(r.text)
	}
	if n := len(lines); n > 0 {
		l := &lines[n-1]
		size := max(l.size, r.size)
		if len(l.text) < maxPiece && l.page == r.page && math.Abs(l.y-r.y) < 0.4*size && r.x0 > l.x1-0.6*size {
			if r.x0-l.x1 > wordGap*size {
				l.text += " "
			}
			if len(r.text) >= len(l.text) { // a bullet may be larger than what it marks
				l.y, l.size = r.y, r.size
			}
			l.text += r.text
			l.x1 = max(l.x1, r.x1)
			l.heavy += heavy
			return lines
		}
	}
	return append(lines, line{run: r, heavy: heavy})
}

// piece is a paragraph, a heading or an item made of lines.
type piece struct {
	text string
	last line    // its last line
	x    float64 // where its first line begins
	size float64
	item bool
	bold bool
	near bool // it stands right below the piece before it
}

// maxItem is how many words an item has that only its indent tells: above it, it is
// prose beside a wider heading.
const maxItem = 50

// maxPiece is how long a line or a piece grows, in bytes: no paragraph is longer.
const maxPiece = 1 << 13

// typeset gives lines as Markdown: those that were wrapped become one again, what is
// larger or wholly bold is a heading, and what hangs behind a sign an item.
func typeset(lines []line, width float64) (string, error) {
	body := most(lines, func(_ int, l line) float64 { return l.size })
	pieces := newPage(lines, width).unwrap(lines)
	margin := math.Inf(1)
	for _, p := range pieces {
		margin = min(margin, p.x)
	}
	var s sheet
	for i, p := range pieces {
		s.tight = p.near
		switch {
		case p.item:
			s.block(p.text, true, 0)
		case p.size > 1.6*body:
			s.heading(1, p.text)
		case p.size > 1.12*body && len(strings.Fields(p.text)) <= 15:
			s.heading(2, p.text)
		case p.bold:
			s.block("**"+p.text+"**", false, 0)
		default:
			s.block(p.text, p.x > margin+p.size/2 && alike(pieces, i) && len(strings.Fields(p.text)) <= maxItem, 0)
		}
	}
	return s.text()
}

// alike says whether a piece next to piece i begins at the same place: browsers print
// the bullets of a list as drawings, and only its indent is left.
func alike(pieces []piece, i int) bool {
	same := func(j int) bool {
		return j >= 0 && j < len(pieces) && !pieces[j].bold && math.Abs(pieces[j].x-pieces[i].x) < 1
	}
	return same(i-1) || same(i+1)
}

// most is the value, to a twentieth, that stands for the most letters.
func most(lines []line, of func(int, line) float64) float64 {
	letters := map[float64]int{}
	for i, l := range lines {
		letters[math.Round(20*of(i, l))/20] += len(l.text)
	}
	best := 0.0
	for _, v := range slices.Sorted(maps.Keys(letters)) {
		if letters[v] > letters[best] {
			best = v
		}
	}
	return best
}

// page is how lines are set: how far apart and how far to the right.
type page struct {
	width   float64
	left    float64         // where the leftmost line begins
	leading float64         // from line to line, in units of the size
	edges   map[int]float64 // how far full lines run, by where they begin
}

// textWidth is the least share of the page's width that a block of wrapped lines
// takes: a narrower one is a list of words.
const textWidth = 0.5

func newPage(lines []line, width float64) page {
	p := page{width: width, left: math.Inf(1), edges: map[int]float64{}}
	for _, l := range lines {
		p.left = min(p.left, l.x0)
		p.edges[l.column()] = max(p.edges[l.column()], l.x1)
	}
	p.leading = most(lines, func(i int, l line) float64 {
		if i == 0 || lines[i-1].page != l.page || lines[i-1].size-l.size > 0.6 {
			return 0
		}
		return min(max(lines[i-1].y-l.y, 0)/l.size, 1.5)
	})
	p.settle(lines)
	return p
}

// column is where a line begins, in whole points.
func (l line) column() int { return int(math.Round(l.x0)) }

// settle moves an edge out to the page's margin, taken to be as wide as the left one,
// where fewer than three lines are full to it: the longest line of a list is no wrap.
func (p page) settle(lines []line) {
	full := map[int]int{}
	widest, margin := 0.0, p.width-p.left
	for i, l := range lines {
		widest = max(widest, l.x1)
		if i > 0 && p.full(lines[i-1], l) {
			full[lines[i-1].column()]++
		}
	}
	if widest-p.left > textWidth*p.width {
		margin = min(margin, widest)
	}
	for x, edge := range p.edges {
		if full[x] < 3 || edge-float64(x) < textWidth*p.width {
			p.edges[x] = max(edge, margin)
		}
	}
}

// full says whether the first word of next had no room on the line.
func (p page) full(l, next line) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(next.text), " ")
	letter := (next.x1 - next.x0) / float64(max(1, utf8.RuneCountInString(next.text)))
	return l.x1+letter*float64(utf8.RuneCountInString(first)+1) > p.edges[l.column()]-1
}

// unwrap joins the lines that were one.
func (p page) unwrap(lines []line) []piece {
	var out []piece
	for _, l := range lines {
		text, item := unsigned(strings.TrimSpace(l.text))
		bold := 10*l.heavy > 9*len(l.text)
		near := false
		if n := len(out); n > 0 {
			last := &out[n-1]
			if !item && !numbered(text) && p.continues(*last, l, text, bold) {
				last.add(text, l)
				continue
			}
			near = !last.bold && math.Abs(last.size-l.size) < 0.6 && p.below(last.last, l)
		}
		out = append(out, piece{text: text, last: l, x: l.x0, item: item, bold: bold, size: l.size, near: near})
	}
	return slices.DeleteFunc(out, func(p piece) bool { return p.text == "" })
}

// continues says whether a line is the next of a piece.
func (p page) continues(before piece, l line, text string, bold bool) bool {
	switch {
	case bold != before.bold, math.Abs(l.size-before.last.size) > 0.6, len(before.text) > maxPiece:
		return false
	case before.text == "": // a bullet that was set by itself
		return true
	case l.page != before.last.page:
		first, _ := utf8.DecodeRuneInString(text)
		return unicode.IsLower(first) && p.full(before.last, l)
	}
	return p.below(before.last, l) && math.Abs(l.x0-before.x) < 3*l.size && p.full(before.last, l)
}

// below says whether a line stands right below another.
func (p page) below(above, l line) bool {
	down := (above.y - l.y) / l.size
	return above.page == l.page && down > 0 && down < max(1.3, p.leading)*1.15
}

// add sets the next line of a piece behind it.
func (p *piece) add(text string, l line) {
	if !strings.HasSuffix(p.text, "-") && p.text != "" {
		p.text += " "
	}
	p.text += text
	p.last = l
}

// signs begin an item.
const signs = "•●▪■◦○‣➢✓✔·∙–"

// unsigned takes the sign off an item.
func unsigned(text string) (rest string, item bool) {
	first, size := utf8.DecodeRuneInString(text)
	rest = text[size:]
	switch {
	case strings.ContainsRune(signs, first):
		return strings.TrimSpace(rest), true
	case (first == '-' || first == '*' || first == 'o') && strings.HasPrefix(rest, " "):
		return strings.TrimSpace(rest), true
	}
	return text, false
}

// numbered says whether a line begins as an item of a numbered list does.
func numbered(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	digits := len(text) - len(rest)
	return digits > 0 && digits < 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}
