// Package question is the bank of interview questions: what each one asks, which
// competencies and skills it probes, and at which level it is put.
//
// A bank is a folder of YAML files, each a list of questions; the file's name has
// no meaning. Which competencies and value sets exist is for others to say: Check
// takes their ids. Choosing a question, and finding a story for it, is done
// elsewhere.
package question

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/yaml"
)

// Question is one question that an interviewer may put.
type Question struct {
	ID           string   // lower-case words joined with hyphens; it never changes
	Text         string   // ends with a full stop or a question mark
	Competencies []string // ids of what it probes, strongest first
	Skills       []string // the technical experience it asks for, by usual names
	Level        string   // one of Levels
	Frameworks   []string // ids of the value sets it is typically asked under

	File string // the file as it was read, relative to the bank
	Line int    // where it stands there, from 1; 0 where that is unknown
}

// Levels are the levels of seniority, lowest first.
var Levels = []string{"junior", "mid", "senior", "staff", "manager"}

// Parse reads one file of questions. Errors are yaml.Problems, all of the file.
func Parse(file string, data []byte) ([]Question, error) {
	var entries []entry
	problems := asProblems(yaml.Decode(file, data, &entries))
	questions := make([]Question, len(entries))
	for i, e := range entries {
		questions[i] = e.question()
	}
	place(file, data, questions)
	problems = append(problems, unasked(questions, problems)...)
	_, twice := Join(questions)
	problems = append(problems, asProblems(twice)...)
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b yaml.Problem) int { return cmp.Compare(a.Line, b.Line) })
		return nil, problems.Err()
	}
	return questions, nil
}

// Load reads every .yaml and .yml file at the top of a bank, on all cores, and
// gives the questions sorted by id. Errors are yaml.Problems, those of all files
// at once, or why the folder cannot be read.
func Load(fsys fs.FS) ([]Question, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() || !isBank(e.Name()) })
	files, failed := make([][]Question, len(entries)), make([]error, len(entries))
	var wg parallel.Group
	for i, e := range entries {
		wg.Go(func() { files[i], failed[i] = read(fsys, e.Name()) })
	}
	wg.Wait()
	all, twice := Join(files...)
	var problems yaml.Problems
	for _, err := range append(failed, twice) {
		problems = append(problems, asProblems(err)...)
	}
	if len(problems) > 0 {
		return nil, problems.Err()
	}
	return all, nil
}

// isBank tells question files from others; hidden files are an editor's business.
func isBank(name string) bool {
	ext := path.Ext(name)
	return (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(name, ".")
}

func read(fsys fs.FS, name string) ([]Question, error) {
	data, err := yaml.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return Parse(name, data)
}

// Join puts banks together, sorted by id. An id that stands twice is an error
// (yaml.Problems) with both places.
func Join(banks ...[]Question) ([]Question, error) {
	all := slices.Concat(banks...)
	first := make(map[string]Question, len(all))
	var problems yaml.Problems
	for _, q := range all {
		if other, taken := first[q.ID]; taken && q.ID != "" {
			problems = append(problems, q.problem("the id %q stands at %s already", q.ID, other.where()))
		} else {
			first[q.ID] = q
		}
	}
	slices.SortFunc(all, func(a, b Question) int { return cmp.Compare(a.ID, b.ID) })
	return all, problems.Err()
}

// Check reports each competency and each framework of questions that is not
// among the given ids, with the near one. Errors are yaml.Problems.
func Check(questions []Question, competencies, frameworks []string) error {
	var problems yaml.Problems
	for _, q := range questions {
		problems = append(problems, q.unknown("competency", q.Competencies, competencies)...)
		problems = append(problems, q.unknown("framework", q.Frameworks, frameworks)...)
	}
	return problems.Err()
}

func (q Question) unknown(kind string, ids, known []string) yaml.Problems {
	var problems yaml.Problems
	for _, id := range ids {
		if slices.Contains(known, id) {
			continue
		}
		hint := ""
		if near := yaml.Near(id, known); near != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", near)
		}
		problems = append(problems, q.problem("question %q: unknown %s %q%s", q.ID, kind, id, hint))
	}
	return problems
}

