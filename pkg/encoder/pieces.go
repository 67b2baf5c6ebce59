package encoder

import (
	"bytes"
	"errors"
	"sort"
	"unicode"
	"unicode/utf8"

	unicodenorm "golang.org/x/text/unicode/norm"

	"github.com/prep-cli/prep/pkg/text"
)

// longestWord is how many characters a word may have before it is unknown.
const longestWord = 100

// pieces is the vocabulary: word pieces in byte order, a piece's place being
// its id. Those that continue a word begin with "##" and so stand together.
type pieces struct {
	text                string
	starts              []int // of each piece in text; one byte parts two pieces
	inner               text.Span
	unknown, first, end int
}

func (f *file) pieces() pieces {
	t, b := f.find("pieces", "text", 0, 0)
	p := pieces{text: string(b)}
	for at := 0; at <= len(b) && f.err == nil; {
		p.starts = append(p.starts, at)
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
	}
	if f.err == nil && (len(p.starts) != t.Rows || !sort.SliceIsSorted(p.starts, func(i, j int) bool { return p.piece(i) < p.piece(j) })) {
		f.err = errors.New("word pieces are out of order")
	}
	if f.err != nil {
		return pieces{}
	}
	p.inner = text.Span{Start: p.search(0, len(p.starts), 0, "##"), End: p.search(0, len(p.starts), 0, "#$")}
	for name, id := range map[string]*int{"[UNK]": &p.unknown, "[CLS]": &p.first, "[SEP]": &p.end} {
		*id = p.search(0, len(p.starts), 0, name)
		if *id == len(p.starts) || p.piece(*id) != name {
			f.err = errors.New("word pieces lack " + name)
		}
	}
	return p
}

func (p *pieces) piece(id int) string {
	if id+1 < len(p.starts) {
		return p.text[p.starts[id] : p.starts[id+1]-1]
	}
	return p.text[p.starts[id]:]
}

// search gives the first id from lo to hi whose piece, less its first skip
// bytes, is not before word; hi if there is none.
func (p *pieces) search(lo, hi, skip int, word string) int {
	return lo + sort.Search(hi-lo, func(i int) bool { return p.piece(lo + i)[skip:] >= word })
}

// id finds a piece that begins a word, or one that continues it.
func (p *pieces) id(word string, continues bool) (int, bool) {
	lo, hi, skip := 0, len(p.starts), 0
	if continues {
		lo, hi, skip = p.inner.Start, p.inner.End, len("##")
	}
	i := p.search(lo, hi, skip, word)
	return i, i < hi && p.piece(i)[skip:] == word
}

// token is a word piece, and the bytes of the text that it stands for.
type token struct {
	id int
	text.Span
}

// tokens takes a text apart as BERT's uncased tokeniser does: lower case
// without accents, cut at blanks and around punctuation and Chinese
// characters, then each word by its longest known pieces from the left.
func (p *pieces) tokens(s string) []token {
	var out []token
	var w word
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		span := text.Span{Start: i, End: i + size}
		i += size
		switch {
		case dropped(r):
		case unicode.IsSpace(r):
			out = p.flush(out, &w)
		case chinese(r):
			out = p.flush(p.alone(p.flush(out, &w), &w, r, span), &w)
		default:
			out = p.plain(out, &w, r, span)
		}
	}
	return p.flush(out, &w)
}

// plain adds a character without its accents, in lower case.
func (p *pieces) plain(out []token, w *word, r rune, span text.Span) []token {
	if r < utf8.RuneSelf {
		return p.add(out, w, unicode.ToLower(r), span)
	}
	decomposed := unicodenorm.NFD.PropertiesString(string(r)).Decomposition()
	if decomposed == nil {
		decomposed = []byte(string(r))
	}
	for _, d := range string(decomposed) {
		if !unicode.Is(unicode.Mn, d) {
			out = p.add(out, w, unicode.ToLower(d), span)
		}
	}
	return out
}

func (p *pieces) add(out []token, w *word, r rune, span text.Span) []token {
	if !punctuation(r) {
		w.add(r, span)
		return out
	}
	return p.alone(p.flush(out, w), w, r, span)
}

func (p *pieces) alone(out []token, w *word, r rune, span text.Span) []token {
	w.add(r, span)
	return p.flush(out, w)
}

// word is one being collected: its characters, and where in the text the
// character of each byte stands.
type word struct {
	text  []byte
	spans []text.Span
	runes int
}

func (w *word) add(r rune, span text.Span) {
	n := len(w.text)
	w.text = utf8.AppendRune(w.text, r)
	for range len(w.text) - n {
		w.spans = append(w.spans, span)
	}
	w.runes++
}

// flush ends a word and adds its pieces, or the unknown piece for all of it.
func (p *pieces) flush(out []token, w *word) []token {
	if len(w.text) == 0 {
		return out
	}
	known, s := len(out), string(w.text)
	for start := 0; start < len(s); {
		id, end := p.longest(s, start)
		if end == start || w.runes > longestWord {
			out = append(out[:known], token{p.unknown, text.Span{Start: w.spans[0].Start, End: w.spans[len(s)-1].End}})
			break
		}
		out = append(out, token{id, text.Span{Start: w.spans[start].Start, End: w.spans[end-1].End}})
		start = end
	}
	w.text, w.spans, w.runes = w.text[:0], w.spans[:0], 0
	return out
}

// longest finds the longest piece that stands in s at start; end is start
// where there is none.
func (p *pieces) longest(s string, start int) (id, end int) {
	for end := len(s); end > start; end-- {
		if end < len(s) && !utf8.RuneStart(s[end]) {
			continue
		}
		if id, ok := p.id(s[start:end], start > 0); ok {
			return id, end
		}
	}
	return p.unknown, start
}

// dropped characters are as if they were not there.
func dropped(r rune) bool {
	if r == '\t' || r == '\n' || r == '\r' {
		return false
	}
	return r == utf8.RuneError || r < ' ' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

func punctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < 0x7f && !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}
	return unicode.IsPunct(r)
}

func chinese(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0x20000 && r <= 0x2A6DF || r >= 0x2A700 && r <= 0x2B81F || r >= 0x2B920 && r <= 0x2CEAF || r >= 0x2F800 && r <= 0x2FA1F
}
