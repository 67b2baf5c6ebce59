// Package confidential finds the words that must not leave the house, and puts
// neutral ones in their place that still read aloud.
//
// A word counts whole, in any case, and across any blanks, hyphens or line ends:
// "Acme Corp" is found in "ACME-Corp's". A part of a name in camel case counts
// too, "acme" in "acmeOrders", "acme_orders" and "acme01", since it gives the name
// away. Longer words win over shorter ones.
//
// What stands in for a word claims nothing that the text did not say: a company
// becomes "the company"; a word that has its kind beside it ("our client Globex",
// "the Falcon project") leaves only the kind; a word of the form "Globex = the
// client" becomes what stands behind the sign; any other becomes a letter, X, Y,
// Z and so on, as people say "let us call them X".
//
// It does not understand: a nickname, a misspelling or a description that gives
// the name away is not found.
package confidential

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/pkg/yaml"
)

// Words are the words to keep back, the longest first. The zero value is none.
type Words struct{ words []word }

type word struct {
	text, noun string
	exact      bool // counts in this case only
}

// New makes Words of the lines of a config file: a word, or a word, "=" and what
// is said instead. Blank ones are left out.
func New(lines []string) Words {
	var w Words
	letters := 0
	for _, line := range lines {
		name, noun, _ := strings.Cut(line, "=")
		name, noun = strings.TrimSpace(name), strings.TrimSpace(noun)
		if name == "" {
			continue
		}
		if noun == "" {
			noun = kindOf(name)
		}
		if noun == "" {
			noun = letter(letters)
			letters++
		}
		w.words = append(w.words, word{text: name, noun: noun})
	}
	w.sort()
	return w
}

// letter is the n-th name that stands for nothing: X, Y, Z, then A to W.
func letter(n int) string { return string(rune('A' + (n+'X'-'A')%26)) }

// And adds a company's name, told as "the company", with and without its legal
// form: of "Example Ltd", "Example" counts as well, in that case alone. An empty
// name adds nothing.
func (w Words) And(company string) Words {
	if company = strings.TrimSpace(company); company == "" {
		return w
	}
	same := func(o word) bool { return strings.EqualFold(o.text, company) }
	out := Words{append(slices.DeleteFunc(slices.Clone(w.words), same), word{text: company, noun: "the company"})}
	if at := strings.LastIndexByte(company, ' '); at > 0 && isForm(company[at+1:]) {
		out.words = append(out.words, word{text: strings.TrimRight(company[:at], " ,"), noun: "the company", exact: true})
	}
	out.sort()
	return out
}

// isForm says whether w is a company's legal form.
func isForm(w string) bool {
	switch strings.ToLower(strings.Trim(w, ".,")) {
	case "ltd", "limited", "inc", "llc", "corp", "corporation", "co", "gmbh", "ag", "se", "plc", "bv", "b.v", "nv", "sa", "s.a", "sas", "srl", "oy", "ab", "as", "kk", "pty":
		return true
	}
	return false
}

func (w Words) sort() {
	slices.SortStableFunc(w.words, func(a, b word) int { return cmp.Compare(len(b.text), len(a.text)) })
}

// Hit is a place where a word stands.
type Hit struct {
	Word string // as the list has it
	text.Span
	noun string
}

