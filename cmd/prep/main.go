package main

import (
	"io"
	"os"
	"runtime/debug"
	"time"
)

func main() {
	debug.SetGCPercent(gcPercent)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// gcPercent lets the heap grow to four times what is alive before it is collected:
// a command is over in milliseconds, and most never collect at all.
const gcPercent = 300

// run is the whole program: it gives the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := newEnv(stdin, stdout, stderr, time.Now)
	root := newRootCmd(e)
	root.SetArgs(args)
	return e.exit(root.Execute())
}
