package main

import (
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/skill"
)

func newSkillsCmd(e *env) *cobra.Command {
	var out output
	var kind string
	cmd := &cobra.Command{
		Use:     "skills",
		Short:   "List the skill taxonomy",
		GroupID: groupLookUp,
		Example: "  prep skills --kind database",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			taxonomy, err := e.skills()
			if err != nil {
				return err
			}
			all := slices.DeleteFunc(taxonomy.Skills(), func(s skill.Skill) bool { return kind != "" && s.Kind != kind })
			return out.write(e, func(w io.Writer, s report.Style) error { return report.Skills(w, s, all) })
		},
	}
	choiceFlag(cmd, &kind, "kind", "", "only skills of this kind", skill.Kinds...)
	addOutput(cmd, &out)
	return cmd
}
