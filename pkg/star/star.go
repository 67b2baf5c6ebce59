// Package star tells a story as a STAR answer: situation, task, action, result,
// and what was learned, in sentences that can be said out loud.
//
// Every sentence of an answer is one that the story holds, put into speech: a
// note such as "Used CloudTrail to trace activity" gets its "I", a label or a
// Markdown mark falls away, an arrow becomes a word. The words that are added
// come from short fixed lists and claim nothing; where the rules do not know a
// sentence, it stays as it was written. What others did stays theirs, and what
// hindsight names is told only as what the teller would have done.
//
// It is not a writer: it invents nothing, pads nothing and cuts no sentence.
// What is missing is a warning. It reads one story and keeps nothing, so the
// same story and options always give the same answer.
package star

import (
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/story"
)

// DefaultWPM is a calm pace of speech in words a minute, inside the 130 to 150
// that speech coaches give for talks.
const DefaultWPM = 140

// Options say for whom and how long an answer is.
type Options struct {
	Question     string        // what was asked, or empty
	Competencies []string      // ids that the question probes, strongest first
	Target       time.Duration // the longest that it may take to say; 0 for no limit
	WPM          int           // words a minute; 0 means DefaultWPM
	Bands        Bands         // wanted shares; zero means DefaultBands
}

// Band is a wanted share of an answer, both ends between 0 and 1.
type Band struct{ Low, High float64 }

// Bands are the wanted shares of the three groups of parts.
type Bands struct {
	Setup   Band // situation and task
	Action  Band
	Outcome Band // result and reflection
}

// DefaultBands is the range that university career services publish for STAR
// answers: most of it action, a short setup, an outcome that is heard.
var DefaultBands = Bands{Setup: Band{0.15, 0.35}, Action: Band{0.45, 0.70}, Outcome: Band{0.12, 0.35}}

// The parts of an answer, in the order in which they are told.
const (
	Situation  = "situation"
	Task       = "task"
	Action     = "action"
	Result     = "result"
	Reflection = "reflection"
)

// Sentence is one sentence of an answer with where it comes from.
type Sentence struct {
	Text  string
	Field string // the story's field, one of story.TextFields
	Part  string // one of the five parts
}

// Balance is the share of words that each part has; they sum to 1, or to 0 in an
// empty answer.
type Balance struct{ Situation, Task, Action, Result, Reflection float64 }

// Warning is something that the answer lacks, by a rule's name.
type Warning struct{ Rule, Message string }

// Answer is a story as it can be told.
type Answer struct {
	ID, Title, Question string
	Headline            string // one line that could open the answer; not counted below
	Situation, Task     string
	Action              string
	Result, Reflection  string
	Sentences           []Sentence // all of them, in order
	Left                []Sentence // what the time left no room for, in the story's order
	Words               int
	Target              time.Duration
	Seconds             int // at the options' pace, rounded up
	Balance             Balance
	FollowUps           []FollowUp // what is likely to be asked next, three to five
	Warnings            []Warning
}

// Compose tells s within the options. An answer never takes longer than the
// target, is never padded up to it, and is empty where not one sentence fits.
func Compose(s story.Story, o Options) Answer {
	o = o.filled()
	t := listen(s)
	lines := outline(t)
	weigh(lines, o)
	kept, left := fit(lines, o)
	a := Answer{ID: s.ID, Title: s.Title, Question: o.Question, Target: o.Target, Left: sentences(left)}
	a.Sentences = join(kept, o.limit())
	a.measure(o)
	a.Headline = headline(t, lines, o)
	a.FollowUps = followUps(t, a)
	a.Warnings = warnings(t, a, left, o)
	return a
}

func (o Options) filled() Options {
	if o.WPM <= 0 {
		o.WPM = DefaultWPM
	}
	if o.Bands == (Bands{}) {
		o.Bands = DefaultBands
	}
	return o
}

// limit is the number of words that the target has room for; -1 for no limit.
func (o Options) limit() int {
	if o.Target <= 0 {
		return -1
	}
	return int(o.Target.Seconds() * float64(o.WPM) / 60)
}

// measure fills what follows from the sentences.
func (a *Answer) measure(o Options) {
	texts, words := map[string][]string{}, map[string]int{}
	for _, s := range a.Sentences {
		texts[s.Part] = append(texts[s.Part], s.Text)
		words[s.Part] += Words(s.Text)
		a.Words += Words(s.Text)
	}
	told := func(part string) (string, float64) {
		return strings.Join(texts[part], " "), float64(words[part]) / float64(max(a.Words, 1))
	}
	a.Situation, a.Balance.Situation = told(Situation)
	a.Task, a.Balance.Task = told(Task)
	a.Action, a.Balance.Action = told(Action)
	a.Result, a.Balance.Result = told(Result)
	a.Reflection, a.Balance.Reflection = told(Reflection)
	a.Seconds = (a.Words*60 + o.WPM - 1) / o.WPM
}

// Words counts what is said as a word: a run between blanks that holds a letter
// or a digit.
func Words(s string) int {
	n := 0
	for f := range strings.FieldsSeq(s) {
		if strings.IndexFunc(f, sounds) >= 0 {
			n++
		}
	}
	return n
}

func sentences(lines []line) []Sentence {
	out := make([]Sentence, len(lines))
	for i, l := range lines {
		out[i] = l.Sentence
	}
	return out
}
