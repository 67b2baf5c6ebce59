package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/lint"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/yaml"
)

func newLintCmd(e *env) *cobra.Command {
	var out output
	var explain string
	cmd := &cobra.Command{
		Use:   "lint [ID…]",
		Short: "Check stories for errors and for what weakens an answer",
		Long: `lint reads every story file, or those named, and prints a line for each thing that is
wrong or weak: file:line:column: severity: message (rule). It exits with 1 if one is an
error.

A rule that does not suit you is switched off in the config file (rules: [no-figure]),
or for one place by a comment on its line, on the line above, or on its key:
  # prep:ignore no-figure, vague -- why
At the head of a file the comment holds for the whole file.`,
		GroupID: groupLibrary,
		Example: "  prep lint\n  prep lint the-double-deduct-disaster --format json\n  prep lint --explain no-figure",

		ValidArgsFunction: e.completeIDs,
		RunE: func(_ *cobra.Command, ids []string) error {
			if explain != "" {
				return explainRule(e, out, explain)
			}
			defer e.working()()
			findings, err := e.lint(ids)
			if err != nil {
				return err
			}
			if err := out.write(e, func(w io.Writer, s report.Style) error { return report.Lint(w, s, findings) }); err != nil {
				return err
			}
			if slices.ContainsFunc(findings, func(f lint.Finding) bool { return f.Severity == lint.Error }) {
				return errNo
			}
			return nil
		},
	}
	choiceFlag(cmd, &out.format, "format", report.Table, "how the result looks", append(slices.Clone(report.Formats), report.GitHub)...)
	cmd.Flags().StringVarP(&out.file, "output", "o", "", "write the result to a `file`")
	cmd.Flags().StringVar(&explain, "explain", "", "say what a `rule` means and why it matters")
	_ = cmd.RegisterFlagCompletionFunc("explain", cobra.FixedCompletions(lint.Names(), cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag that is not there
	return cmd
}

func explainRule(e *env, out output, name string) error {
	rule, err := lint.Find(name)
	if err != nil {
		return err
	}
	return out.write(e, func(w io.Writer, s report.Style) error { return report.LintRule(w, s, rule) })
}

// lint checks the library, or the stories of those ids.
func (e *env) lint(ids []string) ([]lint.Finding, error) {
	dir, err := e.storiesDir()
	if err != nil {
		return nil, err
	}
	options, err := e.lintOptions()
	if err != nil {
		return nil, err
	}
	fsys := storiesIn(dir)
	findings, files, err := lint.Library(fsys, options)
	if err != nil {
		return nil, err
	}
	if files == 0 {
		return nil, hint("prep import FILE adds some", "no story files to check in %s", dir)
	}
	if err := e.storyFiles(fsys, dir, ids); err != nil {
		return nil, err
	}
	findings = slices.DeleteFunc(findings, func(f lint.Finding) bool { return len(ids) > 0 && !slices.Contains(ids, f.ID()) })
	for i := range findings {
		findings[i].File = path.Join(dir, findings[i].File)
	}
	return findings, nil
}

func (e *env) lintOptions() (lint.Options, error) {
	c, err := e.config()
	if err != nil {
		return lint.Options{}, err
	}
	o := lint.Options{Confidential: confidential.New(c.file.Confidential), Off: c.file.Rules}
	if err := c.checkRules(); err != nil {
		return o, err
	}
	if o.WPM, err = c.wpm(); err != nil {
		return o, err
	}
	if o.Competencies, err = e.competencies(); err != nil {
		return o, err
	}
	o.Skills, err = e.skills()
	return o, err
}

// checkRules reports names in the config file's rules that cannot be switched off.
func (c *config) checkRules() error {
	var problems yaml.Problems
	for i, name := range c.file.Rules {
		rule, err := lint.Find(name)
		if err == nil && rule.Name == "schema" {
			err = fmt.Errorf("the rule %q cannot be switched off: no command can use a broken file", name)
		}
		if err != nil {
			line, column := c.place("rules", i)
			problems = append(problems, yaml.Problem{File: c.path, Line: line, Column: column, Message: err.Error()})
		}
	}
	return problems.Err()
}

// place is where an entry of a key's list stands in the config file; 0, 0 where
// the file cannot be read again.
func (c *config) place(key string, item int) (line, column int) {
	data, err := yaml.ReadFile(os.DirFS(filepath.Dir(c.path)), filepath.Base(c.path))
	if err != nil {
		return 0, 0
	}
	index, err := yaml.NewIndex(c.path, data)
	if err != nil {
		return 0, 0
	}
	return index.Place(key, item)
}

// storyFiles is an error where an id names no file; the file itself may be broken.
func (e *env) storyFiles(fsys fs.FS, dir string, ids []string) error {
	for _, id := range ids {
		if _, err := fs.Stat(fsys, id+".yaml"); err == nil {
			continue
		}
		if _, err := fs.Stat(fsys, id+".yml"); err != nil {
			return hint("prep list shows the ids", "no story %q in %s", id, path.Join(".", dir))
		}
	}
	return nil
}
