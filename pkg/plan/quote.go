package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/text"
)

// longest is the most that is quoted of a line, in characters.
const longest = 72

// quotes are the lines of a posting that say why a question is likely.
type quotes struct {
	title                string
	skills, competencies map[string]place // by name and by id: the line that says most
}

// place is a line of the posting and the words in it that name a skill.
type place struct {
	line  match.Line
	words text.Span
}

// readQuotes finds the lines: each is read by itself, so that what the whole posting
// wants is found where it says so. What is required says more than what there is to
// do, and the title says least.
func readQuotes(posting match.Query, know match.Knowledge) quotes {
	qs := quotes{posting.Title, map[string]place{}, map[string]place{}}
	order := func(l match.Line) int {
		if l.Text == posting.Title {
			return len(kinds)
		}
		return slices.Index(kinds, l.Kind)
	}
	lines := slices.SortedStableFunc(slices.Values(posting.Lines), func(a, b match.Line) int { return cmp.Compare(order(a), order(b)) })
	for _, l := range lines {
		for _, m := range know.Skills.Mentions(l.Text) {
			note(qs.skills, m.Skill, place{l, m.Span})
		}
		if len(qs.competencies) < len(posting.Competencies) {
			alone := job.Description{Lines: []job.Line{{Text: l.Text, Kind: l.Kind}}}
			for _, p := range know.ForJob(alone).Competencies {
				note(qs.competencies, p.ID, place{line: l})
			}
		}
	}
	return qs
}

// kinds are the kinds of lines, those that say most first.
var kinds = []job.Kind{job.Must, job.Duty, job.Nice, job.About}

func note(places map[string]place, name string, p place) {
	if _, known := places[name]; !known {
		places[name] = p
	}
}

func (qs quotes) competency(id string) string {
	if p, ok := qs.competencies[id]; ok {
		return qs.quote(p)
	}
	return "the posting asks for " + id
}

func (qs quotes) skill(name string) string {
	if p, ok := qs.skills[name]; ok {
		return qs.quote(p)
	}
	return "the posting asks for " + name
}

// order is how little the line says that names the skill, 0 for a requirement.
func (qs quotes) order(name string) int { return slices.Index(kinds, qs.skills[name].line.Kind) }

func (qs quotes) quote(p place) string {
	quoted := "“" + excerpt(p.line.Text, p.words) + "”"
	switch {
	case p.line.Text == qs.title:
		return "the title: " + quoted
	case p.line.Kind == job.Nice:
		return "nice to have: " + quoted
	}
	return quoted
}

// excerpt gives the line, or so much of a long one around the words as is quoted.
func excerpt(line string, words text.Span) string {
	if utf8.RuneCountInString(line) <= longest {
		return line
	}
	fields := strings.Fields(line)
	from, end := 0, len(strings.Fields(line[:words.End]))
	if !brief(fields[:end]) {
		from = max(0, len(strings.Fields(line[:words.Start]))-3) // a few words lead up to it
	}
	for from+1 < end && !brief(fields[from:end]) {
		from++
	}
	to := from + 1
	for to < len(fields) && brief(fields[from:to+1]) {
		to++
	}
	out := strings.Join(fields[from:to], " ")
	if from > 0 {
		out = "… " + out
	}
	if to < len(fields) {
		out = strings.TrimRight(out, ",;:") + " …"
	}
	return out
}

func brief(fields []string) bool { return utf8.RuneCountInString(strings.Join(fields, " ")) <= longest }
