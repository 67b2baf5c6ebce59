package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/prep-cli/prep/pkg/importer"
	"github.com/prep-cli/prep/pkg/story"
)

// imports is what documents told when they were last imported into a library, in
// $XDG_STATE_HOME/prep/imports.json. With it a later import can tell a change of the
// document from the user's own edit of the story; without it both read as a change.
type imports struct {
	env     *env
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
	i := &imports{env: e, path: filepath.Join(e.stateHome(), "prep", "imports.json"), library: filepath.ToSlash(library), stories: importer.Given{}}
	if err := i.read(); err != nil {
		return nil, err
	}
	for id, text := range i.all[i.library] {
		// What an older prep wrote and this one cannot read is as if it were not there.
		if s, err := story.Parse(id+".yaml", []byte(text)); err == nil {
			i.stories[id] = s
		}
	}
	return i, nil
}

func (i *imports) read() error {
	i.all = map[string]map[string]string{}
	data, err := i.env.files.readOwn(i.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, &i.all)
	}
	if err != nil {
		return hint("it may be deleted: prep then takes your own edits for changes of the document", "%s: %w", i.path, cause(err))
	}
	return nil
}

// save writes the record of this library, and leaves those of others as they are by
// now. The library must be locked.
func (i *imports) save() error {
	if len(i.stories) == 0 {
		return nil
	}
	if err := i.env.files.mkdir(filepath.Dir(i.path), privateDir); err != nil {
		return fmt.Errorf("%s: %w", i.path, cause(err))
	}
	unlock, err := i.env.lock(i.path+lockSuffix, alone, patient)
	if err != nil {
		return fmt.Errorf("%s: %w", i.path, cause(err))
	}
	defer unlock()
	if err := i.read(); err != nil {
		return err
	}
	told := map[string]string{}
	for id, s := range i.stories {
		told[id] = string(story.Write(s))
	}
	i.all[i.library] = told
	data, err := json.MarshalIndent(i.all, "", "  ")
	if err != nil {
		return err
	}
	return i.env.files.replacePrivate(i.path, append(data, '\n'))
}
