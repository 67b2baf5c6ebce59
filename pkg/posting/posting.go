// Package posting reads the document that a job description comes in and gives its
// text, as Markdown: headings, bold lines and bullets survive, since pkg/job goes by
// them. It reads plain text, Markdown, HTML, PDF, DOCX and the job schema of JSON
// Resume, and tells them apart by their content.
//
// It does not know what a posting says: that is for pkg/job. It opens no file and
// reaches no network: it is handed bytes. What it reads may come from anybody, so
// every reader is bounded, in what a document may unpack to as well.
package posting

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	// MaxSize is the largest document that is read, in bytes (5 MiB).
	MaxSize = 5 << 20
	// MaxText is the most text that is taken from a PDF, a Word file, a page or a
	// JSON file, in bytes (1 MiB).
	MaxText = 1 << 20
)

// Hidden is the error of a document that may well show a person its text, but holds
// none that can be read: a page behind a login, a scan.
type Hidden string

func (h Hidden) Error() string { return string(h) }

// Read gives the text of a document of any kind, in UTF-8. What is of no known kind
// comes back as it is, for pkg/job to judge.
func Read(data []byte) (string, error) {
	if err := unreadable(data); err != nil {
		return "", err
	}
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return bounded(readPDF(data))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return bounded(readDOCX(data))
	}
	text := decode(data)
	switch start := strings.TrimSpace(text[:min(len(text), 1024)]); {
	case isPage(start):
		return HTML([]byte(text))
	case strings.HasPrefix(start, "{"):
		return bounded(readJSON(text))
	}
	return text, nil
}

// unreadable is the error of a document that is known by its first bytes and not read.
func unreadable(data []byte) error {
	start := data[:min(len(data), 8)]
	switch {
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return errors.New("this is a Word file of the old kind (.doc): save it as .docx or PDF")
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return errors.New("this is an RTF file: save it as .docx, PDF or text")
	}
	return nil
}

func tooLarge() error { return errors.New("the document is over 5 MiB, the most that is read") }

var errText = errors.New("the document holds over 1 MiB of text, the most that is read")

// bounded refuses a text over MaxText.
func bounded(text string, err error) (string, error) {
	if err == nil && len(text) > MaxText {
		return "", errText
	}
	return text, err
}

// isPage says whether a text begins as a whole HTML document does. A pasted fragment
// is left to pkg/job, which reads tags in a text.
func isPage(start string) bool {
	start = strings.ToLower(start)
	if strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<!--") {
		return strings.Contains(start, "<html")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

// decode gives a text in UTF-8: UTF-16 is told by its byte order mark. Anything else
// stays as it is.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian)
	}
	return strings.TrimPrefix(string(data), "\ufeff")
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return string(utf16.Decode(units))
}

// western gives a text that is not UTF-8 as Windows-1252, which browsers take an
// unnamed encoding of English for.
func western(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	out, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		return strings.ToValidUTF8(text, "")
	}
	return out
}

// sheet is a text in the making: blocks with an empty line between them, and none
// between the items of a list.
type sheet struct {
	b     strings.Builder
	item  bool // the last block was an item
	tight bool // the next paragraph stands right below
	err   error
}

// block adds a heading, a paragraph or, with item, a bullet under depth others.
func (s *sheet) block(text string, item bool, depth int) {
	text = strings.TrimSpace(text)
	if text == "" || s.err != nil {
		return
	}
	if s.b.Len()+len(text) > MaxText {
		s.err = errText
		return
	}
	if s.b.Len() > 0 {
		s.b.WriteByte('\n')
	}
	if s.b.Len() > 0 && !s.tight && (!item || !s.item) {
		s.b.WriteByte('\n')
	}
	if item {
		fmt.Fprintf(&s.b, "%s- ", strings.Repeat("  ", min(depth, 8)))
	}
	s.b.WriteString(text)
	s.item, s.tight = item, false
}

func (s *sheet) heading(level int, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		s.block(strings.Repeat("#", max(1, min(level, 6)))+" "+text, false, 0)
	}
}

func (s *sheet) text() (string, error) {
	if s.err != nil || s.b.Len() == 0 {
		return "", s.err
	}
	return s.b.String() + "\n", nil
}
