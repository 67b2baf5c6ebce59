package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// The layouts, as --strategy and the report name them.
const (
	layoutLabels     = "labels"
	layoutHeadings   = "headings"
	layoutDetails    = "details"
	layoutTable      = "table"
	layoutRows       = "rows"
	layoutNested     = "nested"
	layoutLines      = "lines"
	layoutDated      = "dated"
	layoutPrinciples = "principles"
	layoutProjects   = "projects"
	layoutBullets    = "bullets"
)

// finder looks for the stories of an outline.
type finder struct {
	root   *section
	order  []*section     // all sections
	labels map[string]int // in how many sections an emphasised label stands
	names  map[string]int // how many sections have a heading
	only   string         // the one layout that is looked for, "" for all
	boasts bool           // the document's name or title says that its bullets are stories
}

func newFinder(file string, sections []*section) *finder {
	f := &finder{root: outline(sections), labels: map[string]int{}, names: map[string]int{}}
	gather(f.root)
	f.order = f.root.all()
	for _, s := range f.order {
		f.names[labelWord(s.heading)]++
		seen := map[string]bool{}
		for _, b := range s.blocks {
			if word := labelWord(b.label); b.strong && !seen[word] {
				seen[word] = true
				f.labels[word]++
			}
		}
	}
	f.boasts = boast().MatchString(strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(file)) || slices.ContainsFunc(f.root.children[:min(2, len(f.root.children))], func(s *section) bool { return boast().MatchString(s.heading) })
	return f
}

// find decides which sections are stories: first those whose labels say so, then
// what stands beside them or under a heading that says so, and only where that is
// nothing what reads like stories.
func (f *finder) find() {
	if f.only != "" {
		f.findOnly()
		f.twins()
		return
	}
	f.walk(f.root)
	f.beside(f.root)
	for _, s := range f.order {
		f.named(s)
	}
	f.titles()
	if n := f.count(); n == 0 || n*4 <= f.yearBullets() {
		f.years()
	}
	if f.count() == 0 {
		f.narrative()
	}
	if f.count() == 0 {
		f.lone()
	}
	f.twins()
}

// findOnly takes for stories what one layout makes stories, without asking whether
// the document looks like it.
func (f *finder) findOnly() {
	switch f.only {
	case layoutBullets:
		for _, s := range f.order {
			f.bullets(s)
		}
	case layoutProjects, layoutLines, layoutDated:
		for _, s := range f.order {
			if s.fate == outside && s.level > 0 && s.filled() && !s.each((*section).filled) && (f.only != layoutDated || s.dated()) {
				f.open(s, f.only)
			}
		}
	case layoutPrinciples:
		for _, s := range f.order {
			f.principle(s)
		}
	default:
		f.walk(f.root)
		for _, s := range f.order {
			f.drop(s)
		}
	}
}

// dated says whether the heading of s begins with a date.
func (s *section) dated() bool {
	_, _, ok := leadingDate(trimSigns(s.heading))
	return ok
}

// drop takes away the stories of other layouts than the one that is looked for.
func (f *finder) drop(s *section) {
	s.entries = slices.DeleteFunc(s.entries, func(e *entry) bool { return e.layout != f.only })
	if s.fate == opens && s.layout != f.only {
		s.fate = outside
		for _, c := range s.all() {
			if c.fate == belongs {
				c.fate = outside
			}
		}
		s.unwrap()
	}
	if s.fate == over && len(s.entries) == 0 {
		s.fate = outside
	}
}

// unwrap takes back that s has the heading over it for its title.
func (s *section) unwrap() {
	if s.title == nil {
		return
	}
	for _, c := range s.title.children {
		if c.into == s {
			c.fate, c.into = outside, nil
		}
	}
	s.title.fate, s.title = outside, nil
}

// count is how many stories have been found.
func (f *finder) count() int {
	n := 0
	for _, s := range f.order {
		n += len(s.entries)
		if s.fate == opens {
			n++
		}
	}
	return n
}

// walk looks for stories with labels under s.
func (f *finder) walk(s *section) {
	if s.level >= 0 && !f.alone(s) && method().MatchString(readHeadline(s.heading).title) {
		f.rule(s, skippedMethod)
		return
	}
	if s.level >= 0 && f.isLabelled(s) {
		if advises(s.says() + "\n" + f.below(s)) {
			f.rule(s, skippedAddressed)
			return
		}
		f.open(s, f.layoutOf(s))
		return
	}
	for _, c := range s.children {
		f.walk(c)
	}
	f.wrapped(s)
	if s.level >= 0 && s.fate == outside {
		f.inside(s)
	}
}

