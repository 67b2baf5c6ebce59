package main

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/sheet"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

type sheetOptions struct {
	env *env

	loop    planOptions // what it shares with a plan: the job, the value set, the stories that may be told
	out     output
	company string
	open    bool
}

func newSheetCmd(e *env) *cobra.Command {
	o := sheetOptions{env: e, loop: planOptions{env: e}}
	cmd := &cobra.Command{
		Use:   "sheet",
		Short: "Write the page to read the night before: questions, stories, gaps",
		Long: "sheet puts on two pages what to look at the night before an interview: the likely questions\n" +
			"with the story for each, the stories in short, what they prove and what they do not, and\n" +
			"what to ask back. It is one HTML file that loads nothing and prints well.",
		GroupID: groupInterview,
		Example: "  prep sheet --jd job.txt -o sheet.html --open\n  prep sheet --jd job.txt --for Acme --framework amazon -o acme.html\n  prep sheet --jd job.txt --format markdown",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	jdFlag(cmd, &o.loop.jd)
	cmd.Flags().StringVar(&o.loop.framework, "framework", "", "plan for a company that interviews by this value `set`, such as amazon")
	cmd.Flags().StringVar(&o.company, "for", "", "the `company`: stories told there before are left out")
	cmd.Flags().StringSliceVar(&o.loop.avoid, "avoid", nil, "leave the story of this `id` out; may be given again")
	cmd.Flags().BoolVar(&o.open, "open", false, "show the page in the browser when it is written")
	redactFlag(cmd, &o.loop.redact)
	choiceFlag(cmd, &o.out.format, "format", report.HTML, "how the result looks", report.SheetFormats...)
	cmd.Flags().StringVarP(&o.out.file, "output", "o", "", "write the result to a `file`")
	_ = cmd.RegisterFlagCompletionFunc("avoid", e.completeIDs) // fails only for a flag that is not there
	return cmd
}

// check refuses what cannot be shown.
func (o *sheetOptions) check() error {
	html := o.out.format == report.HTML
	switch {
	case o.loop.jd == "":
		return hint("prep sheet --jd job.txt -o sheet.html", "nothing to prepare for")
	case o.open && !html:
		return errors.New("--open shows the HTML page, not Markdown")
	case o.open && o.out.file == "":
		return hint("prep sheet --jd job.txt -o sheet.html --open", "--open shows a file, and none is named")
	case html && o.out.file == "" && o.env.width() > 0:
		return hint("-o sheet.html writes the page to a file", "a page of HTML is nothing for a terminal")
	}
	return nil
}

func (o *sheetOptions) run() error {
	if err := o.check(); err != nil {
		return err
	}
	defer o.env.ahead(quietly(o.env.library))()
	page, err := o.page()
	if err != nil {
		return err
	}
	if err := o.out.write(o.env, func(w io.Writer, s report.Style) error { return report.Sheet(w, s, page) }); err != nil {
		return err
	}
	if o.open {
		o.env.show(o.out.file)
	}
	if len(page.Stories) == 0 {
		o.env.say("prep: no story fits any of these questions")
		return errNo
	}
	return nil
}

// page gathers what the sheet holds.
func (o *sheetOptions) page() (sheet.Sheet, error) {
	d, err := o.env.posting(o.loop.jd)
	if err != nil {
		return sheet.Sheet{}, err
	}
	if o.company != "" {
		d.Company = o.company
	}
	framework, err := o.loop.values()
	if err != nil {
		return sheet.Sheet{}, err
	}
	stories, err := o.stories()
	if err != nil {
		return sheet.Sheet{}, err
	}
	speech, err := o.speech()
	if err != nil {
		return sheet.Sheet{}, err
	}
	know, err := o.env.knowledge(meaning | bank)
	if err != nil {
		return sheet.Sheet{}, err
	}
	page := sheet.Of(d, stories, know, framework, speech)
	return page, o.warn(page, stories)
}

// stories gives those that may be told: not those that the company heard before.
func (o *sheetOptions) stories() ([]story.Story, error) {
	if o.company == "" {
		return o.loop.stories()
	}
	l, err := o.env.someStories()
	if err != nil {
		return nil, err
	}
	told, err := o.env.toldAt(o.company)
	if err != nil {
		return nil, err
	}
	told = slices.DeleteFunc(told, func(id string) bool {
		return !slices.ContainsFunc(l.stories, func(s story.Story) bool { return s.ID == id })
	})
	if len(told) == len(l.stories) {
		return nil, fmt.Errorf("every story was told at %s before", o.company)
	}
	if len(told) > 0 {
		o.env.say("prep: told at %s before, so left out: %s", o.company, list(told))
	}
	o.loop.avoid = append(o.loop.avoid, told...)
	return o.loop.stories()
}

// speech is how the teller speaks.
func (o *sheetOptions) speech() (star.Options, error) {
	c, err := o.env.config()
	if err != nil {
		return star.Options{}, err
	}
	var speech star.Options
	var errs [2]error
	speech.WPM, errs[0] = c.wpm()
	speech.Bands, errs[1] = c.bands()
	return speech, errors.Join(errs[:]...)
}

// warn tells of the stories on the page that hold confidential words.
func (o *sheetOptions) warn(page sheet.Sheet, stories []story.Story) error {
	if o.loop.redact {
		return nil
	}
	shown := slices.DeleteFunc(slices.Clone(stories), func(s story.Story) bool { return !page.Names(s.ID) })
	_, err := o.env.guard(false, shown...)
	return err
}

// show opens a file in the user's browser. It is written already, so that a browser
// that does not start is a warning.
func (e *env) show(file string) {
	path, err := filepath.Abs(file)
	if err == nil {
		name, args := opener(runtime.GOOS, path)
		err = exec.Command(name, args...).Start() //nolint:gosec,noctx // the system's own opener, which outlives prep
	}
	if err != nil {
		e.warn("cannot open the browser (%v): open %s in it", err, file)
	}
}

// opener is the system's command that shows a file in the program for its kind.
func opener(goos, path string) (name string, args []string) {
	switch goos {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		return "open", []string{path}
	}
	return "xdg-open", []string{path}
}
