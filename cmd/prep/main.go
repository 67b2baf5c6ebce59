package main

import (
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/prep-cli/prep/pkg/parallel"
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// gcPercent lets the heap grow to four times what is alive before it is collected:
// a command is over in milliseconds, and most never collect at all.
const gcPercent = 300

// memoryLimit is from how many bytes on the heap is collected as often as it takes to
// stay below: the largest libraries are read and ranked within it.
const memoryLimit = 320 << 20

// run is the whole program: it gives the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return newEnv(stdin, stdout, stderr, time.Now).run(args)
}

// run carries out a command line. A panic ends in a report that quotes nothing of what
// was read.
func (e *env) run(args []string) (code int) {
	defer func() {
		if value := recover(); value != nil {
			code = e.bug(parallel.Caught(value))
		}
	}()
	root := newRootCmd(e)
	root.SetArgs(args)
	return e.exit(root.Execute())
}
