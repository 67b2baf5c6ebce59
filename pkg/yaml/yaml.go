// Package yaml reads one YAML document strictly and says what is wrong where.
//
// It is the one door through which prep reads YAML: a key that the target does
// not know, a key written twice, a wrong type, a missing required key, an empty
// file or a second document are problems with file, line and column, and all
// problems of a file come at once, up to a hundred. Bytes that are not UTF-8, files
// over MaxSize, lists in lists over 10,000 deep and aliases (*name, which can expand
// without bound) are refused.
//
// It is not a general YAML library: it fills structs of strings, numbers, truth
// values, lists and further structs, because that is all that prep's files hold.
package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// MaxSize is the largest file that is read, in bytes (1 MiB).
const MaxSize = 1 << 20

// Text is a text field: one string (prose) or several (bullets). It decodes
// from a scalar or from a list of scalars; surrounding blanks are dropped.
type Text []string

// String joins the parts with line breaks.
func (t Text) String() string { return strings.Join(t, "\n") }

// Problem is one thing that is wrong at one place of a file.
type Problem struct {
	File    string
	Line    int // from 1; 0 where the whole file is meant
	Column  int // from 1, in characters; 0 where it is not known
	Message string
}

// Error gives "file:line:column: message", without the parts that are 0.
func (p Problem) Error() string {
	place := p.File
	for _, n := range []int{p.Line, p.Column} {
		if n == 0 {
			break
		}
		place += ":" + strconv.Itoa(n)
	}
	return place + ": " + p.Message
}

// Problems is every problem of one or more files, an error of one line each.
type Problems []Problem

// Error gives one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// mostProblems is how many problems of one file are told: nobody mends more at a
// time, and a file of 1 MiB can hold a million.
const mostProblems = 100

// Err is nil where there is no problem, else ps.First().
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.First()
}

// First gives ps; of a file with over mostProblems the first of them, and how many
// more there are.
func (ps Problems) First() Problems {
	if len(ps) <= mostProblems {
		return ps
	}
	told, last := map[string]int{}, map[string]Problem{}
	out := make(Problems, 0, min(len(ps), mostProblems))
	for _, p := range ps {
		if told[p.File]++; told[p.File] <= mostProblems {
			out, last[p.File] = append(out, p), p
		}
	}
	for _, p := range ps {
		if n := told[p.File] - mostProblems; n > 0 {
			told[p.File] = 0
			out = append(out, Problem{File: p.File, Line: last[p.File].Line, Message: fmt.Sprintf("%d more problems from here on", n)})
		}
	}
	return out
}

// In gives the same problems with dir before each file name.
func (ps Problems) In(dir string) Problems {
	in := slices.Clone(ps)
	for i := range in {
		in[i].File = dir + "/" + in[i].File
	}
	return in
}

// ReadFile reads one file of at most MaxSize bytes. Its errors are Problems.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, Problems{{File: name, Message: reason(err)}}
	}
	defer f.Close()
	data, err := readAll(f)
	if err != nil {
		return nil, Problems{{File: name, Message: reason(err)}}
	}
	if len(data) > MaxSize {
		return nil, Problems{{File: name, Message: "the file is over 1 MiB, the most that is read; split it"}}
	}
	return data, nil
}

// workspaces are where files are read to before their size is known.
var workspaces = sync.Pool{New: func() any { return new([16 << 10]byte) }}

// readAll reads up to a byte more than MaxSize.
func readAll(f io.Reader) ([]byte, error) {
	workspace := workspaces.Get().(*[16 << 10]byte) //nolint:errcheck // it holds nothing else
	defer workspaces.Put(workspace)
	n := 0
	for n < len(workspace) {
		more, err := f.Read(workspace[n:])
		n += more
		if errors.Is(err, io.EOF) {
			return bytes.Clone(workspace[:n]), nil
		}
		if err != nil {
			return nil, err
		}
	}
	rest, err := io.ReadAll(io.LimitReader(f, int64(MaxSize+1-n)))
	return slices.Concat(workspace[:], rest), err
}

// reason is the cause of err without the path, which the problem names itself.
func reason(err error) string {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// parse gives the root node of data's only document. Its errors are Problems.
func parse(file string, data []byte) (*yaml.Node, error) {
	if p, bad := notText(file, data); bad {
		return nil, Problems{p}
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && isNull(doc.Content[0]) {
		return nil, Problems{{File: file, Line: 1, Message: "the file is empty"}}
	}
	if err != nil {
		return nil, Problems{syntax(file, err)}
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		return nil, Problems{{File: file, Line: second.Line, Column: second.Column, Message: `a second document begins here ("---"): one file holds one`}}
	} else if !errors.Is(err, io.EOF) {
		return nil, Problems{syntax(file, err)}
	}
	return doc.Content[0], nil
}

// notText reports the first byte that no text holds: outside UTF-8, or NUL.
func notText(file string, data []byte) (Problem, bool) {
	at := bytes.IndexByte(data, 0)
	message := "a zero byte: this is no text file"
	if !utf8.Valid(data) {
		at, message = invalid(data), "not valid UTF-8: save the file as UTF-8"
	}
	if at < 0 {
		return Problem{}, false
	}
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	column := 1 + utf8.RuneCount(data[1+bytes.LastIndexByte(data[:at], '\n'):at])
	return Problem{File: file, Line: line, Column: column, Message: message}, true
}

func invalid(data []byte) int {
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size < 2 {
			return i
		}
		i += size
	}
}

// hints say what to do about the syntax errors that prose runs into.
var hints = []struct{ sign, hint string }{
	{"mapping values are not allowed", `a text with ": " needs quotes, or ">-" and the text on the next line`},
	{"did not find expected key", "check the indent and the quotes above this line"},
	{"cannot start any token", "indent with blanks, not tabs, and quote a text that begins with a sign"},
	{"could not find expected ':'", "a key needs a colon and a blank after it"},
	{"control characters are not allowed", "remove the control character"},
}

// syntax turns yaml's own "yaml: line 3: did not find …" into a Problem.
func syntax(file string, err error) Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	p := Problem{File: file, Line: 1}
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(message); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
	}
	message = short(message)
	for _, h := range hints {
		if strings.Contains(message, h.sign) {
			message += " (" + h.hint + ")"
			break
		}
	}
	p.Message = "not valid YAML: " + message
	return p
}

// short keeps what a message quotes of a file to its first 60 characters, in one line.
func short(s string) string {
	const most = 60
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// longestName is the most bytes of a name that a near one is looked for.
const longestName = 100

// Near is the one of names that was probably meant by the unknown name, or ""
// where none is close: at most a third of its letters differ. A name of over 100
// bytes was not mistyped.
func Near(name string, names []string) string {
	if len(name) > longestName {
		return ""
	}
	best, least := "", len(name)/3+1
	name = strings.ToLower(name)
	for _, n := range names {
		lower := strings.ToLower(n)
		if max(len(lower)-len(name), len(name)-len(lower)) >= least {
			continue // each letter more is a difference
		}
		if d := distance(name, lower); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours, each 1.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// suggestion is Near as the tail of a message.
func suggestion(name string, names []string) string {
	if near := Near(name, names); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}
