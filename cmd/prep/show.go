package main

import (
	"io"
	"path"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
)

func newShowCmd(e *env) *cobra.Command {
	var out output
	var redact bool
	cmd := &cobra.Command{
		Use:               "show ID",
		Short:             "Show a story as you wrote it",
		GroupID:           groupLibrary,
		Example:           "  prep show the-double-deduct-disaster",
		Args:              exactlyOneID,
		ValidArgsFunction: e.completeIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			l, err := e.library()
			if err != nil {
				return err
			}
			st, err := l.find(args[0])
			if err != nil {
				return err
			}
			st.File = path.Join(l.dir, st.File)
			shown, err := e.guard(redact, st)
			if err != nil {
				return err
			}
			return out.write(e, func(w io.Writer, s report.Style) error { return report.Show(w, s, shown[0]) })
		},
	}
	redactFlag(cmd, &redact)
	addOutput(cmd, &out)
	return cmd
}

// exactlyOneID asks for a story's id in words.
func exactlyOneID(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return hint("prep list shows the ids", "%s takes one story id, not %d", cmd.CommandPath(), len(args))
	}
	return nil
}
