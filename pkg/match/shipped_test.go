package match

import (
	"os"
	"sync"
	"testing"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

func shippedStories(tb testing.TB) []story.Story {
	tb.Helper()
	stories, err := story.Load(os.DirFS("../../stories"))
	if err != nil {
		tb.Fatal(err)
	}
	return stories
}

// vectors encode with the shipped encoder, each text once in all tests.
var vectors = sync.OnceValue(func() *Vectors {
	model, err := encoder.Open()
	if err != nil {
		panic(err)
	}
	store := model.Store(nil, 0)
	return &Vectors{Model: model, Encode: func(texts []string, _ string) []encoder.Kept { return store.Encode(texts, nil) }}
})

func shippedKnowledge(tb testing.TB) Knowledge {
	tb.Helper()
	vocabulary, err := competency.Default()
	if err != nil {
		tb.Fatal(err)
	}
	bank, err := question.Load(os.DirFS("../../prompts"))
	if err != nil {
		tb.Fatal(err)
	}
	return Knowledge{Skills: skill.Default(), Competencies: vocabulary, Bank: bank, Vectors: vectors()}
}
