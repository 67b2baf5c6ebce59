package star

import (
	"cmp"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// note is one sentence of a story as it was written, without marks and labels.
type note struct {
	text   string
	field  string
	label  string // the words of a label that stood before it, lower case
	first  bool   // of its bullet or paragraph
	undone bool   // names what was not done, wherever it stands
}

// tale is a story as notes, with what speech has to know of its words.
type tale struct {
	story      story.Story
	notes      []note
	unfinished []note          // placeholders and plans, which are not told
	small      map[string]bool // words that the story writes in lower case
}

func listen(s story.Story) *tale {
	t := &tale{story: s, small: map[string]bool{}}
	for _, field := range story.TextFields {
		for _, item := range s.Text(field) {
			t.hear(field, plain(item))
		}
	}
	return t
}

func (t *tale) hear(field, item string) {
	pending := ""
	for i, span := range text.Sentences(item) {
		n := note{field: field, first: i == 0}
		n.label, n.text = label(signs(span.Of(item)))
		if n.text == "" {
			pending = n.label
			continue
		}
		n.label, pending = cmp.Or(n.label, pending), ""
		for w := range strings.FieldsSeq(n.text) {
			if b := strings.TrimFunc(w, func(r rune) bool { return !sounds(r) }); b != "" && b == strings.ToLower(b) {
				t.small[b] = true
			}
		}
		if patterns().unfinished.MatchString(n.text) {
			t.unfinished = append(t.unfinished, n)
			continue
		}
		n.undone = field == "hindsight" || deedFields[field] && patterns().undone.MatchString(n.text)
		t.notes = append(t.notes, n)
	}
}

// deedFields hold what the teller did and learned, where "could have …" is said
// of what was left undone and not of what was at stake.
var deedFields = map[string]bool{"investigation": true, "root_cause": true, "resolution": true, "lessons": true}

// of gives the told notes of the fields, in the order of the fields.
func (t *tale) of(fields ...string) []note {
	var out []note
	for _, f := range fields {
		for _, n := range t.notes {
			if n.field == f && !n.undone {
				out = append(out, n)
			}
		}
	}
	return out
}
