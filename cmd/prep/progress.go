package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/prep-cli/prep/pkg/parallel"
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
	p.env.saying.Lock()
	defer p.env.saying.Unlock()
	p.shown, p.env.bar = true, true
	left := spent / time.Duration(n) * time.Duration(p.total-n)
	fmt.Fprintf(p.env.stderr, "\r%s %s %d of %d, %s left\x1b[K", p.label, bar(n, p.total), n, p.total, left.Round(time.Second))
}

// done takes the bar away.
func (p *progress) done() {
	if p.shown {
		p.env.saying.Lock()
		defer p.env.saying.Unlock()
		p.env.bar = false
		fmt.Fprint(p.env.stderr, "\r\x1b[K")
	}
}

// bar draws n of total in 20 cells.
func bar(n, total int) string {
	full := 20 * n / max(total, 1)
	return strings.Repeat("█", full) + strings.Repeat("░", 20-full)
}

// working shows a clock on the terminal while a command goes on for over a second and
// nobody knows how much is left. It is over where the result is printed, at the latest
// when stop is called.
func (e *env) working() (stop func()) {
	if e.progress("", 0).off {
		return func() {}
	}
	done, begun := make(chan struct{}), e.now()
	var clock parallel.Group
	clock.Go(func() {
		tick := time.NewTicker(patience / 4)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				e.tick(e.now().Sub(begun))
			}
		}
	})
	e.silence = sync.OnceFunc(func() {
		close(done)
		clock.Wait()
		e.tick(0)
	})
	return e.silence
}

// tick draws the clock, or takes it away where no time was spent. A bar tells more.
func (e *env) tick(spent time.Duration) {
	e.saying.Lock()
	defer e.saying.Unlock()
	switch {
	case e.bar:
	case spent >= patience:
		e.ticked = true
		fmt.Fprintf(e.stderr, "\rworking, %d s so far\x1b[K", int(spent.Seconds()))
	case e.ticked:
		e.ticked = false
		fmt.Fprint(e.stderr, "\r\x1b[K")
	}
}
