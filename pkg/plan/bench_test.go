package plan

import (
	"fmt"
	"testing"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/story"
)

// BenchmarkOf plans twelve questions for a shipped posting from libraries of growing
// size.
func BenchmarkOf(b *testing.B) {
	know, stories := shipped(b)
	d := posting(b, "backend-engineer.txt")
	for _, n := range []int{15, 1000} {
		many := make([]story.Story, n)
		for i := range many {
			many[i] = stories[i%len(stories)]
			many[i].ID = fmt.Sprintf("%s-%d", many[i].ID, i)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Of(know.ForJob(d), know, many, competency.Framework{}, 12)
			}
		})
	}
}
