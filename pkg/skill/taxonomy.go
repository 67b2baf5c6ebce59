package skill

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:generate go test -run ^TestGenerated$ -update

// A Taxonomy knows skills by their names. Its zero value knows none. It is safe
// for use by several goroutines.
type Taxonomy struct {
	skills  []Skill
	words   table // names of one word
	phrases table // names of several words, and what is no name
}

// Default is the shipped taxonomy.
var Default = sync.OnceValue(func() *Taxonomy {
	return &Taxonomy{
		skills:  shipped[:],
		words:   table{shippedWords[:], shippedWordsHeads[:]},
		phrases: table{shippedPhrases[:], shippedPhrasesHeads[:]},
	}
})

// New makes a taxonomy of skills. An unknown kind, a name that two skills share,
// a neighbour that does not exist and a guard for a name that the skill has not
// are errors, all of them joined.
func New(skills []Skill) (*Taxonomy, error) { return (&Taxonomy{}).With(skills...) }

// With gives the taxonomy with more skills, or itself where there are none. A skill
// whose name the taxonomy has extends it: aliases and neighbours are added to the
// old ones, kind and guards replace them where given. An alias that another skill
// had goes over to the new one. Errors are those of New.
func (t *Taxonomy) With(own ...Skill) (*Taxonomy, error) {
	if len(own) == 0 {
		return t, nil
	}
	out := &Taxonomy{skills: slices.Clone(t.skills)}
	at := make([]int, len(own))
	var problems []error
	for i := range own {
		problems = append(problems, own[i].check())
		at[i] = out.put(t, own[i])
	}
	problems = append(problems, out.index(t, at), out.relate(at))
	return out, errors.Join(problems...)
}

// put adds s, or extends the skill of its name in the taxonomy old, and gives
// its place.
func (t *Taxonomy) put(old *Taxonomy, s Skill) int {
	i, ok := old.named(s.Name)
	if !ok {
		t.skills = append(t.skills, s)
		return len(t.skills) - 1
	}
	had := &t.skills[i]
	had.Aliases = union(had.Aliases, s.Aliases)
	had.Related = union(had.Related, s.Related)
	had.Unless = union(had.Unless, s.Unless)
	had.Near = union(had.Near, s.Near)
	if s.Kind != "" {
		had.Kind = s.Kind
	}
	if len(s.Ambiguous)+len(s.Strict) > 0 {
		had.Ambiguous, had.Strict = s.Ambiguous, s.Strict
	}
	return i
}

// union gives the strings of both lists, leaving both as they are.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// named gives the place of the skill whose own name is name.
func (t *Taxonomy) named(name string) (int, bool) {
	p, ok := t.lookup(name)
	if !ok || keyOf(t.skills[p.skill].Name) != keyOf(name) {
		return 0, false
	}
	return int(p.skill), true
}

// index makes the tables: those of old, less what the skills at the given places
// now say themselves.
func (t *Taxonomy) index(old *Taxonomy, at []int) error {
	var problems []error
	owner := map[string]phrase{}
	var fresh []phrase
	for _, p := range t.phrasesAt(at) {
		if other, ok := owner[p.key]; ok && other.skill != p.skill && p.name >= 0 {
			problems = append(problems, fmt.Errorf("skill %q: the name %q is also one of %q", t.skills[p.skill].Name, p.of(t), t.skills[other.skill].Name))
		}
		if p.name >= 0 {
			owner[p.key] = p
		}
		fresh = append(fresh, p)
	}
	stale := func(p phrase) bool {
		_, taken := owner[p.key]
		return taken || slices.Contains(at, int(p.skill))
	}
	several := func(p phrase) bool { return p.words > 1 }
	one := func(p phrase) bool { return p.words == 1 }
	t.words = tableOf(without(old.words.phrases, stale), without(fresh, several))
	t.phrases = tableOf(without(old.phrases.phrases, stale), without(fresh, one))
	return errors.Join(problems...)
}

// phrasesAt gives the phrases of the skills at the given places.
func (t *Taxonomy) phrasesAt(at []int) []phrase {
	var out []phrase
	for _, i := range at {
		out = append(out, phrasesOf(&t.skills[i], i)...)
	}
	return out
}

func without(phrases []phrase, drop func(phrase) bool) []phrase {
	return slices.DeleteFunc(slices.Clone(phrases), drop)
}

// of gives the phrase as the taxonomy writes it.
func (p *phrase) of(t *Taxonomy) string {
	switch s := &t.skills[p.skill]; {
	case p.name == 0:
		return s.Name
	case p.name > 0:
		return s.Aliases[p.name-1]
	}
	return p.key
}

// relate makes the neighbours of the skills at the given places mutual.
func (t *Taxonomy) relate(at []int) error {
	var problems []error
	for _, i := range at {
		s := &t.skills[i]
		names := make([]string, 0, len(s.Related))
		for _, name := range s.Related {
			p, ok := t.lookup(name)
			if !ok {
				problems = append(problems, fmt.Errorf("skill %q: the related skill %q is not in the taxonomy", s.Name, name))
				continue
			}
			other := &t.skills[p.skill]
			names = append(names, other.Name)
			other.Related = union(other.Related, []string{s.Name})
		}
		s.Related = names
	}
	return errors.Join(problems...)
}

// Skills gives the skills, in the taxonomy's order.
func (t *Taxonomy) Skills() []Skill { return slices.Clone(t.skills) }

// Related gives the neighbours of a skill by their usual names, none for a name
// that the taxonomy does not know.
func (t *Taxonomy) Related(name string) []string {
	s, _ := t.Find(name)
	return slices.Clone(s.Related)
}

// Find gives the skill that a tag names, however it is spelled: "postgres",
// "PostgreSQL 14", "k8s", "React.js", "Amazon Web Services (AWS)". A tag that
// says more than a name ("CloudTrail log analysis") is for Mentions.
func (t *Taxonomy) Find(name string) (Skill, bool) {
	if p, ok := t.lookup(name); ok {
		return t.skills[p.skill], true
	}
	if open := strings.IndexByte(name, '('); open > 0 {
		return t.Find(name[:open])
	}
	return Skill{}, false
}

// lookup gives the phrase that is the whole of name, a version behind it aside.
func (t *Taxonomy) lookup(name string) (*phrase, bool) {
	tokens := tokenise(name, nil)
	for n := len(tokens); n > 0; n-- {
		m := t.longest(tokens[:n], 0)
		if m.phrase != nil && m.end == n && m.name >= 0 {
			return m.phrase, true
		}
		if !version(tokens[n-1].word) {
			break
		}
	}
	return nil, false
}

// version says whether a word is a version: "14", "v2", "3x".
func version(word string) bool {
	word = strings.TrimSuffix(strings.TrimPrefix(word, "v"), "x")
	return strings.Trim(word, "0123456789") == ""
}