// wrapped gives the stories under s the headings over them, where their own name
// the same part of each.
func (f *finder) wrapped(s *section) {
	found := false
	for _, c := range s.children {
		found = f.wraps(c, false) || found
	}
	for _, c := range s.children {
		if found {
			f.wraps(c, true)
		}
	}
}

// alone says whether s is the heading of the whole document.
func (f *finder) alone(s *section) bool {
	return s.parent == f.root && len(s.children) > 0 && !slices.ContainsFunc(f.root.children, func(c *section) bool { return c != s && c.level > 0 })
}

// rule gives s and all under it a reason to be no story.
func (f *finder) rule(s *section, reason string) {
	s.reason = reason
	for _, c := range s.children {
		f.rule(c, reason)
	}
}

func (f *finder) below(s *section) string {
	var out []string
	for _, c := range s.all() {
		out = append(out, c.heading, c.says())
	}
	return strings.Join(out, "\n")
}

// isLabelled says whether labels make a story of s: two fields or more, or one
// with facts beside it or an emphasised label that others have too. In a language
// whose words the table does not have, two labels that others have too.
func (f *finder) isLabelled(s *section) bool {
	parts, _ := partsOf(s.blocks)
	keys := filledKeys(parts)
	own := len(keys)
	inner := containers(s.blocks)
	if len(inner) > 1 && own > 0 && labelled(s.blocks) < 2 || len(inner) == 1 && labelled(s.blocks) < 2 && s.files() {
		return false
	}
	for _, c := range s.children {
		if isField(c.heading) && (c.filled() || hasWords(f.below(c))) {
			keys[keyOf(c.heading)] = true
		}
	}
	if over := storiesBelow(s); over > 0 && own < 2 || over > 1 && !anyLabel(s.blocks) {
		return false
	}
	switch len(keys) {
	case 0:
		return f.foreign(s, parts)
	case 1:
		return f.single(s, parts)
	}
	return true
}

// anyLabel says whether a paragraph opens with a label that the table knows.
func anyLabel(blocks []block) bool {
	return slices.ContainsFunc(blocks, func(b block) bool { return b.kind == paragraph && recognised(b.label) })
}

// storiesBelow counts the sections under s that are stories by their own labels, as
// far as two.
func storiesBelow(s *section) int {
	n := 0
	s.each(func(c *section) bool {
		if !isField(c.heading) && c.ownKeys() > 1 {
			n++
		}
		return n > 1
	})
	return n
}

// files says whether a heading files stories rather than names one.
func (s *section) files() bool {
	h := readHeadline(s.heading).title
	return s.level == 0 || principle().MatchString(h) || group().MatchString(h) || year().MatchString(h) || isCategory(h)
}

// ownKeys is how many fields the labels of s name.
func (s *section) ownKeys() int {
	if s.keys == 0 {
		parts, _ := partsOf(s.blocks)
		s.keys = 1 + len(filledKeys(parts))
	}
	return s.keys - 1
}

// single says whether the one field that s names is enough.
func (f *finder) single(s *section, parts []part) bool {
	if s.origin == details || s.level == 0 {
		return false
	}
	recurs := slices.ContainsFunc(s.blocks, func(b block) bool { return b.strong && isField(b.label) && f.labels[labelWord(b.label)] > 1 })
	facts := slices.ContainsFunc(parts, func(p part) bool {
		return slices.Contains([]string{"skills", "date", "company", "role"}, keyOf(p.label)) && p.filled()
	})
	return recurs || facts
}

// foreign says whether unknown labels of s stand in other sections as well.
func (f *finder) foreign(s *section, parts []part) bool {
	n := 0
	for _, p := range parts {
		if p.label != "" && !recognised(p.label) && p.filled() && f.labels[labelWord(p.label)] > 1 {
			n++
		}
	}
	return n > 1 && s.level > 0
}

// layoutOf names what made s a story.
func (f *finder) layoutOf(s *section) string {
	switch {
	case s.origin == details:
		return layoutDetails
	case slices.ContainsFunc(s.blocks, labelTable):
		return layoutTable
	case s.origin == dated:
		return layoutDated
	case s.origin == titled:
		return layoutLines
	case s.ownKeys() < 2 && slices.ContainsFunc(s.children, func(c *section) bool { return isField(c.heading) }):
		return layoutHeadings
	}
	return layoutLabels
}

// open makes s a story with all under it that is none by itself.
func (f *finder) open(s *section, layout string) {
	s.fate, s.layout = opens, layout
	for _, c := range s.children {
		if !isField(c.heading) && f.isLabelled(c) && c.startsStory() || !f.isLabelled(c) && storiesBelow(c) > 0 {
			f.walk(c)
			continue
		}
		c.fate = belongs
		for _, d := range c.all() {
			d.fate = belongs
		}
	}
}

