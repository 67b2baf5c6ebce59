package posting

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// writePDF gives a PDF whose pages are drawn by those operators, with Helvetica as F1
// and its bold as F2. More objects begin at number 100.
func writePDF(tb testing.TB, contents []string, more ...string) []byte {
	tb.Helper()
	objects := map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R>>",
		3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		4: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
	}
	var kids []string
	for i, c := range contents {
		page := 5 + 2*i
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		objects[page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R>>", page+1)
		objects[page+1] = fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(c), c)
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</X1 100 0 R>>>>>>",
		strings.Join(kids, " "), len(kids))
	for i, o := range more {
		objects[100+i] = o
	}
	return assemble(objects)
}

// assemble writes objects behind each other, and the table that says where they are.
func assemble(objects map[int]string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	size := 0
	for n := range objects {
		size = max(size, n+1)
	}
	table := "0000000000 65535 f \n"
	for n := 1; n < size; n++ {
		o, ok := objects[n]
		if !ok {
			table += "0000000000 00000 f \n"
			continue
		}
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", size, table, size, at)
	return b.Bytes()
}

// draw is a line of a page: where, in what font and size, and what.
func draw(x, y int, font string, size int, text string) string {
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	for _, c := range []byte(latin) {
		fmt.Fprintf(&b, "\\%03o", c)
	}
	return fmt.Sprintf("BT /%s %d Tf %d %d Td (%s) Tj ET\n", font, size, x, y, b.String())
}

// writeDOCX gives a Word file with that body, and the styles that Word knows.
func writeDOCX(tb testing.TB, body string) []byte {
	tb.Helper()
	return writeZip(tb, map[string]string{
		"word/document.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml": `<w:styles xmlns:w="w">
			<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
			<w:style w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
			<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
			<w:style w:styleId="Punkte"><w:name w:val="List Bullet"/></w:style>
			<w:style w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>
			</w:styles>`,
	})
}

func writeZip(tb testing.TB, files map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// p is a Word paragraph.
func p(style, text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err)
	}
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + style + `<w:r><w:t xml:space="preserve">` + b.String() + "</w:t></w:r></w:p>"
}
