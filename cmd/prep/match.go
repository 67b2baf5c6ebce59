package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

type matchOptions struct {
	env *env

	out      output
	jd       string
	question string
	n        int
	redact   bool
}

func newMatchCmd(e *env) *cobra.Command {
	o := matchOptions{env: e}
	var cmd *cobra.Command
	cmd = &cobra.Command{
		Use:     "match",
		Short:   "Rank your stories for a job description or a question",
		Long:    "match ranks your stories for a job description or for an interview question and says why:\nwhich sentences answer, which skills and competencies. For a job it also names the gaps and\nthe fewest stories that cover it. Where no story fits it says so and exits with 1.",
		GroupID: groupInterview,
		Example: "  prep match --jd job.txt\n  prep match --jd https://example.com/jobs/4711\n  pbpaste | prep match --jd -\n  prep match --question \"Tell me about a time you made a serious mistake\" -n 3",
		Args:    nothingBare,
		RunE: func(*cobra.Command, []string) error {
			return o.run(cmd.Flags().Changed("jd"), cmd.Flags().Changed("question"))
		},
	}
	jdFlag(cmd, &o.jd)
	cmd.Flags().StringVar(&o.question, "question", "", "an interview `question`")
	cmd.Flags().IntVarP(&o.n, "limit", "n", 5, "how many stories to show, 0 for all that fit")
	redactFlag(cmd, &o.redact)
	addOutput(cmd, &o.out)
	return cmd
}

// nothingBare refuses a question or a posting that stands without its flag.
func nothingBare(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case exists(args[0]) || isAddress(args[0]):
		return hint("prep match --jd "+args[0], "a job description needs its flag")
	}
	return hint(`prep match --question "…"`, "a question needs its flag")
}

func (o *matchOptions) run(jd, question bool) error {
	switch {
	case jd && question:
		return errors.New("--jd and --question exclude each other")
	case !jd && !question:
		return hint(`prep match --jd job.txt, or prep match --question "…"`, "nothing to match")
	case question && strings.TrimSpace(o.question) == "":
		return errors.New("the question is empty")
	case o.n < 0:
		return fmt.Errorf("-n is %d: it counts stories, 0 for all", o.n)
	}
	defer o.env.ahead(func() {
		quietly(o.env.unparsed)()
		quietly(o.env.digests)()
	})()
	know, q, err := o.query(jd)
	if err != nil {
		return err
	}
	ranking, err := o.rank(know, q)
	if err != nil {
		return err
	}
	if err := o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Match(w, s, q, ranking) }); err != nil {
		return err
	}
	if len(ranking.Results) == 0 {
		o.env.say("prep: no story fits")
		return errNo
	}
	return nil
}

// rank ranks what may be shown: with --redact the stories without confidential
// words, else the stories as they are, with a warning for each shown that holds one.
func (o *matchOptions) rank(know match.Knowledge, q match.Query) (match.Ranking, error) {
	if o.redact {
		l, err := o.env.someStories()
		if err != nil {
			return match.Ranking{}, err
		}
		clean, err := o.env.guard(true, l.stories...)
		return know.Rank(q, clean, o.n), err
	}
	library, err := o.env.ranked(know)
	if err != nil {
		return match.Ranking{}, err
	}
	ranking := library.Rank(q, o.n)
	var shown []story.Story
	for _, r := range ranking.Results {
		shown = append(shown, *library.Story(r.ID))
	}
	_, err = o.env.guard(false, shown...)
	return ranking, err
}

func (o *matchOptions) query(jd bool) (match.Knowledge, match.Query, error) {
	if jd {
		d, err := o.env.posting(o.jd)
		if err != nil {
			return match.Knowledge{}, match.Query{}, err
		}
		know, err := o.env.knowledge(meaning)
		return know, know.ForJob(d), err
	}
	o.env.foreign("question", o.question)
	know, err := o.env.knowledge(meaning)
	return know, know.ForQuestion(o.question), err
}

// need is what a command needs to know beside skills and competencies. Each costs
// time to load.
type need int

const (
	meaning need = 1 << iota // the encoder
	bank                     // the question bank
)

// knowledge is what matching knows.
func (e *env) knowledge(needs need) (match.Knowledge, error) {
	var know match.Knowledge
	skills, err := e.skills()
	if err != nil {
		return know, err
	}
	know.Skills = skills
	if know.Competencies, err = e.competencies(); err != nil {
		return know, err
	}
	if needs&bank != 0 {
		if know.Bank, err = e.questions(); err != nil {
			return know, err
		}
	}
	if needs&meaning != 0 {
		v, err := e.vectors()
		if err != nil {
			return know, err
		}
		know.Vectors = &match.Vectors{Model: v.model, Encode: v.encode, Find: v.find}
	}
	return know, nil
}

// foreign warns of a text in another language, which would be ranked by its names
// alone.
func (e *env) foreign(what, s string) {
	if !text.English(text.Words(s)) {
		e.warn("the %s does not look like English, the only language that prep understands", what)
	}
}
