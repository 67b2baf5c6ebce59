package importer

import (
	"strings"
)

// layout lists what the finder has found: entries, and all that is in none.
func (f *finder) layout() *layout {
	l := &layout{}
	for _, s := range f.order {
		switch s.fate {
		case opens:
			l.entries = append(l.entries, f.entry(s))
		case over:
			f.held(s, l)
		case outside:
			if (s.reason == "" || s.reason == skippedMethod) && s.blank() {
				l.entries = append(l.entries, f.entry(s))
				continue
			}
			l.skip(s, f.reason(s))
		}
	}
	return l
}

// reason says why s is no story.
func (f *finder) reason(s *section) string {
	switch {
	case s.reason != "":
		return s.reason
	case s.each(func(c *section) bool { return c.fate == opens || c.fate == over }):
		return skippedOver
	case isPointer(s.says()):
		return skippedPointer
	case f.under(s, apart()):
		return skippedApart
	}
	return skippedOutside
}

// blank says whether s has labels and nothing under them: a form.
func (s *section) blank() bool {
	parts, _ := partsOf(s.blocks)
	return s.level > 0 && (&entry{parts: parts}).labels(isField) && len(filledKeys(parts)) == 0
}

// entry joins a story's section and all that belongs to it.
func (f *finder) entry(s *section) entry {
	e := entry{heading: s.heading, line: s.line, layout: s.layout, company: s.company, date: f.dateOf(s.parent)}
	e.parts, e.heads = partsOf(s.blocks)
	if s.title != nil {
		e.heading, e.line = s.title.heading, s.title.line
		if s.heading != "" {
			e.heads = append(e.heads, Skipped{Line: s.line, Text: s.heading, Reason: skippedWithin})
		}
		e.adopt(s.title.blocks)
		for _, c := range s.title.children {
			if c.into == s {
				e.take(c)
			}
		}
	}
	for _, c := range s.children {
		if c.fate == belongs {
			e.take(c)
		}
	}
	return e
}

// adopt puts the text over the story's own section before its parts.
func (e *entry) adopt(blocks []block) {
	parts, heads := partsOf(blocks)
	e.parts, e.heads = append(parts, e.parts...), append(e.heads, heads...)
}

// take adds a section within the story: its heading is a label. What stands further
// down without a label of its own goes on with it.
func (e *entry) take(s *section) {
	e.parts = append(e.parts, part{label: s.heading, line: s.line})
	if !recognised(s.heading) {
		parts, heads := partsOf(s.blocks)
		e.join(parts)
		e.heads = append(e.heads, heads...)
	} else {
		e.join(partsUnder(s.heading, s.blocks))
	}
	for _, c := range s.children {
		if recognised(c.heading) || !recognised(s.heading) {
			e.take(c)
			continue
		}
		e.goOn(c)
	}
}

// join adds parts, the first of them to the last part where it has no label.
func (e *entry) join(parts []part) {
	if len(parts) > 0 && parts[0].label == "" {
		last := &e.parts[len(e.parts)-1]
		last.items = append(last.items, parts[0].items...)
		parts = parts[1:]
	}
	e.parts = append(e.parts, parts...)
}

// goOn adds a section to the last part, heading first.
func (e *entry) goOn(s *section) {
	last := &e.parts[len(e.parts)-1]
	if s.heading != "" {
		last.items = append(last.items, item{text: s.heading, line: s.line})
	}
	e.join(partsUnder(last.label, s.blocks))
	for _, c := range s.children {
		if recognised(c.heading) {
			e.take(c)
		} else {
			e.goOn(c)
		}
	}
}

// held lists a section's stories, and its own text that is in none of them.
func (f *finder) held(s *section, l *layout) {
	told := map[int]bool{}
	for _, e := range s.entries {
		next := *e
		next.company = s.company
		if next.date == "" {
			next.date = f.dateOf(s)
		}
		l.entries = append(l.entries, next)
		next.lines(told)
	}
	for _, c := range s.children {
		if c.title == s {
			return // its heading and text are the story's
		}
	}
	if hasWords(s.heading) {
		l.skipped = append(l.skipped, Skipped{Line: s.line, Text: s.heading, Reason: skippedOver})
	}
	for _, it := range s.twins {
		l.skipped = append(l.skipped, Skipped{Line: it.line, Text: it.text, Reason: skippedTwin})
		told[it.line] = true
	}
	l.skipBlocks(s.blocks, skippedOutside, told)
}

// lines notes the lines that an entry's text stands on.
func (e *entry) lines(told map[int]bool) {
	told[e.line] = true
	for _, p := range e.parts {
		told[p.line] = true
		for _, it := range p.items {
			told[it.line] = true
		}
	}
	for _, it := range e.heads {
		told[it.Line] = true
	}
}

// skip lists a section that is in no story.
func (l *layout) skip(s *section, reason string) {
	if hasWords(s.heading) {
		l.skipped = append(l.skipped, Skipped{Line: s.line, Text: s.heading, Reason: reason})
	}
	if reason == skippedOver {
		reason = skippedOutside
	}
	l.skipBlocks(s.blocks, reason, nil)
}

// skipBlocks lists blocks that are in no story, those on the told lines aside.
func (l *layout) skipBlocks(blocks []block, reason string, told map[int]bool) {
	for _, b := range blocks {
		if hasWords(b.text) && !told[b.line] {
			l.skipped = append(l.skipped, Skipped{Line: b.line, Text: strings.TrimSpace(b.text), Reason: reason})
		}
		for _, r := range b.rows {
			if hasWords(r.text) && !told[r.line] {
				l.skipped = append(l.skipped, Skipped{Line: r.line, Text: r.text, Reason: reason})
			}
		}
		l.skipBlocks(b.below, reason, told)
	}
}
