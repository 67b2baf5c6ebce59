package kept_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/kept"
)

const head = "a test 1\n"

func key(s string) kept.Key { return kept.KeyOf([]byte(s)) }

// file is a file of these payloads, each under the key of its own text.
func file(day int, payloads ...string) []byte {
	r := kept.Read(head, nil, day)
	for _, p := range payloads {
		r.Keep(key(p), []byte(p))
	}
	return r.Bytes()
}

// found lists which of the payloads are there, and right.
func found(t *testing.T, r *kept.Records, payloads ...string) []string {
	t.Helper()
	var out []string
	for _, p := range payloads {
		payload, ok := r.Find(key(p))
		if ok && string(payload) != p {
			t.Errorf("%q under the key of %q", payload, p)
		}
		if ok {
			out = append(out, p)
		}
	}
	return out
}

func TestRead(t *testing.T) {
	whole := file(100, "one", "two", "three")
	flipped := bytes.Replace(whole, []byte("two"), []byte("twp"), 1)
	for _, tt := range []struct {
		why  string
		data []byte
		day  int
		want []string
	}{
		{"whole", whole, 100, []string{"one", "two", "three"}},
		{"no file yet", nil, 100, nil},
		{"a record that was changed", flipped, 100, []string{"one", "three"}},
		{"of another making", append([]byte("a test 2\n"), whole[len(head):]...), 100, nil},
		{"nobody asked for half a year", whole, 281, nil},
		{"something else altogether", []byte("\x00\xff\xff\xff"), 100, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, found(t, kept.Read(head, tt.data, tt.day), "one", "two", "three")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A file that is cut anywhere gives the records before the cut, and the next write makes
// it whole.
func TestCutAnywhere(t *testing.T) {
	whole := file(100, "one", "two", "three")
	for at := range whole {
		r := kept.Read(head, whole[:at], 100)
		left := found(t, r, "one", "two", "three")
		r.Keep(key("four"), []byte("four"))
		data := whole[:at:at]
		if tail, ok := r.Tail(); ok {
			data = append(data, tail...)
		} else {
			data = r.Bytes()
		}
		got := found(t, kept.Read(head, data, 100), "one", "two", "three", "four")
		if diff := cmp.Diff(append(left, "four"), got); diff != "" {
			t.Fatalf("cut at %d: %s", at, diff)
		}
	}
}

// What is new is appended; a file that is mostly out of date is written anew.
func TestTail(t *testing.T) {
	data := file(100, "one")
	r := kept.Read(head, data, 100)
	if r.Changed() {
		t.Error("nothing was kept, and it has changed")
	}
	r.Keep(key("two"), []byte("two"))
	tail, ok := r.Tail()
	if !ok || r.Changed() {
		t.Fatalf("Tail is %v, changed %v", ok, r.Changed())
	}
	data = append(data, tail...)
	if diff := cmp.Diff([]string{"one", "two"}, found(t, kept.Read(head, data, 100), "one", "two")); diff != "" {
		t.Error(diff)
	}
	for i := range 5 {
		r.Keep(key("two"), fmt.Appendf(nil, "two %d", i))
	}
	if tail, ok := r.Tail(); ok && len(tail) > len(data) {
		t.Errorf("%d bytes are appended to %d", len(tail), len(data))
	}
	late := kept.Read(head, data, 300)
	late.Keep(key("three"), []byte("three"))
	if _, ok := late.Tail(); ok {
		t.Error("a file that nobody needs is appended to")
	}
	if diff := cmp.Diff([]string{"three"}, found(t, kept.Read(head, late.Bytes(), 300), "one", "two", "three")); diff != "" {
		t.Error(diff)
	}
}

// What is in use stays, and that is written again only now and then.
func TestUse(t *testing.T) {
	for _, tt := range []struct {
		day     int
		changed bool
	}{{110, false}, {120, true}} {
		r := kept.Read(head, file(100, "one"), tt.day)
		if _, ok := r.Use(key("one")); !ok || r.Changed() != tt.changed {
			t.Errorf("day %d: found %v, changed %v", tt.day, ok, r.Changed())
		}
	}
}

// FuzzRecords holds that a file of any bytes gives what was kept under a key or nothing,
// and that what is kept then is found again, whether it was appended or written anew.
func FuzzRecords(f *testing.F) {
	whole := file(7, "one", "two")
	f.Add(whole, "three", 8)
	f.Add(whole[:len(whole)-2], "one", 300)
	f.Add([]byte(head+"\x14\x00\x00\x00"), "", -1)
	f.Fuzz(func(t *testing.T, data []byte, payload string, day int) {
		r := kept.Read(head, data, day)
		before := found(t, r, "one", "two")
		r.Keep(key(payload), []byte(payload))
		if tail, ok := r.Tail(); ok {
			data = append(slices.Clip(data), tail...)
		} else {
			data = r.Bytes()
		}
		again := kept.Read(head, data, day)
		if diff := cmp.Diff(before, found(t, again, before...)); diff != "" {
			t.Error(diff)
		}
		if got, ok := again.Find(key(payload)); !ok || string(got) != payload {
			t.Errorf("%q, %v, want %q", got, ok, payload)
		}
	})
}
