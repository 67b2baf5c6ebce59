package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// poison is what a terminal takes for commands, in each of its spellings: escape
// sequences of one and of two bytes, a title and a link, a bell, backspaces, a
// carriage return, marks that turn the reading direction, a byte order mark.
const poison = "\x1b[31m\x1b]0;owned\x07\x1b]8;;https://a.example\x1b\\\u009b2J\u009d0;x\u009c\b\r\v\f\x7f\u202e\u2066\u200f\ufeff"

// poisoned is a folder in which every text that prep may show holds poison.
func poisoned() map[string]string {
	s := story.Story{
		Title: "Orders" + poison + " went out twice", Role: "Cook" + poison, Company: "Acme" + poison,
		Problem: yaml.Text{"Twelve parcels" + poison + " went out twice."}, Context: yaml.Text{"It was" + poison + " night."},
		Resolution: yaml.Text{"I added an idempotency key" + poison + " in PostgreSQL."}, Impact: yaml.Text{"40 parcels" + poison + " came back."},
		Skills: []string{"Zig" + poison, "PostgreSQL"}, Source: story.Source{File: "log" + poison + ".md", Heading: "A" + poison},
	}
	other := s
	other.Title, other.Competencies = "The disk"+poison, []string{"ownership"}
	config := yaml.Write([]yaml.Pair{{Key: "confidential", Value: []string{"parcels" + poison, "Twelve"}}})
	config = append(config, `interviews: [{company: "Acme\e[31m\u202e", date: 2999-03-01, posting: "job\e[31m.txt"}]
skills: [{name: "Zig\e[31m", aliases: ["\u009bzz"], kind: "tool"}]
frameworks: {"Acme\e]0;x\a values": [ownership]}
competencies: [{id: night, aliases: ["night\e[31m"], description: "Work\e[31m at night."}]
`...)
	return map[string]string{
		"stories/orders.yaml":             string(story.Write(s)),
		"stories/disk\x1b[31m\u202e.yaml": string(story.Write(other)),
		"prep.yaml":                       string(config),
		"own/own.yaml":                    "- {id: night, text: \"What\\e[31m\\u202e happened at night?\", competencies: [ownership], level: mid}\n",
		"job.txt":                         "Engineer" + poison + "\n\nRequirements\n- PostgreSQL" + poison + "\n- Kafka" + poison + "\n",
		"job\x1b[31m.txt":                 "Engineer\n\nRequirements\n- Kafka" + poison + "\n",
		"answer.txt":                      "We had 12 parcels" + poison + " to send twice. I basically used MongoDB" + poison + ".\n",
		"notes\u202e.md":                  "## The \u202edisk\n\n**Problem:** It \u2066filled.\n\n**Fix:** I \u200femptied it.\n\n**Ticket\u202e:** 12\n",
		".xdg/prep/practice.jsonl": `{"v":1,"kind":"grade","id":"a","at":"2026-01-01T00:00:00Z","question":"q\u001b[31m","story":"s\u001b[31m","grade":3}` + "\n" +
			`{"v":1,"kind":"told","id":"b","at":"2026-01-01T00:00:00Z","story":"s\u001b[31m","company":"Acme\u001b[31m\u202e","date":"2026-01-01","went":2}` + "\n" +
			`{"v":1,"kind":"grade","id":"c","question":"` + poison + `"}` + "\n",
	}
}

// command is what a terminal would take for one in text, or "".
func command(text string) string {
	at := strings.IndexFunc(text, func(r rune) bool {
		return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' || r == unicode.ReplacementChar
	})
	if at < 0 {
		return ""
	}
	return text[max(0, at-40):min(len(text), at+40)]
}

