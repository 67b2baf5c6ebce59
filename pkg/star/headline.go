package star

import (
	"slices"
	"strings"
)

// longest is the number of words up to which a sentence still fits a headline.
const longest = 28

// headline gives one line that could open the answer: the title, and in the
// story's own words what the question is after, or else what came of it.
func headline(t *tale, lines []line, o Options) string {
	title := strings.TrimRight(signs(plain(t.story.Title)), ".:;, ")
	opening := "I call this one " + quoted(title)
	parts := []string{Result, Reflection}
	if len(o.Competencies) > 0 && slices.Contains(angles[o.Competencies[0]], "lessons") {
		parts = []string{Reflection, Result}
	}
	for _, part := range parts {
		if best := telling(lines, part); best != "" {
			best = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(best, taken+"is that "), strings.TrimSpace(taken)), ": ")
			return opening + ": " + parse(best).small(t).String()
		}
	}
	return opening + "."
}

func quoted(title string) string {
	if strings.ContainsAny(title, `"“”`) {
		return title
	}
	return `"` + title + `"`
}

// telling gives the sentence of a part that a headline can carry: the first with
// a figure that is short enough and stands alone, or else the first that is.
func telling(lines []line, part string) string {
	best := ""
	for _, l := range lines {
		if l.Part != part || l.Field == "hindsight" || l.leans || l.words > longest || l.words < 3 {
			continue
		}
		if patterns().figure.MatchString(l.Text) {
			return l.Text
		}
		if best == "" {
			best = l.Text
		}
	}
	return best
}
