package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/tag"
)

type tagOptions struct {
	env *env

	out   output
	write bool
	yes   bool
}

func newTagCmd(e *env) *cobra.Command {
	o := tagOptions{env: e}
	cmd := &cobra.Command{
		Use:   "tag [ID…]",
		Short: "Suggest competencies and skills for your stories",
		Long: "tag says which competencies and skills your stories show, or those named, each with the\n" +
			"sentence that shows it. With --write it asks about each that you do not claim yet and\n" +
			"adds those you confirm; your comments and the order of your keys stay.",
		GroupID: groupLibrary,
		Example: "  prep tag the-double-deduct-disaster\n  prep tag --write",

		ValidArgsFunction: e.completeIDs,
		RunE:              func(_ *cobra.Command, ids []string) error { return o.run(ids) },
	}
	cmd.Flags().BoolVar(&o.write, "write", false, "add what you confirm to the story files")
	cmd.Flags().BoolVar(&o.yes, "yes", false, "with --write: add everything, ask nothing")
	addOutput(cmd, &o.out)
	return cmd
}

func (o *tagOptions) run(ids []string) error {
	if o.yes && !o.write {
		return hint("prep tag --write --yes", "--yes goes with --write")
	}
	l, err := o.env.someStories()
	if err != nil {
		return err
	}
	if o.write && l.dir == "" {
		return hint("prep init makes a library of your own", "the built-in examples cannot be changed")
	}
	stories, err := l.pick(ids)
	if err != nil {
		return err
	}
	tags, err := o.env.tags(stories)
	if err != nil {
		return err
	}
	if o.write {
		return o.add(l.dir, stories, tags)
	}
	return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Tags(w, s, tags) })
}

// pick gives the stories of those ids, all where there are none.
func (l library) pick(ids []string) ([]story.Story, error) {
	if len(ids) == 0 {
		return l.stories, nil
	}
	var out []story.Story
	for _, id := range ids {
		s, err := l.find(id)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (e *env) tags(stories []story.Story) ([]tag.Tags, error) {
	know, err := e.knowledge(0)
	if err != nil {
		return nil, err
	}
	v, err := e.vectors()
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(stories))
	for i := range stories {
		texts[i] = match.ProseOf(&stories[i]).Text
	}
	tags := make([]tag.Tags, len(stories))
	for i, kept := range v.encode(texts, "stories") {
		tags[i] = tag.Of(&stories[i], v.model, kept.Encoding(), know)
	}
	return tags, nil
}

// add asks about every suggestion and writes those confirmed, a file at a time.
func (o *tagOptions) add(dir string, stories []story.Story, tags []tag.Tags) error {
	answers := bufio.NewScanner(o.env.stdin)
	var failed []error
	for i, s := range stories {
		before := len(s.Competencies) + len(s.Skills)
		for _, c := range tags[i].Competencies {
			if !c.Claimed && o.confirmed(answers, s, "competency", c.ID, c.Evidence) {
				s.Competencies = append(slices.Clip(s.Competencies), c.ID)
			}
		}
		for _, k := range tags[i].Skills {
			if !k.Claimed && o.confirmed(answers, s, "skill", k.Name, k.Evidence) {
				s.Skills = append(slices.Clip(s.Skills), k.Name)
			}
		}
		added := len(s.Competencies) + len(s.Skills) - before
		if added == 0 {
			continue
		}
		err := o.env.change(dir, func(func() bool) error { return o.env.rewrite(dir, stories[i], s) })
		if err == nil || errors.Is(err, errInterrupted) {
			o.env.say("prep: %s: %d added", filepath.ToSlash(filepath.Join(dir, s.File)), added)
		}
		if errors.Is(err, errInterrupted) {
			return err
		}
		failed = append(failed, err) // the answers to what follows are not for nothing
	}
	return errors.Join(failed...)
}

// confirmed asks whether a story claims a name; no answer is a no.
func (o *tagOptions) confirmed(answers *bufio.Scanner, s story.Story, kind, name, evidence string) bool {
	if o.yes {
		return true
	}
	fmt.Fprint(o.env.stderr, report.Clean(fmt.Sprintf("%s: %s %s?\n    “%s”\n    add it? [y/N] ", s.Title, kind, name, evidence)))
	answers.Scan()
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(answers.Text())), "y")
}
