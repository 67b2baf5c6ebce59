// Command bank encodes the questions of the bank into questions.bin, which the
// encoder carries. It is run by go generate in pkg/encoder, when the bank or the
// model has changed.
package main

import (
	"fmt"
	"os"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/prompts"
)

func main() {
	if err := run("questions.bin"); err != nil {
		fmt.Fprintln(os.Stderr, "bank:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	texts, err := texts()
	if err != nil {
		return err
	}
	model, err := encoder.Open()
	if err != nil {
		return err
	}
	return os.WriteFile(file, model.Ship(texts), 0o644)
}

func texts() ([]string, error) {
	questions, err := question.Load(prompts.FS)
	out := make([]string, len(questions))
	for i, q := range questions {
		out[i] = q.Text
	}
	return out, err
}
