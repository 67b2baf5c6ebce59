// Package search looks stories up by words, as one looks up a note: "kafka lag",
// a company, a skill under any of its names.
//
// It says where something is written, not which story answers a question: it
// understands no meaning and gives no score. That is for match.
package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// Stories gives the stories that hold a word of the query, those with most of its
// words first, of these those with most in their titles, then by id. Words count by
// their stems, and where the query names a skill by any of its names, any other of
// its names counts as well; words such as "the" count only where the query has no
// others. A query of blanks gives all stories, one of signs none.
func Stories(stories []story.Story, query string, skills *skill.Taxonomy) []story.Story {
	if strings.TrimSpace(query) == "" {
		return stories
	}
	var found []hit
	wanted := terms(query, skills)
	for i := range stories {
		if h := look(&stories[i], wanted, skills); h.words > 0 {
			found = append(found, h)
		}
	}
	slices.SortStableFunc(found, better)
	out := make([]story.Story, len(found))
	for i, h := range found {
		out[i] = *h.story
	}
	return out
}

// A term is a word of a query and the skill that it names, alone or with others.
type term struct{ stem, skill string }

// terms gives a query's words, each once.
func terms(query string, skills *skill.Taxonomy) []term {
	var telling, others []term
	mentions := skills.Mentions(query)
	for _, token := range text.Tokens(query) {
		t := term{stem: text.Stem(token.Text)}
		for _, m := range mentions {
			if m.Span.Start <= token.Start && token.End <= m.Span.End {
				t.skill = m.Skill
			}
		}
		if text.Stop(token.Text) && t.skill == "" {
			others = append(others, t)
		} else {
			telling = append(telling, t)
		}
	}
	if len(telling) == 0 {
		telling = others
	}
	slices.SortFunc(telling, func(a, b term) int { return cmp.Compare(a.stem, b.stem) })
	return slices.Compact(telling)
}

// hit is a story with how many of the query's words it holds, and its title.
type hit struct {
	story         *story.Story
	words, titled int
}

func better(a, b hit) int {
	return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(b.titled, a.titled), cmp.Compare(a.story.ID, b.story.ID))
}

// look counts the words that a story holds anywhere, its id and tags among it.
func look(s *story.Story, wanted []term, skills *skill.Taxonomy) hit {
	title := read([]string{s.Title}, wanted, skills)
	parts := append([]string{s.Role, s.Company, string(s.Date), strings.ReplaceAll(s.ID, "-", " ")}, s.Skills...)
	parts = append(parts, s.Competencies...)
	for _, field := range story.TextFields {
		parts = append(parts, s.Text(field)...)
	}
	rest := read(parts, wanted, skills)
	h := hit{story: s}
	for _, t := range wanted {
		if title.holds(t) {
			h.titled++
		}
		if title.holds(t) || rest.holds(t) {
			h.words++
		}
	}
	return h
}

// held is what texts hold: the stems of their words, and the skills that they name.
type held struct{ stems, skills map[string]bool }

// read looks for skills only where the query names one: that costs the most.
func read(texts []string, wanted []term, skills *skill.Taxonomy) held {
	h := held{map[string]bool{}, map[string]bool{}}
	named := slices.ContainsFunc(wanted, func(t term) bool { return t.skill != "" })
	for _, s := range texts {
		for _, w := range text.Words(s) {
			h.stems[text.Stem(w)] = true
		}
		if !named {
			continue
		}
		for _, m := range skills.Mentions(s) {
			h.skills[m.Skill] = true
		}
	}
	return h
}

func (h held) holds(t term) bool { return h.stems[t.stem] || h.skills[t.skill] }
