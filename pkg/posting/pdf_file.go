package posting

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"slices"
	"strings"
)

// What a PDF is made of (ISO 32000-1, 7.3), beside numbers, which are float64, strings
// and lists.
type (
	pdfName   string
	pdfRef    int // to the object of that number
	pdfDict   map[string]any
	pdfStream struct {
		dict pdfDict
		raw  []byte // as it lies in the file, packed
	}
	pdfWord string // an operator
)

// place is where an object lies: in the file, or unpacked from a stream of objects.
type place struct {
	data    []byte
	at, end int // in data; another object begins at the end
	pos     int // of the object in the file, or of the stream that holds it: the later is the newer
}

// pdfFile is the objects of a PDF.
type pdfFile struct {
	places map[int]place
	read   map[int]any
	root   pdfDict
	left   int // bytes that may yet be unpacked
}

func openPDF(data []byte) (*pdfFile, error) {
	f := &pdfFile{places: places(data), read: map[int]any{}, left: maxUnpacked}
	var direct []int
	for n := range f.places {
		direct = append(direct, n)
	}
	slices.SortFunc(direct, func(a, b int) int { return f.places[a].pos - f.places[b].pos })
	for _, n := range direct {
		s, ok := f.object(n).(pdfStream)
		switch {
		case !ok:
		case s.dict["Encrypt"] != nil:
			return nil, errLocked
		case s.dict["Type"] == pdfName("ObjStm"):
			if err := f.unfold(s, f.places[n].pos); err != nil {
				return nil, err
			}
		}
	}
	clear(f.read) // what was read may have a newer version by now
	if locked(data) {
		return nil, errLocked
	}
	last := -1
	for n, p := range f.places {
		if d, ok := f.object(n).(pdfDict); ok && d["Type"] == pdfName("Catalog") && p.pos > last {
			f.root, last = d, p.pos
		}
	}
	return f, nil
}

// locked says whether a trailer names a lock.
func locked(data []byte) bool {
	for s := (scanner{b: data}); ; {
		i := bytes.Index(s.b[s.i:], []byte("trailer"))
		if i < 0 {
			return false
		}
		s.i += i + len("trailer")
		if t, ok := s.object(0).(pdfDict); ok && t["Encrypt"] != nil {
			return true
		}
	}
}

// places finds the objects in the file: "12 0 obj".
func places(data []byte) map[int]place {
	out := map[int]place{}
	last, at := -1, 0
	for ; ; at += len("obj") {
		i := bytes.Index(data[at:], []byte("obj"))
		if i < 0 {
			break
		}
		at += i
		head := data[max(0, at-24):at]
		rest := bytes.TrimRight(bytes.TrimRight(bytes.TrimRight(head, blank), "0123456789"), blank)
		digits := rest[len(bytes.TrimRight(rest, "0123456789")):]
		if len(digits) == 0 || len(digits) > 8 || len(rest) == len(head) {
			continue
		}
		n := 0
		for _, d := range digits {
			n = n*10 + int(d-'0')
		}
		if p, ok := out[last]; ok {
			p.end = at
			out[last] = p
		}
		out[n] = place{data: data, at: at + len("obj"), end: len(data), pos: at}
		last = n
	}
	return out
}

// unfold finds the objects in a stream of objects (7.5.7).
func (f *pdfFile) unfold(s pdfStream, pos int) error {
	data, err := f.unpack(s, maxUnpacked)
	if err != nil {
		return err
	}
	begin := int(f.number(s.dict["First"]))
	heads := scanner{b: data}
	end := len(data)
	var held []place
	var numbers []int
	for range int(min(f.number(s.dict["N"]), float64(len(data)))) {
		n, ok1 := heads.object(0).(float64)
		off, ok2 := heads.object(0).(float64)
		if !ok1 || !ok2 {
			break
		}
		held = append(held, place{data: data, at: begin + int(off), pos: pos})
		numbers = append(numbers, int(n))
	}
	for i, p := range slices.Backward(held) {
		p.end, end = end, p.at
		if old, ok := f.places[numbers[i]]; p.at >= 0 && p.at < p.end && (!ok || old.pos <= pos) {
			f.places[numbers[i]] = p
		}
	}
	return nil
}

