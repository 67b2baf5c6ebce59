package parallel

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Panic is a panic that was recovered, with where it began. It is no error and has no
// text: the value may quote what the program read, and nothing prints that by accident.
type Panic struct {
	Value  any
	Places []string // innermost first, at most 16: a function's full name and "file.go:line"
}

// Caught makes a Panic of what recover gave, in the deferred function that called it.
// A value that is one already stays as it is.
func Caught(value any) *Panic {
	if p, ok := value.(*Panic); ok {
		return p
	}
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers[:])])
	p := &Panic{Value: value}
	begun := false
	for more := true; more && len(p.Places) < 16; {
		var f runtime.Frame
		f, more = frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			begun = true // what panicked was called before it; what recovers, after it
		case begun && !strings.HasPrefix(f.Function, "runtime."):
			p.Places = append(p.Places, fmt.Sprintf("%s (%s:%d)", f.Function, path.Base(f.File), f.Line))
		}
	}
	return p
}
