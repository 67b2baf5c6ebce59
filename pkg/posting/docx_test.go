package posting

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDOCX(t *testing.T) {
	r := func(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }
	bold := func(text string) string { return "<w:r><w:rPr><w:b/></w:rPr><w:t>" + text + "</w:t></w:r>" }
	numbered := func(id, level string) string {
		return `<w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr>`
	}
	for _, tt := range []struct{ why, body, want string }{
		{"headings by the names of their styles, whose ids are translated", p("Titel", "Engineer") + p("berschrift1", "Must") + p("Kapitel", "Nice"), "# Engineer\n\n# Must\n\n# Nice\n"},
		{"a style that is based on itself", p("Kreis", "Go"), "Go\n"},
		{"lists by their style and by their numbers", p("Punkte", "Go") + "<w:p>" + numbered("1", "1") + r("SQL") + "</w:p>", "- Go\n  - SQL\n"},
		{"an item that was made a paragraph again", "<w:p>" + numbered("0", "0") + r("Go") + "</w:p>", "Go\n"},
		{"an outline level alone makes a heading", `<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>` + r("Must") + "</w:p>" + p("", "Go"), "## Must\n\nGo\n"},
		{"a wholly bold paragraph, in runs", "<w:p>" + bold("Must ") + bold("have") + "</w:p><w:p>" + bold("Go") + r(" and tact") + "</w:p>", "**Must have**\n\nGo and tact\n"},
		{"bold that is switched off", `<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Go</w:t></w:r></w:p>`, "Go\n"},
		{"breaks, tabs and hyphens", "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>", "a\nb c-d\n"},
		{"what is deleted, and the codes of fields", "<w:p>" + r("Go") + "<w:del><w:r><w:delText>Perl</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins>" + r(" 2") + "</w:ins></w:p>", "Go 2\n"},
		{"a text box is told twice and read once",
			"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("", "Box") + "</w:txbxContent></mc:Choice><mc:Fallback>" + p("", "Box") + "</mc:Fallback></mc:AlternateContent></w:r>" + r("Go") + "</w:p>", "Box\n\nGo\n"},
		{"a table of facts", "<w:tbl><w:tr><w:tc>" + p("", "Place") + "</w:tc><w:tc>" + p("", "Hull") + p("", "") + "</w:tc></w:tr></w:tbl>", "| Place | Hull |\n"},
		{"a table that holds the page's layout", "<w:tbl><w:tr><w:tc>" + p("berschrift1", "Must") + p("Punkte", "Go") + "</w:tc><w:tc>" + p("", "Hull") + "</w:tc></w:tr></w:tbl>", "# Must\n\n- Go\n\nHull\n"},
		{"a table in a table", "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + p("", "a") + "</w:tc></w:tr></w:tbl></w:tc><w:tc>" + p("", "b") + "</w:tc></w:tr></w:tbl>" + p("", "c"), "| a | b |\n\nc\n"},
		{"empty paragraphs part where the writer uses them", p("", "Must:") + p("", "Go") + p("", "") + p("", "Nice:") + p("", "SQL") + p("", ""), "Must:\nGo\n\nNice:\nSQL\n"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := Read(writeDOCX(t, tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzDOCX holds that whatever stands in a Word file is read or refused, and that a
// paragraph comes out with its letters and no others.
func FuzzDOCX(f *testing.F) {
	f.Add(p("", "Engineer") + p("Punkte", "Go") + "<w:tbl><w:tr><w:tc>" + p("", "x") + "</w:tc></w:tr></w:tbl>")
	f.Add("<w:p><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tc/></w:p></w:tbl><w:tr/>")
	f.Add("café\n– x &amp; y")
	f.Fuzz(func(t *testing.T, s string) {
		text, err := Read(writeDOCX(t, s))
		lawful(t, text, err)
		text, err = Read(writeDOCX(t, p("", s)))
		lawful(t, text, err)
		want := lettersOf(strings.ToValidUTF8(s, ""))
		if got := lettersOf(text); err == nil && got != want {
			t.Errorf("letters %q, want %q", got, want)
		}
		text, err = readDOCX([]byte("PK\x03\x04" + s))
		lawful(t, text, err)
	})
}