// Whatever a file, a name or an argument holds, nothing of it commands the terminal:
// in no format of any command, and in no message.
func TestNothingCommandsTheScreen(t *testing.T) {
	inFolder(t, poisoned())
	reads := [][]string{
		{"list"}, {"show", "orders"}, {"lint"}, {"tag"}, {"stats"}, {"skills"}, {"competencies"}, {"questions"}, {"match", "--jd", "job.txt"}, {"match", "--question", "What" + poison + " broke?"},
		{"star", "orders"}, {"star", "orders", "--question", poison}, {"star", "orders", "--redact"}, {"coverage"}, {"coverage", "--by", "competency"}, {"coverage", "--jd", "job.txt"}, {"plan", "--jd", "job.txt"}, {"plan"},
		{"drill", "--seed", "1", "--count", "40"}, {"review", "answer.txt", "--story", "orders"}, {"sheet", "--jd", "job.txt"}, {"import", "notes\u202e.md", "--dry-run"}, {"told", "--to", "Acme" + poison},
		{"show", "disk\x1b[31m\u202e"},
	}
	var lines [][]string
	for _, args := range reads {
		for _, format := range report.Formats {
			lines = append(lines, append(slices.Clone(args), "--format", format))
		}
	}
	for _, to := range []string{"markdown", "json", "csv", "anki", "jsonresume", "story-bank"} {
		lines = append(lines, []string{"export", "--to", to})
	}
	lines = append(lines, [][]string{
		{poison}, {"show", poison}, {"show", "orders" + poison}, {"list", "--" + poison}, {"list", "--format", poison}, {"match", "--jd", poison}, {"match", "--jd", "http://" + poison}, {"questions", "--competency", poison},
		{"questions", "--framework", poison}, {"drill", "--seed", poison}, {"plan", "--for", poison, "--jd", "job.txt"}, {"told", "orders", "--to", poison, "--date", poison}, {"list", "--stories", poison}, {"review", poison}, {"import", poison},
		{"__complete", "show", ""}, {"__complete", "plan", "--for", ""}, {"__complete", "plan", "--framework", ""}, {"__complete", "drill", "--competency", ""}, {"edit", poison}, {"tag", poison, "--write", "--yes"},
	}...)
	for _, args := range lines {
		args = append(args, "--prompts", "own")
		var out, errs bytes.Buffer
		code := run(args, io.NopCloser(strings.NewReader("")), &out, &errs)
		if got := command(out.String()); got != "" {
			t.Errorf("%q commands by its result: %q", args, got)
		}
		if got := command(errs.String()); got != "" {
			t.Errorf("%q commands by a message: %q", args, got)
		}
		if slices.Contains(args, report.JSON) && code != exitFail && out.Len() > 0 && !json.Valid(out.Bytes()) {
			t.Errorf("%q gives no JSON", args)
		}
	}
}

// A config file of any bytes is read or refused in lines that name it, and what it
// holds can be used.
func FuzzConfig(f *testing.F) {
	for _, s := range []string{
		"", "# nothing\n", "wpm: 150\ntime: 90s\nstories: s\nprompts: ../p\n", "wpm: many\ntime: soon\n", "wpm: 1e99\n",
		"interviews:\n  - {company: Acme, date: 2999-03-01, posting: job.txt}\n  - {company: Acme, posting: https://a.example/}\n", "interviews: [{date: 2026-02-30}]\n",
		"confidential: [Acme, 'Falcon = the project', '=', ' = x']\n", "bands: {setup: [0.1, 0.2], action: [0.9], outcome: [2, -1]}\n", "bands: {setup: [.nan, .inf]}\n", "rules: [vague, nonsense]\n",
		"skills: [{name: Zig, aliases: [zg], related: [Go], kind: language}, {name: Go}]\n", "competencies: [{id: night, aliases: [dark], description: Work at night.}, {id: Night}]\n",
		"frameworks: {acme: [ownership], '': [], a b: [nonsense]}\n", "a: &a [*a, *a]\n<<: *a\n", "stories: [[[[]]]]\n",
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "prep", "config.yaml")
	if err := os.Mkdir(filepath.Dir(path), 0o750); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		e := newEnv(strings.NewReader(""), io.Discard, &said, morning)
		e.getenv = func(name string) string { return map[string]string{"XDG_CONFIG_HOME": dir}[name] }
		c, err := e.config()
		if err == nil {
			err = usable(e, c)
		}
		if err == nil {
			return
		}
		if e.exit(err) != exitFail {
			t.Errorf("%v does not end in %d", err, exitFail)
		}
		for line := range strings.Lines(said.String()) {
			if !strings.HasPrefix(line, fromHere(path)+":") && !strings.HasPrefix(line, "prep: ") || command(strings.TrimSuffix(line, "\n")) != "" || len(line) > 1000 {
				t.Errorf("it says %q", line)
			}
		}
	})
}

