package importer

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/story"
)

// headline is a heading taken apart.
type headline struct {
	title   string
	date    story.Date
	company string
	status  string // "RESOLVED", kept for the context
}

// What a heading holds besides the title.
var (
	titleLink   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])`) })
	titleNumber = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?i)(?:` +
			`(?:star |my )?(?:story|stories|incident|example|bug|issue|case|entry|question|scenario|post-?mortem|accomplishment|achievement|win|project|historia|historia de éxito)\s*(?:#|no\.?|n[ºo°]|-)?\s*(?:\d+[a-z]?|[a-z])?\s*[:.)·–—-]+\s+|` +
			`(?:story|incident|example|historia)\s*#?\d+[a-z]?\s*[:.)–—-]\s*|` +
			`#?\d{1,3}[a-z]?(?:[.)]|\s*[:–—-])\s+|#\d+\s+|` +
			`[a-z]{2,10}-\d+(?:\s*[:.)]|\s+[–—-])\s+|\[[a-z]{2,10}-\d+\]\s*|` +
			`q\d*\s*[:.)]\s*|` +
			`(?:故事|案例|事件|例子|问题)\s*[一二三四五六七八九十\d]+\s*[·:：、.—–-]*\s*|[一二三四五六七八九十]+[、.]\s*)`)
	})
	titleBox     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[[ xX✓✔]?\]\s+`) })
	titleBracket = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）)$`)
	})
	titleStatus = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:(?:not |un|partially |partly |mostly |now )?(?:resolved|solved|fixed|closed|done|finished|complete[d]?|open|mitigated|shipped)|wip|in progress|ongoing|investigating|monitoring|pending|blocked|won'?t fix|draft|to be written|abandoned|resuelto|cerrado|pendiente|已解决|未解决|已完成|进行中)$`)
	})
	titleEndStatus = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\s+[-–—|]\s*((?:NOT |UN|PARTIALLY )?(?:RESOLVED|SOLVED|FIXED|CLOSED|DONE|OPEN|WIP|IN PROGRESS))$`)
	})
	titleQuoted = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(.*\s[–—-]\s+)?(?:"([^"]+)"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|‘([^‘’]+)’|'([^']+)'|` + "`([^`]+)`" + `)$`)
	})
)

// readHeadline takes a heading apart: numbering, kind, status, date and company
// are no part of a title.
func readHeadline(heading string) headline {
	var h headline
	s := strings.TrimSpace(titleLink().ReplaceAllString(heading, "$1"))
	if d, rest, ok := leadingDate(trimSigns(s)); ok && !hasWords(titleBracket().ReplaceAllString(rest, "")) {
		return headline{date: d}
	}
	for before := ""; s != before; {
		before = s
		s = trimSigns(s)
		s = titleBox().ReplaceAllString(s, "")
		if d, rest, ok := leadingDate(s); ok && hasWords(rest) {
			h.date, s = orDate(h.date, d), rest
		}
		if rest := titleNumber().ReplaceAllString(s, ""); hasWords(rest) {
			s = rest
		}
		s = h.bracket(s)
		if m := titleEndStatus().FindStringSubmatch(s); m != nil {
			h.status, s = m[1], strings.TrimSuffix(s, m[0])
		}
	}
	s = unquote(strings.TrimRight(s, ":： "))
	if !hasWords(s) {
		s = heading
	}
	h.title = strings.Join(strings.Fields(s), " ")
	return h
}

func orDate(a, b story.Date) story.Date {
	if a != "" {
		return a
	}
	return b
}

func hasWords(s string) bool { return strings.ContainsFunc(s, isWord) }

// trimSigns takes emoji away, and signs round a heading.
func trimSigns(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x1F000 || r >= 0x2600 && r <= 0x27BF || r == 0xFE0F || r == 0x200D || r >= 0x2B00 && r <= 0x2BFF {
			return -1
		}
		return r
	}, s)
	return strings.TrimLeft(strings.TrimSpace(s), "-–—|·>*_~#: \t")
}

// bracket takes a closing bracket off that holds a status, a date or a name.
func (h *headline) bracket(s string) string {
	m := titleBracket().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	rest := strings.TrimSpace(strings.TrimSuffix(s, m[0]))
	inner := strings.TrimSpace(m[1] + m[2] + m[3])
	if !hasWords(rest) || !hasWords(inner) {
		return s
	}
	if asked().MatchString(rest) {
		return s // what the question is about
	}
	if titleStatus().MatchString(inner) {
		h.status = inner
		return rest
	}
	found := headline{date: h.date, company: h.company}
	for piece := range strings.FieldsFuncSeq(inner, func(r rune) bool { return strings.ContainsRune(",;|·", r) }) {
		if !found.fact(strings.TrimSpace(piece)) {
			return s
		}
	}
	h.date, h.company = found.date, found.company
	return rest
}

// fact takes a piece of a bracket for a date or a company.
func (h *headline) fact(piece string) bool {
	if d, rest, ok := leadingDate(piece); ok && !hasWords(rest) {
		h.date = orDate(h.date, d)
		return true
	}
	if !isName(piece) || h.company != "" {
		return false
	}
	h.company = piece
	return true
}

