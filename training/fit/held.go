package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/training/graded"
)

// foreign is the kind of a question that no story answers.
const foreign = "foreign"

// query is a question or a posting put to the stories of one set.
type query struct {
	set, kind, id string
	asked         match.Asked
	stories       []candidate
}

// candidate is a story as a query sees it, claiming its teller's competencies
// (Parts) and claiming none (inferred stands for Parts.Competencies).
type candidate struct {
	match.Parts
	inferred float64
	accepted bool // graded 2 or 3
}

// knowledge is what prep knows, with the vectors of a model.
func knowledge(model *encoder.Model) (match.Knowledge, error) {
	vocabulary, err := competency.Default()
	k := match.Knowledge{Skills: skill.Default(), Competencies: vocabulary}
	if model != nil {
		store := model.Store(nil, 0)
		k.Vectors = &match.Vectors{Model: model, Encode: func(t []string, _ string) []encoder.Kept { return store.Encode(t, nil) }}
	}
	return k, err
}

// measure writes what the model makes of the held sets.
func measure(file string, data fs.FS, out string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	model, err := encoder.Load(content)
	if err != nil {
		return err
	}
	k, err := knowledge(model)
	if err != nil {
		return err
	}
	strangers, err := graded.LoadForeign(data)
	if err != nil {
		return err
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, head)
	for _, name := range held {
		s, err := graded.LoadTraining(data, name)
		if err != nil {
			return err
		}
		for _, q := range look(k, s, graded.To(name, strangers)) {
			fmt.Fprintln(w, q)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

const head = `# What fit -model measured on training sets, by a model trained without them. A line a query: set, kind, id, then what it
# asks for (words, skills, familiar), then a story each: meaning, words, passage, skills, competencies claimed, inferred, unmet; + if accepted.
`

// look puts all queries of a set, and foreign ones, to its stories.
func look(k match.Knowledge, s graded.Set, strangers []graded.Query) []query {
	claimed, bare := s.Claimed(), s.Bare()
	with, without := k.Read(claimed.Stories), k.Read(bare.Stories)
	var out []query
	add := func(kind string, g graded.Query, q match.Query) {
		asked, parts := with.Look(q)
		_, less := without.Look(q)
		row := query{set: s.Name, kind: kind, id: g.ID, asked: asked}
		for i, p := range parts {
			row.stories = append(row.stories, candidate{p, less[i].Competencies, g.Grades[s.Stories[i].ID] >= 2})
		}
		out = append(out, row)
	}
	for _, g := range s.Questions {
		add(match.KindQuestion, g, k.ForQuestion(g.Text))
	}
	for _, g := range strangers {
		add(foreign, g, k.ForQuestion(g.Text))
	}
	for _, g := range s.Jobs {
		add(match.KindJob, g, k.ForJob(g.Posting))
	}
	return out
}

// String is the query's line.
func (q query) String() string {
	fields := []string{q.set, q.kind, q.id, figures(q.asked.Words, q.asked.Skills, q.asked.Familiar)}
	for _, s := range q.stories {
		mark := ""
		if s.accepted {
			mark = "+"
		}
		fields = append(fields, figures(s.Meaning, s.Words, s.Passage, s.Skills, s.Competencies, s.inferred, s.Unmet)+mark)
	}
	return strings.Join(fields, "\t")
}

// figures writes numbers to a thousandth, as short as may be.
func figures(all ...float64) string {
	var out []string
	for _, x := range all {
		out = append(out, strconv.FormatFloat(math.Round(1000*x)/1000, 'g', -1, 64))
	}
	return strings.Join(out, " ")
}

// parse reads the lines back.
func parse(s string) ([]query, error) {
	var out []query
	n := 0
	for line := range strings.Lines(s) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) < 5 {
			return nil, fmt.Errorf("%d: no query with its stories", n)
		}
		q := query{set: fields[0], kind: fields[1], id: fields[2]}
		asked, err := numbers(fields[3], 3)
		if err != nil {
			return nil, fmt.Errorf("%d: %w", n, err)
		}
		q.asked = match.Asked{Words: asked[0], Skills: asked[1], Familiar: asked[2]}
		for _, f := range fields[4:] {
			told, accepted := strings.CutSuffix(f, "+")
			x, err := numbers(told, 7)
			if err != nil {
				return nil, fmt.Errorf("%d: %w", n, err)
			}
			q.stories = append(q.stories, candidate{match.Parts{Meaning: x[0], Words: x[1], Passage: x[2], Skills: x[3], Competencies: x[4], Unmet: x[6]}, x[5], accepted})
		}
		out = append(out, q)
	}
	return out, nil
}

func numbers(s string, n int) ([]float64, error) {
	fields := strings.Fields(s)
	if len(fields) != n {
		return nil, fmt.Errorf("%d numbers in %q, want %d", len(fields), s, n)
	}
	out := make([]float64, n)
	for i, f := range fields {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil, err
		}
		out[i] = x
	}
	return out, nil
}

// of gives the queries of some kinds.
func of(all []query, kinds ...string) []query {
	return slices.DeleteFunc(slices.Clone(all), func(q query) bool { return !slices.Contains(kinds, q.kind) })
}
