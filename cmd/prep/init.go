package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// sample is the commented story that a new library begins with.
//
//go:embed sample.yaml
var sample []byte

// sampleFile is what the sample is called in a new library.
const sampleFile = "a-sample-story.yaml"

func newInitCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a new library with a commented sample story",
		Long: `init makes a folder of stories with a commented sample, the schema by which editors check
while you type, and prep.yaml with your settings, unless you have settings already. What is
there is never written over.`,
		GroupID: groupLibrary,
		Example: "  prep init            # makes stories/ in this folder\n  prep init ~/stories",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "stories"
			if len(args) > 0 {
				dir = args[0]
			} else if e.flags.stories != "" {
				dir = e.flags.stories
			}
			return e.initLibrary(filepath.Clean(dir))
		},
	}
}

func (e *env) initLibrary(dir string) error {
	schema, err := e.schema()
	if err != nil {
		return err
	}
	if err := e.change(dir, func(func() bool) error { return e.fill(dir, schema) }); err != nil {
		return err
	}
	if tracked(dir) {
		e.say("prep: hint: stories are private: where others can see this repository, add %s/ to .gitignore", filepath.ToSlash(dir))
	}
	return nil
}

// fill makes the files of a new library. The sample is the last: until it is there, prep
// init may be run again.
func (e *env) fill(dir string, schema []byte) error {
	file := filepath.Join(dir, sampleFile)
	if _, err := os.Lstat(file); err == nil {
		return hint("nothing was changed", "%s is there already", filepath.ToSlash(file))
	}
	if err := e.files.mkdir(dir, publicDir); err != nil {
		return cannotWrite(dir, err)
	}
	if err := e.files.create(filepath.Join(dir, schemaFile), schema, publicFile); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := e.initConfig(dir); err != nil {
		return err
	}
	if err := e.files.create(file, sample, publicFile); err != nil {
		return err
	}
	e.say("prep: made %s: open it in an editor, or run prep import FILE to bring notes you have", filepath.ToSlash(file))
	return nil
}

// initConfig writes a commented prep.yaml beside the library. One that holds already
// stays alone: a nearer file would put it out of force, confidential words and all.
func (e *env) initConfig(dir string) error {
	if path := fromHere(e.configPath()); path != "" {
		e.say("prep: your settings stay in %s", filepath.ToSlash(path))
		return nil
	}
	if !filepath.IsLocal(dir) {
		e.say("prep: hint: prep finds these stories by --stories %s, or by stories: in ~/.config/prep/config.yaml", filepath.ToSlash(dir))
		return nil
	}
	if err := e.files.create("prep.yaml", fmt.Appendf(nil, settings, "./"+filepath.ToSlash(dir)), publicFile); err != nil {
		return err
	}
	e.say("prep: made prep.yaml: your settings")
	return nil
}

// settings is a config file with what it may hold.
const settings = `# Settings of prep, for this folder and all below it.
stories: %s

# How fast you speak, in words a minute, and how long an answer may take.
wpm: 140
time: 2m

# Interviews to come: prep drill and prep plan prepare for the next.
# interviews:
#   - company: Example Ltd
#     date: 2027-03-15
#     posting: example-ltd.txt

# Words that must not leave: prep warns of them, and --redact says others.
# confidential: [Project Bluebird, Example Ltd]

# Rules of prep lint that are switched off.
# rules: [no-figure]

# A folder of interview questions of your own.
# prompts: prompts
`

// tracked says whether a folder lies in a git repository that does not say to leave
// it out.
func tracked(dir string) bool {
	at, err := filepath.Abs(dir)
	for err == nil {
		parent := filepath.Dir(at)
		if _, err := os.Stat(filepath.Join(parent, ".git")); err == nil {
			ignored, _ := os.ReadFile(filepath.Join(parent, ".gitignore")) // where there is none, nothing is ignored
			name := filepath.Base(dir)
			return !strings.Contains("\n"+string(ignored), "\n"+name) && !strings.Contains(string(ignored), "/"+name)
		}
		if parent == at {
			return false
		}
		at = parent
	}
	return false
}
