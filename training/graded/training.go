package graded

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/story"
)

// LoadTraining reads the training set in the folder name of fsys. Its stories have a
// title and one text, which stands in the field that proves.
func LoadTraining(fsys fs.FS, name string) (Set, error) {
	s := Set{Name: name, Claims: map[string][]string{}}
	dir, err := fs.Sub(fsys, name)
	if err != nil {
		return s, err
	}
	var told []struct {
		ID    string   `yaml:"id,required"`
		Title string   `yaml:"title,required"`
		Text  string   `yaml:"text,required"`
		Tags  []string `yaml:"tags"`
	}
	if err := decode(dir, "stories.yaml", &told); err != nil {
		return s, err
	}
	for _, t := range told {
		s.Stories = append(s.Stories, story.Story{ID: t.ID, Title: t.Title, Resolution: []string{t.Text}})
		s.Claims[t.ID] = t.Tags
	}
	if s.Questions, err = trainingQuestions(dir); err != nil {
		return s, err
	}
	s.Jobs, err = trainingJobs(dir)
	return s, err
}

func trainingQuestions(dir fs.FS) ([]Query, error) {
	var entries []struct {
		ID   string   `yaml:"id,required"`
		Text string   `yaml:"text,required"`
		Kind string   `yaml:"kind"`
		Tags []string `yaml:"tags"`
	}
	if err := decode(dir, "questions.yaml", &entries); err != nil {
		return nil, err
	}
	grades, err := listed(dir, "judgments.txt")
	var out []Query
	for _, e := range entries {
		out = append(out, Query{ID: e.ID, Text: e.Text, Grades: grades[e.ID]})
	}
	return out, err
}

func trainingJobs(dir fs.FS) ([]Query, error) {
	var entries []struct {
		ID    string `yaml:"id,required"`
		Title string `yaml:"title,required"`
		Lines []struct {
			ID   string `yaml:"id,required"`
			Kind string `yaml:"kind,required"`
			Text string `yaml:"text,required"`
		} `yaml:"lines"`
	}
	if err := decode(dir, "jobs.yaml", &entries); err != nil {
		return nil, err
	}
	grades, err := listed(dir, "job-judgments.txt")
	var out []Query
	for _, e := range entries {
		q := Query{ID: e.ID, Grades: grades[e.ID], Posting: job.Description{Title: e.Title}}
		for _, l := range e.Lines {
			q.Posting.Lines = append(q.Posting.Lines, job.Line{Text: l.Text, Kind: job.Kind(l.Kind)})
		}
		out = append(out, q)
	}
	return out, err
}

// listed reads a judgments file: a line a query, "q-01: story=3 other=2".
func listed(dir fs.FS, name string) (map[string]map[string]int, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]int{}
	for line := range strings.Lines(string(data)) {
		query, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		out[query] = map[string]int{}
		for pair := range strings.FieldsSeq(rest) {
			id, grade, _ := strings.Cut(pair, "=")
			if out[query][id], err = strconv.Atoi(grade); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, query, err)
			}
		}
	}
	return out, nil
}
