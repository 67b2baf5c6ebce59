package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/pkg/yaml"
)

// entry is what may be a story: a heading and the parts beneath it.
type entry struct {
	heading string // as the document writes it, less emphasis; "" for none
	line    int
	parts   []part
	layout  string
	heads   []Skipped // what the parts leave over
	date    story.Date
	company string
}

// Reasons for what is in no story.
const (
	skippedOutside     = "stands outside the stories"
	skippedTemplate    = "a template: nothing but placeholders to fill in"
	skippedEmpty       = "an entry without text"
	skippedPlaceholder = "a placeholder to fill in"
	skippedLabel       = "a label without text"
	skippedLarge       = "an entry too large for a story file (1 MiB)"
	skippedMarkup      = "markup, no text"
	skippedSettings    = "the document's settings"
	skippedMethod      = "tells how to write a story, is none"
	skippedApart       = "no story, by its heading"
	skippedAddressed   = "speaks of what you should do, is no story"
	skippedPointer     = "only points to another story"
	skippedDated       = "a dated line with nothing under it"
	skippedHead        = "the head of a table"
	skippedOver        = "a heading over stories"
	skippedWithin      = "a heading within a story"
	skippedTwin        = "names a story that stands above"
)

// draft makes the entry a story, or says that it is none and why.
func (e *entry) draft(file string) (Draft, []Skipped, bool) {
	if reason := e.noStory(); reason != "" {
		return Draft{}, e.skip(reason), false
	}
	w := writer{stand: e.stand()}
	w.skipped = slices.Clone(e.heads)
	parts := e.parts
	if !e.labels(recognised) {
		parts = guess(parts)
	}
	for i, p := range parts {
		w.part(p, i == 0 && w.stand == nil && !e.labels(isProblem))
	}
	h := readHeadline(e.heading)
	w.story.Date = cmp.Or(w.story.Date, h.date, e.date)
	w.story.Company = cmp.Or(w.story.Company, h.company, e.company)
	w.add("context", h.status)
	w.problem(h.title)
	s := w.story
	s.Title = cmp.Or(h.title, firstWords(e.opening()))
	s.Source = story.Source{File: file, Heading: cmp.Or(e.heading, s.Title)}
	return Draft{Story: s, Line: e.line}, w.skipped, true
}

// opening is the first text of the entry.
func (e *entry) opening() string {
	for _, p := range e.parts {
		for _, it := range p.items {
			if hasWords(it.text) && !isPlaceholder(it.text) {
				return it.text
			}
		}
	}
	return ""
}

// noStory is the reason why the entry is no story, or "".
func (e *entry) noStory() string {
	items, size := 0, len(e.heading)
	labelled := e.labels(isField)
	filled := false
	for _, p := range e.parts {
		for _, it := range p.items {
			items++
			size += len(it.text) + len(p.label)
			filled = filled || !isPlaceholder(it.text) && (isField(p.label) || !labelled)
		}
	}
	switch {
	case items == 0 && e.layout == layoutPrinciples && hasWords(e.heading):
		return ""
	case items == 0:
		return skippedEmpty
	case !filled, bracketed().MatchString(e.heading):
		return skippedTemplate
	case size > yaml.MaxSize/2:
		return skippedLarge
	}
	return ""
}

// skip lists the whole entry, heading first.
func (e *entry) skip(reason string) []Skipped {
	var out []Skipped
	if e.heading != "" {
		out = append(out, Skipped{Line: e.line, Text: e.heading, Reason: reason})
	}
	for _, p := range e.parts {
		if len(p.items) == 0 && p.label != "" {
			out = append(out, Skipped{Line: p.line, Text: p.label, Reason: reason})
		}
		for i, it := range p.items {
			if i == 0 && p.label != "" {
				it.text = p.label + ": " + it.text
			}
			out = append(out, Skipped{Line: it.line, Text: it.text, Reason: reason})
		}
	}
	return append(out, e.heads...)
}

