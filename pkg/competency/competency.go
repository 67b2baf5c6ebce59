// Package competency is the vocabulary of what a behavioural question probes and
// a story shows: ownership, failure, conflict and the rest, each with the names
// that people give it, and the value sets that companies publish and interview
// by, each value with the competencies it probes.
//
// The ids are a contract: stories, questions, tags and JSON use them. A user adds
// competencies and value sets of their own with With; nothing is ever replaced.
//
// The package does not recognise a competency in a text: it knows names, not
// meanings.
package competency

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Competency is one thing that behavioural questions probe.
type Competency struct {
	ID          string   `yaml:"id,required"` // lower-case words joined with hyphens
	Aliases     []string `yaml:"aliases"`     // other names of the same thing
	Description string   `yaml:"description,required"`
	Probes      string   `yaml:"probes"` // completes "a question probes it when it asks for …"
	Shows       string   `yaml:"shows"`  // completes "a story shows it when the teller …"
}

// Parse reads a list of competencies that With would take. Errors are
// yaml.Problems.
func Parse(file string, data []byte) ([]Competency, error) {
	var list []Competency
	if err := yaml.Decode(file, data, &list); err != nil {
		return nil, err
	}
	if _, err := (Vocabulary{}).With(list...); err != nil {
		return nil, in(file, err)
	}
	return list, nil
}

// Load reads the vocabulary in fsys, its file competencies.yaml.
func Load(fsys fs.FS) (Vocabulary, error) {
	data, err := yaml.ReadFile(fsys, "competencies.yaml")
	if err != nil {
		return Vocabulary{}, err
	}
	list, err := Parse("competencies.yaml", data)
	if err != nil {
		return Vocabulary{}, err
	}
	return Vocabulary{}.With(list...)
}

//go:embed competencies.yaml frameworks.yaml
var files embed.FS

// Default is the vocabulary that prep ships.
var Default = sync.OnceValues(func() (Vocabulary, error) { return Load(files) })

// Vocabulary is competencies in order, each found by its id or an alias. The zero
// value is an empty one.
type Vocabulary struct {
	list []Competency
	at   map[string]int // the folded id or alias → the index in list
}

// With gives a vocabulary with extra after those of v, which stays as it is. An
// id that is no lower-case words joined with hyphens, and a name that stands for
// another competency already, are errors; all of them come at once.
func (v Vocabulary) With(extra ...Competency) (Vocabulary, error) {
	w := Vocabulary{list: append(slices.Clip(v.list), extra...), at: map[string]int{}}
	var errs []error
	for i, c := range w.list {
		if !isID(c.ID) {
			errs = append(errs, fmt.Errorf("competency %q: an id is lower-case words joined with hyphens", c.ID))
			continue
		}
		for _, name := range append([]string{c.ID}, c.Aliases...) {
			if err := w.claim(name, i); err != nil {
				errs = append(errs, err)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Vocabulary{}, err
	}
	return w, nil
}

// claim lets name stand for competency i, unless it is taken.
func (v Vocabulary) claim(name string, i int) error {
	key := fold(name)
	if j, taken := v.at[key]; taken {
		return fmt.Errorf("competency %q: the name %q stands for %q already", v.list[i].ID, name, v.list[j].ID)
	}
	if key == "" {
		return fmt.Errorf("competency %q: the alias %q has no letter", v.list[i].ID, name)
	}
	v.at[key] = i
	return nil
}

// All gives the competencies in their order.
func (v Vocabulary) All() []Competency { return slices.Clone(v.list) }

// IDs gives the ids in their order.
func (v Vocabulary) IDs() []string {
	ids := make([]string, len(v.list))
	for i, c := range v.list {
		ids[i] = c.ID
	}
	return ids
}

// Find gives the competency whose id or alias is name, whatever its case, blanks
// and hyphens.
func (v Vocabulary) Find(name string) (Competency, bool) {
	i, ok := v.at[fold(name)]
	if !ok {
		return Competency{}, false
	}
	return v.list[i], true
}

// Known reports whether id is the id of a competency; an alias is not.
func (v Vocabulary) Known(id string) bool {
	c, ok := v.Find(id)
	return ok && c.ID == id
}

// Nearest gives the id that was probably meant by name, through an alias or a
// slip of the keyboard, or "" where none is close.
func (v Vocabulary) Nearest(name string) string {
	if c, ok := v.Find(name); ok {
		return c.ID
	}
	var names []string
	for _, c := range v.list {
		names = append(append(names, c.ID), c.Aliases...)
	}
	c, _ := v.Find(yaml.Near(name, names))
	return c.ID
}

// isID reports whether s is lower-case words joined with single hyphens.
func isID(s string) bool { return s != "" && s == fold(s) }

// fold makes names that differ in case, blanks and signs equal.
func fold(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}

// in makes each line of err a problem of file.
func in(file string, err error) error {
	var problems yaml.Problems
	for line := range strings.SplitSeq(err.Error(), "\n") {
		problems = append(problems, yaml.Problem{File: file, Message: line})
	}
	return problems
}
