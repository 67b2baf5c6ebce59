package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	if err != nil && isDraft(dir, id) {
		return e.writeStory(ctx, dir, id, nil)
	}
	if err != nil {
		return err
	}
	return e.replaceStory(ctx, dir, name)
}

// replaceStory writes over a story's file what an editor leaves of it.
func (e *env) replaceStory(ctx context.Context, dir, name string) error {
	id := strings.TrimSuffix(name, filepath.Ext(name))
	file, err := storyPlace(dir, name)
	if err != nil {
		return err
	}
	var old []byte
	d, err := e.openDraft(dir, id, privateFile, func() (text []byte, err error) {
		old, err = e.files.ReadFile(file)
		return old, err
	})
	if err != nil {
		return err
	}
	defer d.close()
	d.liken(file)
	text, err := d.sit(ctx)
	if errors.Is(err, errUnchanged) {
		e.say("prep: nothing changed")
		return nil
	}
	if err != nil {
		return err
	}
	err = e.change(dir, func(func() bool) error {
		if now, err := e.files.ReadFile(file); err != nil || !bytes.Equal(now, old) {
			return d.keeps(fmt.Errorf("%s was changed by another program", filepath.ToSlash(file)))
		}
		if err := e.files.replace(file, text); err != nil {
			return d.keeps(err)
		}
		d.remove()
		return nil
	})
	return d.saved(err, file, id)
}

// storyPlace gives the file that holds a story of a library. Where that is named by a
// symbolic link it must lie in the library too: what a library brings along decides
// over no other file.
func storyPlace(dir, name string) (string, error) {
	file := filepath.Join(dir, name)
	if info, err := os.Lstat(file); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return file, nil //nolint:nilerr // whoever reads it says that it is not there
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	_, err = root.Stat(name)
	if err = errors.Join(err, root.Close()); err != nil {
		return "", hint("put the file itself there", "%s is a symbolic link that leads to no file of %s", filepath.ToSlash(file), dir)
	}
	return filepath.EvalSymlinks(file)
}

// storyFile gives the name of a story's file, which may be broken; the error names
// the nearest id.
func storyFile(dir, id string) (string, error) {
	ids, err := storyIDs(os.DirFS(dir))
	if err != nil {
		return "", err
	}
	for _, ext := range []string{".yaml", ".yml"} {
		if slices.Contains(ids, id) && isFile(filepath.Join(dir, id+ext)) {
			return id + ext, nil
		}
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

// manuscript is the draft of a story, the copy that an editor works on. It lies beside
// the story under a hidden name, so that no command takes it for one, and stays there
// until what it holds is a story or is given up: whatever ends prep, the text is there.
type manuscript struct {
	env   *env
	file  string
	given []byte // what it held at first
	found bool   // it is left from an earlier time
	close func() // lets others edit the story
}

func draftFile(dir, id string) string { return filepath.Join(dir, "."+id+".draft.yaml") }

// isDraft says whether there is a draft of that id. A link is none: it would have
// the editor write to whatever it names.
func isDraft(dir, id string) bool {
	if strings.ContainsAny(id, `/\`) || !filepath.IsLocal(id) {
		return false
	}
	info, err := os.Lstat(draftFile(dir, id))
	return err == nil && info.Mode().IsRegular()
}

// openDraft gives the draft of a story, which holds the text where there was none yet.
// One prep at a time works on it, and reads the text only then.
func (e *env) openDraft(dir, id string, mode fs.FileMode, text func() ([]byte, error)) (*manuscript, error) {
	d := &manuscript{env: e, file: draftFile(dir, id)}
	var err error
	d.close, err = e.lockPlace("draft", d.file, patient/50)
	if errors.Is(err, errBusy) {
		err = fmt.Errorf("another prep has %s open", d.shown())
	}
	if err != nil {
		return nil, err
	}
	if d.given, err = text(); err != nil {
		d.close()
		return nil, err
	}
	err = untilDone(func(func() bool) error { return e.files.create(d.file, d.given, mode) })
	if errors.Is(err, fs.ErrExist) {
		err = d.find(id)
	}
	if err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// find takes up the draft that is left from an earlier time.
func (d *manuscript) find(id string) (err error) {
	if !isDraft(filepath.Dir(d.file), id) {
		return hint("take it away", "%s lies where the draft would, and is no file", d.shown())
	}
	d.found = true
	d.env.say("prep: goes on with the draft %s", d.shown())
	d.given, err = d.env.files.ReadFile(d.file)
	return err
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
	_ = d.env.files.Chmod(d.file, info.Mode().Perm()) // a file system without permissions has none to give
}

// errUnchanged is given where the editor changed nothing.
var errUnchanged = errors.New("nothing was changed")

// sit opens the editor until what it leaves is a story, and gives its text. The
// error is errUnchanged, or errNo where the text is kept or given up.
func (d *manuscript) sit(ctx context.Context) ([]byte, error) {
	for last := d.given; ; {
		failed := d.env.openEditor(ctx, d.file)
		text, err := d.env.files.ReadFile(d.file)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist): // an editor that takes the file away has emptied it
			return nil, d.keeps(cause(err))
		case failed != nil:
			return nil, d.failed(failed, text, last)
		case len(bytes.TrimSpace(text)) == 0:
			return nil, d.emptied(last)
		case bytes.Equal(text, d.given) && !d.found:
			d.remove()
			return nil, errUnchanged
		}
		wrong := d.env.checkStory(d.shown(), text)
		if wrong == nil {
			return text, nil
		}
		d.env.exit(wrong)
		switch d.env.choose() {
		case "k":
			if err := d.write(text); err != nil { // the editor need not have synced it
				return nil, err
			}
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
		return d.write(text)
	}
	d.remove()
	return nil
}

func (d *manuscript) write(text []byte) error {
	return untilDone(func(func() bool) error { return d.env.files.replace(d.file, text) })
}

// remove takes the draft away. One that stays is taken up again the next time.
func (d *manuscript) remove() {
	if err := d.env.files.Remove(d.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		d.env.warn("%s stays: %v", d.shown(), cause(err))
	}
}

// keeps is err with where the text is that was not saved.
func (d *manuscript) keeps(err error) error {
	return hint("prep edit "+d.id()+" goes on with it", "%w: what you wrote is kept in %s", err, d.shown())
}

// saved says what lint thinks of the story, unless err says that it was not saved.
func (d *manuscript) saved(err error, file, id string) error {
	if errors.Is(err, errInterrupted) {
		d.env.say("prep: saved %s", filepath.ToSlash(file))
	}
	if err != nil {
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
