package match

import (
	"maps"
	"slices"
	"sync"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/kept"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// Depth is how firmly a story shows a skill.
type Depth int

// The depths, weakest first.
const (
	Absent    Depth = iota
	Tagged          // it stands among the tags only
	Mentioned       // it stands in the story, but not in what the teller did or achieved
	Proved          // it stands in what the teller did or achieved
)

// String gives the depth's name; that of Absent is empty.
func (d Depth) String() string { return [...]string{"", "tagged", "mentioned", "proved"}[d] }

// proving are the fields that tell what the teller did or achieved. The others
// tell what there was, what was asked, or what was learned of it.
var proving = []string{"investigation", "root_cause", "resolution", "impact"}

// telling are the fields that are evidence at all, those that prove first.
var telling = []string{"resolution", "investigation", "root_cause", "impact", "problem", "context", "task", "lessons"}

// place is where in a story something stands.
type place struct {
	field string // one of telling, or "title", or "skills"
	part  int    // which of the field's texts, or which tag
	span  text.Span
}

// Shown is a skill that a story shows: how deep, found how, and where.
type Shown struct {
	Name  string // canonical
	Via   string // exact or alias
	Depth Depth
	at    place
}

// card is a story made ready to be ranked: its digest taken apart (see digest.go),
// and its encoding.
type card struct {
	id, date  string
	prose     kept.Key // of its encoding
	claimed   []string // competencies, strongest first
	loose     []string // tags that the taxonomy does not know
	skills    []byte
	terms     []byte
	sentences []byte
	kept      encoder.Kept
	whole     *whole
}

// whole is a story with what its reasons are drawn from, worked out on first use.
type whole struct {
	read  func() *story.Story
	skill *skill.Taxonomy

	once  sync.Once
	story *story.Story
	prose Prose
	shown map[string]Shown // by name, the deepest place
}

// told gives the whole story.
func (c *card) told() *whole {
	w := c.whole
	w.once.Do(func() {
		w.story = w.read()
		w.prose = ProseOf(w.story)
		w.shown, _ = shows(w.story, w.skill)
	})
	return w
}

// Shows gives the skills that a story shows, sorted by name, each at its deepest.
func (k Knowledge) Shows(s *story.Story) []Shown {
	shown, _ := shows(s, k.skills())
	out := make([]Shown, 0, len(shown))
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		out = append(out, shown[name])
	}
	return out
}

// TellsAct says whether a story tells what its teller did or achieved.
func TellsAct(s *story.Story) bool {
	return slices.ContainsFunc(proving, func(field string) bool { return len(s.Text(field)) > 0 })
}

// Evidence is the sentence of s in which the skill stands, or the tag.
func (sh Shown) Evidence(s *story.Story) string { return sh.at.sentence(s) }

func shows(s *story.Story, t *skill.Taxonomy) (shown map[string]Shown, loose []string) {
	shown = map[string]Shown{}
	note := func(text string, depth Depth, field string, part int) int {
		found := t.Mentions(text)
		for _, m := range found {
			if shown[m.Skill].Depth < depth {
				shown[m.Skill] = Shown{m.Skill, m.Via, depth, place{field, part, m.Span}}
			}
		}
		return len(found)
	}
	for _, field := range telling {
		depth := Mentioned
		if slices.Contains(proving, field) {
			depth = Proved
		}
		for i, part := range s.Text(field) {
			note(part, depth, field, i)
		}
	}
	note(s.Title, Mentioned, "title", 0)
	for i, tag := range s.Skills {
		if sk, ok := t.Find(tag); ok {
			if shown[sk.Name].Depth < Tagged {
				shown[sk.Name] = Shown{sk.Name, named(sk, tag), Tagged, place{"skills", i, text.Span{End: len(tag)}}}
			}
		} else if note(tag, Tagged, "skills", i) == 0 {
			loose = append(loose, tag)
		}
	}
	return shown, loose
}

func named(s skill.Skill, name string) string {
	if text.Fold(s.Name) == text.Fold(name) {
		return skill.Exact
	}
	return skill.Alias
}

// in gives the text that the place is in.
func (p place) in(s *story.Story) string {
	switch p.field {
	case "title":
		return s.Title
	case "skills":
		return s.Skills[p.part]
	}
	return s.Text(p.field)[p.part]
}

// sentence gives the sentence around the place; a title or a tag whole.
func (p place) sentence(s *story.Story) string {
	whole := p.in(s)
	if p.field == "title" || p.field == "skills" {
		return whole
	}
	for _, sp := range text.Sentences(whole) {
		if p.span.Start < sp.End && p.span.End > sp.Start {
			return sp.Of(whole)
		}
	}
	return whole
}
