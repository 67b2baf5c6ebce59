package skill

import (
	"slices"
	"strings"
	"testing"
)

// TestFurther asserts the law of runs: however a key's bytes are read, the run
// begins where the table first holds them, and is empty where it does not.
func TestFurther(t *testing.T) {
	for _, table := range []table{Default().words, Default().phrases} {
		for _, p := range table.phrases {
			for n := 1; n <= len(p.key); n++ {
				for _, read := range []string{p.key[:n], p.key[:n] + "~", p.key[:n-1] + "~"} {
					first, _ := slices.BinarySearchFunc(table.phrases, read, func(p phrase, k string) int { return strings.Compare(p.key, k) })
					holds := first < len(table.phrases) && strings.HasPrefix(table.phrases[first].key, read)
					for cut := range min(len(read), n) {
						r := table.further(table.further(run{}, read[:cut]), read[cut:])
						if holds != (len(r.phrases) > 0) || holds && (&r.phrases[0] != &table.phrases[first] || r.read != len(read)) {
							t.Fatalf("%q and %q: a run of %d phrases, want it to begin at %d: %v", read[:cut], read[cut:], len(r.phrases), first, holds)
						}
					}
				}
			}
		}
	}
}
