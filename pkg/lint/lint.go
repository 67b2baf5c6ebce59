// Package lint says what is wrong in the stories of a library, as a list of
// small checkers over what the strict reader let pass.
//
// A file that cannot be read is an error of the rule "schema"; the other rules
// look at one story each. Nothing is mended here.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// Severities of findings.
const (
	Error   = "error"   // the story cannot be used as it stands
	Warning = "warning" // the story works, but an answer from it is weaker
)

// Finding is one thing that is wrong at one place.
type Finding struct {
	File         string
	Line, Column int // from 1; 0 where the whole file is meant
	Severity     string
	Rule         string
	Message      string
}

// ID is the story's id.
func (f Finding) ID() string { return strings.TrimSuffix(path.Base(f.File), path.Ext(f.File)) }

// checker looks at one story; report takes the key, and the entry of its list,
// that a finding is about.
type checker struct {
	rule     string
	severity string
	check    func(s story.Story, v competency.Vocabulary, report func(key string, item int, message string))
}

var checkers = []checker{
	{"competency", Error, knownCompetencies},
	{"repeated", Warning, repeatedTags},
}

// knownCompetencies reports claims that no question can probe.
func knownCompetencies(s story.Story, v competency.Vocabulary, report func(string, int, string)) {
	for i, id := range s.Competencies {
		if v.Known(id) {
			continue
		}
		message := fmt.Sprintf("unknown competency %q", id)
		if near := v.Nearest(id); near != "" {
			message += fmt.Sprintf(" (did you mean %q?)", near)
		}
		report("competencies", i, message)
	}
}

// repeatedTags reports skills and competencies that stand twice.
func repeatedTags(s story.Story, _ competency.Vocabulary, report func(string, int, string)) {
	for key, tags := range map[string][]string{"skills": s.Skills, "competencies": s.Competencies} {
		for i, tag := range tags {
			if slices.ContainsFunc(tags[:i], func(t string) bool { return strings.EqualFold(t, tag) }) {
				report(key, i, fmt.Sprintf("%q stands twice in %s", tag, key))
			}
		}
	}
}

// Library checks every story file at the top of fsys against the rules, with the
// findings in the order of files and lines. It also gives how many files it
// read, broken ones included. The error is of the folder itself.
func Library(fsys fs.FS, v competency.Vocabulary) (findings []Finding, files int, err error) {
	stories, err := story.Load(fsys)
	var problems yaml.Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, 0, err
	}
	broken := map[string]bool{}
	for _, p := range problems {
		broken[p.File] = true
		findings = append(findings, Finding{p.File, p.Line, p.Column, Error, "schema", p.Message})
	}
	files = len(broken)
	for _, s := range stories {
		findings = append(findings, check(fsys, s, v)...)
		if !broken[s.File] {
			files++
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return findings, files, nil
}

func check(fsys fs.FS, s story.Story, v competency.Vocabulary) []Finding {
	var out []Finding
	place := places(fsys, s.File)
	for _, c := range checkers {
		c.check(s, v, func(key string, item int, message string) {
			line, column := place(key, item)
			out = append(out, Finding{s.File, line, column, c.severity, c.rule, message})
		})
	}
	return out
}

// places gives where the values of a file stand. The file is read again, and
// only when there is something to report.
func places(fsys fs.FS, file string) func(key string, item int) (line, column int) {
	return func(key string, item int) (int, int) {
		data, err := yaml.ReadFile(fsys, file)
		if err != nil {
			return 0, 0
		}
		index, err := yaml.NewIndex(file, data)
		if err != nil {
			return 0, 0
		}
		return index.Place(key, item)
	}
}
