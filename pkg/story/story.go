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

// File is a story file as it lies in a library, before it is parsed.
type File struct {
	Name string // relative to the library
	Data []byte
}

// ID is the id of the file's story.
func (f File) ID() string { return strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name)) }

// Load reads every .yaml and .yml file at the top of a library, on all cores,
// and gives the stories sorted by id. The error holds the problems of all files;
// the stories that could be read come along with it.
func Load(fsys fs.FS) ([]Story, error) {
	files, err := Files(fsys)
	stories, parsing := ParseAll(files)
	return stories, Join(err, parsing)
}

// Files reads those files, on all cores, and gives them sorted by id. The error holds
// the problems of all that cannot be read; the others come along with it.
func Files(fsys fs.FS) ([]File, error) {
	entries, err := entries(fsys)
	if err != nil {
		return nil, err
	}
	files, failed := make([]File, len(entries)), make([]error, len(entries))
	parallel.Do(len(entries), func(i int) {
		files[i].Name = entries[i].Name()
		if !entries[i].Type().IsRegular() && entries[i].Type() != fs.ModeSymlink {
			failed[i] = yaml.Problems{{File: files[i].Name, Message: "it is no regular file"}}
			return
		}
		files[i].Data, failed[i] = yaml.ReadFile(fsys, files[i].Name)
	})
	out, err := sound(files, failed)
	return out, Join(err, clashes(files))
}

// ParseAll parses files, on all cores, and gives the stories in the order of the
// files. The error holds the problems of all; the stories that could be parsed come
// along with it.
func ParseAll(files []File) ([]Story, error) {
	stories, failed := make([]Story, len(files)), make([]error, len(files))
	parallel.Do(len(files), func(i int) { stories[i], failed[i] = Parse(files[i].Name, files[i].Data) })
	return sound(stories, failed)
}

// entries lists the story files at the top of fsys in the order of their ids. Hidden
// files are an editor's business.
func entries(fsys fs.FS) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e fs.DirEntry) bool {
		ext := path.Ext(e.Name())
		return e.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(e.Name(), ".")
	})
	slices.SortFunc(all, func(a, b fs.DirEntry) int {
		return cmp.Or(cmp.Compare(File{Name: a.Name()}.ID(), File{Name: b.Name()}.ID()), cmp.Compare(a.Name(), b.Name()))
	})
	return all, nil
}

// sound gives those of all that did not fail, and the problems of those that did.
func sound[T any](all []T, failed []error) ([]T, error) {
	out := make([]T, 0, len(all))
	var problems yaml.Problems
	for i, err := range failed {
		if ps, ok := errors.AsType[yaml.Problems](err); ok {
			problems = append(problems, ps...)
		} else {
			out = append(out, all[i])
		}
	}
	return out, problems.Err()
}

// clashes reports files whose ids differ in nothing but their letters' case or form:
// some systems hold them for one.
func clashes(files []File) error {
	var problems yaml.Problems
	first := make(map[string]string, len(files))
	for _, f := range files {
		id := FoldID(f.ID())
		if other, taken := first[id]; taken {
			problems = append(problems, yaml.Problem{File: f.Name, Message: fmt.Sprintf("the same id as %s: rename one of the two files", other)})
		} else {
			first[id] = f.Name
		}
	}
	return problems.Err()
}

// FoldID is an id as the systems see it that know no difference between upper and lower
// case, or between the forms of a letter: ids that fold to the same are one file there.
func FoldID(id string) string { return strings.ToLower(norm.NFC.String(id)) }

// Join gives the problems of two errors, of one line each, in the order of the files;
// of an error that is none of yaml.Problems, that one alone.
func Join(a, b error) error {
	first, ok := errors.AsType[yaml.Problems](a)
	if a != nil && !ok {
		return a
	}
	second, _ := errors.AsType[yaml.Problems](b)
	all := slices.Concat(first, second)
	slices.SortStableFunc(all, func(x, y yaml.Problem) int { return cmp.Compare(x.File, y.File) })
	return all.Err()
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

// device are the stems that Windows keeps for devices, whatever the extension.
var device = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(con|prn|aux|nul|(com|lpt)[0-9])$`) })

// Slug gives a title as a file's stem: lower case, each run of anything but
// letters and digits one hyphen, cut at a hyphen where it is very long; "story"
// where nothing is left, and behind a name that Windows keeps for a device.
func Slug(title string) string {
	s := slugGap().ReplaceAllString(strings.ToLower(norm.NFC.String(title)), "-")
	for len(s) > longest {
		if at := strings.LastIndexByte(s[:len(s)-1], '-'); at > 0 {
			s = s[:at]
		} else {
			s = strings.ToValidUTF8(s[:longest], "")
		}
	}
	s = strings.Trim(s, "-")
	switch {
	case s == "":
		return "story"
	case device().MatchString(s):
		return s + "-story"
	}
	return s
}
