package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// disk is what the writes of prep need of a file system. The names are as package os
// has them, with its errors.
type disk interface {
	ReadFile(name string) ([]byte, error)
	OpenFile(name string, flag int, mode fs.FileMode) (diskFile, error)
	Mkdir(name string, mode fs.FileMode) error
	Rename(from, to string) error
	Link(from, to string) error
	Remove(name string) error
	Chmod(name string, mode fs.FileMode) error
	// SyncDir makes last which names a folder holds, as Sync does with what a file holds.
	SyncDir(name string) error
}

// diskFile is an open file of a disk.
type diskFile interface {
	io.WriteCloser
	io.ReaderAt
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Truncate(size int64) error
	Sync() error
}

// osDisk is the system's own.
type osDisk struct{}

var _ disk = osDisk{}

// ReadFile reads a file whole.
func (osDisk) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// OpenFile opens a file by the flags of package os.
func (osDisk) OpenFile(name string, flag int, mode fs.FileMode) (diskFile, error) {
	return os.OpenFile(name, flag, mode)
}

// Mkdir makes a folder in one that is there.
func (osDisk) Mkdir(name string, mode fs.FileMode) error { return os.Mkdir(name, mode) }

// Rename gives a file another name, and takes it from the file that had it.
func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }

// Link gives a file a second name; one that is taken is fs.ErrExist.
func (osDisk) Link(from, to string) error { return os.Link(from, to) }

// Remove takes a name away.
func (osDisk) Remove(name string) error { return os.Remove(name) }

// Chmod sets permissions.
func (osDisk) Chmod(name string, mode fs.FileMode) error { return os.Chmod(name, mode) }

// SyncDir does nothing where folders cannot be synced: on Windows, on some network file
// systems, and where the user may write to a folder and not list it.
func (osDisk) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
