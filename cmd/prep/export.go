package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/exporter"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
)

type exportOptions struct {
	env *env

	format string
	out    output
	redact bool
	ids    []string
}

func newExportCmd(e *env) *cobra.Command {
	o := exportOptions{env: e}
	cmd := &cobra.Command{
		Use:   "export [ID…] --to FORMAT",
		Short: "Write your stories in the formats of other programs",
		Long: `export writes the whole library, or the stories named. prep import reads markdown, json,
jsonresume and story-bank back without loss. The formats:
  markdown    a heading a story, a bold label a key
  json        the keys of the story files
  jsonresume  a JSON Resume whose projects are the stories
  story-bank  the story-bank.md of career-ops
  csv         a row a story; a cell that a spreadsheet would take for a formula is made harmless
  anki        notes to import into Anki: the story asked for by its title, told on the back`,
		GroupID: groupLibrary,
		Example: "  prep export --to anki -o stories.txt\n" +
			"  prep export --to story-bank -o interview-prep/story-bank.md\n" +
			"  prep export the-double-deduct-disaster --to markdown --redact",
		ValidArgsFunction: e.completeIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			o.ids = args
			return o.run()
		},
	}
	choiceFlag(cmd, &o.format, "to", "", "the format", exporter.Formats...)
	cmd.Flags().StringVarP(&o.out.file, "output", "o", "", "write the result to a `file`")
	redactFlag(cmd, &o.redact)
	return cmd
}

func (o *exportOptions) run() error {
	if o.format == "" {
		return hint("--to takes "+list(exporter.Formats), "no format named")
	}
	defer o.env.working()()
	chosen, err := o.chosen()
	if err != nil {
		return err
	}
	shown, err := o.env.guard(o.redact, chosen...)
	if err != nil {
		return err
	}
	return o.out.write(o.env, func(w io.Writer, _ report.Style) error { return exporter.Write(w, o.format, shown) })
}

// chosen gives the stories named, in that order, or all.
func (o *exportOptions) chosen() ([]story.Story, error) {
	l, err := o.env.someStories()
	if err != nil || len(o.ids) == 0 {
		return l.stories, err
	}
	var chosen []story.Story
	for _, id := range o.ids {
		s, err := l.find(id)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, s)
	}
	return chosen, nil
}