// startsStory says whether s has a label that a story begins with.
func (s *section) startsStory() bool {
	parts, _ := partsOf(s.blocks)
	return (&entry{parts: parts}).labels(begins) || slices.ContainsFunc(s.children, func(c *section) bool { return begins(c.heading) })
}

// answer is a heading that names no story but what stands under it.
var answer = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:(?:my |sample |model |example |draft |full |short |long )*(?:answer|version|response|story|star)(?: answer| version| response| story)?|draft|样稿|回答|答案|respuesta)$`)
})

// wraps says whether s is the title of the one story under it, whose own heading
// is the same in other stories.
// With beside that is known from the sections beside s.
func (f *finder) wraps(s *section, beside bool) bool {
	var told *section
	for _, c := range s.children {
		if c.fate == opens {
			if told != nil {
				return false
			}
			told = c
		}
	}
	if told == nil || s.fate != outside || told.title != nil {
		return false
	}
	if !beside && f.names[labelWord(told.heading)] < 2 && !answer().MatchString(labelWord(told.heading)) {
		return false
	}
	told.title = s
	s.fate = over
	for _, c := range s.children {
		if c != told && c.filled() && !c.blank() && c.ownKeys() == 0 && c.fate == outside {
			c.fate, c.into = belongs, told
		}
	}
	return true
}

// inside looks for stories in the lists and tables of s.
func (f *finder) inside(s *section) {
	layout := layoutNested
	if s.origin == details {
		layout = layoutDetails
	}
	for _, b := range containers(s.blocks) {
		parts, heads := partsOf(b.below)
		s.hold(entry{heading: strings.TrimRight(b.text, ":： "), line: b.line, parts: parts, heads: heads, layout: layout})
	}
	for _, b := range s.blocks {
		if b.kind == table {
			f.rows(s, b)
		}
	}
}

// hold adds a story that is a piece of s.
func (s *section) hold(e entry) {
	s.fate = over
	s.entries = append(s.entries, &e)
}

// containers are the bullets over two labels or more, wherever they hang.
func containers(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		if b.kind != bullet || recognised(b.label) {
			continue
		}
		parts, _ := partsOf(b.below)
		if labelled(b.below) > 1 && len(filledKeys(parts)) > 1 {
			out = append(out, b)
		} else {
			out = append(out, containers(b.below)...)
		}
	}
	return out
}

// titleColumn is the head of the column that holds a story's name.
var titleColumn = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:title|name|story|incident|project|accomplishment|achievement|event|what|feature|initiative)$`)
})

// rows makes each row of a table a story whose columns are fields.
func (f *finder) rows(s *section, b block) {
	head := b.rows[0].cells
	keys, named, at := map[string]bool{}, -1, -1
	for i, cell := range head {
		if isField(cell) {
			keys[keyOf(cell)] = true
		}
		if isProblem(cell) && at < 0 {
			at = i
		}
		if titleColumn().MatchString(cell) && named < 0 {
			named = i
		}
	}
	if named < 0 {
		named = at
	}
	if named < 0 || len(keys) < 2 {
		return
	}
	f.hold(s, b, named)
}

func (f *finder) hold(s *section, b block, named int) {
	var found []entry
	known := 0
	for _, r := range b.rows[1:] {
		e := rowEntry(b.rows[0].cells, r, named)
		if e.noStory() != "" || len(filledKeys(e.parts)) == 0 {
			continue
		}
		if f.names[labelWord(e.heading)] > 0 {
			known++
		}
		found = append(found, e)
	}
	if known*2 > len(found) {
		return // the table repeats stories of the document
	}
	for _, e := range found {
		s.hold(e)
	}
}

// rowEntry reads a row under its columns' heads.
func rowEntry(head []string, r row, named int) entry {
	e := entry{line: r.line, layout: layoutRows}
	for i, cell := range r.cells {
		if cell == "" {
			continue
		}
		label := ""
		if i < len(head) {
			label = head[i]
		}
		if i == named {
			e.heading = cell
			if !isField(label) {
				continue
			}
		}
		if len(label) == 0 {
			label = "-"
		}
		e.parts = append(e.parts, part{label: label, line: r.line, items: []item{{text: cell, line: r.line}}})
	}
	return e
}

