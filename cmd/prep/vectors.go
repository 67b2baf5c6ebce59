package main

import (
	"os"
	"sync"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/kept"
)

// vectors are the encoder and what it has encoded before.
type vectors struct {
	env   *env
	model *encoder.Model

	lock  sync.Mutex // a drill asks for stories while it shows the next question
	store *encoder.Store
	file  keptFile
}

// vectorKind begins the name of the file that keeps them; the model's hash follows.
const vectorKind = "vectors"

func (e *env) loadVectors() (*vectors, error) {
	model, err := encoder.Open()
	if err != nil {
		return nil, err
	}
	path := e.keptPath(vectorKind, model.Hash()[:16])
	data, _ := os.ReadFile(path)
	store := model.Store(data, e.day())
	return &vectors{env: e, model: model, store: store, file: keptFile{store.Records(), path, vectorKind}}, nil
}

// encode gives the encodings of texts, which are what, and keeps them: what is done is
// kept while the rest goes on, so that it may be stopped at any time.
func (v *vectors) encode(texts []string, what string) []encoder.Kept {
	v.lock.Lock()
	defer v.lock.Unlock()
	progress := v.env.progress("reading "+what, v.store.Missing(texts))
	defer progress.done()
	return v.store.Encode(texts, func(done int) {
		v.file.save()
		progress.at(done)
	})
}

// find gives a kept encoding by its key.
func (v *vectors) find(k kept.Key) (encoder.Kept, bool) {
	v.lock.Lock()
	defer v.lock.Unlock()
	return v.store.Find(k)
}
