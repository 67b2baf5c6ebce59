package practice_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// slot is a place of a draft of testdata/polished: what is true before the bar,
// what is false behind it, with the claim itself in brackets.
var slot = regexp.MustCompile(`\{([^{}|]*)\|([^{}|]*)\}`)

var claim = regexp.MustCompile(`\[([^\]]*)\]`)

// polished reads a draft: a story in other words, as a language model would put
// it, true and, but for a few, with three false claims. A first line may add a hindsight, for a
// story that has none.
func polished(t *testing.T, file string, s *story.Story) (honest, lying string, claims []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	draft := string(data)
	if rest, ok := strings.CutPrefix(draft, "hindsight: "); ok {
		line, body, _ := strings.Cut(rest, "\n")
		s.Hindsight, draft = append(s.Hindsight, yaml.Text{line}...), body
	}
	honest = slot.ReplaceAllString(draft, "$1")
	lying = slot.ReplaceAllString(draft, "$2")
	for _, m := range claim.FindAllStringSubmatch(lying, -1) {
		claims = append(claims, m[1])
	}
	return honest, claim.ReplaceAllString(lying, "$1"), claims
}

func TestPolishedDrafts(t *testing.T) {
	stories := load(t, "../../stories", "../match/testdata/eval/library", "../match/testdata/eval-2/library", "../match/testdata/eval-3/library")
	files, _ := filepath.Glob("testdata/polished/*.txt")
	if len(files) < 20 {
		t.Fatalf("only %d drafts", len(files))
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(id, func(t *testing.T) {
			s := stories[slices.IndexFunc(stories, func(s story.Story) bool { return s.ID == id })]
			honest, lying, claims := polished(t, file, &s)
			if len(claims) != 3 && len(claims) != 0 {
				t.Fatalf("%d claims: a draft is true, or holds a number, a technology and an act besides", len(claims))
			}
			for _, c := range review(t, honest, practice.Setting{Story: &s, Skills: skill.Default()}).Unsupported {
				t.Errorf("a true draft is doubted: %q: %s", c.Text, c.Reason)
			}
			var named []string
			for _, c := range review(t, lying, practice.Setting{Story: &s, Skills: skill.Default()}).Unsupported {
				named = append(named, c.Text)
			}
			if diff := cmp.Diff(claims, named); diff != "" {
				t.Errorf("-claims put in, +claims named:\n%s", diff)
			}
		})
	}
}