// object gives the object of that number, nil where there is none.
func (f *pdfFile) object(n int) any {
	if v, ok := f.read[n]; ok {
		return v
	}
	p, ok := f.places[n]
	if !ok {
		return nil
	}
	f.read[n] = nil // an object that asks for itself gets nothing
	s := scanner{b: p.data[:p.end], i: p.at}
	v := s.object(0)
	if d, ok := v.(pdfDict); ok && s.object(0) == pdfWord("stream") {
		v = pdfStream{d, f.raw(d, p.data[s.i:], p.end-s.i)}
	}
	f.read[n] = v
	return v
}

// raw cuts a stream off where its length says, or else where it plainly ends before
// the next object.
func (f *pdfFile) raw(d pdfDict, data []byte, next int) []byte {
	size := len(data)
	data = bytes.TrimPrefix(bytes.TrimPrefix(data, []byte("\r")), []byte("\n"))
	next -= size - len(data)
	if n := int(f.number(d["Length"])); n > 0 && n <= len(data) && bytes.HasPrefix(bytes.TrimLeft(data[n:], blank), []byte("endstream")) {
		return data[:n]
	}
	before, _, _ := bytes.Cut(data[:max(next, 0)], []byte("endstream"))
	return before
}

// resolve follows references.
func (f *pdfFile) resolve(v any) any {
	for range maxNesting {
		r, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.object(int(r))
	}
	return nil
}

func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.resolve(v).(type) {
	case pdfDict:
		return v
	case pdfStream:
		return v.dict
	}
	return nil
}

func (f *pdfFile) list(v any) []any {
	l, _ := f.resolve(v).([]any)
	return l
}

func (f *pdfFile) number(v any) float64 {
	n, _ := f.resolve(v).(float64)
	return n
}

func (f *pdfFile) name(v any) string {
	n, _ := f.resolve(v).(pdfName)
	return string(n)
}

// unpack gives a stream's bytes, up to limit; none where it is packed in a way that
// only pictures are.
func (f *pdfFile) unpack(s pdfStream, limit int) ([]byte, error) {
	filters, settings := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	if filters == nil && f.name(s.dict["Filter"]) != "" {
		filters, settings = []any{s.dict["Filter"]}, []any{s.dict["DecodeParms"]}
	}
	data := s.raw
	for i, filter := range filters {
		var r io.Reader
		switch f.name(filter) {
		case "FlateDecode", "Fl":
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, nil //nolint:nilerr // a broken stream draws nothing, and the rest of the file may
			}
			r = z
		case "ASCII85Decode", "A85":
			text, _, _ := bytes.Cut(data, []byte("~>"))
			r = ascii85.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("<~"))))
		case "ASCIIHexDecode", "AHx":
			text, _, _ := bytes.Cut(data, []byte(">"))
			r = hex.NewDecoder(strings.NewReader(strings.Join(strings.Fields(string(text)), "")))
		default:
			return nil, nil
		}
		// A stream that breaks off still has so much in it.
		data, _ = io.ReadAll(io.LimitReader(r, int64(min(f.left, limit))+1))
		if f.left -= len(data); f.left < 0 {
			return nil, errUnpacks
		}
		if i < len(settings) {
			data = f.unpredict(data, f.dict(settings[i]))
		}
	}
	if len(data) > limit {
		return nil, errContent
	}
	return data, nil
}

// unpredict undoes PNG's prediction of a byte from its neighbours (RFC 2083, 6), as
// streams of objects and tables are packed with.
func (f *pdfFile) unpredict(data []byte, settings pdfDict) []byte {
	columns := int(f.number(settings["Columns"]))
	if f.number(settings["Predictor"]) < 10 || columns < 1 || columns > len(data) {
		return data
	}
	var out []byte
	above := make([]byte, columns)
	for len(data) > columns {
		kind, row := data[0], data[1:columns+1]
		data = data[columns+1:]
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			row[i] += predicted(kind, left, above[i], corner)
		}
		out, above = append(out, row...), row
	}
	return out
}

func predicted(kind, left, above, corner byte) byte {
	switch kind {
	case 1:
		return left
	case 2:
		return above
	case 3:
		return byte((int(left) + int(above)) / 2 & 0xff)
	case 4:
		return paeth(int(left), int(above), int(corner))
	}
	return 0
}

// paeth is the neighbour that is nearest to left + above - corner.
func paeth(left, above, corner int) byte {
	far := func(v int) int { return max(v-(left+above-corner), (left+above-corner)-v) }
	switch {
	case far(left) <= far(above) && far(left) <= far(corner):
		return byte(left & 0xff)
	case far(above) <= far(corner):
		return byte(above & 0xff)
	}
	return byte(corner & 0xff)
}
