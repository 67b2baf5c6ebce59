package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"github.com/prep-cli/prep/pkg/story"
)

// locking is a way in which flock takes a lock: alone, or together with others that
// only read.
type locking func(lock *flock.Flock, ctx context.Context, retry time.Duration) (bool, error)

var (
	alone    locking = (*flock.Flock).TryLockContext
	together locking = (*flock.Flock).TryRLockContext
)

// patient is how long one prep waits for another: appending to the history takes
// milliseconds, a large import seconds.
const patient = 5 * time.Second

// errBusy is given where another prep holds a lock.
var errBusy = errors.New("another prep is at work there, and has been for " + patient.String())

// lock takes the lock that a file stands for, which stays behind when it is given back.
// It ends with the program at the latest.
func (e *env) lock(file string, take locking, patience time.Duration) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	lock := flock.New(file)
	_, err = take(lock, ctx, patient/1000)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errBusy
	}
	return func() { _ = lock.Close() }, err // the lock ends with the file
}

// change writes to the library in dir while no other prep does, and to the end of each
// file; write may ask in between whether it is to stop.
func (e *env) change(dir string, write func(stop func() bool) error) error {
	unlock, err := e.lockPlace("library", dir, patient)
	if err != nil {
		return fmt.Errorf("cannot write to %s: %w", dir, err)
	}
	defer unlock()
	return untilDone(write)
}

// lockPlace takes the lock for what is done to a file or folder. Its lock file lies
// with prep's state, named by where the place is in truth, and by no letter's case: two
// places that share a lock wait for each other, one with two locks is not locked.
func (e *env) lockPlace(what, place string, patience time.Duration) (unlock func(), err error) {
	place, err = resolved(place)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(e.stateHome(), "prep")
	sum := sha256.Sum256([]byte(story.FoldID(place)))
	file := filepath.Join(dir, fmt.Sprintf("%s-%x.lock", what, sum[:8]))
	if err := e.files.mkdir(dir, privateDir); err != nil {
		return nil, hint("XDG_STATE_HOME names another place for locks", "no lock in %s: %w", dir, cause(err))
	}
	unlock, err = e.lock(file, alone, patience)
	if err != nil && !errors.Is(err, errBusy) {
		err = hint("XDG_STATE_HOME names another place for locks", "no lock %s: %w", file, cause(err))
	}
	return unlock, err
}

// resolved is a path without symbolic links. Its last parts may not be there yet.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(path); err == nil || filepath.Dir(path) == path {
		return filepath.EvalSymlinks(path)
	}
	parent, err := resolved(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

// errInterrupted is returned where a signal to end came while something was written. It
// is written then, and the rest is not begun.
var errInterrupted = errors.New("interrupted")

// untilDone runs a write to its end when Ctrl-C is pressed meanwhile, or the program is
// told to end. Outside of it these end the program at once.
func untilDone(write func(stop func() bool) error) error {
	came := make(chan os.Signal, 1)
	if ending := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM}, signal.Ignored); len(ending) > 0 {
		signal.Notify(came, ending...)
	}
	err := write(func() bool { return len(came) > 0 })
	signal.Stop(came) // what came by now is in the channel; what comes later ends the program
	if err == nil && len(came) > 0 {
		return errInterrupted
	}
	return err
}

// interrupt ends the program as Ctrl-C does, where the system can.
func interrupt() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Signal(os.Interrupt)
	}
}
