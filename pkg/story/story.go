// Package story holds one incident that an engineer lived through, as it stands
// in one YAML file of a library.
//
// A Story is what the file says and nothing more: reading checks its form (keys,
// types, dates), never its quality, which is for lint. Ranking, telling and
// drawing stories are for other packages; so is choosing where they lie on disk.
package story

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/yaml"
	"golang.org/x/text/unicode/norm"
)

// Story is one incident. Its text fields are empty where the file has none.
type Story struct {
	ID   string `yaml:"-"` // the file's stem, the story's name everywhere
	File string `yaml:"-"` // the file as it was read, relative to the library

	Title         string    `yaml:"title,required"`
	Date          Date      `yaml:"date"`
	Role          string    `yaml:"role"`
	Company       string    `yaml:"company"`
	Problem       yaml.Text `yaml:"problem,required"`
	Context       yaml.Text `yaml:"context"`
	Task          yaml.Text `yaml:"task"`
	Investigation yaml.Text `yaml:"investigation"`
	RootCause     yaml.Text `yaml:"root_cause"`
	Resolution    yaml.Text `yaml:"resolution"`
	Impact        yaml.Text `yaml:"impact"`
	Lessons       yaml.Text `yaml:"lessons"`
	Hindsight     yaml.Text `yaml:"hindsight"` // what was not done: never told as done
	Skills        []string  `yaml:"skills"`
	Competencies  []string  `yaml:"competencies"` // ids that the teller claims, strongest first
	Source        Source    `yaml:"source"`
}

// Source is where an import took a story from.
type Source struct {
	File    string `yaml:"file"`
	Heading string `yaml:"heading"`
}

// Date is a day, a month or a year: 2024-03-15, 2024-03 or 2024. Dates of one
// form compare as strings; a year sorts before its months.
type Date string

// UnmarshalText takes one of the three forms and refuses days that never were.
func (d *Date) UnmarshalText(b []byte) error {
	s := string(b)
	layouts := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}
	layout, ok := layouts[len(s)]
	if !ok {
		return fmt.Errorf("%q is not a date: write 2024, 2024-03 or 2024-03-15", s)
	}
	if _, err := time.Parse(layout, s); err != nil {
		return fmt.Errorf("%q is not a date: %s", s, dateReason(err))
	}
	*d = Date(s)
	return nil
}

func dateReason(err error) string {
	var p *time.ParseError
	if errors.As(err, &p) && strings.HasSuffix(p.Message, "out of range") {
		return strings.TrimPrefix(p.Message, ": ")
	}
	return "write 2024, 2024-03 or 2024-03-15"
}

// TextFields names the fields that hold prose, in the order of a story file.
var TextFields = []string{"problem", "context", "task", "investigation", "root_cause", "resolution", "impact", "lessons", "hindsight"}

// Text gives the field of that name, one of TextFields, or nil.
func (s *Story) Text(field string) yaml.Text {
	if p := s.field(field); p != nil {
		return *p
	}
	return nil
}

// SetText sets the field of that name and says whether it is one of TextFields.
func (s *Story) SetText(field string, t yaml.Text) bool {
	p := s.field(field)
	if p != nil {
		*p = t
	}
	return p != nil
}

func (s *Story) field(name string) *yaml.Text {
	switch name {
	case "problem":
		return &s.Problem
	case "context":
		return &s.Context
	case "task":
		return &s.Task
	case "investigation":
		return &s.Investigation
	case "root_cause":
		return &s.RootCause
	case "resolution":
		return &s.Resolution
	case "impact":
		return &s.Impact
	case "lessons":
		return &s.Lessons
	case "hindsight":
		return &s.Hindsight
	}
	return nil
}

// Parse reads one story file; its name gives the id. Errors are yaml.Problems.
func Parse(file string, data []byte) (Story, error) {
	s := Story{File: file, ID: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	err := yaml.Decode(file, data, &s)
	return s, err
}

// Load reads every .yaml and .yml file at the top of a library, on all cores,
// and gives the stories sorted by id. The error holds the problems of all files;
// the stories that could be read come along with it.
func Load(fsys fs.FS) ([]Story, error) {
	names, err := files(fsys)
	if err != nil {
		return nil, err
	}
	stories := make([]Story, len(names))
	failed := make([]error, len(names))
	parallel.Do(len(names), func(i int) {
		data, err := yaml.ReadFile(fsys, names[i])
		if err == nil {
			stories[i], err = Parse(names[i], data)
		}
		failed[i] = err
	})
	return collect(names, stories, failed)
}

// files lists the story files at the top of fsys in the order of their names.
// Hidden files are an editor's business.
func files(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if !e.IsDir() && (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func collect(names []string, stories []Story, failed []error) ([]Story, error) {
	var out []Story
	var problems yaml.Problems
	first := make(map[string]string, len(names))
	for i := range stories {
		if ps, ok := errors.AsType[yaml.Problems](failed[i]); ok {
			problems = append(problems, ps...)
		} else {
			out = append(out, stories[i])
		}
		id := strings.ToLower(strings.TrimSuffix(names[i], path.Ext(names[i])))
		if other, taken := first[id]; taken {
			problems = append(problems, yaml.Problem{File: names[i], Message: fmt.Sprintf("the same id as %s: rename one of the two files", other)})
		} else {
			first[id] = names[i]
		}
	}
	slices.SortFunc(out, func(a, b Story) int { return cmp.Compare(a.ID, b.ID) })
	return out, problems.Err()
}

// Write renders a story as a new file's text. Parse gives the same story again,
// id and file aside.
func Write(s Story) []byte { return yaml.Write(s.pairs()) }

// Rewrite gives the text old with the values of s: comments, order and all that
// is equal stay as they stand. Errors are yaml.Problems of old.
func Rewrite(old []byte, s Story) ([]byte, error) { return yaml.Rewrite(s.File, old, s.pairs()) }

func (s *Story) pairs() []yaml.Pair {
	pairs := []yaml.Pair{{Key: "title", Value: s.Title}, {Key: "date", Value: yaml.Plain(s.Date)}, {Key: "role", Value: s.Role}, {Key: "company", Value: s.Company}}
	for _, f := range TextFields {
		pairs = append(pairs, yaml.Pair{Key: f, Value: s.Text(f)})
	}
	return append(pairs,
		yaml.Pair{Key: "skills", Value: s.Skills}, yaml.Pair{Key: "competencies", Value: s.Competencies},
		yaml.Pair{Key: "source", Value: []yaml.Pair{{Key: "file", Value: s.Source.File}, {Key: "heading", Value: s.Source.Heading}}})
}

// slugGap is what a slug writes as one hyphen.
var slugGap = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\p{L}\p{Nd}]+`) })

// longest is the most bytes of a slug, well under what file systems allow a name.
const longest = 120

// Slug gives a title as a file's stem: lower case, each run of anything but
// letters and digits one hyphen, cut at a hyphen where it is very long; "story"
// where nothing is left.
func Slug(title string) string {
	s := slugGap().ReplaceAllString(strings.ToLower(norm.NFC.String(title)), "-")
	for len(s) > longest {
		if at := strings.LastIndexByte(s[:len(s)-1], '-'); at > 0 {
			s = s[:at]
		} else {
			s = strings.ToValidUTF8(s[:longest], "")
		}
	}
	if s = strings.Trim(s, "-"); s != "" {
		return s
	}
	return "story"
}
