package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// section is a heading and what stands under it up to the next one. What counts
// as a heading is for the reader of the text: a line of a certain make in plain
// text, the summary of a <details>, a bold line that stands alone.
type section struct {
	heading string
	level   int // 0 for what stands before the first heading
	line    int
	origin  origin
	company string // from a comment further up
	blocks  []block

	parent   *section
	children []*section

	fate    fate
	layout  string   // the layout that made it a story
	reason  string   // why it is none, where there is more to say than "outside"
	title   *section // whose heading is the story's title, where not its own
	into    *section // the story that it belongs to, where not one further up
	entries []*entry // the stories that are pieces of it
	whole   bool     // its one entry is all of its text
	twins   []item   // names of stories that stand above

	text string // what says has said
	keys int    // what ownKeys has counted, plus one
}

// origin is what a section's heading is in the document.
type origin int

const (
	headed  origin = iota // a heading
	bold                  // a bold line that stands alone
	details               // the summary of a <details>
	dated                 // a line of plain text that begins with a date
	titled                // a title line of plain text
)

type fate int

const (
	outside fate = iota // no part of a story
	opens               // a story
	belongs             // part of the story above
	over                // its bullets, rows or prose are stories by themselves
)

// kind is what a block is.
type kind int

const (
	paragraph kind = iota
	bullet
	code
	table
	rule
)

// block is a piece of a section: a paragraph, or the lines of one that a label
// opens; a bullet with what hangs under it; a table; a piece of code.
type block struct {
	kind   kind
	text   string // as the document has it, less emphasis
	line   int
	label  string // what the text opens with and may be a label
	rest   string // the text behind it
	strong bool   // the label is emphasised
	bold   bool   // all of the text is
	number bool   // a numbered bullet
	indent int    // of a bullet's mark, in columns
	rows   []row
	below  []block
	more   []string // lines that are still to be joined to the text
}

// row is one line of a table; the first row is its head.
type row struct {
	cells []string
	text  string // as it stands
	line  int
}

// outline makes a list of sections a tree and gives its root.
func outline(sections []*section) *section {
	root := &section{level: -1}
	at := root
	for _, s := range sections {
		for at != root && (at.level == 0 || at.level >= s.level) {
			at = at.parent
		}
		s.parent = at
		at.children = append(at.children, s)
		at = s
	}
	return root
}

// all lists the sections under s in their order.
func (s *section) all() []*section {
	var out []*section
	s.each(func(c *section) bool {
		out = append(out, c)
		return false
	})
	return out
}

// each goes through the sections under s in their order until one is such, and says
// whether one was.
func (s *section) each(such func(*section) bool) bool {
	for _, c := range s.children {
		if such(c) || c.each(such) {
			return true
		}
	}
	return false
}

// bullets are the blocks of the section that are bullets.
func (s *section) bullets() []block {
	var out []block
	for _, b := range s.blocks {
		if b.kind == bullet {
			out = append(out, b)
		}
	}
	return out
}

// says is all the text of the section's own blocks.
func (s *section) says() string {
	if s.text == "" && len(s.blocks) > 0 {
		s.text = saying(s.blocks)
	}
	return s.text
}

func saying(blocks []block) string {
	var out []string
	for _, b := range blocks {
		out = append(out, b.text)
		for _, r := range b.rows {
			out = append(out, r.text)
		}
		out = append(out, saying(b.below))
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// filled says whether the section's own blocks hold more than placeholders.
func (s *section) filled() bool {
	said := s.says()
	return !isPlaceholder(said) && !isPointer(said)
}

// gather puts headings that are labels under the heading before them where a
// document has both on one level: "## Title", "## Situation", "## Action".
func gather(s *section) {
	times, titles := map[string]int{}, 0
	for _, c := range s.children {
		if isField(c.heading) {
			times[labelWord(c.heading)]++
		} else {
			titles++
		}
		gather(c)
	}
	if most(times) < 2 || titles < 2 {
		return
	}
	var kept []*section
	for _, c := range s.children {
		if isField(c.heading) && len(kept) > 0 {
			c.parent = kept[len(kept)-1]
			c.parent.children = append(c.parent.children, c)
		} else {
			kept = append(kept, c)
		}
	}
	s.children = kept
}

func most(times map[string]int) int {
	n := 0
	for _, t := range times {
		n = max(n, t)
	}
	return n
}

// promote makes bold lines that stand alone headings: they are titles where the
// section has no labels that the table knows.
func promote(sections []*section) []*section {
	var out []*section
	for _, s := range sections {
		out = append(out, s)
		if !s.titles() {
			continue
		}
		blocks := s.blocks
		s.blocks = nil
		at := s
		for i, b := range blocks {
			if titleLine(blocks, i) {
				at = &section{heading: strings.TrimLeft(b.text, "-–— "), level: s.level + 1, line: b.line, origin: bold, company: s.company}
				out = append(out, at)
			} else {
				at.blocks = append(at.blocks, b)
			}
		}
	}
	return out
}

// titles says whether bold lines are titles in the section rather than labels.
func (s *section) titles() bool {
	found := false
	for i, b := range s.blocks {
		if b.strong && b.label != "" && recognised(b.label) && b.kind == paragraph {
			return false
		}
		found = found || titleLine(s.blocks, i)
	}
	return found
}

// titleLine says whether block i is a bold line with text under it.
func titleLine(blocks []block, i int) bool {
	if !blocks[i].bold || blocks[i].kind != paragraph || i+1 == len(blocks) || len(strings.Fields(blocks[i].text)) > 25 {
		return false
	}
	next := blocks[i+1]
	return !next.bold && next.kind != rule && next.kind != code
}

// pointer is a text that only says where the story is.
var pointer = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\s\pP]*(?:->|=>|→|see\b|same (?:as|story)|use (?:the|story)|as above|\((?:one of|the same|see)\b)|\b(?:see (?:above|below|story|the)|again, see)\b`)
})

// isPointer says whether a text of one short line only points somewhere else.
func isPointer(s string) bool {
	s = strings.TrimSpace(s)
	n := len(strings.Fields(s))
	whole := strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && !strings.Contains(s, "\n")
	return n > 0 && n <= 12 && !strings.Contains(s, "\n") && (whole || pointer().MatchString(s))
}

func wordCount(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return !isWord(r) && r != '\'' && r != '’' }))
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

func anyBlock(blocks []block, such func(block) bool) bool {
	return slices.ContainsFunc(blocks, func(b block) bool { return such(b) || anyBlock(b.below, such) })
}
