package main

import (
	"maps"
	"path"
	"strings"
	"testing"
)

// Whatever surrounds it, the same input gives the same bytes, on the screen and in files.
func TestSameBytesEverywhere(t *testing.T) {
	prep := program(t, "prep-at-noon")
	files := warm(t, prep, usedHome(t))
	first := surrounding{env: []string{"TZ=UTC", "LC_ALL=C", "LANG=C", "GOMAXPROCS=2"}, umask: "022"}
	others := []surrounding{
		{
			why: "Samoa, Turkish, one core, files made in the other order", under: "x", backwards: true, umask: "077",
			env: []string{"TZ=Pacific/Apia", "LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8", "GOMAXPROCS=1"},
		},
		{
			why: "Newfoundland, German, eight cores, a long path", under: "a folder/with blanks/and Ünïcode/and a longer path than the other one", umask: "000",
			env: []string{"TZ=America/St_Johns", "LANG=de_DE.UTF-8", "LC_NUMERIC=de_DE.UTF-8", "GOMAXPROCS=8", "COLUMNS=40", "TERM=xterm-256color"},
		},
	}
	for _, u := range everyUse() {
		t.Run(u.String(), func(t *testing.T) {
			t.Parallel()
			want := first.run(t, prep, files, u)
			if want.Code != u.code {
				t.Fatalf("exit %d: %s", want.Code, want.Stderr)
			}
			for _, s := range others {
				if diff := want.differ(s.run(t, prep, files, u)); diff != "" {
					t.Errorf("%s: %s", s.why, diff)
				}
			}
		})
	}
}

// What an editor on Windows saves, with its line ends and its mark at the beginning,
// reads as if it were saved anywhere else.
func TestLineEndsOfWindows(t *testing.T) {
	prep := program(t, "prep-at-noon")
	unix := usedHome(t)
	unix["prompts/own.yaml"] = "- {id: own-kafka, text: \"Where did Kafka fail you?\", level: mid, competencies: [failure], skills: [Kafka]}\n"
	windows := maps.Clone(unix)
	for name, text := range windows {
		switch path.Ext(name) {
		case ".yaml", ".txt", ".md", ".html":
			windows[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
		case ".jsonl":
			windows[name] = strings.ReplaceAll(text, "\n", "\r\n")
		}
	}
	for _, u := range []use{
		{command: "prep list", args: []string{"--format", "json"}},
		{command: "prep show", args: []string{"payment-webhook-hell"}},
		{command: "prep lint", args: []string{"--stories", "broken"}},
		{command: "prep lint"},
		{command: "prep match", args: []string{"--jd", "job.txt", "--format", "json"}},
		{command: "prep match", args: []string{"--jd", "job.html", "--format", "json"}},
		{command: "prep star", args: []string{"payment-webhook-hell"}},
		{command: "prep export", args: []string{"--to", "markdown"}},
		{command: "prep import", args: []string{"notes.md", "--dry-run", "--format", "json"}},
		{command: "prep review", args: []string{"answer.txt", "--story", "isik-in-istanbul"}},
		{command: "prep questions", args: []string{"--prompts", "prompts", "--format", "json"}},
		{command: "prep stats", args: []string{"--format", "json"}},
		{command: "prep drill", args: []string{"--seed", "7", "--format", "json"}},
	} {
		t.Run(u.String(), func(t *testing.T) {
			t.Parallel()
			want, got := surrounding{}.run(t, prep, unix, u), surrounding{}.run(t, prep, windows, u)
			want.Files, got.Files = nil, nil
			if diff := want.differ(got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
