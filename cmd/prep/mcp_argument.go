package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/prep-cli/prep/pkg/yaml"
)

// An argument of a tool: what its schema promises is what is checked.
type argument struct {
	name, text string
	required   bool
	prose      bool     // more than one word, which a file's name or an address is not
	choices    []string // the allowed values; nil for any
	whole      bool     // a whole number, else text
	least      int64    // of a number
	most       int64    // of a number, else the most characters
}

// given are a call's arguments as text, without those that are left out.
type given map[string]string

// schema is what a client is told of the arguments.
func schema(all []argument) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}}}
	for _, a := range all {
		p := &jsonschema.Schema{Type: "string", Description: a.text}
		switch {
		case a.whole:
			least, most := float64(a.least), float64(a.most)
			p.Type, p.Minimum, p.Maximum = "integer", &least, &most
		case a.choices != nil:
			for _, c := range a.choices {
				p.Enum = append(p.Enum, c)
			}
		default:
			most := int(a.most)
			p.MaxLength = &most
		}
		if a.required {
			s.Required = append(s.Required, a.name)
		}
		s.Properties[a.name] = p
		s.PropertyOrder = append(s.PropertyOrder, a.name)
	}
	return s
}

// checkJSON is check for arguments as a tool gets them: an object of texts and numbers.
// A number may come as text and a text as a number; null is as if it were left out.
func checkJSON(all []argument, raw json.RawMessage) (given, error) {
	values := map[string]json.RawMessage{}
	if len(raw) > 0 && json.Unmarshal(raw, &values) != nil {
		return nil, errors.New("the arguments are no object of names and values")
	}
	sent := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		var s string
		switch v := values[name]; {
		case json.Unmarshal(v, &s) == nil: // null leaves it empty
			sent[name] = s
		case strings.ContainsRune("-0123456789", rune(v[0])):
			sent[name] = string(v)
		default:
			return nil, fmt.Errorf("%s must be text or a number", shorten(name))
		}
	}
	return check(all, sent)
}

// check gives the arguments that were sent, without blank ones. The error names one
// that is wrong, and never repeats a long value.
func check(all []argument, sent map[string]string) (given, error) {
	out := given{}
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.name
		s := sent[a.name]
		switch blank := strings.TrimSpace(s) == ""; {
		case !blank:
			out[a.name] = s
			if err := a.allows(s); err != nil {
				return nil, err
			}
		case a.required:
			return nil, fmt.Errorf("%s is missing", a.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if !slices.Contains(names, name) {
			return nil, unknownArgument(name, names)
		}
	}
	return out, nil
}

func unknownArgument(name string, names []string) error {
	what := "the arguments are " + strings.Join(names, ", ")
	if near := yaml.Near(shorten(name), names); near != "" {
		what = fmt.Sprintf("did you mean %q?", near)
	}
	return hint(what, "unknown argument %q", shorten(name))
}

// allows refuses a value that the schema does not promise to take.
func (a argument) allows(s string) error {
	switch length := int64(utf8.RuneCountInString(s)); {
	case a.whole:
		if n, err := strconv.ParseInt(s, 10, 64); err != nil || n < a.least || n > a.most {
			return fmt.Errorf("%s is %s: give a whole number from %d to %d", a.name, shorten(s), a.least, a.most)
		}
	case a.choices != nil:
		if !slices.Contains(a.choices, s) {
			return fmt.Errorf("%s is %q: choose one of %s", a.name, shorten(s), list(a.choices))
		}
	case a.prose && len(strings.Fields(s)) == 1:
		return fmt.Errorf("%s is one word: send the text itself", a.name)
	case length > a.most:
		return fmt.Errorf("%s is %d characters long: at most %d are read", a.name, length, a.most)
	}
	return nil
}

// shorten keeps what an error quotes to a few words.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// flags gives arguments as flags of a command, those that were left out as none.
func (g given) flags(names ...string) []string {
	var out []string
	for _, name := range names {
		if value, ok := g[name]; ok {
			out = append(out, "--"+name+"="+value)
		}
	}
	return out
}
