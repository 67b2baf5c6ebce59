package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/search"
	"github.com/prep-cli/prep/pkg/story"
)

// A tool is what an assistant may call. Most are a command of prep that answers in
// JSON, whose keys are thereby the tool's.
type tool struct {
	name, title, text string
	arguments         []argument
	writes            bool
	call              func(*mcpServer, given) answer
}

// The most characters of a line and of a text that an assistant sends: far more than
// any question and any posting need.
const (
	longestLine = 2000
	longestText = 50_000
)

// biggestSeed is the most that JSON's numbers hold exactly.
const biggestSeed = 1<<53 - 1

var (
	argID      = argument{name: "id", text: "a story's id", most: 300, required: true}
	argJD      = argument{name: "jd", text: "the job description itself, as text: not a file, not an address", most: longestText, prose: true}
	argSeconds = argument{name: "seconds", text: "how long the answer may take when spoken; the user's own setting if left out", whole: true, least: int64(shortest.Seconds()), most: int64(longest.Seconds())}
)

func mcpTools() []tool { return append(libraryTools(), interviewTools()...) }

func libraryTools() []tool {
	return []tool{
		{
			name: "search_stories", title: "Search stories", call: (*mcpServer).searchStories,
			text: "Lists the stories that hold words of the query, those with most of them first; all stories for an empty query. For a question or a job use match_stories, which goes by meaning.",
			arguments: []argument{
				{name: "query", text: "words, a skill, a company", most: longestLine},
				{name: "limit", text: "how many to list (20 if left out)", whole: true, least: 1, most: 200},
			},
		},
		{
			name: "get_story", title: "Read a story", call: (*mcpServer).getStory,
			text:      "Gives a story as its teller wrote it. hindsight holds what was not done: never tell it as done.",
			arguments: []argument{argID},
		},
		{
			name: "add_story", title: "Add a story", call: (*mcpServer).addStory, writes: true,
			text: "Writes a new story file into the library; its id comes from its title. It never changes a story that is there. " +
				"Write only what the user told you, in the first person, and show it to the user first. The keys, each text a string or a list of strings:\n" + storyKeys(),
			arguments: []argument{{name: "yaml", text: "the story file", most: longestText, required: true}},
		},
	}
}

// storyKeys says what a story file may hold, a key a line.
func storyKeys() string {
	var b strings.Builder
	for _, k := range story.Keys() {
		required := ""
		if k.Required {
			required = " (required)"
		}
		fmt.Fprintf(&b, "%s%s: %s\n", k.Name, required, k.Help)
	}
	return b.String()
}

func interviewTools() []tool {
	return []tool{
		{
			name: "match_stories", title: "Match stories to a job or a question", call: (*mcpServer).matchStories,
			text: "Ranks the stories for an interview question or for a job description, each with the reasons; for a job also the gaps and the fewest stories that cover it. Where results is empty no story fits, and closest is only the nearest.",
			arguments: []argument{
				{name: "question", text: "an interview question; give this or jd", most: longestLine},
				argJD,
				{name: "limit", text: "how many stories (5 if left out)", whole: true, least: 1, most: 50},
			},
		},
		{
			name: "compose_answer", title: "Compose a STAR answer", call: (*mcpServer).composeAnswer,
			text:      "Tells a story as a STAR answer that fits the time when spoken. It says only what the story holds; warnings name what the story lacks. Anything that you change in it must pass review_answer.",
			arguments: []argument{argID, {name: "question", text: "the question that the answer is for", most: longestLine}, argSeconds},
		},
		{
			name: "review_answer", title: "Review an answer", call: (*mcpServer).reviewAnswer,
			text: "Feedback on an answer: its length, balance, fillers and advice. With story it lists under unsupported what the answer claims and the story does not hold (take that out, or ask the user), and under missed the best facts left out. Call it on every answer that you wrote or changed, before you show it.",
			arguments: []argument{
				{name: "text", text: "the whole answer as it would be said", most: longestText, required: true},
				{name: "story", text: "the id of the story that it tells", most: 300},
				{name: "seconds", text: "how long it took to say, where that was timed", whole: true, least: 1, most: 3600},
			},
		},
		{
			name: "coverage", title: "Coverage and gaps", call: (*mcpServer).coverage,
			text:      "Shows which stories prove which skills or competencies, what hangs on one story alone, the gaps, and the next best story to write; with jd, of what that job asks for.",
			arguments: []argument{argJD, {name: "by", text: "what to count (skill if left out)", choices: []string{string(coverage.Skills), string(coverage.Competencies)}}},
		},
		{
			name: "draw_question", title: "Draw a practice question", call: (*mcpServer).drawQuestion,
			text: "Draws interview questions to practise: first those that are due again, then what the user is weakest in, then new ones.",
			arguments: []argument{
				{name: "count", text: "how many (1 if left out)", whole: true, least: 1, most: 50},
				{name: "competency", text: "only questions that probe this competency", most: 300},
				{name: "level", text: "only questions of this level", choices: question.Levels},
				{name: "seed", text: "the same number draws the same questions again", whole: true, most: biggestSeed},
			},
		},
	}
}

// addTools offers the tools, the writing ones only where that is allowed.
func (m *mcpServer) addTools() {
	no := false
	for _, t := range mcpTools() {
		if t.writes && !m.write {
			continue
		}
		m.protocol.AddTool(&mcp.Tool{
			Name: t.name, Title: t.title, Description: strings.TrimSpace(t.text) + "\n" + m.privacy(), InputSchema: schema(t.arguments),
			Annotations: &mcp.ToolAnnotations{Title: t.title, ReadOnlyHint: !t.writes, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
		}, func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return m.answer(t, r.Params.Arguments).result(), nil
		})
	}
}

