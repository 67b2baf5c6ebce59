package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
)

// Where stories are among the resources.
const (
	storyURI  = "prep://stories/"
	storyType = "application/yaml"
)

func uriOf(id string) string { return storyURI + url.PathEscape(id) }

// addResources offers the stories. Which there are is looked up whenever a client
// asks for the list, and a story can be read whether or not it was on the list.
func (m *mcpServer) addResources() {
	m.protocol.AddResourceTemplate(&mcp.ResourceTemplate{
		Name: "story", Title: "A story", URITemplate: storyURI + "{id}", MIMEType: storyType,
		Description: "A story as YAML. " + m.privacy(),
	}, m.readStory)
	_ = m.relist() // whoever asks gets the error
	m.protocol.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
			if method == "resources/list" {
				if err := m.relist(); err != nil {
					return nil, err
				}
			}
			return next(ctx, method, r)
		}
	})
}

// relist offers what is new and withdraws what is gone. What stays is left alone:
// clients are told of each change, and would ask again.
func (m *mcpServer) relist() error {
	a := m.ask("", func(e *env) error {
		l, err := e.library()
		if err != nil {
			return err
		}
		titles := map[string]string{}
		for _, s := range l.stories {
			titles[uriOf(s.ID)] = s.Title
			if was, ok := m.listed[uriOf(s.ID)]; !ok || was != s.Title {
				m.protocol.AddResource(&mcp.Resource{URI: uriOf(s.ID), Name: s.ID, Title: report.Clean(s.Title), MIMEType: storyType}, m.readStory)
				m.listed[uriOf(s.ID)] = s.Title
			}
		}
		for uri := range m.listed {
			if _, ok := titles[uri]; !ok {
				m.protocol.RemoveResources(uri)
				delete(m.listed, uri)
			}
		}
		return nil
	})
	return a.err()
}

// err is the answer as an error of the protocol, for what cannot fail otherwise.
func (a answer) err() error {
	if a.ok {
		return nil
	}
	return errors.New(a.said)
}

// readStory gives a story as its file would be written: comments are notes to
// oneself and stay there.
func (m *mcpServer) readStory(_ context.Context, r *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	id, err := url.PathUnescape(strings.TrimPrefix(r.Params.URI, storyURI))
	if err != nil {
		return nil, mcp.ResourceNotFoundError(r.Params.URI)
	}
	missing := false
	a := m.ask("", func(e *env) error {
		l, err := e.library()
		if err != nil {
			return err
		}
		s, err := l.find(id)
		if missing = err != nil; missing {
			return err
		}
		if _, err := e.guard(m.redact, s); err != nil {
			return err
		}
		_, err = fmt.Fprintf(e.stdout, "%s", story.Write(s))
		return err
	})
	if missing {
		return nil, mcp.ResourceNotFoundError(r.Params.URI)
	}
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: r.Params.URI, MIMEType: storyType, Text: a.text}}}, a.err()
}

// mostCompletions is what the protocol allows in one answer.
const mostCompletions = 100

// complete gives the ids that begin as what was typed.
func (m *mcpServer) complete(_ context.Context, r *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
	found := []string{}
	if r.Params.Argument.Name != argID.name {
		return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: found}}, nil
	}
	a := m.ask("", func(e *env) error {
		l, err := e.library()
		for _, s := range l.stories {
			if strings.HasPrefix(s.ID, strings.ToLower(r.Params.Argument.Value)) {
				found = append(found, s.ID)
			}
		}
		return err
	})
	shown := found[:min(len(found), mostCompletions)]
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: shown, Total: len(found), HasMore: len(found) > len(shown)}}, a.err()
}
