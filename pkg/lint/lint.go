// Package lint says what is wrong or weak in the stories of a library, as a list
// of small rules over what the strict reader let pass: what an answer would lack,
// what an interviewer would not understand, and what must not leave the house.
//
// A file that cannot be read is an error of the rule "schema"; the other rules
// look at one story each, near-duplicate aside. A rule leans to silence: what it
// says must be right, what it misses a person may still see. Nothing is mended
// here, and no rule judges whether a story is true.
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
	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
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

// Options are what a library is checked against.
type Options struct {
	Competencies competency.Vocabulary
	Skills       *skill.Taxonomy    // nil knows no skill
	Confidential confidential.Words // must not leave
	Off          []string           // names of rules that say nothing
	WPM          int                // words a minute; 0 means 140
}

// Library checks every story file at the top of fsys, with the findings in the
// order of files and lines. It also gives how many files it read, broken ones
// included. The error is of the folder itself.
func Library(fsys fs.FS, o Options) (findings []Finding, files int, err error) {
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
	for i := range stories {
		if !broken[stories[i].File] {
			files++
		}
	}
	findings = append(findings, all(fsys, stories, o)...)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.Compact(findings), files, nil
}

// all checks the stories, on all cores.
func all(fsys fs.FS, stories []story.Story, o Options) []Finding {
	near := twins(stories)
	found := make([][]Finding, len(stories))
	parallel.Do(len(stories), func(i int) {
		s := subject{Story: stories[i], o: o, twin: near[i]}
		found[i] = s.findings(fsys)
	})
	return slices.Concat(found...)
}

// subject is a story as the rules look at it.
type subject struct {
	story.Story
	o       Options
	twin    twin
	english bool
	notes   []note // its sentences, in the order of the fields
}

// note is a sentence with its place.
type note struct {
	place
	text string
}

// place is a byte of a value: of entry item of key's list, or of key's text.
type place struct {
	key          string
	item, offset int // noItem and -1 where the key itself is meant
}

// noItem is behind the last entry of any list.
const noItem = 1 << 30

// value is a text of the story, whatever its key.
type value struct {
	place
	text string
}

// report takes what a rule has found.
type report func(at place, format string, args ...any)

// hear parts the text fields into sentences.
func (s *subject) hear() {
	var words []string
	for _, field := range story.TextFields {
		for i, item := range s.Text(field) {
			for _, span := range text.Sentences(item) {
				s.notes = append(s.notes, note{place{field, i, span.Start}, span.Of(item)})
			}
			words = append(words, text.Words(item)...)
		}
	}
	s.english = text.English(words)
}

// of gives the notes of the fields.
func (s *subject) of(fields ...string) []note {
	var out []note
	for _, n := range s.notes {
		if slices.Contains(fields, n.key) {
			out = append(out, n)
		}
	}
	return out
}

// first gives the first of the fields that the story has, "title" where it has none.
func (s *subject) first(fields ...string) place {
	for _, f := range fields {
		if len(s.Text(f)) > 0 {
			return whole(f)
		}
	}
	return whole("title")
}

// whole is the place of a key.
func whole(key string) place { return place{key, noItem, -1} }

// values gives all texts of the story, tags and names included.
func (s *subject) values() []value {
	out := []value{{place{key: "title"}, s.Title}, {place{key: "role"}, s.Role}, {place{key: "company"}, s.Company}}
	for _, field := range story.TextFields {
		for i, item := range s.Text(field) {
			out = append(out, value{place{field, i, 0}, item})
		}
	}
	for i, tag := range s.Skills {
		out = append(out, value{place{"skills", i, 0}, tag})
	}
	return append(out, value{place{key: "source"}, s.Source.File}, value{place{key: "source"}, s.Source.Heading})
}

// findings runs every rule that is on, and drops what a comment of the file waves
// through.
func (s *subject) findings(fsys fs.FS) []Finding {
	s.hear()
	f := openFile(fsys, s.File)
	var out []Finding
	for i := range rules {
		r := &rules[i]
		if r.check == nil || slices.Contains(s.o.Off, r.Name) || r.prose && !s.english {
			continue
		}
		r.check(s, func(at place, format string, args ...any) {
			line, column := f.find(at)
			if !f.waved(r.Name, at, line) {
				out = append(out, Finding{s.File, line, column, r.Severity, r.Name, fmt.Sprintf(format, args...)})
			}
		})
	}
	return append(out, f.inComments(s.o)...)
}
