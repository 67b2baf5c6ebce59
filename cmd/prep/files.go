package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
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

// files writes files whole or not at all. Each is written beside its place first and
// synced, and takes its place in one step; then the folder is synced. Whenever the
// program or the power goes, the old text is there or the new one, and once a write
// has returned nil, the new one.
type files struct {
	disk
	now   func() time.Time
	swept sync.Map // folders, by name
}

// The permissions of what is made new, less what the user's umask takes.
const (
	publicFile  fs.FileMode = 0o644
	publicDir   fs.FileMode = 0o755
	privateFile fs.FileMode = 0o600
	privateDir  fs.FileMode = 0o700
)

// mostOwn is the largest that a file may be which prep keeps for itself, in bytes
// (256 MiB): a million grades, and the record of a hundred thousand imported stories.
const mostOwn = 256 << 20

// readOwn reads such a file whole.
func (f *files) readOwn(path string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > mostOwn {
		return nil, errors.New("it is over 256 MiB, the most that is read: move it away, and prep begins another")
	}
	return f.ReadFile(path)
}

// replace writes a file over the one that may be there, whose permissions stay. A
// symbolic link stays too: the file that it names is written.
func (f *files) replace(path string, data []byte) error {
	return f.replaceAs(path, data, publicFile, true)
}

// replacePrivate is replace for what only its owner may read.
func (f *files) replacePrivate(path string, data []byte) error {
	return f.replaceAs(path, data, privateFile, false)
}

func (f *files) replaceAs(path string, data []byte, mode fs.FileMode, keep bool) error {
	place, err := behind(path)
	if err != nil {
		return cannotWrite(path, err)
	}
	info, err := os.Stat(place)
	there := err == nil
	if there && !info.Mode().IsRegular() {
		return cannotWrite(path, f.writeThrough(place, data))
	}
	if keep = keep && there; keep {
		mode = info.Mode() &^ fs.ModeType
	}
	tmp, err := f.stage(place, data, mode, keep)
	if err != nil {
		return cannotWrite(path, err)
	}
	if err := f.Rename(tmp, place); err != nil {
		return cannotWrite(path, errors.Join(err, f.Remove(tmp)))
	}
	return cannotWrite(path, f.SyncDir(filepath.Dir(place)))
}

// behind gives the file that a path means, which a symbolic link may name.
func behind(path string) (string, error) {
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return path, nil //nolint:nilerr // what is not there is no link
	}
	place, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("it is a symbolic link to nothing")
	}
	return place, err
}

// writeThrough writes to what is no regular file, such as /dev/null.
func (f *files) writeThrough(path string, data []byte) error {
	w, err := f.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Close())
}

// create writes a new file; one that is there already is left alone, with an error
// that is fs.ErrExist.
func (f *files) create(path string, data []byte, mode fs.FileMode) error {
	tmp, err := f.stage(path, data, mode, false)
	if err != nil {
		return cannotWrite(path, err)
	}
	err = f.Link(tmp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without hard links
		err = f.renameNew(tmp, path)
	}
	_ = f.Remove(tmp) // what stays is swept away later
	if err == nil {
		err = f.SyncDir(filepath.Dir(path))
	}
	return cannotWrite(path, err)
}

// renameNew is Rename where nothing has the name yet. Another program that takes the
// name between the two steps loses it.
func (f *files) renameNew(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return f.Rename(from, to)
}

// staged is how the names of files begin that are not in their place yet.
const staged = ".prep-"

// stage writes data to a new file in path's folder and gives its name. The mode is
// less what the umask takes, unless it is kept from an older file.
func (f *files) stage(path string, data []byte, mode fs.FileMode, keep bool) (string, error) {
	dir := filepath.Dir(path)
	f.sweep(dir)
	tmp, first := filepath.Join(dir, staged+rand.Text()[:12]), mode
	if keep {
		first = privateFile
	}
	w, err := f.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, first)
	if err != nil {
		return "", err
	}
	_, err = w.Write(data)
	if err == nil && keep {
		err = w.Chmod(mode)
		if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
			err = nil // a file system without permissions has none to keep
		}
	}
	if err == nil {
		err = w.Sync()
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return "", errors.Join(err, f.Remove(tmp))
	}
	return tmp, nil
}

// abandoned is the age from which a staged file belongs to a prep that is no more: a
// write takes milliseconds.
const abandoned = time.Minute

// sweep removes what writes that were cut off have left in a folder, once a run.
func (f *files) sweep(dir string) {
	if _, done := f.swept.LoadOrStore(dir, true); done {
		return
	}
	entries, _ := os.ReadDir(dir) // whoever writes there says what is wrong with it
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), staged) || !entry.Type().IsRegular() {
			continue
		}
		if info, err := entry.Info(); err == nil && f.now().Sub(info.ModTime()) > abandoned {
			_ = f.Remove(filepath.Join(dir, entry.Name())) // it stays until the next time
		}
	}
}

// mkdir makes a folder with those above it, to last.
func (f *files) mkdir(dir string, mode fs.FileMode) error {
	if info, err := os.Stat(dir); err == nil {
		if info.IsDir() {
			return nil
		}
		return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := f.mkdir(parent, mode); err != nil {
			return err
		}
	}
	if err := f.Mkdir(dir, mode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.SyncDir(parent)
}

// cannotWrite says which file could not be written, and why, in one line.
func cannotWrite(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("cannot write %s: %w", filepath.ToSlash(path), cause(err))
}

// cause is the first of err's causes, without the path that the caller names itself.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return l.Err
	}
	return err
}
