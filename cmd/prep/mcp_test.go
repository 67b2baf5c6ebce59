package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/prep-cli/prep/pkg/story"
)

const lyingDraft = "The courier sent one webhook two times, so 40 parcels went out twice. I put an idempotency key into MongoDB."

// mcpLibrary is a library for assistants: a story told in full, a thin one, a posting
// that a prompt could name, and words that must not leave.
func mcpLibrary() map[string]string {
	return map[string]string{
		"stories/orders.yaml": "# not for others\ntitle: Orders went out twice\ncompany: Globex Ltd\nproblem: Twelve parcels for Initech went out twice, because the courier sent a webhook two times.\n" +
			"resolution: I added an idempotency key in PostgreSQL, and then I sent each customer a letter.\nimpact: Nothing went out twice in the six months after that.\n" +
			"hindsight: I could have called the courier first.\nskills: [PostgreSQL]\ncompetencies: [ownership]\n",
		"stories/initech-lift.yaml": "title: The lift at Initech\nproblem: The lift was stuck for a day.\n",
		"prep.yaml":                 "confidential: [Initech]\n",
	}
}

// inFolder makes files and works beside them.
func inFolder(t *testing.T, files map[string]string) {
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
}

// assistant is a client of a server that works in the folder where the test does.
func assistant(t *testing.T, o mcpOptions) *mcp.ClientSession {
	t.Helper()
	return assistantThat(t, o, nil)
}

func assistantThat(t *testing.T, o mcpOptions, does *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	here, there := mcp.NewInMemoryTransports()
	e := newEnv(strings.NewReader(""), io.Discard, io.Discard, func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) })
	if _, err := newMCPServer(e, o).Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, does).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// call calls a tool; a protocol error ends the test.
func call(t *testing.T, c *mcp.ClientSession, tool string, arguments any) *mcp.CallToolResult {
	t.Helper()
	r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return r
}

// texts are the texts of a result, one a line.
func texts(r *mcp.CallToolResult) string {
	var out []string
	for _, c := range r.Content {
		if text, ok := c.(*mcp.TextContent); ok {
			out = append(out, text.Text)
		}
	}
	return strings.Join(out, "\n")
}

type args = map[string]any

// A tool answers with what a command of prep prints as JSON, as a value and as text.
func TestMCPToolsAnswerAsCommandsDo(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	const jd = "You know PostgreSQL well. You must know Kafka."
	for _, tc := range []struct {
		why       string
		tool      string
		arguments args
		stdin     string
		command   []string
		want      string // in the answer
	}{
		{"a story", "get_story", args{"id": "orders"}, "", []string{"show", "orders"}, `"hindsight":["I could have called the courier first."]`},
		{"a question", "match_stories", args{"question": "Tell me about an outage that you repaired", "limit": 1}, "", []string{"match", "--question", "Tell me about an outage that you repaired", "-n", "1"}, `"kind":"question"`},
		{"a posting", "match_stories", args{"jd": jd}, jd, []string{"match", "--jd", "-"}, `"gaps":[{"skill":"Kafka","must":true}]`},
		{"an answer", "compose_answer", args{"id": "orders"}, "", []string{"star", "orders"}, `"target_seconds":120`},
		{"an answer to a question, in a time", "compose_answer", args{"id": "orders", "question": "What went wrong?", "seconds": 45}, "", []string{"star", "orders", "--question", "What went wrong?", "--time", "45s"}, `"target_seconds":45`},
		{"a review of an answer alone", "review_answer", args{"text": lyingDraft, "seconds": 20}, lyingDraft, []string{"review", "-", "--seconds", "20"}, `"seconds":20`},
		{"a review against a story", "review_answer", args{"text": lyingDraft, "story": "orders"}, lyingDraft, []string{"review", "-", "--story", "orders"}, `"text":"MongoDB"`},
		{"coverage", "coverage", nil, "", []string{"coverage"}, `"by":"skill"`},
		{"coverage of a posting", "coverage", args{"jd": jd, "by": "competency"}, jd, []string{"coverage", "--jd", "-", "--by", "competency"}, `"by":"competency"`},
		{"questions", "draw_question", args{"count": 2, "competency": "conflict", "level": "senior", "seed": 7}, "", []string{"drill", "--count", "2", "--competency", "conflict", "--level", "senior", "--seed", "7"}, `"conflict"`},
		{"null is as if it were left out", "compose_answer", args{"id": "orders", "question": nil, "seconds": nil}, "", []string{"star", "orders"}, `"target_seconds":120`},
	} {
		t.Run(tc.why, func(t *testing.T) {
			r := call(t, c, tc.tool, tc.arguments)
			var out, stderr bytes.Buffer
			if code := run(append(tc.command, "--format", "json"), strings.NewReader(tc.stdin), &out, &stderr); code == exitFail || r.IsError {
				t.Fatalf("the command: %s\nthe tool: %s", &stderr, texts(r))
			}
			var want any
			if err := json.Unmarshal(out.Bytes(), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, r.StructuredContent); diff != "" {
				t.Error(diff)
			}
			if text := texts(r); !strings.Contains(text, tc.want) || !strings.HasPrefix(text, "{") {
				t.Errorf("%s is not in %s", tc.want, text)
			}
		})
	}
}

