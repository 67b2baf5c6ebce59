package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
)

type drillOptions struct {
	env *env

	out   output
	pick  filter
	jd    string
	count int
	seed  uint64
}

func newDrillCmd(e *env) *cobra.Command {
	o := drillOptions{env: e}
	var cmd *cobra.Command
	cmd = &cobra.Command{
		Use:     "drill",
		Short:   "Draw practice questions",
		Long:    "drill draws questions of the bank to practise with. With a job description, questions\nabout what it asks for and your stories do not prove come first. The same seed draws the\nsame questions again.",
		GroupID: groupInterview,
		Example: "  prep drill --count 5\n  prep drill --competency conflict --level senior --seed 7\n  prep drill --jd job.txt",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if !cmd.Flags().Changed("seed") {
				o.seed = uint64(e.now().UnixNano())
			}
			return o.run()
		},
	}
	cmd.Flags().IntVar(&o.count, "count", 5, "how many questions")
	cmd.Flags().StringVar(&o.jd, "jd", "", "a `file` with the job description, - for standard input")
	cmd.Flags().Uint64Var(&o.seed, "seed", 0, "draw what this `number` drew before (default: by the clock)")
	o.pick.addFlags(e, cmd)
	addOutput(cmd, &o.out)
	return cmd
}

func (o *drillOptions) run() error {
	if o.count < 1 {
		return fmt.Errorf("--count is %d: draw at least 1", o.count)
	}
	questions, err := o.pick.questions(o.env)
	if err != nil {
		return err
	}
	weak, err := o.weak()
	if err != nil {
		return err
	}
	drawn := practice.Draw(questions, o.count, o.seed, weak)
	if len(drawn) < o.count {
		o.env.warn("only %d questions fit these flags", len(drawn))
	}
	return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Drill(w, s, drawn) })
}

// weak chooses the questions about skills that the job asks for and no story
// proves; nil where there is no job.
func (o *drillOptions) weak() (func(question.Question) bool, error) {
	if o.jd == "" {
		return nil, nil
	}
	d, err := o.env.posting(o.jd)
	if err != nil {
		return nil, err
	}
	know, err := o.env.knowledge(false)
	if err != nil {
		return nil, err
	}
	l, err := o.env.someStories()
	if err != nil {
		return nil, err
	}
	gap := map[string]bool{}
	for _, g := range know.Rank(know.ForJob(d), l.stories, 1).Gaps {
		gap[g.Name] = true
	}
	return func(q question.Question) bool {
		for _, name := range q.Skills {
			if s, known := know.Skills.Find(name); known && gap[s.Name] {
				return true
			}
		}
		return false
	}, nil
}
