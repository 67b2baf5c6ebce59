package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

func newEditCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "edit ID",
		Short: "Open a story in your editor, checked on return",
		Long: `edit opens a copy of a story in $VISUAL or $EDITOR, else in an editor that is there. What
you wrote replaces the story once it is one: where something is wrong with it you may edit
again, keep it as a draft, or give it up. Until then the story stays as it was; a draft lies
beside it, and prep edit goes on with that. An editor that returns at once must be told to
wait, as in the example.`,
		GroupID: groupLibrary,
		Example: "  prep edit the-double-deduct-disaster\n  EDITOR=\"code --wait\" prep edit the-double-deduct-disaster",
		Args:    exactlyOneID,
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.editStory(cmd.Context(), args[0])
		},
	}
}

func (e *env) editStory(ctx context.Context, id string) error {
	dir, err := e.storiesDir()
	if err != nil {
		return err
	}
	if dir == "" {
		return hint("prep init makes a library of your own", "the built-in examples cannot be edited")
	}
	name, err := storyFile(dir, id)
	if err != nil && !strings.ContainsAny(id, `/\`) && isFile(draftFile(dir, id)) {
		return e.writeStory(ctx, dir, id, nil)
	}
	if err != nil {
		return err
	}
	return e.replaceStory(ctx, dir, name)
}

// replaceStory writes over a story's file what an editor leaves of it.
func (e *env) replaceStory(ctx context.Context, dir, name string) error {
	file, id := filepath.Join(dir, name), strings.TrimSuffix(name, filepath.Ext(name))
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	d, err := e.openDraft(dir, id, old)
	if err != nil {
		return err
	}
	d.liken(file)
	text, err := d.sit(ctx)
	if errors.Is(err, errUnchanged) {
		e.say("prep: nothing changed")
		return nil
	}
	if err != nil {
		return err
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, old) {
		return hint("prep edit "+id+" goes on with it", "%s was changed by another program: what you wrote is kept in %s", filepath.ToSlash(file), d.shown())
	}
	if err := replaceFile(file, text); err != nil {
		return err
	}
	return d.saved(file, id)
}

// storyFile gives the name of a story's file, which may be broken; the error names
// the nearest id.
func storyFile(dir, id string) (string, error) {
	for _, ext := range []string{".yaml", ".yml"} {
		if !strings.ContainsAny(id, `/\`) && isFile(filepath.Join(dir, id+ext)) {
			return id + ext, nil
		}
	}
	ids, err := storyIDs(os.DirFS(dir))
	if err != nil {
		return "", err
	}
	if near := yaml.Near(id, ids); near != "" {
		return "", hint("did you mean \""+near+"\"?", "no story %q", id)
	}
	return "", hint("prep list shows the ids", "no story %q", id)
}

// storyIDs lists the ids of a library's files, broken ones too.
func storyIDs(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, entry := range entries {
		name := entry.Name()
		if ext := path.Ext(name); (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(name, ".") {
			ids = append(ids, strings.TrimSuffix(name, ext))
		}
	}
	return ids, nil
}

// manuscript is the draft of a story, the copy of a story that an editor works on. It lies beside the story
// under a hidden name, so that no command takes it for one, and stays there until
// what it holds is a story or is given up: whatever ends prep, the text is there.
type manuscript struct {
	env   *env
	file  string
	given []byte // what it held at first
	found bool   // it is left from an earlier time
}

func draftFile(dir, id string) string { return filepath.Join(dir, "."+id+".draft.yaml") }

// openDraft gives the draft of a story, which holds text where there was none yet.
func (e *env) openDraft(dir, id string, text []byte) (*manuscript, error) {
	d := &manuscript{env: e, file: draftFile(dir, id), given: text}
	err := createFile(d.file, text)
	if !errors.Is(err, fs.ErrExist) {
		return d, err
	}
	d.found = true
	e.say("prep: goes on with the draft %s", d.shown())
	d.given, err = os.ReadFile(d.file)
	return d, err
}

func (d *manuscript) shown() string { return filepath.ToSlash(d.file) }

// liken makes the draft as private as the story, and warns where the story was changed
// after the draft was begun.
func (d *manuscript) liken(file string) {
	info, err := os.Stat(file)
	if err != nil {
		return // whoever reads the story says so
	}
	begun, err := os.Stat(d.file)
	if err == nil && d.found && info.ModTime().After(begun.ModTime()) {
		d.env.warn("%s was changed after this draft: saving it takes that back", filepath.ToSlash(file))
	}
	_ = os.Chmod(d.file, info.Mode().Perm()) // a file system without permissions has none to give
}

// errUnchanged is given where the editor changed nothing.
var errUnchanged = errors.New("nothing was changed")

// sit opens the editor until what it leaves is a story, and gives its text. The
// error is errUnchanged, or errNo where the text is kept or given up.
func (d *manuscript) sit(ctx context.Context) ([]byte, error) {
	for last := d.given; ; {
		failed := d.env.openEditor(ctx, d.file)
		text, _ := os.ReadFile(d.file) // what cannot be read is as good as emptied
		switch {
		case failed != nil:
			return nil, d.failed(failed, text, last)
		case len(bytes.TrimSpace(text)) == 0:
			return nil, d.emptied(last)
		case bytes.Equal(text, d.given) && !d.found:
			return nil, errors.Join(errUnchanged, os.Remove(d.file))
		}
		wrong := d.env.checkStory(d.shown(), text)
		if wrong == nil {
			return text, nil
		}
		d.env.exit(wrong)
		switch d.env.choose() {
		case "k":
			d.env.say("prep: kept in %s: prep edit %s goes on with it", d.shown(), d.id())
			return nil, errNo
		case "g":
			return nil, errors.Join(d.restore(d.given), errNo)
		}
		last = text
	}
}

func (d *manuscript) id() string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(d.file), "."), ".draft.yaml")
}

// failed is for an editor that ended badly: what it wrote may be half a story, and
// is kept.
func (d *manuscript) failed(err error, text, last []byte) error {
	if len(bytes.TrimSpace(text)) == 0 {
		text = last
	}
	if restored := d.restore(text); restored != nil {
		return errors.Join(err, restored)
	}
	if bytes.Equal(text, d.given) && !d.found {
		return err
	}
	return hint("prep edit "+d.id()+" goes on with it", "%w: what was written is kept in %s", err, d.shown())
}

// emptied is for an editor that left nothing, as one gives a text up: what was there
// before is kept, where it is nowhere else.
func (d *manuscript) emptied(last []byte) error {
	if err := d.restore(last); err != nil {
		return err
	}
	if bytes.Equal(last, d.given) && !d.found {
		d.env.say("prep: the editor left nothing: no story was changed")
	} else {
		d.env.say("prep: the editor left nothing: what was there before is kept in %s", d.shown())
	}
	return errNo
}

// restore leaves the draft with text, or takes it away where that is what it began
// with and no earlier draft.
func (d *manuscript) restore(text []byte) error {
	if !bytes.Equal(text, d.given) || d.found {
		return replaceFile(d.file, text)
	}
	if err := os.Remove(d.file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// saved takes the draft away and says what lint thinks of the story.
func (d *manuscript) saved(file, id string) error {
	if err := os.Remove(d.file); err != nil {
		return err
	}
	findings, err := d.env.lint([]string{id})
	if err != nil || len(findings) == 0 {
		d.env.say("prep: saved %s", filepath.ToSlash(file))
		return nil //nolint:nilerr // the story is saved; what else is wrong, prep lint says
	}
	d.env.say("prep: saved %s: %s would make it stronger (prep lint %s)", filepath.ToSlash(file), count(len(findings), "thing", "things"), id)
	return nil
}

// checkStory gives what is wrong with a story file's text, all at once.
func (e *env) checkStory(file string, text []byte) error {
	s, err := story.Parse(file, text)
	if err != nil {
		return err
	}
	vocabulary, err := e.competencies()
	if err != nil {
		return err
	}
	index, err := yaml.NewIndex(file, text)
	if err != nil {
		return err
	}
	var problems yaml.Problems
	for i, id := range s.Competencies {
		if vocabulary.Known(id) {
			continue
		}
		message := "unknown competency \"" + id + "\""
		if near := vocabulary.Nearest(id); near != "" {
			message += " (did you mean \"" + near + "\"?)"
		}
		line, column := index.Place("competencies", i)
		problems = append(problems, yaml.Problem{File: file, Line: line, Column: column, Message: message})
	}
	return problems.Err()
}

// choose asks what to do with a text that is no story: "e" to edit it again, "k" to
// keep it, which the end of the input means too, "g" to give it up.
func (e *env) choose() string {
	for {
		e.say("prep: [e]dit again, [k]eep as a draft, or [g]ive it up?")
		answer, more := e.answer()
		if answer != "" && slices.Contains([]string{"e", "k", "g"}, answer[:1]) {
			return answer[:1]
		}
		if !more {
			return "k"
		}
	}
}

// answer reads a line of standard input, byte by byte: what follows may be the
// editor's.
func (e *env) answer() (line string, more bool) {
	var b [1]byte
	for {
		n, err := e.stdin.Read(b[:])
		if n > 0 && b[0] != '\n' {
			line += string(b[:])
		}
		if err != nil || n > 0 && b[0] == '\n' {
			return strings.ToLower(strings.TrimSpace(line)), err == nil
		}
	}
}
