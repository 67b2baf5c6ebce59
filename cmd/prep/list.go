package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
)

func newListCmd(e *env) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List your stories",
		GroupID: groupLibrary,
		Example: "  prep list --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			l, err := e.library()
			if err != nil {
				return err
			}
			if len(l.stories) == 0 {
				e.say("prep: no stories yet in %s: prep import FILE adds some", l.dir)
			}
			return out.write(e, func(w io.Writer, s report.Style) error { return report.List(w, s, l.stories) })
		},
	}
	addOutput(cmd, &out)
	return cmd
}
