// Command fit fits the weights of a story's score (match.Weights) on training sets,
// and prints how reliable the scores are.
//
//	go run ./training/fit                          # fits on training/fit/held.tsv
//	go run ./training/fit -model held/model.bin    # measures the parts first, and writes that file
//
// An encoder knows the stories that it was trained on by heart; their scores would
// look too good. So the parts are measured on twelve training sets by a model that
// was trained without them (train.py --without, see README.md), and kept in held.tsv.
// Every story is put to the question twice: claiming its teller's competencies, and
// claiming none. Forty questions that no story answers are put to the same stories.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/prep-cli/prep/pkg/match"
)

// held are the training sets that the parts are measured on.
var held = []string{"b2", "d2", "f2", "h2", "j2", "l2", "n2", "p2", "r2", "t2", "v2", "x2"}

func main() {
	model := flag.String("model", "", "measure the parts with this model `file`, trained without the held sets")
	parts := flag.String("parts", "training/fit/held.tsv", "the `file` of measured parts")
	data := flag.String("data", "training/data", "the `folder` of the training sets")
	flag.Parse()
	if err := run(os.Stdout, *model, *parts, *data); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, model, parts, data string) error {
	if model != "" {
		if err := measure(model, os.DirFS(data), parts); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(parts)
	if err != nil {
		return err
	}
	asked, err := parse(string(text))
	if err != nil {
		return fmt.Errorf("%s:%w", parts, err)
	}
	questions, jobs := fitQuestions(asked), fitJobs(asked)
	fmt.Fprintf(w, "questions  %+v\njobs       %+v\n", questions, jobs)
	for _, kind := range []string{match.KindQuestion, match.KindJob} {
		shipped := match.QuestionWeights()
		if kind == match.KindJob {
			shipped = match.JobWeights()
		}
		fmt.Fprintf(w, "\n%ss, with the weights that match carries: score / share accepted (pairs)\n", kind)
		for _, bin := range reliability(asked, kind, shipped) {
			fmt.Fprintf(w, "  %.2f  %.2f  (%d)\n", bin.score, bin.accepted, bin.pairs)
		}
	}
	return nil
}
