package importer

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// ruled is a plain text by its lines, and which of them are labels and titles.
type ruled struct {
	raw    []string
	lines  []string      // trimmed, and empty where raw has no words
	labels []int         // the indexes of lines that are a label and nothing else
	heads  map[int]*head // by line index: the line is a heading
	alone  bool          // labels stand on lines of their own: elsewhere their words are words
}

// head is a heading of plain text.
type head struct {
	level  int
	origin origin
	silent bool // it has no words of its own: the line is a label
}

// The levels of the headings that plain text has.
const (
	levelRegion = iota + 1 // behind a ruled line, or underlined by one of =
	levelSeries            // "Failure #2", or underlined
	levelTitle             // over labels, or with a date
)

// readPlain cuts a text at its title lines.
func readPlain(d *document) ([]*section, []Skipped) {
	t := ruled{raw: strings.Split(string(d.source), "\n"), heads: map[int]*head{}}
	for _, line := range t.raw {
		if !hasWords(line) {
			line = ""
		}
		t.lines = append(t.lines, strings.TrimSpace(line))
	}
	t.findLabels()
	t.findUnderlined()
	t.findDated()
	t.findTitles()
	t.findSeries()
	t.findRegions()
	t.findGaps()
	return t.sections(), nil
}

// sections cuts the lines at the headings.
func (t *ruled) sections() []*section {
	s := &section{line: 1}
	out := []*section{s}
	from := 0
	for i := range t.lines {
		h := t.heads[i]
		if h == nil {
			continue
		}
		s.blocks = t.blocks(from, i)
		s = &section{heading: t.lines[i], level: h.level, line: i + 1, origin: h.origin}
		if from = i + 1; h.silent {
			s.heading, from = "", i
		}
		out = append(out, s)
	}
	s.blocks = t.blocks(from, len(t.lines))
	return out
}

// longestLine is how many bytes a label or title line may have.
const longestLine = 120

// findLabels finds the lines that are a label and nothing else: words that the
// table knows, and lines of the same make that recur ("The Twist"). Labels of a
// single kind are no layout.
func (t *ruled) findLabels() {
	times, kinds := map[string]int{}, map[string]bool{}
	article := false
	for _, line := range t.lines {
		if len(line) > longestLine {
			continue
		}
		times[line]++
		if labelLine(line) {
			kinds[keyOf(line)] = true
			article = article || strings.HasPrefix(line, "The ")
		}
	}
	for i, line := range t.lines {
		recurs := article && times[line] > 1 && strings.HasPrefix(line, "The ") && short(line) && titleLike(line)
		if len(kinds) > 1 && (recurs || labelLine(line)) {
			t.labels = append(t.labels, i)
		}
	}
	t.alone = len(t.labels) > 0
}

// labelLine says whether a line is a label that the table knows. A letter is one
// only with its colon.
func labelLine(line string) bool {
	return titleLike(line) && len(line) > 1 && !bulletMark().MatchString(line) && keyOf(line) != ""
}

// findTitles finds the labels that open an entry, and the title line of each: its
// own index where it has none. A label opens an entry where it is the document's
// first one, or comes again in an entry under a new title.
func (t *ruled) findTitles() {
	t.inlineLabels()
	inEntry := map[string]bool{}
	for n, i := range t.labels {
		word := t.word(i)
		title, isTitled := t.title(n)
		again := word == t.word(t.labels[0])
		if n > 0 && !again && !(inEntry[word] && isTitled) {
			inEntry[word] = true
			continue
		}
		inEntry = map[string]bool{word: true}
		switch {
		case isTitled && t.heads[title] == nil:
			t.heads[title] = &head{level: levelTitle, origin: titled}
		case !isTitled:
			t.heads[i] = &head{level: levelTitle, origin: titled, silent: true}
		}
	}
}

// word is the label of line i as the table spells it.
func (t *ruled) word(i int) string {
	if label, _ := plainLabel(t.lines[i]); label != "" {
		return labelWord(label)
	}
	return labelWord(t.lines[i])
}

// inlineLabels adds the lines that begin with a label, where at least two kinds of
// labels do and no headings have been found yet.
func (t *ruled) inlineLabels() {
	if len(t.labels) > 0 || len(t.heads) > 0 {
		return
	}
	kinds := map[string]bool{}
	var found []int
	for i, line := range t.lines {
		label, _ := plainLabel(line)
		if label == "" || !isField(label) || bulletMark().MatchString(t.raw[i]) || strings.TrimLeft(t.raw[i], " \t") != t.raw[i] {
			continue
		}
		kinds[keyOf(label)] = true
		found = append(found, i)
	}
	if len(kinds) > 1 {
		t.labels = found
	}
}

