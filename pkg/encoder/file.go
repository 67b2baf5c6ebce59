package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sync"

	"gonum.org/v1/gonum/blas/blas32"

	"github.com/prep-cli/prep/pkg/kept"
)

// The file is laid out by training/export.py: 64 bytes of magic, version,
// length of the header and SHA-256 of all that follows; the header as JSON;
// the tensors.
const (
	magic   = "prepenc\x00"
	version = 1
	preface = 64
	sealAt  = 16
	most    = 1 << 16 // of anything that the header counts
)

type header struct {
	Layers, Heads, Width, Inner int
	Longest, Overlap            int // tokens in a window; tokens that two share
	Sharpness                   float32
	Crowd                       int
	Damping                     float32
	Competencies                []string
	Scales                      map[string]Scale
	Tensors                     []tensor
}

// tensor says where in the data a matrix begins, and its row scales if it is
// quantised.
type tensor struct {
	Name, Kind    string
	Rows, Columns int
	At, Scales    int
}

// Load reads a model file and verifies all of it; the model keeps no
// reference to data. Any damage is an error.
func Load(data []byte) (*Model, error) {
	if len(data) < preface {
		return nil, errors.New("encoder: model file is cut short")
	}
	if sum := sha256.Sum256(data[preface:]); !bytes.Equal(sum[:], data[sealAt:sealAt+len(sum)]) {
		return nil, errors.New("encoder: model file is damaged: its content and its hash differ")
	}
	return read(bytes.Clone(data))
}

// read trusts the content that the hash covers, but not the shape of it.
func read(data []byte) (*Model, error) {
	f, err := unwrap(data)
	if err != nil {
		return nil, fmt.Errorf("encoder: model file: %w", err)
	}
	m := f.model()
	if f.err != nil {
		return nil, fmt.Errorf("encoder: model file: %w", f.err)
	}
	m.hash = hex.EncodeToString(data[sealAt : sealAt+sha256.Size])
	m.shipped = sync.OnceValue(func() *kept.Records { return kept.Read(m.storeHead(), bank, 0) })
	return m, nil
}

// file hands out tensors; the first that is missing or misshapen is kept in
// err, and what is handed out after it is empty.
type file struct {
	header
	data   []byte
	places map[string]tensor
	err    error
}