// stand are the labels that stand for the problem in an entry that labels none.
func (e *entry) stand() []string {
	if e.labels(isProblem) {
		return nil
	}
	for _, words := range stands {
		if e.labels(func(label string) bool { return standsFor(words, label) }) {
			return words
		}
	}
	return nil
}

// standsFor says whether a label of the context has one of the words.
func standsFor(words []string, label string) bool {
	if keyOf(label) != "context" {
		return false
	}
	word := labelWord(label)
	first, second, two := cutPair(word)
	return slices.Contains(words, word) || two && (slices.Contains(words, labelWord(first)) || slices.Contains(words, labelWord(second)))
}

// labels says whether one of the entry's labels is such.
func (e *entry) labels(such func(label string) bool) bool {
	return slices.ContainsFunc(e.parts, func(p part) bool { return such(p.label) })
}

// writer fills a story part by part.
type writer struct {
	story   story.Story
	stand   []string // the labels that stand for the problem, none where one names it
	first   string   // the field of the first text that a label of the table names
	skipped []Skipped
}

// part places one part; opening says that it begins an entry whose problem has
// no label.
func (w *writer) part(p part, opening bool) {
	if len(p.items) == 0 {
		w.bare(p)
		return
	}
	if p.items = w.filled(p); len(p.items) == 0 {
		return
	}
	key := keyOf(p.label)
	if standsFor(w.stand, p.label) {
		key = "problem"
	}
	switch {
	case p.key != "":
		w.items(p.key, p.items)
	case p.label == "" && opening:
		w.items("problem", p.items)
	case p.label == "":
		w.items("context", p.items)
	case lookUp(p.label) == "follow-ups":
		w.followUps(p)
	case key == "skills":
		w.note(p)
		w.skills(p.items)
	case slices.Contains(story.TextFields, key):
		w.first = cmp.Or(w.first, key)
		w.note(p)
		w.items(key, said(p))
	case w.fact(key, p.items):
		w.note(p)
	default:
		w.kept(p)
	}
}

// filled drops the items that nobody has filled in yet.
func (w *writer) filled(p part) []item {
	var out, blanks []item
	for _, it := range p.items {
		if isPlaceholder(it.text) {
			blanks = append(blanks, it)
		} else {
			out = append(out, it)
		}
	}
	if len(out) > 0 {
		p.label = ""
	}
	p.items = blanks
	w.skipped = append(w.skipped, (&entry{parts: []part{p}}).skip(skippedPlaceholder)...)
	return out
}

// said gives a part's items, with the label where it is part of what is said.
func said(p part) []item {
	if word := labelWord(p.label); word != "next time" && word != "should have" {
		return p.items
	}
	items := slices.Clone(p.items)
	items[0].text = p.label + ": " + items[0].text
	return items
}

// bare places a label without text: a heading that the table does not know may
// say something by itself.
func (w *writer) bare(p part) {
	switch {
	case p.label == "":
	case !recognised(p.label):
		w.add("context", p.label)
	default:
		w.skipped = append(w.skipped, Skipped{Line: p.line, Text: p.label, Reason: skippedLabel})
	}
}

// followUps tells what was done afterwards from what is still to do.
func (w *writer) followUps(p part) {
	var rest []item
	for _, it := range p.items {
		switch {
		case strings.HasPrefix(it.text, "[x]"), strings.HasPrefix(it.text, "[X]"):
			w.add("lessons", it.text)
		case strings.HasPrefix(it.text, "[ ]"):
			w.add("hindsight", it.text)
		default:
			rest = append(rest, it)
		}
	}
	if len(rest) > 0 {
		p.items = rest
		w.kept(p)
	}
}

// kept keeps a part without a field of its own in the context, with its label.
func (w *writer) kept(p part) {
	first, rest := p.items[0], p.items[1:]
	switch {
	case first.bullet && p.alone:
		w.skipped = append(w.skipped, Skipped{Line: p.line, Text: p.label, Reason: skippedWithin})
		w.add("context", first.text)
	case first.bullet:
		w.add("context", p.label+":")
		w.add("context", first.text)
	case strings.HasSuffix(p.label, "?"), strings.HasSuffix(p.label, "!"):
		w.add("context", p.label+" "+first.text)
	default:
		w.add("context", p.label+": "+first.text)
	}
	for _, it := range rest {
		w.add("context", it.text)
	}
}

