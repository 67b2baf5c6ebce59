package posting

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// font is a font of a page: what its codes say and how wide they run.
type font struct {
	said   map[string]string // what codes say, by the font's own map or its differences
	base   *charmap.Charmap  // what the other codes say; nil where they say nothing
	symbol bool              // its signs are bullets
	seen   map[string]glyph

	widths  map[int]float64 // by code, in units of the size
	missing float64         // of a code without a width; 0 to guess
	wide    bool            // codes are two bytes
	bold    bool
}

// glyph is one code of a string.
type glyph struct {
	text  string
	width float64 // in units of the size
	space bool    // takes the space between words
}

func (n *pen) fontOf(key string) (*font, error) {
	if f, ok := n.fonts[key]; ok {
		return f, nil
	}
	file := n.pages.file
	f, err := file.font(file.dict(file.dict(n.resources["Font"])[key]))
	if err != nil {
		return nil, err
	}
	n.fonts[key] = f
	return f, nil
}

func (f *pdfFile) font(d pdfDict) (*font, error) {
	name := strings.ToLower(f.name(d["BaseFont"]))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(name, w) {
				return true
			}
		}
		return false
	}
	t := &font{
		said: map[string]string{}, seen: map[string]glyph{}, widths: map[int]float64{},
		wide: f.name(d["Subtype"]) == "Type0", bold: has("bold", "black", "heavy"), symbol: has("symbol", "dingbat"),
	}
	if t.wide {
		if below := f.list(d["DescendantFonts"]); len(below) > 0 {
			f.wideWidths(t, f.dict(below[0]))
		}
	} else {
		f.encoding(t, d["Encoding"])
		from := int(f.number(d["FirstChar"]))
		for i, w := range f.list(d["Widths"]) {
			t.widths[from+i] = f.number(w) / 1000
		}
	}
	if s, ok := f.resolve(d["ToUnicode"]).(pdfStream); ok {
		data, err := f.unpack(s, maxContent)
		if err != nil {
			return nil, err
		}
		t.readMap(data)
	}
	return t, nil
}

// encoding is what the codes of one byte say (9.6.6).
func (f *pdfFile) encoding(t *font, v any) {
	d := f.dict(v)
	t.base = charmap.Windows1252
	if f.name(v) == "MacRomanEncoding" || f.name(d["BaseEncoding"]) == "MacRomanEncoding" {
		t.base = charmap.Macintosh
	}
	code := 0
	for _, e := range f.list(d["Differences"]) {
		switch e := f.resolve(e).(type) {
		case float64:
			code = int(e)
		case pdfName:
			if text := glyphText(string(e)); text != "" && code >= 0 && code < 256 {
				t.said[string([]byte{byte(code)})] = text
			}
			code++
		}
	}
}

// glyphNames are the names of signs in Adobe's glyph list that occur in English text;
// a letter's name is the letter.
const glyphNames = `space   exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk *
plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ;
less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^ underscore _ grave ` + "` quoteleft ‘" + `
quoteright ’ quotedblleft “ quotedblright ” quotedblbase „ endash – emdash — bullet • periodcentered · ellipsis … braceleft { bar |
braceright } asciitilde ~ ff ff fi fi fl fl ffi ffi ffl ffl Euro € sterling £ section § copyright © registered ® trademark ™ degree °
plusminus ± multiply × minus − sfthyphen - nbspace   adieresis ä odieresis ö udieresis ü Adieresis Ä Odieresis Ö Udieresis Ü germandbls ß
eacute é egrave è agrave à aacute á ccedilla ç ntilde ñ oacute ó iacute í uacute ú ecircumflex ê ocircumflex ô acircumflex â aring å
oslash ø ae æ dotlessi ı`

var signOf = sync.OnceValue(func() map[string]string {
	out := map[string]string{"space": " ", "nbspace": " "}
	words := strings.Fields(strings.NewReplacer("space  ", "", "nbspace  ", "").Replace(glyphNames))
	for i := 0; i+1 < len(words); i += 2 {
		out[words[i]] = words[i+1]
	}
	return out
})

// glyphText is what a glyph of that name says, "" where the name does not tell.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".") // "a.alt" is another drawing of a
	if utf8.RuneCountInString(name) == 1 {
		return name
	}
	if code, ok := strings.CutPrefix(name, "uni"); ok && len(code) == 4 {
		if r, err := strconv.ParseUint(code, 16, 16); err == nil {
			return string(rune(r))
		}
	}
	return signOf()[name]
}

