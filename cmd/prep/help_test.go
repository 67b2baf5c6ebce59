package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/story"
)

func commands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, commands(sub)...)
	}
	return all
}

// Every command says what it does in a line, shows how it is used, and stands in a
// group; a flag says what it takes.
func TestHelpOfEveryCommand(t *testing.T) {
	root := newRootCmd(newEnv(strings.NewReader(""), io.Discard, io.Discard, time.Now))
	all := commands(root)
	if len(all) < 20 {
		t.Fatalf("%d commands", len(all))
	}
	for _, c := range all {
		path := c.CommandPath()
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: says what it does as %q", path, c.Short)
		}
		if !strings.HasPrefix(c.Example, "  ") || !strings.Contains(c.Example, path) {
			t.Errorf("%s: shows as its use %q", path, c.Example)
		}
		if c.Parent() == root && c.GroupID == "" && !c.Hidden {
			t.Errorf("%s: stands in no group", path)
		}
		var help bytes.Buffer
		c.SetOut(&help)
		if err := c.Help(); err != nil || !strings.Contains(help.String(), "Examples:") {
			t.Errorf("%s --help: %v\n%s", path, err, help.String())
		}
	}
}

// The schema that is shipped is the one that the program prints.
func TestShippedSchema(t *testing.T) {
	vocabulary, err := competency.Default()
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := os.ReadFile("../../story.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(story.Schema(vocabulary.IDs())), string(shipped)); diff != "" {
		t.Errorf("go run ./cmd/prep schema -o story.schema.json makes it anew: %s", diff)
	}
}
