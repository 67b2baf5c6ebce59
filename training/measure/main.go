// Command measure prints how well the Go program ranks the stories of the
// development sets: nDCG@5, success@1 and MRR of the encoder alone, term by term,
// beside fuzzy tags and plain BM25 in the same run.
//
//	go run ./training/measure
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/prep-cli/prep/pkg/encoder"
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
	model, err := encoder.Open()
	if err != nil {
		return err
	}
	reports := make([]report, len(sets))
	for i, s := range sets {
		reports[i] = measure(s, model)
	}
	fmt.Fprint(w, "nDCG@5 / success@1 / MRR\n\n")
	for i := range reports[0] {
		fmt.Fprintf(w, "%-34s", reports[0][i].name)
		var mean float64
		for _, r := range reports {
			f := r[i].figures
			fmt.Fprintf(w, "  %.3f/%.3f/%.3f", f.NDCG, f.Success, f.MRR)
			mean += f.NDCG / float64(len(reports))
		}
		fmt.Fprintf(w, "  mean nDCG %.3f\n", mean)
	}
	return tags(w, sets, model)
}

// report is the figures of one set, a line a way of ranking.
type report []line

type line struct {
	name    string
	figures graded.Figures
}

func measure(s graded.Set, model *encoder.Model) report {
	var r report
	add := func(name string, queries []graded.Query, score func(graded.Query) []float64) {
		r = append(r, line{name, graded.Measure(queries, s.Stories, score)})
	}
	words, vectors := newBM25(s.Stories), newVectors(model, s.Stories)
	add("questions: fuzzy tags", s.Questions, fuzzyTags(s.Stories))
	add("questions: BM25", s.Questions, words.score)
	for _, sum := range sums {
		add("questions: "+sum.name, s.Questions, func(q graded.Query) []float64 { return vectors.question(q.Text, sum.of) })
	}
	add("jobs: fuzzy tags", s.Jobs, fuzzyTags(s.Stories))
	add("jobs: BM25", s.Jobs, words.score)
	add("jobs: encoder, line by line", s.Jobs, vectors.job)
	return r
}

// tags prints how well the encoder's three strongest competencies of a story agree
// with those its teller would claim.
func tags(w io.Writer, sets []graded.Set, model *encoder.Model) error {
	fmt.Fprint(w, "\nstory tags: micro-F1 of the three strongest / share whose strongest is claimed\n\n")
	for _, s := range sets {
		f1, first := tagFigures(s, model)
		if _, err := fmt.Fprintf(w, "%-34s  %.3f/%.3f\n", s.Name, f1, first); err != nil {
			return err
		}
	}
	return nil
}
