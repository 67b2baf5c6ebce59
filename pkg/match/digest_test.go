package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/story"
)

// What is ranked by digests that were kept is what is ranked by fresh ones.
func TestShelve(t *testing.T) {
	k := shippedKnowledge(t)
	stories := shippedStories(t)
	var all []*story.Story
	for i := range stories {
		all = append(all, &stories[i])
	}
	entries := make([]Entry, len(stories))
	for i, digest := range k.Digests(all) {
		entries[i] = Entry{stories[i].ID, digest, func() *story.Story { return all[i] }}
	}
	for _, q := range []Query{k.ForQuestion("When did you last use Redis or a queue?"), k.ForJob(posting(t))} {
		if diff := cmp.Diff(k.Rank(q, stories, 0), k.Shelve(entries).Rank(q, 0)); diff != "" {
			t.Errorf("(-fresh +kept):\n%s", diff)
		}
	}
	for i := range entries {
		entries[i].Digest = entries[i].Digest[:7*i]
	}
	q := k.ForQuestion("Tell me about a serious mistake")
	if diff := cmp.Diff(k.Rank(q, stories, 0), k.Shelve(entries).Rank(q, 0)); diff != "" {
		t.Errorf("digests that are none are made again (-fresh +kept):\n%s", diff)
	}
}

// FuzzDigest holds that a digest of any bytes is refused, or ranks with a score of 0 to
// 1 and without reading beyond its end.
func FuzzDigest(f *testing.F) {
	k := shippedKnowledge(f)
	k.Vectors = nil
	stories := shippedStories(f)[:3]
	for i := range stories {
		f.Add(k.Digests([]*story.Story{&stories[i]})[0])
	}
	a := newAsk(k.ForQuestion("When did Redis lose the sessions of two customers?"), k)
	f.Fuzz(func(t *testing.T, digest []byte) {
		var c card
		if !c.take(digest) {
			return
		}
		p := a.parts(&c, new(encoder.Encoding))
		if s := a.weights.Score(a.asked, p); s < 0 || s > 1 {
			t.Errorf("score %v of %+v", s, p)
		}
	})
}
