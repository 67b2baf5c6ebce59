package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
)

// Status is what a library has of a draft.
type Status string

// The three cases: no story has the draft's source; one has it and all of the
// draft's text; one has it and another text, because the document or the story
// was edited since.
const (
	New     Status = "new"
	Known   Status = "known"
	Changed Status = "changed"
)

// Decision is what becomes of one draft.
type Decision struct {
	Status Status
	// Story is as it would be written: a new one with the id and file that it
	// gets, a known one as the library has it, a changed one as the library has
	// it with the draft's fields taken over.
	Story story.Story
	Draft Draft
	// Yours are the keys that both the user and the document have changed: Story
	// has them as the user wrote them.
	Yours []string
}

// Given is what earlier imports took, by the ids of the stories: each story as its
// document told it then.
type Given map[string]story.Story

// Merge compares the drafts of one run with the stories of a library by their
// source and gives a decision for each, in order. The ids of new stories are the
// slugs of their titles, with -2, -3 and so on where taken. A draft that equals
// an earlier one of the run is known. What the library's story has besides the
// draft (its title, further fields and tags) is the user's and stays.
//
// Where given has what the document told before, a story that only the user has
// edited is known, and of a changed one a key is taken over only where the user
// has not edited it. Without that a story which differs is changed, whoever did it.
func Merge(existing []story.Story, drafts []Draft, given Given) []Decision {
	m := merger{
		given:  given,
		stored: map[story.Source][]story.Story{}, decided: map[story.Source][]Decision{},
		taken: map[string]bool{}, number: map[string]int{},
	}
	for _, s := range existing {
		m.taken[story.FoldID(s.ID)] = true
		m.stored[s.Source] = append(m.stored[s.Source], s)
	}
	decisions := make([]Decision, len(drafts))
	// Equal ones first: of two entries under one heading, the edited one must
	// not take the place of its twin.
	for i, d := range drafts {
		if s, found := m.claim(d, func(s story.Story) bool { return holds(s, d.Story) || m.told(s, d) }); found {
			decisions[i] = Decision{Status: Known, Story: s, Draft: d}
		}
	}
	for i, d := range drafts {
		if decisions[i].Status == "" {
			decisions[i] = m.decide(d)
		}
		m.decided[d.Story.Source] = append(m.decided[d.Story.Source], decisions[i])
	}
	return decisions
}

type merger struct {
	given   Given
	stored  map[story.Source][]story.Story // not yet claimed by a draft
	decided map[story.Source][]Decision
	taken   map[string]bool // ids, folded
	number  map[string]int  // the last one tried for a slug
}

// claim takes the first stored story that has the draft's source and is such.
func (m *merger) claim(d Draft, such func(story.Story) bool) (story.Story, bool) {
	stored := m.stored[d.Story.Source]
	i := slices.IndexFunc(stored, such)
	if i < 0 {
		return story.Story{}, false
	}
	s := stored[i]
	m.stored[d.Story.Source] = slices.Delete(stored, i, i+1)
	return s, true
}

// decide settles a draft that no stored story holds.
func (m *merger) decide(d Draft) Decision {
	for _, b := range m.decided[d.Story.Source] {
		if holds(b.Draft.Story, d.Story) {
			return Decision{Status: Known, Story: b.Story, Draft: d}
		}
	}
	if s, found := m.claim(d, func(story.Story) bool { return true }); found {
		old, known := m.given[s.ID]
		if !known {
			return Decision{Status: Changed, Story: update(s, d.Story), Draft: d}
		}
		updated, yours := join(s, d.Story, old)
		return Decision{Status: Changed, Story: updated, Draft: d, Yours: yours}
	}
	s := d.Story
	s.ID = m.id(s.Title)
	s.File = s.ID + ".yaml"
	return Decision{Status: New, Story: s, Draft: d}
}

