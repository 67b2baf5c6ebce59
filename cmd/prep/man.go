package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newManCmd(e *env) *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages, for who packages prep",
		Hidden:  true,
		Example: "  prep man --date 2026-03-15 man1",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := e.files.mkdir(args[0], publicDir); err != nil {
				return err
			}
			return e.manPages(cmd.Root(), args[0], day)
		},
	}
	cmd.Flags().StringVar(&day, "date", "", "the `day` that the pages bear, as 2026-03-15 or with a time behind it, so that a release comes out the same again")
	return cmd
}

// manPages writes a page for each command that help shows.
func (e *env) manPages(cmd *cobra.Command, dir, day string) error {
	if day == "" {
		day = e.now().Format(time.DateOnly)
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	page := func(func() bool) error { return e.files.replace(filepath.Join(dir, name+".1"), manPage(cmd, day)) }
	if err := untilDone(page); err != nil {
		return err
	}
	for _, c := range shown(cmd) {
		if err := e.manPages(c, dir, day); err != nil {
			return err
		}
	}
	return nil
}

// shown are the commands under cmd that its help lists.
func shown(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			out = append(out, c)
		}
	}
	return out
}

// manPage is a command's manual in roff.
func manPage(cmd *cobra.Command, day string) []byte {
	cmd.InitDefaultHelpFlag()
	var b bytes.Buffer
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	fmt.Fprintf(&b, ".TH %s 1 %.10s prep \"prep manual\"\n", strings.ToUpper(name), day)
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(lowerFirst(cmd.Short)))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(cmd.UseLine()))
	if long := strings.TrimSpace(cmd.Long); long != "" {
		fmt.Fprintf(&b, ".SH DESCRIPTION\n%s", paragraphs(long))
	}
	manFlags(&b, "OPTIONS", cmd.NonInheritedFlags())
	manFlags(&b, "OPTIONS OF EVERY COMMAND", cmd.InheritedFlags())
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	}
	if !cmd.HasParent() {
		b.WriteString(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nit ran, and the answer is no\n.TP\n2\nit could not run\n")
	}
	var also []string
	for _, c := range shown(cmd) {
		also = append(also, fmt.Sprintf(".BR %s (1)", roff(strings.ReplaceAll(c.CommandPath(), " ", "-"))))
	}
	if cmd.HasParent() {
		also = append(also, fmt.Sprintf(".BR %s (1)", roff(strings.ReplaceAll(cmd.Parent().CommandPath(), " ", "-"))))
	}
	if len(also) > 0 {
		b.WriteString(".SH SEE ALSO\n" + strings.Join(also, ",\n") + "\n")
	}
	return b.Bytes()
}

func manFlags(b *bytes.Buffer, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	b.WriteString(".SH " + title + "\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		spelt := "--" + f.Name
		if f.Shorthand != "" {
			spelt = "-" + f.Shorthand + ", " + spelt
		}
		fmt.Fprintf(b, ".TP\n\\fB%s\\fP", roff(spelt))
		if value != "" {
			fmt.Fprintf(b, " \\fI%s\\fP", roff(value))
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
			usage += " (default " + f.DefValue + ")"
		}
		b.WriteString("\n" + roff(usage) + "\n")
	})
}

// listed is a line of a text that stands for itself, such as a name and its meaning.
var listed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^  \S`) })

// paragraphs sets prose, and lists as they stand.
func paragraphs(s string) string {
	var b strings.Builder
	for i, p := range strings.Split(s, "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		prose, list := p, ""
		if at := listed().FindStringIndex(p); at != nil {
			prose, list = p[:at[0]], p[at[0]:]
		}
		if prose = strings.TrimRight(prose, "\n"); prose != "" {
			b.WriteString(roff(prose) + "\n")
		}
		if list != "" {
			b.WriteString(".nf\n" + roff(strings.TrimRight(list, "\n")) + "\n.fi\n")
		}
	}
	return b.String()
}

// roff guards the signs that roff takes for commands, at any line's beginning too.
func roff(s string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	var b strings.Builder
	for _, r := range strings.Join(lines, "\n") {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\[u%04X]`, r)
		}
	}
	return b.String()
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