// beside takes for stories what stands between stories or is named like them.
func (f *finder) beside(s *section) {
	first, last := map[int]int{}, map[int]int{} // the stories of a level
	made := map[string]bool{}                   // how their headings are made
	for i, c := range s.children {
		if !c.isStory() {
			continue
		}
		if _, found := first[c.level]; !found {
			first[c.level] = i
		}
		last[c.level] = i
		made[headingMake(c.heading)] = true
	}
	for i, c := range s.children {
		at, found := first[c.level]
		if found && f.candidate(c) && (at < i && i < last[c.level] || made[cmp.Or(headingMake(c.heading), "none")]) {
			f.open(c, f.besideLayout(c))
		}
	}
	for _, c := range s.children {
		if c.fate == outside || c.fate == over {
			f.beside(c)
		}
	}
}

func (f *finder) besideLayout(c *section) string {
	if c.origin == titled {
		return layoutLines
	}
	if c.origin == dated {
		return layoutDated
	}
	return layoutLabels
}

func (s *section) isStory() bool {
	return s.fate == opens || s.fate == over && slices.ContainsFunc(s.children, func(c *section) bool { return c.title == s })
}

// candidate says whether s could be a story though no labels say so.
func (f *finder) candidate(s *section) bool {
	if s.fate != outside || s.reason != "" || s.level < 1 || s.origin == details || !s.filled() {
		return false
	}
	if s.each(func(c *section) bool { return c.fate == opens || c.fate == over }) {
		return false
	}
	if readHeadline(s.heading).title == "" || f.under(s, apart()) || questions(s.says()) || addressed(s.says()) || templated(s) {
		return false
	}
	return !anyBlock(s.blocks, func(b block) bool { return b.kind == table }) || wordCount(proseOnly(s)) > 5
}

// templated says whether nothing but code stands under a heading.
func templated(s *section) bool {
	return !slices.ContainsFunc(s.blocks, func(b block) bool { return b.kind != code && b.kind != rule })
}

func proseOnly(s *section) string {
	var out []string
	for _, b := range s.blocks {
		if b.kind == paragraph || b.kind == bullet {
			out = append(out, saying([]block{b}))
		}
	}
	return strings.Join(out, "\n")
}

// under says whether the heading of s, or one that it stands under, is such.
func (f *finder) under(s *section, such *regexp.Regexp) bool {
	for at := s; at != nil && at.level > 0; at = at.parent {
		if at != s && f.alone(at) {
			continue
		}
		if such.MatchString(readHeadline(at.heading).title) {
			return true
		}
	}
	return false
}

// headingMake names what a heading begins with, if it is a number or a date.
func headingMake(heading string) string {
	s := trimSigns(heading)
	if _, rest, ok := leadingDate(s); ok && hasWords(rest) {
		return "date"
	}
	if titleNumber().ReplaceAllString(s, "") != s {
		return "number"
	}
	if m := counted().FindStringSubmatch(s); m != nil {
		return strings.ToLower(m[1]) + "#"
	}
	return ""
}

// named takes for stories what headings say that it is: dated entries, what stands
// under a principle or in a group of projects, the answer to a question.
func (f *finder) named(s *section) {
	h := readHeadline(s.heading)
	switch {
	case s.fate == belongs || s.fate == opens || s.reason != "":
	case s.origin == dated:
		f.dated(s)
	case s.level > 0 && principle().MatchString(h.title):
		f.principle(s)
	case s.level > 0 && group().MatchString(h.title) && !f.alone(s):
		f.group(s, 0)
	case f.candidate(s) && len(s.children) == 0 && (headingMake(s.heading) == "date" || asked().MatchString(h.title)) && narrates(s.says()):
		f.open(s, layoutProjects)
	}
}

// dated makes a dated line a story where something stands under it.
func (f *finder) dated(s *section) {
	if s.fate != outside {
		return
	}
	if s.filled() && wordCount(s.says()) > 3 {
		f.open(s, layoutDated)
		return
	}
	s.reason = skippedDated
}

// group makes each project of a group a story. A project that itself holds some is
// a group: an employer, a year.
func (f *finder) group(s *section, depth int) {
	var filled []*section
	for _, c := range s.children {
		if c.isStory() || f.candidate(c) && !isCategory(readHeadline(c.heading).title) {
			filled = append(filled, c)
		} else if len(c.children) > 0 && depth < 2 && !f.under(c, apart()) {
			f.group(c, depth+1)
		}
	}
	for _, c := range filled {
		if c.isStory() || year().MatchString(readHeadline(c.heading).title) {
			continue
		}
		inner := 0
		for _, d := range c.children {
			if f.candidate(d) && !isField(d.heading) {
				inner++
			}
		}
		if inner > 1 && wordCount(c.says()) < 30 && depth < 2 {
			f.group(c, depth+1)
			continue
		}
		f.open(c, layoutProjects)
	}
}
