package main

import (
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"
)

// slowDisk is the system's disk with a rest before each call that changes a name, so
// that a run which is killed at any moment after the first is killed amid its writes.
// With the first it says writing.
type slowDisk struct {
	osDisk
	begin func()
}

const (
	rest    = 2 * time.Millisecond
	writing = "writing\n"
)

// mainSlowly is main on a slowDisk.
func mainSlowly() {
	e := newEnv(os.Stdin, os.Stdout, os.Stderr, time.Now)
	e.files.disk = slowDisk{begin: sync.OnceFunc(func() { fmt.Fprint(os.Stderr, writing) })}
	os.Exit(e.run(os.Args[1:]))
}

func (d slowDisk) rest() {
	d.begin()
	time.Sleep(rest)
}

func (d slowDisk) OpenFile(name string, flag int, mode fs.FileMode) (diskFile, error) {
	d.rest()
	return d.osDisk.OpenFile(name, flag, mode)
}

func (d slowDisk) Rename(from, to string) error {
	d.rest()
	return d.osDisk.Rename(from, to)
}

func (d slowDisk) Link(from, to string) error {
	d.rest()
	return d.osDisk.Link(from, to)
}

func (d slowDisk) Remove(name string) error {
	d.rest()
	return d.osDisk.Remove(name)
}
