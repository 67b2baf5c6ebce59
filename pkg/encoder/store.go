package encoder

import (
	_ "embed"
	"encoding/binary"
	"math"
	"runtime"

	"github.com/prep-cli/prep/pkg/kept"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/text"
)

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

// Kept is an encoding in the form in which it is kept, with its crowd term, which is
// costly and no question's. The zero value is the encoding of nothing.
type Kept struct {
	packed []byte // see pack
	width  int
}

// Store holds the encodings of texts, by their content. It is no file: bytes come
// in and go out. It is not safe for several goroutines at once.
type Store struct {
	model   *Model
	records *kept.Records
}

// Store reads what Bytes gave on some day; day counts days from any fixed one. What
// is damaged, cut short, or another model's is left out: it is encoded anew.
func (m *Model) Store(data []byte, day int) *Store {
	return &Store{m, kept.Read(m.storeHead(), data, day)}
}

func (m *Model) storeHead() string { return storeMark + m.hash + "\n" }

// Records are the file behind the store: what Encode kept goes out through them.
func (s *Store) Records() *kept.Records { return s.records }

// TextKey is the key under which a text's encoding is kept.
func TextKey(t string) kept.Key { return kept.KeyOf([]byte(t)) }

// Find gives the encoding of a text by its key, where it was kept or is shipped.
func (s *Store) Find(k kept.Key) (Kept, bool) {
	payload, ok := s.records.Use(k)
	if !ok {
		payload, ok = s.model.shipped().Find(k)
	}
	return Kept{payload, s.model.header.Width}, ok && sound(payload, s.model.header.Width)
}

// Missing counts the texts that Encode would have to encode.
func (s *Store) Missing(texts []string) int {
	n := 0
	for _, t := range texts {
		if _, ok := s.Find(TextKey(t)); !ok {
			n++
		}
	}
	return n
}

// Ship gives the bytes of a store that holds these texts and no other, encoded anew.
func (m *Model) Ship(texts []string) []byte {
	s := m.Store(nil, 0)
	for i, payload := range m.packAll(texts) {
		s.records.Keep(TextKey(texts[i]), payload)
	}
	return s.records.Bytes()
}

// atOnce is how many bytes of texts are encoded between two looks at the progress:
// a second or two of work.
const atOnce = 16 << 10

// Encode gives the encodings of texts: kept ones as they are, the others encoded on
// all cores and kept. A progress that is not nil is told how many of those are done
// and kept; what it lets out of the store then is not lost where the rest is cut off.
func (s *Store) Encode(texts []string, progress func(done int)) []Kept {
	out := make([]Kept, len(texts))
	var missing []int
	for i, t := range texts {
		var ok bool
		if out[i], ok = s.Find(TextKey(t)); !ok {
			missing = append(missing, i)
		}
	}
	for done := 0; done < len(missing); {
		var some []string
		for size := 0; done+len(some) < len(missing) && size < atOnce; {
			t := texts[missing[done+len(some)]]
			some, size = append(some, t), size+len(t)
		}
		for i, payload := range s.model.packAll(some) {
			s.records.Keep(TextKey(some[i]), payload)
			out[missing[done+i]] = Kept{payload, s.model.header.Width}
		}
		done += len(some)
		if progress != nil {
			progress(done)
		}
	}
	return out
}

// stripes calls f with 0 to n-1, each core with numbers that follow one another.
func stripes(n int, f func(i int)) {
	var wg parallel.Group
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
func (m *Model) packAll(texts []string) [][]byte {
	packed, encodings := make([][]byte, len(texts)), m.EncodeAll(texts, nil)
	stripes(len(texts), func(i int) {
		e := Kept{pack(encodings[i], 0), m.header.Width}.Encoding()
		packed[i] = pack(e, m.Crowd(e.Whole))
	})
	return packed
}

// pack gives an encoding as bytes: the crowd term, then the whole and each sentence.
func pack(e Encoding, crowd float32) []byte {
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(crowd))
	for _, p := range append([]Passage{e.Whole}, e.Sentences...) {
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

// Crowd is the crowd term of the text; see Model.Crowd.
func (k Kept) Crowd() float32 {
	if len(k.packed) == 0 {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(k.packed))
}

// Whole is the whole text as a vector.
func (k Kept) Whole() Passage {
	if len(k.packed) == 0 {
		return Passage{}
	}
	return unpackPassage(k.packed[4:4+passageHead+k.width], nil)
}

// Encoding gives the vectors.
func (k Kept) Encoding() Encoding {
	var e Encoding
	k.Unpack(&e)
	return e
}

// Unpack is Encoding into the memory that an earlier encoding leaves.
func (k Kept) Unpack(e *Encoding) {
	if len(k.packed) == 0 {
		*e = Encoding{}
		return
	}
	size, old := passageHead+k.width, e.Sentences[:cap(e.Sentences)]
	e.Whole, e.Sentences = unpackPassage(k.packed[4:4+size], e.Whole.Vector), old[:0]
	for rest := k.packed[4+size:]; len(rest) > 0; rest = rest[size:] {
		var memory []float32
		if n := len(e.Sentences); n < len(old) {
			memory = old[n].Vector
		}
		e.Sentences = append(e.Sentences, unpackPassage(rest[:size], memory))
	}
}

// stepValue is what a byte of a packed vector stands for, as two's complement. To look
// it up is faster than to convert.
var stepValue = func() (values [256]float32) {
	for i := range values {
		values[i] = float32(int8(i))
	}
	return values
}()

// unpackPassage reverses packPassage, in memory where there is enough.
func unpackPassage(b []byte, memory []float32) Passage {
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
	steps := b[passageHead:]
	if cap(memory) < len(steps) {
		memory = make([]float32, len(steps))
	}
	p := Passage{
		Span:   text.Span{Start: int(number(0)), End: int(number(1))},
		Length: math.Float32frombits(number(2)), Vector: memory[:len(steps)],
	}
	scale, vector := math.Float32frombits(number(3)), p.Vector
	for i, x := range steps[:len(vector)] {
		vector[i] = scale * stepValue[x]
	}
	return p
}
