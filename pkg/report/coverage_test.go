package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

var updateCoverage = flag.Bool("update-coverage", false, "write the golden heat maps anew")

// wide has names of two cells a letter, of joined emoji, of accents that stand apart.
var wide = []string{"数据库迁移", "Café au lait", "🚀 launches", "👩‍💻 pairing", "한국어", "Cafe\u0301 apart"}

// sixty gives stories of which the first prove most, by a rule and not by chance.
func sixty(skills []string) []story.Story {
	all := make([]story.Story, 60)
	for i := range all {
		s := &all[i]
		s.ID, s.Title = fmt.Sprintf("story-of-%d-incidents", i+1), fmt.Sprintf("The story of %d incidents", i+1)
		if i%7 == 3 {
			name := wide[i/7%len(wide)]
			s.ID, s.Title = fmt.Sprintf("%s-%d", name, i), name+" at night"
		}
		for j, name := range skills {
			switch {
			case (i*i+j*3)%(i+5) == 1 && j%9 != 5: // every ninth is a gap
				s.Resolution = append(s.Resolution, "I used "+name+".")
			case (i+j*5)%23 == 2:
				s.Problem = append(s.Problem, "We had "+name+".")
			case (i*3+j)%31 == 4:
				s.Skills = append(s.Skills, name)
			}
		}
	}
	return all
}

// broad is sixty stories by eighty skills that a job asks for, fifty of them musts.
func broad(tb testing.TB) coverage.Matrix {
	tb.Helper()
	taxonomy, err := skill.Default().With(skill.Skill{Name: "数据库迁移"}, skill.Skill{Name: "Ångström-Größe"}, skill.Skill{Name: "한국어 문서"})
	if err != nil {
		tb.Fatal(err)
	}
	names := []string{"数据库迁移", "Ångström-Größe", "한국어 문서"}
	for _, s := range taxonomy.Skills() {
		if len(names) < 80 && slices.Contains([]string{"messaging", "observability", "cloud", "practice"}, s.Kind) && len(s.Ambiguous)+len(s.Strict) == 0 {
			names = append(names, s.Name)
		}
	}
	q := match.Query{Kind: match.KindJob}
	for i, name := range names {
		q.Skills = append(q.Skills, match.Want{Name: name, Must: i < 50, Matched: []string{name}})
	}
	bank := []question.Question{{ID: "queue", Text: "Which queue failed you?", Skills: []string{"RabbitMQ"}}}
	return coverage.Of(sixty(names), match.Knowledge{Skills: taxonomy, Bank: bank}, coverage.Skills, q, nil)
}

// few is a small matrix with something in every part.
func few(title string) coverage.Matrix {
	return coverage.Matrix{
		By: coverage.Skills, Job: true,
		Rows: []coverage.Row{
			{Name: "Kafka", Must: true, Strength: coverage.Thin, Stories: []coverage.Cell{{ID: "queue", Depth: match.Proved}, {ID: "cache", Depth: match.Mentioned}}},
			{Name: "Redis", Must: true, Strength: coverage.Thin, Stories: []coverage.Cell{{ID: "queue", Depth: match.Proved}, {ID: "cache", Depth: match.Tagged}}},
			{Name: "SQS", Must: true, Strength: coverage.None},
			{Name: "Terraform", Strength: coverage.Thin, Stories: []coverage.Cell{{ID: "cache", Depth: match.Proved, Inferred: true}}},
		},
		Told:   []coverage.Told{{ID: "queue", Title: title, Proves: 2}, {ID: "cache", Title: "The cache", Proves: 1}},
		Silent: []string{"other"},
		Gaps:   []string{"SQS"}, Thin: []string{"Kafka", "Redis"}, Single: []coverage.Single{{ID: "queue", Names: []string{"Kafka", "Redis"}}},
		Next: coverage.Next{Name: "SQS", Why: "No story proves it, and the job requires it.", Gain: 1, Questions: []question.Question{{ID: "q", Text: "Which queue?"}}},
	}
}