// note keeps a remark that stands behind a label's word.
func (w *writer) note(p part) {
	m := labelNote().FindStringSubmatch(p.label)
	if m == nil {
		return
	}
	if remark := m[1] + m[2] + m[3]; !recognised(remark) {
		w.add("context", remark)
	}
}

// items adds items to a field. Under a label for what was done or learned, what
// by its own words was not done goes to hindsight.
func (w *writer) items(key string, items []item) {
	for _, it := range items {
		done, undone := it.text, ""
		if slices.Contains([]string{"investigation", "resolution", "lessons"}, key) {
			done, undone = cutUndone(it)
		}
		w.add(key, done)
		w.add("hindsight", undone)
	}
}

func (w *writer) add(key, s string) {
	if s = strings.TrimSpace(s); s != "" {
		w.story.SetText(key, append(w.story.Text(key), s))
	}
}

// skills reads the line or the list right under the label as tags.
func (w *writer) skills(items []item) {
	for i, it := range items {
		if i > 0 && !(it.bullet && items[0].bullet) {
			w.add("context", it.text)
			continue
		}
		for name := range strings.FieldsFuncSeq(it.text, func(r rune) bool { return strings.ContainsRune(",;，、\n", r) }) {
			if name = strings.TrimSuffix(strings.TrimLeft(strings.TrimSpace(name), "-*•?!&|>%@` "), "."); name != "" {
				w.story.Skills = append(w.story.Skills, name)
			}
		}
	}
}

// fact sets a field that holds one short value, where the part is one. A date that
// is written another way than a story's is kept besides as it stands.
func (w *writer) fact(key string, items []item) bool {
	field := map[string]*string{"role": &w.story.Role, "company": &w.story.Company, "date": (*string)(&w.story.Date)}[key]
	if field == nil || len(items) != 1 || *field != "" {
		return false
	}
	value := items[0].text
	if key == "date" {
		d, _, _ := leadingDate(value)
		*field = string(d)
		return string(d) == value
	}
	*field = value
	return true
}

// problem sees to it that the story has one, as every story must: where nothing
// names it, the first sentence does, or else the title.
func (w *writer) problem(title string) {
	if len(w.story.Problem) > 0 {
		return
	}
	for _, key := range append([]string{w.first}, story.TextFields...) {
		if t := w.story.Text(key); len(t) > 0 {
			first, rest := cutSentence(t[0])
			w.add("problem", first)
			w.story.SetText(key, nil)
			for _, s := range append([]string{rest}, t[1:]...) {
				w.add(key, s)
			}
			return
		}
	}
	w.add("problem", title)
}

func cutSentence(s string) (first, rest string) {
	spans := text.Sentences(s)
	if len(spans) < 2 {
		return s, ""
	}
	return strings.TrimSpace(s[:spans[1].Start]), s[spans[1].Start:]
}

// undone opens a sentence about what was not done.
var undone = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\s\pP]*(?:(?:i|we)\s+)?(?:could|should)(?:\s+have|['’]ve)\b`)
})

// cutUndone parts what was done from what was not: a bullet as a whole, prose by
// its sentences.
func cutUndone(it item) (done, not string) {
	spans := text.Sentences(it.text)
	if undone().MatchString(it.text) && it.bullet {
		return "", it.text
	}
	if !slices.ContainsFunc(spans, func(s text.Span) bool { return undone().MatchString(s.Of(it.text)) }) {
		return it.text, ""
	}
	for _, s := range spans {
		if sentence := s.Of(it.text); undone().MatchString(sentence) {
			not += " " + sentence
		} else {
			done += " " + sentence
		}
	}
	return done, not
}
