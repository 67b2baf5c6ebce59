package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// principle takes for stories what stands under the name of a principle: bullets
// with labels (found already), items of a numbered list, bold titles, or else the
// prose as a whole.
func (f *finder) principle(s *section) {
	if s.fate != outside || s.each(func(c *section) bool { return c.fate == opens || len(c.entries) > 0 }) {
		return
	}
	all := append([]*section{s}, s.all()...)
	found := false
	for _, c := range all {
		for _, b := range c.bullets() {
			if b.number && hasWords(b.text) && (len(b.below) > 0 || wordCount(b.text) <= 12) {
				found = true
				parts, heads := partsOf(b.below)
				c.hold(entry{heading: b.text, line: b.line, parts: parts, heads: heads, layout: layoutPrinciples})
			}
		}
	}
	if found {
		return
	}
	titles := 0
	for _, c := range s.all() {
		if f.candidate(c) {
			f.open(c, layoutPrinciples)
			titles++
		}
	}
	if said := proseOnly(s); titles == 0 && f.candidateText(s) && wordCount(said) > 11 {
		parts, heads := partsOf(s.blocks)
		s.hold(entry{line: s.blocks[0].line, parts: parts, heads: heads, layout: layoutPrinciples})
		s.whole = true
	}
}

// candidateText is candidate for what stands right under a heading of another kind.
func (f *finder) candidateText(s *section) bool {
	return s.fate == outside && s.reason == "" && s.filled() && !questions(s.says()) && !addressed(s.says())
}

// yearBullets counts the bullets under headings that are dates.
func (f *finder) yearBullets() int {
	n := 0
	for _, s := range f.order {
		if f.inYear(s) {
			n += len(s.bullets())
		}
	}
	return n
}

// inYear says whether s is a year, or a category in one.
func (f *finder) inYear(s *section) bool {
	for at := s; at != nil && at.level > 0; at = at.parent {
		h := readHeadline(at.heading).title
		switch {
		case year().MatchString(strings.Trim(trimSigns(at.heading), "() ")):
			return true
		case !isCategory(h):
			return false
		}
	}
	return false
}

// years makes the bullets of a year stories, or its projects.
func (f *finder) years() {
	for _, s := range f.order {
		if f.inYear(s) && s.fate == outside {
			f.bullets(s)
			for _, c := range s.children {
				if f.candidate(c) && !f.inYear(c) {
					f.open(c, layoutProjects)
				}
			}
		}
	}
}

// bullets makes each bullet of s a story.
func (f *finder) bullets(s *section) {
	if s.fate != outside || s.reason != "" {
		return
	}
	date := f.dateOf(s)
	for _, b := range s.bullets() {
		switch {
		case isFiling(b):
			for _, c := range b.below {
				s.bullet(c, date)
			}
		default:
			s.bullet(b, date)
		}
	}
}

// isFiling says whether a bullet only files those under it.
func isFiling(b block) bool {
	return len(b.below) > 1 && isCategory(strings.TrimRight(b.text, ": ")) && wordCount(b.text) < 4
}

// dateOf is the date that s stands under.
func (f *finder) dateOf(s *section) story.Date {
	for at := s; at != nil && at.level > 0; at = at.parent {
		if d, _, ok := leadingDate(trimSigns(at.heading)); ok {
			return d
		}
	}
	return ""
}

// asksFor says whether a bullet is a question, or asks for a story.
func asksFor(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, `"”'*_) `), "?") || interview().MatchString(s)
}

