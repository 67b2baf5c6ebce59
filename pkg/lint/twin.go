package lint

import (
	"hash/fnv"
	"math"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
)

// twin is the story that another is most like.
type twin struct {
	id    string
	share float64 // of the two stories' phrases, those that both have: 0 to 1
}

// nearDuplicate reports a story that is nearly another.
func nearDuplicate(s *subject, report report) {
	if s.twin.share >= alike {
		report(whole("title"), "nearly the same story as %s: %d%% of their phrases are the same", s.twin.id, int(math.Round(100*s.twin.share)))
	}
}

// How near-duplicates are found. Two stories are as alike as the phrases of three
// words that both hold are many among all that either holds (Jaccard's measure).
// So as not to compare each with each, one phrase in sampled of every story is
// looked up in an index that keeps the first few stories of a phrase, and only
// stories that meet there are compared in full: linear in the library, and of a
// hundred copies each still meets the first.
const (
	phrase  = 3
	sampled = 4
	keep    = 4
	fewest  = 12  // phrases; less is too little to judge by
	alike   = 0.5 // two tellings of one incident in other words share under a tenth
)

// twins gives each story's nearest neighbour, if any.
func twins(stories []story.Story) []twin {
	out := make([]twin, len(stories))
	phrases := make([]map[uint64]bool, len(stories))
	index := map[uint64][]int{}
	for i := range stories {
		phrases[i] = phrasesOf(&stories[i])
		for _, j := range met(phrases[i], index, i) {
			share := jaccard(phrases[i], phrases[j])
			if share > out[i].share {
				out[i] = twin{stories[j].ID, share}
			}
			if share > out[j].share {
				out[j] = twin{stories[i].ID, share}
			}
		}
	}
	return out
}

// met gives the stories that meet story i in the index, each once, and puts i there.
func met(phrases map[uint64]bool, index map[uint64][]int, i int) []int {
	if len(phrases) < fewest {
		return nil
	}
	shared := map[int]int{}
	looked := 0
	for p := range phrases {
		if p%sampled != 0 {
			continue
		}
		looked++
		at := index[p]
		for _, j := range at {
			shared[j]++
		}
		if len(at) < keep {
			index[p] = append(at, i)
		}
	}
	var out []int
	for j, n := range shared {
		if n*5 >= looked { // half of all phrases shared leaves a fifth of a sample in all but freak cases
			out = append(out, j)
		}
	}
	return out
}

// phrasesOf gives the hashes of the phrases of a story's texts.
func phrasesOf(s *story.Story) map[uint64]bool {
	out := map[uint64]bool{}
	for _, field := range story.TextFields {
		words := text.Words(strings.Join(s.Text(field), "\n"))
		for i := range len(words) - phrase + 1 {
			h := fnv.New64a()
			for _, w := range words[i : i+phrase] {
				h.Write([]byte(w + " "))
			}
			out[h.Sum64()] = true
		}
	}
	return out
}

func jaccard(a, b map[uint64]bool) float64 {
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	return float64(both) / float64(max(len(a)+len(b)-both, 1))
}
