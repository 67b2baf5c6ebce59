package importer

import (
	"strings"
	"testing"
	"time"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// A document may come from anybody: a large one is read or refused in no time.
func TestHostileDocuments(t *testing.T) {
	long := func(before, unit, after string) string {
		return before + strings.Repeat(unit, (MaxSize/8-len(before)-len(after))/len(unit)) + after
	}
	lines := func(line string) string { return strings.Repeat(line, min(maxLines/8, MaxSize/8/len(line))) }
	const entry = "## Thing\n\n**Problem:** It broke.\n\n**Fix:** I mended it.\n\n"
	for _, tc := range []struct{ why, doc, want string }{
		{"more lines than are read", strings.Repeat("\n", maxLines+1), "the document has over 200,000 lines, the most that are read: split it"},
		{"a longer line than is read", "a\n" + strings.Repeat("a", maxLine+1), "line 2: over 2 MiB, the most of one line"},
		{"brackets in brackets", long("", "[", strings.Repeat("]", MaxSize/16)), ""},
		{"links without an end", long("", "[a](", ""), ""},
		{"links in lines", lines("k: [a]\n"), ""},
		{"pictures in links", long("", "![[](", ""), ""},
		{"stars", long("", "*a", ""), ""},
		{"stars and lines", long("", "a**b", ""), ""},
		{"backticks of many lengths", ticks(MaxSize / 8), ""},
		{"tags without an end", long("", "<a ", ""), ""},
		{"comments without an end", long("", "<!-- ", ""), ""},
		{"quotes in quotes", long("", "> ", ""), "line 1: more than 100 list or quote marks in a row"},
		{"columns", "|" + strings.Repeat("a|", MaxSize/16) + "\n|" + strings.Repeat("-|", MaxSize/16) + "\n|b|\n", ""},
		{"columns and rows", "|" + strings.Repeat("a|", 50_000) + "\n|" + strings.Repeat("-|", 50_000) + "\n" + strings.Repeat("|b\n", 20_000), ""},
		{"references", lines("[a]: b\n"), ""},
		{"bullets", lines("- a\n"), ""},
		{"bullets in bullets", nested(MaxSize / 8), ""},
		{"headings", lines("# a\n"), ""},
		{"entries", long("", entry, ""), ""},
		{"a story without an end", long(entry, "a ", ""), ""},
		{"labels", lines("Problem: x\n"), ""},
		{"slashes", long("", "a/", ""), ""},
		{"JSON in JSON", long(`{"basics":`, "[", ""), ""},
		{"a résumé of many jobs", long(`{"basics":{"name":"A"},"work":[`, `{"name":"a","position":"b","highlights":["I mended it."]},`, `{}]}`), ""},
		{"a story bank", long("# Story Bank\n\n", "### [Theme] A\n**S (Situation):** It broke.\n**R (Result):** c\n\n", ""), ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			for _, file := range []string{"f.md", "f.txt"} {
				_, err := Read(file, []byte(tc.doc), "")
				if err == nil && tc.want != "" || err != nil && tc.want != err.Error() && !strings.HasPrefix(tc.doc, "{") {
					t.Errorf("%v, want %q", err, tc.want)
				}
			}
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func ticks(size int) string {
	var b strings.Builder
	for i := 1; b.Len() < size-2000; i++ {
		b.WriteString("e" + strings.Repeat("`", i%1500))
	}
	return b.String()
}

func nested(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size-300; i++ {
		b.WriteString(strings.Repeat("  ", i%90) + "- a\n")
	}
	return b.String()
}
