// Command measure prints how well the Go program ranks the stories of the
// development sets, how well it tells that none fits, and how well it reads skills
// out of postings, beside the usual ways in the same run.
//
//	go run ./training/measure
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/training/graded"
)

func main() {
	folder := flag.String("sets", "pkg/match/testdata", "the `folder` of the development sets")
	flag.Parse()
	if err := run(os.Stdout, *folder); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, folder string) error {
	sets, err := graded.LoadAll(os.DirFS(folder))
	if err != nil {
		return err
	}
	foreign, err := graded.LoadForeign(os.DirFS(folder))
	if err != nil {
		return err
	}
	forms, err := graded.LoadForms(os.DirFS(folder))
	if err != nil {
		return err
	}
	know, err := knowledge()
	if err != nil {
		return err
	}
	reports := make([]report, len(sets))
	for i, s := range sets {
		reports[i] = measure(s, know)
	}
	fmt.Fprint(w, "nDCG@5 / success@1 / MRR\n\n")
	sayRankings(w, reports)
	fmt.Fprint(w, "\nquestions said in another form, all three sets: nDCG@5 / success@1, and of the same questions as they are\n\n")
	sayForms(w, sets, forms, know)
	fmt.Fprint(w, "\nno story fits: share of foreign questions refused / of answerable ones\n\n")
	sayRefusals(w, sets, foreign, know)
	fmt.Fprint(w, "\nskills of postings: precision / recall / F1 / must or nice right\n\n")
	saySkills(w, sets, know)
	fmt.Fprint(w, "\nstory tags: micro-F1 of the three strongest / share whose strongest is claimed\n\n")
	for _, s := range sets {
		f1, first := tagFigures(s, know.Vectors)
		fmt.Fprintf(w, "%-44s  %.3f/%.3f\n", s.Name, f1, first)
	}
	return nil
}

// knowledge is what the program knows when it matches.
func knowledge() (match.Knowledge, error) {
	model, err := encoder.Open()
	if err != nil {
		return match.Knowledge{}, err
	}
	store := model.Store(nil, 0)
	vocabulary, err := competency.Default()
	return match.Knowledge{Skills: skill.Default(), Competencies: vocabulary, Vectors: &match.Vectors{
		Model: model, Encode: func(texts []string, _ string) []encoder.Kept { return store.Encode(texts, nil) },
	}}, err
}

// report is the figures of one set, a line a way of ranking.
type report []line

type line struct {
	name    string
	figures graded.Figures
}

// sayRankings prints the reports side by side.
func sayRankings(w io.Writer, reports []report) {
	for i, first := range reports[0] {
		fmt.Fprintf(w, "%-44s", first.name)
		var mean float64
		for _, r := range reports {
			f := r[i].figures
			fmt.Fprintf(w, "  %.3f/%.3f/%.3f", f.NDCG, f.Success, f.MRR)
			mean += f.NDCG / float64(len(reports))
		}
		fmt.Fprintf(w, "  mean nDCG %.3f\n", mean)
	}
}

func measure(s graded.Set, know match.Knowledge) report {
	var r report
	add := func(name string, queries []graded.Query, score func(graded.Query) []float64) {
		r = append(r, line{name, graded.Measure(queries, s.Stories, score)})
	}
	words, plain, vectors := newBM25(s.Stories, stemmed), newBM25(s.Stories, unstemmed), newVectors(know.Vectors, s.Stories)
	bare, claimed := newMatcher(know, s.Bare()), newMatcher(know, s.Claimed())
	add("questions: fuzzy tags", s.Questions, fuzzyTags(s.Stories))
	add("questions: BM25 of words, as FTS5 has it", s.Questions, plain.score)
	add("questions: BM25 of stems", s.Questions, words.score)
	for _, sum := range sums {
		add("questions: "+sum.name, s.Questions, func(q graded.Query) []float64 { return vectors.question(q.Text, sum.of) })
	}
	add("questions: prep", s.Questions, bare.question(match.QuestionWeights()))
	for _, part := range parts {
		add("questions: prep without "+part.name, s.Questions, bare.question(part.without(match.QuestionWeights())))
	}
	add("questions: prep, competencies claimed", s.Questions, claimed.question(match.QuestionWeights()))
	add("jobs: fuzzy tags", s.Jobs, fuzzyTags(s.Stories))
	add("jobs: BM25 of words, as FTS5 has it", s.Jobs, plain.score)
	add("jobs: BM25 of stems", s.Jobs, words.score)
	add("jobs: encoder, line by line", s.Jobs, vectors.job)
	add("jobs: prep", s.Jobs, bare.job(match.JobWeights()))
	for _, part := range parts[:3] {
		add("jobs: prep without "+part.name, s.Jobs, bare.job(part.without(match.JobWeights())))
	}
	return r
}
