package posting

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

func stream(entries, data string) string {
	return fmt.Sprintf("<</Length %d%s>>stream\n%s\nendstream", len(data), entries, data)
}

func deflate(tb testing.TB, s string) string {
	tb.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// packed is a stream of objects 1, 2, 3 and so on.
func packed(tb testing.TB, objects ...string) string {
	tb.Helper()
	var heads, bodies string
	for i, o := range objects {
		heads += fmt.Sprintf("%d %d ", i+1, len(bodies))
		bodies += o + " "
	}
	const columns = 8
	text := heads + bodies
	text += strings.Repeat(" ", columns-len(text)%columns)
	var out []byte
	above := make([]byte, columns)
	for row := []byte(text); len(row) > 0; row = row[columns:] {
		out = append(out, 2)
		for i := range columns {
			out = append(out, row[i]-above[i])
		}
		above = row[:columns]
	}
	entries := fmt.Sprintf("/Type/ObjStm/N %d/First %d/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>", len(objects), len(heads), columns)
	return stream(entries, deflate(tb, string(out)))
}

func TestPDF(t *testing.T) {
	long1, long2 := strings.Repeat("word and then ", 6)+"one", "thing more"
	for _, tt := range []struct {
		why   string
		pages []string
		more  []string
		want  string
	}{
		{"headings by size and by weight", []string{draw(72, 780, "F1", 24, "Engineer") + draw(72, 740, "F1", 14, "Must") + draw(72, 720, "F1", 11, "You know Go and SQL and say so.") + draw(72, 690, "F2", 11, "Nice") + draw(72, 676, "F1", 11, "Kafka")}, nil,
			"# Engineer\n\n## Must\n\nYou know Go and SQL and say so.\n\n**Nice**\n\nKafka\n"},
		{"a wrapped line becomes one, a short one stays", []string{draw(72, 700, "F1", 11, long1) + draw(72, 687, "F1", 11, long2) + draw(72, 674, "F1", 11, "Go")}, nil,
			long1 + " " + long2 + "\nGo\n"},
		{"items, one wrapped, their signs in a run of their own", []string{draw(72, 700, "F1", 14, "•") + draw(90, 701, "F1", 11, long1) + draw(90, 688, "F1", 11, long2) + draw(72, 675, "F1", 14, "•") + draw(90, 676, "F1", 11, "Go")}, nil,
			"- " + long1 + " " + long2 + "\n- Go\n"},
		{"items whose signs are drawings stand further in", []string{draw(72, 700, "F1", 11, "Must") + draw(92, 687, "F1", 11, "Go") + draw(92, 674, "F1", 11, "SQL")}, nil,
			"Must\n- Go\n- SQL\n"},
		{"a list of words is no paragraph", []string{draw(72, 700, "F1", 11, "Kubernetes") + draw(72, 687, "F1", 11, "PostgreSQL") + draw(72, 674, "F1", 11, "Terraform") + draw(72, 661, "F1", 11, "Prometheus") + draw(72, 648, "F1", 11, "Go")}, nil,
			"Kubernetes\nPostgreSQL\nTerraform\nPrometheus\nGo\n"},
		{"numbered items", []string{draw(72, 700, "F1", 11, "1. "+long1) + draw(72, 687, "F1", 11, "2. Go")}, nil,
			"1. " + long1 + "\n2. Go\n"},
		{"a sentence goes on on the next page", []string{draw(72, 100, "F1", 11, long1), draw(72, 780, "F1", 11, long2)}, nil, long1 + " " + long2 + "\n"},
		{"a compound is parted at its hyphen", []string{draw(72, 700, "F1", 11, long1+" cross-") + draw(72, 687, "F1", 11, "functional")}, nil, long1 + " cross-functional\n"},
		{"blanks are gaps, and kerning is none", []string{"BT /F1 11 Tf 72 700 Td [(Post)-20(gre)15(SQL)-300(and)-280(Go)] TJ ET"}, nil, "PostgreSQL and Go\n"},
		{"leading, next lines, escapes, hexadecimal", []string{"BT /F1 11 Tf 30 TL 72 700 Td (a\\(b\\)) Tj T* <63 64> Tj (e\\146\\\ng) ' 1 2 (h) \" 0 -30 TD (i) Tj T* (j) Tj ET"}, nil, "a(b)\n\ncd\n\nefg\n\nh\n\ni\n\nj\n"},
		{"the page's frame, marked as such", []string{"/Artifact <</Type/Pagination>> BDC " + draw(72, 800, "F1", 9, "Page 1 of 2") + "EMC /P <</MCID 0>> BDC " + draw(72, 700, "F1", 11, "Go") + "EMC"}, nil, "Go\n"},
		{"a picture among the operators", []string{"BI /W 1 /H 1 ID \x00(\xff)EIx EI " + draw(72, 700, "F1", 11, "Go")}, nil, "Go\n"},
		{"a drawing in the page", []string{"q 1 0 0 1 72 700 cm /X1 Do Q"}, []string{stream("/Subtype/Form", draw(0, 0, "F1", 11, "Go"))}, "Go\n"},
		{"text that stands on its side", []string{"BT /F1 11 Tf 0 1 -1 0 20 20 Tm (DRAFT COPY) Tj ET " + draw(72, 700, "F1", 11, "Go")}, nil, "Go\n"},
		{"quotes, dashes and bullets of Windows", []string{draw(72, 700, "F1", 11, "You’re – “well” … 5 €")}, nil, "You’re – “well” … 5 €\n"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := Read(writePDF(t, tt.pages, tt.more...))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A PDF comes in more shapes than its content has.
func TestPDFShapes(t *testing.T) {
	plain := writePDF(t, []string{draw(72, 700, "F1", 11, "Go")})
	for _, tt := range []struct {
		why  string
		data []byte
	}{
		{"a page packed", writePDF(t, []string{"/X1 Do"}, stream("/Subtype/Form/Filter/FlateDecode", deflate(t, draw(72, 700, "F1", 11, "Go"))))},
		{"objects packed, with each byte told by the one above", assemble(map[int]string{4: stream("", draw(72, 700, "F1", 11, "Go")),
			7: packed(t, "<</Type/Catalog/Pages 2 0 R>>", "<</Kids[3 0 R]>>", "<</Contents 4 0 R/Resources<</Font<</F1<<>>>>>>>>")})},
		{"a newer version of a page behind the old", append(writePDF(t, []string{draw(72, 700, "F1", 11, "Perl")}),
			fmt.Sprintf("6 0 obj\n%s\nendobj\n", stream("", draw(72, 700, "F1", 11, "Go")))...)},
		{"text about locks, without one", writePDF(t, []string{"% /Encrypt 5 0 R\n" + draw(72, 700, "F1", 11, "Go")})},
		{"a broken table of objects", bytes.ReplaceAll(plain, []byte("00000 n"), []byte("x"))},
		{"no end", plain[:bytes.LastIndexByte(plain, '<')]},
		{"in hexadecimal, in lines", writePDF(t, []string{"/X1 Do"}, stream("/Subtype/Form/Filter[/ASCIIHexDecode]", fmt.Sprintf("%x\n>", draw(72, 700, "F1", 11, "Go"))))},
		{"a wrong length", bytes.Replace(plain, []byte("/Length "), []byte("/Length 9"), 1)},
		{"version 2.0", bytes.Replace(plain, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1)},
		{"blanks behind it", append(bytes.Clone(plain), "\x00\x00\r\n\r\n"...)},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got, err := Read(tt.data); got != "Go\n" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// A font says what its codes mean in one of several ways.
func TestPDFFonts(t *testing.T) {
	for _, tt := range []struct{ why, font, codes, want string }{
		{"two bytes a letter, by ranges and one by one", "<</Subtype/Type0/ToUnicode 5 0 R>>", "<0001000200030010>", "abcfi\n"},
		{"a map wins over an encoding", "<</Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>", "(AB)", "xB\n"},
		{"differences by the names of glyphs", "<</Encoding<</Differences[1/G/o.alt 4/bullet/fi/uni00E9/nonsense]>>>>", "<0102 04 05 06 07>", "Go•fié\n"},
		{"the Macintosh's letters", "<</Encoding/MacRomanEncoding>>", "(caf\\216)", "café\n"},
		{"signs of a symbol font are bullets", "<</BaseFont/ABCDEF+SymbolMT>>", "(\\267\\267)", "- •\n"},
		{"two bytes a letter and no map say nothing", "<</Subtype/Type0/Encoding/Identity-H>>", "<00410042>", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := Read(assemble(map[int]string{
				1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
				3: stream("", "BT /F1 9 Tf "+tt.codes+" Tj ET"), 4: tt.font,
				5: stream("", "1 beginbfrange <0001><0003><0061> endbfrange 1 beginbfchar <0010><00660069> endbfchar 1 beginbfrange <0020><0021>[<0041><0042>] endbfrange"),
				6: stream("", "1 beginbfchar <41><0078> endbfchar"),
			}))
			if none := errors.Is(err, errScan); got != tt.want || none != (tt.want == "") {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

// FuzzPDF holds that whatever stands in a PDF is read or refused.
func FuzzPDF(f *testing.F) {
	f.Add(string(writePDF(f, []string{draw(72, 700, "F1", 11, "Go")})))
	f.Add(string(writePDF(f, []string{"/X1 Do"}, stream("/Subtype/Form/Filter/FlateDecode", deflate(f, draw(0, 0, "F2", 11, "Go"))))))
	f.Add(string(assemble(map[int]string{
		1: "<</Pages 2 0 R>>", 2: "<</Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>", 3: stream("", "BT /F1 9 Tf <00410042> Tj ET"),
		4: "<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[65[500 600]70 80 300]>>]/ToUnicode 5 0 R>>",
		5: stream("", "1 begincodespacerange <0000><ffff> endcodespacerange 1 beginbfrange <0041><0042><0061> endbfrange"),
	})))
	f.Fuzz(func(t *testing.T, s string) {
		text, err := readPDF([]byte(s))
		lawful(t, text, err)
	})
}

// FuzzPDFPage holds the same of what draws a page, and that lines come out with their
// letters and no others.
func FuzzPDFPage(f *testing.F) {
	f.Add("BT /F1 11 Tf 72 700 Td [(a)-300(b)] TJ T* (c) ' ET q Q /X1 Do BI ID x EI")
	f.Add("Engineer\n\n• Go\n- five years of what there is to know and more of it than anybody asked for\n1. x")
	f.Add("[<<(\\")
	f.Fuzz(func(t *testing.T, s string) {
		text, err := readPDF(writePDF(t, []string{s}, stream("/Subtype/Form", s)))
		lawful(t, text, err)
		content, want := setInLines(s)
		text, err = readPDF(writePDF(t, []string{content}))
		lawful(t, text, err)
		if got := lettersOf(text); err == nil && got != want {
			t.Errorf("letters %q, want %q", got, want)
		}
	})
}

// setInLines sets what Windows-1252 has of a text, and gives its letters. A lone "o"
// before a blank is left out: it is how Word sets a hollow bullet.
func setInLines(s string) (content, letters string) {
	y := 800
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Map(func(r rune) rune {
			if _, ok := charmap.Windows1252.EncodeRune(r); !ok || r < ' ' || r >= 0x7f && r < 0xa0 {
				return -1
			}
			return r
		}, line)
		line = strings.TrimLeft(line, "o \u00a0")
		content += draw(72, y, "F1", 11, line)
		letters += lettersOf(line)
		y -= 13
	}
	return content, letters
}
