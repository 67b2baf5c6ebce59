// Command frequency counts the word stems of the training sets and writes them
// to frequency.txt, which match weighs words by. It is run by go generate in
// pkg/match, and only when the training sets or the stemming change.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/pkg/yaml"
)

const (
	sets  = "../../training/data/*" // seen from pkg/match
	table = "frequency.txt"
	least = 3 // a stem in fewer texts than this is as good as unseen
)

// The files of a training set, as far as words go.
type (
	story struct {
		ID    string   `yaml:"id"`
		Title string   `yaml:"title"`
		Text  string   `yaml:"text"`
		Tags  []string `yaml:"tags"`
	}
	question struct {
		ID   string   `yaml:"id"`
		Text string   `yaml:"text"`
		Kind string   `yaml:"kind"`
		Tags []string `yaml:"tags"`
	}
	posting struct {
		ID    string `yaml:"id"`
		Title string `yaml:"title"`
		Lines []line `yaml:"lines"`
	}
	line struct {
		ID   string `yaml:"id"`
		Kind string `yaml:"kind"`
		Text string `yaml:"text"`
	}
)

func main() {
	if err := run(); err != nil {
		panic(err)
	}
}

func run() error {
	stories, questions, lines := newCount(), newCount(), newCount()
	for dir := range dirs() {
		if err := errorsOf(
			each(dir, "stories.yaml", func(s story) { stories.add(s.Title + "\n" + s.Text) }),
			each(dir, "questions.yaml", func(q question) { questions.add(q.Text) }),
			each(dir, "jobs.yaml", func(p posting) {
				for _, l := range p.Lines {
					lines.add(l.Text)
				}
			}),
		); err != nil {
			return err
		}
	}
	if stories.texts == 0 {
		return fmt.Errorf("no training set at %s", sets)
	}
	return write(stories, questions, lines)
}

func dirs() map[string]bool {
	found := map[string]bool{}
	names, _ := filepath.Glob(filepath.Join(sets, "stories.yaml")) // the pattern is a constant
	for _, n := range names {
		found[filepath.Dir(n)] = true
	}
	return found
}

func errorsOf(errs ...error) error { return cmp.Or(errs...) }

func each[T any](dir, file string, do func(T)) error {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return err
	}
	var list []T
	if err := yaml.Decode(filepath.Join(dir, file), data, &list); err != nil {
		return err
	}
	for _, v := range list {
		do(v)
	}
	return nil
}

// count is how many texts hold each stem.
type count struct {
	texts, words int
	of           map[string]int
}

func newCount() *count { return &count{of: map[string]int{}} }

func (c *count) add(s string) {
	stems := text.Stems(s)
	c.texts++
	c.words += len(stems)
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		c.of[stem]++
	}
}

func write(stories, questions, lines *count) error {
	stems := map[string]bool{}
	for _, c := range []*count{stories, questions, lines} {
		for stem, n := range c.of {
			if n >= least {
				stems[stem] = true
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("# Written by go generate: the stem of a word, then how many training stories, questions and posting lines hold it.\n" +
		"# The first two lines count the texts themselves, and their stems in all.\n")
	fmt.Fprintln(&b, "*texts", stories.texts, questions.texts, lines.texts)
	fmt.Fprintln(&b, "*stems", stories.words, questions.words, lines.words)
	for _, stem := range slices.Sorted(maps.Keys(stems)) {
		fmt.Fprintln(&b, stem, stories.of[stem], questions.of[stem], lines.of[stem])
	}
	return os.WriteFile(table, b.Bytes(), 0o644)
}
