package main

import (
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
)

func newQuestionsCmd(e *env) *cobra.Command {
	var out output
	var pick filter
	cmd := &cobra.Command{
		Use:     "questions",
		Short:   "List the interview questions of the bank",
		GroupID: groupLookUp,
		Example: "  prep questions --competency failure --level senior\n  prep questions --framework amazon",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			bank, err := pick.questions(e)
			if err != nil {
				return err
			}
			return out.write(e, func(w io.Writer, s report.Style) error { return report.Questions(w, s, bank) })
		},
	}
	pick.addFlags(cmd)
	addOutput(cmd, &out)
	return cmd
}

// filter chooses questions of the bank; an empty part chooses all.
type filter struct {
	competency, level, framework string
}

func (f *filter) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.competency, "competency", "", "only questions that probe this `competency`")
	cmd.Flags().StringVar(&f.framework, "framework", "", "only questions asked under this value `set`, such as amazon")
	choiceFlag(cmd, &f.level, "level", "", "only questions of this level", question.Levels...)
}

// questions gives the chosen questions; it is an error if none is left, since an
// empty practice is no practice.
func (f *filter) questions(e *env) ([]question.Question, error) {
	wanted, err := f.wanted(e)
	if err != nil {
		return nil, err
	}
	bank, err := e.questions()
	if err != nil {
		return nil, err
	}
	chosen := slices.DeleteFunc(slices.Clone(bank), func(q question.Question) bool { return !wanted(q) })
	if len(chosen) == 0 {
		return nil, hint("prep questions lists them all", "no question of the bank fits these flags")
	}
	return chosen, nil
}

func (f *filter) wanted(e *env) (func(question.Question) bool, error) {
	id, err := f.competencyID(e)
	if err != nil {
		return nil, err
	}
	asked, err := f.askedUnder(e)
	if err != nil {
		return nil, err
	}
	return func(q question.Question) bool {
		return (id == "" || slices.Contains(q.Competencies, id)) && (f.level == "" || q.Level == f.level) && asked(q)
	}, nil
}

func (f *filter) competencyID(e *env) (string, error) {
	if f.competency == "" {
		return "", nil
	}
	v, err := e.competencies()
	if err != nil {
		return "", err
	}
	c, ok := v.Find(f.competency)
	switch near := v.Nearest(f.competency); {
	case ok:
		return c.ID, nil
	case near != "":
		return "", hint("did you mean "+near+"?", "no competency %q", f.competency)
	}
	return "", hint("prep competencies lists them", "no competency %q", f.competency)
}

// askedUnder chooses the questions that name the value set, and those that probe
// first what one of its values probes first.
func (f *filter) askedUnder(e *env) (func(question.Question) bool, error) {
	if f.framework == "" {
		return func(question.Question) bool { return true }, nil
	}
	all, err := e.frameworks()
	if err != nil {
		return nil, err
	}
	set, ok := all.Find(f.framework)
	if !ok {
		return nil, hint("choose one of "+list(all.IDs()), "no value set %q", f.framework)
	}
	first := map[string]bool{}
	for _, v := range set.Values {
		first[v.Competencies[0]] = true
	}
	return func(q question.Question) bool {
		return slices.Contains(q.Frameworks, set.ID) || len(q.Competencies) > 0 && first[q.Competencies[0]]
	}, nil
}
