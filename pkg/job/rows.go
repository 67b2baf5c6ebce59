package job

import (
	"html"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/text"
)

// mark is how a row was set off from running text.
type mark int

const (
	plain mark = iota
	headed
	bold
	bullet
)

// row is one line of the posting as it was meant: its marks read and taken off,
// its wrapped parts joined.
type row struct {
	text   string
	mark   mark
	sign   rune // of a bullet; '1' for a number, 0 for none
	level  int  // of a Markdown heading, 1 to 6
	indent int  // blanks before it
	gap    bool // an empty line stands before it
	raw    int  // characters of the last source line, for the joining of wrapped ones
}

func (r row) with(s string) row {
	r.text = s
	return r
}

// readRows gives the rows of a posting, without the buttons of the page.
func readRows(posting string) []row {
	lines := strings.Split(normal(posting), "\n")
	width := wrapWidth(lines)
	var rows []row
	gap := true
	for _, line := range lines {
		switch {
		case strings.TrimSpace(line) == "":
			gap = true
		case rule(line):
			if n := len(rows); n > 0 && !gap && rows[n-1].mark == plain {
				rows[n-1].mark, rows[n-1].level = headed, 2
			}
			gap = true
		case button(line):
		default:
			rows = addRow(rows, readRow(line), gap, width)
			gap = false
		}
	}
	return rows
}

// longestRow is how long a row may grow from wrapped lines, in bytes: no paragraph is
// longer, and each line that is joined copies what stands before it.
const longestRow = 8_000

func addRow(rows []row, r row, gap bool, width int) []row {
	if r.text == "" {
		return rows
	}
	r.gap = gap
	if n := len(rows); n > 0 && !gap && continues(rows[n-1], r, width) {
		rows[n-1].text += " " + r.text
		rows[n-1].raw = r.raw
		return rows
	}
	return append(rows, r)
}

// continues says whether r is the rest of the wrapped row before it.
func continues(before, r row, width int) bool {
	if r.mark != plain || before.mark != plain && before.mark != bullet || len(before.text) > longestRow {
		return false
	}
	if before.mark == bullet && r.indent > before.indent {
		return true
	}
	first, _, _ := strings.Cut(r.text, " ")
	return width > 0 && before.raw+1+utf8.RuneCountInString(first) > width
}

// wrapWidth is the width in characters at which the posting was wrapped by hand,
// 0 where it was not: three lines must be full, that is, leave no room for the
// first word of the next.
func wrapWidth(lines []string) int {
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(strings.TrimRight(l, " ")))
	}
	if width < 40 || width > 120 {
		return 0
	}
	full := 0
	for i, l := range lines[:len(lines)-1] {
		first, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
		if strings.TrimSpace(l) != "" && first != "" && utf8.RuneCountInString(l)+1+utf8.RuneCountInString(first) > width {
			full++
		}
	}
	if full < 3 {
		return 0
	}
	return width
}

var odd = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ",
	"\u00a0", " ", "\u2002", " ", "\u2003", " ", "\u2009", " ", "\u202f", " ",
	"\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u00ad", "", "\ufe0f", "",
	"ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl")

var tags = sync.OnceValue(func() []replacement {
	var out []replacement
	for _, t := range []struct{ pattern, by string }{
		{`(?is)<(script|style)\b.*?</(script|style)>`, ""},
		{`(?i)<h([1-6])\b[^>]*>`, "\n\n## "},
		{`(?i)<li\b[^>]*>`, "\n- "},
		{`(?i)<(br|/p|/div|/h[1-6]|/ul|/ol|/tr)\b[^>]*>`, "\n\n"},
		{`(?i)</?(strong|b)\b[^>]*>`, "**"},
		{`</?[a-zA-Z][^<>]*>`, ""},
	} {
		out = append(out, replacement{regexp.MustCompile(t.pattern), t.by})
	}
	return out
})

type replacement struct {
	pattern *regexp.Regexp
	by      string
}

// normal makes odd blanks and ligatures plain and reads HTML where tags occur.
func normal(s string) string {
	s = odd.Replace(s)
	if lower := strings.ToLower(s); strings.Contains(lower, "</") || strings.Contains(lower, "<br") || strings.Contains(lower, "<li") {
		for _, t := range tags() {
			s = t.pattern.ReplaceAllString(s, t.by)
		}
	}
	if strings.Contains(s, "&") {
		s = odd.Replace(html.UnescapeString(s))
	}
	return s
}

// cells gives a table's row as "label: value", or its cells with commas between.
func cells(s string) string {
	var out []string
	for cell := range strings.SplitSeq(strings.Trim(s, "|"), "|") {
		if cell = strings.TrimSpace(cell); strings.Trim(cell, "-: ") != "" {
			out = append(out, cell)
		}
	}
	if len(out) == 2 {
		return out[0] + ": " + out[1]
	}
	return strings.Join(out, ", ")
}

