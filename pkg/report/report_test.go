package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		why, in string
		width   int
		want    string
	}{
		{"breaks at blanks", "one two three", 8, "one two\nthree"},
		{"keeps line breaks", "one\ntwo three", 20, "one\ntwo three"},
		{"breaks a word only where it must", "a pneumonoultra b", 6, "a\npneumo\nnoultr\na b"},
		{"counts wide characters as two", "数据库 数据", 6, "数据库\n数据"},
		{"no bound", "one two", 0, "one two"},
	} {
		if diff := cmp.Diff(tc.want, report.Wrap(tc.in, tc.width)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func hostile(s string) story.Story {
	return story.Story{ID: "x", File: "x.yaml", Title: s, Problem: yaml.Text{s, s}, Skills: []string{s}}
}

// Whatever a story holds, no line of a table passes the terminal's width, no
// control character reaches the screen, and JSON holds every character.
func FuzzViews(f *testing.F) {
	f.Add("A plain title that is rather longer than the terminal is wide, so that it wraps", 50)
	f.Add("\x1b[31mred\x1b[0m \u202e \u009b2J <script>", 60)
	f.Add("数据库迁移😀👨‍👩‍👧 e\u0301", 54)
	f.Add("=1+1 | `x`", 80)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 50 || width > 300 || !utf8.ValidString(s) {
			t.Skip("five columns of eight cells and their gaps need 50; stories are UTF-8")
		}
		stories := []story.Story{hostile(s)}
		for _, format := range report.Formats {
			style := report.Style{Format: format, Width: width}
			var list, show bytes.Buffer
			if err := report.List(&list, style, stories); err != nil {
				t.Fatal(err)
			}
			if err := report.Show(&show, style, stories[0]); err != nil {
				t.Fatal(err)
			}
			for _, out := range []string{list.String(), show.String()} {
				inspect(t, format, out, width)
			}
			if format == report.JSON {
				var views []struct{ Title string }
				if err := json.Unmarshal(list.Bytes(), &views); err != nil || views[0].Title != s {
					t.Errorf("%v: %q became %q", err, s, views[0].Title)
				}
			}
		}
	})
}

func inspect(t *testing.T, format, out string, width int) {
	t.Helper()
	if i := strings.IndexFunc(out, func(r rune) bool {
		return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}); i >= 0 {
		t.Errorf("%s: a control character at %d of %q", format, i, out)
	}
	for line := range strings.Lines(out) {
		if n := twwidth.Width(strings.TrimRight(line, "\n")); format == report.Table && n > width {
			t.Errorf("%d cells in a terminal of %d: %q", n, width, line)
		}
	}
}
