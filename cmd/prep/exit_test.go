package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// prep runs the whole program in an empty folder that holds files, with stdin as
// its standard input.
func prep(t *testing.T, files map[string]string, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		t.Setenv("XDG_"+kind+"_HOME", filepath.Join(dir, ".xdg"))
	}
	var out, errs bytes.Buffer
	code = run(args, io.NopCloser(strings.NewReader(stdin)), &out, &errs)
	return code, out.String(), errs.String()
}

const story1 = "title: Orders went out twice\nproblem: Twelve parcels went out twice.\nresolution: I added an idempotency key in PostgreSQL.\n"

// Bad input of every kind gets one clear line a problem and exit code 2; nothing
// is printed on standard output.
func TestBadInputIsOneClearLine(t *testing.T) {
	good := map[string]string{"stories/orders.yaml": story1}
	with := func(name, text string) map[string]string {
		return map[string]string{"stories/orders.yaml": story1, name: text}
	}
	for _, tc := range []struct {
		why   string
		files map[string]string
		stdin string
		args  []string
		want  string
	}{
		{"unknown key", with("stories/x.yaml", "title: T\nproblem: P\nresolutoin: R\n"), "", []string{"list"},
			`stories/x.yaml:3:1: unknown key "resolutoin" (did you mean "resolution"?)`},
		{"empty file", with("stories/x.yaml", ""), "", []string{"list"}, "stories/x.yaml:1: the file is empty"},
		{"second document", with("stories/x.yaml", story1+"---\n"+story1), "", []string{"list"},
			`stories/x.yaml:4:1: a second document begins here ("---"): one file holds one`},
		{"wrong type", with("stories/x.yaml", "title: [a]\nproblem: {a: b}\nskills: Go\n"), "", []string{"list"},
			"stories/x.yaml:1:8: title must be text, not a list\nstories/x.yaml:2:10: problem must be text or a list of texts, not keys with values\nstories/x.yaml:3:9: skills must be a list (- …), not text"},
		{"impossible date", with("stories/x.yaml", "title: T\ndate: 2023-02-30\nproblem: P\n"), "", []string{"list"},
			`stories/x.yaml:2:7: date: "2023-02-30" is not a date: day out of range`},
		{"not UTF-8", with("stories/x.yaml", "title: caf\xe9\nproblem: P\n"), "", []string{"list"},
			"stories/x.yaml:1:11: not valid UTF-8: save the file as UTF-8"},
		{"over 1 MiB", with("stories/x.yaml", "title: T\nproblem: "+strings.Repeat("x", 1<<20)), "", []string{"list"},
			"stories/x.yaml: the file is over 1 MiB, the most that is read; split it"},
		{"duplicate id", with("stories/orders.yml", story1), "", []string{"list"},
			"stories/orders.yml: the same id as orders.yaml: rename one of the two files"},
		{"no such folder", good, "", []string{"list", "--stories", "nowhere"},
			"prep: error: no story folder nowhere\nprep: hint: prep init nowhere makes one"},
		{"no stories to rank", map[string]string{"stories/notes.txt": ""}, "", []string{"match", "--question", "Why?"},
			"prep: error: no stories yet in stories\nprep: hint: prep import FILE adds some"},
		{"no stories to check", map[string]string{"stories/notes.txt": ""}, "", []string{"lint"},
			"prep: error: no story files to check in stories\nprep: hint: prep import FILE adds some"},

		{"a question without its flag", good, "", []string{"match", "Tell me about a mistake"},
			"prep: error: a question needs its flag\nprep: hint: prep match --question \"…\""},
		{"a posting without its flag", with("job.txt", "You know Go."), "", []string{"match", "job.txt"},
			"prep: error: a job description needs its flag\nprep: hint: prep match --jd job.txt"},
		{"missing job description", good, "", []string{"match", "--jd", "job.txt"},
			"prep: error: job.txt: no such file or directory"},
		{"empty job description", with("job.txt", " \n"), "", []string{"match", "--jd", "job.txt"},
			"prep: error: job.txt: the job description is empty"},
		{"empty standard input", good, "", []string{"match", "--jd", "-"},
			"prep: error: standard input: the job description is empty"},
		{"binary job description", with("job.txt", "\x7fELF\x00\x01\x02"), "", []string{"match", "--jd", "job.txt"},
			"prep: error: job.txt: the job description is not text (UTF-8)"},
		{"50 MiB job description", with("job.txt", strings.Repeat("You know Go well. ", 50<<20/18)), "", []string{"match", "--jd", "job.txt"},
			"prep: error: job.txt: the job description is over 256 KiB, the most that is read"},
		{"a job description in an old Word file", with("job.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "", []string{"match", "--jd", "job.doc"},
			"prep: error: job.doc: this is a Word file of the old kind (.doc): save it as .docx or PDF"},
		{"a scanned job description", with("job.pdf", "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages<</Contents 2 0 R>>>> endobj"), "", []string{"plan", "--jd", "job.pdf"},
			"prep: error: job.pdf: the PDF holds no text: it may be a scan" + pasteHint},
		{"an address of another kind", good, "", []string{"match", "--jd", "ftp://example.com/job"},
			"prep: error: ftp://example.com/job: addresses are read over http and https, not ftp"},
		{"an address without a host", good, "", []string{"match", "--jd", "https:///job"}, "prep: error: https:///job: this is no web address"},
		{"a folder as job description", good, "", []string{"match", "--jd", "stories"},
			"prep: error: stories: is a directory"},

		{"neither job nor question", good, "", []string{"match"},
			"prep: error: nothing to match\nprep: hint: prep match --jd job.txt, or prep match --question \"…\""},
		{"both job and question", good, "", []string{"match", "--jd", "-", "--question", "Why?"},
			"prep: error: --jd and --question exclude each other"},
		{"empty question", good, "", []string{"match", "--question", " "},
			"prep: error: the question is empty"},
		{"unknown command", good, "", []string{"mtach"}, "prep: error: unknown command \"mtach\"\nprep: hint: did you mean \"match\"?"},
		{"unknown flag", good, "", []string{"list", "--frmat", "json"}, "prep: error: unknown flag: --frmat\nprep: hint: prep list --help lists the flags"},
		{"unknown format", good, "", []string{"list", "--format", "xml"},
			"prep: error: invalid argument \"xml\" for \"--format\" flag: choose one of table, markdown, json or csv\nprep: hint: prep list --help lists the flags"},
		{"unknown id", good, "", []string{"show", "order"}, "prep: error: no story \"order\"\nprep: hint: did you mean \"orders\"?"},
		{"no id", good, "", []string{"star"}, "prep: error: prep star takes one story id, not 0\nprep: hint: prep list shows the ids"},
		{"a time that is none", good, "", []string{"star", "orders", "--time", "soon"},
			"prep: error: invalid argument \"soon\" for \"--time\" flag: \"soon\" is no length of time: write 90s or 2m\nprep: hint: prep star --help lists the flags"},
		{"a time too short", good, "", []string{"star", "orders", "--time", "1s"}, "prep: error: time is \"1s\": an answer takes 10s to 15m"},
		{"unknown competency", good, "", []string{"drill", "--competency", "ownreship"}, "prep: error: no competency \"ownreship\"\nprep: hint: did you mean ownership?"},
		{"no question", good, "", []string{"drill", "--count", "0"}, "prep: error: --count is 0: draw at least 1"},
		{"no posting to plan for", good, "", []string{"plan"}, "prep: error: nothing to plan for\nprep: hint: prep plan --jd job.txt, or interviews: with a posting in prep.yaml"},
		{"a plan of no question", good, "", []string{"plan", "--jd", "job.txt", "-n", "0"}, "prep: error: -n is 0: a plan holds 1 to 50 questions"},
		{"a missing posting to plan for", good, "", []string{"plan", "--jd", "job.txt"}, "prep: error: job.txt: no such file or directory"},
		{"an unknown value set", with("job.txt", "You know Go well."), "", []string{"plan", "--jd", "job.txt", "--framework", "gitlub"},
			"prep: error: no value set \"gitlub\"\nprep: hint: did you mean gitlab?"},
		{"an unknown story to avoid", with("job.txt", "You know Go well."), "", []string{"plan", "--jd", "job.txt", "--avoid", "ordres"},
			"prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"all stories avoided", with("job.txt", "You know Go well."), "", []string{"plan", "--jd", "job.txt", "--avoid", "orders"},
			"prep: error: no story is left to tell\nprep: hint: plan without --avoid or --for"},
		{"no posting for a sheet", good, "", []string{"sheet", "-o", "sheet.html"}, "prep: error: nothing to prepare for\nprep: hint: prep sheet --jd job.txt -o sheet.html"},
		{"a missing posting for a sheet", good, "", []string{"sheet", "--jd", "job.txt", "-o", "sheet.html"}, "prep: error: job.txt: no such file or directory"},
		{"Markdown in the browser", good, "", []string{"sheet", "--jd", "job.txt", "--format", "markdown", "--open"}, "prep: error: --open shows the HTML page, not Markdown"},
		{"no file to open", good, "", []string{"sheet", "--jd", "job.txt", "--open"},
			"prep: error: --open shows a file, and none is named\nprep: hint: prep sheet --jd job.txt -o sheet.html --open"},
		{"a sheet as a table", good, "", []string{"sheet", "--jd", "job.txt", "--format", "table"},
			"prep: error: invalid argument \"table\" for \"--format\" flag: choose one of html or markdown\nprep: hint: prep sheet --help lists the flags"},
		{"an unknown story to leave off the sheet", with("job.txt", "You know Go well."), "", []string{"sheet", "--jd", "job.txt", "--avoid", "ordres"},
			"prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"a story told nowhere", good, "", []string{"told", "orders"}, "prep: error: told: no company named\nprep: hint: prep told ID --to COMPANY"},
		{"a company with blanks alone", good, "", []string{"told", "--to", " "}, "prep: error: told: no company named\nprep: hint: prep told ID --to COMPANY"},
		{"how it went, but not what", good, "", []string{"told", "--to", "Acme", "--went", "3"}, "prep: error: told: no story named\nprep: hint: prep list shows the ids"},
		{"it went off the scale", good, "", []string{"told", "orders", "--to", "Acme", "--went", "5"}, "prep: error: --went is 5: choose 1 (badly) to 4 (very well)"},
		{"told on a day to come", good, "", []string{"told", "orders", "--to", "Acme", "--date", "9000-01-01"}, "prep: error: --date is 9000-01-01: that day is still to come"},
		{"told on no day", good, "", []string{"told", "orders", "--to", "Acme", "--date", "1.3.2026"},
			"prep: error: invalid argument \"1.3.2026\" for \"--date\" flag: \"1.3.2026\" is no day: write it as 2026-03-15\nprep: hint: prep told --help lists the flags"},
		{"an unknown story told", good, "", []string{"told", "ordres", "--to", "Acme"}, "prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"taking back what was not told", good, "", []string{"told", "orders", "--to", "Acme", "--undo"},
			"prep: error: orders was not told at Acme\nprep: hint: prep told --to Acme lists what was"},
		{"a history that is a folder", with(".xdg/prep/practice.jsonl/x", ""), "", []string{"stats"}, "prep: error: .xdg/prep/practice.jsonl: is a directory"},
		{"no place for the history", with(".xdg", ""), "", []string{"told", "orders", "--to", "Acme"}, "prep: error: .xdg/prep/practice.jsonl: not a directory"},
		{"an interview on no day", with("prep.yaml", "interviews: [{company: Acme, date: soon}]\n"), "", []string{"drill"},
			"prep.yaml:1:36: date: \"soon\" is no day: write it as 2026-03-15"},
		{"an interview nowhere", with("prep.yaml", "interviews: [{date: 2026-03-15}]\n"), "", []string{"stats"},
			"prep.yaml:1:14: entry 1 of interviews has no \"company\": it is required"},
		{"an interview whose posting is gone", with("prep.yaml", "interviews: [{company: Acme, date: 9000-01-01, posting: gone.txt}]\n"), "", []string{"drill"},
			"prep: error: gone.txt: no such file or directory\nprep: hint: your config names it for the interview at Acme; --jd names another"},
		{"config with an unknown key", with("prep.yaml", "wmp: 150\n"), "", []string{"list"},
			"prep.yaml:1:1: unknown key \"wmp\" (did you mean \"wpm\"?)"},
		{"bands out of range", with("prep.yaml", "bands: {setup: [0.4, 0.2]}\n"), "", []string{"star", "orders"},
			"prep.yaml: bands: setup is [0.4 0.2]: give [low, high], two shares from 0 to 1"},
		{"config out of range", with("prep.yaml", "wpm: 20\n"), "", []string{"star", "orders"}, "prep: error: wpm is 20: words a minute lie between 60 and 400"},
		{"broken question of one's own", with("own/q.yaml", "- {id: a-b, text: \"Why?\", level: senior, competencies: [faliure]}\n"), "", []string{"questions", "--prompts", "own"},
			"own/q.yaml:1: question \"a-b\": unknown competency \"faliure\" (did you mean \"failure\"?)"},
		{"writing without a library", nil, "", []string{"mcp", "--write"},
			"prep: error: --write needs a story folder, and there is none here\nprep: hint: prep init makes one, --stories names one"},
		{"serving a folder that is none", good, "", []string{"mcp", "--stories", "nowhere"},
			"prep: error: no story folder nowhere\nprep: hint: prep init nowhere makes one"},
		{"no message of the protocol", good, "hello\n", []string{"mcp"},
			"prep: error: mcp: invalid character 'h' looking for beginning of value\nprep: hint: what is sent must be messages of the Model Context Protocol, one a line"},
		{"nothing to import", good, "", []string{"import"}, "prep: error: no file to import\nprep: hint: prep import work-log.md"},
		{"missing import", good, "", []string{"import", "log.md"}, "prep: error: log.md: no such file or directory"},
		{"binary import", with("log.md", "\x00\x01"), "", []string{"import", "log.md"}, "prep: error: log.md: the document is binary: it holds zero bytes"},
		{"broken JSON to import", with("resume.json", "{\n\"work\": [}"), "", []string{"import", "resume.json"},
			"prep: error: resume.json: line 2: not valid JSON: invalid character '}' looking for beginning of value"},
		{"no format to export to", good, "", []string{"export"}, "prep: error: no format named\nprep: hint: --to takes markdown, json, jsonresume, story-bank, csv or anki"},
		{"an unknown format to export to", good, "", []string{"export", "--to", "docx"},
			"prep: error: invalid argument \"docx\" for \"--to\" flag: choose one of markdown, json, jsonresume, story-bank, csv or anki\nprep: hint: prep export --help lists the flags"},
		{"an unknown story to export", good, "", []string{"export", "ordres", "--to", "json"}, "prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"nothing to export", map[string]string{"stories/notes.txt": ""}, "", []string{"export", "--to", "json"},
			"prep: error: no stories yet in stories\nprep: hint: prep import FILE adds some"},
		{"a folder to export to", good, "", []string{"export", "--to", "json", "-o", "no/where.json"}, "prep: error: cannot write no/where.json: no such file or directory"},
		{"a new story without a title", good, "", []string{"new"}, "prep: error: the new story has no title\nprep: hint: prep new The night the disk filled"},
		{"a title that is no text", good, "", []string{"new", "caf\xe9"}, "prep: error: the title \"caf\\xe9\" is not valid UTF-8"},
		{"an unknown story to edit", good, "", []string{"edit", "ordres"}, "prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"a story outside the library", with("secret.yaml", story1), "", []string{"edit", "../secret"}, "prep: error: no story \"../secret\"\nprep: hint: prep list shows the ids"},
		{"no story to edit", good, "", []string{"edit"}, "prep: error: prep edit takes one story id, not 0\nprep: hint: prep list shows the ids"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			code, stdout, stderr := prep(t, tc.files, tc.stdin, tc.args...)
			if diff := cmp.Diff(fmt.Sprintf("exit 2\n%s\n", tc.want), fmt.Sprintf("exit %d\n%s", code, stderr)); diff != "" {
				t.Error(diff)
			}
			if stdout != "" {
				t.Errorf("standard output: %q", stdout)
			}
		})
	}
}

// Exit code 1 means that the program ran and the answer is no.
func TestNoIsExitCodeOne(t *testing.T) {
	for _, tc := range []struct {
		why   string
		files map[string]string
		args  []string
	}{
		{"no story fits", map[string]string{"stories/orders.yaml": story1}, []string{"match", "--question", "Describe a merger you negotiated"}},
		{"no story for any likely question", map[string]string{"stories/lift.yaml": "title: Lift\nproblem: The lift was stuck.\n", "job.txt": "You know Kafka well."}, []string{"plan", "--jd", "job.txt", "-n", "2"}},
		{"a sheet without a story", map[string]string{"stories/lift.yaml": "title: Lift\nproblem: The lift was stuck.\n", "job.txt": "You know Kafka well."}, []string{"sheet", "--jd", "job.txt"}},
		{"lint found an error", map[string]string{"stories/x.yaml": story1 + "competencies: [nonsense]\n"}, []string{"lint"}},
		{"lint found a broken file", map[string]string{"stories/x.yaml": "title: T\n"}, []string{"lint"}},
		{"a document without a story", map[string]string{"recipe.md": "# Soup\n\nBoil water.\n"}, []string{"import", "recipe.md"}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			code, _, stderr := prep(t, tc.files, "", tc.args...)
			if code != 1 {
				t.Errorf("exit %d: %s", code, stderr)
			}
		})
	}
}
