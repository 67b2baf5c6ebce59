// Package parallel spreads independent pieces of work over the cores. It knows
// nothing of the work, and it gives no order but the one that its caller keeps by
// index.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls f with every number from 0 to n-1, on all cores, and waits. Pieces of
// unequal size even out: a core takes the next number when it is done with one.
func Do(n int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
