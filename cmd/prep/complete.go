package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// completion fills in the values of flags at the shell, the same for every command,
// where a command has not said so itself; one id where it takes one; and the names of
// files only where files are meant.
func (e *env) completion(root *cobra.Command) {
	values := map[string]cobra.CompletionFunc{
		"competency": e.completeCompetencies,
		"framework":  e.completeFrameworks,
		"story":      e.completeIDs,
		"for":        e.completeCompanies,
		"to":         e.completeCompanies,
	}
	for _, c := range root.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			complete, known := values[f.Name]
			if value, _ := pflag.UnquoteUsage(f); !known && value != "file" {
				complete, known = cobra.NoFileCompletions, true
			}
			if _, done := c.GetFlagCompletionFunc(f.Name); known && !done {
				_ = c.RegisterFlagCompletionFunc(f.Name, complete) // fails only for a flag that is not there
			}
		})
		if strings.HasSuffix(c.Use, " ID") {
			c.ValidArgsFunction = e.completeID
		}
		if c.ValidArgsFunction == nil && !strings.Contains(c.Use, "FILE") && !strings.Contains(c.Use, "DIR") {
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
	}
	completionCmd(root)
	for _, folder := range []string{"stories", "prompts"} {
		_ = root.MarkPersistentFlagDirname(folder) // as above
	}
}

// completionCmd gives the command that prints a shell's script an example for each.
func completionCmd(root *cobra.Command) {
	root.SetHelpCommandGroupID(groupItself)
	root.SetCompletionCommandGroupID(groupItself)
	root.InitDefaultCompletionCmd()
	examples := map[string]string{
		"completion": "  prep completion bash > ~/.local/share/bash-completion/completions/prep",
		"bash":       "  prep completion bash > ~/.local/share/bash-completion/completions/prep",
		"zsh":        "  prep completion zsh > \"${fpath[1]}/_prep\"",
		"fish":       "  prep completion fish > ~/.config/fish/completions/prep.fish",
		"powershell": "  prep completion powershell | Out-String | Invoke-Expression",
	}
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		for _, shell := range append(c.Commands(), c) {
			shell.Example = examples[shell.Name()]
		}
	}
}

// completeIDs completes the ids of stories, with their titles where they can be read.
func (e *env) completeIDs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	l, err := e.library()
	if err != nil && len(l.stories) == 0 {
		return nil, cobra.ShellCompDirectiveError
	}
	titles := map[string]string{}
	for _, s := range l.stories {
		titles[s.ID] = s.Title
	}
	ids, err := storyIDs(storiesIn(l.dir))
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	for i, id := range ids {
		ids[i] = cobra.CompletionWithDesc(id, titles[id])
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// completeID completes the one id that a command takes.
func (e *env) completeID(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return e.completeIDs(cmd, args, begun)
}

func (e *env) completeCompetencies(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	v, err := e.competencies()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var out []string
	for _, c := range v.All() {
		out = append(out, cobra.CompletionWithDesc(c.ID, firstSentence(c.Description)))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func firstSentence(s string) string {
	first, _, _ := strings.Cut(s, ". ")
	return strings.TrimSuffix(strings.Join(strings.Fields(first), " "), ".")
}

func (e *env) completeFrameworks(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	all, err := e.frameworks()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return all.IDs(), cobra.ShellCompDirectiveNoFileComp
}

// completeCompanies completes the companies of the interviews in the config file.
func (e *env) completeCompanies(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	c, err := e.config()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var out []string
	for _, i := range c.file.Interviews {
		out = append(out, i.Company)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
