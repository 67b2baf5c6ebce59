package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/story"
)

// redactFlag adds --redact to a command that shows the text of stories.
func redactFlag(cmd *cobra.Command, on *bool) {
	cmd.Flags().BoolVar(on, "redact", false, "say neutral words for the config's confidential ones and for the story's company")
}

// guard is what a story passes before its text is shown. With redact, it gives
// the stories without any confidential word and without their companies' names;
// compute from these, so that nothing derived holds one. Without, it gives the
// stories as they are and warns of each that holds such a word: pass only what
// is shown.
func (e *env) guard(redact bool, shown ...story.Story) ([]story.Story, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	words := confidential.New(c.file.Confidential)
	if redact {
		return redacted(words, shown), nil
	}
	for _, s := range shown {
		if held := words.In(s); len(held) > 0 {
			e.warn("%s holds what is confidential (%s): --redact says other words", s.ID, strings.Join(held, ", "))
		}
	}
	return shown, nil
}

// redacted gives the stories without the words, their ids still different.
func redacted(words confidential.Words, stories []story.Story) []story.Story {
	out := make([]story.Story, len(stories))
	taken := map[string]bool{}
	for i, s := range stories {
		out[i] = words.Story(s)
		for n := 2; taken[out[i].ID]; n++ {
			out[i].ID = fmt.Sprintf("%s-%d", words.Story(s).ID, n)
		}
		taken[out[i].ID] = true
	}
	return out
}
