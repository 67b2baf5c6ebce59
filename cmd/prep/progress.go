package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// progress is a bar on the terminal for work that takes over a second. On anything
// but a terminal, and for shorter work, it shows nothing.
type progress struct {
	env   *env
	label string
	total int
	start time.Time
	shown bool
	off   bool
}

// patience is how long work goes on in silence.
const patience = time.Second

func (e *env) progress(label string, total int) *progress {
	f, ok := e.stderr.(*os.File)
	return &progress{env: e, label: label, total: total, start: e.now(), off: !ok || !term.IsTerminal(int(f.Fd()))}
}

// at says that n of the total are done.
func (p *progress) at(n int) {
	spent := p.env.now().Sub(p.start)
	if p.off || n == 0 || spent < patience {
		return
	}
	p.shown = true
	left := spent / time.Duration(n) * time.Duration(p.total-n)
	fmt.Fprintf(p.env.stderr, "\r%s %s %d of %d, %s left\x1b[K", p.label, bar(n, p.total), n, p.total, left.Round(time.Second))
}

// done takes the bar away.
func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.env.stderr, "\r\x1b[K")
	}
}

// bar draws n of total in 20 cells.
func bar(n, total int) string {
	full := 20 * n / max(total, 1)
	return strings.Repeat("█", full) + strings.Repeat("░", 20-full)
}
