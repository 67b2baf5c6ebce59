package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
)

type toldOptions struct {
	env *env

	out  output
	to   string
	date calendarDay
	went int
	undo bool
}

func newToldCmd(e *env) *cobra.Command {
	o := toldOptions{env: e}
	var cmd *cobra.Command
	cmd = &cobra.Command{
		Use:               "told [ID…] --to COMPANY",
		Short:             "Keep which stories you told at which company",
		Long:              "told keeps which stories you told at an interview, when, and how it went, so that a plan for\nthe same company leaves them out. A story told again on the same day at the same company is\nkept once, with the later grade. Without ids it lists what was told.",
		GroupID:           groupInterview,
		Example:           "  prep told the-double-deduct-disaster payment-webhook-hell --to Acme --went 3\n  prep told the-cache-stampede --to Acme --date 2026-03-15\n  prep told --to Acme",
		ValidArgsFunction: e.completeIDs,
		RunE: func(_ *cobra.Command, ids []string) error {
			if err := o.check(cmd.Flags().Changed, ids); err != nil {
				return err
			}
			return o.run(ids)
		},
	}
	cmd.Flags().StringVar(&o.to, "to", "", "the `company` that heard them")
	cmd.Flags().Var(&o.date, "date", "the day of the interview, such as 2026-03-15 (default: today)")
	cmd.Flags().IntVar(&o.went, "went", 0, "how it went, from 1 (badly) to 4 (very well)")
	cmd.Flags().BoolVar(&o.undo, "undo", false, "take back that they were told there")
	addOutput(cmd, &o.out)
	return cmd
}

// check refuses flags that contradict each other or the calendar.
func (o *toldOptions) check(given func(flag string) bool, ids []string) error {
	o.to = strings.Join(strings.Fields(o.to), " ")
	switch {
	case len(ids) == 0 && (given("date") || given("went") || o.undo):
		return hint("prep list shows the ids", "told: no story named")
	case o.to == "" && (given("to") || len(ids) > 0):
		return hint("prep told ID --to COMPANY", "told: no company named")
	case given("went") && (o.went < 1 || o.went > 4):
		return fmt.Errorf("--went is %d: choose 1 (badly) to 4 (very well)", o.went)
	case given("went") && o.undo:
		return errors.New("--went and --undo exclude each other")
	case o.date > o.env.today():
		return fmt.Errorf("--date is %s: that day is still to come", o.date)
	}
	return nil
}

// today is the day it is for the user.
func (e *env) today() calendarDay { return calendarDay(report.Date(practice.Day(e.now()))) }

func (o *toldOptions) run(ids []string) error {
	h, err := o.env.history()
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		tellings := h.Tellings(o.to)
		if len(tellings) == 0 {
			o.env.say("prep: nothing told yet%s: prep told ID --to COMPANY keeps it", o.at())
		}
		return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Told(w, s, tellings) })
	}
	if o.undo {
		return o.takeBack(h, ids)
	}
	if err := o.known(ids); err != nil {
		return err
	}
	return o.keep(h, ids)
}

// at says where, for a sentence.
func (o *toldOptions) at() string {
	if o.to == "" {
		return ""
	}
	return " at " + o.to
}

// known says of every id that it is no story's, one line each.
func (o *toldOptions) known(ids []string) error {
	l, err := o.env.library()
	if err != nil {
		return err
	}
	var unknown []error
	for _, id := range ids {
		if _, err := l.find(id); err != nil {
			unknown = append(unknown, err)
		}
	}
	return errors.Join(unknown...)
}

// keep keeps that the stories were told, in place of what was said of the same day
// before.
func (o *toldOptions) keep(h *historyFile, ids []string) error {
	if o.date == "" {
		o.date = o.env.today()
	}
	ids = distinct(ids)
	var events []practice.Event
	for _, id := range ids {
		e := h.event(practice.Told)
		e.Story, e.Company, e.Date, e.Went = id, o.to, string(o.date), cmp.Or(o.went, o.wentBefore(h, id))
		events = append(events, e) // first, so that a power cut between the two forgets nothing
		events = append(events, o.undone(h, id)...)
	}
	if err := h.append(events...); err != nil {
		return err
	}
	o.env.say("prep: told at %s on %s: %s", o.to, o.date, strings.Join(ids, ", "))
	return nil
}

// wentBefore is how the telling went by what was said of the same day before, 0
// where nobody said.
func (o *toldOptions) wentBefore(h *historyFile, id string) int {
	for _, t := range h.Tellings(o.to) {
		if t.Story == id && t.Date == string(o.date) && t.Went > 0 {
			return t.Went
		}
	}
	return 0
}

// takeBack keeps that the stories were not told there: on the day given, else ever.
func (o *toldOptions) takeBack(h *historyFile, ids []string) error {
	ids = distinct(ids)
	var events []practice.Event
	for _, id := range ids {
		undone := o.undone(h, id)
		if len(undone) == 0 {
			return hint("prep told --to "+o.to+" lists what was", "%s was not told%s", id, o.at())
		}
		events = append(events, undone...)
	}
	if err := h.append(events...); err != nil {
		return err
	}
	o.env.say("prep: taken back: %s%s", strings.Join(ids, ", "), o.at())
	return nil
}

// undone takes back the tellings of a story at the company, on the day where there is
// one.
func (o *toldOptions) undone(h *historyFile, id string) []practice.Event {
	var events []practice.Event
	for _, t := range h.Tellings(o.to) {
		if t.Story == id && (o.date == "" || t.Date == string(o.date)) {
			e := h.event(practice.Undone)
			e.Undoes = t.ID
			events = append(events, e)
		}
	}
	return events
}

// toldAt gives the ids of the stories that were told at a company, each once, the
// latest first.
func (e *env) toldAt(company string) ([]string, error) {
	h, err := e.history()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range h.Tellings(company) {
		ids = append(ids, t.Story)
	}
	return distinct(ids), nil
}

// distinct gives each of ids once, in its first place.
func distinct(ids []string) []string {
	var out []string
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
