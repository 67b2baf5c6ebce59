//go:build npm

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inspector is the protocol's own tool for trying servers. It needs node and npm.
const inspector = "@modelcontextprotocol/inspector@2.12.0"

// inspect runs the inspector against the program in the working folder, which it
// starts as the help says, and gives the JSON that it prints.
func inspect(t *testing.T, arguments ...string) map[string]any {
	t.Helper()
	program, err := exec.LookPath("prep")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
		env["XDG_"+kind+"_HOME"] = filepath.Join(dir, ".xdg")
	}
	server := map[string]any{"command": program, "args": []string{"mcp", "--write", "--stories", filepath.Join(dir, "stories")}, "env": env}
	config, err := json.Marshal(map[string]any{"mcpServers": map[string]any{"prep": server}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("servers.json", config, 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "npx", append([]string{"--yes", inspector, "--cli", "--config", "servers.json", "--server", "prep"}, arguments...)...) //nolint:gosec // the arguments are the test's own
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", arguments, err, &stdout, &stderr)
	}
	var out map[string]any
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatalf("%v\n%s", err, &stdout)
	}
	return out
}

// names are the names in a list of what the server offers.
func names(t *testing.T, list any, key string) []string {
	t.Helper()
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	var entries []map[string]any
	if err := json.Unmarshal(data, &entries); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		name, _ := e[key].(string)
		out = append(out, name)
	}
	return out
}

// The inspector finds nothing to say against the tools' schemas, and every tool, every
// resource and every prompt answers it.
func TestMCPInspector(t *testing.T) {
	inFolder(t, mcpLibrary())
	called := map[string][]string{
		"search_stories": {"query=courier"},
		"get_story":      {"id=orders"},
		"match_stories":  {"question=Tell me about a time something broke", "limit=1"},
		"compose_answer": {"id=orders", "seconds=60"},
		"review_answer":  {"text=" + lyingDraft, "story=orders"},
		"coverage":       {"by=competency"},
		"draw_question":  {"count=2", "seed=7"},
		"add_story":      {"yaml=title: Added\nproblem: P\n"},
	}
	offered := names(t, inspect(t, "--method", "tools/list", "--strict")["tools"], "name")
	for tool, arguments := range called {
		command := []string{"--method", "tools/call", "--tool-name", tool}
		for _, a := range arguments {
			command = append(command, "--tool-arg", a)
		}
		r := inspect(t, command...)
		if value, ok := r["structuredContent"].(map[string]any); !ok || len(value) == 0 || r["isError"] == true {
			t.Errorf("%s: %v", tool, r)
		}
		offered = slices.DeleteFunc(offered, func(s string) bool { return s == tool })
	}
	if len(offered) > 0 {
		t.Errorf("not called: %v", offered)
	}
	if _, err := os.Stat("stories/added.yaml"); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"prep://stories/added", "prep://stories/initech-lift", "prep://stories/orders"}, names(t, inspect(t, "--method", "resources/list")["resources"], "uri")); diff != "" {
		t.Error(diff)
	}
	if r := inspect(t, "--method", "resources/read", "--uri", "prep://stories/orders"); len(names(t, r["contents"], "text")) != 1 {
		t.Error(r)
	}
	if diff := cmp.Diff([]string{"answer_question", "polish_answer", "polish_draft"}, names(t, inspect(t, "--method", "prompts/list")["prompts"], "name")); diff != "" {
		t.Error(diff)
	}
	if r := inspect(t, "--method", "prompts/get", "--prompt-name", "polish_answer", "--prompt-args", "id=orders"); r["messages"] == nil {
		t.Error(r)
	}
}
