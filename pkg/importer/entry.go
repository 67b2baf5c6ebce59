package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/pkg/yaml"
)

// entry is what may be a story: a heading and the parts beneath it.
type entry struct {
	heading string // as the document writes it, less emphasis
	line    int
	parts   []part
}

// part is a label and all up to the next one.
type part struct {
	label string // "" for text without one
	line  int
	items []item
}

// item is one paragraph, bullet, table row or piece of code.
type item struct {
	text   string
	line   int
	bullet bool
}

// paragraphs joins the lines of a text to items.
type paragraphs struct {
	items []item
	lines []string // of the last item
}

// add takes a line: as an item of its own, or to the item that it goes on with.
func (p *paragraphs) add(it item, fresh bool) {
	if fresh || len(p.items) == 0 {
		p.items = append(p.close(), it)
		p.lines = nil
	}
	p.lines = append(p.lines, it.text)
}

func (p *paragraphs) close() []item {
	if n := len(p.items); n > 0 {
		p.items[n-1].text = strings.Join(p.lines, " ")
	}
	return p.items
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
)

// draft makes the entry a story, or says that it is none and why.
func (e entry) draft(file string) (Draft, []Skipped, bool) {
	if reason := e.noStory(); reason != "" {
		return Draft{}, e.skip(reason), false
	}
	w := writer{stand: e.stand()}
	for i, p := range e.parts {
		w.part(p, i == 0 && w.stand == "" && !e.labels(isProblem))
	}
	w.problem()
	s := w.story
	s.Title = title(e.heading)
	if s.Title == "" {
		s.Title = firstWords(s.Problem[0])
	}
	s.Source = story.Source{File: file, Heading: e.heading}
	if s.Source.Heading == "" {
		s.Source.Heading = s.Title
	}
	return Draft{Story: s, Line: e.line}, w.skipped, true
}

// noStory is the reason why the entry is no story, or "".
func (e entry) noStory() string {
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
	case items == 0:
		return skippedEmpty
	case !filled:
		return skippedTemplate
	case size > yaml.MaxSize/2:
		return skippedLarge
	}
	return ""
}

// skip lists the whole entry, heading first.
func (e entry) skip(reason string) []Skipped {
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
	return out
}

// stand is the label that stands for the problem in an entry that labels none.
func (e entry) stand() string {
	if e.labels(isProblem) {
		return ""
	}
	for _, word := range stands {
		if e.labels(func(label string) bool { return labelWord(label) == word }) {
			return word
		}
	}
	return ""
}

// labels says whether one of the entry's labels is such.
func (e entry) labels(such func(label string) bool) bool {
	return slices.ContainsFunc(e.parts, func(p part) bool { return such(p.label) })
}

// writer fills a story part by part.
type writer struct {
	story   story.Story
	stand   string // the label that stands for the problem, "" where one names it
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
	if w.stand != "" && labelWord(p.label) == w.stand {
		key = "problem"
	}
	switch {
	case p.label == "" && opening:
		w.items("problem", p.items)
	case p.label == "":
		w.items("context", p.items)
	case key == "skills":
		w.note(p)
		w.skills(p.items)
	case slices.Contains(story.TextFields, key):
		w.note(p)
		w.items(key, p.items)
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
	w.skipped = append(w.skipped, entry{parts: []part{p}}.skip(skippedPlaceholder)...)
	return out
}

// bare places a label without text: a heading that the table does not know may
// say something by itself.
func (w *writer) bare(p part) {
	switch {
	case p.label == "":
	case keyOf(p.label) == "":
		w.add("context", p.label)
	default:
		w.skipped = append(w.skipped, Skipped{Line: p.line, Text: p.label, Reason: skippedLabel})
	}
}

// kept keeps a part without a field of its own in the context, with its label.
func (w *writer) kept(p part) {
	first, rest := p.items[0], p.items[1:]
	if first.bullet {
		w.add("context", p.label+":")
		w.add("context", first.text)
	} else {
		w.add("context", p.label+": "+first.text)
	}
	for _, it := range rest {
		w.add("context", it.text)
	}
}

// note keeps a remark that stands behind a label's word.
func (w *writer) note(p part) {
	if m := labelNote().FindStringSubmatch(p.label); m != nil && m[1] != "" {
		w.add("context", m[1])
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
			if name = strings.TrimSuffix(strings.TrimSpace(name), "."); name != "" {
				w.story.Skills = append(w.story.Skills, name)
			}
		}
	}
}

// fact sets a field that holds one short value, where the part is one.
func (w *writer) fact(key string, items []item) bool {
	field := map[string]*string{"role": &w.story.Role, "company": &w.story.Company, "date": (*string)(&w.story.Date)}[key]
	if field == nil || len(items) != 1 || *field != "" {
		return false
	}
	value := items[0].text
	if key == "date" && w.story.Date.UnmarshalText([]byte(value)) != nil {
		return false
	}
	*field = value
	return true
}

// problem sees to it that the story has one, as every story must: where nothing
// names it, the first sentence does.
func (w *writer) problem() {
	if len(w.story.Problem) > 0 {
		return
	}
	for _, key := range story.TextFields {
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

// What a heading holds besides the title.
var (
	titleLink   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])`) })
	titleNumber = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?i)(?:(?:story|incident|example)\s*#?\d+\s*[:.)–—-]|\d{1,3}[a-z]?[.)]\s)\s*`)
	})
)

// title is a heading less its numbering, its links' addresses, the quotes round
// it and a closing colon.
func title(heading string) string {
	s := titleLink().ReplaceAllString(heading, "$1")
	s = titleNumber().ReplaceAllString(s, "")
	s = strings.TrimRight(strings.TrimSpace(s), ":： ")
	for _, quotes := range [][2]string{{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"`", "`"}} {
		if inner, ok := strings.CutPrefix(s, quotes[0]); ok && strings.HasSuffix(inner, quotes[1]) {
			s = strings.TrimSuffix(inner, quotes[1])
		}
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) && !strings.ContainsFunc(s, unicode.IsDigit) {
		return strings.TrimSpace(heading)
	}
	return strings.TrimSpace(s)
}

// titleLength is where a title that is taken from the text is cut, in bytes.
const titleLength = 80

// firstWords is a title for an entry without one: the first sentence, or as many
// of its words as a title may have.
func firstWords(s string) string {
	s, _ = cutSentence(s)
	out := ""
	for word := range strings.FieldsSeq(s) {
		if out != "" && len(out)+len(word) > titleLength {
			break
		}
		out = strings.TrimSpace(out + " " + word)
	}
	return strings.TrimRight(out, ".,;: ")
}
