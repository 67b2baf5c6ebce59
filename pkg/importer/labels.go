package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/story"
)

// labelWords are the words that people write over the parts of a story, by the
// story's key. Lower case; "the" before a word is dropped when one is looked up.
var labelWords = []struct{ key, words string }{
	{"problem", "problem, challenge, obstacle, issue, symptom, symptoms, error, bug, mistake, failed check, what happened, what went wrong, summary"},
	{"context", "situation, s, context, background, setting, domain, stakes, constraints, scope"},
	{"task", "task, tasks, t, goal, objective, responsibility, my role in it"},
	{"investigation", "investigation, investigation steps, initial investigation, diagnosis, diagnostic steps, troubleshooting, looked at, discovery, detection, timeline"},
	{"root_cause", "root cause, cause, why it happened"},
	{"resolution", "action, actions, a, approach, steps, execution, what i did, fix, fixes, fixes applied, solution, resolution, mitigation, workaround, move, bet, allies, coalition, mechanism"},
	{"impact", "result, results, r, outcome, impact, long-term impact, metrics, proof, verification, scale"},
	{"lessons", "lesson, lessons, lesson learned, lessons learned, lesson learnt, lessons learnt, learned, learning, learnings, takeaway, takeaways, insight, reflection, +r, prevention, preventive actions"},
	{"hindsight", "what i'd do differently, what would i do differently, what i would do differently, what i would not do again, next time, should have"},
	{"skills", "skills, tags, keywords, stack, tools"},
	{"date", "date, when, period"},
	{"company", "company, employer, client"},
	{"role", "role, position"},
}

// stands are the words that stand for the problem in a story that labels none.
var stands = []string{"situation", "s", "context", "background"}

var labelKeys = sync.OnceValue(func() map[string]string {
	keys := make(map[string]string, 120)
	for _, row := range labelWords {
		for word := range strings.SplitSeq(row.words, ", ") {
			keys[word] = row.key
		}
	}
	return keys
})

// labelNote is a remark behind a label's word: "Symptom (first report)".
var labelNote = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\s*[(\[]([^()\[\]]*)[)\]]$`) })

// labelWord gives a label as the table spells it.
func labelWord(label string) string {
	word := strings.ToLower(strings.ReplaceAll(label, "’", "'"))
	word = strings.Trim(word, " \t:：.?–—-")
	if strings.HasSuffix(word, ")") || strings.HasSuffix(word, "]") {
		word = labelNote().ReplaceAllString(word, "")
	}
	return strings.TrimPrefix(strings.Join(strings.Fields(word), " "), "the ")
}

// keyOf gives the key of a label, or "" where the table does not have it. A
// label that names two fields ("T + A") feeds the later one.
func keyOf(label string) string {
	word := labelWord(label)
	if key, known := labelKeys()[word]; known {
		return key
	}
	first, second, two := cutPair(word)
	a, b := labelKeys()[first], labelKeys()[second]
	if !two || a == "" || b == "" {
		return ""
	}
	return later(a, b)
}

func cutPair(word string) (first, second string, two bool) {
	for _, mark := range []string{"+", "&", "/", " and "} {
		if a, b, ok := strings.Cut(word, mark); ok {
			return strings.TrimSpace(a), strings.TrimSpace(b), true
		}
	}
	return "", "", false
}

// later is the key that comes later in a story.
func later(a, b string) string {
	place := func(key string) int {
		for i, row := range labelWords {
			if row.key == key {
				return i
			}
		}
		return -1
	}
	if place(a) > place(b) {
		return a
	}
	return b
}

// isField says whether a label names a field of prose.
func isField(label string) bool { return slices.Contains(story.TextFields, keyOf(label)) }

func isProblem(label string) bool { return keyOf(label) == "problem" }

// begins says whether a label is one that a story begins with.
func begins(label string) bool {
	return isProblem(label) || slices.Contains(stands, labelWord(label))
}

// placeholder is what a template leaves to be filled in.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|\b(?:todo|tbd|tba|n/a|yyyy|mm|dd)\b|[\s\pP\pS])*$`)
})

// isPlaceholder says whether nothing but placeholders and signs is in s.
func isPlaceholder(s string) bool {
	return placeholder().MatchString(s)
}
