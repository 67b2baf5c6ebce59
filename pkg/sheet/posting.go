package sheet

import (
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
)

// inBrief gives the job in three of its own lines: what the company says of itself,
// its first duty, and the requirement that names most skills; where the posting has
// no such line, the next duties and requirements stand in.
func inBrief(d job.Description, know match.Knowledge) []Line {
	var out []Line
	take := func(lines []job.Line) {
		for _, l := range lines {
			line := Line{l.Kind, cut(l.Text, longestLine)}
			if len(out) < 3 && !slices.Contains(out, line) {
				out = append(out, line)
			}
		}
	}
	about, duties := first(sentences(d.Of(job.About), d)), first(mainly(d.Of(job.Duty)))
	musts := first(mostSkills(d.Of(job.Must), know))
	take(slices.Concat(about, duties, musts))
	take(slices.Concat(d.Of(job.Duty), d.Of(job.Must), d.Of(job.Nice), d.Of(job.About)))
	slices.SortStableFunc(out, func(a, b Line) int { return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind) })
	return out
}

// kinds are the kinds of lines in the order in which they are shown.
var kinds = []job.Kind{job.About, job.Duty, job.Must, job.Nice}

func first(lines []job.Line) []job.Line { return lines[:min(1, len(lines))] }

// sentences gives the lines that say something of the company, and are not its name
// or address.
func sentences(lines []job.Line, d job.Description) []job.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l job.Line) bool {
		return words(l.Text) < fewestWords || l.Text == d.Title || !strings.ContainsAny(l.Text, ".!?")
	})
}

// mainly gives the lines of the section that has most of them: a duty that stands
// elsewhere is often something else, such as a place of work.
func mainly(lines []job.Line) []job.Line {
	in := map[string]int{}
	for _, l := range lines {
		in[l.Section]++
	}
	best := ""
	for _, l := range lines {
		if in[l.Section] > in[best] {
			best = l.Section
		}
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l job.Line) bool { return l.Section != best })
}

func words(s string) int { return len(strings.Fields(s)) }

// mostSkills sorts lines by how many skills they name, most first.
func mostSkills(lines []job.Line, know match.Knowledge) []job.Line {
	named := map[string]int{}
	for _, l := range lines {
		named[l.Text] = len(know.Skills.Mentions(l.Text))
	}
	return slices.SortedStableFunc(slices.Values(lines), func(a, b job.Line) int { return named[b.Text] - named[a.Text] })
}

// What is asked about a duty, in turns.
var aboutDuties = []Ask{
	{"You write ", "", " What would my first three months of that look like?"},
	{"The posting says ", "", " What makes that hard today?"},
	{"About ", "", " How would we both see that it goes well?"},
}

// ask gives questions for the interviewer: about the duties that the sheet does not
// open with, about the requirement that names most technologies which no story proves,
// and about one that is only welcome.
func (m *maker) ask(d job.Description) []Ask {
	var out []Ask
	for _, l := range m.askable(mainly(d.Of(job.Duty))) {
		if len(out) < len(aboutDuties) {
			out = append(out, aboutDuties[len(out)].with(l))
		}
	}
	for _, l := range first(m.open(d.Of(job.Must), 2)) {
		out = append(out, Ask{"You ask for ", "", " Which of these would I need first?"}.with(l))
	}
	for _, l := range first(m.open(d.Of(job.Nice), 1)) {
		out = append(out, Ask{"You welcome ", "", " Do you use it already, or is it planned?"}.with(l))
	}
	return out
}

func (a Ask) with(l job.Line) Ask {
	a.Line = cut(strings.TrimRight(l.Text, " .;,:"), longestQuote)
	return a
}

// askable gives the lines that are long enough to ask about, those last that the
// sheet opens with.
func (m *maker) askable(lines []job.Line) []job.Line {
	var fresh, shown []job.Line
	for _, l := range lines {
		switch {
		case words(l.Text) < fewestWords:
		case slices.Contains(m.sheet.Job, Line{l.Kind, cut(l.Text, longestLine)}):
			shown = append(shown, l)
		default:
			fresh = append(fresh, l)
		}
	}
	return append(fresh, shown...)
}

// open gives the lines that name so many technologies of which no story proves one at
// least, those first that name most such.
func (m *maker) open(lines []job.Line, least int) []job.Line {
	gaps, named := map[string]int{}, map[string]int{}
	for _, l := range lines {
		for _, mention := range m.know.Skills.Mentions(l.Text) {
			if m.habit(mention.Skill) {
				continue
			}
			named[l.Text]++
			if slices.ContainsFunc(m.matrix.Rows, func(r coverage.Row) bool { return r.Name == mention.Skill && r.Strength == coverage.None }) {
				gaps[l.Text]++
			}
		}
	}
	lines = slices.DeleteFunc(slices.Clone(lines), func(l job.Line) bool { return gaps[l.Text] == 0 || named[l.Text] < least })
	slices.SortStableFunc(lines, func(a, b job.Line) int { return gaps[b.Text] - gaps[a.Text] })
	return lines
}