// isName says whether all words of a piece begin with a capital, as names do.
func isName(piece string) bool {
	words := strings.Fields(piece)
	for _, w := range words {
		r := []rune(w)[0]
		small := w == "of" || w == "and" || w == "&" || w == "the" || w == "de" || w == "for"
		if !unicode.IsUpper(r) && !small {
			return false
		}
	}
	return len(words) > 0 && len(words) < 6 && unicode.IsUpper([]rune(piece)[0]) && strings.ContainsFunc(piece, unicode.IsLower)
}

// unquote takes the quotes off a title, or off its last part.
func unquote(s string) string {
	m := titleQuoted().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	return m[1] + strings.Join(m[2:], "")
}

// titleLength is where a title that is taken from the text is cut, in bytes.
const titleLength = 80

// firstWords is a title for an entry without one: the first sentence, or as many
// of its words as a title may have.
func firstWords(s string) string {
	s = titleLink().ReplaceAllString(s, "$1")
	s, _ = cutSentence(strings.TrimSpace(titleBox().ReplaceAllString(trimSigns(s), "")))
	if d, rest, ok := leadingDate(s); ok && d != "" && hasWords(rest) {
		s = trimSigns(rest)
	}
	out := ""
	for word := range strings.FieldsSeq(s) {
		if out != "" && len(out)+len(word) > titleLength {
			break
		}
		out = strings.TrimSpace(out + " " + word)
	}
	return strings.TrimRight(out, ".,;:： ")
}

// Dates as people write them at the beginning of a line.
var (
	dateDay    = `(?:\s*[,(]?\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\)?,?)?`
	dateTime   = `(?:[T,\s]+\d{1,2}:\d\d(?::\d\d)?(?:\s*(?:am|pm))?(?:\s*(?:utc|gmt|[a-z]{2,4}t)\b)?(?:\s*[+-]\d\d:?\d\d)?)?`
	leadingDay = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^[\[(]?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:` +
			`(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?|` +
			`(?P<d2>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<mon>` + months + `)\.?,?\s+(?P<y2>(?:19|20)\d\d)|` +
			`(?P<mon2>` + months + `)\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)|` +
			`(?P<mon3>` + months + `)\.?,?\s+(?P<y4>(?:19|20)\d\d)|` +
			`(?P<d4>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y5>(?:19|20)\d\d)|` +
			`(?P<n1>\d{1,2})/(?P<n2>\d{1,2})/(?P<y6>(?:19|20)\d\d)|` +
			`(?:q[1-4]|h[12]|spring|summer|autumn|fall|winter|early|mid|late|since|from)[\s-]+(?P<y7>(?:19|20)\d\d)|` +
			`(?P<y8>(?:19|20)\d\d)(?:年(?:(?P<m3>\d{1,2})月(?:(?P<d5>\d{1,2})日)?)?|\b)` +
			`)` + dateDay + dateTime + `(?:\s*[-–—]\s*(?:(?:` + months + `)\.?\s+)?(?:(?:19|20)\d\d(?:[-/]\d\d?){0,2}|present|now|today)\b)?[\])]?`)
	})
)

// leadingDate reads the date that a text begins with, of a range the first. It is
// none where the text goes on without a mark or a space ("2024s").
func leadingDate(s string) (d story.Date, rest string, ok bool) {
	if head := s[:min(len(s), 60)]; !strings.Contains(head, "19") && !strings.Contains(head, "20") {
		return "", s, false
	}
	re := leadingDay()
	m := re.FindStringSubmatch(s)
	if m == nil {
		return "", s, false
	}
	get := func(names ...string) string {
		for _, n := range names {
			if v := m[re.SubexpIndex(n)]; v != "" {
				return v
			}
		}
		return ""
	}
	y, mon, day := get("y", "y2", "y3", "y4", "y5", "y6", "y7", "y8"), get("m", "m2", "m3"), get("d", "d2", "d3", "d4", "d5")
	if name := get("mon", "mon2", "mon3"); name != "" {
		mon = fmt.Sprint(1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(name[:3]))/3)
	}
	rest = s[len(m[0]):]
	if r := []rune(rest); len(r) > 0 && isWord(r[0]) {
		return "", s, false
	}
	if m[re.SubexpIndex("y8")] != "" && get("m3") == "" && rest != "" && !strings.ContainsRune(":：-–—|·,;.", []rune(strings.TrimSpace(rest) + " ")[0]) {
		return "", s, false // "2024 was hard"
	}
	return makeDate(y, mon, day), strings.TrimLeft(rest, " \t:：-–—|·,;."), true
}

// makeDate joins the parts of a date, as far as they are one.
func makeDate(y, mon, day string) story.Date {
	var d story.Date
	for _, s := range []string{y + "-" + two(mon) + "-" + two(day), y + "-" + two(mon), y} {
		if d.UnmarshalText([]byte(s)) == nil {
			return d
		}
	}
	return ""
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
