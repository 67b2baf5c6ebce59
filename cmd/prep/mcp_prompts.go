package main

import (
	"context"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/prep-cli/prep/pkg/report"
)

// A prompt is a task that the user can give the assistant. Each ends in the review.
type prompt struct {
	name, title, text string
	arguments         []argument
	begin             func(*mcpServer, given) (string, answer)
}

var (
	argQuestion = argument{name: "question", text: "the interview question", most: longestLine}
	argDraft    = argument{name: "draft", text: "the answer as you have it", most: longestText, required: true}
)

func mcpPrompts() []prompt {
	question := argQuestion
	question.required = true
	return []prompt{
		{
			name: "polish_answer", title: "Polish a story's answer", arguments: []argument{argID, argQuestion, argSeconds}, begin: (*mcpServer).polishAnswer,
			text: "Make the answer that prep composes of a story sound like you, without adding to it",
		},
		{
			name: "polish_draft", title: "Polish my own draft", arguments: []argument{argID, argDraft, argSeconds}, begin: (*mcpServer).polishDraft,
			text: "Make your own draft of an answer clearer, without adding to it",
		},
		{
			name: "answer_question", title: "Answer a question from my stories", arguments: []argument{question, argSeconds}, begin: (*mcpServer).answerQuestion,
			text: "Find the story that answers a question, and tell it",
		},
	}
}

func (m *mcpServer) addPrompts() {
	for _, p := range mcpPrompts() {
		offered := &mcp.Prompt{Name: p.name, Title: p.title, Description: p.text}
		for _, a := range p.arguments {
			offered.Arguments = append(offered.Arguments, &mcp.PromptArgument{Name: a.name, Description: a.text, Required: a.required})
		}
		m.protocol.AddPrompt(offered, func(_ context.Context, r *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			in, err := check(p.arguments, r.Params.Arguments)
			if err != nil {
				return nil, invalid(m.refuse(err).said)
			}
			task, a := p.begin(m, in)
			if !a.ok {
				return nil, invalid(a.said)
			}
			return &mcp.GetPromptResult{Description: p.text, Messages: []*mcp.PromptMessage{{
				Role: "user", Content: &mcp.TextContent{Text: task + "\n\n" + rules + "\n\n" + in.ending()},
			}}}, nil
		})
	}
}

// invalid is the protocol's error for arguments that make no prompt.
func invalid(why string) error { return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: why} }

// rules are what polishing may do.
const rules = `Change how it is said, never what is said:
- Keep to what the story holds. Add no number, name, technology, step, motive or result, and make none bigger.
- What others did stays theirs. What is under hindsight was not done: it may only be told as what I would do now.
- Write it to be spoken: first person, short sentences, plain words.`

// ending is how every prompt ends.
func (g given) ending() string {
	which := "the story's id as story"
	if id, ok := g["id"]; ok {
		which = fmt.Sprintf("%q as story", id)
	}
	return "Before you show me anything, call review_answer with the whole answer as text and " + which + ". " +
		"What it lists under unsupported is not in the story: take it out, and call review_answer again, until unsupported is empty. " +
		"Then show me the answer, how many seconds it takes, and what you took out. " +
		"If something that you took out may be true, ask me: it then belongs into the story first."
}

func (g given) within() string {
	if seconds, ok := g["seconds"]; ok {
		return " It may take " + seconds + " seconds when spoken."
	}
	return ""
}

func (m *mcpServer) polishAnswer(in given) (string, answer) {
	a := m.command(report.Markdown, "", in.star()...)
	return fmt.Sprintf("Polish this answer, which prep composed of my story %q (get_story reads it).%s\n\n%s", in["id"], in.within(), a.text), a
}

func (m *mcpServer) polishDraft(in given) (string, answer) {
	a := m.command(report.Markdown, "", "show", "--", in["id"])
	return fmt.Sprintf("Polish my draft of an answer that tells my story %q.%s\n\nThe draft:\n\n%s\n\nThe story:\n\n%s", in["id"], in.within(), in["draft"], a.text), a
}

func (m *mcpServer) answerQuestion(in given) (string, answer) {
	return fmt.Sprintf("Help me to answer this interview question from my own stories.%s\n\n> %s\n\n", in.within(), in["question"]) +
		"Call match_stories with the question. Where no story fits, say so and stop: do not make one up. " +
		"Else call compose_answer with the best story's id and the question, and polish what it gives.", answer{ok: true}
}