// Without --write nothing that writes is offered, and no one can call it.
func TestMCPToolsOffered(t *testing.T) {
	inFolder(t, mcpLibrary())
	reading := []string{"compose_answer", "coverage", "draw_question", "get_story", "match_stories", "review_answer", "search_stories"}
	for write, want := range map[bool][]string{false: reading, true: append([]string{"add_story"}, reading...)} {
		c := assistant(t, mcpOptions{write: write})
		var got []string
		for tool, err := range c.Tools(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, tool.Name)
			if tool.Annotations.ReadOnlyHint != (tool.Name != "add_story") || tool.Title == "" || !strings.Contains(tool.Description, "onfidential") {
				t.Errorf("%s: %+v", tool.Name, tool)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	_, err := assistant(t, mcpOptions{}).CallTool(t.Context(), &mcp.CallToolParams{Name: "add_story", Arguments: args{"yaml": story1}})
	if err == nil || !strings.Contains(err.Error(), "unknown tool") {
		t.Errorf("add_story without --write: %v", err)
	}
}

// What goes wrong is an error of the tool, which the assistant reads, and never repeats
// a long value. The server goes on.
func TestMCPToolErrors(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{write: true})
	long := strings.Repeat("é", 50_001)
	for _, tc := range []struct {
		why, tool string
		arguments any
		want      string
	}{
		{"no such story", "get_story", args{"id": "order"}, "prep: error: no story \"order\"\nprep: hint: did you mean \"orders\"?"},
		{"an id that looks like a flag", "get_story", args{"id": "--help"}, "prep: error: no story \"--help\"\nprep: hint: prep list shows the ids"},
		{"no id", "get_story", args{}, "prep: error: id is missing"},
		{"a blank id", "compose_answer", args{"id": " "}, "prep: error: id is missing"},
		{"an argument misspelt", "match_stories", args{"qestion": "Why?"}, "prep: error: unknown argument \"qestion\"\nprep: hint: did you mean \"question\"?"},
		{"an argument of another tool", "get_story", args{"id": "orders", "jd": "x"}, "prep: error: unknown argument \"jd\"\nprep: hint: the arguments are id"},
		{"no object", "get_story", []string{"orders"}, "prep: error: the arguments are no object of names and values"},
		{"a list", "get_story", args{"id": []string{"orders"}}, "prep: error: id must be text or a number"},
		{"neither question nor posting", "match_stories", nil, "prep: error: give either question or jd"},
		{"both", "match_stories", args{"question": "Why?", "jd": "You know Go."}, "prep: error: give either question or jd"},
		{"too long a posting", "match_stories", args{"jd": "a " + long[:99_998]}, "prep: error: jd is 50001 characters long: at most 50000 are read"},
		{"an address for a posting", "coverage", args{"jd": "https://example.com/jobs/7"}, "prep: error: jd is one word: send the text itself"},
		{"too long a question", "match_stories", args{"question": long}, "prep: error: question is 50001 characters long: at most 2000 are read"},
		{"too long a draft", "review_answer", args{"text": long}, "prep: error: text is 50001 characters long: at most 50000 are read"},
		{"too long a name", "get_story", args{long: 1, "id": "orders"}, "prep: error: unknown argument \"" + long[:80] + "…\"\nprep: hint: the arguments are id"},
		{"a binary posting", "coverage", args{"jd": "a\x00b c"}, "prep: error: standard input: the job description is not text (UTF-8)"},
		{"too little time", "compose_answer", args{"id": "orders", "seconds": 1}, "prep: error: seconds is 1: give a whole number from 10 to 900"},
		{"half a second", "compose_answer", args{"id": "orders", "seconds": 90.5}, "prep: error: seconds is 90.5: give a whole number from 10 to 900"},
		{"a value that is no choice", "coverage", args{"by": "story"}, "prep: error: by is \"story\": choose one of skill or competency"},
		{"no such competency", "draw_question", args{"competency": "ownreship"}, "prep: error: no competency \"ownreship\"\nprep: hint: did you mean ownership?"},
		{"a review of nothing", "review_answer", args{"text": "\n"}, "prep: error: text is missing"},
		{"a review against no story", "review_answer", args{"text": "I did it.", "story": "ordres"}, "prep: error: no story \"ordres\"\nprep: hint: did you mean \"orders\"?"},
		{"a story with an unknown key and no problem", "add_story", args{"yaml": "title: T\nresolutoin: R\n"}, "story.yaml:1:1: the file has no \"problem\": it is required\nstory.yaml:2:1: unknown key \"resolutoin\" (did you mean \"resolution\"?)"},
		{"a story with an unknown competency", "add_story", args{"yaml": "title: T\nproblem: P\ncompetencies:\n  - faliure\n"}, "story.yaml:4:5: unknown competency \"faliure\" (did you mean \"failure\"?)"},
		{"a story that is no YAML", "add_story", args{"yaml": "- a\n"}, "story.yaml:1:1: the file must be keys with values (key: value), not a list"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			r := call(t, c, tc.tool, tc.arguments)
			if diff := cmp.Diff(tc.want, texts(r)); diff != "" || !r.IsError || r.StructuredContent != nil {
				t.Errorf("error %v: %s", r.IsError, diff)
			}
		})
	}
}

