package graded

import (
	"io/fs"
	"slices"
)

// Foreign is a question that the stories of a library do not answer.
type Foreign struct {
	ID     string   `yaml:"id,required"`
	Text   string   `yaml:"text,required"`
	Kind   string   `yaml:"kind,required"`
	Except []string `yaml:"except"` // the sets that do answer it
}

// LoadForeign reads the foreign questions of fsys, foreign.yaml.
func LoadForeign(fsys fs.FS) ([]Foreign, error) {
	var out []Foreign
	err := decode(fsys, "foreign.yaml", &out)
	return out, err
}

// To gives the questions that are foreign to a set.
func To(set string, all []Foreign) []Query {
	var out []Query
	for _, f := range all {
		if !slices.Contains(f.Except, set) {
			out = append(out, Query{ID: f.ID, Text: f.Text})
		}
	}
	return out
}

// Form is a development question said in another form: terse, with a preamble, in
// several parts, in shorthand, in plain other words.
type Form struct {
	Set      string `yaml:"set,required"`
	Question string `yaml:"question,required"`
	Form     string `yaml:"form,required"`
	Text     string `yaml:"text,required"`
}

// LoadForms reads the forms of fsys, forms.yaml.
func LoadForms(fsys fs.FS) ([]Form, error) {
	var out []Form
	err := decode(fsys, "forms.yaml", &out)
	return out, err
}