func unwrap(data []byte) (*file, error) {
	if len(data) < preface || string(data[:len(magic)]) != magic {
		return nil, errors.New("not a model file")
	}
	if v := binary.LittleEndian.Uint32(data[8:]); v != version {
		return nil, fmt.Errorf("version %d, want %d", v, version)
	}
	n := int64(binary.LittleEndian.Uint32(data[12:]))
	if n > int64(len(data)-preface) {
		return nil, errors.New("header is cut short")
	}
	f := &file{data: data[preface+n:], places: map[string]tensor{}}
	if err := json.Unmarshal(data[preface:preface+n], &f.header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	for _, t := range f.Tensors {
		f.places[t.Name] = t
	}
	return f, f.header.check()
}

func (h header) check() error {
	for _, n := range []int{h.Layers, h.Heads, h.Width, h.Inner, h.Longest, h.Overlap, h.Crowd, len(h.Competencies)} {
		if n < 1 || n > most {
			return errors.New("header: a size is missing or out of range")
		}
	}
	if h.Width%h.Heads != 0 || h.Width/h.Heads%4 != 0 || h.Inner%4 != 0 {
		return errors.New("header: widths that the matrix product cannot align")
	}
	if h.Longest > maxRows || h.Overlap+2 >= h.Longest {
		return errors.New("header: windows that do not advance")
	}
	for _, name := range []string{"whole", "sentences", "near", "crowd"} {
		if !(h.Scales[name].Spread > 0) {
			return fmt.Errorf("header: no scale of %q", name)
		}
	}
	return nil
}

// find gives the bytes of a tensor of the wanted shape; columns or rows of 0
// accept any.
func (f *file) find(name, kind string, rows, columns int) (t tensor, at []byte) {
	if f.err != nil {
		return tensor{}, nil
	}
	t, known := f.places[name]
	size := map[string]int64{"float32": 4, "int8": 1, "text": 1}[t.Kind]
	switch {
	case !known || t.Kind != kind:
		f.err = fmt.Errorf("no %s tensor %q", kind, name)
	case t.Rows < 1 || t.Rows > most || t.Columns < 1 || rows > 0 && t.Rows != rows || columns > 0 && t.Columns != columns:
		f.err = fmt.Errorf("tensor %q is %d by %d, want %d by %d", name, t.Rows, t.Columns, rows, columns)
	case kind == "text":
		return t, f.cut(name, t.At, int64(t.Columns))
	default:
		return t, f.cut(name, t.At, int64(t.Rows)*int64(t.Columns)*size)
	}
	return tensor{}, nil
}

func (f *file) cut(name string, at int, size int64) []byte {
	if at < 0 || at > len(f.data) || size < 0 || size > int64(len(f.data)-at) {
		f.err = fmt.Errorf("tensor %q is cut short", name)
		return nil
	}
	return f.data[at : at+int(size)]
}

func (f *file) floats(name string, rows, columns int) []float32 {
	_, b := f.find(name, "float32", rows, columns)
	return decode(b)
}

func decode(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// quantised is a matrix of int8, with one scale a row.
type quantised struct {
	values  []byte
	scales  []float32
	columns int
}

func (f *file) quantised(name string, rows, columns int) quantised {
	t, b := f.find(name, "int8", rows, columns)
	if f.err != nil {
		return quantised{}
	}
	return quantised{values: b, scales: decode(f.cut(name, t.Scales, 4*int64(t.Rows))), columns: t.Columns}
}

// row writes row i of the matrix to out.
func (q quantised) row(i int, out []float32) {
	values, scale := q.values[i*q.columns:(i+1)*q.columns], q.scales[i]
	out = out[:len(values)]
	for j, v := range values {
		out[j] = float32(int8(v)) * scale //nolint:gosec // the byte is an int8, as it was written
	}
}

// tile writes some rows of the matrix to out.
func (q quantised) tile(from, to int, out []float32) blas32.General {
	for i := from; i < to; i++ {
		q.row(i, out[(i-from)*q.columns:])
	}
	return matrix(to-from, q.columns, q.columns, out)
}

// floats is all of the matrix.
func (q quantised) floats() blas32.General {
	return q.tile(0, len(q.scales), make([]float32, len(q.values)))
}

func (f *file) norm(name string) norm {
	return norm{f.floats(name+".weight", 1, f.Width), f.floats(name+".bias", 1, f.Width)}
}

func (f *file) linear(name string, rows, columns int) linear {
	return linear{f.quantised(name+".weight", rows, columns), f.floats(name+".bias", 1, rows)}
}

func (f *file) head(name string) head {
	n := len(f.Competencies)
	return head{f.floats(name+".weight", n, f.Width), f.floats(name+".bias", 1, n)}
}

func (f *file) layer(name string) layer {
	return layer{
		qkv: f.linear(name+"qkv", 3*f.Width, f.Width), out: f.linear(name+"o", f.Width, f.Width),
		widen: f.linear(name+"f1", f.Inner, f.Width), narrow: f.linear(name+"f2", f.Width, f.Inner),
		mixed: f.norm(name + "n1"), done: f.norm(name + "n2"),
	}
}

func (f *file) model() *Model {
	m := &Model{
		header: f.header, pieces: f.pieces(),
		places: f.floats("places", f.Longest, f.Width), norm: f.norm("norm"),
		questions: f.head("question_head"), story: f.head("story_head"), memory: f.memory(),
	}
	m.words = f.quantised("words", len(m.pieces.starts), f.Width)
	for i := range f.Layers {
		m.layers = append(m.layers, f.layer(fmt.Sprintf("layers.%d.", i)))
	}
	return m
}
