package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/encoder"
)

// vectors are the encoder and what it has encoded before. Where they are kept can
// be deleted, damaged or read-only at any time: that costs time, never an error.
type vectors struct {
	env   *env
	model *encoder.Model
	path  string

	lock  sync.Mutex // a drill asks for stories while it shows the next question
	store *encoder.Store
}

// vectorFile is the beginning of a store's file name; the model's hash follows.
const vectorFile = "vectors-"

func (e *env) loadVectors() (*vectors, error) {
	model, err := encoder.Open()
	if err != nil {
		return nil, err
	}
	v := &vectors{env: e, model: model, path: filepath.Join(e.cacheHome(), "prep", vectorFile+model.Hash()[:16])}
	data, _ := os.ReadFile(v.path)
	v.store = model.Store(data, int(e.now().Unix()/(24*60*60)))
	return v, nil
}

// encode gives the encodings of texts, which are what, and keeps them.
func (v *vectors) encode(texts []string, what string) []encoder.Kept {
	v.lock.Lock()
	defer v.lock.Unlock()
	progress := v.env.progress("reading "+what, v.store.Missing(texts))
	kept := v.store.Encode(texts, progress.at)
	progress.done()
	v.save()
	return kept
}

// save keeps what is new for the next run, and drops what other models left.
func (v *vectors) save() {
	if !v.store.Changed() {
		return
	}
	data, _ := v.store.Bytes()
	dir := filepath.Dir(v.path)
	if os.MkdirAll(dir, 0o700) != nil || replacePrivate(v.path, data) != nil {
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if name := entry.Name(); strings.HasPrefix(name, vectorFile) && name != filepath.Base(v.path) {
			_ = os.Remove(filepath.Join(dir, name)) // it stays until the next time
		}
	}
}
