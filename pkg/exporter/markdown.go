package exporter

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
)

// mark is the comment by which pkg/importer knows Markdown that is to be read back
// as it stands.
const mark = "<!-- prep export: prep import reads these stories back as they stand -->"

// label is a bold word before a story's text.
type label struct{ key, word string }

// plainLabels are a story's keys as words, in the order of its file.
var plainLabels = []label{
	{"date", "Date"}, {"role", "Role"}, {"company", "Company"},
	{"problem", "Problem"}, {"context", "Context"}, {"task", "Task"}, {"investigation", "Investigation"}, {"root_cause", "Root cause"},
	{"resolution", "Resolution"}, {"impact", "Impact"}, {"lessons", "Lessons"}, {"hindsight", "Hindsight"},
	{"skills", "Skills"}, {"competencies", "Competencies"},
}

// bankLabels are those of the story bank, and between them those that it lacks.
var bankLabels = []label{
	{"problem", "S (Situation)"}, {"context", "Context"}, {"task", "T (Task)"}, {"investigation", "Investigation"}, {"root_cause", "Root cause"},
	{"resolution", "A (Action)"}, {"impact", "R (Result)"}, {"lessons", "Reflection"}, {"hindsight", "Hindsight"},
	{"best", "Best for questions about"}, {"competencies", "Competencies"}, {"skills", "Skills"},
	{"date", "Date"}, {"role", "Role"}, {"company", "Company"},
}

func writeMarkdown(b *bytes.Buffer, stories []story.Story) {
	b.WriteString("# Stories\n\n" + mark + "\n")
	for _, s := range stories {
		fmt.Fprintf(b, "\n## %s\n", escapeTitle(s.Title))
		for _, l := range plainLabels {
			if texts, tags := texts(s, l.key); len(texts) > 0 {
				b.WriteString("\n" + labelled(l.word, texts, tags))
			}
		}
	}
}

func writeBank(b *bytes.Buffer, stories []story.Story) {
	b.WriteString("# Story Bank\n\n## Stories\n")
	for _, s := range stories {
		fmt.Fprintf(b, "\n### [%s] %s\n", escapeTitle(theme(s)), escapeTitle(s.Title))
		listed := false
		for _, l := range bankLabels {
			texts, tags := texts(s, l.key)
			if len(texts) == 0 {
				continue
			}
			if listed {
				b.WriteString("\n") // or the next label would go on the last bullet
			}
			text := labelled(l.word, texts, tags)
			listed = strings.HasPrefix(text, "**"+l.word+":**\n")
			b.WriteString(text)
		}
	}
}

// texts gives what stands under a key, and whether that is tags.
func texts(s story.Story, key string) (texts []string, tags bool) {
	one := map[string]string{"date": string(s.Date), "role": s.Role, "company": s.Company}[key]
	switch {
	case one != "":
		return []string{one}, false
	case key == "skills":
		return s.Skills, true
	case key == "competencies":
		return s.Competencies, true
	case key == "best":
		return asWords(s.Competencies), true
	}
	return s.Text(key), false
}

// theme is what the bank files a story under: the first competency that it claims.
func theme(s story.Story) string {
	name := "Story"
	if len(s.Competencies) > 0 {
		words := strings.Trim(strings.NewReplacer("-", " ", "[", "", "]", "").Replace(printed(s.Competencies[0])), " \n")
		name = cmp.Or(strings.Join(strings.Fields(words), " "), name)
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// asWords gives ids as people say them; one without a letter is not said.
func asWords(ids []string) []string {
	var out []string
	for _, id := range ids {
		if words := strings.ReplaceAll(id, "-", " "); strings.TrimSpace(words) != "" {
			out = append(out, words)
		}
	}
	return out
}

// labelled is a label with one text behind it, or several as bullets under it. Tags
// stand in one line where no sign in them could part them.
func labelled(word string, texts []string, tags bool) string {
	if tags && !strings.ContainsAny(strings.Join(texts, ""), ",;，、\n") {
		texts = []string{strings.Join(texts, ", ")}
		tags = false
	}
	if len(texts) == 1 && !tags {
		return fmt.Sprintf("**%s:** %s\n", word, escape(texts[0], ""))
	}
	var b strings.Builder
	b.WriteString("**" + word + ":**\n")
	for _, t := range texts {
		b.WriteString("- " + escape(t, "  ") + "\n")
	}
	return b.String()
}

// Signs that Markdown would take for marks.
var (
	opening = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[-+=>~|]|\d{1,9}[.)])`) })
	entity  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
	})
)

// escape writes a text so that Markdown shows it as it stands: signs behind
// backslashes, its line breaks as hard ones with the next line at indent, and as a
// number what Markdown would drop, or take for part of a line break.
func escape(s, indent string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = escapeLine(line)
	}
	return strings.Join(lines, "\\\n"+indent)
}

// escapeTitle is escape for a heading, which is one line.
func escapeTitle(s string) string { return strings.ReplaceAll(escape(s, ""), "\\\n", "&#10;") }

func escapeLine(s string) string {
	var b strings.Builder
	if m := opening().FindString(s); m != "" {
		b.WriteString(m[:len(m)-1] + `\` + m[len(m)-1:])
		s = s[len(m):]
	}
	last := ' '
	for i, r := range s {
		rest := s[i+len(string(r)):]
		switch {
		case r == ' ' && (b.Len() == 0 || rest == ""), r == '\\' && rest == "", !unicode.IsPrint(r), r != ' ' && unicode.IsSpace(r):
			fmt.Fprintf(&b, "&#%d;", r)
		case strings.ContainsRune("\\`*[]<", r),
			r == '_' && (!letter(last) || !startsWithLetter(rest)),
			r == '#' && last == ' ',
			r == '&' && entity().MatchString(s[i:]):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func startsWithLetter(s string) bool {
	for _, r := range s {
		return letter(r)
	}
	return false
}
