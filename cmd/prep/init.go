package main

import (
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// sample is the commented story that a new library begins with.
//
//go:embed sample.yaml
var sample []byte

func newInitCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "init [DIR]",
		Short:   "Make a new library with a commented sample story",
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
			return e.initLibrary(dir)
		},
	}
}

func (e *env) initLibrary(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file := filepath.Join(dir, "a-sample-story.yaml")
	err := createFile(file, sample)
	if errors.Is(err, fs.ErrExist) {
		return hint("nothing was changed", "%s is there already", filepath.ToSlash(file))
	}
	if err == nil {
		e.say("prep: made %s: open it in an editor, or run prep import FILE to bring notes you have", filepath.ToSlash(file))
	}
	return err
}
