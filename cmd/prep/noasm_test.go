//go:build noasm

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Without its assembly the matrix product adds up in another order, as on another
// processor: the last digits of a vector may differ, and never a ranking or a figure
// that is shown. The test binary is built without, the program beside it with.
func TestAnotherProcessorShowsTheSame(t *testing.T) {
	with := filepath.Join(t.TempDir(), "prep")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", with, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	without := program(t, "prep")
	asked := 0
	for _, set := range []string{"eval"} {
		dir, err := filepath.Abs(filepath.Join("../../pkg/match/testdata", set))
		if err != nil {
			t.Fatal(err)
		}
		asked += sameShown(t, with, without, filepath.Join(dir, "library"), asks(t, dir))
	}
	if asked < 40 {
		t.Errorf("only %d questions and postings", asked)
	}
}

// asks gives the calls that put every question and every posting of a graded set.
func asks(t *testing.T, dir string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "questions.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for line := range strings.Lines(string(data)) {
		if _, text, ok := strings.Cut(line, " text: "); ok {
			all = append(all, map[string]string{"question": strings.Trim(strings.TrimSpace(text), `"`)})
		}
	}
	jobs, err := filepath.Glob(filepath.Join(dir, "jobs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, job := range jobs {
		text, err := os.ReadFile(job)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, map[string]string{"jd": string(text)})
	}
	return all
}

// sameShown holds the answers of two programs to each other, and counts them.
func sameShown(t *testing.T, with, without, library string, asks []map[string]string) int {
	t.Helper()
	var said strings.Builder
	for line := range strings.Lines(dialogue) {
		if said.WriteString(line); strings.Contains(line, "initialized") {
			break
		}
	}
	for i, arguments := range asks {
		call, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": i + 2, "method": "tools/call", "params": map[string]any{"name": "match_stories", "arguments": arguments}})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "%s\n", call)
	}
	u := use{command: "prep mcp", args: []string{"--stories", library}, stdin: said.String()}
	one := strings.Split(surrounding{}.run(t, with, nil, u).Stdout, "\n")
	other := strings.Split(surrounding{}.run(t, without, nil, u).Stdout, "\n")
	if len(one) < len(asks) || len(one) != len(other) {
		t.Fatalf("%d and %d answers to %d calls", len(one), len(other), len(asks))
	}
	for i, ask := range asks {
		if a, b := shownOf(t, one[i+1]), shownOf(t, other[i+1]); !slices.Equal(a, b) {
			t.Errorf("%.100v:\nwith    %q\nwithout %q", ask, a, b)
		}
	}
	return len(asks)
}

// shownOf is what the table of an answer shows of the ranking: the ids, their
// percentages and why.
func shownOf(t *testing.T, line string) []string {
	t.Helper()
	type result struct {
		ID    string
		Score float64
		Why   string
	}
	var answer struct {
		Result struct {
			StructuredContent struct {
				Results []result
				Closest *result
			}
		}
	}
	if err := json.Unmarshal([]byte(line), &answer); err != nil {
		t.Fatalf("%v: %.300s", err, line)
	}
	results := answer.Result.StructuredContent.Results
	if closest := answer.Result.StructuredContent.Closest; closest != nil {
		results = append(results, *closest)
	}
	var shown []string
	for _, r := range results {
		shown = append(shown, fmt.Sprintf("%s %.0f%% %s", r.ID, 100*r.Score, r.Why))
	}
	if len(shown) == 0 {
		t.Fatalf("no result and nothing that comes close: %.300s", line)
	}
	return shown
}
