package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/plan"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
)

type planOptions struct {
	env *env

	out       output
	jd        string
	framework string
	avoid     []string
	company   string
	n         int
	redact    bool
}

// longestLoop is the most questions that a plan holds: a day of interviews has fewer.
const longestLoop = 50

func newPlanCmd(e *env) *cobra.Command {
	o := planOptions{env: e}
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "Plan an interview loop: the likely questions and a story for each",
		Long:    "plan chooses the questions that a job description makes likely and gives each a story and a\nbackup, so that no story is told twice while another will do. A question that no story fits\nstays in, so that you see the hole.",
		GroupID: groupInterview,
		Example: "  prep plan --jd job.txt\n  prep plan --jd job.txt --framework amazon -n 15\n  prep plan --jd job.txt --for Acme --avoid the-double-deduct-disaster --avoid payment-webhook-hell",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	jdFlag(cmd, &o.jd)
	cmd.Flags().StringVar(&o.framework, "framework", "", "plan for a company that interviews by this value `set`, such as amazon")
	cmd.Flags().StringSliceVar(&o.avoid, "avoid", nil, "leave the story of this `id` out; may be given again")
	cmd.Flags().StringVar(&o.company, "for", "", "leave out what was told at this `company` before (prep told keeps it)")
	cmd.Flags().IntVarP(&o.n, "limit", "n", 12, "how many questions")
	redactFlag(cmd, &o.redact)
	addOutput(cmd, &o.out)
	_ = cmd.RegisterFlagCompletionFunc("avoid", e.completeIDs) // fails only for a flag that is not there
	return cmd
}

func (o *planOptions) run() error {
	if o.n < 1 || o.n > longestLoop {
		return fmt.Errorf("-n is %d: a plan holds 1 to %d questions", o.n, longestLoop)
	}
	defer o.env.ahead(quietly(o.env.library))()
	d, err := o.job()
	if err != nil {
		return err
	}
	framework, err := o.values()
	if err != nil {
		return err
	}
	stories, err := o.stories()
	if err != nil {
		return err
	}
	know, err := o.env.knowledge(meaning | bank)
	if err != nil {
		return err
	}
	p := plan.Of(know.ForJob(d), know, stories, framework, o.n)
	if err := o.warn(p, stories); err != nil {
		return err
	}
	if err := o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Plan(w, s, p) }); err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Questions, func(q plan.Question) bool { return q.Story != "" }) {
		o.env.say("prep: no story fits any of these questions")
		return errNo
	}
	return nil
}

// job is the posting of the flag, else of the interview at the company that --for
// names, else of the next one.
func (o *planOptions) job() (job.Description, error) {
	if o.jd != "" {
		return o.env.posting(o.jd)
	}
	c, err := o.env.config()
	if err != nil {
		return job.Description{}, err
	}
	next, err := o.env.nextInterview()
	if err != nil {
		return job.Description{}, err
	}
	for _, i := range c.file.Interviews {
		if o.company != "" && strings.EqualFold(i.Company, o.company) {
			next = i
		}
	}
	if next.Posting == "" || o.company != "" && !strings.EqualFold(next.Company, o.company) {
		return job.Description{}, hint("prep plan --jd job.txt, or interviews: with a posting in prep.yaml", "nothing to plan for")
	}
	return o.env.postingOf(next)
}

// values gives the framework that the flag names, an empty one where it names none.
func (o *planOptions) values() (competency.Framework, error) {
	if o.framework == "" {
		return competency.Framework{}, nil
	}
	all, err := o.env.frameworks()
	if err != nil {
		return competency.Framework{}, err
	}
	set, ok := all.Find(o.framework)
	switch near := all.Nearest(o.framework); {
	case ok:
		return set, nil
	case near != "":
		return set, hint("did you mean "+near+"?", "no value set %q", o.framework)
	}
	return set, hint("choose one of "+list(all.IDs()), "no value set %q", o.framework)
}

// stories gives those that may be told. With --redact they are without confidential
// words, their ids too, so what is avoided leaves first.
func (o *planOptions) stories() ([]story.Story, error) {
	l, err := o.env.someStories()
	if err != nil {
		return nil, err
	}
	for _, id := range o.avoid {
		if _, err := l.find(id); err != nil {
			return nil, err
		}
	}
	avoid, err := o.told()
	if err != nil {
		return nil, err
	}
	avoid = append(avoid, o.avoid...)
	left := slices.DeleteFunc(slices.Clone(l.stories), func(s story.Story) bool { return slices.Contains(avoid, s.ID) })
	if len(left) == 0 {
		return nil, hint("plan without --avoid or --for", "no story is left to tell")
	}
	if o.redact {
		return o.env.guard(true, left...)
	}
	return left, nil
}

// told gives the stories that were told at the company before.
func (o *planOptions) told() ([]string, error) {
	if o.company == "" {
		return nil, nil
	}
	ids, err := o.env.toldAt(o.company)
	if err == nil && len(ids) == 0 {
		o.env.say("prep: nothing was told at %s yet, as far as prep told knows: no story is left out", o.company)
	}
	return ids, err
}

// warn tells of the stories in the plan that hold confidential words.
func (o *planOptions) warn(p plan.Plan, stories []story.Story) error {
	if o.redact {
		return nil
	}
	shown := slices.DeleteFunc(slices.Clone(stories), func(s story.Story) bool {
		return !slices.ContainsFunc(p.Questions, func(q plan.Question) bool { return q.Story == s.ID || q.Backup == s.ID })
	})
	_, err := o.env.guard(false, shown...)
	return err
}
