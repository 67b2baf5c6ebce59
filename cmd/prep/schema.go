package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
)

func newSchemaCmd(e *env) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a story file",
		Long: `schema prints what a story file may hold, for editors that complete keys and check while
you type. A story file names it in its first line:
  # yaml-language-server: $schema=story.schema.json
prep init puts it beside your stories.`,
		GroupID: groupLookUp,
		Example: "  prep schema -o stories/story.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			schema, err := e.schema()
			if err != nil {
				return err
			}
			return out.write(e, func(w io.Writer, _ report.Style) error {
				_, err := w.Write(schema)
				return err
			})
		},
	}
	cmd.Flags().StringVarP(&out.file, "output", "o", "", "write the result to a `file`")
	return cmd
}

// schema is the story file's, with the user's own competencies.
func (e *env) schema() ([]byte, error) {
	vocabulary, err := e.competencies()
	if err != nil {
		return nil, err
	}
	return story.Schema(vocabulary.IDs()), nil
}
