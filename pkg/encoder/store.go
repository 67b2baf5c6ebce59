package encoder

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"hash/crc32"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/prep-cli/prep/pkg/text"
)

// A store as bytes: the mark, the model's hash, then a record for each text in
// the order of their keys. A record is its length, a checksum, the text's key, the
// day of its last use, and what the encoder gave. Numbers are little-endian.
//
// A vector is kept as one byte a dimension and a scale. What the encoder gives is
// brought to that form at once, so that a kept encoding and a fresh one are equal
// to the bit, and a store that is gone costs time and nothing else.
const storeMark = "prep vectors 1\n"

// questions.bin is a store of the question bank, which go generate encodes: a
// question of the bank needs no encoding.
//
//go:generate go run ../../training/bank
//go:embed questions.bin
var bank []byte

// keepDays is how long a text that nobody asks for stays in a store, and renewDays
// how old its last use may look before the store is worth writing again for that.
const (
	keepDays  = 180
	renewDays = 14
)

// Kept is an encoding with its crowd term, which is costly and no question's.
type Kept struct {
	Encoding
	Crowd float32
}

// Store holds the encodings of texts, by their content. It is no file: bytes come
// in and go out. It is not safe for several goroutines at once.
type Store struct {
	model   *Model
	day     int
	records map[key]record
	changed bool
}

type key [16]byte

type record struct {
	day     int
	payload []byte // see pack
}

// Store reads what Bytes gave on some day; day counts days from any fixed one. What
// is damaged, cut short, or another model's is left out: it is encoded anew.
func (m *Model) Store(data []byte, day int) *Store {
	s := &Store{model: m, day: day, records: map[key]record{}}
	m.records(data, func(k key, r record) {
		if day-r.day <= keepDays {
			s.records[k] = r
		}
	})
	return s
}

// records calls f with every sound record of a store's bytes.
func (m *Model) records(data []byte, f func(key, record)) {
	rest, ours := bytes.CutPrefix(data, m.storeHead())
	for ours && len(rest) > 8 {
		size, sum := int(binary.LittleEndian.Uint32(rest)), binary.LittleEndian.Uint32(rest[4:])
		if size < recordHead || size > len(rest)-8 {
			return
		}
		body := rest[8 : 8+size]
		if payload := body[recordHead:]; crc32.ChecksumIEEE(body) == sum && sound(payload, m.header.Width) {
			f(key(body[:16]), record{int(binary.LittleEndian.Uint32(body[16:])), payload})
		}
		rest = rest[8+size:]
	}
}

// recordHead is the size of a record's key and day.
const recordHead = 16 + 4

func (m *Model) storeHead() []byte { return []byte(storeMark + m.hash + "\n") }

// Missing counts the texts that Encode would have to encode.
func (s *Store) Missing(texts []string) int {
	n := 0
	for _, t := range texts {
		if _, ok := s.find(t); !ok {
			n++
		}
	}
	return n
}

// Ship gives the bytes of a store that holds these texts and no other, encoded anew.
func (m *Model) Ship(texts []string) []byte {
	s := &Store{model: m, records: map[key]record{}}
	for i, payload := range m.packAll(texts, nil) {
		s.keep(texts[i], payload)
	}
	data, _ := s.Bytes()
	return data
}

// shippedRecords reads the bank's store.
func (m *Model) shippedRecords() map[key]record {
	out := map[key]record{}
	m.records(bank, func(k key, r record) { out[k] = r })
	return out
}

// find gives the record of a text, whether it was kept or is shipped.
func (s *Store) find(t string) (record, bool) {
	r, ok := s.records[keyOf(t)]
	if ok && s.day-r.day > renewDays {
		s.keep(t, r.payload)
	}
	if !ok {
		r, ok = s.model.shipped()[keyOf(t)]
	}
	return r, ok
}

// Encode gives the encodings of texts: kept ones as they are, the others encoded on
// all cores and kept. A progress that is not nil is told how many of those are done.
func (s *Store) Encode(texts []string, progress func(done int)) []Kept {
	payloads := make([][]byte, len(texts))
	var missing []string
	var at []int
	for i, t := range texts {
		if r, ok := s.find(t); ok {
			payloads[i] = r.payload
		} else {
			missing, at = append(missing, t), append(at, i)
		}
	}
	if len(missing) > 0 {
		for i, payload := range s.model.packAll(missing, progress) {
			payloads[at[i]] = payload
			s.keep(missing[i], payload)
		}
	}
	out := make([]Kept, len(texts))
	stripes(len(texts), func(i int) { out[i] = unpack(payloads[i], s.model.header.Width) })
	return out
}

