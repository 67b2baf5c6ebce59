package star_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// The answers to the stories that ship, at two minutes. Whoever changes one reads
// it aloud: it has to sound like a person.
func TestGoldenAnswers(t *testing.T) {
	stories, err := story.Load(os.DirFS("../../stories"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		file := filepath.Join("testdata", "golden", s.ID+".txt")
		got := page(star.Compose(s, star.Options{Target: 2 * time.Minute}))
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
}

// page shows an answer as it is said, then what is asked next.
func page(a star.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", a.Headline)
	for _, part := range []string{a.Situation, a.Task, a.Action, a.Result, a.Reflection} {
		if part != "" {
			fmt.Fprintf(&b, "%s\n\n", part)
		}
	}
	for _, f := range a.FollowUps {
		fmt.Fprintf(&b, "? %s [%s]\n", f.Text, f.Field)
	}
	return b.String()
}