func covered(tb testing.TB, s report.Style, m coverage.Matrix) string {
	tb.Helper()
	var b bytes.Buffer
	if err := report.Coverage(&b, s, m); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func TestHeatMaps(t *testing.T) {
	large, small := broad(t), few("The queue")
	for _, tt := range []struct {
		why, golden string
		style       report.Style
		m           coverage.Matrix
	}{
		{"the stories that prove most, the others counted", "60.txt", report.Style{Width: 60}, large},
		{"names are cut so that more stories fit", "80.txt", report.Style{Width: 80}, large},
		{"all stories, a cell each", "120.txt", report.Style{Width: 120}, large},
		{"all stories, two cells each", "200.txt", report.Style{Width: 200}, large},
		{"no terminal, no bound: numbers lie", "piped.txt", report.Style{}, large},
		{"few stories stand there by name", "few.txt", report.Style{Width: 80}, small},
		{"or by number where their names do not fit", "few-40.txt", report.Style{Width: 40}, small},
		{"with colours", "few-colour.txt", report.Style{Width: 80, Color: true}, small},
		{"Markdown", "few.md", report.Style{Format: report.Markdown}, small},
		{"CSV", "few.csv", report.Style{Format: report.CSV}, small},
		{"JSON", "few.json", report.Style{Format: report.JSON}, small},
	} {
		t.Run(tt.golden, func(t *testing.T) {
			got := covered(t, tt.style, tt.m)
			golden(t, tt.golden, got)
			if tt.style.Width > 0 {
				within(t, got, tt.style.Width)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "coverage", name)
	if *updateCoverage {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (go test -update-coverage writes it anew): %s", name, diff)
	}
}

func within(t *testing.T, out string, width int) {
	t.Helper()
	for line := range strings.Lines(out) {
		if n := twwidth.Width(strings.TrimRight(line, "\n")); n > width {
			t.Errorf("%d cells in a terminal of %d: %q", n, width, line)
		}
	}
}

// The signs of a column stand below each other, whatever letters the rows' names have.
func TestColumnsAlign(t *testing.T) {
	m := broad(t)
	sign := regexp.MustCompile(`[█▓░·]`)
	for _, width := range []int{0, 60, 80, 120, 200} {
		starts := map[int]bool{}
		for line := range strings.Lines(covered(t, report.Style{Width: width}, m)) {
			if at := sign.FindStringIndex(line); at != nil && strings.Contains(line[:at[0]], "  ") {
				starts[twwidth.Width(line[:at[0]])/3] = true // a pair of blocks begins a cell before a dot
			}
		}
		if len(starts) != 1 {
			t.Errorf("width %d: signs begin at %v", width, starts)
		}
	}
}

// The other formats hold what JSON holds, cell by cell.
func TestFormatsCarryTheSame(t *testing.T) {
	m := broad(t)
	var view struct {
		Rows []struct {
			Name, Strength string
			Must           bool
			Stories        []struct{ ID, Depth string }
		}
		Gaps, Thin []string
		Single     []struct{ ID string }
		Next       struct{ Name, Why string }
		Stories    []struct{ ID, Title string }
	}
	if err := json.Unmarshal([]byte(covered(t, report.Style{Format: report.JSON}, m)), &view); err != nil {
		t.Fatal(err)
	}
	table, err := csv.NewReader(strings.NewReader(covered(t, report.Style{Format: report.CSV}, m))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	markdown := covered(t, report.Style{Format: report.Markdown}, m)
	for i, r := range view.Rows {
		at := map[string][]string{}
		for _, c := range r.Stories {
			at[c.Depth] = append(at[c.Depth], c.ID)
		}
		want := []string{r.Name, map[bool]string{true: "must", false: "nice"}[r.Must], r.Strength}
		for _, depth := range []string{"proved", "mentioned", "tagged"} {
			want = append(want, strings.Join(at[depth], ", "))
		}
		for j := range want {
			want[j] = report.Clean(want[j])
		}
		if diff := cmp.Diff(want, table[i+1][:6]); diff != "" {
			t.Errorf("CSV: %s", diff)
		}
		if cells := regexp.MustCompile(` *\| *`).Split(strings.Split(markdown, "\n")[i+2], -1); !slices.Equal(cells[1:7], want) {
			t.Errorf("Markdown: %q, want %q", cells[1:7], want)
		}
		for _, note := range []struct {
			text string
			has  bool
		}{{"gap", slices.Contains(view.Gaps, r.Name)}, {"thin spot", slices.Contains(view.Thin, r.Name)}, {"write next: " + view.Next.Why, view.Next.Name == r.Name}} {
			if strings.Contains(table[i+1][6], note.text) != note.has {
				t.Errorf("CSV: %s: %q holds %q: not %v", r.Name, table[i+1][6], note.text, note.has)
			}
		}
	}
	for _, want := range []string{"**Gaps:** " + strings.Join(view.Gaps, "; "), "**Thin, proved by one story:** " + strings.Join(view.Thin, "; "), view.Next.Why} {
		if !strings.Contains(markdown, want) {
			t.Errorf("Markdown lacks %q", want)
		}
	}
	for _, s := range view.Stories {
		if !strings.Contains(markdown, report.Clean(s.Title)) {
			t.Errorf("Markdown lacks the title %q", s.Title)
		}
	}
}

// hostiles are titles that would do something if they were not taken as text.
var hostiles = []string{
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{.}}", "{{template \"x\"}}", "\x1b[31mred\x1b[0m\x07", "\u202eabc\u2066", "=HYPERLINK(\"x\")",
	"\x1b=1+1", "![pixel](http://example.org/p.png)", "[click](javascript:alert(1))", "`code` **bold** | cell", "&lt;script>", "line\n# heading\n\n| a |", "<!-- ]]> -->", "\ufeff\u0000x", `\[x](y)`,
}

func TestHostileTitles(t *testing.T) {
	for _, title := range hostiles {
		m := few(title)
		m.Told[0].ID, m.Rows[0].Stories[0].ID, m.Rows[1].Stories[0].ID, m.Single[0].ID = title, title, title, title
		m.Rows[2].Name, m.Gaps[0], m.Next.Name = title, title, title
		for _, format := range report.Formats {
			out := covered(t, report.Style{Format: format, Width: 100}, m)
			inspect(t, format, out, 100)
			switch format {
			case report.Markdown:
				if i := markup.FindString(out); i != "" {
					t.Errorf("%q: Markdown reads %q in:\n%s", title, i, out)
				}
				if n := strings.Count(out, "\n|"); n != 9 {
					t.Errorf("%q: %d lines of tables in:\n%s", title, n, out)
				}
			case report.CSV:
				formulas(t, out)
			case report.JSON:
				var view struct{ Stories []struct{ ID, Title string } }
				if err := json.Unmarshal([]byte(out), &view); err != nil || view.Stories[0].Title != title || view.Stories[0].ID != title {
					t.Errorf("%v: %q became %q", err, title, view.Stories[0].Title)
				}
			}
		}
	}
}

// markup is what Markdown would take for more than text: a tag, code, a heading, a
// link or an image, two stars that the labels did not bring.
var markup = regexp.MustCompile("(?m)<[a-z!/][^r]|[^\\\\]`|^#|\\]\\(|[^\\\\*\n]\\*\\*[^ \n]")

func formulas(t *testing.T, out string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range slices.Concat(rows...) {
		if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
			t.Errorf("a spreadsheet reckons %q", cell)
		}
	}
}

// Whatever names and titles hold, no line passes the terminal's width, no control
// character comes through, and the drawing is one document of text and shapes.
func FuzzCoverage(f *testing.F) {
	for _, title := range hostiles {
		f.Add(title, "Kafka", 30, 7)
	}
	f.Add("数据库迁移😀👨‍👩‍👧 e\u0301", "数据库迁移数据库迁移数据库迁移", 61, 120)
	f.Add("", "ids of one letter", 57, 7)
	f.Add("A title that is rather longer than the terminal is wide", "🚀🚀", 24, 1)
	f.Fuzz(func(t *testing.T, title, name string, width, stories int) {
		if width < 24 || width > 300 || stories < 0 || stories > 200 || !utf8.ValidString(title+name) {
			t.Skip("the columns beside the names and a story need 24; stories are UTF-8")
		}
		m := few(title)
		m.Rows[0].Name = name
		for i := range stories {
			id := fmt.Sprint(title, i)
			m.Told = append(m.Told, coverage.Told{ID: id, Title: title, Proves: 1})
			m.Rows[i%4].Stories = append(m.Rows[i%4].Stories, coverage.Cell{ID: id, Depth: match.Depth(1 + i%3)})
		}
		for _, format := range report.Formats {
			inspect(t, format, covered(t, report.Style{Format: format, Width: width}, m), width)
		}
		var b bytes.Buffer
		if err := report.HeatSVG(&b, m, 12); err != nil {
			t.Fatal(err)
		}
		drawing(t, b.String())
	})
}

// drawing reads an SVG and gives all its text; it fails for what is neither text nor
// shape.
func drawing(t *testing.T, svg string) string {
	t.Helper()
	var all strings.Builder
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch x := token.(type) {
		case xml.CharData:
			all.Write(x)
		case xml.StartElement:
			if !slices.Contains([]string{"svg", "title", "desc", "text", "g", "rect", "circle"}, x.Name.Local) {
				t.Errorf("an element %s", x.Name.Local)
			}
			for _, a := range x.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "href" {
					t.Errorf("an attribute %s", a.Name.Local)
				}
			}
		case xml.Comment, xml.Directive, xml.ProcInst:
			t.Errorf("%T in %s", x, svg)
		}
	}
}

func TestHeatSVG(t *testing.T) {
	var b bytes.Buffer
	if err := report.HeatSVG(&b, few("<script>{{.}}</script>"), 0); err != nil {
		t.Fatal(err)
	}
	golden(t, "few.svg", b.String())
	text := drawing(t, b.String())
	for _, want := range []string{"Which story proves which skill", "Proved by none: SQS.", "Kafka in The cache: mentioned", "1  <script>{{.}}</script>", "2  The cache", "inferred"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	b.Reset()
	if err := report.HeatSVG(&b, broad(t), 10); err != nil {
		t.Fatal(err)
	}
	if text := drawing(t, b.String()); !strings.Contains(text, "and 50 more that prove no more than these") {
		t.Errorf("what is left out is not counted: %s", text)
	}
	b.Reset()
	if err := report.HeatSVG(&b, coverage.Matrix{}, 0); err != nil || b.Len() > 0 {
		t.Errorf("nothing is drawn as %q, %v", b.String(), err)
	}
}

func TestCoverageOfNothing(t *testing.T) {
	for format, want := range map[string]string{
		report.Table:    "",
		report.CSV:      "Skill,Wanted,Strength,Proved in,Mentioned in,Tagged in,Note\n",
		report.JSON:     `{"by":"skill","rows":[],"gaps":[],"thin":[],"single":[],"next":null,"stories":[],"silent":[]}`,
		report.Markdown: "",
	} {
		got := covered(t, report.Style{Format: format}, coverage.Matrix{By: coverage.Skills})
		if format == report.JSON {
			var b bytes.Buffer
			if err := json.Compact(&b, []byte(got)); err != nil {
				t.Fatal(err)
			}
			got = b.String()
		}
		if format != report.Markdown && got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

func BenchmarkCoverage(b *testing.B) {
	m := broad(b)
	for b.Loop() {
		if err := report.Coverage(io.Discard, report.Style{Width: 120}, m); err != nil {
			b.Fatal(err)
		}
	}
}
