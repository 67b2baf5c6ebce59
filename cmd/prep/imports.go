package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/story"
)

// imports is what documents told when they were last imported into a library, in
// $XDG_STATE_HOME/prep/imports.json. With it a later import can tell a change of the
// document from the user's own edit of the story; without it both read as a change.
type imports struct {
	path    string
	library string
	all     map[string]map[string]string // by library and id: a story file's text
	stories importer.Given               // of this library
}

// loadImports reads the record of a library; where there is none it is empty.
func (e *env) loadImports(dir string) (*imports, error) {
	library, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	i := &imports{path: filepath.Join(e.stateHome(), "prep", "imports.json"), library: filepath.ToSlash(library), stories: importer.Given{}}
	data, err := os.ReadFile(i.path)
	if errors.Is(err, fs.ErrNotExist) {
		return i, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &i.all)
	}
	if err != nil {
		return nil, hint("it may be deleted: prep then takes your own edits for changes of the document", "%s: %w", i.path, cause(err))
	}
	for id, text := range i.all[i.library] {
		// What an older prep wrote and this one cannot read is as if it were not there.
		if s, err := story.Parse(id+".yaml", []byte(text)); err == nil {
			i.stories[id] = s
		}
	}
	return i, nil
}

// save writes the record.
func (i *imports) save() error {
	if len(i.stories) == 0 {
		return nil
	}
	told := map[string]string{}
	for id, s := range i.stories {
		told[id] = string(story.Write(s))
	}
	if i.all == nil {
		i.all = map[string]map[string]string{}
	}
	i.all[i.library] = told
	data, err := json.MarshalIndent(i.all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(i.path), 0o700); err != nil {
		return fmt.Errorf("%s: %w", i.path, cause(err))
	}
	return replacePrivate(i.path, append(data, '\n'))
}
