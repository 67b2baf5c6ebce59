package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// knownCompetencies reports claims that no question can probe.
func knownCompetencies(s *subject, report report) {
	for i, id := range s.Competencies {
		if s.o.Competencies.Known(id) {
			continue
		}
		message := fmt.Sprintf("unknown competency %q", id)
		if near := s.o.Competencies.Nearest(id); near != "" {
			message += fmt.Sprintf(" (did you mean %q?)", near)
		}
		report(place{"competencies", i, -1}, "%s", message)
	}
}

// repeatedTags reports skills and competencies that stand twice.
func repeatedTags(s *subject, report report) {
	for key, tags := range map[string][]string{"skills": s.Skills, "competencies": s.Competencies} {
		for i, tag := range tags {
			if repeats(tags, i) {
				report(place{key, i, -1}, "%q stands twice in %s", tag, key)
			}
		}
	}
}

func repeats(tags []string, i int) bool {
	return slices.ContainsFunc(tags[:i], func(t string) bool { return strings.EqualFold(t, tags[i]) })
}

// unsupportedSkills reports tags of technical skills that the story never speaks
// of, neither by a name nor by a neighbour's, nor by a word of the tag. Ways of
// working show in what a person did, seldom in its name, and are left alone.
func unsupportedSkills(s *subject, report report) {
	if s.o.Skills == nil || len(s.Skills) == 0 {
		return
	}
	told := s.told()
	stems := map[string]bool{}
	for _, stem := range text.Stems(told) {
		stems[stem] = true
	}
	mentioned := map[string]bool{"SQL": statement().MatchString(told)}
	for _, m := range s.o.Skills.Mentions(told) {
		mentioned[m.Skill] = true
	}
	for i, tag := range s.Skills {
		sk, ok := s.o.Skills.Find(tag)
		if !ok || repeats(s.Skills, i) || !technology(sk) || mentioned[sk.Name] || shares(tag, stems) || shares(sk.Name, stems) {
			continue
		}
		if !slices.ContainsFunc(s.o.Skills.Related(sk.Name), func(name string) bool { return mentioned[name] }) {
			report(place{"skills", i, -1}, "no text of the story mentions %s", tag)
		}
	}
}

// statement is a piece of SQL in a text.
var statement = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:SELECT|INSERT INTO|FOR UPDATE|DELETE FROM|(?:LEFT|INNER|OUTER) JOIN|GROUP BY|ORDER BY|(?:DROP|ALTER|CREATE) (?:TABLE|INDEX)|EXPLAIN)\b`)
})

// told is the story's title and texts as one.
func (s *subject) told() string {
	parts := []string{s.Title}
	for _, field := range story.TextFields {
		parts = append(parts, s.Text(field)...)
	}
	return strings.Join(parts, "\n")
}

// technology says whether a skill is a thing with a name, such as Redis or New
// Relic, and no way of working, which shows without its name: incident response,
// capacity planning. The taxonomy writes small what is no name.
func technology(sk skill.Skill) bool {
	words := strings.Fields(sk.Name)
	switch sk.Kind {
	case "practice", "soft skill", "domain", "spoken language", "":
		return false
	case "language", "framework", "data store", "cloud", "infrastructure", "tool":
		return len(words) == 1 && !abstract(sk.Name) || len(words) > 1 && words[1] != strings.ToLower(words[1])
	}
	last := words[len(words)-1]
	return last[1:] != strings.ToLower(last[1:]) || len(words) > 1 && last != strings.ToLower(last) || len(words) == 1 && !abstract(last) && !strings.HasSuffix(last, "s")
}

// abstract says whether a word ends as nouns for ways of working do.
func abstract(word string) bool {
	return slices.ContainsFunc([]string{"ing", "ity", "ics", "ion", "nce", "ency", "ysis"}, func(end string) bool { return strings.HasSuffix(word, end) })
}

// shares says whether a word of the name is among the stems.
func shares(name string, stems map[string]bool) bool {
	return slices.ContainsFunc(text.Stems(name), func(stem string) bool { return len(stem) > 2 && stems[stem] })
}
