package match

import (
	"cmp"
	"maps"
	"slices"

	"github.com/prep-cli/prep/pkg/encoder"
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

// card is a story made ready: its stems, the skills it shows, its meaning.
type card struct {
	story  *story.Story
	terms  []count          // sorted by number
	shown  map[string]Shown // by name, the deepest place; read where a query wants skills
	loose  []string         // tags that the taxonomy does not know
	prose  Prose
	kept   encoder.Kept
	claims map[string]float64 // by competency: how firmly the story is claimed for it, 0 to 1
}

// take adds what the encoder makes of the story's prose.
func (c *card) take(kept encoder.Kept, v *Vectors) {
	c.kept, c.claims = kept, map[string]float64{}
	for rank, id := range c.story.Competencies {
		c.claims[id] = claimCredit[min(rank, len(claimCredit)-1)]
	}
	if len(c.claims) > 0 {
		return
	}
	for _, s := range v.shows(kept.Whole) {
		c.claims[s.ID] = inferredCredit * float64(s.Score)
	}
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

// reader makes cards, and keeps the words it has met.
type reader struct {
	lexicon *lexicon
	stems   stemmer
	numbers map[string]int32 // by folded word; 0 for a stop word
	counts  []count
}

func newReader(x *lexicon) *reader {
	return &reader{lexicon: x, stems: stemmer{}, numbers: map[string]int32{}}
}

// add counts the stems of s and gives how many there are.
func (r *reader) add(s string, weight float64) int {
	n := 0
	for _, t := range text.Tokens(s) {
		if long := longhand(t.Of(s), t.Text); long != "" {
			n += r.add(long, weight)
		} else if number := r.number(t.Text); number > 0 {
			r.counts = append(r.counts, count{number, weight})
			n++
		}
	}
	return n
}

func (r *reader) number(word string) int32 {
	n, known := r.numbers[word]
	if !known {
		if stem := r.stems.stem(word); stem != "" {
			n = r.lexicon.number(stem)
		}
		r.numbers[word] = n
	}
	return n
}

func (r *reader) card(s *story.Story) card {
	c := card{story: s, prose: ProseOf(s)}
	r.counts = r.counts[:0]
	length := 0
	for _, field := range telling {
		for _, part := range s.Text(field) {
			length += r.add(part, 1)
		}
	}
	norm := 1 - lengthShare + lengthShare*float64(length)/frequency().meanLength()
	for i := range r.counts {
		r.counts[i].weight /= norm
	}
	r.add(s.Title, titleWeight)
	for _, tag := range s.Skills {
		r.add(tag, tagWeight)
	}
	c.terms = summed(r.counts)
	return c
}

// summed gives each number once, with the sum of its weights, sorted.
func summed(counts []count) []count {
	slices.SortStableFunc(counts, func(a, b count) int { return cmp.Compare(a.number, b.number) })
	out := make([]count, 0, len(counts))
	for _, c := range counts {
		if last := len(out) - 1; last >= 0 && out[last].number == c.number {
			out[last].weight += c.weight
		} else {
			out = append(out, c)
		}
	}
	return out
}
