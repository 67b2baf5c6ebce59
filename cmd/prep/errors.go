package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Exit codes.
const (
	exitDone = 0
	exitNo   = 1 // it ran and the answer is no
	exitFail = 2 // it could not run

	exitInterrupted = 130 // as a shell has it for Ctrl-C
)

// errNo is returned where a command ran, has said all there is to say, and the
// answer is no.
var errNo = errors.New("no")

// hinted is an error with what the user can do about it.
type hinted struct {
	err  error
	hint string
}

func (h hinted) Error() string { return h.err.Error() }
func (h hinted) Unwrap() error { return h.err }

// hint states a fact and adds what to do.
func hint(what, format string, args ...any) error {
	return hinted{err: fmt.Errorf(format, args...), hint: what}
}

// exit prints err, one line a problem, and gives the exit code.
func (e *env) exit(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	}
	if problems, ok := errors.AsType[yaml.Problems](err); ok {
		e.say("%s", brief(problems.Error()))
	} else {
		e.say("prep: error: %s", strings.ReplaceAll(brief(err.Error()), "\n", "\nprep: error: "))
	}
	if h, ok := errors.AsType[hinted](err); ok {
		e.say("prep: hint: %s", brief(h.hint))
	}
	return exitFail
}

// longestLineSaid is the most characters of a line of an error: what it quotes is a key
// or a value, and a story may stand where that was meant.
const longestLineSaid = 400

// brief leaves out the middle of lines that are too long.
func brief(said string) string {
	lines := strings.Split(said, "\n")
	for i, line := range lines {
		if r := []rune(line); len(r) > longestLineSaid {
			lines[i] = string(r[:longestLineSaid/2]) + " … " + string(r[len(r)-longestLineSaid/4:])
		}
	}
	return strings.Join(lines, "\n")
}
