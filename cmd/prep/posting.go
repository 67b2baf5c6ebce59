package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/posting"
)

func jdFlag(cmd *cobra.Command, jd *string) {
	cmd.Flags().StringVar(jd, "jd", "", "a `file` or https address with the job description, - for standard input")
}

// posting reads a job description from a file, from an address or, for "-", from
// standard input: text, Markdown, HTML, PDF, DOCX or JSON Resume's job schema.
func (e *env) posting(name string) (job.Description, error) {
	if name == "" {
		return job.Description{}, errors.New("--jd names no file")
	}
	shown, text, err := e.postingText(name)
	if err != nil {
		return job.Description{}, pasteInstead(fmt.Errorf("%s: %w", shown, err))
	}
	d, err := job.Parse(text)
	if err != nil {
		return job.Description{}, fmt.Errorf("%s: %w", shown, err)
	}
	e.foreign("job description", text)
	if len(d.Of(job.Must))+len(d.Of(job.Duty))+len(d.Of(job.Nice)) == 0 {
		e.warn("%s names no requirement that prep can find: it goes by the title alone", shown)
	}
	return d, nil
}

// postingOf reads the job description that the config names for an interview. An
// address is not fetched: whoever runs prep in a folder must not reach out because of
// what lies there.
func (e *env) postingOf(i interview) (job.Description, error) {
	if isAddress(i.Posting) {
		return job.Description{}, hint("--jd "+i.Posting+" fetches it; saved as a file, it needs no network", "your config names an address for the interview at %s, and prep fetches only what its command line names", i.Company)
	}
	d, err := e.posting(i.Posting)
	if err != nil {
		err = hint("your config names it for the interview at "+i.Company+"; --jd names another", "%w", err)
	}
	return d, err
}

// postingText gives a posting's text and the name by which to speak of it.
func (e *env) postingText(name string) (shown, text string, err error) {
	switch scheme, _, ok := strings.Cut(name, "://"); {
	case !ok:
	case isAddress(name):
		return e.webText(name)
	case !exists(name):
		return name, "", fmt.Errorf("addresses are read over http and https, not %s", scheme)
	}
	shown, data, err := e.read(name, posting.MaxSize)
	if err != nil {
		return shown, "", err
	}
	text, err = posting.Read([]byte(data))
	return shown, text, err
}

// isAddress says whether a posting's name is an address, and so no file.
func isAddress(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// pasteInstead adds what to do about a posting that only a person can see.
func pasteInstead(err error) error {
	if _, hidden := errors.AsType[posting.Hidden](err); hidden {
		return hint("copy the posting's text into a file, or paste it: prep match --jd - (end with Ctrl-D)", "%w", err)
	}
	return err
}
