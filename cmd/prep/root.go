package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/prep-cli/prep/pkg/yaml"
)

// The groups of commands, in the order in which a person meets them.
const (
	groupInterview = "interview"
	groupLibrary   = "library"
	groupLookUp    = "lookup"
	groupItself    = "itself"
)

func newRootCmd(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "prep",
		Short: "Turn incidents you lived through into interview answers",
		Long: "prep keeps the incidents you lived through as stories, finds the right one for a job\n" +
			"description or a question, and tells it as a STAR answer. It works offline.",
		Example: `  prep match --jd job.txt
  prep match --question "Tell me about a time you made a serious mistake"
  prep star the-double-deduct-disaster --time 90s`,
		Args:                       cobra.ArbitraryArgs,
		SilenceErrors:              true,
		SilenceUsage:               true,
		DisableSuggestions:         true,
		SuggestionsMinimumDistance: 2,
		CompletionOptions:          cobra.CompletionOptions{HiddenDefaultCmd: false},
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(root, args[0])
		}
		if e.width() > 0 {
			return e.home()
		}
		return cmd.Help()
	}
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().StringVar(&e.flags.stories, "stories", "", "the `folder` of your stories")
	root.PersistentFlags().StringVar(&e.flags.prompts, "prompts", "", "a `folder` of questions of your own")

	root.AddGroup(
		&cobra.Group{ID: groupInterview, Title: "Before an interview:"},
		&cobra.Group{ID: groupLibrary, Title: "Your stories:"},
		&cobra.Group{ID: groupLookUp, Title: "To look things up:"},
		&cobra.Group{ID: groupItself, Title: "prep itself:"})
	root.AddCommand(
		newMatchCmd(e), newStarCmd(e), newCoverageCmd(e), newPlanCmd(e), newSheetCmd(e), newDrillCmd(e), newReviewCmd(e), newStatsCmd(e), newToldCmd(e),
		newInitCmd(e), newNewCmd(e), newEditCmd(e), newImportCmd(e), newExportCmd(e), newListCmd(e), newShowCmd(e), newTagCmd(e), newLintCmd(e), newMCPCmd(e),
		newQuestionsCmd(e), newSkillsCmd(e), newCompetenciesCmd(e), newSchemaCmd(e),
		newVersionCmd(e), newManCmd(e))
	e.completion(root)
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	if near := yaml.Near(name, names); near != "" {
		return hint(fmt.Sprintf("did you mean %q?", near), "unknown command %q", name)
	}
	return hint("prep help lists the commands", "unknown command %q", name)
}

// flagError adds where a command's flags are listed, and says in words what a number
// must be.
func flagError(cmd *cobra.Command, err error) error {
	invalid, ok := errors.AsType[*pflag.InvalidValueError](err)
	if number, _ := errors.AsType[*strconv.NumError](err); ok && number != nil {
		what := "a whole number"
		if invalid.GetFlag().Value.Type() == "uint64" {
			what += " from 0 on"
		}
		err = fmt.Errorf("--%s is %q: give %s", invalid.GetFlag().Name, shorten(invalid.GetValue()), what)
	}
	return hinted{err, cmd.CommandPath() + " --help lists the flags"}
}

// choice is a flag that takes one of a few values.
type choice struct {
	value   *string
	allowed []string
}

var _ pflag.Value = choice{}

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

// Set takes a value that is allowed.
func (c choice) Set(s string) error {
	if slices.Contains(c.allowed, s) {
		*c.value = s
		return nil
	}
	return fmt.Errorf("choose one of %s", list(c.allowed))
}

// Type is what the help shows for the value.
func (c choice) Type() string { return "name" }

// choiceFlag adds a flag that takes one of allowed; preset, one of them or "", is its default.
func choiceFlag(cmd *cobra.Command, p *string, name, preset, usage string, allowed ...string) {
	*p = preset
	cmd.Flags().Var(choice{p, allowed}, name, usage+": "+list(allowed))
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(allowed, cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag that is not there
}
