package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/report"
)

type reviewOptions struct {
	env *env

	out     output
	story   string
	seconds int
	redact  bool
}

func newReviewCmd(e *env) *cobra.Command {
	o := reviewOptions{env: e}
	var cmd *cobra.Command
	cmd = &cobra.Command{
		Use:     "review FILE|-",
		Short:   "Feedback on an answer that you wrote or recorded",
		Long:    "review reads an answer from a file, or - for standard input, and says how long it takes,\nhow its parts weigh and what to do better. With --story it also names what the answer claims\nthat the story does not hold, and which of its best facts are left out.",
		GroupID: groupInterview,
		Example: "  prep review answer.txt --story the-double-deduct-disaster\n  pbpaste | prep review - --seconds 95",
		Args:    exactlyOneAnswer,
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0], cmd.Flags().Changed("seconds")) },
	}
	cmd.Flags().StringVar(&o.story, "story", "", "the `id` of the story that the answer tells")
	cmd.Flags().IntVar(&o.seconds, "seconds", 0, "how many `seconds` it took to say")
	_ = cmd.RegisterFlagCompletionFunc("story", e.completeIDs) // fails only for a flag that is not there
	redactFlag(cmd, &o.redact)
	addOutput(cmd, &o.out)
	return cmd
}

func exactlyOneAnswer(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return hint("prep review answer.txt, or prep review - for standard input", "%s takes one answer, not %d", cmd.CommandPath(), len(args))
}

func (o *reviewOptions) run(name string, timed bool) error {
	if name == "" {
		return errors.New("review: the file has no name")
	}
	if timed && (o.seconds < 1 || o.seconds > 3600) {
		return fmt.Errorf("--seconds is %d: an answer takes 1 to 3600", o.seconds)
	}
	setting, words, err := o.setting()
	if err != nil {
		return err
	}
	shown, draft, err := o.env.read(name, practice.MaxSize)
	if err == nil {
		if o.redact {
			draft = words.Redact(draft)
		}
		var f practice.Feedback
		if f, err = practice.Review(draft, setting); err == nil {
			return o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Review(w, s, f) })
		}
	}
	return fmt.Errorf("%s: %w", shown, cause(err))
}

// setting is what the answer is held against, and the words that --redact takes
// out of it.
func (o *reviewOptions) setting() (practice.Setting, confidential.Words, error) {
	s := practice.Setting{Seconds: o.seconds}
	c, err := o.env.config()
	if err != nil {
		return s, confidential.Words{}, err
	}
	words := confidential.New(c.file.Confidential)
	if s.Bands, err = c.bands(); err != nil {
		return s, words, err
	}
	if s.WPM, err = c.wpm(); err != nil || o.story == "" {
		return s, words, err
	}
	l, err := o.env.library()
	if err != nil {
		return s, words, err
	}
	st, err := l.find(o.story)
	if err != nil {
		return s, words, err
	}
	shown, err := o.env.guard(o.redact, st)
	if err != nil {
		return s, words, err
	}
	s.Story = &shown[0]
	s.Skills, err = o.env.skills()
	return s, words.And(st.Company), err
}
