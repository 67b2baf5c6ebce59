//go:build unix

package main

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The question is there before the stories are: with a story that takes for ever to
// read it can be thought about, answered and left.
func TestScreenDoesNotWaitForStories(t *testing.T) {
	dir := home(t, circus)
	if err := syscall.Mkfifo(filepath.Join(dir, "stories", "slow.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	x := open(t, dir, 80, 24, nil, drill()...)
	x.see("1 of 3")
	x.press(" ", "▸ s  Situation")
	x.press("\r", "Looking for the story")
	x.press("n", "You told none")
	x.press("3", "saved: good")
	x.press("q", "1 question told, 2 left")
	x.ends()
	if diff := cmp.Diff([]string{"tell " + first + "  3"}, x.kept()); diff != "" {
		t.Error(diff)
	}
}
