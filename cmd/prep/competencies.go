package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
)

func newCompetenciesCmd(e *env) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:     "competencies",
		Short:   "List the competencies that behavioural questions probe",
		GroupID: groupLookUp,
		Example: "  prep competencies --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v, err := e.competencies()
			if err != nil {
				return err
			}
			return out.write(e, func(w io.Writer, s report.Style) error { return report.Competencies(w, s, v.All()) })
		},
	}
	addOutput(cmd, &out)
	return cmd
}
