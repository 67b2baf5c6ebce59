//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// A fault is what befalls a call of a disk.
type fault string

// The last three last: the disk does nothing from that call on, as seen by who looks
// at it afterwards. Of what was not synced when the power went, a disk may have kept
// the names and not the contents, or neither.
const (
	noFault    fault = ""
	shortWrite fault = "a short write"
	noSpace    fault = "no space left"
	badBlock   fault = "an I/O error"
	crash      fault = "a crash"
	crashAmid  fault = "a crash amid a write"
	powerNames fault = "a power cut that leaves new names and loses contents"
	powerAll   fault = "a power cut that loses all that was not synced"
)

var (
	faults = []fault{shortWrite, noSpace, badBlock, crash, crashAmid, powerNames, powerAll}
	writes = []fault{shortWrite, crashAmid} // only these are for writes alone
	power  = []fault{powerNames, powerAll}
)

// faultyDisk is the system's disk with one fault in it. It keeps what a power cut would
// leave: of every file the content that was synced last, and how to take back the names
// that were made or taken away since their folder was synced. It syncs nothing in truth.
type faultyDisk struct {
	t     *testing.T
	at    int // the number of the call that fails, the first is 1
	fault fault

	calls  []string // what was called, by name
	hit    bool     // the fault has befallen a call
	dead   bool     // no call does anything any more
	synced map[string][]byte
	undo   []nameChange
}

type nameChange struct {
	dir  string
	back func()
}

var errDead = errors.New("the disk is gone")

// call counts a call and says how it fails.
func (d *faultyDisk) call(op, name string) error {
	d.calls = append(d.calls, op)
	err := errDead
	if !d.dead {
		if len(d.calls) != d.at || slices.Contains(writes, d.fault) {
			return nil
		}
		d.hit = true
		switch d.fault {
		case noSpace:
			err = syscall.ENOSPC
		case badBlock:
			err = syscall.EIO
		default:
			d.dead = true
		}
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// know keeps the content of a file that was there before as synced.
func (d *faultyDisk) know(name string) string {
	name, err := filepath.Abs(name)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, known := d.synced[name]; !known {
		if data, err := os.ReadFile(name); err == nil {
			d.synced[name] = data
		}
	}
	return name
}

func (d *faultyDisk) renamed(name string, back func()) {
	d.undo = append(d.undo, nameChange{filepath.Dir(name), back})
}

func (d *faultyDisk) ReadFile(name string) ([]byte, error) {
	if err := d.call("read", name); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

func (d *faultyDisk) OpenFile(name string, flag int, mode fs.FileMode) (diskFile, error) {
	if err := d.call("open", name); err != nil {
		return nil, err
	}
	path := d.know(name)
	f, err := os.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err
	}
	if _, known := d.synced[path]; !known {
		d.synced[path] = nil
		d.renamed(path, func() { d.lose(path) })
	}
	return &faultyFile{f, d, path}, nil
}

func (d *faultyDisk) Mkdir(name string, mode fs.FileMode) error {
	if err := d.call("mkdir", name); err != nil {
		return err
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	if err := os.Mkdir(name, mode); err != nil {
		return err
	}
	d.renamed(path, func() { _ = os.RemoveAll(path) })
	return nil
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.call("rename", to); err != nil {
		return err
	}
	from, to = d.know(from), d.know(to)
	old, there := d.synced[to]
	if err := os.Rename(from, to); err != nil {
		return err
	}
	d.synced[to] = d.synced[from]
	delete(d.synced, from)
	d.renamed(to, func() {
		d.bring(from, d.synced[to])
		if d.lose(to); there {
			d.bring(to, old)
		}
	})
	return nil
}

func (d *faultyDisk) Link(from, to string) error {
	if err := d.call("link", to); err != nil {
		return err
	}
	from = d.know(from)
	to, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	if err := os.Link(from, to); err != nil {
		return err
	}
	d.synced[to] = d.synced[from]
	d.renamed(to, func() { d.lose(to) })
	return nil
}

func (d *faultyDisk) Remove(name string) error {
	if err := d.call("remove", name); err != nil {
		return err
	}
	path := d.know(name)
	if err := os.Remove(path); err != nil {
		return err
	}
	content := d.synced[path]
	delete(d.synced, path)
	d.renamed(path, func() { d.bring(path, content) })
	return nil
}

func (d *faultyDisk) Chmod(name string, mode fs.FileMode) error {
	if err := d.call("chmod", name); err != nil {
		return err
	}
	return os.Chmod(name, mode)
}

func (d *faultyDisk) SyncDir(name string) error {
	if err := d.call("sync folder", name); err != nil {
		return err
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	d.undo = slices.DeleteFunc(d.undo, func(n nameChange) bool { return n.dir == path })
	return nil
}

func (d *faultyDisk) lose(path string) {
	_ = os.Remove(path) // it may be gone with its folder
	delete(d.synced, path)
}

func (d *faultyDisk) bring(path string, content []byte) {
	_ = os.WriteFile(path, content, 0o600) // its folder may be gone
	d.synced[path] = content
}

// cut leaves on the system's disk what a power cut does.
func (d *faultyDisk) cut() {
	if d.fault == powerAll {
		for _, n := range slices.Backward(d.undo) {
			n.back()
		}
	}
	for path, content := range d.synced {
		if _, err := os.Stat(path); err == nil {
			d.bring(path, content)
		}
	}
}

// faultyFile is an open file of a faultyDisk.
type faultyFile struct {
	*os.File
	disk *faultyDisk
	path string
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.disk.call("write", f.path); err != nil {
		return 0, err
	}
	if d := f.disk; len(d.calls) == d.at && slices.Contains(writes, d.fault) {
		d.hit, d.dead = true, d.fault == crashAmid
		n, _ := f.File.Write(p[:len(p)/2])
		return n, &fs.PathError{Op: "write", Path: f.path, Err: syscall.ENOSPC}
	}
	return f.File.Write(p)
}

func (f *faultyFile) ReadAt(p []byte, at int64) (int, error) {
	if err := f.disk.call("read", f.path); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, at)
}

func (f *faultyFile) Stat() (fs.FileInfo, error) {
	if err := f.disk.call("stat", f.path); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	if err := f.disk.call("chmod", f.path); err != nil {
		return err
	}
	return f.File.Chmod(mode)
}

func (f *faultyFile) Truncate(size int64) error {
	if err := f.disk.call("truncate", f.path); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *faultyFile) Sync() error {
	if err := f.disk.call("sync", f.path); err != nil {
		return err
	}
	data, err := os.ReadFile(f.path)
	f.disk.synced[f.path] = data
	return err
}

func (f *faultyFile) Close() error {
	closed := f.File.Close() // or the test runs out of files
	if err := f.disk.call("close", f.path); err != nil {
		return err
	}
	return closed
}
