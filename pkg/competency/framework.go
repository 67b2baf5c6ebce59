package competency

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Framework is a value set that a company interviews by.
type Framework struct {
	ID      string   `yaml:"id,required"` // lower-case words joined with hyphens
	Name    string   `yaml:"name,required"`
	Aliases []string `yaml:"aliases"` // other names of the same set
	Values  []Value  `yaml:"values,required"`
}

// Value is one value of a framework.
type Value struct {
	Name         string   `yaml:"name,required"`
	Competencies []string `yaml:"competencies,required"` // the ids it probes, strongest first
	Explanation  string   `yaml:"explanation"`           // what an interviewer listens for
}

// NewFramework makes a framework of bare competency ids, each a value by itself,
// as a user's config lists them.
func NewFramework(name string, competencies ...string) Framework {
	f := Framework{ID: fold(name), Name: name}
	for _, id := range competencies {
		f.Values = append(f.Values, Value{Name: id, Competencies: []string{id}})
	}
	return f
}

// ParseFrameworks reads a list of frameworks that With would take. Errors are
// yaml.Problems.
func ParseFrameworks(file string, data []byte) (Frameworks, error) {
	var list []Framework
	if err := yaml.Decode(file, data, &list); err != nil {
		return nil, err
	}
	all, err := Frameworks{}.With(list...)
	if err != nil {
		return nil, in(file, err)
	}
	return all, nil
}

// LoadFrameworks reads the frameworks in fsys, its file frameworks.yaml.
func LoadFrameworks(fsys fs.FS) (Frameworks, error) {
	data, err := yaml.ReadFile(fsys, "frameworks.yaml")
	if err != nil {
		return nil, err
	}
	return ParseFrameworks("frameworks.yaml", data)
}

// DefaultFrameworks are the value sets that prep ships.
var DefaultFrameworks = sync.OnceValues(func() (Frameworks, error) { return LoadFrameworks(files) })

// Frameworks are value sets in order, each found by its id, its name or an alias.
type Frameworks []Framework

// With gives the frameworks with extra after the present ones.
// An id that is no lower-case words joined with hyphens, and a name that stands
// for another framework already, are errors; all of them come at once.
func (all Frameworks) With(extra ...Framework) (Frameworks, error) {
	all = slices.Clone(all)
	var errs []error
	for _, f := range extra {
		if !isID(f.ID) {
			errs = append(errs, fmt.Errorf("framework %q: an id is lower-case words joined with hyphens", f.ID))
		}
		for _, name := range f.names() {
			if other, taken := all.Find(name); taken {
				errs = append(errs, fmt.Errorf("framework %q: the name %q stands for %q already", f.ID, name, other.ID))
				break // one clash is enough: id and name are often alike
			}
		}
		all = append(all, f)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}

func (f Framework) names() []string { return append([]string{f.ID, f.Name}, f.Aliases...) }

// IDs gives the ids in their order.
func (all Frameworks) IDs() []string {
	ids := make([]string, len(all))
	for i, f := range all {
		ids[i] = f.ID
	}
	return ids
}

// Find gives the framework whose id, name or alias is name, whatever its case,
// blanks and signs.
func (all Frameworks) Find(name string) (Framework, bool) {
	key := fold(name)
	called := func(n string) bool { return key != "" && fold(n) == key }
	for _, f := range all {
		if slices.ContainsFunc(f.names(), called) {
			return f, true
		}
	}
	return Framework{}, false
}

// Nearest gives the id that was probably meant by name, or "" where none is close.
func (all Frameworks) Nearest(name string) string {
	var names []string
	for _, f := range all {
		names = append(names, f.names()...)
	}
	f, ok := all.Find(name)
	if !ok {
		f, _ = all.Find(yaml.Near(name, names))
	}
	return f.ID
}

// Check reports every competency that a value names and v does not hold.
func (all Frameworks) Check(v Vocabulary) error {
	var errs []error
	for _, f := range all {
		for _, value := range f.Values {
			errs = append(errs, value.check(f.ID, v))
		}
	}
	return errors.Join(errs...)
}

func (value Value) check(framework string, v Vocabulary) error {
	var errs []error
	for _, id := range value.Competencies {
		if !v.Known(id) {
			errs = append(errs, fmt.Errorf("framework %q, value %q: unknown competency %q%s", framework, value.Name, id, meant(v.Nearest(id))))
		}
	}
	return errors.Join(errs...)
}

// meant is the nearest name as the tail of a message.
func meant(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", near)
}
