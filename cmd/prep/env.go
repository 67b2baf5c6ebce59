package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/report"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
	"github.com/prep-cli/prep/prompts"
	"github.com/prep-cli/prep/stories"
)

// env is what commands share: the streams, the clock, and functions that load
// the costly things, each once and only when a command asks for it.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	getenv         func(string) string

	config       func() (*config, error)
	unparsed     func() (unparsed, error)
	library      func() (library, error)
	questions    func() ([]question.Question, error)
	skills       func() (*skill.Taxonomy, error)
	competencies func() (competency.Vocabulary, error)
	frameworks   func() (competency.Frameworks, error)
	vectors      func() (*vectors, error)
	digests      func() (*digests, error)
	history      func() (*historyFile, error)

	files *files

	// ranked is the library made ready to be ranked.
	ranked func(match.Knowledge) (*match.Library, error)

	flags globalFlags

	saying      sync.Mutex // for standard error
	bar, ticked bool       // what stands on the terminal: a bar, a clock
	silence     func()     // takes the clock away
}

// globalFlags are the flags that every command takes.
type globalFlags struct {
	stories, prompts string
}

func newEnv(stdin io.Reader, stdout, stderr io.Writer, now func() time.Time) *env {
	e := &env{stdin: stdin, stdout: stdout, stderr: stderr, now: now, getenv: os.Getenv, files: &files{disk: osDisk{}, now: now}, silence: func() {}}
	e.config = sync.OnceValues(e.loadConfig)
	e.unparsed = sync.OnceValues(e.loadUnparsed)
	e.library = sync.OnceValues(e.loadLibrary)
	e.questions = sync.OnceValues(e.loadQuestions)
	e.skills = sync.OnceValues(e.loadSkills)
	e.competencies = sync.OnceValues(e.loadCompetencies)
	e.frameworks = sync.OnceValues(e.loadFrameworks)
	e.ranked = e.rankedKept
	e.vectors = sync.OnceValues(e.loadVectors)
	e.digests = sync.OnceValues(e.loadDigests)
	e.history = sync.OnceValues(e.loadHistory)
	return e
}

// say prints a line on standard error.
func (e *env) say(format string, args ...any) {
	e.saying.Lock()
	defer e.saying.Unlock()
	if e.ticked {
		e.ticked = false
		fmt.Fprint(e.stderr, "\r\x1b[K")
	}
	fmt.Fprintln(e.stderr, report.Clean(fmt.Sprintf(format, args...)))
}

// warn prints a warning: the command goes on.
func (e *env) warn(format string, args ...any) { e.say("prep: warning: "+format, args...) }

// library is the stories with where they come from.
type library struct {
	dir     string // as the user would write it; "" for the built-in examples
	stories []story.Story
}

// find gives the story of that id; the error names the nearest id.
func (l library) find(id string) (story.Story, error) {
	ids := make([]string, len(l.stories))
	for i, s := range l.stories {
		if s.ID == id {
			return s, nil
		}
		ids[i] = s.ID
	}
	if near := yaml.Near(id, ids); near != "" {
		return story.Story{}, hint(fmt.Sprintf("did you mean %q?", near), "no story %q", id)
	}
	if near := slices.DeleteFunc(ids, func(s string) bool { return !strings.Contains(s, strings.ToLower(id)) }); len(near) > 0 && len(near) <= 5 {
		return story.Story{}, hint("did you mean "+strings.Join(near, " or ")+"?", "no story %q", id)
	}
	return story.Story{}, hint("prep list shows the ids", "no story %q", id)
}

// storiesDir gives the library's folder, or "" where there is none and the
// built-in examples stand in.
func (e *env) storiesDir() (string, error) {
	c, err := e.config()
	if err != nil {
		return "", err
	}
	if dir := c.v.GetString("stories"); dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return "", hint("prep init "+dir+" makes one", "no story folder %s", dir)
		}
		return filepath.ToSlash(filepath.Clean(dir)), nil
	}
	for _, dir := range []string{"stories", filepath.Join(e.dataHome(), "prep", "stories")} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return filepath.ToSlash(dir), nil
		}
	}
	return "", nil
}

func (e *env) dataHome() string {
	return e.xdg("XDG_DATA_HOME", ".local", "share")
}

func (e *env) cacheHome() string { return e.xdg("XDG_CACHE_HOME", ".cache") }