// That no story fits is an answer, no error.
func TestMCPNoStoryFits(t *testing.T) {
	inFolder(t, mcpLibrary())
	r := call(t, assistant(t, mcpOptions{}), "match_stories", args{"question": "Describe a merger you negotiated"})
	if text := texts(r); r.IsError || !strings.Contains(text, `"results":[]`) || !strings.Contains(text, `"closest":{`) || !strings.HasSuffix(text, "prep: no story fits") {
		t.Error(text)
	}
}

func TestMCPSearch(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	for _, tc := range []struct {
		why       string
		arguments args
		want      string
	}{
		{"a skill by another name", args{"query": "postgres"}, `{"found":1,"stories":[{"id":"orders"`},
		{"all", nil, `{"found":2,"stories":[{"id":"initech-lift"`},
		{"no more than the limit", args{"limit": 1}, `{"found":2,"stories":[{"id":"initech-lift","title":"The lift at Initech","date":"","skills":[],"competencies":[]}]}`},
		{"nothing", args{"query": "zeppelin"}, `{"found":0,"stories":[]}`},
		{"a warning where a confidential word is shown", args{"query": "lift"}, "[]}]}\nprep: warning: initech-lift holds what is confidential (Initech): --redact says other words"},
	} {
		if text := texts(call(t, c, "search_stories", tc.arguments)); !strings.Contains(text, tc.want) {
			t.Errorf("%s: %s", tc.why, text)
		}
	}
}

