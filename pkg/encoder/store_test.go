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
	data, changed := first.Bytes()
	if !changed {
		t.Error("nothing to write after encoding")
	}
	second := m.Store(data, 101)
	if n := second.Missing(storeTexts); n != 0 {
		t.Errorf("%d texts were not kept", n)
	}
	if diff := cmp.Diff(fresh, second.Encode(storeTexts, nil)); diff != "" {
		t.Error(diff)
	}
	if _, changed := second.Bytes(); changed {
		t.Error("something to write though nothing was new")
	}
}

// One byte a dimension loses little: the vectors still point the same way.
func TestStoreKeepsTheDirection(t *testing.T) {
	m := open(t)
	for i, k := range m.Store(nil, 0).Encode(storeTexts, nil) {
		exact := m.Encode(storeTexts[i])
		if c := encoder.Cosine(exact.Whole.Vector, k.Whole.Vector); math.Abs(float64(c)-1) > 1e-3 {
			t.Errorf("%q: cosine %f", storeTexts[i], c)
		}
	}
}

// A damaged, foreign or old store gives the same encodings as none.
func TestStoreFaultsCostOnlyTime(t *testing.T) {
	m := open(t)
	s := m.Store(nil, 100)
	want := s.Encode(storeTexts, nil)
	data, _ := s.Bytes()
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
			if diff := cmp.Diff(want, s.Encode(storeTexts, nil)); diff != "" {
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
	data, _ := s.Bytes()
	for _, tc := range []struct {
		day     int
		changed bool
	}{{10, false}, {20, true}} {
		s = m.Store(data, tc.day)
		s.Encode(storeTexts[:1], nil)
		if _, changed := s.Bytes(); changed != tc.changed {
			t.Errorf("day %d: changed is %v", tc.day, changed)
		}
	}
}

// Whatever the bytes, the store that is read of them works.
func FuzzStore(f *testing.F) {
	m := open(f)
	s := m.Store(nil, 7)
	s.Encode(storeTexts[:1], nil)
	data, _ := s.Bytes()
	f.Add(data, 7)
	f.Add(data[:len(data)/2], 9)
	f.Add([]byte{}, 0)
	f.Fuzz(func(t *testing.T, data []byte, day int) {
		s := m.Store(data, day)
		again, _ := s.Bytes()
		if diff := cmp.Diff(s.Missing(storeTexts), m.Store(again, day).Missing(storeTexts)); diff != "" {
			t.Error(diff)
		}
	})
}
