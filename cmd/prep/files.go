package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// read gives the text of a file or, for "-", of standard input, and the name by which
// to speak of it. Errors do not name it.
func (e *env) read(name string, limit int64) (shown, text string, err error) {
	var data []byte
	switch info, statErr := os.Stat(name); {
	case name == "-":
		name = "standard input"
		data, err = io.ReadAll(io.LimitReader(e.stdin, limit+1))
	case statErr == nil && info.IsDir():
		err = errors.New("is a directory")
	default:
		data, err = readLimited(name, limit)
	}
	if err != nil {
		err = cause(err)
	}
	return name, string(data), err
}

// readLimited reads a file and stops one byte past limit: enough for the reader to
// refuse it by its size.
func readLimited(file string, limit int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read from
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// replaceFile writes a file whole or not at all: beside it first, synced, then
// renamed over it. The permissions of a file that was there stay.
func replaceFile(path string, data []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeThrough(path, data)
		}
		mode = info.Mode().Perm()
	}
	return replaceAs(path, data, mode)
}

// replacePrivate is replaceFile for what only its owner may read.
func replacePrivate(path string, data []byte) error { return replaceAs(path, data, 0o600) }

func replaceAs(path string, data []byte, mode fs.FileMode) error {
	tmp, err := stage(path, data, mode)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return nil
}

// writeThrough writes to what is no regular file, such as /dev/null.
func writeThrough(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// createFile writes a new file whole or not at all; one that is there already is
// left alone, with an error that is fs.ErrExist.
func createFile(path string, data []byte) error {
	tmp, err := stage(path, data, 0o644)
	if err != nil {
		return err
	}
	err = os.Link(tmp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = createPlain(path, data) // a file system without hard links
	}
	return errors.Join(err, os.Remove(tmp))
}

func createPlain(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // a story is no secret to its teller's other programs
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// stage writes data to a temporary file in path's folder and gives its name.
func stage(path string, data []byte, mode fs.FileMode) (string, error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".prep-*")
	if err != nil {
		return "", fmt.Errorf("cannot write %s: %w", path, cause(err))
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("cannot write %s: %w", path, cause(err)), os.Remove(tmp.Name()))
	}
	return tmp.Name(), nil
}

// cause is err without the path that the caller names itself.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
