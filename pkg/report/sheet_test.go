package report_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/sheet"
)

// sheetOf is a sheet that holds s wherever a person's text can stand.
func sheetOf(s string) sheet.Sheet {
	ref := sheet.Ref{ID: s, Title: s, Number: 1}
	return sheet.Sheet{
		Title: s, Company: s, Job: []sheet.Line{{Kind: job.Duty, Text: s}},
		Questions: []sheet.Question{{Text: s, Why: s, Story: ref, Backup: sheet.Ref{ID: s, Title: s}, Opening: s}, {Text: s, Why: s}},
		Stories:   []sheet.Story{{Ref: ref, Role: s, Company: s, Answers: []int{1}, Parts: []sheet.Part{{Name: "action", Sentences: []string{s}}}}},
		Matrix: coverage.Matrix{By: coverage.Skills, Job: true, Told: []coverage.Told{{ID: s, Title: s}},
			Rows: []coverage.Row{{Name: s, Must: true, Strength: coverage.Thin, Stories: []coverage.Cell{{ID: s, Depth: match.Proved}}}}},
		Wanted: 2, Proved: 1, Unnamed: 3,
		Bridges: []sheet.Bridge{{Skill: s, Must: true, Near: s + " too", Depth: match.Proved, Story: ref}},
		Bare:    []string{s},
		Ask:     []sheet.Ask{{Before: "You write ", Line: s, After: " Why?"}},
	}
}

func sheetDrawn(t testing.TB, format string, page sheet.Sheet) string {
	t.Helper()
	var b strings.Builder
	if err := report.Sheet(&b, report.Style{Format: format}, page); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever a text holds, the page has the same elements.
func FuzzSheetText(f *testing.F) {
	for _, s := range []string{"plain", `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "{{.}}", "\x1b[31mred", "\u202eabc\u2066", "</style></title></svg>", "<!--", "45 seconds & more", "\xff\xfe\uFFFE", "]]>`*_|"} {
		f.Add(s)
	}
	strong := strings.NewReplacer("<strong>", "", "</strong>", "")
	tags := func(s string) []string { return regexp.MustCompile(`<[^>]*>?`).FindAllString(strong.Replace(s), -1) }
	names := func(s string) []string {
		var out []string
		for _, tag := range tags(s) {
			out = append(out, strings.FieldsFunc(tag, func(r rune) bool { return r == ' ' || r == '>' })[0])
		}
		return out
	}
	want := names(sheetDrawn(f, report.HTML, sheetOf("x")))
	f.Fuzz(func(t *testing.T, s string) {
		page := sheetDrawn(t, report.HTML, sheetOf("x"+s))
		if diff := cmp.Diff(want, names(page)); diff != "" {
			t.Error(diff)
		}
		for _, format := range report.SheetFormats {
			if drawn := sheetDrawn(t, format, sheetOf("x"+s)); report.Clean(drawn) != drawn {
				t.Errorf("%s: %q", format, drawn)
			}
		}
	})
}

func TestSheetStandsAlone(t *testing.T) {
	page := sheetDrawn(t, report.HTML, sheetOf("It took 45 seconds."))
	for _, tc := range []struct{ why, want string }{
		{"a language", `<html lang="en">`},
		{"a policy that loads nothing", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`},
		{"heads of columns say what they are", `<th scope="col">`},
		{"heads of rows as well", `<th scope="row">`},
		{"figures stand out", `It took <strong>45 seconds</strong>.`},
	} {
		if !strings.Contains(page, tc.want) {
			t.Errorf("%s: no %s", tc.why, tc.want)
		}
	}
	if outside := regexp.MustCompile(`(?i)(?:src|href)="?[^"#][^"]*|url\(|@import|<script|<link| style=`).FindString(page); outside != "" {
		t.Errorf("%q", outside)
	}
}

// The zero sheet is a page with nothing on it.
func TestEmptySheet(t *testing.T) {
	if page := sheetDrawn(t, report.HTML, sheet.Sheet{}); !strings.Contains(page, "<h1>Interview</h1>") || strings.Contains(page, "<h2") {
		t.Error(page)
	}
	if diff := cmp.Diff("# Interview\n", sheetDrawn(t, report.Markdown, sheet.Sheet{})); diff != "" {
		t.Error(diff)
	}
}

func TestFiguresStandOut(t *testing.T) {
	for _, tc := range []struct{ why, sentence, want string }{
		{"a number with what it counts", "The query took 45 seconds.", "The query took **45 seconds**."},
		{"two numbers", "It fell from more than 500 to 3.", "It fell from more than **500** to **3**."},
		{"a share, and a sign before it", "Errors fell by ~99.9% overnight.", "Errors fell by **~99.9%** overnight."},
		{"money", "It cost $1,200 a month.", "It cost **$1,200** a month."},
		{"a range", "It came back after 10-15 minutes.", "It came back after **10-15 minutes**."},
		{"a factor", "Pages were 3x faster.", "Pages were **3x** faster."},
		{"words for a number, with what they count", "It took twenty minutes.", "It took **twenty minutes**."},
		{"words that say a figure without one", "The load halved.", "The load **halved**."},
		{"a number word that counts nothing to speak of", "One of us looked.", "One of us looked."},
		{"names that hold a digit", "EC2, S3, v2, N+1, IPv4 and HTTP/2.", "EC2, S3, v2, N+1, IPv4 and HTTP/2."},
		{"a year", "Since 2023 it is stable.", "Since 2023 it is stable."},
		{"a date", "On 2023-04-05 it broke.", "On 2023-04-05 it broke."},
		{"an ordinal", "The 3rd try worked.", "The 3rd try worked."},
	} {
		t.Run(tc.why, func(t *testing.T) {
			page := sheet.Sheet{Stories: []sheet.Story{{Ref: sheet.Ref{ID: "a", Number: 1}, Parts: []sheet.Part{{Name: "action", Sentences: []string{tc.sentence}}}}}}
			if got := sheetDrawn(t, report.Markdown, page); !strings.Contains(got, "  - "+tc.want+"\n") {
				t.Errorf("%s", got)
			}
		})
	}
}
