// Package skill is the taxonomy of software work: the usual name of each skill,
// the other names that people give it, its neighbours and its kind; and it finds
// the skills that a text mentions or a tag means.
//
// It knows how skills are written, not what they are worth: which skills a
// posting demands is for pkg/job, what a story proves for pkg/match. A skill that
// is only paraphrased ("you keep an eye on the bill") is found where a phrase of
// the taxonomy says so, and not otherwise.
//
// # Names
//
// skills.yaml lists the skills; go generate writes them into skills_gen.go with
// their phrases ready to look up, so that a start costs nothing. A name in a text
// matches whatever its case, and whether its parts are joined, hyphenated, dotted,
// slashed or apart: "CI/CD", "ci-cd", "Node.js", "nodejs". A name of one word
// matches itself and its plural; in a name of several words each may be inflected
// ("reviewing code", "reviews code"). British and American spellings are one, and
// a star in an alias stands for up to three words ("lead * engineers"). The
// longest name wins, and mentions never overlap: "Spring Boot" is no "Spring".
//
// # Guards
//
// Some names are common words too. What else must be true before such a name
// counts is written beside the skill, as data:
//
//	ambiguous: [Go]           counts when written with its capital inside a
//	                          sentence, or in company
//	strict: [logistics]       counts in company only; if it is ambiguous as well,
//	                          in company and with its capitals only
//	near: [cargo, tokio]      words that are company within four words
//	unless: [go to, go live]  phrases in which the name means something else;
//	                          they hold for all names of the skill
//
// A name is in company when it stands beside another skill in a list, next to a
// word such as "developer", "years of" or "knowledge of", near a word of near, or
// alone on its line. A single letter must be a capital in any case. Guards judge
// names in running text; a tag ("go") is taken at its word.
package skill

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Skill is one skill of the taxonomy.
type Skill struct {
	Name    string   `yaml:"name,required"` // the usual name, as a posting writes it
	Kind    string   `yaml:"kind"`          // one of Kinds, or empty
	Aliases []string `yaml:"aliases"`       // other names of the same skill
	Related []string `yaml:"related"`       // neighbours by name: either is some evidence of the other

	Ambiguous []string `yaml:"ambiguous"` // names of this skill that need a capital or company
	Strict    []string `yaml:"strict"`    // names of this skill that need company
	Near      []string `yaml:"near"`      // words that are company
	Unless    []string `yaml:"unless"`    // phrases that hold a name and mean something else
}

// Kinds are the kinds of skill, in the order in which they are shown.
var Kinds = []string{
	"language", "framework", "data store", "messaging", "cloud", "infrastructure", "observability", "security",
	"testing", "data", "mobile", "embedded", "protocol", "tool", "practice", "soft skill", "domain", "spoken language",
}

// Parse reads a list of skills. Errors are yaml.Problems. Whether names are
// unique and neighbours exist is for New and With to say.
func Parse(file string, data []byte) ([]Skill, error) {
	var list []Skill
	if err := yaml.Decode(file, data, &list); err != nil {
		return nil, err
	}
	return list, nil
}

// check says what is wrong with the skill by itself.
func (s *Skill) check() error {
	var problems []error
	problem := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("skill %q: "+format, append([]any{s.Name}, args...)...))
	}
	if s.Kind != "" && !slices.Contains(Kinds, s.Kind) {
		problem("unknown kind %q: one of %s", s.Kind, strings.Join(Kinds, ", "))
	}
	for name := range s.names {
		if keyOf(name).text == "" {
			problem("the name %q has no letter or digit", name)
		}
	}
	for _, name := range slices.Concat(s.Ambiguous, s.Strict) {
		if !s.has(name) {
			problem("%q is guarded but is none of its names", name)
		}
	}
	return errors.Join(problems...)
}

// names yields the name and the aliases.
func (s *Skill) names(yield func(string) bool) {
	if !yield(s.Name) {
		return
	}
	for _, alias := range s.Aliases {
		if !yield(alias) {
			return
		}
	}
}

// has says whether name is a name of the skill.
func (s *Skill) has(name string) bool {
	for own := range s.names {
		if keyOf(own) == keyOf(name) {
			return true
		}
	}
	return false
}
