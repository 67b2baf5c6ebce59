package lint

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/yaml"
)

// file is a story's file as it stands: where its values are, and what its
// comments wave through. It is indexed only where there is something to say.
type file struct {
	name   string
	data   []byte
	opened bool
	known  bool // whether index is of any use
	index  yaml.Index
	waves  []wave
}

// wave is a "# prep:ignore" comment.
type wave struct {
	yaml.Comment
	rules []string
	whole bool // stands before the first key, and so holds for the whole file
}

func openFile(fsys fs.FS, name string) *file {
	data, err := yaml.ReadFile(fsys, name)
	if err != nil {
		data = nil // it was read a moment ago; without it, findings name the file alone
	}
	return &file{name: name, data: data}
}

// mark is what a comment begins with that waves findings through.
const mark = "prep:ignore"

// open indexes the file and says whether that could be done.
func (f *file) open() bool {
	if f.opened {
		return f.known
	}
	f.opened = true
	index, err := yaml.NewIndex(f.name, f.data)
	if err != nil {
		return false
	}
	f.index, f.known = index, true
	if bytes.Contains(f.data, []byte(mark)) {
		for _, c := range index.Comments() {
			if rules, ok := waived(c.Text); ok {
				f.waves = append(f.waves, wave{c, rules, c.Line < index.Start()})
			}
		}
	}
	return true
}

// waived gives the rules that a comment names: "# prep:ignore vague, acronym -- why".
func waived(comment string) ([]string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(comment, "# \t"), mark)
	if !ok {
		return nil, false
	}
	rest, _, _ = strings.Cut(rest, "--")
	return strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(",:; \t", r) }), true
}

// find gives line and column of a place.
func (f *file) find(at place) (line, column int) {
	if !f.open() {
		return 0, 0
	}
	if at.offset < 0 {
		return f.index.Place(at.key, at.item)
	}
	return f.index.At(at.key, at.item, at.offset)
}

// waved says whether a comment waves a finding of rule through: on its line or
// on the line above, on or above its key or its entry, or at the file's head.
func (f *file) waved(rule string, at place, line int) bool {
	for _, w := range f.waves {
		if slices.Contains(w.rules, rule) && (w.whole || f.covers(w, at, line)) {
			return true
		}
	}
	return false
}

func (f *file) covers(w wave, at place, line int) bool {
	key, _ := f.index.Place(at.key, noItem)
	item, _ := f.index.Place(at.key, at.item)
	for _, l := range []int{line, item, key} {
		if w.Line == l || w.Alone && w.Line < l && f.allAside(w.Line, l) {
			return true
		}
	}
	return false
}

// allAside says whether only comments stand between the lines from and to.
func (f *file) allAside(from, to int) bool {
	lines := bytes.Split(f.data, []byte("\n"))
	for _, line := range lines[from : to-1] {
		if !bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
			return false
		}
	}
	return true
}

// inComments reports comments that name no rule, and what must not leave in any
// comment.
func (f *file) inComments(o Options) []Finding {
	if !bytes.Contains(f.data, []byte("#")) || !f.open() {
		return nil
	}
	var out []Finding
	add := func(c yaml.Comment, at int, r *Rule, format string, args ...any) {
		if slices.Contains(o.Off, r.Name) || f.waved(r.Name, whole(""), c.Line) {
			return
		}
		column := c.Column + len([]rune(c.Text[:at]))
		out = append(out, Finding{f.name, c.Line, column, r.Severity, r.Name, fmt.Sprintf(format, args...)})
	}
	for _, w := range f.waves {
		if len(w.rules) == 0 {
			add(w.Comment, 0, find("unknown-rule"), "the comment names no rule: write # %s RULE", mark)
		}
		for _, name := range w.rules {
			if _, err := Find(name); err != nil {
				add(w.Comment, 0, find("unknown-rule"), "%v", err)
			}
		}
	}
	for _, c := range f.index.Comments() {
		for _, name := range []string{"secret", "email", "ip-address", "phone", "confidential"} {
			for _, l := range leaks(name, c.Text, o) {
				add(c, l.start, find(name), "%s", l.what)
			}
		}
	}
	return out
}
