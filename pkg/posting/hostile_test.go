package posting

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// A document may come from anybody: a large one, built to be slow, is read or refused
// in no time.
func TestHostileDocuments(t *testing.T) {
	const size = 1 << 20
	long := func(before, unit, after string) []byte {
		return []byte(before + strings.Repeat(unit, (size-len(before)-len(after))/len(unit)) + after)
	}
	pdf := func(content string, more ...string) []byte { return writePDF(t, []string{content}, more...) }
	var objects []string
	for i := range 20_000 {
		objects = append(objects, fmt.Sprintf("[%d 0 R %d 0 R]", 101+i, 102+i))
	}
	for _, tc := range []struct {
		why  string
		data []byte
	}{
		{"elements in elements", long("<html>", "<div>", "")},
		{"a page of elements 400 deep", long("<html>", strings.Repeat("<div>a", 400)+strings.Repeat("</div>", 400), "")},
		{"a page in bold 400 deep", long("<html>"+strings.Repeat("<b>", 400), "a<br>", "")},
		{"a page in lists 200 deep", long("<html>"+strings.Repeat("<ul><li>", 200), "a<br>", "")},
		{"lists 200 deep", long("<html>", strings.Repeat("<ul><li>a", 200)+strings.Repeat("</ul>", 200), "")},
		{"quotes 400 deep", long("<html>"+strings.Repeat("<blockquote>", 400), "a<br>", "")},
		{"texts apart by comments", long("<html>", "a<!---->", "")},
		{"texts apart by pictures", long("<html>", "a<img>", "")},
		{"cells that span a million others", long("<html><table><tr>", "<td colspan=1000000 rowspan=1000000>a", "")},
		{"a wide row over many short ones", []byte("<html><table><tr>" + strings.Repeat("<td>a", 50_000) + strings.Repeat("<tr><td>a", 50_000))},
		{"tables in tables", long("<html>", "<table><tr><td>", "")},
		{"attributes", long("<html><p ", "a=b c=d ", ">")},
		{"fonts to be opened again", long("<html>", "<font a=b><p>", "")},
		{"list items", long("<html><ul>", "<li>a", "")},
		{"links", long("<html>", "<a href=x>a</a>", "")},
		{"code", long("<html>", "<code>`a``</code>", "")},
		{"wishes of HTML", long(`{"title":"x","responsibilities":[`, `"<b>a</b>",`, `"b"]}`)},
		{"wishes that the description holds", long(`{"title":"x","description":"`+strings.Repeat("a ", size/4)+`","responsibilities":[`, `"a a",`, `"b"]}`)},
		{"JSON in JSON", long(`{"title":`, "[", "")},
		{"empty paragraphs", writeDOCX(t, strings.Repeat("<w:p/>", size))},
		{"paragraphs in paragraphs", writeDOCX(t, strings.Repeat("<w:p>", size/10)+strings.Repeat("</w:p>", size/10))},
		{"attributes in Word", writeDOCX(t, "<w:p "+strings.Repeat(`w:a="b" `, size/8)+"/>")},
		{"cells in Word", writeDOCX(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc>"+p("", "a")+"</w:tc>", size/100)+"</w:tr></w:tbl>")},
		{"rows in Word", writeDOCX(t, "<w:tbl>"+strings.Repeat("<w:tr><w:tc/><w:tc/></w:tr>", size/30)+"</w:tbl>")},
		{"a PDF name of escapes", pdf("BT /" + strings.Repeat("#41", size) + " 9 Tf (a) Tj ET")},
		{"PDF lists in lists", pdf(strings.Repeat("[", size))},
		{"PDF brackets in brackets", pdf("BT " + strings.Repeat("(", size))},
		{"a PDF of drawing states", pdf(strings.Repeat("q ", size/2) + strings.Repeat("Q ", size/2))},
		{"a PDF of pieces", pdf("BT /F1 9 Tf " + strings.Repeat("1 0 Td (a) Tj ", size/20) + "ET")},
		{"a PDF of lines", pdf("BT /F1 9 Tf " + strings.Repeat("0 1 Td (a) Tj ", size/20) + "ET")},
		{"a PDF of many objects", pdf("BT ET", objects...)},
		{"a PDF of numbers", pdf(strings.Repeat("1 ", size))},
		{"a PDF of pictures", pdf(strings.Repeat("BI ID EI", size/8))},
		{"a PDF without a table", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj\n", size/8))},
		{"a PDF of trailers", []byte("%PDF-1.4\n" + strings.Repeat("trailer <</Root 1 0 R>>\n", size/24))},
		{"a PDF of streams without an end", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj <<>> stream\n", size/20))},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			text, err := Read(tc.data)
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
			lawful(t, text, err)
			if err != nil && len(err.Error()) > 300 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
		})
	}
}