func (e *env) stateHome() string { return e.xdg("XDG_STATE_HOME", ".local", "state") }

func (e *env) configHome() string { return e.xdg("XDG_CONFIG_HOME", ".config") }

// xdg gives a base folder by the XDG specification: the variable if it holds an
// absolute path, else the folder under the user's home, or what Windows has for it.
func (e *env) xdg(variable string, under ...string) string {
	windows := "LocalAppData"
	if variable == "XDG_CONFIG_HOME" {
		windows = "AppData"
	}
	if dir := e.getenv(variable); filepath.IsAbs(dir) {
		return dir
	}
	if dir := e.getenv(windows); runtime.GOOS == "windows" && filepath.IsAbs(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(under...)
	}
	return filepath.Join(append([]string{home}, under...)...)
}

// storiesIn gives the files of a library's folder, the built-in examples for "".
func storiesIn(dir string) fs.FS {
	if dir == "" {
		return stories.FS
	}
	return folder(dir)
}

// loadLibrary parses the stories; a broken file is an error that holds the
// problems of all files, since a story left out in silence is a wrong answer.
func (e *env) loadLibrary() (library, error) {
	files, err := e.unparsed()
	stories, parsing := story.ParseAll(files.all)
	return library{files.dir, stories}, story.Join(err, within(files.dir, parsing))
}

// quietly is a load ahead of whoever needs it, who gets the error.
func quietly[T any](load func() (T, error)) func() {
	return func() { _, _ = load() }
}

// within puts the folder before the file names of problems.
func within(dir string, err error) error {
	var problems yaml.Problems
	if dir != "" && errors.As(err, &problems) {
		return problems.In(dir)
	}
	return err
}

// ahead begins to load the competencies and what else load asks for on the other core,
// for a command that has something to read first. The load must not outlive the command:
// it is over when wait returns.
func (e *env) ahead(load func()) (wait func()) {
	var loads parallel.Group
	loads.Go(func() {
		load()
		quietly(e.competencies)()
	})
	stop := e.working()
	return func() {
		loads.Wait()
		stop()
	}
}

// someStories gives the library, and an error where it holds no story: what
// ranked nothing must not look like what found nothing.
func (e *env) someStories() (library, error) {
	l, err := e.library()
	if err == nil && len(l.stories) == 0 {
		err = noStories(l.dir)
	}
	return l, err
}

func noStories(dir string) error {
	return hint("prep import FILE adds some", "no stories yet in %s", dir)
}

// loadQuestions gives the built-in bank and what the user's own folder adds.
func (e *env) loadQuestions() ([]question.Question, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	bank, err := question.Load(prompts.FS)
	if err != nil {
		return nil, err
	}
	dir := c.v.GetString("prompts")
	if dir == "" {
		return bank, nil
	}
	own, err := question.Load(os.DirFS(dir))
	if err == nil {
		bank, err = e.checked(bank, own)
	}
	return bank, within(filepath.ToSlash(dir), err)
}

func (e *env) checked(bank, own []question.Question) ([]question.Question, error) {
	vocabulary, err := e.competencies()
	if err != nil {
		return nil, err
	}
	frameworks, err := e.frameworks()
	if err != nil {
		return nil, err
	}
	if err := question.Check(own, vocabulary.IDs(), frameworks.IDs()); err != nil {
		return nil, err
	}
	return question.Join(bank, own)
}

func (e *env) loadSkills() (*skill.Taxonomy, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	return c.skills()
}

func (e *env) loadCompetencies() (competency.Vocabulary, error) {
	c, err := e.config()
	if err != nil {
		return competency.Vocabulary{}, err
	}
	vocabulary, err := competency.Default()
	if err != nil {
		return competency.Vocabulary{}, err
	}
	vocabulary, err = vocabulary.With(c.file.competencies()...)
	return vocabulary, c.blame(err)
}

func (e *env) loadFrameworks() (competency.Frameworks, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	all, err := competency.DefaultFrameworks()
	if err != nil {
		return nil, err
	}
	all, err = all.With(c.file.frameworks()...)
	return all, c.blame(err)
}

// width is the terminal's, in cells; 0 where standard output is none.
func (e *env) width() int {
	f, ok := e.stdout.(*os.File)
	if !ok {
		return 0
	}
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return w
}