// stripes calls f with 0 to n-1, each core with numbers that follow one another.
func stripes(n int, f func(i int)) {
	var wg sync.WaitGroup
	cores := min(n, runtime.GOMAXPROCS(0))
	for c := range cores {
		wg.Go(func() {
			for i := c * n / cores; i < (c+1)*n/cores; i++ {
				f(i)
			}
		})
	}
	wg.Wait()
}

// packAll encodes texts in the form that is kept.
func (m *Model) packAll(texts []string, progress func(done int)) [][]byte {
	packed, encodings := make([][]byte, len(texts)), m.EncodeAll(texts, progress)
	stripes(len(texts), func(i int) {
		e := unpack(pack(Kept{Encoding: encodings[i]}), m.header.Width).Encoding
		packed[i] = pack(Kept{e, m.Crowd(e.Whole)})
	})
	return packed
}

func (s *Store) keep(t string, payload []byte) {
	s.records[keyOf(t)] = record{s.day, payload}
	s.changed = true
}

// Changed says whether the store holds what it did not when it was read, or when Bytes
// was called last. Bytes costs time; this does not.
func (s *Store) Changed() bool { return s.changed }

// Bytes gives the store for the next run, and whether it is worth writing: whether
// it holds what it did not when it was read, or when Bytes was called last.
func (s *Store) Bytes() (data []byte, changed bool) {
	defer func() { s.changed = false }()
	out := s.model.storeHead()
	keys := make([]key, 0, len(s.records))
	for k := range s.records {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int { return bytes.Compare(a[:], b[:]) })
	for _, k := range keys {
		r := s.records[k]
		body := binary.LittleEndian.AppendUint32(slices.Clone(k[:]), uint32(r.day)) //nolint:gosec // a day fits
		body = append(body, r.payload...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(body))) //nolint:gosec // a few kilobytes
		out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
		out = append(out, body...)
	}
	return out, s.changed
}

func keyOf(t string) key {
	sum := sha256.Sum256([]byte(t))
	return key(sum[:16])
}

// pack gives an encoding as bytes: the crowd term, then the whole and each sentence.
func pack(k Kept) []byte {
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(k.Crowd))
	for _, p := range append([]Passage{k.Whole}, k.Sentences...) {
		out = packPassage(out, p)
	}
	return out
}

// packPassage appends where a passage stands, its length, its scale, its vector.
// The scale gives back unit length.
func packPassage(out []byte, p Passage) []byte {
	var most float32
	for _, x := range p.Vector {
		most = max(most, x, -x)
	}
	steps, square := make([]byte, len(p.Vector)), 0.0
	for i, x := range p.Vector {
		step := math.RoundToEven(float64(127 * x / max(most, math.SmallestNonzeroFloat32)))
		steps[i] = byte(int8(step)) //nolint:gosec // the two's complement is meant
		square += step * step
	}
	scale := float32(1 / math.Sqrt(max(square, 1)))
	for _, n := range []uint32{uint32(p.Start), uint32(p.End), math.Float32bits(p.Length), math.Float32bits(scale)} { //nolint:gosec // places in a text of a few megabytes
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	return append(out, steps...)
}

// passageHead is the size of a packed passage without its vector.
const passageHead = 16

// sound says whether bytes have the length of what pack gives.
func sound(b []byte, width int) bool {
	size := passageHead + width
	return len(b) >= 4+size && (len(b)-4)%size == 0
}

// unpack reverses pack.
func unpack(b []byte, width int) Kept {
	size := passageHead + width
	all := make([]Passage, 0, (len(b)-4)/size)
	for rest := b[4:]; len(rest) > 0; rest = rest[size:] {
		all = append(all, unpackPassage(rest[:size]))
	}
	return Kept{Encoding{all[0], all[1:]}, math.Float32frombits(binary.LittleEndian.Uint32(b))}
}

func unpackPassage(b []byte) Passage {
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
	p := Passage{
		Span:   text.Span{Start: int(number(0)), End: int(number(1))},
		Length: math.Float32frombits(number(2)), Vector: make([]float32, len(b)-passageHead),
	}
	scale := math.Float32frombits(number(3))
	for i, x := range b[passageHead:] {
		p.Vector[i] = scale * float32(int8(x)) //nolint:gosec // the two's complement is meant
	}
	return p
}
