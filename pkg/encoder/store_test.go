package encoder_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/encoder"
)

var storeTexts = []string{
	"I deleted more rows than I meant to. Within two hours all were back.",
	"Two teams wanted opposite designs; I had them write down what each feared.",
	"",
}

// full is an encoding with its crowd term.
type full struct {
	encoder.Encoding
	Crowd float32
}

func encodings(all []encoder.Kept) []full {
	out := make([]full, len(all))
	for i, k := range all {
		out[i] = full{k.Encoding(), k.Crowd()}
	}
	return out
}

func open(t testing.TB) *encoder.Model {
	t.Helper()
	m, err := encoder.Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What is kept is equal to what is fresh, to the bit.
func TestStoreGivesWhatEncodingGives(t *testing.T) {
	m := open(t)
	first := m.Store(nil, 100)
	fresh := first.Encode(storeTexts, nil)
	if !first.Records().Changed() {
		t.Error("nothing to write after encoding")
	}
	second := m.Store(first.Records().Bytes(), 101)
	if n := second.Missing(storeTexts); n != 0 {
		t.Errorf("%d texts were not kept", n)
	}
	if diff := cmp.Diff(encodings(fresh), encodings(second.Encode(storeTexts, nil))); diff != "" {
		t.Error(diff)
	}
	if second.Records().Changed() {
		t.Error("something to write though nothing was new")
	}
}

// One byte a dimension loses little: the vectors still point the same way.
func TestStoreKeepsTheDirection(t *testing.T) {
	m := open(t)
	for i, k := range m.Store(nil, 0).Encode(storeTexts, nil) {
		exact := m.Encode(storeTexts[i])
		if c := encoder.Cosine(exact.Whole.Vector, k.Whole().Vector); math.Abs(float64(c)-1) > 1e-3 {
			t.Errorf("%q: cosine %f", storeTexts[i], c)
		}
	}
}

// A damaged, foreign or old store gives the same encodings as none.
func TestStoreFaultsCostOnlyTime(t *testing.T) {
	m := open(t)
	s := m.Store(nil, 100)
	want := encodings(s.Encode(storeTexts, nil))
	data := s.Records().Bytes()
	flipped := append([]byte{}, data...)
	flipped[len(flipped)-200] ^= 1
	foreign := append([]byte("prep vectors 0\n"), data[15:]...)
	otherModel := append([]byte{}, data...)
	otherModel[20] ^= 1
	for _, tc := range []struct {
		why     string
		data    []byte
		day     int
		missing int
	}{
		{"whole", data, 100, 0},
		{"empty", nil, 100, 3},
		{"garbage", []byte("garbage\x00\xff, and more of it"), 100, 3},
		{"another version", foreign, 100, 3},
		{"another model", otherModel, 100, 3},
		{"cut in the last record", data[:len(data)-7], 100, 1},
		{"cut in the head", data[:9], 100, 3},
		{"one bit turned", flipped, 100, 1},
		{"not used for half a year", data, 300, 3},
	} {
		t.Run(tc.why, func(t *testing.T) {
			s := m.Store(tc.data, tc.day)
			if n := s.Missing(storeTexts); n != tc.missing {
				t.Errorf("%d texts missing, want %d", n, tc.missing)
			}
			if diff := cmp.Diff(want, encodings(s.Encode(storeTexts, nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A text in use stays, and its last use is written again only now and then.
func TestStoreRenewsWhatIsUsed(t *testing.T) {
	m := open(t)
	s := m.Store(nil, 0)
	s.Encode(storeTexts[:1], nil)
	data := s.Records().Bytes()
	for _, tc := range []struct {
		day     int
		changed bool
	}{{10, false}, {20, true}} {
		s = m.Store(data, tc.day)
		s.Encode(storeTexts[:1], nil)
		if changed := s.Records().Changed(); changed != tc.changed {
			t.Errorf("day %d: changed is %v", tc.day, changed)
		}
	}
}

// Whatever the bytes, the store that is read of them works.
func FuzzStore(f *testing.F) {
	m := open(f)
	s := m.Store(nil, 7)
	s.Encode(storeTexts[:1], nil)
	data := s.Records().Bytes()
	f.Add(data, 7)
	f.Add(data[:len(data)/2], 9)
	f.Add([]byte{}, 0)
	f.Fuzz(func(t *testing.T, data []byte, day int) {
		s := m.Store(data, day)
		again := s.Records().Bytes()
		if diff := cmp.Diff(s.Missing(storeTexts), m.Store(again, day).Missing(storeTexts)); diff != "" {
			t.Error(diff)
		}
	})
}