func (m *mcpServer) answer(t tool, arguments json.RawMessage) answer {
	in, err := checkJSON(t.arguments, arguments)
	if err != nil {
		return m.refuse(err)
	}
	return t.call(m, in)
}

// result gives an answer as the protocol has it: JSON twice, for clients that read it
// as text and for those that take it as a value, then what was said. What failed is
// an error of the tool, which the assistant reads and can act upon.
func (a answer) result() *mcp.CallToolResult {
	said := &mcp.TextContent{Text: a.said}
	if !a.ok {
		return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{said}}
	}
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(a.text)); err != nil {
		return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: "the answer is no JSON: " + err.Error()}}}
	}
	r := &mcp.CallToolResult{StructuredContent: json.RawMessage(b.Bytes()), Content: []mcp.Content{&mcp.TextContent{Text: b.String()}}}
	if a.said != "" {
		r.Content = append(r.Content, said)
	}
	return r
}

func (m *mcpServer) searchStories(in given) answer {
	return m.ask("", func(e *env) error {
		l, err := e.library()
		if err != nil {
			return err
		}
		skills, err := e.skills()
		if err != nil {
			return err
		}
		found := search.Stories(l.stories, in["query"], skills)
		shown := found[:min(len(found), in.limit())]
		if _, err := e.guard(m.redact, shown...); err != nil {
			return err
		}
		var b bytes.Buffer
		if err := report.List(&b, report.Style{Format: report.JSON}, shown); err != nil {
			return err
		}
		_, err = fmt.Fprintf(e.stdout, `{"found": %d, "stories": %s}`, len(found), b.Bytes())
		return err
	})
}

// limit is how many stories a search lists.
func (g given) limit() int {
	if n, err := strconv.Atoi(g["limit"]); err == nil {
		return n
	}
	return 20
}

func (m *mcpServer) getStory(in given) answer {
	return m.command(report.JSON, "", "show", "--", in["id"])
}

func (m *mcpServer) matchStories(in given) answer {
	args := append([]string{"match"}, in.flags("question", "limit")...)
	jd, isJob := in["jd"]
	if _, isQuestion := in["question"]; isJob == isQuestion {
		return m.refuse(errors.New("give either question or jd"))
	}
	if isJob {
		args = append(args, "--jd=-")
	}
	return m.command(report.JSON, jd, args...)
}

func (m *mcpServer) composeAnswer(in given) answer {
	return m.command(report.JSON, "", in.star()...)
}

// star is the command that tells a story.
func (g given) star() []string {
	args := append([]string{"star"}, g.flags("question")...)
	if seconds, ok := g["seconds"]; ok {
		args = append(args, "--time="+seconds+"s")
	}
	return append(args, "--", g["id"])
}

func (m *mcpServer) reviewAnswer(in given) answer {
	args := append([]string{"review"}, in.flags("story", "seconds")...)
	if m.redact {
		args = append(args, "--redact")
	}
	return m.command(report.JSON, in["text"], append(args, "-")...)
}

func (m *mcpServer) coverage(in given) answer {
	args := append([]string{"coverage"}, in.flags("by")...)
	if _, ok := in["jd"]; ok {
		args = append(args, "--jd=-")
	}
	return m.command(report.JSON, in["jd"], args...)
}

func (m *mcpServer) drawQuestion(in given) answer {
	args := append([]string{"drill", "--count=" + cmp.Or(in["count"], "1")}, in.flags("competency", "level", "seed")...)
	return m.command(report.JSON, "", args...)
}

// addStory keeps a story in a new file. The same story once more is an error that
// names it, so that a call that is repeated adds nothing.
func (m *mcpServer) addStory(in given) answer {
	var err error
	a := m.ask("", func(e *env) error {
		err = e.addStory(in["yaml"])
		return err
	})
	if a.ok {
		_ = m.relist() // the story is written, whatever the others are like
	}
	if errors.Is(err, errInterrupted) {
		interrupt() // it was meant for the server
	}
	return a
}

func (e *env) addStory(text string) error {
	const file = "story.yaml" // as which problems name it
	if err := e.checkStory(file, []byte(text)); err != nil {
		return err
	}
	s, err := story.Parse(file, []byte(text))
	if err != nil {
		return err
	}
	dir, err := e.storiesDir()
	if err != nil {
		return err
	}
	if dir == "" {
		return hint("prep init makes one", "the story folder is gone")
	}
	var id string
	err = e.change(dir, func(func() bool) error {
		id, err = e.addNew(dir, s)
		return err
	})
	if err != nil && !errors.Is(err, errInterrupted) {
		return err
	}
	e.say("prep: added %s", id)
	return errors.Join(err, json.NewEncoder(e.stdout).Encode(map[string]string{"id": id, "title": s.Title, "file": id + ".yaml"}))
}

// addNew writes a story to the library, which must be locked, unless it is there.
func (e *env) addNew(dir string, s story.Story) (id string, err error) {
	l, err := e.loadLibrary()
	if err != nil {
		return "", err
	}
	written := story.Write(s)
	for _, old := range l.stories {
		if bytes.Equal(story.Write(old), written) {
			return "", fmt.Errorf("%s is this story already", old.ID)
		}
	}
	_, id, err = e.createStory(dir, story.Slug(s.Title), written)
	return id, err
}