// told says whether the document told a story before just as it does now: what
// differs, the user has edited.
func (m *merger) told(s story.Story, d Draft) bool {
	old, known := m.given[s.ID]
	return known && holds(old, d.Story) && holds(d.Story, old)
}

// id gives a title's slug, numbered where it is taken.
func (m *merger) id(title string) string {
	slug := story.Slug(title)
	id := slug
	for m.taken[story.FoldID(id)] {
		m.number[slug] = max(m.number[slug], 1) + 1
		id = fmt.Sprintf("%s-%d", slug, m.number[slug])
	}
	m.taken[story.FoldID(id)] = true
	return id
}

// holds says whether a story has all that a draft has.
func holds(s, draft story.Story) bool {
	for _, key := range story.TextFields {
		if t := draft.Text(key); len(t) > 0 && words(t) != words(s.Text(key)) {
			return false
		}
	}
	for _, tag := range draft.Skills {
		if !hasTag(s.Skills, tag) {
			return false
		}
	}
	return (draft.Date == "" || s.Date == draft.Date) &&
		(draft.Role == "" || s.Role == draft.Role) && (draft.Company == "" || s.Company == draft.Company)
}

// words is a text without regard to its line breaks.
func words(t []string) string {
	return strings.Join(strings.Fields(strings.Join(t, " ")), " ")
}

func hasTag(tags []string, tag string) bool {
	return slices.ContainsFunc(tags, func(have string) bool { return strings.EqualFold(have, tag) })
}

// update takes over into a story all that a draft has.
func update(s, draft story.Story) story.Story {
	for _, key := range story.TextFields {
		if t := draft.Text(key); len(t) > 0 {
			s.SetText(key, t)
		}
	}
	s.Skills = slices.Clone(s.Skills)
	for _, tag := range draft.Skills {
		if !hasTag(s.Skills, tag) {
			s.Skills = append(s.Skills, tag)
		}
	}
	if draft.Date != "" {
		s.Date = draft.Date
	}
	if draft.Role != "" {
		s.Role = draft.Role
	}
	if draft.Company != "" {
		s.Company = draft.Company
	}
	return s
}

// join takes over into a story what a draft has otherwise than the document had it
// before; yours are the keys that the user has changed as well, and which stay.
func join(s, draft, old story.Story) (joined story.Story, yours []string) {
	joined = s
	for _, key := range story.TextFields {
		mine, now, before := s.Text(key), draft.Text(key), old.Text(key)
		switch {
		case words(now) == words(before) || words(now) == words(mine):
		case words(mine) != words(before):
			yours = append(yours, key)
		case len(now) > 0 || key != "problem":
			joined.SetText(key, now)
		}
	}
	joined.Skills = slices.Clone(s.Skills)
	for _, tag := range draft.Skills {
		if !hasTag(s.Skills, tag) && !hasTag(old.Skills, tag) {
			joined.Skills = append(joined.Skills, tag)
		}
	}
	for _, f := range []struct {
		key               string
		mine, now, before string
		field             *string
	}{
		{"date", string(s.Date), string(draft.Date), string(old.Date), (*string)(&joined.Date)},
		{"role", s.Role, draft.Role, old.Role, &joined.Role},
		{"company", s.Company, draft.Company, old.Company, &joined.Company},
	} {
		switch {
		case f.now == f.before || f.now == f.mine || f.now == "":
		case f.mine != f.before:
			yours = append(yours, f.key)
		default:
			*f.field = f.now
		}
	}
	return joined, yours
}

// Keys lists the keys that the draft fills, in the order of a story file.
func (d Draft) Keys() []string {
	s := d.Story
	keys := []string{"title"}
	add := func(key string, filled bool) {
		if filled {
			keys = append(keys, key)
		}
	}
	add("date", s.Date != "")
	add("role", s.Role != "")
	add("company", s.Company != "")
	for _, key := range story.TextFields {
		add(key, len(s.Text(key)) > 0)
	}
	add("skills", len(s.Skills) > 0)
	return append(keys, "source")
}
