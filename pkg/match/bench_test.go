package match

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/story"
)

// many gives n stories of about 2 KiB, made of the shipped ones.
func many(tb testing.TB, n int) []story.Story {
	tb.Helper()
	shipped := shippedStories(tb)
	out := make([]story.Story, n)
	for i := range out {
		s := shipped[i%len(shipped)]
		s.ID = fmt.Sprintf("%s-%d", s.ID, i)
		s.Context = append(slices.Clip(s.Context), shipped[(i/7)%len(shipped)].Lessons...)
		s.Lessons = append(slices.Clip(s.Lessons), shipped[(i+3)%len(shipped)].Problem...)
		out[i] = s
	}
	return out
}

func posting(tb testing.TB) job.Description {
	tb.Helper()
	data, err := os.ReadFile("../../prompts/jobs/backend-engineer.txt")
	if err != nil {
		tb.Fatal(err)
	}
	d, err := job.Parse(string(data))
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// keptVectors are vectors that encode nothing: the shipped stories' encodings stand in for
// those of any text, as if they had been kept.
func keptVectors(tb testing.TB) *Vectors {
	tb.Helper()
	var prose []string
	for _, s := range shippedStories(tb) {
		prose = append(prose, ProseOf(&s).Text)
	}
	encodings := vectors().Encode(prose, "stories")
	return &Vectors{Model: vectors().Model, Encode: func(texts []string, _ string) []encoder.Kept {
		out := make([]encoder.Kept, len(texts))
		for i := range out {
			out[i] = encodings[i%len(encodings)]
		}
		return out
	}}
}

// BenchmarkRank reads and ranks libraries of growing size for a question and for a
// posting of 300 words; the time a story takes (ns/story) must not grow with their
// number.
func BenchmarkRank(b *testing.B) {
	k := Knowledge{Skills: skill.Default(), Vectors: keptVectors(b)}
	for _, q := range []Query{k.ForQuestion("Tell me about a time you made a serious mistake"), k.ForJob(posting(b))} {
		for _, n := range []int{15, 1000, 10000} {
			stories := many(b, n)
			b.Run(fmt.Sprint(q.Kind, "-", n), func(b *testing.B) {
				for b.Loop() {
					k.Rank(q, stories, 10)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/story")
			})
		}
	}
}

func BenchmarkForJob(b *testing.B) {
	k := shippedKnowledge(b)
	d := posting(b)
	for b.Loop() {
		k.ForJob(d)
	}
}

func BenchmarkForQuestion(b *testing.B) {
	k := shippedKnowledge(b)
	for b.Loop() {
		k.ForQuestion("Tell me about a time you made a serious mistake")
	}
}
