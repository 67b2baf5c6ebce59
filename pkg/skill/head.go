package skill

import (
	"encoding/binary"
	"math/bits"
)

// headLength is how many bytes of a key its head has at most. Four tell most words
// of a text from all keys, so that a table is searched for few of them.
const headLength = 4

// A head is how keys begin, and where in their table the keys stand that do. A key
// has a head of each length: "kafka" has "k", "ka", "kaf" and "kafk".
type head struct {
	start    uint32 // the bytes, the first lowest
	from, to int32  // the phrases; to is 0 in a slot that holds no head
}

// startOf gives the first bytes of k with w behind it as a head has them. No key
// holds a zero byte.
func startOf(k, w string) uint32 {
	var start [headLength]byte
	n := copy(start[:], k)
	copy(start[n:], w)
	return binary.LittleEndian.Uint32(start[:])
}

// headsOf gives the heads of sorted phrases: a hash table, open-addressed, at most
// half full.
func headsOf(phrases []phrase) []head {
	count, last := 0, ""
	for _, p := range phrases {
		count += min(len(p.key), headLength) - shared(last, p.key)
		last = p.key
	}
	heads := make([]head, 1<<bits.Len(uint(2*count)))
	var open [headLength]*head // those of the phrase at hand, the shortest first
	last = ""
	for i, p := range phrases {
		at := int32(i)
		old := shared(last, p.key)
		for n := range min(len(p.key), headLength) {
			if n >= old {
				start := startOf(p.key[:n+1], "")
				open[n] = slot(heads, start)
				open[n].start, open[n].from = start, at
			}
			open[n].to = at + 1
		}
		last = p.key
	}
	return heads
}

// shared gives how many bytes of their heads a and b share.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b), headLength) && a[n] == b[n] {
		n++
	}
	return n
}

// slot gives the slot in which a head with that start is or belongs.
func slot(heads []head, start uint32) *head {
	last := uint64(len(heads) - 1)                             //nolint:gosec // there is a slot at least
	for i := uint64(start) * 0x9e3779b97f4a7c15 >> 32; ; i++ { // Fibonacci hashing, TAOCP 6.4
		if h := &heads[i&last]; h.start == start || h.to == 0 {
			return h
		}
	}
}

// under gives the phrases whose keys begin as k does with w behind it, as far as
// a head tells.
func (t *table) under(k, w string) []phrase {
	if len(t.heads) == 0 {
		return nil
	}
	h := slot(t.heads, startOf(k, w))
	return t.phrases[h.from:h.to]
}