// title gives the title line over label n: the line of words before it, unless
// that is all that the label before has to say.
func (t *ruled) title(n int) (at int, found bool) {
	label := t.labels[n]
	at = label - 1
	for at >= 0 && t.lines[at] == "" {
		at--
	}
	alone := at > 0 && t.lines[at-1] == ""
	if at < 0 || len(t.lines[at]) > longestLine || !titleLike(t.lines[at]) && !alone || bulletMark().MatchString(t.raw[at]) && !alone {
		return 0, false
	}
	if l, _ := plainLabel(t.lines[at]); l != "" {
		return 0, false
	}
	if n == 0 {
		return at, true
	}
	if at <= t.labels[n-1] {
		return 0, false
	}
	if _, rest := plainLabel(t.lines[t.labels[n-1]]); rest != "" {
		return at, alone
	}
	return at, slices.ContainsFunc(t.lines[t.labels[n-1]+1:at], func(line string) bool { return line != "" })
}

// titleLike says whether a line reads as a title: no sentence that ends.
func titleLike(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return line != "" && len(line) <= longestLine && !strings.ContainsRune(".;,", last)
}

// ruler is a line of nothing but one sign.
var ruler = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:-{3,}|={3,}|_{3,}|\*{3,}|~{3,}|#{3,}|─{3,}|═{3,}|—{3,})\s*$`)
})

// isRule says whether line i is one.
func (t *ruled) isRule(i int) bool {
	return i >= 0 && i < len(t.raw) && t.lines[i] == "" && ruler().MatchString(t.raw[i])
}

// findUnderlined finds the lines that are alone over a line of = or -.
func (t *ruled) findUnderlined() {
	for i, line := range t.lines {
		if !t.isRule(i+1) || line == "" || len(line) > longestLine || bulletMark().MatchString(t.raw[i]) && !numbered().MatchString(line) {
			continue
		}
		if i > 0 && t.lines[i-1] != "" {
			continue
		}
		level := levelSeries
		if strings.ContainsAny(t.raw[i+1], "=═#*") {
			level = levelRegion
		}
		t.heads[i] = &head{level: level, origin: titled}
	}
}

var numbered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{1,3}[.)]\s`) })

// findDated finds the lines that begin with a date, where more than one does.
func (t *ruled) findDated() {
	var found []int
	for i, line := range t.lines {
		if line == "" || strings.TrimLeft(t.raw[i], " \t") != t.raw[i] {
			continue
		}
		if d, _, ok := leadingDate(line); ok && len(d) > 4 {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		t.heads[i] = &head{level: levelTitle, origin: dated}
	}
}

// counted is a title with a number: "Failure #2 (short):", "3) The bell".
var counted = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(\pL[\pL\s'’-]{0,40}?)\s*#?|#?)(\d{1,3})(?:[).:\s(–—-]|$)`)
})

// findSeries finds titles that are counted, each behind an empty line.
func (t *ruled) findSeries() {
	found := map[string][]int{}
	for i, line := range t.lines {
		m := counted().FindStringSubmatch(line)
		if m == nil || len(line) > longestLine || strings.TrimLeft(t.raw[i], " \t") != t.raw[i] || t.heads[i] != nil {
			continue
		}
		behind := i == 0 || t.lines[i-1] == ""
		last := i+1 == len(t.lines) || t.lines[i+1] == ""
		if behind && (m[1] != "" || !last && !bulletMark().MatchString(t.lines[i+1])) && titleLike(line) {
			found[strings.ToLower(strings.TrimSpace(m[1]))] = append(found[strings.ToLower(strings.TrimSpace(m[1]))], i)
		}
	}
	for name, lines := range found {
		if len(lines) < 2 || name == "step" || name == "day" {
			continue
		}
		for _, i := range lines {
			t.heads[i] = &head{level: levelSeries, origin: titled}
		}
	}
}

// findRegions finds the titles behind ruled lines, and at the beginning of a text
// that has such.
func (t *ruled) findRegions() {
	rules := 0
	for i := range t.lines {
		if t.isRule(i) && (i == 0 || t.heads[i-1] == nil) {
			rules++
		}
	}
	if rules == 0 {
		return
	}
	fresh := true
	for i, line := range t.lines {
		switch {
		case t.isRule(i):
			fresh = i == 0 || t.heads[i-1] == nil
		case line == "":
		case fresh:
			fresh = false
			if t.heads[i] == nil && t.opensRegion(i) {
				t.heads[i] = &head{level: levelRegion, origin: titled}
			}
		}
	}
}