// Find gives the places of s that hold a word, in order and without overlaps.
func (w Words) Find(s string) []Hit {
	if len(w.words) == 0 {
		return nil
	}
	var out []Hit
	for i := 0; i < len(s); {
		if hit, ok := w.at(s, i); ok {
			out = append(out, hit)
			i = hit.End
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return out
}

// at gives the longest word that begins at byte i.
func (w Words) at(s string, i int) (Hit, bool) {
	if !edge(s, i) {
		return Hit{}, false
	}
	for _, word := range w.words {
		if n, ok := word.match(s[i:]); ok && edge(s, i+n) {
			return Hit{word.text, text.Span{Start: i, End: i + n}, word.noun}, true
		}
	}
	return Hit{}, false
}

// edge says whether a word may begin or end at byte i: not inside a run of
// letters, but where camel case begins a part.
func edge(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	return i == 0 || i == len(s) || !sounds(before) || !sounds(after) ||
		unicode.IsLower(before) && unicode.IsUpper(after) || unicode.IsDigit(before) != unicode.IsDigit(after)
}

func sounds(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// match says how many bytes at the head of s are the word.
func (w word) match(s string) (int, bool) {
	n := 0
	for i := 0; i < len(w.text); {
		want, size := utf8.DecodeRuneInString(w.text[i:])
		i += size
		got, gotSize := utf8.DecodeRuneInString(s[n:])
		switch {
		case n >= len(s):
			return 0, false
		case gap(want):
			if !gap(got) {
				return 0, false
			}
			n += gaps(s[n:])
			i += gaps(w.text[i:])
		case got != want && (w.exact || !same(got, want)):
			return 0, false
		default:
			n += gotSize
		}
	}
	return n, n > 0
}

func gap(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' || r == '‑' }

// gaps is how many bytes at the head of s are gaps.
func gaps(s string) int { return len(s) - len(strings.TrimLeftFunc(s, gap)) }

func same(a, b rune) bool {
	return unicode.ToLower(a) == unicode.ToLower(b) || apostrophe(a) && apostrophe(b)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

// Redact gives s with every word replaced.
func (w Words) Redact(s string) string {
	const rounds = 6
	for round := range rounds { // what goes may join what was apart to a word again
		hits := w.Find(s)
		if len(hits) == 0 {
			break
		}
		s = replace(s, hits, round >= rounds/2)
	}
	return s
}

// replace puts what stands for the words in their place, apart from what is around it
// where that would make words for ever.
func replace(s string, hits []Hit, apart bool) string {
	var b strings.Builder
	from := 0
	for _, h := range hits {
		if h.Start < from {
			continue // it went with the hit before
		}
		before, noun, skip := instead(s[from:h.Start], s[h.End:], h.noun)
		if opens(ending(b.String()) + before) {
			noun = capital(noun)
		}
		if apart {
			noun = " " + noun + " "
		}
		b.WriteString(before + noun)
		from = h.End + skip
	}
	return b.String() + s[from:]
}

// kinds are the nouns that say what kind of thing a name beside them names.
const kinds = ` client customer partner vendor supplier provider company project programme program product service system platform team app application database cluster server tool module bank agency `

func isKind(w string) bool { return strings.Contains(kinds, " "+strings.ToLower(w)+" ") }

// kindOf gives "the project" for a word that names its own kind: "Project Falcon".
func kindOf(word string) string {
	fields := strings.Fields(word)
	if len(fields) < 2 {
		return ""
	}
	for _, f := range []string{fields[0], fields[len(fields)-1]} {
		if isKind(f) {
			return "the " + strings.ToLower(f)
		}
	}
	return ""
}

// instead gives what stands for a word between two texts: the text before it,
// which may lose an article, the noun, and how many bytes of the text behind it
// go too.
func instead(before, after, noun string) (newBefore, newNoun string, skip int) {
	previous := lastWord(before)
	switch {
	case isKind(previous) && joined(before): // "our client Globex", "client Globex"
		head := strings.TrimRightFunc(before, gap)
		head = head[:len(head)-len(previous)]
		if determiner(lastWord(head)) {
			return strings.TrimRightFunc(before, gap), "", 0
		}
		return head, "the " + strings.ToLower(previous), 0
	case isKind(firstWord(after)) && !strings.HasPrefix(noun, "the company"): // "the Falcon project"
		kind := firstWord(after)
		skip = strings.Index(after, kind) + len(kind)
		if determiner(previous) || possessive(before) {
			return article(before, kind), kind, skip
		}
		return before, "the " + kind, skip
	case determiner(previous) || possessive(before):
		noun = strings.TrimPrefix(noun, "the ")
		return article(before, noun), noun, 0
	}
	return before, noun, 0
}

// joined says whether only a blank or a hyphen ends s.
func joined(s string) bool { return len(s)-len(strings.TrimRightFunc(s, gap)) > 0 }

// lastWord and firstWord give the word at the end or the head of s, where only
// gaps part it from there.
func lastWord(s string) string {
	s = strings.TrimRightFunc(s, gap)
	return s[len(strings.TrimRightFunc(s, sounds)):]
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " -")
	return s[:len(s)-len(strings.TrimLeftFunc(s, sounds))]
}

func determiner(w string) bool {
	switch strings.ToLower(w) {
	case "the", "a", "an", "this", "that", "my", "our", "your", "his", "her", "its", "their", "each", "every", "another", "one":
		return true
	}
	return false
}

// possessive says whether a word before the end of s is one: "Globex's ".
func possessive(s string) bool {
	s = strings.TrimRight(s, " ")
	return strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s")
}

// article makes an "an" at the end of before an "a" where noun begins with a
// consonant, and the other way round.
func article(before, noun string) string {
	last := lastWord(before)
	if noun == "" || !strings.EqualFold(last, "a") && !strings.EqualFold(last, "an") {
		return before
	}
	trimmed := strings.TrimRightFunc(before, gap)
	rest := before[len(trimmed):]
	want := "a"
	if strings.ContainsRune("aeiouAEIOUX", rune(noun[0])) {
		want = "an"
	}
	if unicode.IsUpper(rune(last[0])) {
		want = capital(want)
	}
	return trimmed[:len(trimmed)-len(last)] + want + rest
}

// ending is the end of s, which is all that opens looks at: taking the whole of it
// for each word would take the square of a long text's time.
func ending(s string) string { return s[max(0, len(s)-100):] }

// opens says whether a word behind s opens a sentence.
func opens(s string) bool {
	trimmed := strings.TrimRight(s, " \t\"'“‘(*_")
	return trimmed == "" || strings.HasSuffix(strings.TrimRight(s, " \t"), "\n") || strings.ContainsAny(trimmed[len(trimmed)-1:], ".!?\n") && trimmed != s
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Story gives s with every word replaced, and its own company's name, in all that
// it holds; the id and the file too, where they give a word away.
func (w Words) Story(s story.Story) story.Story {
	w = w.And(s.Company)
	s.Title, s.Role = w.Redact(s.Title), w.Redact(s.Role)
	if s.Company != "" {
		s.Company = "the company"
	}
	for _, field := range story.TextFields {
		s.SetText(field, w.all(s.Text(field)))
	}
	s.Skills = w.all(s.Skills)
	s.Source = story.Source{File: w.Redact(s.Source.File), Heading: w.Redact(s.Source.Heading)}
	if w.Find(s.ID) != nil || w.Find(s.File) != nil {
		s.ID = story.Slug(w.Redact(s.ID))
		s.File = s.ID + ".yaml"
	}
	return s
}

func (w Words) all(list []string) yaml.Text {
	if list == nil {
		return nil
	}
	out := make(yaml.Text, len(list))
	for i, s := range list {
		out[i] = w.Redact(s)
	}
	return out
}

// In gives the words that a story holds in what a command can show of it, each
// once, in the order of the list.
func (w Words) In(s story.Story) []string {
	parts := append([]string{s.Title, s.Role, s.Company, s.ID, s.Source.File, s.Source.Heading}, s.Skills...)
	for _, field := range story.TextFields {
		parts = append(parts, s.Text(field)...)
	}
	held := map[string]bool{}
	for _, part := range parts {
		for _, h := range w.Find(part) {
			held[h.Word] = true
		}
	}
	var out []string
	for _, word := range w.words {
		if held[word.text] {
			out = append(out, word.text)
		}
	}
	return out
}