// interview opens what an interviewer says.
var interview = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:tell|walk|give|show) (?:me|us)\b|^\W*(?:describe|discuss|explain) (?:a|an|the|your|how|one)\b`)
})

// bullet makes one bullet a story where it says something.
func (s *section) bullet(b block, date story.Date) {
	open := strings.HasPrefix(b.text, "[ ]")
	if b.kind != bullet || isPlaceholder(b.text) || isPointer(b.text) || open || asksFor(b.text) || wordCount(b.text) < 2 && len(b.below) == 0 {
		return
	}
	e := entry{line: b.line, layout: layoutBullets, date: date}
	below, heads := partsOf(b.below)
	e.heads = heads
	e.parts = append([]part{{line: b.line, items: []item{{text: b.text, line: b.line, bullet: true}}}}, below...)
	if len(e.parts) > 1 && e.parts[1].label == "" {
		e.parts[0].items = append(e.parts[0].items, e.parts[1].items...)
		e.parts = slices.Delete(e.parts, 1, 2)
	}
	if d, rest, ok := leadingDate(b.text); ok && hasWords(rest) {
		e.date = d
	}
	s.hold(e)
}

// narrative looks for what reads like stories in a document that has neither labels
// nor headings that say where they are: sections, bullets, or bullets that are told
// at length.
func (f *finder) narrative() {
	sections, specific := f.narrating()
	bullets, past := f.boasting()
	nested := f.longBullets()
	switch {
	case f.files(), f.boasts && len(bullets) > 2 && specific < 2 && len(nested)*2 < len(bullets) && past*3 > len(bullets):
		f.allBullets()
	case len(sections) > 1:
		for _, s := range sections {
			f.open(s, layoutProjects)
		}
	case len(nested) > 0:
		for _, b := range nested {
			parts, heads := partsOf(b.below)
			b.section.hold(entry{heading: b.text, line: b.line, parts: parts, heads: heads, layout: layoutNested})
		}
	case len(bullets) > 2 && past*2 >= len(bullets):
		f.allBullets()
	}
}

// allBullets makes the bullets of all sections stories, those aside that hold
// something else by their headings or ask or advise.
func (f *finder) allBullets() {
	for _, s := range f.order {
		if said := s.says(); s.fate == outside && !f.under(s, apart()) && !questions(said) && !addressed(said) {
			f.bullets(s)
		}
	}
}

// files says whether a document that boasts by its name or title files its bullets
// under categories.
func (f *finder) files() bool {
	listed, filing := 0, 0
	for _, s := range f.order {
		if len(s.bullets()) == 0 || f.under(s, apart()) || s.reason != "" || addressed(s.says()) || questions(s.says()) {
			continue
		}
		listed++
		if isCategory(readHeadline(s.heading).title) {
			filing++
		}
	}
	return f.boasts && listed > 0 && filing*10 >= listed*6
}

// titles takes for stories what plain text tells under titles of its own.
func (f *finder) titles() {
	sections, _ := f.narrating()
	sections = slices.DeleteFunc(sections, func(s *section) bool { return s.origin != titled })
	if len(sections) > 1 || len(sections) > 0 && f.count() > 0 {
		for _, s := range sections {
			f.open(s, layoutLines)
		}
	}
}

// narrating lists the sections that tell something, beside others that do; specific
// is how many have headings that do not only file things.
func (f *finder) narrating() (told []*section, specific int) {
	for _, s := range f.order {
		if !f.candidate(s) || len(s.children) > 0 && wordCount(s.says()) < 25 {
			continue
		}
		tells := narrates(s.says())
		if s.origin == titled {
			tells = tells || wordCount(s.says()) > 8 && f.anyTells(s.parent.children)
		}
		if !tells || s.parent == f.root && f.alone(s) {
			continue
		}
		told = append(told, s)
		if !isCategory(readHeadline(s.heading).title) {
			specific++
		}
	}
	return told, specific
}

func (f *finder) anyTells(children []*section) bool {
	return slices.ContainsFunc(children, func(c *section) bool { return f.candidate(c) && narrates(c.says()) })
}

// boasting lists the bullets that could be stories, and counts those in the past
// tense.
func (f *finder) boasting() (bullets []block, past int) {
	for _, s := range f.order {
		if s.fate != outside || s.reason != "" || f.under(s, apart()) {
			continue
		}
		for _, b := range s.bullets() {
			if asksFor(b.text) || wordCount(b.text) < 2 {
				continue
			}
			bullets = append(bullets, b)
			if pastTense(b.text) > 0 {
				past++
			}
		}
	}
	return bullets, past
}

// long is a bullet with much under it.
type long struct {
	block
	section *section
}

// longBullets lists the bullets that are told at length under them.
func (f *finder) longBullets() []long {
	var out []long
	for _, s := range f.order {
		if s.fate != outside || s.reason != "" || f.under(s, apart()) {
			continue
		}
		for _, b := range s.bullets() {
			if said := saying(b.below); sayings(b.below) > 2 && narrates(b.text+"\n"+said) {
				out = append(out, long{b, s})
			}
		}
	}
	return out
}

// sayings counts the blocks of four words or more.
func sayings(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if wordCount(b.text) > 3 {
			n++
		}
		n += sayings(b.below)
	}
	return n
}

// lone takes the sections that have one label which is emphasised, or else the one
// section of a document that tells something at length.
func (f *finder) lone() {
	for _, s := range f.order {
		bold := slices.ContainsFunc(s.blocks, func(b block) bool { return b.strong && isField(b.label) })
		if bold && s.level > 0 && s.ownKeys() > 0 && f.candidateText(s) {
			f.open(s, layoutLabels)
		}
	}
	if f.count() > 0 {
		return
	}
	for _, s := range f.order {
		said := s.says()
		if f.candidate(s) && len(s.children) == 0 && wordCount(said) > 24 && narrates(said) && pastTense(said) > 1 {
			f.open(s, layoutProjects)
			return
		}
	}
}

// twins joins the stories that a document names under several principles.
func (f *finder) twins() {
	first := map[string]*entry{}
	for _, s := range f.order {
		var kept []*entry
		for _, e := range s.entries {
			name := twinName(e.heading)
			twin := first[name]
			switch {
			case e.layout != layoutPrinciples || name == "":
			case twin == nil:
				first[name] = e
			default:
				twin.parts, twin.heads = append(twin.parts, e.parts...), append(twin.heads, e.heads...)
				s.twins = append(s.twins, item{text: e.heading, line: e.line})
				continue
			}
			kept = append(kept, e)
		}
		s.entries = kept
	}
}

func twinName(heading string) string {
	title := strings.ToLower(readHeadline(heading).title)
	return strings.TrimRight(titleBracket().ReplaceAllString(title, ""), " .!?")
}

// Words that tell a story from advice.
var (
	first = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:i|i['’](?:d|ve|m|ll)|we|we['’](?:d|ve|re)|my|me|our|us)\b`)
	})
	second = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:you|your|yours|you['’](?:re|ve|ll))\b`) })
)

