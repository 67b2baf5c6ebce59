package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
)

// output is where a reading command's result goes, and how it looks.
type output struct {
	format string
	file   string
}

func addOutput(cmd *cobra.Command, o *output) {
	choiceFlag(cmd, &o.format, "format", report.Table, "how the result looks", report.Formats...)
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write the result to a `file`")
}

// write draws a result where the flags say. Nothing is written where drawing fails.
func (o output) write(e *env, draw func(io.Writer, report.Style) error) error {
	var b bytes.Buffer
	style := report.Style{Format: o.format}
	if o.file == "" {
		style.Width = e.width()
		style.Color = style.Width > 0 && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
	}
	if err := draw(&b, style); err != nil {
		return err
	}
	e.silence()
	if o.file != "" {
		return untilDone(func(func() bool) error { return e.files.replace(o.file, b.Bytes()) })
	}
	_, err := e.stdout.Write(b.Bytes())
	return err
}

// list joins names as a sentence does: "a, b or c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
