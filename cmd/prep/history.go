package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/yaml"
)

// historyFile is the file of what was practised and told, and what it held when it
// was read with what has been appended since.
type historyFile struct {
	practice.History
	env  *env
	path string
}

// loadHistory reads $XDG_STATE_HOME/prep/practice.jsonl. Where there is none the history
// is empty, and nothing is made before the first append.
func (e *env) loadHistory() (*historyFile, error) {
	h := &historyFile{env: e, path: fromHere(filepath.Join(e.stateHome(), "prep", "practice.jsonl"))}
	problems, err := h.read()
	if err == nil && h.Torn != "" { // perhaps another prep is about to finish it
		if unlock, busy := e.lock(h.path+lockSuffix, together, patient); busy == nil {
			problems, err = h.read()
			unlock()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", h.path, cause(err))
	}
	h.tell(problems)
	return h, nil
}

func (h *historyFile) read() (yaml.Problems, error) {
	data, err := h.env.files.readOwn(h.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var problems yaml.Problems
	h.History, problems = practice.ReadHistory(h.path, data)
	return problems, nil
}

// event begins an event of that kind: its time is now and its id its own.
func (h *historyFile) event(kind string) practice.Event {
	return practice.Event{V: practice.Version, Kind: kind, ID: rand.Text()[:12], At: h.env.now()}
}

// append keeps events: only once it has returned nil or errInterrupted are they saved,
// on the disk and whole. After another error it may be called again with the same
// events: what was written by then is not counted twice.
func (h *historyFile) append(events ...practice.Event) error {
	var lines []byte
	for _, e := range events {
		if err := e.Check(); err != nil {
			return err
		}
		lines = append(lines, e.Line()...)
	}
	err := h.write(lines)
	if err != nil && !errors.Is(err, errInterrupted) {
		return fmt.Errorf("not saved in %s: %w", h.path, cause(err))
	}
	for _, e := range events {
		h.Add(e)
	}
	return err
}

// lockSuffix makes the name of the file that is locked for another.
const lockSuffix = ".lock"

// write appends lines under a lock, so that two drills at once do not mix theirs.
func (h *historyFile) write(lines []byte) error {
	if err := h.env.files.mkdir(filepath.Dir(h.path), privateDir); err != nil {
		return err
	}
	unlock, err := h.env.lock(h.path+lockSuffix, alone, patient)
	if err != nil {
		return err
	}
	defer unlock()
	return untilDone(func(func() bool) error {
		f, err := h.env.files.extend(h.path)
		if err != nil {
			return err
		}
		return errors.Join(h.extend(f, lines), f.Close())
	})
}

// extend writes lines after the whole ones, all or none.
func (h *historyFile) extend(f diskFile, lines []byte) error {
	end, err := h.mend(f)
	if err != nil {
		return err
	}
	_, err = f.Write(lines)
	if err = errors.Join(err, f.Sync()); err != nil {
		return errors.Join(err, f.Truncate(end))
	}
	return nil
}

// mend makes the file end with a whole line, and gives its size then: to a last line
// that was cut off nothing may be glued. Its bytes move to a file beside it, where a
// person may still read them.
func (h *historyFile) mend(f diskFile) (int64, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return 0, err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, info.Size()-1); err != nil || last[0] == '\n' {
		return info.Size(), err
	}
	data, err := io.ReadAll(io.NewSectionReader(f, 0, info.Size()))
	if err != nil {
		return 0, err
	}
	whole := int64(bytes.LastIndexByte(data, '\n') + 1)
	if json.Valid(data[whole:]) { // only its line break is missing
		_, err := f.Write([]byte("\n"))
		return info.Size() + 1, err
	}
	if err := h.env.files.setAside(h.path+tornSuffix, data[whole:]); err != nil {
		return 0, err
	}
	return whole, f.Truncate(whole)
}

// tornSuffix makes the name of the file that keeps lines that were cut off.
const tornSuffix = ".torn"

// setAside appends what was cut off to a file.
func (f *files) setAside(path string, torn []byte) error {
	w, err := f.extend(path)
	if err != nil {
		return err
	}
	_, err = w.Write(append(bytes.Clone(torn), '\n'))
	return errors.Join(err, w.Sync(), w.Close())
}

// extend opens a private file to append to it. One that was made for it is there to
// stay before anything stands in it.
func (f *files) extend(path string) (diskFile, error) {
	w, err := f.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, privateFile)
	if err != nil {
		return nil, err
	}
	info, err := w.Stat()
	if err == nil && info.Size() == 0 {
		err = f.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// tell warns of what the history could not give.
func (h *historyFile) tell(problems yaml.Problems) {
	for i, p := range problems {
		if i == mostWarnings {
			h.env.warn("%s: %d more lines are left out", h.path, len(problems)-i)
			break
		}
		h.env.warn("%s", p.Error())
	}
	if h.Later > 0 {
		h.env.warn("%s: lines that a later prep wrote: %d, kept and not counted here", h.path, h.Later)
	}
	if h.Torn != "" {
		h.env.warn("%s: the last line was cut off while it was written: it is left out, and set aside in %s with the next grade", h.path, filepath.Base(h.path)+tornSuffix)
	}
}

// mostWarnings is how many lines are named one by one.
const mostWarnings = 10
