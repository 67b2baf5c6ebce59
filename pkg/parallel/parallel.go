// Package parallel spreads independent pieces of work over the cores, and brings a
// panic in one of them back to whoever waits. It knows nothing of the work, and it
// gives no order but the one that its caller keeps by index.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls f with every number from 0 to n-1, on all cores, and waits. Pieces of
// unequal size even out: a core takes the next number when it is done with one.
func Do(n int, f func(i int)) {
	var work Group
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		work.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	work.Wait()
}

// Group is pieces of work that go on at once. Unlike in a sync.WaitGroup, a panic in
// one of them does not end the program, which would print its value, but is Wait's.
type Group struct {
	pieces sync.WaitGroup
	first  atomic.Pointer[Panic]
}

// Go begins a piece of work.
func (g *Group) Go(f func()) {
	g.pieces.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				g.first.CompareAndSwap(nil, Caught(value))
			}
		}()
		f()
	})
}

// Wait returns when every piece is done. It panics with a *Panic, the first one, where
// a piece did.
func (g *Group) Wait() {
	g.pieces.Wait()
	if p := g.first.Load(); p != nil {
		panic(p)
	}
}
