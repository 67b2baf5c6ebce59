// Package kept is a file of what was worked out before and can be worked out anew:
// records by a key that comes of the content they were worked out from. What is
// damaged, cut short or of another making is as if it had never been kept, so the
// file may be deleted at any time, and it never gives a stale answer.
//
// It is no database: nothing is looked up but by key, nothing is ever changed. It
// opens no file: bytes come in and go out. What a record says is its owner's matter.
package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// The file is its head, then a record after a record: the length of its body and the
// body's checksum, then the body: the key, the day of the last use, the payload.
// Numbers are little-endian. Of records with one key the last counts.
const (
	lead     = 4 + 4
	bodyHead = 16 + 4
)

// How long a record that nobody asks for stays, and how old its last use may look
// before that is worth a new record, in days.
const (
	keepDays  = 180
	renewDays = 14
)

// Key names a content.
type Key [16]byte

// KeyOf is the first half of the SHA-256 sum of a content.
func KeyOf(content []byte) Key {
	sum := sha256.Sum256(content)
	return Key(sum[:])
}

// Records are the records of a file and those kept since. They are not safe for
// several goroutines at once, but for Find where nothing is kept meanwhile.
type Records struct {
	head  string
	day   int
	of    map[Key][]byte // bodies, with their checksums before them
	fresh []Key          // kept since the file was read, or since Tail
	size  int            // of the file
	torn  bool           // the file does not end with a whole record, or is no such file
}

// Read reads the bytes of a file that begins with head, which names what made the
// records; any other file is as good as none. Day counts days from any fixed one.
func Read(head string, data []byte, day int) *Records {
	r := &Records{head: head, day: day, size: len(data)}
	rest, ours := bytes.CutPrefix(data, []byte(head))
	r.of = make(map[Key][]byte, len(rest)/(1<<13))
	for ours && len(rest) > lead {
		size := int(binary.LittleEndian.Uint32(rest))
		if size < bodyHead || size > len(rest)-lead {
			break
		}
		record := rest[4 : lead+size : lead+size]
		r.of[Key(record[4:])] = record
		rest = rest[lead+size:]
	}
	r.torn = !ours || len(rest) > 0
	return r
}

// Find gives the payload that was kept under a key. It must not be changed.
func (r *Records) Find(k Key) (payload []byte, ok bool) {
	record, ok := r.of[k]
	if !ok || r.age(record) > keepDays || crc32.ChecksumIEEE(record[4:]) != binary.LittleEndian.Uint32(record) {
		return nil, false
	}
	return record[4+bodyHead:], true
}

// Use is Find for what is in use: it stays for another half a year.
func (r *Records) Use(k Key) (payload []byte, ok bool) {
	payload, ok = r.Find(k)
	if ok && r.age(r.of[k]) > renewDays {
		r.Keep(k, payload)
	}
	return payload, ok
}

func (r *Records) age(record []byte) int {
	return r.day - int(binary.LittleEndian.Uint32(record[4+16:]))
}

// Keep keeps a payload under a key.
func (r *Records) Keep(k Key, payload []byte) {
	record := make([]byte, 4, 4+bodyHead+len(payload))
	record = append(record, k[:]...)
	record = binary.LittleEndian.AppendUint32(record, uint32(r.day)) //nolint:gosec // a day fits
	record = append(record, payload...)
	binary.LittleEndian.PutUint32(record, crc32.ChecksumIEEE(record[4:]))
	r.of[k] = record
	r.fresh = append(r.fresh, k)
}

// Changed says whether something was kept since the file was read, or since Tail or
// Bytes.
func (r *Records) Changed() bool { return len(r.fresh) > 0 }

// Tail gives the bytes to append to the file for what was kept since. It is not ok
// where the file must be written whole: where it was none, is torn, or holds more
// that nobody needs than what somebody does.
func (r *Records) Tail() (tail []byte, ok bool) {
	if r.torn {
		return nil, false
	}
	for _, k := range r.fresh {
		tail = appendRecord(tail, r.of[k])
	}
	live := 0
	for _, record := range r.of {
		if r.age(record) <= keepDays {
			live += 4 + len(record)
		}
	}
	if r.size+len(tail) > 2*live+len(r.head) {
		return nil, false
	}
	r.size += len(tail)
	r.fresh = nil
	return tail, true
}

// Bytes gives the whole file, in the order of the keys, without what is too old.
func (r *Records) Bytes() []byte {
	keys := make([]Key, 0, len(r.of))
	for k, record := range r.of {
		if r.age(record) <= keepDays {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
	out := []byte(r.head)
	for _, k := range keys {
		out = appendRecord(out, r.of[k])
	}
	r.size, r.torn, r.fresh = len(out), false, nil
	return out
}

func appendRecord(out, record []byte) []byte {
	out = binary.LittleEndian.AppendUint32(out, uint32(len(record)-4)) //nolint:gosec // a few kilobytes
	return append(out, record...)
}