// irregular are the past tenses that do not end in -ed.
var irregular = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.SplitSeq(didWords+"|was|were|had|forgot|lost|came|said|saw|knew|thought|felt|broke", "|") {
		words[w] = true
	}
	return words
})

// pastTense counts the words that look like a past tense.
func pastTense(s string) int {
	n := 0
	for _, w := range text.Words(s) {
		if irregular()[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") {
			n++
		}
	}
	return n
}

// narrates says whether a text tells what somebody did: a first person or two words
// in the past tense, and not advice.
func narrates(s string) bool {
	if wordCount(s) < 8 || questions(s) || addressed(s) {
		return false
	}
	past := pastTense(s)
	return past > 1 || past > 0 && first().MatchString(s)
}

// addressed says whether a text tells its reader what to do.
func addressed(s string) bool {
	you := len(second().FindAllString(s, -1))
	return you > 1 && you > 2*len(first().FindAllString(s, -1))
}

// advises says whether a text with labels tells how to fill them: a story may well
// address its listener in the lesson, but it tells of something that happened.
func advises(s string) bool {
	return addressed(s) && (strings.Count(s, "?") > 1 || pastTense(s) < 2)
}

// questions says whether half of a text's lines or more are questions.
func questions(s string) bool {
	asked, lines := 0, 0
	for line := range strings.Lines(s) {
		if hasWords(line) {
			lines++
			if strings.HasSuffix(strings.TrimRight(strings.TrimSpace(line), `"”'*_)`), "?") {
				asked++
			}
		}
	}
	return lines > 0 && asked*5 >= lines*2
}
