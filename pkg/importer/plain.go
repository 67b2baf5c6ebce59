package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// ruled is a plain text by its lines, and which of them are labels and titles.
type ruled struct {
	raw    []string
	lines  []string    // trimmed, and empty where raw has no words
	labels []int       // the indexes of label lines
	titles map[int]int // by the index of a label that opens an entry, its title's
}

// detectLines counts the titles that stand over label lines, each label alone on
// its line. Labels of a single kind are no layout.
func detectLines(d *document) evidence {
	t := d.ruled()
	if len(t.labels) == 0 || !slices.ContainsFunc(t.labels, func(i int) bool {
		return isField(t.lines[i]) && keyOf(t.lines[i]) != keyOf(t.lines[t.labels[0]])
	}) {
		return evidence{}
	}
	n := len(t.titles)
	return evidence{n, fmt.Sprintf("title lines over label lines: %d, the first over %s", n, t.lines[t.labels[0]])}
}

// readLines makes an entry of each title line over label lines.
func readLines(d *document) layout {
	t := d.ruled()
	var l layout
	first := len(t.lines)
	for n, i := range t.labels {
		at, opened := t.titles[i]
		if opened {
			first = min(first, at)
			l.entries = append(l.entries, entry{line: at + 1})
		}
		last := &l.entries[len(l.entries)-1]
		if opened && at != i {
			last.heading = t.lines[at]
		}
		label := strings.TrimRight(t.lines[i], ":：")
		last.parts = append(last.parts, part{label: label, line: i + 1, items: t.items(i+1, t.end(n))})
	}
	for _, it := range t.items(0, first) {
		l.skipped = append(l.skipped, Skipped{Line: it.line, Text: it.text, Reason: skippedOutside})
	}
	return l
}

func (d *document) readRuled() ruled {
	t := ruled{raw: strings.Split(string(d.source), "\n"), titles: map[int]int{}}
	for _, line := range t.raw {
		if !strings.ContainsFunc(line, isWord) {
			line = ""
		}
		t.lines = append(t.lines, strings.TrimSpace(line))
	}
	t.findLabels()
	t.findTitles()
	return t
}

// longestLine is how many bytes a label or title line may have.
const longestLine = 120

// findLabels finds the lines that are a label and nothing else: words that the
// table knows, and lines of the same make that recur ("The Twist").
func (t *ruled) findLabels() {
	times := map[string]int{}
	article := false
	for _, line := range t.lines {
		if len(line) <= longestLine {
			times[line]++
			article = article || labelLine(line) && strings.HasPrefix(line, "The ")
		}
	}
	for i, line := range t.lines {
		recurs := article && times[line] > 1 && strings.HasPrefix(line, "The ") && short(line) && titleLike(line)
		if recurs || labelLine(line) {
			t.labels = append(t.labels, i)
		}
	}
}

// labelLine says whether a line is a label that the table knows. A letter is one
// only with its colon.
func labelLine(line string) bool {
	return titleLike(line) && len(line) > 1 && !bulletMark().MatchString(line) && keyOf(line) != ""
}

// findTitles finds the labels that open an entry, and the title line of each:
// its own index where it has none. A label opens an entry where it is the
// document's first one, or comes again in an entry under a new title.
func (t *ruled) findTitles() {
	inEntry := map[string]bool{}
	for n, i := range t.labels {
		word := labelWord(t.lines[i])
		title, titled := t.title(n)
		again := word == labelWord(t.lines[t.labels[0]])
		if n > 0 && !again && !(inEntry[word] && titled) {
			inEntry[word] = true
			continue
		}
		t.titles[i] = i
		if titled {
			t.titles[i] = title
		}
		inEntry = map[string]bool{word: true}
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
	if at < 0 || len(t.lines[at]) > longestLine || !titleLike(t.lines[at]) && !alone {
		return 0, false
	}
	if n == 0 {
		return at, true
	}
	if at <= t.labels[n-1] {
		return 0, false
	}
	return at, slices.ContainsFunc(t.lines[t.labels[n-1]+1:at], func(line string) bool { return line != "" })
}

// titleLike says whether a line reads as a title: no sentence that ends.
func titleLike(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return len(line) <= longestLine && !strings.ContainsRune(".;,", last)
}

// end is where the text of label n ends: at the next label or its title.
func (t *ruled) end(n int) int {
	if n+1 == len(t.labels) {
		return len(t.lines)
	}
	next := t.labels[n+1]
	if title, opens := t.titles[next]; opens {
		return title
	}
	return next
}

var bulletMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:[-*•–+]|\d{1,3}[.)])\s+`) })

// items reads lines as paragraphs, which blank lines part, and bullets.
func (t *ruled) items(from, to int) []item {
	var text paragraphs
	fresh := true
	for i := from; i < to; i++ {
		if t.lines[i] == "" {
			fresh = true
			continue
		}
		mark := bulletMark().FindString(t.raw[i])
		s := strings.Join(strings.Fields(t.raw[i][len(mark):]), " ")
		text.add(item{text: s, line: i + 1, bullet: mark != ""}, fresh || mark != "")
		fresh = false
	}
	return text.close()
}
