package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The clock of a command that takes its time: nothing in the first second, nothing
// beside a bar, and gone before anything else is said.
func TestClock(t *testing.T) {
	var said strings.Builder
	e := newEnv(nil, nil, &said, time.Now)
	for _, step := range []struct {
		why  string
		do   func()
		want string
	}{
		{"too early", func() { e.tick(patience - 1) }, ""},
		{"at work", func() { e.tick(3500 * time.Millisecond) }, "\rworking, 3 s so far\x1b[K"},
		{"a line takes its place", func() { e.say("prep: 1 written") }, "\r\x1b[Kprep: 1 written\n"},
		{"a bar tells more", func() { e.bar = true; e.tick(5 * time.Second) }, ""},
		{"the bar is done", func() { e.bar = false; e.tick(6 * time.Second) }, "\rworking, 6 s so far\x1b[K"},
		{"the end", func() { e.tick(0) }, "\r\x1b[K"},
		{"nothing to take away", func() { e.tick(0) }, ""},
	} {
		said.Reset()
		step.do()
		if diff := cmp.Diff(step.want, said.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.why, diff)
		}
	}
}
