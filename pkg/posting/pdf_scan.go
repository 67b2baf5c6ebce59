package posting

import (
	"bytes"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// What stands in the operators of a page.
const (
	operator = iota
	number
	letters // a string
	name
	bracket
)

type operand struct {
	kind   int
	number float64
	text   string
}

// scanner takes the text of a PDF apart: its objects, and the operators of a page (ISO
// 32000-1, 7.2 and 7.8.2).
type scanner struct {
	b []byte
	i int
}

const (
	blank = "\x00\t\n\f\r "
	delim = "()<>[]{}/%"
)

// next gives the next operand or operator, ok false at the end.
func (s *scanner) next() (o operand, ok bool) {
	s.skipBlanks()
	if s.i >= len(s.b) {
		return o, false
	}
	switch c := s.b[s.i]; {
	case c == '(':
		return operand{kind: letters, text: s.literal()}, true
	case c == '<' && s.i+1 < len(s.b) && s.b[s.i+1] != '<':
		return operand{kind: letters, text: s.hexadecimal()}, true
	case c == '/':
		s.i++
		return operand{kind: name, text: unescapeName(s.word())}, true
	case strings.IndexByte(delim, c) >= 0:
		from := s.i
		s.i++
		if s.i < len(s.b) && s.b[s.i] == c && (c == '<' || c == '>') {
			s.i++
		}
		return operand{kind: bracket, text: string(s.b[from:s.i])}, true
	}
	word := s.word()
	if n, err := strconv.ParseFloat(word, 64); err == nil && !strings.ContainsAny(word, "nNiIxX_") {
		return operand{kind: number, number: n}, true
	}
	return operand{kind: operator, text: word}, true
}

// object gives the next object, nil for null and where there is none. Deeper than
// maxNesting lists and dictionaries come out flat.
func (s *scanner) object(depth int) any {
	o, ok := s.next()
	if !ok {
		return nil
	}
	switch o.kind {
	case number:
		return s.reference(o.number)
	case letters:
		return o.text
	case name:
		return pdfName(o.text)
	case operator:
		if o.text == "null" || o.text == "true" || o.text == "false" {
			return nil
		}
		return pdfWord(o.text)
	}
	switch {
	case depth > maxNesting:
		return nil
	case o.text == "[":
		return s.list("]", depth)
	case o.text == "<<":
		d := pdfDict{}
		for entries := s.list(">>", depth); len(entries) > 1; entries = entries[2:] {
			if key, ok := entries[0].(pdfName); ok {
				d[string(key)] = entries[1]
			}
		}
		return d
	}
	return nil
}

// list gives objects up to a closing bracket, which no other closes.
func (s *scanner) list(end string, depth int) []any {
	out := []any{}
	for {
		from := s.i
		o, ok := s.next()
		if !ok || o.kind == bracket && o.text == end || o.kind == operator && strings.HasPrefix(o.text, "endobj") {
			return out
		}
		s.i = from
		out = append(out, s.object(depth+1))
	}
}

// reference gives a number, or the reference that it begins: "12 0 R".
func (s *scanner) reference(n float64) any {
	from := s.i
	if n >= 0 && n < 1e8 && n == math.Trunc(n) {
		if generation, ok := s.next(); ok && generation.kind == number {
			if r, ok := s.next(); ok && r.kind == operator && r.text == "R" {
				return pdfRef(n)
			}
		}
	}
	s.i = from
	return n
}

func (s *scanner) skipBlanks() {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case strings.IndexByte(blank, c) >= 0:
			s.i++
		case c == '%':
			if end := bytes.IndexAny(s.b[s.i:], "\r\n"); end >= 0 {
				s.i += end
			} else {
				s.i = len(s.b)
			}
		default:
			return
		}
	}
}

// word reads up to the next blank or delimiter.
func (s *scanner) word() string {
	from := s.i
	for s.i < len(s.b) && strings.IndexByte(blank+delim, s.b[s.i]) < 0 {
		s.i++
	}
	return string(s.b[from:s.i])
}

// unescapeName reads "#20" in a name as the byte that it stands for.
func unescapeName(s string) string {
	if !strings.Contains(s, "#") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if c, err := hex.DecodeString(s[i+1 : i+3]); err == nil {
				out = append(out, c[0])
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

func (s *scanner) hexadecimal() string {
	text := s.b[s.i+1:]
	end := bytes.IndexByte(text, '>')
	if end < 0 {
		end = len(text)
	}
	s.i = min(len(s.b), s.i+end+2)
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(blank, r) {
			return -1
		}
		return r
	}, string(text[:end]))
	if len(digits)%2 == 1 {
		digits += "0"
	}
	out, err := hex.DecodeString(digits)
	if err != nil {
		return ""
	}
	return string(out)
}

// literal reads "(…)" with its escapes and the brackets inside it.
func (s *scanner) literal() string {
	var out []byte
	depth := 0
	for s.i < len(s.b) {
		c := s.b[s.i]
		s.i++
		switch c {
		case '(':
			depth++
			if depth == 1 {
				continue
			}
		case ')':
			depth--
			if depth == 0 {
				return string(out)
			}
		case '\\':
			out = s.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escape reads what stands behind a backslash.
func (s *scanner) escape(out []byte) []byte {
	if s.i >= len(s.b) {
		return out
	}
	c := s.b[s.i]
	s.i++
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r' && s.i < len(s.b) && s.b[s.i] == '\n':
		s.i++
		return out
	case c == '\r', c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	code := int(c - '0')
	for range 2 {
		if s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '7' {
			code = code*8 + int(s.b[s.i]-'0')
			s.i++
		}
	}
	return append(out, byte(code&0xff))
}

// skipImage goes past the bytes of a picture that stands among the operators.
func (s *scanner) skipImage() {
	for rest := s.b[s.i:]; ; {
		end := bytes.Index(rest, []byte("EI"))
		if end < 0 {
			s.i = len(s.b)
			return
		}
		rest = rest[end+2:]
		if end > 0 && len(rest) > 0 && strings.IndexByte(blank, rest[0]) >= 0 {
			s.i = len(s.b) - len(rest)
			return
		}
	}
}
