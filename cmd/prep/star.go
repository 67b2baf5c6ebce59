package main

import (
	"fmt"
	"io"
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
	opts := star.Options{Question: o.question, Bands: c.bands()}
	if opts.WPM, err = c.wpm(); err != nil {
		return err
	}
	if opts.Target, err = c.time(o.time); err != nil {
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
func (c *config) bands() star.Bands {
	b := star.DefaultBands
	for to, from := range map[*star.Band][]float64{&b.Setup: c.file.Bands.Setup, &b.Action: c.file.Bands.Action, &b.Outcome: c.file.Bands.Outcome} {
		if len(from) == 2 {
			*to = star.Band{Low: from[0], High: from[1]}
		}
	}
	return b
}
