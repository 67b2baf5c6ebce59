package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
)

func newStatsCmd(e *env) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:     "stats",
		Short:   "Show how practice goes, and what is due",
		Long:    "stats shows how much you practised, how your answers were shared out, how strong you are in\neach competency, what is due until the next interview, and which stories you tell too often or\nnever. A competency's strength is how its answers went last, faded by the time since then.",
		GroupID: groupInterview,
		Example: "  prep stats\n  prep stats --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := e.stats()
			if err != nil {
				return err
			}
			next, err := e.nextInterview()
			if err != nil {
				return err
			}
			if len(st.Days) == 0 {
				e.say("prep: no practice yet: prep drill begins it")
			}
			return out.write(e, func(w io.Writer, s report.Style) error { return report.Stats(w, s, st, next.Company) })
		},
	}
	addOutput(cmd, &out)
	return cmd
}

func (e *env) stats() (practice.Stats, error) {
	h, err := e.history()
	if err != nil {
		return practice.Stats{}, err
	}
	schedule, err := e.schedule(h)
	if err != nil {
		return practice.Stats{}, err
	}
	questions, err := e.questions()
	if err != nil {
		return practice.Stats{}, err
	}
	l, err := e.library()
	if err != nil {
		return practice.Stats{}, err
	}
	ids := make([]string, len(l.stories))
	for i, s := range l.stories {
		ids[i] = s.ID
	}
	return h.Stats(&schedule, questions, ids), nil
}