// wideWidths reads the W list (9.7.4.3): a code and the widths from there on, or two
// codes and the width of all between.
func (f *pdfFile) wideWidths(t *font, d pdfDict) {
	t.missing = 1
	if dw, ok := f.resolve(d["DW"]).(float64); ok {
		t.missing = dw / 1000
	}
	for w := f.list(d["W"]); len(w) > 1; {
		from := int(f.number(w[0]))
		if each := f.list(w[1]); each != nil {
			for i, width := range each {
				t.widths[from+i] = f.number(width) / 1000
			}
			w = w[2:]
			continue
		}
		if len(w) < 3 {
			return
		}
		to, width := int(f.number(w[1])), f.number(w[2])/1000
		for code := max(from, 0); code <= min(to, 1<<16-1); code++ {
			t.widths[code] = width
		}
		w = w[3:]
	}
}

// maxCodes is how many codes a font's map may name: two bytes make no more.
const maxCodes = 1 << 16

// readMap reads a map from codes to letters (9.10.3).
func (t *font) readMap(data []byte) {
	var args []any
	for s := (scanner{b: data}); ; {
		v := s.object(0)
		word, ok := v.(pdfWord)
		switch {
		case v == nil && s.i >= len(data):
			return
		case !ok:
			args = append(args, v)
			continue
		case word == "endbfchar":
			for ; len(args) > 1; args = args[2:] {
				t.say(args[0], args[1], 0)
			}
		case word == "endbfrange":
			for ; len(args) > 2; args = args[3:] {
				t.sayRange(args[0], args[1], args[2])
			}
		}
		args = nil
	}
}

// say maps a code to its letters, the last of them moved on by so many.
func (t *font) say(code, letters any, on int) {
	c, ok1 := code.(string)
	l, ok2 := letters.(string)
	if !ok1 || !ok2 || len(l) < 2 || len(l) > 64 || len(t.said) >= maxCodes {
		return
	}
	var units []uint16
	for i := 0; i+1 < len(l); i += 2 {
		units = append(units, uint16(l[i])<<8|uint16(l[i+1]))
	}
	units[len(units)-1] += uint16(on & 0xffff)
	t.said[strings.Clone(c)] = string(utf16.Decode(units))
}

func (t *font) sayRange(from, to, letters any) {
	a, ok1 := from.(string)
	b, ok2 := to.(string)
	if !ok1 || !ok2 || len(a) != len(b) || len(a) == 0 || len(a) > 2 {
		return
	}
	first, last := codeOf(a), codeOf(b)
	list, listed := letters.([]any)
	for code := first; code <= last; code++ {
		bytes := []byte{byte(code >> 8 & 0xff), byte(code & 0xff)}
		switch key := string(bytes[2-len(a):]); {
		case !listed:
			t.say(key, letters, code-first)
		case code-first < len(list):
			t.say(key, list[code-first], 0)
		}
	}
}

// codeOf is the number of a code of one or two bytes.
func codeOf(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = n<<8 | int(c)
	}
	return n
}

// glyphs takes a string apart into its codes.
func (t *font) glyphs(codes string) []glyph {
	step := 1
	if t.wide {
		step = 2
	}
	out := make([]glyph, 0, len(codes)/step)
	for ; len(codes) >= step; codes = codes[step:] {
		code := codes[:step]
		g, ok := t.seen[code]
		if !ok {
			g = t.glyph(code)
			if t.seen != nil {
				t.seen[strings.Clone(code)] = g
			}
		}
		out = append(out, g)
	}
	return out
}

func (t *font) glyph(code string) glyph {
	text := strings.Map(legible, t.letters(code))
	width, ok := t.widths[codeOf(code)]
	switch {
	case ok:
	case t.missing > 0:
		width = t.missing
	default:
		width = guessWidth(text)
	}
	return glyph{text: text, width: width, space: code == " "}
}

func (t *font) letters(code string) string {
	if text, ok := t.said[code]; ok {
		return text
	}
	switch {
	case t.base == nil:
		return ""
	case t.symbol && code > " ":
		return "•"
	case code == "\x7f": // Windows-1252 has nothing here, and PDF a bullet
		return "•"
	}
	return string(t.base.DecodeByte(code[0]))
}

// legible leaves out control characters and what is no character, and gives the
// bullets of symbol fonts as one.
func legible(r rune) rune {
	switch {
	case r == 0xf0b7, r == 0xf0a7, r == 0xf0d8:
		return '•'
	case r == '\n', r == '\t':
		return ' '
	case r < ' ', r >= 0x7f && r < 0xa0, r >= 0xe000 && r < 0xf900, r == utf8.RuneError:
		return -1
	}
	return r
}

// guessWidth is the width of a letter in a font that does not tell, after Helvetica's.
func guessWidth(text string) float64 {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case strings.ContainsRune("ijlt I.,:;'|!()[]-/f", r):
		return 0.28
	case strings.ContainsRune("mwMW@%", r):
		return 0.85
	case r >= 'A' && r <= 'Z':
		return 0.68
	}
	return 0.53
}
