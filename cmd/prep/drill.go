package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
)

type drillOptions struct {
	env *env

	out      output
	pick     filter
	jd       string
	count    int
	mode     string
	seed     uint64
	plain    bool
	drawOnly bool // the questions are wanted, not the practice
}

func newDrillCmd(e *env) *cobra.Command {
	o := drillOptions{env: e}
	var cmd *cobra.Command
	cmd = &cobra.Command{
		Use:     "drill",
		Short:   "Practise interview questions",
		Long:    "drill asks questions of the bank: first those that are due again, then, for a job\ndescription, those about what you are weakest in, then new ones. Without --jd it prepares for\nthe next of the interviews in your config. Where there is no terminal, and with --format or\n--output, it lists the questions instead. The same seed draws the same questions again.",
		GroupID: groupInterview,
		Example: "  prep drill\n  prep drill --mode recall --count 10\n  prep drill --jd job.txt\n  prep drill --competency conflict --level senior --seed 7 --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if !cmd.Flags().Changed("seed") {
				o.seed = uint64(e.now().UnixNano())
			}
			o.drawOnly = cmd.Flags().Changed("format") || cmd.Flags().Changed("output")
			return o.run()
		},
	}
	cmd.Flags().IntVar(&o.count, "count", 5, "how many questions")
	jdFlag(cmd, &o.jd)
	choiceFlag(cmd, &o.mode, "mode", practice.Tell, "tell the whole answer, or recall its story and first line", practice.Modes...)
	cmd.Flags().Uint64Var(&o.seed, "seed", 0, "draw what this `number` drew before (default: by the clock)")
	cmd.Flags().BoolVar(&o.plain, "plain", false, "practise in plain lines, without a screen")
	o.pick.addFlags(cmd)
	addOutput(cmd, &o.out)
	return cmd
}

func (o *drillOptions) run() error {
	drawn, err := o.draw()
	if err != nil {
		return err
	}
	if o.interactive() {
		return o.practise(drawn)
	}
	return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Drill(w, s, drawn) })
}

// draw chooses the questions of a drill.
func (o *drillOptions) draw() ([]practice.Drawn, error) {
	if o.count < 1 {
		return nil, fmt.Errorf("--count is %d: draw at least 1", o.count)
	}
	questions, err := o.pick.questions(o.env)
	if err != nil {
		return nil, err
	}
	h, err := o.env.history()
	if err != nil {
		return nil, err
	}
	schedule, err := o.env.schedule(h)
	if err != nil {
		return nil, err
	}
	weak, err := o.weak(schedule)
	if err != nil {
		return nil, err
	}
	drawn := practice.Draw(questions, o.count, o.seed, schedule, weak)
	if len(drawn) < o.count {
		o.env.warn("only %d questions fit these flags", len(drawn))
	}
	return drawn, nil
}

// schedule says what is due when, until the next interview.
func (e *env) schedule(h *historyFile) (practice.Schedule, error) {
	next, err := e.nextInterview()
	if err != nil {
		return practice.Schedule{}, err
	}
	return h.Schedule(e.now(), next.day()), nil
}

// weak says how weak the user is in what a question asks for; nil where nobody says
// for which job.
func (o *drillOptions) weak(s practice.Schedule) (func(question.Question) float64, error) {
	unproved, err := o.unproved()
	if unproved == nil || err != nil {
		return nil, err
	}
	bank, err := o.env.questions()
	if err != nil {
		return nil, err
	}
	skills, err := o.env.skills()
	if err != nil {
		return nil, err
	}
	shaky := s.Shaky(unproved, bank)
	return func(q question.Question) float64 {
		most := 0.0
		for _, id := range q.Competencies {
			most = max(most, shaky[id])
		}
		for _, name := range q.Skills {
			if known, ok := skills.Find(name); ok {
				most = max(most, shaky[known.Name])
			}
		}
		return most
	}, nil
}

// unproved gives what the job asks for, its competencies and the skills that are
// musts, with how little the stories prove it; nil where there is no job.
func (o *drillOptions) unproved() (map[string]float64, error) {
	d, wanted, err := o.job()
	if !wanted || err != nil {
		return nil, err
	}
	know, err := o.env.knowledge(meaning)
	if err != nil {
		return nil, err
	}
	l, err := o.env.library()
	if err != nil {
		return nil, err
	}
	out, wants, infer := map[string]float64{}, know.ForJob(d), know.Infer(l.stories)
	asked := howMuch(wants)
	for _, by := range []coverage.By{coverage.Skills, coverage.Competencies} {
		for _, r := range coverage.Of(l.stories, know, by, wants, infer).Rows {
			if r.Must {
				out[r.Name] = unprovedBy[r.Strength] * asked[r.Name]
			}
		}
	}
	return out, nil
}

// howMuch is how much a job asks for each of its skills and competencies, 0 to 1.
func howMuch(q match.Query) map[string]float64 {
	out := map[string]float64{}
	for _, w := range q.Skills {
		out[w.Name] = w.Weight
	}
	for _, p := range q.Competencies {
		out[p.ID] = p.Weight
	}
	return out
}

// unprovedBy is how little a strength proves.
var unprovedBy = map[coverage.Strength]float64{coverage.None: 1, coverage.Thin: 0.5, coverage.Solid: 0}

// job is the one that the drill is for: the flag's, else the next interview's.
func (o *drillOptions) job() (d job.Description, wanted bool, err error) {
	if o.jd != "" {
		d, err = o.env.posting(o.jd)
		return d, true, err
	}
	next, err := o.env.nextInterview()
	if next.Posting == "" || err != nil {
		return d, false, err
	}
	if isAddress(next.Posting) {
		o.env.warn("the posting of your interview at %s is an address, which is fetched only by --jd %s", next.Company, next.Posting)
		return d, false, nil
	}
	d, err = o.env.postingOf(next)
	return d, true, err
}
