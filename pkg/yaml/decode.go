package yaml

import (
	"cmp"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Decode reads data's only document into out, a pointer to a struct or to a
// slice. Struct fields are named by their tags: `yaml:"key"`, and
// `yaml:"key,required"` for a key that must be there and not be empty. A field
// may be a string, bool, int, float64, Text, []string, a struct, a slice, a map
// with string keys, or a type with UnmarshalText. A key without a value counts as left
// out. Errors are Problems, all of them at once, in the file's order.
func Decode(file string, data []byte, out any) error {
	root, err := parse(file, data)
	if err != nil {
		return err
	}
	d := decoder{file: file}
	d.value(root, reflect.ValueOf(out).Elem(), "the file")
	slices.SortStableFunc(d.problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
	return d.problems.Err()
}

type decoder struct {
	file     string
	problems Problems
}

func (d *decoder) problem(n *yaml.Node, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.file, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)})
}

// value decodes n into v; name is what the messages call it.
func (d *decoder) value(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind == yaml.AliasNode {
		d.problem(n, "%s: an alias (*%s) is not read here: write the text itself", name, short(n.Value))
		return
	}
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
		d.unmarshaler(n, u, name)
		return
	}
	switch out := v.Addr().Interface().(type) {
	case *Text:
		*out = d.text(n, name)
	case *string:
		*out = d.str(n, name)
	case *[]string:
		*out = d.list(n, name)
	default:
		d.compound(n, v, name)
	}
}

func (d *decoder) compound(n *yaml.Node, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, name)
	case reflect.Slice:
		d.slice(n, v, name)
	case reflect.Map:
		d.mapping(n, v, name)
	case reflect.Bool, reflect.Int, reflect.Float64:
		d.scalar(n, v, name)
	default:
		panic("yaml: cannot decode into " + v.Type().String())
	}
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.problem(n, "%s must be keys with values (key: value), not %s", name, kind(n))
		return
	}
	fields := keysOf(v.Type())
	seen := make(map[string]int, len(fields))
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := indexOf(fields, key.Value)
		switch {
		case at < 0:
			d.problem(key, "unknown key %q%s", short(key.Value), suggestion(key.Value, names(fields)))
		case seen[key.Value] != 0:
			d.problem(key, "key %q stands twice: first in line %d", short(key.Value), seen[key.Value])
		case isNull(value):
			// A key without a value, as in a template, is a key left out.
		default:
			d.value(value, v.Field(fields[at].index), key.Value)
		}
		if seen[key.Value] == 0 {
			seen[key.Value] = key.Line
		}
	}
	d.required(n, v, fields, name)
}

// required reports required keys that are missing or empty, unless something is
// wrong with their value already.
func (d *decoder) required(n *yaml.Node, v reflect.Value, fields []field, name string) {
	for _, f := range fields {
		if !f.required || !empty(v.Field(f.index)) {
			continue
		}
		key, value := find(n, f.key)
		switch {
		case key == nil:
			d.problem(n, "%s has no %q: it is required", name, f.key)
		case isNull(value) || isBlank(value):
			d.problem(key, "%q is empty: it is required", f.key)
		}
	}
}

func (d *decoder) slice(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.SequenceNode {
		d.problem(n, "%s must be a list (- …), not %s", name, kind(n))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(item, out.Index(i), fmt.Sprintf("entry %d of %s", i+1, name))
	}
	v.Set(out)
}

// mapping decodes keys that a person chooses, such as names.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		d.problem(n, "%s must be keys with values (key: value), not %s", name, kind(n))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for i := 0; i < len(n.Content); i += 2 {
		key, item := reflect.ValueOf(n.Content[i].Value), reflect.New(v.Type().Elem()).Elem()
		if v.MapIndex(key).IsValid() {
			d.problem(n.Content[i], "key %q stands twice", short(n.Content[i].Value))
		}
		d.value(n.Content[i+1], item, short(n.Content[i].Value))
		v.SetMapIndex(key, item)
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, name string) {
	if err := n.Decode(v.Addr().Interface()); err != nil {
		want := map[reflect.Kind]string{reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Float64: "a number"}
		d.problem(n, "%s must be %s, not %s", name, want[v.Kind()], kind(n))
	}
}

// longestValue is the most bytes of a value that a type reads itself, such as a date
// or a question (10 KB): its errors quote it.
const longestValue = 10_000

// unmarshaler takes any scalar as it is written: what `2024-03` means is for
// the type to say, not for YAML's own guess at dates and numbers.
func (d *decoder) unmarshaler(n *yaml.Node, u encoding.TextUnmarshaler, name string) {
	if n.Kind != yaml.ScalarNode {
		d.problem(n, "%s must be a single value, not %s", name, kind(n))
	} else if len(n.Value) > longestValue {
		d.problem(n, "%s: %q is over %d bytes, the most of such a value", name, short(n.Value), longestValue)
	} else if err := u.UnmarshalText([]byte(n.Value)); err != nil {
		d.problem(n, "%s: %v", name, err)
	}
}

func (d *decoder) str(n *yaml.Node, name string) string {
	switch {
	case n.Kind != yaml.ScalarNode:
		d.problem(n, "%s must be text, not %s", name, kind(n))
	case n.ShortTag() != "!!str":
		d.problem(n, "%s must be text, not %s: put %s in quotes", name, kind(n), short(n.Value))
	default:
		return strings.TrimSpace(n.Value)
	}
	return ""
}

func (d *decoder) text(n *yaml.Node, name string) Text {
	if n.Kind == yaml.SequenceNode {
		return d.list(n, name)
	}
	if n.Kind != yaml.ScalarNode {
		d.problem(n, "%s must be text or a list of texts, not %s", name, kind(n))
		return nil
	}
	if s := d.str(n, name); s != "" {
		return Text{s}
	}
	return nil
}

func (d *decoder) list(n *yaml.Node, name string) []string {
	if n.Kind != yaml.SequenceNode {
		d.problem(n, "%s must be a list (- …), not %s", name, kind(n))
		return nil
	}
	var out []string
	for i, item := range n.Content {
		entry := "entry " + strconv.Itoa(i+1) + " of " + name
		switch {
		case item.Kind == yaml.AliasNode:
			d.problem(item, "%s: an alias (*%s) is not read here: write the text itself", entry, short(item.Value))
		case item.Kind == yaml.MappingNode:
			d.problem(item, `%s must be text, not keys with values: a text with ": " needs quotes`, entry)
		case isNull(item) || isBlank(item):
			d.problem(item, "%s is empty", entry)
		default:
			if s := d.str(item, entry); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// field is a struct field that a key fills.
type field struct {
	key      string
	index    int
	required bool
}

func keysOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if key != "" && key != "-" {
			out = append(out, field{key: key, index: i, required: options == "required"})
		}
	}
	return out
}

func names(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.key
	}
	return out
}

func indexOf(fields []field, key string) int {
	for i, f := range fields {
		if f.key == key {
			return i
		}
	}
	return -1
}

// find gives the nodes of key and value in a mapping, nil where it has no such key.
func find(n *yaml.Node, key string) (*yaml.Node, *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

func empty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func isBlank(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" || n.Kind == yaml.SequenceNode && len(n.Content) == 0
}

// kind says what a node is, in words for a person.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys with values"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	words := map[string]string{"!!int": "a number", "!!float": "a number", "!!bool": "true or false", "!!null": "nothing", "!!timestamp": "a date", "!!str": "text", "!!merge": "a merge key"}
	if w, ok := words[n.ShortTag()]; ok {
		return w
	}
	return "a value tagged " + short(n.ShortTag())
}