// usable asks for all that a config file can hold.
func usable(e *env, c *config) error {
	if _, err := c.wpm(); err != nil {
		return err
	}
	if _, err := c.bands(); err != nil {
		return err
	}
	next, err := e.nextInterview()
	if err != nil {
		return err
	}
	_ = standing{interview: next, today: e.now(), dir: "d"}.page(80)
	if _, err := e.skills(); err != nil {
		return err
	}
	if _, err := e.competencies(); err != nil {
		return err
	}
	if _, err := e.frameworks(); err != nil {
		return err
	}
	_, err = e.guard(true, story.Story{ID: "a", Title: "Acme and Falcon", Company: "Acme", Problem: yaml.Text{"Falcon fell."}})
	return err
}

// Whatever a client sends, the server answers with messages of the protocol alone,
// and a call with a number gets its one answer.
func FuzzMCP(f *testing.F) {
	for _, s := range []string{
		`{"jsonrpc":"2.0","id":7,"method":"tools/list"}`, `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_story","arguments":{"id":"orders"}}}`,
		`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_stories","arguments":{"query":"x","limit":1e9}}}`, `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"draw_question","arguments":null}}`,
		`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"review_answer","arguments":{"text":"I did 5 things.","story":"../../etc/passwd"}}}`, `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}`,
		`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add_story","arguments":{"yaml":"title: ../../x\nproblem: y\n"}}}`, `{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"prep://story/../../x"}}`, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/read\",\"params\":{\"uri\":\"prep:/\x7f\"}}",
		`{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"polish_answer","arguments":{"id":"orders"}}}`, `{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"x"},"argument":{"name":"id","value":"o"}}}`,
		`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}`, `[{"jsonrpc":"2.0","id":7,"method":"ping"}]`, `{"jsonrpc":"1.0","id":{},"method":7}`, `{"id":7}`, "{", "", `"\ud800"`, strings.Repeat("[", 2000),
	} {
		f.Add(s)
	}
	dir := f.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "orders.yaml"), []byte(story1), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.NewReplacer("\n", " ", "\r", " ").Replace(line)
		if strings.Contains(line, "match_stories") || strings.Contains(line, "coverage") || strings.Contains(line, "initialize") {
			return // a second each, or another conversation: tests call them
		}
		whole := false
		if call, ok := wellFormed(line); ok {
			line, whole = call, true
		}
		c := talk(t, dir)
		defer c.end()
		c.say(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
		if !c.answers("1") {
			t.Fatal("no answer to the greeting")
		}
		c.say(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
		c.say(line)
		if whole && !c.answers("7") {
			t.Fatalf("no answer to the call %q", line)
		}
		if whole {
			c.say(`{"jsonrpc":"2.0","id":99,"method":"ping"}`)
			if !c.answers("99") {
				t.Error("no answer to the ping after the call")
			}
		}
		_ = c.in.Close()
		c.answers("none") // but what comes is of the protocol
	})
}

