package match

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/text"
)

//go:generate go run ./internal/frequency

//go:embed frequency.txt
var frequencyTable string

// BM25F, as Robertson and Zaragoza describe it: a stem's counts in the fields are
// weighted and added, then flattened once.
const (
	k1          = 1.2 // how soon a repeated stem adds no more
	lengthShare = 0.4 // b: how far long stories are held against their length; the bulk of ours differ in detail, not in wordiness
	titleWeight = 2.0 // a title is chosen to say what the story is about
	tagWeight   = 1.5 // so is a tag, but it may be a wish
)

// corpus says which of the training texts are meant.
type corpus int

const (
	inStories corpus = iota
	inQuestions
	inPostings
)

// frequencies is in how many training texts of each corpus a stem occurs.
type frequencies struct {
	texts, stems [3]float64
	of           map[string][3]float64
}

var frequency = sync.OnceValue(func() *frequencies {
	f := &frequencies{of: make(map[string][3]float64, strings.Count(frequencyTable, "\n"))}
	for line := range strings.Lines(frequencyTable) {
		stem, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch stem {
		case "#":
		case "*texts":
			f.texts = counts(rest)
		case "*stems":
			f.stems = counts(rest)
		default:
			f.of[stem] = counts(rest)
		}
	}
	return f
})

func counts(s string) (n [3]float64) {
	for i := range n {
		field, rest, _ := strings.Cut(s, " ")
		n[i], _ = strconv.ParseFloat(field, 64) // the table is generated, and a test reads it whole
		s = rest
	}
	return n
}

// rarity is how little common a stem is in a corpus: 1 for one never seen, near 0
// for one that every text holds.
func (f *frequencies) rarity(stem string, in corpus) float64 {
	n := f.texts[in]
	return math.Log((n+1)/(f.of[stem][in]+0.5)) / math.Log((n+1)/0.5)
}

// meanLength is how many stems a training story holds.
func (f *frequencies) meanLength() float64 { return f.stems[inStories] / f.texts[inStories] }

// term is a stem of a query with its weight.
type term struct {
	stem   string
	number uint64
	weight float64
}

// terms gives the stems of a query's text, each once, with their weights, sorted:
// the rarer in stories and the rarer in texts that ask, the more.
func terms(s string, asked corpus) []term {
	f := frequency()
	return weigh(text.Stems(s), func(stem string) float64 { return f.rarity(stem, inStories) * f.rarity(stem, asked) })
}

// weigh gives stems with their weights, each once, sorted.
func weigh(stems []string, weight func(stem string) float64) []term {
	slices.Sort(stems)
	stems = slices.Compact(stems)
	out := make([]term, len(stems))
	for i, stem := range stems {
		out[i] = term{stem, number(stem), weight(stem)}
	}
	return out
}

// A stemmer stems words and remembers them: prose repeats itself.
type stemmer map[string]string

// stem gives the stem of a word, "" for a stop word.
func (m stemmer) stem(word string) string {
	stem, known := m[word]
	if !known {
		if !text.Stop(word) {
			stem = text.Stem(word)
		}
		m[word] = stem
	}
	return stem
}

// stems gives the stems of the words of s in order, without stop words; shorthand
// gives those of what it stands for.
func (m stemmer) stems(s string) []string {
	var out []string
	for _, t := range text.Tokens(s) {
		if long := longhand(t.Of(s), t.Text); long != "" {
			out = append(out, m.stems(long)...)
		} else if stem := m.stem(t.Text); stem != "" {
			out = append(out, stem)
		}
	}
	return out
}

// held is how much of the query's terms a story holds, each at most its weight.
func (c *card) held(query []term) float64 {
	var sum float64
	for _, t := range query {
		if tf := c.weight(t.number); tf > 0 {
			sum += t.weight * tf / (k1 + tf)
		}
	}
	return sum
}

// present is the weight of the query's terms that a story holds at all.
func (c *card) present(query []term) float64 {
	var sum float64
	for _, t := range query {
		if c.weight(t.number) > 0 {
			sum += t.weight
		}
	}
	return sum
}

// mass is the weight of all terms.
func mass(terms []term) float64 {
	var sum float64
	for _, t := range terms {
		sum += t.weight
	}
	return sum
}
