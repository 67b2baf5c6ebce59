package match

import (
	"os"
	"testing"

	"github.com/prep-cli/prep/pkg/competency"
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
	return Knowledge{Skills: skill.Default(), Competencies: vocabulary, Bank: bank}
}
