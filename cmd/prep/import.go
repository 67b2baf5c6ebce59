package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
)

type importOptions struct {
	env *env

	out      output
	dryRun   bool
	update   bool
	strategy string
	files    []string
}

func newImportCmd(e *env) *cobra.Command {
	o := importOptions{env: e}
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take over incidents from notes you keep already",
		Long: "import reads the notes in which people keep what they did (Markdown, text, JSON Resume), whatever\n" +
			"their layout, and writes one story file per incident into your library. It never writes\n" +
			"over a file: a story that was imported before is skipped, one whose document has changed\n" +
			"since is reported. What is in no story is listed with its line and the reason.\n\n" +
			"The layouts that it knows, by the names that --strategy takes:\n" + strategies(),
		GroupID: groupLibrary,
		Example: "  prep import work-log.md failures.txt --dry-run\n" +
			"  prep import brag.md --strategy bullets --dry-run --format json\n" +
			"  prep import work-log.md --update",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return hint("prep import work-log.md", "no file to import")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			o.files = args
			return o.run()
		},
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "show what would be written, and write nothing")
	cmd.Flags().BoolVar(&o.update, "update", false, "take over changes of documents that were imported before; what you have edited yourself stays")
	choiceFlag(cmd, &o.strategy, "strategy", "", "look for one layout only", strategyNames()...)
	addOutput(cmd, &o.out)
	return cmd
}

func strategyNames() []string {
	var names []string
	for _, s := range importer.Strategies() {
		names = append(names, s.Name)
	}
	return names
}

func strategies() string {
	var lines []string
	for _, s := range importer.Strategies() {
		lines = append(lines, fmt.Sprintf("  %-11s %s", s.Name, s.Text))
	}
	return strings.Join(lines, "\n")
}

func (o *importOptions) run() error {
	reports, err := o.read()
	if err != nil {
		return err
	}
	dir, existing, err := o.env.importLibrary()
	if err != nil {
		return err
	}
	given, err := o.env.loadImports(dir)
	if err != nil {
		return err
	}
	var drafts []importer.Draft
	for _, r := range reports {
		drafts = append(drafts, r.Stories...)
	}
	decisions := importer.Merge(existing, drafts, given.stories)
	if err := o.write(dir, decisions); err != nil {
		return err
	}
	if err := o.note(given, decisions); err != nil {
		return err
	}
	draw := func(w io.Writer, s report.Style) error { return report.Import(w, s, reports, imported(dir, decisions)) }
	if err := o.out.write(o.env, draw); err != nil {
		return err
	}
	o.tell(reports)
	o.summary(dir, decisions)
	return o.empty(reports)
}

// note keeps what the documents told, for the next import to compare with.
func (o *importOptions) note(given *imports, decisions []importer.Decision) error {
	if o.dryRun {
		return nil
	}
	for _, d := range decisions {
		if d.Status != importer.Changed || o.update {
			given.stories[d.Story.ID] = d.Draft.Story
		}
	}
	return given.save()
}

// tell says how each document was read.
func (o *importOptions) tell(reports []importer.Report) {
	for i, r := range reports {
		if len(r.Stories) == 0 {
			continue
		}
		o.env.say("prep: %s: %s", filepath.ToSlash(o.files[i]), r.Evidence)
		if !r.English {
			o.env.warn("%s does not look like English: prep understands English, and has read it by its structure", filepath.ToSlash(o.files[i]))
		}
	}
}

// read takes all documents apart before anything is written.
func (o *importOptions) read() ([]importer.Report, error) {
	var reports []importer.Report
	var errs []error
	for _, file := range o.files {
		data, err := readLimited(file, importer.MaxSize)
		if err == nil {
			var r importer.Report
			r, err = importer.Read(filepath.Base(file), data, o.strategy)
			reports = append(reports, r)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", filepath.ToSlash(file), cause(err)))
		}
	}
	return reports, errors.Join(errs...)
}

// importLibrary gives the folder that an import writes to, which may be new, and
// the stories in it.
func (e *env) importLibrary() (string, []story.Story, error) {
	c, err := e.config()
	if err != nil {
		return "", nil, err
	}
	dir := cmp.Or(c.v.GetString("stories"), "stories")
	if c.v.GetString("stories") == "" {
		if found, err := e.storiesDir(); err == nil && found != "" {
			dir = found
		}
	}
	stories, err := story.Load(os.DirFS(dir))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return filepath.ToSlash(dir), stories, within(filepath.ToSlash(dir), err)
}

func (o *importOptions) write(dir string, decisions []importer.Decision) error {
	if o.dryRun {
		return nil
	}
	for _, d := range decisions {
		if err := o.writeOne(dir, d); err != nil {
			return err
		}
	}
	return nil
}

func (o *importOptions) writeOne(dir string, d importer.Decision) error {
	file := filepath.Join(dir, d.Story.File)
	switch {
	case d.Status == importer.New:
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		return createFile(file, story.Write(d.Story))
	case d.Status == importer.Changed && o.update:
		return rewrite(dir, d.Story)
	}
	return nil
}

// rewrite writes a changed story over its file, and keeps all that is equal there.
func rewrite(dir string, s story.Story) error {
	file := filepath.Join(dir, s.File)
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text, err := story.Rewrite(old, s)
	if err != nil {
		return within(dir, err)
	}
	return replaceFile(file, text)
}

func imported(dir string, decisions []importer.Decision) []report.Imported {
	out := make([]report.Imported, len(decisions))
	for i, d := range decisions {
		out[i] = report.Imported{Story: d.Story, File: path.Join(dir, d.Story.File), Status: d.Status, Yours: d.Yours}
	}
	return out
}

// summary says in one line what was done.
func (o *importOptions) summary(dir string, decisions []importer.Decision) {
	count := map[importer.Status]int{}
	for _, d := range decisions {
		count[d.Status]++
	}
	var parts []string
	switch n := count[importer.New]; {
	case n == 0:
		parts = append(parts, "nothing new")
	case o.dryRun:
		parts = append(parts, fmt.Sprintf("%d would be written to %s", n, dir))
	default:
		parts = append(parts, fmt.Sprintf("%d written to %s", n, dir))
	}
	if n := count[importer.Known]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d known already", n))
	}
	if n := count[importer.Changed]; n > 0 && o.update && !o.dryRun {
		parts = append(parts, fmt.Sprintf("%d brought up to date", n))
	} else if n > 0 {
		parts = append(parts, fmt.Sprintf("%d changed since they were imported (--update takes the change)", n))
	}
	o.env.say("prep: %s", strings.Join(parts, ", "))
	for _, d := range decisions {
		if len(d.Yours) > 0 {
			o.env.warn("%s: you and the document have both changed %s: yours stays", path.Join(dir, d.Story.File), strings.Join(d.Yours, ", "))
		}
	}
}

// empty says which documents hold no story, and why.
func (o *importOptions) empty(reports []importer.Report) error {
	for i, r := range reports {
		if len(r.Stories) == 0 {
			o.env.say("prep: no story in %s: %s", filepath.ToSlash(o.files[i]), r.Why)
		}
	}
	if slices.ContainsFunc(reports, func(r importer.Report) bool { return len(r.Stories) == 0 }) {
		return errNo
	}
	return nil
}
