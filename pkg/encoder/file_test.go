package encoder

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// The hash in the file is what vectors are kept under: it must be that of the
// content, or vectors of another model would pass for this one's.
func TestEmbeddedModelIsWhole(t *testing.T) {
	m, err := Load(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if m.Hash() != model(t).Hash() || len(m.Hash()) != 64 {
		t.Errorf("hash %q, opened as %q", m.Hash(), model(t).Hash())
	}
	if got := len(m.header.Competencies); got != 34 {
		t.Errorf("the heads know %d competencies, want 34", got)
	}
}

// damaged gives a copy of the model file with its header changed.
func damaged(tb testing.TB, change func(h map[string]any)) []byte {
	tb.Helper()
	n := preface + binary.LittleEndian.Uint32(embedded[12:])
	var h map[string]any
	if err := json.Unmarshal(embedded[preface:n], &h); err != nil {
		tb.Fatal(err)
	}
	change(h)
	head, err := json.Marshal(h)
	if err != nil {
		tb.Fatal(err)
	}
	start := binary.LittleEndian.AppendUint32(bytes.Clone(embedded[:12]), uint32(len(head)))
	return bytes.Join([][]byte{start, embedded[16:preface], head, embedded[n:]}, nil)
}

func named(h map[string]any, name string) map[string]any {
	tensors, _ := h["tensors"].([]any)
	for _, t := range tensors {
		if t, ok := t.(map[string]any); ok && t["name"] == name {
			return t
		}
	}
	return nil
}

func TestDamagedFile(t *testing.T) {
	set := func(name, key string, value any) []byte {
		return damaged(t, func(h map[string]any) { named(h, name)[key] = value })
	}
	for _, row := range []struct {
		why, want string
		data      []byte
	}{
		{"nothing at all", "not a model file", nil},
		{"another file", "not a model file", bytes.Repeat([]byte("PK"), 100)},
		{"only the preface", "header is cut short", embedded[:preface]},
		{"a later version", "version 2, want 1", append(append(bytes.Clone(embedded[:8]), 2), embedded[9:]...)},
		{"a header longer than the file", "header is cut short", append(append(bytes.Clone(embedded[:12]), 0xff, 0xff, 0xff, 0xff), embedded[16:]...)},
		{"half a file", "cut short", embedded[:len(embedded)/2]},
		{"a missing tensor", `no int8 tensor "layers.3.o.weight"`, set("layers.3.o.weight", "name", "gone")},
		{"a tensor of another kind", `no float32 tensor "places"`, set("places", "kind", "int8")},
		{"a tensor of another shape", "is 384 by 384, want 1536 by 384", damaged(t, func(h map[string]any) { named(h, "layers.0.f1.weight")["rows"] = 384 })},
		{"a tensor before the data", "cut short", set("places", "at", -64)},
		{"a tensor past the data", "cut short", set("norm.bias", "at", 1<<30)},
		{"scales past the data", "cut short", set("words", "scales", 1<<30)},
		{"fewer places than a window has tokens", "is 224 by 384, want 225", damaged(t, func(h map[string]any) { h["longest"] = 225 })},
		{"a window longer than a pass", "windows", damaged(t, func(h map[string]any) { h["longest"] = 512 })},
		{"windows that overlap wholly", "windows", damaged(t, func(h map[string]any) { h["overlap"] = 222 })},
		{"no layers", "out of range", damaged(t, func(h map[string]any) { h["layers"] = 0 })},
		{"billions of layers", "out of range", damaged(t, func(h map[string]any) { h["layers"] = 1 << 30 })},
		{"heads that do not part the width", "align", damaged(t, func(h map[string]any) { h["heads"] = 7 })},
		{"a scale without spread", "no scale", damaged(t, func(h map[string]any) { h["scales"] = map[string]any{} })},
		{"a number where a word should stand", "header", damaged(t, func(h map[string]any) { h["competencies"] = 3 })},
		{"word pieces from elsewhere", "word pieces", set("pieces", "at", 64)},
		{"another number of word pieces", "word pieces", set("pieces", "rows", 100)},
		{"fewer answers than questions", "differ in number", damaged(t, func(h map[string]any) { named(h, "near.answers")["rows"] = 5 })},
	} {
		if _, err := read(row.data); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: error %v, want one of %q", row.why, err, row.want)
		}
		if _, err := Load(row.data); err == nil {
			t.Errorf("%s: loaded", row.why)
		}
	}
}

func TestAFlippedBitIsFound(t *testing.T) {
	for _, at := range []int{0, 9, 20, preface, len(embedded) / 2, len(embedded) - 1} {
		data := bytes.Clone(embedded)
		data[at] ^= 4
		if _, err := Load(data); err == nil {
			t.Errorf("byte %d: loaded", at)
		}
	}
}

// FuzzRead changes what the hash covers, at which Load would not even look.
func FuzzRead(f *testing.F) {
	f.Add(`{"layers":1,"heads":1,"width":4,"inner":4,"longest":9,"overlap":1,"crowd":1,"competencies":["risk"],
		"scales":{"whole":{"spread":1},"sentences":{"spread":1},"near":{"spread":1},"crowd":{"spread":1}},
		"tensors":[{"name":"pieces","kind":"text","rows":3,"columns":17,"at":0},{"name":"places","kind":"float32","rows":9,"columns":4,"at":64},
		{"name":"words","kind":"int8","rows":3,"columns":4,"at":0,"scales":0}]}`, "[CLS]\n[SEP]\n[UNK]")
	f.Add(`{}`, "")
	f.Fuzz(func(t *testing.T, header, tensors string) {
		start := binary.LittleEndian.AppendUint32(bytes.Clone(embedded[:12]), uint32(len(header)))
		data := slices.Concat(start, embedded[16:preface], []byte(header), []byte(tensors), make([]byte, 1000))
		if m, err := read(data); (m == nil) == (err == nil) {
			t.Errorf("model %v, error %v", m, err)
		}
		if _, err := Load(data); err == nil {
			t.Error("a file with another's hash loaded")
		}
	})
}
