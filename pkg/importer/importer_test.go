package importer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// TestDocuments reads whole documents, one or more of each layout: what should come
// out lies beside each in a folder of its name, or nothing where it holds no story.
func TestDocuments(t *testing.T) {
	tests := []struct{ file, strategy, why string }{
		{"workshop-log.md", "labels", "a work log: bold labels, a story without any between two with"},
		{"star-bank.md", "labels", "STAR with every spelling of a label, a slip in one, a skeleton and a map"},
		{"drafts-zh.md", "labels", "Chinese labels; the story's name is the heading over its draft"},
		{"deutsch.md", "labels", "a language whose labels the table does not have is read by its structure"},
		{"postmortem.md", "headings", "one incident a file, headings as labels, done and open follow-ups"},
		{"long-answers.md", "headings", "two levels of headings, letters with notes, questions afterwards"},
		{"brag-year.md", "projects", "a year's brag document: projects among goals, books and mentoring"},
		{"values.md", "principles", "stories under principles: a list, a bold title, cases, prose, one twice"},
		{"wins.md", "bullets", "a bullet per story under years and their categories"},
		{"my-failures.md", "bullets", "a bullet per story under categories, behind a TOML front matter"},
		{"table-bank.md", "rows", "a table per story, and one with a row per story"},
		{"folded.md", "details", "a <details> per story, also where Markdown takes its list for HTML"},
		{"nested.md", "nested", "a list in which some bullets are told at length, indented by one space"},
		{"lessons.txt", "lines", "plain text: a title over label lines"},
		{"talks.txt", "lines", "plain text without labels: titles over bullets, counted titles, rules, code"},
		{"notas.txt", "lines", "plain text, underlined titles, Spanish labels"},
		{"diary.txt", "dated", "a dated log: lines with something under them, labels of every spelling"},
		{"guide.md", "", "how to write stories: it holds none"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			r := read(t, tt.file, string(data))
			if r.Strategy != tt.strategy {
				t.Errorf("%s: read as %q (%s), want %q", tt.why, r.Strategy, r.Evidence, tt.strategy)
			}
			want := map[string]string{}
			paths, _ := filepath.Glob(filepath.Join("testdata", strings.TrimSuffix(tt.file, filepath.Ext(tt.file)), "*"))
			for _, path := range paths {
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				want[filepath.Base(path)] = string(b)
			}
			if diff := cmp.Diff(want, files(r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// files renders a report as the files that an import writes, and what it skips.
func files(r importer.Report) map[string]string {
	out := map[string]string{}
	for _, d := range importer.Merge(nil, r.Stories, nil) {
		out[d.Story.File] = string(story.Write(d.Story))
	}
	for _, s := range r.Skipped {
		out["skipped.txt"] += fmt.Sprintf("%d: %s (%s)\n", s.Line, s.Text, s.Reason)
	}
	return out
}

func read(t testing.TB, file, text string) importer.Report {
	t.Helper()
	r, err := importer.Read(file, []byte(text), "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestFields shows where one entry's text goes.
func TestFields(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"the plain case", "## T\n\n**Problem:** It broke.\n\n**Fix:** I glued it.",
			"problem: It broke.\nresolution: I glued it."},
		{"spellings of a label", "## T\n**PROBLEM**: a\n**Root cause** — b\n**Fixes applied.** c\n__The Outcome:__ d\n*Lessons learnt:* e\n***In hindsight:*** f",
			"problem: a\nroot_cause: b\nresolution: c\nimpact: d\nlessons: e\nhindsight: f"},
		{"a label with blanks behind it has its text on the next line", "## T\n\n**Problem:**  \nIt broke.\n\n**Fix**\\\nGlue.",
			"problem: It broke.\nresolution: Glue."},
		{"a label over several blocks", "## T\n\n**Problem:** a\n\nb\n\n- c\n\n  d\n\n**Fix:** e",
			"problem:\n  - a\n  - b\n  - c\n  - d\nresolution: e"},
		{"a hard line break parts, a soft one does not", "## T\n\n**Problem:** a  \nb\nc\n\n**Fix:** d",
			"problem:\n  - a\n  - b c\nresolution: d"},
		{"emphasis goes, code, links and stars of one's own stay", "## T\n\n**Problem:** **a** *b* `c*d_e` [f](g_h_) 2 * 3 i_j k\\*l\n\n**Fix:** **m***n*",
			"problem: a b `c*d_e` [f](g_h_) 2 * 3 i_j k*l\nresolution: mn"},
		{"bold prose is no label", "## T\n\n**Problem:** a\n\n**Never again** without a backup.\n\n**Fix:** b",
			"problem:\n  - a\n  - Never again without a backup.\nresolution: b"},
		{"a label's word within prose is none", "## T\n\n**Problem:** a\n\n**Result** lists were empty.\n\n**Fix:** b",
			"problem:\n  - a\n  - Result lists were empty.\nresolution: b"},
		{"an unknown label is kept with its text", "## T\n\n**Problem:** a\n\n**Ticket:** 41\n\n**Asked for:**\n\n- b\n- c",
			"problem: a\ncontext:\n  - 'Ticket: 41'\n  - 'Asked for:'\n  - b\n  - c"},
		{"a label that says itself that it was not done stays with its text", "## T\n\n**Problem:** a\n\n**Next time:** b", "problem: a\nhindsight: 'Next time: b'"},
		{"done follow-ups are lessons, open ones are hindsight", "## T\n\n**Problem:** a\n\n**Action items:**\n\n- [x] b\n- [ ] c\n- d",
			"problem: a\ncontext:\n  - 'Action items:'\n  - d\nlessons: '[x] b'\nhindsight: '[ ] c'"},
		{"STAR: the situation is the problem", "## T\n\n**Situation:** a\n\n**Task:** b\n\n**Action:** c\n\n**Result:** d",
			"problem: a\ntask: b\nresolution: c\nimpact: d"},
		{"the situation is context where the problem is named", "## T\n\n**S:** a\n\n**Mistake:** b\n\n**A:** c",
			"problem: b\ncontext: a\nresolution: c"},
		{"two fields in one label feed the later", "## T\n\n**Problem:** a\n\n**T + A:** b", "problem: a\nresolution: b"},
		{"text before the first label is the problem", "## T\n\nIt broke.\n\n**Fix:** b", "problem: It broke.\nresolution: b"},
		{"or context, where the problem is named", "## T\n\nA Monday.\n\n**Problem:** It broke.", "problem: It broke.\ncontext: A Monday."},
		{"without any of these, the first sentence", "## T\n\n**Fix:** It broke at 3.5 MB. I glued it.", "problem: It broke at 3.5 MB.\nresolution: I glued it."},
		{"what was not done is never told as done", "## T\n\n**Problem:** a\n\n**Fix:**\n\n- b\n- COULD HAVE tested c\n- I should have asked d. It was late.",
			"problem: a\nresolution: b\nhindsight:\n  - COULD HAVE tested c\n  - I should have asked d. It was late."},
		{"in prose by sentences", "## T\n\n**Problem:** a\n\n**Fix:** I did b. We could've tested c. I did d.",
			"problem: a\nresolution: I did b. I did d.\nhindsight: We could've tested c."},
		{"but what could have come of it is impact", "## T\n\n**Problem:** a\n\n**Impact:** Could have cost 9,000 euro.",
			"problem: a\nimpact: Could have cost 9,000 euro."},
		{"skills split at commas or bullets", "## T\n\n**Problem:** a\n\n**Skills:** Go, CI/CD, load testing.", "problem: a\nskills: [Go, CI/CD, load testing]"},
		{"a text after the skills is none", "## T\n\n**Problem:** a\n\n**Skills:**\n\n- Go\n- SQL\n\nOne, two.", "problem: a\ncontext: One, two.\nskills: [Go, SQL]"},
		{"a date as dates are written here", "## T\n\n**Problem:** a\n\n**Date:** 2024-03-15\n\n**Company:** Acme", "date: 2024-03-15\ncompany: Acme\nproblem: a"},
		{"another date is kept as it stands", "## T\n\n**Problem:** a\n\n**Date:** in March", "problem: a\ncontext: 'Date: in March'"},
		{"code keeps its lines", "## T\n\n**Problem:** a\n\n**Fix:**\n\n```go\nx := 1\n# no heading\n```", "problem: a\nresolution: |-\n  ```go\n  x := 1\n  # no heading\n  ```"},
		{"quotes, tables and pasted HTML", "## T\n\n**Problem:**\n\n> a\n> b\n\n| c | d |\n|---|---|\n| *e* | f |\n\n<b>g</b>", "problem:\n  - a b\n  - '| c | d |'\n  - '| *e* | f |'\n  - <b>g</b>"},
		{"headings below are labels, further down they are text", "## T\n\n**Problem:** a\n\n### Root Cause\n\nb\n\n#### By the way\n\nc", "problem: a\nroot_cause:\n  - b\n  - By the way\n  - c"},
		{"plain: label lines", "Title\nThe Problem\na\nb\nThe Fix:\n- c\n- d\n\ne", "problem: a b\nresolution:\n  - c\n  - d\n  - e"},
		{"plain: a label's word in a text is none", "Title\nProblem\nGoal: a. Fix: b.\nFix\nc", "problem: 'Goal: a. Fix: b.'\nresolution: c"},
		{"plain: a label that comes again without a title goes on", "Title\nThe Problem\na.\nThe Fix\nb.\nThe Fix\nc.", "problem: a.\nresolution:\n  - b.\n  - c."},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			r := read(t, "notes", tt.text)
			if len(r.Stories) != 1 || len(r.Skipped) > 0 {
				t.Fatalf("got %d stories, skipped %v, %s", len(r.Stories), r.Skipped, r.Why)
			}
			name := r.Stories[0].Story.Title
			want := parse(t, fmt.Sprintf("title: %[1]s\n%[2]s\nsource: {file: notes, heading: %[1]s}", name, tt.want))
			if diff := cmp.Diff(want, r.Stories[0].Story); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func parse(t *testing.T, text string) story.Story {
	t.Helper()
	s, err := story.Parse("t.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s.ID, s.File = "", ""
	return s
}

// TestEntries shows which parts of a document are stories, and by what title.
func TestEntries(t *testing.T) {
	const labels = "\n\n**Problem:** a\n\n**Fix:** b\n\n"
	tests := []struct {
		why, text string
		want      []string
	}{
		{"each heading over labels", "# Log\n\n## A" + labels + "## B" + labels, []string{"A", "B"}},
		{"at any level", "# A" + labels + "## Year\n\n### B" + labels + "Setext\n------" + labels, []string{"A", "B", "Setext"}},
		{"one without labels between two with", "## A" + labels + "## B\n\nIt just broke.\n\n## C" + labels, []string{"A", "B", "C"}},
		{"not before the first or after the last", "## Why\n\nx\n\n## A" + labels + "## Thanks\n\ny", []string{"A"}},
		{"nor where it says how to use the document", "## A" + labels + "## How to read this\n\nx\n\n## C" + labels, []string{"A", "C"}},
		{"nor a heading alone", "## A" + labels + "## B\n\n## C" + labels, []string{"A", "C"}},
		{"a heading over stories is none", "## Year\n\n**Context:** x\n\n### A" + labels + "### B" + labels, []string{"A", "B"}},
		{"nor one whose labels tell nothing", "## A" + labels + "## Me\n\n**Role:** cook\n\n**Skills:** Go", []string{"A"}},
		{"labels in code are none", "## A" + labels + "## Form\n\n```\n**Problem:** x\n```", []string{"A"}},
		{"a template is none", "## A" + labels + "## T\n\n**Problem:** [x]\n\n**Fix:** …\n\n**Date:** YYYY-MM-DD", []string{"A"}},
		{"nor one that says how to fill it in", "## A" + labels + "## T\n\nCopy this:\n\n**Problem:** [x]\n\n**Fix:** …\n\n**Status:** open or closed", []string{"A"}},
		{"numbers, quotes and links in titles", "## 1. “A”" + labels + "## Story 2: **B**" + labels + "## [C](http://c):" + labels + "## 2.5x faster" + labels,
			[]string{"A", "B", "C", "2.5x faster"}},
		{"no title: the first sentence", "##\n\n**Problem:** It broke. Badly.\n\n**Fix:** b", []string{"It broke"}},
		{"plain: the line over the labels", "Log.\nBell\nThe Problem\na\nThe Fix\nb\nDoor\nThe Problem\nc\nThe Fix\nd", []string{"Bell", "Door"}},
		{"a lesson that speaks to the listener is no advice on stories", "## A\n\n**Problem:** The page took nine seconds and the job failed.\n\n**Lesson:** Log your queries. If you see one twice, you have found it.", []string{"A"}},
		{"plain: blank lines do not matter", "Bell\n\nProblem\n\na\n\nFix\n\nb\n\n\nDoor\n\nFix\n\nd", []string{"Bell", "Door"}},
		{"plain: a title may end as a sentence where it stands alone", "Bell\n\nProblem\n\na\n\nFix\n\nb\n\nDoor.\n\nProblem\n\nc", []string{"Bell", "Door."}},
		{"plain: a sentence over the labels is no title", "Problem\nIt broke.\nFix\nGlue.\nProblem\nIt rang. Twice.\nFix\nWire.", []string{"It broke", "It rang"}},
		{"rules of any length", "## A" + labels + strings.Repeat("-", 200) + "\n\n" + strings.Repeat("* ", 60), []string{"A"}},
		{"Windows line ends and a byte order mark", "\uFEFF## A\r\n\r\n**Problem:** a\r\n\r\n**Fix:**  \r\nb\r\n", []string{"A"}},
		{"the layout that shows most wins", "Bell\nThe Problem\na\nThe Fix\nb\n\n## B" + labels + "## C" + labels, []string{"B", "C"}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			var got []string
			r := read(t, "notes.md", tt.text)
			for _, d := range r.Stories {
				got = append(got, d.Story.Title)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if r.Strategy == "" || r.Evidence == "" || r.Why != "" {
				t.Errorf("the report names strategy %q by %q, and %q", r.Strategy, r.Evidence, r.Why)
			}
		})
	}
}

// TestNoStory shows that a document without stories says why.
func TestNoStory(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"nothing at all", " \n\t\n", "the document is empty"},
		{"prose", "# Notes\n\nA long day.", "no heading, bullet, table row or dated line in it tells"},
		{"labels of a single kind", "Summary\nx\nSummary\ny", "no heading, bullet, table row or dated line in it tells"},
		{"only a template", "## T\n\n**Problem:** [x]", "of its 1 entries none is a story, the first is a template"},
		{"only labels", "## T\n\n**Problem:**\n\n**Fix:**", "of its 1 entries none is a story, the first is an entry without text"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			r := read(t, "notes.md", tt.text)
			if len(r.Stories) > 0 || !strings.Contains(r.Why, tt.want) {
				t.Errorf("got %d stories, why %q; want why %q", len(r.Stories), r.Why, tt.want)
			}
		})
	}
}

// TestRefused shows which bytes are no document.
func TestRefused(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"a picture", "## A\n\x89PNG\r\n\x00", "the document is binary: it holds zero bytes"},
		{"a terminal's log", "## A\n\n\x1b[31mred", "line 3: a control character: this is no text file"},
		{"another encoding", "## A\n\nCaf\xe9", "line 3: not valid UTF-8: save the document as UTF-8"},
		{"two bytes a letter", "\xff\xfeA\x00", "the document is UTF-16: save it as UTF-8"},
		{"too much", strings.Repeat("a", importer.MaxSize+1), "the document is over 4 MiB, the most that is read: split it"},
		{"marks without end", "a\n" + strings.Repeat("> - 1. ", 40) + "x", "line 2: more than 100 list or quote marks in a row"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			_, err := importer.Read("notes.md", []byte(tt.text), "")
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// TestSource shows that a story names its document without the folders, and its
// heading as it stands.
func TestSource(t *testing.T) {
	for _, file := range []string{"log.md", "notes/log.md", `C:\notes\log.md`} {
		r := read(t, file, "# Log\n\n## 2. *One*\n\n**Problem:** a\n\n[x]: y")
		if got, want := r.Stories[0].Story.Source, (story.Source{File: "log.md", Heading: "2. One"}); got != want {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
		want := []importer.Skipped{{File: "log.md", Line: 1, Text: "Log", Reason: "a heading over stories"}, {File: "log.md", Line: 7, Text: "[x]: y", Reason: "markup, no text"}}
		if diff := cmp.Diff(want, r.Skipped); diff != "" || r.Stories[0].Line != 3 {
			t.Errorf("line %d, skipped (-want +got):\n%s", r.Stories[0].Line, diff)
		}
	}
}

// TestMerge imports a document into libraries that already hold some of it.
func TestMerge(t *testing.T) {
	const document = "## Twice\n\n**Problem:** a\n\n**Skills:** Go\n\n## Twice\n\n**Problem:** b\n\n## Once\n\n**Problem:** c"
	stored := func(id, extra string) story.Story {
		s := parse(t, extra+"\nsource: {file: log.md, heading: Twice}")
		s.ID = id
		return s
	}
	tests := []struct {
		why     string
		library []story.Story
		want    string
	}{
		{"an empty library", nil, "new twice: a; new twice-2: b; new once: c"},
		{"ids that are taken by other stories", []story.Story{{ID: "Twice"}, {ID: "once"}, {ID: "once-2"}}, "new twice-2: a; new twice-3: b; new once-3: c"},
		{"all there, under other names and with more", []story.Story{stored("x", "title: Y\nproblem: b\nrole: cook"), stored("z", "title: Twice\nproblem: a\nskills: [SQL, go]")},
			"known z: a; known x: b; new once: c"},
		{"an edited text", []story.Story{stored("x", "title: X\nproblem: b"), stored("y", "title: Y\nproblem: old\nimpact: mine")}, "changed y: a; known x: b; new once: c"},
		{"a missing tag", []story.Story{stored("x", "title: X\nproblem: a")}, "changed x: a; new twice: b; new once: c"},
		{"the same heading of another document", []story.Story{{ID: "x", Problem: yaml.Text{"a"}, Source: story.Source{File: "other.md", Heading: "Twice"}}}, "new twice: a; new twice-2: b; new once: c"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			var got []string
			for _, d := range importer.Merge(tt.library, read(t, "log.md", document).Stories, nil) {
				got = append(got, fmt.Sprintf("%s %s: %s", d.Status, d.Story.ID, d.Story.Problem))
			}
			if got := strings.Join(got, "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestUpdate shows that a changed story takes the document's fields and keeps
// all that the user has added.
func TestUpdate(t *testing.T) {
	library := parse(t, "title: Mine\ndate: 2023\nproblem: old\nimpact: mine\nskills: [SQL]\ncompetencies: [quality]\nsource: {file: log.md, heading: T}")
	drafts := read(t, "log.md", "## T\n\n**Problem:** new\n\n**Skills:** Go\n\n**Date:** 2024").Stories
	want := parse(t, "title: Mine\ndate: 2024\nproblem: new\nimpact: mine\nskills: [SQL, Go]\ncompetencies: [quality]\nsource: {file: log.md, heading: T}")
	got := importer.Merge([]story.Story{library}, drafts, nil)
	if diff := cmp.Diff(want, got[0].Story); diff != "" || got[0].Status != importer.Changed {
		t.Errorf("%s (-want +got):\n%s", got[0].Status, diff)
	}
	if diff := cmp.Diff(yaml.Text{"old"}, library.Problem); diff != "" {
		t.Errorf("the library's own story was changed:\n%s", diff)
	}
}

// TestGiven shows that with what a document told before, the user's own edits are
// told from those of the document.
func TestGiven(t *testing.T) {
	const source = "\nsource: {file: log.md, heading: T}"
	given := importer.Given{"t": parse(t, "title: T\nproblem: old\nimpact: once\nskills: [Go]"+source)}
	tests := []struct{ why, mine, document, want string }{
		{"nobody changed anything", "problem: old\nimpact: once\nskills: [Go]", "**Problem:** old\n\n**Impact:** once\n\n**Skills:** Go", "known"},
		{"only the user did", "problem: mine\nimpact: once", "**Problem:** old\n\n**Impact:** once\n\n**Skills:** Go", "known"},
		{"only the document did", "problem: old\nimpact: once", "**Problem:** new\n\n**Impact:** once\n\n**Skills:** Go", "changed: new / once []"},
		{"each another field", "problem: old\nimpact: mine", "**Problem:** new\n\n**Impact:** once\n\n**Skills:** Go", "changed: new / mine []"},
		{"both the same field", "problem: mine\nimpact: once", "**Problem:** new\n\n**Impact:** twice\n\n**Skills:** Go", "changed: mine / twice [problem]"},
		{"both in the same way", "problem: new\nimpact: once", "**Problem:** new\n\n**Impact:** twice\n\n**Skills:** Go", "changed: new / twice []"},
		{"the document lost a field", "problem: old\nimpact: once", "**Problem:** new\n\n**Skills:** Go", "changed: new /  []"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			library := parse(t, "title: T\n"+tt.mine+source)
			library.ID = "t"
			d := importer.Merge([]story.Story{library}, read(t, "log.md", "## T\n\n"+tt.document).Stories, given)[0]
			got := string(d.Status)
			if d.Status == importer.Changed {
				got += fmt.Sprintf(": %s / %s %v", d.Story.Problem, d.Story.Impact, d.Yours)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestStrategy shows that a strategy looks for one layout, whatever the document
// looks like.
func TestStrategy(t *testing.T) {
	const document = "# Log\n\n## A\n\n**Problem:** a\n\n**Fix:** b\n\n## B\n\n- c d\n- e f\n\n## 2024-01-02\n\ng h\n"
	tests := []struct {
		strategy string
		want     []string
	}{
		{"", []string{"A"}},
		{"labels", []string{"A"}},
		{"bullets", []string{"c d", "e f"}},
		{"projects", []string{"A", "B", "g h"}},
		{"dated", []string{"g h"}},
		{"details", nil},
	}
	for _, tt := range tests {
		r, err := importer.Read("log.md", []byte(document), tt.strategy)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range r.Stories {
			got = append(got, d.Story.Title)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.strategy, diff)
		}
	}
	if _, err := importer.Read("log.md", nil, "bulets"); err == nil || err.Error() != `no strategy "bulets"` {
		t.Errorf("an unknown strategy: %v", err)
	}
}

// TestHeadlines shows what is no part of a title.
func TestHeadlines(t *testing.T) {
	tests := []struct{ heading, want string }{
		{"Story 3: **The** bell", "The bell | "},
		{"Story A · The bell", "The bell | "},
		{"5a. The bell:", "The bell | "},
		{"INC-003 — The bell (RESOLVED)", "The bell | "},
		{"故事一 · 门铃", "门铃 | "},
		{"✅ Time when you rang", "Time when you rang | "},
		{"Priorities — “The bell”", "Priorities — The bell | "},
		{"[The bell](https://example.org)", "The bell | "},
		{"The bell (planner UI)", "The bell (planner UI) | "},
		{"2024-11-04 07:50 CET — The bell", "The bell | 2024-11-04"},
		{"5 Feb 2024 - The bell", "The bell | 2024-02-05"},
		{"The bell (Halden Freight, 2020–2021)", "The bell | 2020 Halden Freight"},
		{"The bell (March 2023)", "The bell | 2023-03"},
		{"UTF-8 in the bell", "UTF-8 in the bell | "},
		{"2024 was long", "2024 was long | "},
		{"3 bells", "3 bells | "},
		{"Bug #7", "Bug #7 | "},
	}
	for _, tt := range tests {
		s := read(t, "log.md", "## "+tt.heading+"\n\n**Problem:** a\n\n**Fix:** b").Stories[0].Story
		if got := strings.TrimSpace(fmt.Sprintf("%s | %s %s", s.Title, s.Date, s.Company)); got != strings.TrimSpace(tt.want) {
			t.Errorf("%s: got %q, want %q", tt.heading, got, tt.want)
		}
	}
}

// TestTwice shows that the same document given twice in one run is one import.
func TestTwice(t *testing.T) {
	drafts := read(t, "log.md", "## T\n\n**Problem:** a").Stories
	got := importer.Merge(nil, append(drafts, drafts...), nil)
	if got[0].Status != importer.New || got[1].Status != importer.Known || got[1].Story.ID != got[0].Story.ID {
		t.Errorf("got %s %s, %s %s", got[0].Status, got[0].Story.ID, got[1].Status, got[1].Story.ID)
	}
}

// TestLongTitle shows that an id is no longer than a file's name may be.
func TestLongTitle(t *testing.T) {
	for _, word := range []string{"word ", "wörd", "語"} {
		drafts := read(t, "log.md", "## "+strings.Repeat(word, 300)+"\n\n**Problem:** a").Stories
		id := importer.Merge(nil, drafts, nil)[0].Story.ID
		if len(id) > 200 || len(id) < 90 || strings.HasSuffix(id, "-") || strings.ToValidUTF8(id, "?") != id {
			t.Errorf("%q: %d bytes: %s", word, len(id), id)
		}
	}
}

func TestKeys(t *testing.T) {
	draft := read(t, "log.md", "## T\n\n**Fix:** b\n\n**Problem:** a\n\n**Tags:** c\n\n**When:** 2024").Stories[0]
	if diff := cmp.Diff([]string{"title", "date", "problem", "resolution", "skills", "source"}, draft.Keys()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func BenchmarkRead(b *testing.B) {
	for _, file := range []string{"workshop-log.md", "lessons.txt"} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			b.Fatal(err)
		}
		data = bytes.Repeat(append(data, '\n'), 1<<20/len(data))
		b.Run(file, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := importer.Read(file, data, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
