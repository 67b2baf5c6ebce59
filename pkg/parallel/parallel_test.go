package parallel_test

import (
	"testing"

	"github.com/prep-cli/prep/pkg/parallel"
)

func TestDoCallsEachOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		calls := make([]int, n)
		parallel.Do(n, func(i int) { calls[i]++ })
		for i, c := range calls {
			if c != 1 {
				t.Errorf("n = %d: %d was called %d times", n, i, c)
			}
		}
	}
}
