package posting

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/job"
)

// The same posting gives the same lines in whatever document it comes. The files were
// made of posting.md by python-docx, ReportLab and Chromium.
func TestTheSamePostingInEveryFormat(t *testing.T) {
	read := func(name string) job.Description {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		text, err := Read(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d, err := job.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return d
	}
	want := read("posting.md")
	if len(want.Of(job.Must)) < 4 || len(want.Of(job.Nice)) != 2 {
		t.Fatalf("the posting itself reads as %+v", want)
	}
	for _, name := range []string{"posting.html", "python-docx.docx", "reportlab.pdf", "chromium.pdf"} {
		t.Run(name, func(t *testing.T) {
			got := read(name)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadText(t *testing.T) {
	for _, tt := range []struct{ why, data, want string }{
		{"text stays as it is", "Engineer\r\n\r\n- Go\n", "Engineer\r\n\r\n- Go\n"},
		{"a byte order mark is none of it", "\ufeffEngineer", "Engineer"},
		{"Notepad's Unicode", utf16le("Engineer\n- café"), "Engineer\n- café"},
		{"Markdown may begin with a tag", "<div align=center>\n\n# Engineer", "<div align=center>\n\n# Engineer"},
		{"a fragment of a page is left to the parser, which knows tags", "<h1>Engineer</h1><ul><li>Go</ul>", "<h1>Engineer</h1><ul><li>Go</ul>"},
		{"what is of no known kind is judged by the parser", "\x7fELF\x00", "\x7fELF\x00"},
		{"nothing", "", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := Read([]byte(tt.data))
			if got != tt.want || err != nil {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func utf16le(s string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(s)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

// Every limit is named by the error of what goes over it.
func TestLimits(t *testing.T) {
	pad := strings.Repeat(" ", MaxSize)
	long := strings.Repeat("Go and tact. ", MaxText/13+2)
	for _, tt := range []struct {
		why    string
		data   []byte
		want   string
		hidden bool
	}{
		{"a large PDF", append(writePDF(t, []string{draw(72, 700, "F1", 12, "Go")}), pad...), "the document is over 5 MiB, the most that is read", false},
		{"a large Word file", append(writeDOCX(t, p("", "Go")), pad...), "the document is over 5 MiB, the most that is read", false},
		{"a large page", []byte("<!doctype html>" + pad), "the document is over 5 MiB, the most that is read", false},
		{"a large JSON file", []byte(`{"title": "Engineer"` + pad), "the document is over 5 MiB, the most that is read", false},
		{"a page of much text", []byte("<html><main>" + long), "the document holds over 1 MiB of text, the most that is read", false},
		{"a Word file of much text", writeDOCX(t, p("", long)), "the document holds over 1 MiB of text, the most that is read", false},
		{"a Word file of much text in short paragraphs", writeDOCX(t, strings.Repeat(p("Punkte", "Go and tact"), MaxText/12)), "the document holds over 1 MiB of text, the most that is read", false},
		{"a Word file that unpacks to much", writeDOCX(t, strings.Repeat(" ", maxPart+1)), "the Word file unpacks to over 16 MiB, the most that is read", false},
		{"a PDF whose objects unpack to much", writePDF(t, []string{"BT ET"}, stream("/Type/ObjStm/Filter/FlateDecode", deflate(t, strings.Repeat(" ", maxUnpacked+1)))), "the PDF unpacks to over 64 MiB, the most that is read", false},
		{"a PDF packed twice", writePDF(t, []string{"BT ET"}, stream("/Type/ObjStm/Filter[/FlateDecode/FlateDecode]", deflate(t, deflate(t, strings.Repeat(" ", maxUnpacked+1))))), "the PDF unpacks to over 64 MiB, the most that is read", false},
		{"a PDF page of much drawing", writePDF(t, []string{strings.Repeat("0 0 m ", maxContent/6+1)}), "a page of the PDF is drawn by over 4 MiB, the most that is read", false},
		{"a PDF of much text", writePDF(t, []string{"BT /F1 9 Tf (" + long + ") Tj ET"}), "the document holds over 1 MiB of text, the most that is read", false},
		{"a PDF of many pages", writePDF(t, make([]string, maxPages+1)), "the PDF has over 50 pages, the most that is read", false},
		{"drawings that multiply", writePDF(t, []string{"/X1 Do"}, stream("/Subtype/Form", strings.Repeat("/X1 Do ", 9))), "a page of the PDF is drawn by over 4 MiB, the most that is read", false},
		{"a page tree in a circle", []byte(strings.Replace(string(writePDF(t, []string{"BT ET"})), "/Kids[5 0 R]", "/Kids[2 0 R]", 1)), "the PDF's pages are nested over 16 deep, the most that is read", false},
		{"a stream as long as itself", assemble(map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Contents 3 0 R>>", 3: "<</Length 3 0 R>>stream\nBT ET\nendstream"}), errScan.Error(), true},
		{"a PDF page that unpacks to much", writePDF(t, []string{"/X1 Do"}, stream("/Subtype/Form/Filter/FlateDecode", deflate(t, strings.Repeat(" ", maxUnpacked+1)))), "a page of the PDF is drawn by over 4 MiB, the most that is read", false},
		{"a locked PDF", []byte(strings.Replace(string(writePDF(t, []string{"BT ET"})), "/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R", 1)), "the PDF is locked", true},
		{"a page nested too deep", []byte("<html>" + strings.Repeat("<div>", 600) + "Go"), "the page cannot be read: html: open stack of elements exceeds 512 nodes", false},
		{"no text in a PDF", writePDF(t, []string{"0 0 m 9 9 l S"}), "the PDF holds no text: it may be a scan", true},
		{"half a PDF", writePDF(t, []string{"BT ET"})[:100], "the PDF is broken: it has no page", true},
		{"half a Word file", writeDOCX(t, p("", "Go"))[:200], "the Word file is broken: zip: not a valid zip file", false},
		{"a Word file of broken XML", writeDOCX(t, "<w:p>"), "the Word file is broken: XML syntax error on line 1: element <p> closed by </body>", false},
		{"a ZIP archive", writeZip(t, map[string]string{"a.txt": "Go"}), "this is a ZIP archive and no Word file (.docx)", false},
		{"an old Word file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "this is a Word file of the old kind (.doc): save it as .docx or PDF", false},
		{"an RTF file", []byte(`{\rtf1 Go}`), "this is an RTF file: save it as .docx, PDF or text", false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			text, err := Read(tt.data)
			if err == nil || err.Error() != tt.want {
				t.Fatalf("%.40q, %v; want %s", text, err, tt.want)
			}
			if hidden := errors.As(err, new(Hidden)); hidden != tt.hidden {
				t.Errorf("hidden: %v", hidden)
			}
		})
	}
}

// lettersOf are the letters of a text, in order.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// lawful holds for every text that is read from a document.
func lawful(t *testing.T, text string, err error) {
	t.Helper()
	if err != nil && text != "" {
		t.Errorf("text beside the error %v", err)
	}
	if err == nil && (!utf8.ValidString(text) || len(text) > MaxText) {
		t.Errorf("%d bytes, in UTF-8: %v", len(text), utf8.ValidString(text))
	}
}
