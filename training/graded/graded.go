// Package graded reads the graded sets, in which people have said how well each story
// answers each question and each posting, and measures rankings against them.
//
// The development sets lie in pkg/match/testdata; each has a README that defines the
// grades and the figures. They are for measuring and for choosing between designs:
// nothing is ever trained on them. The training sets lie in training/data.
package graded

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// Names are the development sets, as their folders are called.
var Names = []string{"eval", "eval-2", "eval-3"}

// Set is one graded set.
type Set struct {
	Name      string
	Stories   []story.Story // sorted by id
	Questions []Query
	Jobs      []Query
	Claims    map[string][]string // by story id: the competencies its teller would claim, strongest first
}

// Query is a question or a posting with the grades of stories for it.
type Query struct {
	ID      string
	Text    string
	Grades  map[string]int  // by story id, 1 to 3; 0 where it is not there
	Posting job.Description // of a posting
	Skills  []Skill         // a development posting's gold skills
}

// Skill is a skill that a careful reader finds in a posting.
type Skill struct {
	Name   string   `yaml:"skill,required"`
	Accept []string `yaml:"accept"` // other names that count as right
	Must   bool     `yaml:"must"`
}

// Load reads the set in the folder name of fsys.
func Load(fsys fs.FS, name string) (Set, error) {
	s := Set{Name: name}
	dir, err := fs.Sub(fsys, name)
	if err != nil {
		return s, err
	}
	library, err := fs.Sub(dir, "library")
	if err != nil {
		return s, err
	}
	if s.Stories, err = story.Load(library); err != nil {
		return s, err
	}
	grades, err := judgments(dir)
	if err != nil {
		return s, err
	}
	if s.Questions, err = questions(dir, grades); err != nil {
		return s, err
	}
	if s.Jobs, err = jobs(dir, grades); err != nil {
		return s, err
	}
	s.Claims, err = claims(dir)
	return s, err
}

// LoadAll reads the three sets.
func LoadAll(fsys fs.FS) ([]Set, error) {
	var sets []Set
	for _, name := range Names {
		s, err := Load(fsys, name)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return sets, nil
}

// columns gives the tab-separated rows of a file.
func columns(dir fs.FS, name string, n int) ([][]string, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if len(row) != n {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", name, len(rows)+1, len(row), n)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func judgments(dir fs.FS) (map[string]map[string]int, error) {
	rows, err := columns(dir, "judgments.tsv", 3)
	if err != nil {
		return nil, err
	}
	grades := map[string]map[string]int{}
	for _, row := range rows {
		g, err := strconv.Atoi(row[2])
		if err != nil {
			return nil, err
		}
		if grades[row[0]] == nil {
			grades[row[0]] = map[string]int{}
		}
		grades[row[0]][row[1]] = g
	}
	return grades, nil
}

func questions(dir fs.FS, grades map[string]map[string]int) ([]Query, error) {
	var entries []struct {
		ID   string `yaml:"id,required"`
		Text string `yaml:"text,required"`
	}
	if err := decode(dir, "questions.yaml", &entries); err != nil {
		return nil, err
	}
	var out []Query
	for _, e := range entries {
		out = append(out, Query{ID: e.ID, Text: e.Text, Grades: grades[e.ID]})
	}
	return out, nil
}

func jobs(dir fs.FS, grades map[string]map[string]int) ([]Query, error) {
	files, err := fs.Glob(dir, "jobs/*.txt")
	if err != nil {
		return nil, err
	}
	var out []Query
	for _, file := range files {
		text, err := fs.ReadFile(dir, file)
		if err != nil {
			return nil, err
		}
		q := Query{ID: "jd:" + strings.TrimSuffix(path.Base(file), ".txt"), Text: string(text)}
		q.Grades = grades[q.ID]
		if q.Posting, err = job.Parse(q.Text); err != nil {
			return nil, err
		}
		if err := decode(dir, strings.TrimSuffix(file, ".txt")+".skills.yaml", &q.Skills); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

func claims(dir fs.FS) (map[string][]string, error) {
	rows, err := columns(dir, "tags.tsv", 2)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, row := range rows {
		out[row[0]] = strings.Split(row[1], ",")
	}
	return out, nil
}

func decode(dir fs.FS, file string, out any) error {
	data, err := yaml.ReadFile(dir, file)
	if err != nil {
		return err
	}
	return yaml.Decode(file, data, out)
}

// Bare gives the set with stories that claim no competency, and Claimed with those
// that their tellers would claim.
func (s Set) Bare() Set { return s.claiming(nil) }

// Claimed gives the set with the competencies that the tellers would claim.
func (s Set) Claimed() Set { return s.claiming(s.Claims) }

func (s Set) claiming(claims map[string][]string) Set {
	s.Stories = slices.Clone(s.Stories)
	for i := range s.Stories {
		s.Stories[i].Competencies = claims[s.Stories[i].ID]
	}
	return s
}

// Figures say how good rankings are, each a mean over queries, 0 to 1.
type Figures struct {
	NDCG    float64 // of the first five, gain 2^grade - 1, discount 1/log2(rank + 1)
	Success float64 // share of queries whose first story has grade 2 or 3
	MRR     float64 // one over the rank of the first story of grade 2 or 3
}

// Measure ranks stories for every query by score, higher first and ties by id, and
// compares with the grades. Queries without a graded story are left out, and those
// without one of grade 2 for Success and MRR, as the sets' READMEs say.
func Measure(queries []Query, stories []story.Story, score func(Query) []float64) Figures {
	var f Figures
	var graded, good int
	for _, q := range queries {
		if len(q.Grades) == 0 {
			continue
		}
		ranked := rank(stories, score(q))
		graded++
		f.NDCG += NDCG(grades(q, ranked), 5)
		if slices.Max(slices.Collect(maps.Values(q.Grades))) < 2 {
			continue
		}
		good++
		at := 1 + slices.IndexFunc(grades(q, ranked), func(g int) bool { return g >= 2 })
		f.MRR += 1 / float64(at)
		if at == 1 {
			f.Success++
		}
	}
	f.NDCG /= float64(max(graded, 1))
	f.MRR /= float64(max(good, 1))
	f.Success /= float64(max(good, 1))
	return f
}

// rank gives the stories' ids, best first.
func rank(stories []story.Story, scores []float64) []string {
	order := make([]int, len(stories))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(stories[a].ID, stories[b].ID))
	})
	ids := make([]string, len(order))
	for i, at := range order {
		ids[i] = stories[at].ID
	}
	return ids
}

func grades(q Query, ids []string) []int {
	out := make([]int, len(ids))
	for i, id := range ids {
		out[i] = q.Grades[id]
	}
	return out
}

// NDCG is the discounted gain of the first n grades over that of the best order.
func NDCG(ranked []int, n int) float64 {
	best := slices.Clone(ranked)
	slices.SortFunc(best, func(a, b int) int { return b - a })
	ideal := gain(best, n)
	if ideal == 0 {
		return 0
	}
	return gain(ranked, n) / ideal
}

func gain(ranked []int, n int) float64 {
	var sum float64
	for i, g := range ranked[:min(n, len(ranked))] {
		sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i+2))
	}
	return sum
}