// A story that was added is a file that the strict reader reads, and is there at once;
// none that was there is ever changed.
func TestMCPAddsStories(t *testing.T) {
	inFolder(t, mcpLibrary())
	if err := os.WriteFile("stories/Tea.yml", []byte("title: Tea\nproblem: Cold.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile("stories/orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := assistant(t, mcpOptions{write: true})
	for _, tc := range []struct{ why, yaml, want string }{
		{"a title that is free", "title: Größe XL!\nproblem: Too wide.\n", `{"file":"größe-xl.yaml","id":"größe-xl","title":"Größe XL!"}` + "\nprep: added größe-xl"},
		{"the same once more", "title: Größe XL!\nproblem: Too wide.\n", "prep: error: größe-xl is this story already"},
		{"a title that is taken", "title: Größe XL\nproblem: Too long.\n", `{"file":"größe-xl-2.yaml","id":"größe-xl-2","title":"Größe XL"}` + "\nprep: added größe-xl-2"},
		{"an id that is taken by a story of another title", "title: orders\nproblem: None came.\n", `{"file":"orders-2.yaml","id":"orders-2","title":"orders"}` + "\nprep: added orders-2"},
		{"an id that is taken but for its case, in a file of another ending", "title: Tea\nproblem: Spilt.\n", `{"file":"tea-2.yaml","id":"tea-2","title":"Tea"}` + "\nprep: added tea-2"},
		{"a title that is a path", "title: ../../etc/passwd\nproblem: P\n", `{"file":"etc-passwd.yaml","id":"etc-passwd","title":"../../etc/passwd"}` + "\nprep: added etc-passwd"},
	} {
		if diff := cmp.Diff(tc.want, texts(call(t, c, "add_story", args{"yaml": tc.yaml}))); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
	stories, err := story.Load(os.DirFS("stories"))
	if err != nil || len(stories) != 8 {
		t.Errorf("%d stories, %v", len(stories), err)
	}
	if after, err := os.ReadFile("stories/orders.yaml"); err != nil || !bytes.Equal(before, after) {
		t.Errorf("orders.yaml is now %s (%v)", after, err)
	}
	if r := call(t, c, "get_story", args{"id": "größe-xl"}); r.IsError {
		t.Error(texts(r))
	}
	if got := resources(t, c); !slices.Contains(got, "prep://stories/gr%C3%B6%C3%9Fe-xl") {
		t.Error(got)
	}
}

// A client that shows the stories learns that there is one more.
func TestMCPTellsOfAddedStories(t *testing.T) {
	inFolder(t, mcpLibrary())
	told := make(chan bool, 1)
	c := assistantThat(t, mcpOptions{write: true}, &mcp.ClientOptions{
		ResourceListChangedHandler: func(context.Context, *mcp.ResourceListChangedRequest) { told <- true },
	})
	resources(t, c)
	call(t, c, "add_story", args{"yaml": story1 + "role: packer\n"})
	select {
	case <-told:
	case <-time.After(patienceOfTests):
		t.Error("nobody told the client")
	}
}

// A file that changes while the server runs is seen by the next call, for better or
// for worse.
func TestMCPSeesChanges(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	for _, tc := range []struct{ why, text, want string }{
		{"as it was", "", "Orders went out twice"},
		{"changed", "title: Now it is else\nproblem: P\n", "Now it is else"},
		{"broken", "title: T\nproblm: P\n", "stories/orders.yaml:2:1: unknown key \"problm\" (did you mean \"problem\"?)"},
		{"mended", story1, "Orders went out twice"},
	} {
		if tc.text != "" {
			if err := os.WriteFile("stories/orders.yaml", []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if text := texts(call(t, c, "get_story", args{"id": "orders"})); !strings.Contains(text, tc.want) {
			t.Errorf("%s: %s", tc.why, text)
		}
	}
	if err := os.Rename("stories/orders.yaml", "stories/parcels.yaml"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"prep://stories/initech-lift", "prep://stories/parcels"}, resources(t, c)); diff != "" {
		t.Error(diff)
	}
}

func resources(t *testing.T, c *mcp.ClientSession) []string {
	t.Helper()
	var out []string
	for r, err := range c.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r.URI)
	}
	return out
}

// A resource is the story as YAML that reads as the same story, without the comments,
// which are notes to oneself.
func TestMCPResources(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	want, err := story.Load(os.DirFS("stories"))
	if err != nil {
		t.Fatal(err)
	}
	var got []story.Story
	for _, uri := range resources(t, c) {
		r, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err != nil {
			t.Fatal(err)
		}
		s, err := story.Parse(strings.TrimPrefix(uri, storyURI)+".yaml", []byte(r.Contents[0].Text))
		if err != nil || r.Contents[0].MIMEType != storyType || strings.Contains(r.Contents[0].Text, "not for others") {
			t.Errorf("%v: %+v", err, r.Contents[0])
		}
		got = append(got, s)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: storyURI + "..%2Fprep"}); err == nil {
		t.Errorf("a file beside the library: %+v", r.Contents[0])
	}
}

func TestMCPCompletesIDs(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	for _, tc := range []struct {
		why, argument, value string
		want                 []string
	}{
		{"as it begins", "id", "Ord", []string{"orders"}},
		{"nothing typed", "id", "", []string{"initech-lift", "orders"}},
		{"what is no id", "question", "", []string{}},
	} {
		r, err := c.Complete(t.Context(), &mcp.CompleteParams{Ref: &mcp.CompleteReference{Type: "ref/prompt", Name: "polish_answer"}, Argument: mcp.CompleteParamsArgument{Name: tc.argument, Value: tc.value}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tc.want, r.Completion.Values); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

// Every prompt carries what it is about and ends in the review.
func TestMCPPrompts(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	for _, tc := range []struct {
		name      string
		arguments map[string]string
		want      []string
	}{
		{"polish_answer", map[string]string{"id": "orders", "seconds": "60", "question": ""}, []string{"## Action\n\nI added an idempotency key in PostgreSQL", "60 seconds", `"orders" as story`}},
		{"polish_draft", map[string]string{"id": "orders", "draft": "It went well."}, []string{"It went well.", "I could have called the courier first.", `"orders" as story`}},
		{"answer_question", map[string]string{"question": "What broke?"}, []string{"What broke?", "match_stories", "compose_answer", "the story's id as story"}},
	} {
		r, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: tc.name, Arguments: tc.arguments})
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		content, ok := r.Messages[len(r.Messages)-1].Content.(*mcp.TextContent)
		if !ok {
			t.Fatalf("%s: %T", tc.name, r.Messages[0].Content)
		}
		paragraphs := strings.Split(content.Text, "\n\n")
		if last := paragraphs[len(paragraphs)-1]; !strings.Contains(last, "review_answer") || !strings.Contains(last, "until unsupported is empty") {
			t.Errorf("%s ends: %s", tc.name, last)
		}
		for _, want := range tc.want {
			if !strings.Contains(content.Text, want) {
				t.Errorf("%s lacks %q:\n%s", tc.name, want, content.Text)
			}
		}
	}
	for name, arguments := range map[string]map[string]string{
		"id is missing":       {},
		`no story "nobody"`:   {"id": "nobody"},
		"seconds is soon":     {"id": "orders", "seconds": "soon"},
		`unknown argument "i`: {"id": "orders", "idd": "x"},
	} {
		if _, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "polish_answer", Arguments: arguments}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The way that the prompts lead: what prep composes passes the review, what was made
// up on the way does not.
func TestMCPReviewCatchesWhatWasMadeUp(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{})
	composed := call(t, c, "compose_answer", args{"id": "orders"})
	var a struct{ Situation, Task, Action, Result, Reflection string }
	if err := json.Unmarshal([]byte(composed.Content[0].(*mcp.TextContent).Text), &a); err != nil { //nolint:errcheck // a panic is as good as a failure here
		t.Fatal(err)
	}
	told := strings.Join([]string{a.Situation, a.Task, a.Action, a.Result, a.Reflection}, " ")
	for _, tc := range []struct{ why, text, want string }{
		{"as composed", told, `"unsupported":[]`},
		{"with a figure", told + " That saved us 250,000 euros.", `250,000`},
		{"with hindsight told as done", told + " First I called the courier.", "I called the courier"},
	} {
		if text := texts(call(t, c, "review_answer", args{"text": tc.text, "story": "orders"})); !strings.Contains(text, tc.want) {
			t.Errorf("%s: %s", tc.why, text)
		}
	}
}

// With --redact no word that must not leave does, by whatever door, and the ids that
// are given out can be used.
func TestMCPRedacts(t *testing.T) {
	inFolder(t, mcpLibrary())
	c := assistant(t, mcpOptions{redact: true, write: true})
	var all strings.Builder
	keep := func(v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	found := call(t, c, "search_stories", nil)
	keep(found)
	var list struct{ Stories []struct{ ID string } }
	if err := json.Unmarshal([]byte(found.Content[0].(*mcp.TextContent).Text), &list); err != nil || len(list.Stories) != 2 { //nolint:errcheck // a panic is as good as a failure here
		t.Fatalf("%v: %s", err, texts(found))
	}
	for _, s := range list.Stories {
		for _, tool := range []string{"get_story", "compose_answer"} {
			r := call(t, c, tool, args{"id": s.ID})
			keep(r)
			if r.IsError {
				t.Errorf("%s %s: %s", tool, s.ID, texts(r))
			}
		}
		keep(call(t, c, "review_answer", args{"text": "At Initech I did it.", "story": s.ID}))
		p, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "polish_answer", Arguments: map[string]string{"id": s.ID}})
		if err != nil {
			t.Error(err)
		}
		keep(p)
	}
	keep(call(t, c, "match_stories", args{"question": "Tell me about a lift that was stuck"}))
	keep(call(t, c, "coverage", nil))
	keep(call(t, c, "draw_question", nil))
	keep(call(t, c, "get_story", args{"id": "initech-lift"}))
	for _, uri := range resources(t, c) {
		r, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err != nil {
			t.Error(err)
		}
		keep(uri)
		keep(r)
	}
	if err := os.WriteFile("stories/broken.yaml", []byte("title: T\nproblem: P\nInitech: P\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	keep(call(t, c, "coverage", nil))
	for _, word := range []string{"initech", "globex"} {
		if at := strings.Index(strings.ToLower(all.String()), word); at >= 0 {
			t.Errorf("%s left: …%s…", word, all.String()[max(0, at-80):at+40])
		}
	}
}

// The program speaks the protocol alone on standard output: the client would choke on
// anything else. What it has to say otherwise is on standard error, and it ends with
// its input.
func TestMCPProcess(t *testing.T) {
	inFolder(t, mcpLibrary())
	if err := os.Rename("stories", "mine"); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "prep", "mcp", "--stories", "mine")
	command.Stderr = &stderr
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for tool, arguments := range map[string]args{
		"search_stories": {"query": "courier"}, "get_story": {"id": "orders"}, "match_stories": {"question": "What broke?"}, "compose_answer": {"id": "orders"},
		"review_answer": {"text": lyingDraft, "story": "orders"}, "coverage": {}, "draw_question": {"seed": 1},
	} {
		if r := call(t, session, tool, arguments); r.IsError {
			t.Errorf("%s: %s", tool, texts(r))
		}
	}
	if r := call(t, session, "get_story", args{"id": "nobody"}); !r.IsError {
		t.Error("a story of nobody")
	}
	if err := session.Close(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if code := command.ProcessState.ExitCode(); code != 0 || !strings.Contains(stderr.String(), "prep: error: no story \"nobody\"\n") {
		t.Errorf("exit %d: %s", code, &stderr)
	}
}

// One tool's call on a library of 200 stories, everything read anew: what a person
// waits for beside the assistant.
func BenchmarkMCPCall(b *testing.B) {
	dir := b.TempDir()
	b.Chdir(dir)
	for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		b.Setenv("XDG_"+kind+"_HOME", dir)
	}
	if err := os.Mkdir("stories", 0o750); err != nil {
		b.Fatal(err)
	}
	for i := range 200 {
		text := strings.ReplaceAll(mcpLibrary()["stories/orders.yaml"], "parcels", "parcels of lot "+string(rune('a'+i%26))+string(rune('a'+i/26)))
		if err := os.WriteFile(filepath.Join("stories", "orders-"+string(rune('a'+i%26))+string(rune('a'+i/26))+".yaml"), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	m := &mcpServer{env: newEnv(strings.NewReader(""), io.Discard, io.Discard, time.Now)}
	for name, call := range map[string]func() answer{
		"get_story":      func() answer { return m.getStory(given{"id": "orders-aa"}) },
		"search_stories": func() answer { return m.searchStories(given{"query": "parcels letter"}) },
		"match_stories":  func() answer { return m.matchStories(given{"question": "Tell me about a mistake"}) },
		"coverage":       func() answer { return m.coverage(given{}) },
	} {
		b.Run(name, func(b *testing.B) {
			call() // the first encodes what is new
			for b.Loop() {
				if a := call(); !a.ok {
					b.Fatal(a.said)
				}
			}
		})
	}
}
