package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A panic in a call is that call's error, without the panic's text; the server goes on.
func TestBugInACall(t *testing.T) {
	inFolder(t, map[string]string{"stories/orders.yaml": story1})
	var said bytes.Buffer
	broken := true
	e := newEnv(strings.NewReader(""), io.Discard, &said, func() time.Time {
		if broken {
			panic(secret)
		}
		return time.Unix(1.8e9, 0)
	})
	here, there := mcp.NewInMemoryTransports()
	if _, err := newMCPServer(e, mcpOptions{}).Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // the test is over
	_, err = c.CallTool(t.Context(), &mcp.CallToolParams{Name: "draw_question"})
	if err == nil || !strings.Contains(err.Error(), errBug.Error()) || strings.Contains(err.Error(), "Initech") {
		t.Errorf("the assistant hears %v", err)
	}
	reported(t, exitFail, said.String())
	broken = false
	if r := call(t, c, "draw_question", nil); r.IsError {
		t.Errorf("the next call: %v", r.Content)
	}
}