func (q Question) problem(format string, args ...any) yaml.Problem {
	return yaml.Problem{File: q.File, Line: q.Line, Message: fmt.Sprintf(format, args...)}
}

// where is the question's place as file:line.
func (q Question) where() string {
	if q.Line == 0 {
		return q.File
	}
	return fmt.Sprintf("%s:%d", q.File, q.Line)
}

// unasked reports questions that probe nothing. Where a question has other
// problems, its competencies may be what could not be read, so it is left alone.
func unasked(questions []Question, problems yaml.Problems) yaml.Problems {
	var out yaml.Problems
	var lines []int // of problems, in order
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	slices.Sort(lines)
	for i, q := range questions {
		next := math.MaxInt
		if i+1 < len(questions) {
			next = questions[i+1].Line
		}
		at, _ := slices.BinarySearch(lines, q.Line)
		broken := at < len(lines) && lines[at] < next
		if len(q.Competencies)+len(q.Skills) == 0 && !broken {
			out = append(out, q.problem("question %q names neither a competency nor a skill: it needs one", q.ID))
		}
	}
	return out
}

// place fills in where each question stands: the next line, in the file's order,
// that gives its id.
func place(file string, data []byte, questions []Question) {
	given := map[string][]int{} // lines by the id that they give
	for i, line := range strings.Split(string(data), "\n") {
		if id := idIn(line); id != "" {
			given[id] = append(given[id], i+1)
		}
	}
	from := 1
	for i := range questions {
		q := &questions[i]
		q.File = file
		lines := given[q.ID]
		if at, _ := slices.BinarySearch(lines, from); at < len(lines) {
			q.Line, from = lines[at], lines[at]+1
		}
	}
}

// idIn is the id of a line that holds "id: id", the first key of an entry or not;
// "" where it holds none.
func idIn(line string) string {
	value, ok := strings.CutPrefix(strings.TrimLeft(line, " \t-{"), "id:")
	if !ok {
		return ""
	}
	value, _, _ = strings.Cut(value, ",")
	return strings.Trim(value, " \t\r}'\"")
}

// asProblems is err as a list, empty where there is none.
func asProblems(err error) yaml.Problems {
	var problems yaml.Problems
	if err != nil && !errors.As(err, &problems) {
		problems = yaml.Problems{{Message: err.Error()}}
	}
	return problems
}

// entry is a question as a file gives it; its types refuse values where they
// stand.
type entry struct {
	ID           id       `yaml:"id,required"`
	Text         sentence `yaml:"text,required"`
	Competencies []string `yaml:"competencies"`
	Skills       []string `yaml:"skills"`
	Level        level    `yaml:"level,required"`
	Frameworks   []string `yaml:"frameworks"`
}

func (e entry) question() Question {
	return Question{ID: string(e.ID), Text: string(e.Text), Competencies: e.Competencies,
		Skills: e.Skills, Level: string(e.Level), Frameworks: e.Frameworks}
}

type id string

// UnmarshalText takes lower-case words joined with single hyphens.
func (v *id) UnmarshalText(b []byte) error {
	words := strings.FieldsFunc(strings.ToLower(string(b)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if string(b) != strings.Join(words, "-") {
		return fmt.Errorf("%q is not lower-case words joined with hyphens", b)
	}
	*v = id(b)
	return nil
}

type sentence string

// UnmarshalText takes words that end with a question mark or a full stop; runs
// of blanks become one.
func (v *sentence) UnmarshalText(b []byte) error {
	text := strings.Join(strings.Fields(string(b)), " ")
	if text != "" && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, ".") {
		return fmt.Errorf(`%q ends with neither "?" nor "."`, text)
	}
	*v = sentence(text)
	return nil
}

type level string

// UnmarshalText takes one of Levels.
func (v *level) UnmarshalText(b []byte) error {
	if !slices.Contains(Levels, string(b)) {
		return fmt.Errorf("%q is none of %s", b, strings.Join(Levels, ", "))
	}
	*v = level(b)
	return nil
}
