package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/star"
)

type starOptions struct {
	env *env

	out      output
	question string
	time     duration
	redact   bool
}

func newStarCmd(e *env) *cobra.Command {
	o := starOptions{env: e}
	cmd := &cobra.Command{
		Use:               "star ID",
		Short:             "Tell a story as a STAR answer that fits the time",
		Long:              "star tells a story in spoken sentences: situation, task, action, result. Whole sentences\nare left out until it fits the time; nothing is said that the story does not hold.",
		GroupID:           groupInterview,
		Example:           "  prep star the-double-deduct-disaster --time 90s",
		Args:              exactlyOneID,
		ValidArgsFunction: e.completeIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
	cmd.Flags().StringVar(&o.question, "question", "", "the `question` that the answer is for")
	cmd.Flags().Var(&o.time, "time", "how long the answer may take, such as 90s or 2m (default 2m)")
	redactFlag(cmd, &o.redact)
	addOutput(cmd, &o.out)
	return cmd
}

func (o *starOptions) run(id string) error {
	c, err := o.env.config()
	if err != nil {
		return err
	}
	opts, err := o.options(c)
	if err != nil {
		return err
	}
	l, err := o.env.library()
	if err != nil {
		return err
	}
	st, err := l.find(id)
	if err != nil {
		return err
	}
	shown, err := o.env.guard(o.redact, st)
	if err != nil {
		return err
	}
	a := star.Compose(shown[0], opts)
	for _, w := range a.Warnings {
		o.env.warn("%s", w.Message)
	}
	return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Star(w, s, a) })
}

// probed gives the competencies that the question is after, strongest first.
func (o *starOptions) probed() ([]string, error) {
	if strings.TrimSpace(o.question) == "" {
		return nil, nil
	}
	know, err := o.env.knowledge(meaning)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range know.ForQuestion(o.question).Competencies {
		ids = append(ids, p.ID)
	}
	return ids, nil
}

// options are what the flags and the config say of the answer.
func (o *starOptions) options(c *config) (star.Options, error) {
	opts := star.Options{Question: o.question}
	var errs [4]error
	opts.Bands, errs[0] = c.bands()
	opts.WPM, errs[1] = c.wpm()
	opts.Target, errs[2] = c.time(o.time)
	opts.Competencies, errs[3] = o.probed()
	return opts, errors.Join(errs[:]...)
}

// The least and the most that an answer may take: less holds no story, and more
// is a talk.
const (
	shortest = 10 * time.Second
	longest  = 15 * time.Minute
)

// time is how long an answer may take: the flag, else what is configured.
func (c *config) time(flag duration) (time.Duration, error) {
	s := string(flag)
	if s == "" {
		s = c.v.GetString("time")
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < shortest || d > longest {
		return 0, fmt.Errorf("time is %q: an answer takes 10s to 15m", s)
	}
	return d, nil
}

// bands are the configured shares of an answer, the defaults where the config
// file gives none.
func (c *config) bands() (star.Bands, error) {
	b := star.DefaultBands
	for _, set := range []struct {
		name  string
		share []float64
		band  *star.Band
	}{{"setup", c.file.Bands.Setup, &b.Setup}, {"action", c.file.Bands.Action, &b.Action}, {"outcome", c.file.Bands.Outcome, &b.Outcome}} {
		switch s := set.share; {
		case s == nil:
		case len(s) != 2 || s[0] < 0 || s[0] > s[1] || s[1] > 1:
			return b, c.blame(fmt.Errorf("bands: %s is %v: give [low, high], two shares from 0 to 1", set.name, s))
		default:
			*set.band = star.Band{Low: s[0], High: s[1]}
		}
	}
	return b, nil
}
