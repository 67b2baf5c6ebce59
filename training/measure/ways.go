package main

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/training/graded"
)

// fuzzyTags ranks by the story's skill tags that a word of the query matches as a
// subsequence of letters, as fuzzy finders do.
func fuzzyTags(stories []story.Story) func(graded.Query) []float64 {
	return func(q graded.Query) []float64 {
		scores := make([]float64, len(stories))
		for _, word := range text.Words(q.Text) {
			if text.Stop(word) {
				continue
			}
			for i, s := range stories {
				for _, m := range fuzzy.Find(word, s.Skills) {
					scores[i] += math.Max(float64(m.Score), 0)
				}
			}
		}
		return scores
	}
}

// bm25 is Okapi BM25 over a story's terms, with the usual k1 = 1.2 and b = 0.75.
type bm25 struct {
	terms  func(string) []string
	docs   []map[string]float64
	length []float64
	mean   float64
	found  map[string]float64 // in how many stories a term stands
}

// stemmed gives the stems of a text, unstemmed its words, stop words and all: what
// SQLite's FTS5 ranks by.
func stemmed(s string) []string   { return text.Stems(s) }
func unstemmed(s string) []string { return text.Words(s) }

func newBM25(stories []story.Story, terms func(string) []string) *bm25 {
	b := &bm25{terms: terms, found: map[string]float64{}}
	for _, s := range stories {
		words := terms(match.ProseOf(&s).Text + " " + strings.Join(s.Skills, " "))
		counts := map[string]float64{}
		for _, w := range words {
			counts[w]++
		}
		for w := range counts {
			b.found[w]++
		}
		b.docs, b.length = append(b.docs, counts), append(b.length, float64(len(words)))
		b.mean += float64(len(words)) / float64(len(stories))
	}
	return b
}

func (b *bm25) score(q graded.Query) []float64 {
	const k1, length = 1.2, 0.75
	scores := make([]float64, len(b.docs))
	for _, stem := range b.terms(q.Text) {
		idf := math.Log(1 + (float64(len(b.docs))-b.found[stem]+0.5)/(b.found[stem]+0.5))
		for i, doc := range b.docs {
			tf := doc[stem]
			scores[i] += idf * tf * (k1 + 1) / (tf + k1*(1-length+length*b.length[i]/b.mean))
		}
	}
	return scores
}

// vectors ranks by the encoder alone.
type vectors struct {
	model   *encoder.Model
	stories []encoder.Kept
}

func newVectors(v *match.Vectors, stories []story.Story) *vectors {
	texts := make([]string, len(stories))
	for i := range stories {
		texts[i] = match.ProseOf(&stories[i]).Text
	}
	return &vectors{v.Model, v.Encode(texts, "stories")}
}

// sums are the ways of adding terms up: the encoder's score as it grows.
var sums = []struct {
	name string
	of   func(*encoder.Model, encoder.Terms) float32
}{
	{"encoder, whole story", func(_ *encoder.Model, t encoder.Terms) float32 { return t.Whole }},
	{"encoder, all terms", func(m *encoder.Model, t encoder.Terms) float32 { return m.Score(t) }},
}

func (v *vectors) question(q string, sum func(*encoder.Model, encoder.Terms) float32) []float64 {
	query := v.model.Query(v.model.Encode(q).Whole)
	scores := make([]float64, len(v.stories))
	for i, k := range v.stories {
		scores[i] = float64(sum(v.model, query.Terms(k.Encoding(), k.Crowd())))
	}
	return scores
}

// sharpness of the softmax in which a line of a posting shares itself out over the
// stories that answer it.
const sharpness = 10

// job gathers the lines of a posting, each shared out over the stories.
func (v *vectors) job(q graded.Query) []float64 {
	total := make([]float64, len(v.stories))
	for _, kind := range []job.Kind{job.Must, job.Duty, job.Nice} {
		for _, l := range q.Posting.Of(kind) {
			line := v.model.Encode(l.Text).Whole.Vector
			shares, sum := make([]float64, len(v.stories)), 0.0
			for i, k := range v.stories {
				shares[i] = math.Exp(sharpness * float64(encoder.Cosine(line, k.Whole().Vector)))
				sum += shares[i]
			}
			for i := range total {
				total[i] += shares[i] / sum
			}
		}
	}
	return total
}

// tagFigures compares the three competencies that the encoder sees most surely in
// each story with those that its teller would claim.
func tagFigures(s graded.Set, vectors *match.Vectors) (f1, first float64) {
	var hits, claimed, firsts int
	for i, k := range newVectors(vectors, s.Stories).stories {
		scores := vectors.Model.StoryCompetencies(k.Whole())
		slices.SortFunc(scores, func(a, b encoder.Score) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
		})
		claims := s.Claims[s.Stories[i].ID]
		claimed += len(claims)
		for place, score := range scores[:3] {
			if slices.Contains(claims, score.ID) {
				hits++
				if place == 0 {
					firsts++
				}
			}
		}
	}
	n := len(s.Stories)
	return 2 * float64(hits) / float64(3*n+claimed), float64(firsts) / float64(n)
}