// wellFormed gives a line as a call with the number 7, where it is one to the letter,
// with each key once.
func wellFormed(line string) (call string, ok bool) {
	m := map[string]json.RawMessage{}
	var method string
	if json.Unmarshal([]byte(line), &m) != nil || string(m["jsonrpc"]) != `"2.0"` || string(m["id"]) != "7" || json.Unmarshal(m["method"], &method) != nil {
		return "", false
	}
	for key := range m {
		if !slices.Contains([]string{"jsonrpc", "id", "method", "params"}, key) {
			return "", false
		}
	}
	data, err := json.Marshal(m)
	return string(data), err == nil
}

// talking is a conversation with the server.
type talking struct {
	t   *testing.T
	in  *io.PipeWriter
	out *bufio.Reader
	end func()
}

// talk begins one about the stories in dir.
func talk(t *testing.T, dir string) talking {
	in, inTo := io.Pipe()
	outFrom, out := io.Pipe()
	e := newEnv(in, out, io.Discard, morning)
	e.flags.stories = dir
	e.getenv = func(name string) string {
		return map[string]string{"XDG_CONFIG_HOME": dir, "XDG_STATE_HOME": dir, "XDG_CACHE_HOME": dir}[name]
	}
	var served sync.WaitGroup
	served.Go(func() {
		_ = e.serve(t.Context(), mcpOptions{}) // what is no message ends the conversation, which is an answer
		_ = out.Close()
		_ = in.Close()
	})
	return talking{t, inTo, bufio.NewReader(outFrom), func() {
		_ = inTo.Close()
		_, _ = io.Copy(io.Discard, outFrom)
		served.Wait()
	}}
}

func (c talking) say(line string) { _, _ = io.WriteString(c.in, line+"\n") } // the server may have hung up

// answers reads until the call of that id is answered, and says whether it was.
func (c talking) answers(id string) bool {
	c.t.Helper()
	for {
		said, err := c.out.ReadBytes('\n')
		if err != nil {
			return false
		}
		var m struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Method  string          `json:"method"`
		}
		if err := json.Unmarshal(said, &m); err != nil || m.Version != "2.0" {
			c.t.Fatalf("no message of the protocol: %q (%v)", said, err)
		}
		if m.Method == "" && string(m.ID) == id {
			return true
		}
	}
}

func morning() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }

// What lies in a folder makes prep fetch nothing: an address in the config is named,
// and left to the command line.
func TestAddressInConfigIsNotFetched(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	files := map[string]string{"stories/orders.yaml": story1, "prep.yaml": "interviews: [{company: Acme, date: 2999-03-01, posting: '" + server.URL + "/job'}]\n"}
	for _, tc := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"plan"}, exitFail, "prep: error: your config names an address for the interview at Acme, and prep fetches only what its command line names\n" +
			"prep: hint: --jd " + server.URL + "/job fetches it; saved as a file, it needs no network\n"},
		{[]string{"drill", "--seed", "1", "--format", "json"}, exitDone, "prep: warning: the posting of your interview at Acme is an address, which is fetched only by --jd " + server.URL + "/job\n"},
	} {
		code, _, said := prep(t, files, "", tc.args...)
		if code != tc.code || said != tc.want || asked {
			t.Errorf("%v: %d, asked %v, %s", tc.args, code, asked, said)
		}
	}
}

// A number that is none is told in words.
func TestNumbersOfFlags(t *testing.T) {
	for _, tc := range []struct{ why, flag, value, want string }{
		{"below what a seed may be", "seed", "-1", "a whole number from 0 on"},
		{"no number", "count", "x", "a whole number"},
		{"one that no machine holds", "count", "99999999999999999999", "a whole number"},
	} {
		code, _, said := prep(t, nil, "", "drill", "--"+tc.flag, tc.value)
		if want := fmt.Sprintf("prep: error: --%s is %q: give %s\nprep: hint: prep drill --help lists the flags\n", tc.flag, tc.value, tc.want); code != exitFail || said != want {
			t.Errorf("%s: %d, %s", tc.why, code, said)
		}
	}
}