// rule says whether a line is nothing but a drawn line.
func rule(line string) bool {
	s := strings.TrimSpace(line)
	return len(s) >= 3 && strings.Trim(s, "-=_*–—~") == ""
}

// readRow takes the marks off a line.
func readRow(line string) row {
	s := strings.TrimLeft(line, " ")
	r := row{indent: len(line) - len(s), raw: utf8.RuneCountInString(strings.TrimRight(line, " "))}
	s = strings.TrimSpace(s)
	if len(s) > 2 && s[0] == '|' && s[len(s)-1] == '|' {
		s = cells(s)
	}
	if hashes := len(s) - len(strings.TrimLeft(s, "#")); hashes > 0 && hashes <= 6 && strings.HasPrefix(s[hashes:], " ") {
		r.mark, r.level = headed, hashes
		s = strings.Trim(s, "# ")
	} else if rest, sign := unbullet(s); sign != 0 {
		r.mark, r.sign, s = bullet, sign, rest
	} else if whollyBold(s) {
		r.mark = bold
	}
	if n := len(s); n > 3 && (s[0] == 'Q' || s[0] == 'A') && s[1] == ':' && s[2] == ' ' {
		return readRow(strings.Repeat(" ", r.indent) + s[3:])
	}
	r.text = unmarked(s)
	return r
}

// unbullet takes a bullet's sign or number off: any sign that is neither letter,
// digit, quote nor bracket and has a blank behind it, "•" also without.
func unbullet(s string) (rest string, sign rune) {
	first, size := utf8.DecodeRuneInString(s)
	rest = s[size:]
	switch {
	case strings.ContainsRune("•◦‣▪●■·➢✓✔✅", first), first == 'o' && strings.HasPrefix(rest, "   "):
		return strings.TrimSpace(rest), first
	case unicode.IsDigit(first):
		digits := strings.TrimLeftFunc(s, unicode.IsDigit)
		if len(s)-len(digits) <= 2 && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ")) {
			return strings.TrimSpace(digits[2:]), '1'
		}
	case !unicode.IsLetter(first) && !strings.ContainsRune(`"'“‘«([{$€£#@&`, first):
		after := strings.TrimLeftFunc(s, func(r rune) bool { return r == first })
		if strings.HasPrefix(after, " ") && len(s)-len(after) <= 4*size {
			return strings.TrimSpace(after), first
		}
	}
	return s, 0
}

func whollyBold(s string) bool {
	s = strings.TrimRight(s, ": ")
	for _, sign := range []string{"**", "__"} {
		if len(s) > 4 && strings.HasPrefix(s, sign) && strings.HasSuffix(s, sign) && !strings.Contains(s[2:len(s)-2], sign) {
			return true
		}
	}
	return false
}

var (
	link     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`!?\[([^\]]*)\]\([^)\s]*\)`) })
	escaped  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("\\\\([-\\\\`*_{}\\[\\]()#+.!|&~<>])") })
	emphasis = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("\\*+|`|__+|\\b_|_\\b") })
)

// unmarked takes Markdown's links, escapes and emphasis off, broken ones too.
func unmarked(s string) string {
	if strings.Contains(s, "](") {
		s = link().ReplaceAllString(s, "$1")
	}
	if strings.ContainsAny(s, "*_`") {
		s = emphasis().ReplaceAllString(s, "")
	}
	if strings.Contains(s, `\`) {
		s = escaped().ReplaceAllString(s, "$1")
	}
	return strings.Join(strings.Fields(s), " ")
}

// The words of the page around a posting, not of the posting: whole lines, folded.
const buttons = `|show more|show less|see more|see less|easy apply|apply|apply now|apply on company website|save|save job|saved|share|
|about the job|report this job|report job|set alert|job alert|sign in|join now|promoted|promoted by hirer|actively recruiting|
|actively reviewing applicants|be an early applicant|meet the hiring team|message|follow|people you can reach out to|
|show match details|responses managed off linkedin|no longer accepting applications|copy link|back to jobs|dismiss|
|skip to main content|seniority level|employment type|job function|industries|view all|similar jobs|print|email|cookie settings|
|referrals increase your chances of interviewing|get notified about new jobs|see who you know|verified|job poster|
|is this information helpful|tailor my resume|help me stand out|create cover letter|use ai to assess how you fit|`

var passing = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(over |be among the first )?[\d,.]+\+? (applicants|people clicked apply|connections|school alumni|company alumni)\b|^((re)?posted )?(over )?\d+\+? (minutes?|hours?|hrs?|days?|weeks?|months?) ago$|clicked apply$| logo$|^see how you compare|^your profile (matches|is missing)`)
})

func button(line string) bool {
	if len(line) > 90 {
		return false
	}
	for part := range strings.SplitSeq(text.Fold(line), " · ") {
		part = strings.Trim(part, " .?!…·•")
		if strings.Contains(buttons, "|"+part+"|") || passing().MatchString(part) {
			return true
		}
	}
	return false
}
