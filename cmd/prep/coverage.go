package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/report"
)

type coverageOptions struct {
	env *env

	out output
	jd  string
	by  string
}

func newCoverageCmd(e *env) *cobra.Command {
	o := coverageOptions{env: e}
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: "Show what your stories prove, and where the gaps are",
		Long: "coverage maps for each skill or competency the stories that prove it (it shows in what you\n" +
			"did or achieved), that mention it, and that only carry its tag. With a job description it\n" +
			"shows what the job asks for: the gaps, what hangs on one story, and which story to write\n" +
			"next, with questions that it would answer.",
		GroupID: groupInterview,
		Example: "  prep coverage --jd job.txt\n  prep coverage --by competency",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	jdFlag(cmd, &o.jd)
	choiceFlag(cmd, &o.by, "by", string(coverage.Skills), "what to count", string(coverage.Skills), string(coverage.Competencies))
	addOutput(cmd, &o.out)
	return cmd
}

func (o *coverageOptions) run() error {
	defer o.env.ahead(quietly(o.env.library))()
	needs := bank
	if o.by == string(coverage.Competencies) {
		needs |= meaning
	}
	know, err := o.env.knowledge(needs)
	if err != nil {
		return err
	}
	var wanted match.Query
	if o.jd != "" {
		d, err := o.env.posting(o.jd)
		if err != nil {
			return err
		}
		wanted = know.ForJob(d)
	}
	l, err := o.env.someStories()
	if err != nil {
		return err
	}
	m := coverage.Of(l.stories, know, coverage.By(o.by), wanted, know.Infer(l.stories))
	if len(m.Rows) == 0 {
		o.env.say("prep: no %s shows in your stories yet, nor is one asked for", o.by)
	}
	return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Coverage(w, s, m) })
}