// opensRegion says whether line i, the first behind a ruled one, is a title.
func (t *ruled) opensRegion(i int) bool {
	line := t.lines[i]
	label, _ := plainLabel(line)
	if t.isLabel(i) || !titleLike(line) || label != "" || bulletMark().MatchString(t.raw[i]) || wordCount(line) > 12 {
		return false
	}
	next := i + 1
	return next == len(t.lines) || t.lines[next] == "" || bulletMark().MatchString(t.raw[next]) || wordCount(line) <= 6 || strings.HasSuffix(line, ":")
}

// findGaps finds titles behind empty lines: over bullets, and in a text that has no
// other headings over longer lines as well.
func (t *ruled) findGaps() {
	bare := len(t.heads) == 0
	if slices.ContainsFunc(slices.Collect(maps.Values(t.heads)), func(h *head) bool { return h.origin == dated }) {
		return
	}
	var found []int
	for i, line := range t.lines {
		if t.heads[i] != nil || i > 0 && t.lines[i-1] != "" || !t.couldHead(i) {
			continue
		}
		next := i + 1
		for next < len(t.lines) && t.lines[next] == "" {
			next++
		}
		if next == len(t.lines) || next-i > 2 || t.isRule(i+1) {
			continue
		}
		if listed := bulletMark().MatchString(t.raw[next]); listed && !strings.HasSuffix(line, ":") || bare && (listed || len(t.lines[next]) > max(len(line), 40)) {
			found = append(found, i)
		}
	}
	if len(found) < 2 && len(t.heads) == 0 {
		return
	}
	for _, i := range found {
		t.heads[i] = &head{level: levelSeries, origin: titled}
	}
}

// couldHead says whether line i could be a title by its words.
func (t *ruled) couldHead(i int) bool {
	line := t.lines[i]
	label, _ := plainLabel(line)
	return titleLike(line) && label == "" && !t.isLabel(i) && columns(t.raw[i]) == 0 && !bulletMark().MatchString(t.raw[i]) && wordCount(line) <= 10 && !strings.HasSuffix(line, "?")
}

var bulletMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:[-*•–+◦▪·]|\d{1,3}[.)])\s+`) })

// blocks reads lines as paragraphs, which blank lines part, labels and bullets.
func (t *ruled) blocks(from, to int) []block {
	var out, bullets []block
	fresh := true
	for i := from; i < to; i++ {
		if t.lines[i] == "" {
			if t.isRule(i) && t.heads[max(i-1, 0)] == nil {
				out, bullets = append(append(out, nest(bullets)...), block{kind: rule, line: i + 1}), nil
			}
			fresh = true
			continue
		}
		b, opened := t.at(i)
		switch {
		case b.kind == bullet:
			bullets = append(bullets, b)
		case opened && len(bullets) > 0 && !fresh && b.indent > bullets[len(bullets)-1].indent:
			last := &bullets[len(bullets)-1]
			last.below = append(last.below, b)
		case fresh || opened:
			out, bullets = append(append(out, nest(bullets)...), b), nil
		case len(bullets) > 0:
			bullets[len(bullets)-1].goOn(b.text)
		default:
			out[len(out)-1].goOn(b.text)
		}
		// The first line under a bare date is a title.
		fresh = i == from && from > 0 && t.heads[from-1] != nil && readHeadline(t.lines[from-1]).title == ""
	}
	return settled(append(out, nest(bullets)...))
}

// at reads line i as a block; opened says that it begins with a label.
func (t *ruled) at(i int) (b block, opened bool) {
	mark := bulletMark().FindString(t.raw[i])
	said := strings.Join(strings.Fields(t.raw[i][len(mark):]), " ")
	b = block{text: said, line: i + 1, indent: columns(t.raw[i])}
	if mark != "" {
		b.kind = bullet
		b.number = numbered().MatchString(t.lines[i])
	}
	if t.isLabel(i) && mark == "" {
		b.label, b.strong = strings.TrimRight(said, ":："), true
		if label, rest := plainLabel(said); label != "" {
			b.label, b.rest = label, rest
		}
		return b, true
	}
	if !t.alone {
		b.label, b.rest = plainLabel(said)
	}
	return b, b.label != ""
}

func (t *ruled) isLabel(i int) bool {
	_, found := slices.BinarySearch(t.labels, i)
	return found
}

// goOn adds a line to a block, or to what hangs under it last.
func (b *block) goOn(line string) {
	if last := len(b.below) - 1; last >= 0 && b.kind == bullet {
		b.below[last].goOn(line)
		return
	}
	b.more = append(b.more, line)
}

// settled joins the lines of blocks.
func settled(blocks []block) []block {
	for i := range blocks {
		b := &blocks[i]
		if len(b.more) > 0 {
			more := strings.Join(b.more, " ")
			b.text += " " + more
			if b.label != "" {
				b.rest = strings.TrimSpace(b.rest + " " + more)
			}
			b.more = nil
		}
		settled(b.below)
	}
	return blocks
}
