package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

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
	defer o.env.working()()
	reports, err := o.read()
	if err != nil {
		return err
	}
	dir, err := o.env.importDir()
	if err != nil {
		return err
	}
	in := &intake{env: o.env, dir: dir, update: o.update}
	if err := in.take(reports, o.dryRun); err != nil {
		return err
	}
	draw := func(w io.Writer, s report.Style) error { return report.Import(w, s, reports, in.imported()) }
	if err := o.out.write(o.env, draw); err != nil {
		return err
	}
	o.tell(reports)
	o.summary(in)
	return o.empty(reports)
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
		if errors.Is(err, syscall.EISDIR) {
			err = hint("name the files in it: prep import "+filepath.ToSlash(filepath.Join(file, "*.md")), "is a directory")
		}
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

// importDir gives the folder that an import writes to, which may be new.
func (e *env) importDir() (string, error) {
	c, err := e.config()
	if err != nil {
		return "", err
	}
	dir := cmp.Or(c.v.GetString("stories"), "stories")
	if c.v.GetString("stories") == "" {
		if found, err := e.storiesDir(); err == nil && found != "" {
			dir = found
		}
	}
	return filepath.ToSlash(dir), nil
}

// intake is an import into a library.
type intake struct {
	env    *env
	dir    string
	update bool // take changes over

	existing  []story.Story
	given     *imports
	decisions []importer.Decision
	settled   int // decisions that are carried out
	written   int // files
}

// take decides what becomes of the documents and writes it, unless that is only to be
// shown. From the look at the library to the last file no other prep writes there.
func (i *intake) take(reports []importer.Report, dry bool) error {
	if dry {
		return i.decide(reports)
	}
	err := i.env.change(i.dir, func(stop func() bool) error {
		if err := i.decide(reports); err != nil {
			return err
		}
		return i.write(stop)
	})
	if errors.Is(err, errInterrupted) || err != nil && i.written > 0 {
		i.env.say("prep: interrupted: %d of %d written to %s: the same command goes on", i.written, i.wanted(), i.dir)
	}
	return err
}

// decide compares the documents with the library.
func (i *intake) decide(reports []importer.Report) (err error) {
	i.existing, err = story.Load(storiesIn(i.dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return within(i.dir, err)
	}
	if i.given, err = i.env.loadImports(i.dir); err != nil {
		return err
	}
	var drafts []importer.Draft
	for _, r := range reports {
		drafts = append(drafts, r.Stories...)
	}
	i.decisions = importer.Merge(i.existing, drafts, i.given.stories)
	return nil
}

// write carries the decisions out, and keeps what the documents told of those for the
// next import to compare with.
func (i *intake) write(stop func() bool) (err error) {
	for _, d := range i.decisions {
		if stop() {
			err = errInterrupted
			break
		}
		if err = i.writeOne(d); err != nil {
			break
		}
		i.settled++
	}
	for _, d := range i.decisions[:i.settled] {
		if d.Status != importer.Changed || i.update {
			i.given.stories[d.Story.ID] = d.Draft.Story
		}
	}
	if failed := i.given.save(); err == nil {
		err = failed
	}
	return err
}

func (i *intake) writeOne(d importer.Decision) error {
	switch {
	case d.Status == importer.New:
		if err := i.env.files.mkdir(i.dir, publicDir); err != nil {
			return cannotWrite(i.dir, err)
		}
		file := filepath.Join(i.dir, d.Story.File)
		if err := i.env.files.create(file, story.Write(d.Story), publicFile); err != nil {
			return err
		}
	case d.Status == importer.Changed && i.update:
		was := slices.IndexFunc(i.existing, func(s story.Story) bool { return s.ID == d.Story.ID })
		if err := i.env.rewrite(i.dir, i.existing[was], d.Story); err != nil {
			return err
		}
	default:
		return nil
	}
	i.written++
	return nil
}

// wanted is how many files the decisions ask to be written.
func (i *intake) wanted() int {
	n := 0
	for _, d := range i.decisions {
		if d.Status == importer.New || d.Status == importer.Changed && i.update {
			n++
		}
	}
	return n
}

// rewrite writes a story over its file, where that still holds what it held when the
// story was read, and keeps all that is equal there. The library must be locked.
func (e *env) rewrite(dir string, was, now story.Story) error {
	file, err := storyPlace(dir, was.File)
	if err != nil {
		return err
	}
	old, err := e.files.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.ToSlash(file), cause(err))
	}
	held, err := story.Parse(was.File, old)
	if err != nil || !bytes.Equal(story.Write(held), story.Write(was)) {
		return hint("the same command takes it as it is now", "%s was changed by another program: it stays as that left it", filepath.ToSlash(file))
	}
	text, err := story.Rewrite(old, now)
	if err != nil {
		return within(dir, err)
	}
	return e.files.replace(file, text)
}

func (i *intake) imported() []report.Imported {
	out := make([]report.Imported, len(i.decisions))
	for n, d := range i.decisions {
		out[n] = report.Imported{Story: d.Story, File: path.Join(i.dir, d.Story.File), Status: d.Status, Yours: d.Yours}
	}
	return out
}

// summary says in one line what was done.
func (o *importOptions) summary(in *intake) {
	dir, decisions := in.dir, in.decisions
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
