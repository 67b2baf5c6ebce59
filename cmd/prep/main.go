package main

import (
	"io"
	"os"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program: it gives the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := newEnv(stdin, stdout, stderr, time.Now)
	root := newRootCmd(e)
	root.SetArgs(args)
	return e.exit(root.Execute())
}
