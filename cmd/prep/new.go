package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/prep-cli/prep/pkg/story"
)

func newNewCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "new TITLE",
		Short: "Write a new story in your editor, checked on return",
		Long: `new opens a commented template in $VISUAL or $EDITOR, else in an editor that is there, and
makes what you wrote a story of your library. Where something is wrong with it you may edit
again, keep it as a draft that prep edit goes on with, or give it up.`,
		GroupID: groupLibrary,
		Example: "  prep new The night the import ate the disk\n  EDITOR=nano prep new \"A code review that went wrong\"",
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, " ")) == "" {
				return hint("prep new The night the disk filled", "the new story has no title")
			}
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.newStory(cmd.Context(), strings.Join(strings.Fields(strings.Join(args, " ")), " "))
		},
	}
}

func (e *env) newStory(ctx context.Context, title string) error {
	if !utf8.ValidString(title) {
		return fmt.Errorf("the title %q is not valid UTF-8", title)
	}
	dir, err := e.storiesDir()
	if err != nil {
		return err
	}
	if dir == "" {
		dir = "stories"
	}
	if err := e.files.mkdir(dir, publicDir); err != nil {
		return cannotWrite(dir, err)
	}
	id := story.Slug(title)
	if name, err := storyFile(dir, id); err == nil {
		e.warn("there is a story %s already: this will be another one", filepath.ToSlash(filepath.Join(dir, name)))
	}
	return e.writeStory(ctx, dir, id, blankStory(title, isFile(filepath.Join(dir, schemaFile))))
}

// writeStory makes what an editor leaves of a draft a new story.
func (e *env) writeStory(ctx context.Context, dir, id string, text []byte) error {
	d, err := e.openDraft(dir, id, publicFile, func() ([]byte, error) { return text, nil })
	if err != nil {
		return err
	}
	defer d.close()
	text, err = d.sit(ctx)
	if errors.Is(err, errUnchanged) {
		e.say("prep: nothing was written: no story was made")
		return errNo
	}
	if err != nil {
		return err
	}
	s, err := story.Parse(d.shown(), text)
	if err != nil {
		return err
	}
	var file string
	err = e.change(dir, func(func() bool) error {
		if file, id, err = e.createStory(dir, story.Slug(s.Title), text); err != nil {
			return d.keeps(err)
		}
		d.remove()
		return nil
	})
	return d.saved(err, file, id)
}

// createStory writes a new story file under the slug, or the next number where that
// is taken, be it in other letters' case or another normal form. The library must be
// locked.
func (e *env) createStory(dir, slug string, text []byte) (file, id string, err error) {
	ids, err := storyIDs(os.DirFS(dir))
	if err != nil {
		return "", "", fmt.Errorf("cannot read %s: %w", dir, cause(err))
	}
	taken := map[string]bool{}
	for _, id := range ids {
		taken[story.FoldID(id)] = true
	}
	id = slug
	for n := 2; ; n++ {
		if !taken[story.FoldID(id)] {
			file = filepath.Join(dir, id+".yaml")
			if err = e.files.create(file, text, publicFile); !errors.Is(err, fs.ErrExist) {
				return file, id, err
			}
		}
		id = fmt.Sprintf("%s-%d", slug, n)
	}
}

// schemaFile is where a library has its schema, for editors.
const schemaFile = "story.schema.json"

// modeline names the schema to an editor.
const modeline = "# yaml-language-server: $schema=" + schemaFile + "\n"

// blankStory is a story file to fill in: every key, with what stands under it.
func blankStory(title string, schema bool) []byte {
	var b strings.Builder
	if schema {
		b.WriteString(modeline)
	}
	b.WriteString(`# One incident. Only title and problem are required; delete what you don't need. A text
# is a sentence or two, or a list of bullets (- …), best as you would tell a colleague.
`)
	b.Write(story.Write(story.Story{Title: title}))
	for _, k := range story.Keys() {
		switch k.Name {
		case "title", "source":
		case "skills", "competencies":
			fmt.Fprintf(&b, "\n# %s\n%s: []\n", k.Help, k.Name)
		default:
			fmt.Fprintf(&b, "\n# %s\n%s:\n", k.Help, k.Name)
		}
	}
	return []byte(b.String())
}
