package practice

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// Setting is what an answer is reviewed against.
type Setting struct {
	Seconds int             // how long it took to say; 0 where nobody timed it
	WPM     int             // the pace in words a minute where nobody did; 0 means star.DefaultWPM
	Bands   star.Bands      // wanted shares; zero means star.DefaultBands
	Story   *story.Story    // the story that is told; nil for an answer on its own
	Skills  *skill.Taxonomy // by which technologies are known; nil knows none
}

// Feedback is what there is to say about an answer.
type Feedback struct {
	Words, Seconds, WPM int
	Balance             star.Balance
	Sentences           []Said
	Fillers, Hedges     []Count  // as said, most often first
	I, We               int      // how often the teller and the team are the subject
	Figures             []string // as said, each once
	Unsupported         []Claim  // in order of place; none without a story
	Missed              []Fact   // in the story's order; none without a story
	Advice              []Advice
}

// Said is a sentence of the answer with the part that it belongs to, one of the
// five of star.
type Said struct{ Text, Part string }

// Count is how often something was said.
type Count struct {
	Word  string
	Count int
}

// Claim is something that the answer says and the story does not.
type Claim struct{ Text, Reason string }

// Fact is something that the story tells and the answer does not.
type Fact struct{ Field, Text string }

// Advice is what to do better, by a rule's name.
type Advice struct{ Rule, Message string }

// Review reads an answer as a coach would. It judges what was said, not how it
// sounded; where the draft has no sentences, as a transcript may, the parts are a
// guess by the sentence as a whole.
// An empty draft, one over MaxSize and one that is no text are errors.
func Review(draft string, s Setting) (Feedback, error) {
	if err := check(draft); err != nil {
		return Feedback{}, err
	}
	s = s.filled()
	blocks := blocksOf(draft)
	var f Feedback
	for _, b := range blocks {
		f.Words += star.Words(b.text)
	}
	f.Seconds, f.WPM = s.pace(f.Words)
	var record *record
	if s.Story != nil {
		record = recordOf(*s.Story, s.Skills)
	}
	spoken := utterancesOf(blocks)
	assign(spoken, record)
	said := map[string]bool{}
	for _, u := range spoken {
		f.Sentences = append(f.Sentences, Said{u.text, u.part})
		for _, figure := range u.figures {
			if !said[figure] {
				said[figure], f.Figures = true, append(f.Figures, figure)
			}
		}
		f.I += u.count("mine")
		f.We += u.count("ours")
	}
	f.Balance = balance(spoken, f.Words)
	f.Fillers, f.Hedges = tally(spoken, fillers), tally(spoken, hedges)
	if record != nil {
		f.Unsupported = record.unsupported(spoken, s.Skills)
		f.Missed = record.missed(spoken)
	}
	f.Advice = advise(f, spoken, s)
	return f, nil
}

// MaxSize is the longest draft that is read, in bytes (256 KiB): five hours of talk.
const MaxSize = 256 << 10

func check(draft string) error {
	switch {
	case len(draft) > MaxSize:
		return errors.New("the answer is over 256 KiB, the most that is read")
	case !utf8.ValidString(draft) || strings.ContainsRune(draft, 0):
		return errors.New("the answer is not text (UTF-8)")
	case star.Words(draft) == 0:
		return errors.New("the answer is empty")
	}
	return nil
}

func (s Setting) filled() Setting {
	if s.WPM <= 0 {
		s.WPM = star.DefaultWPM
	}
	if s.Bands == (star.Bands{}) {
		s.Bands = star.DefaultBands
	}
	if s.Skills == nil {
		s.Skills = &skill.Taxonomy{}
	}
	return s
}

// pace gives the seconds that the words took and the pace that this makes: both
// as they were where the answer was timed, else by the setting's pace.
func (s Setting) pace(words int) (seconds, wpm int) {
	if s.Seconds > 0 {
		return s.Seconds, (words*60 + s.Seconds/2) / s.Seconds
	}
	return (words*60 + s.WPM - 1) / s.WPM, s.WPM
}

// balance gives the share of words of each part.
func balance(spoken []utterance, words int) star.Balance {
	var b star.Balance
	share := map[string]*float64{star.Situation: &b.Situation, star.Task: &b.Task, star.Action: &b.Action, star.Result: &b.Result, star.Reflection: &b.Reflection}
	for _, u := range spoken {
		*share[u.part] += float64(star.Words(u.text)) / float64(max(words, 1))
	}
	return b
}

// blockLabels are the headings under which people write the parts of an answer.
var blockLabels = map[string]string{
	"situation": star.Situation, "context": star.Situation, "background": star.Situation, "problem": star.Situation,
	"task": star.Task, "goal": star.Task, "action": star.Action, "actions": star.Action, "approach": star.Action,
	"result": star.Result, "results": star.Result, "outcome": star.Result, "impact": star.Result,
	"reflection": star.Reflection, "lesson": star.Reflection, "lessons": star.Reflection, "lessons learned": star.Reflection, "learning": star.Reflection,
	"learnings": star.Reflection, "takeaway": star.Reflection, "hindsight": star.Reflection,
}

// block is a stretch of a draft, under a heading or none.
type block struct{ part, text string }

// blocksOf drops the marks of Markdown and parts the draft at headings such as
// "Situation:" or "## Result", which are not said.
func blocksOf(draft string) []block {
	var blocks []block
	part, text := "", strings.Builder{}
	for line := range strings.Lines(marks.Replace(draft)) {
		line = strings.TrimLeft(line, "#> \t")
		name, rest, found := strings.Cut(line, ":")
		if !found {
			name, rest = line, ""
		}
		if next := blockLabels[strings.ToLower(strings.TrimSpace(name))]; next != "" {
			blocks = append(blocks, block{part: part, text: text.String()})
			part, line = next, rest
			text.Reset()
		}
		if line == "" {
			line = "\n"
		}
		text.WriteString(line)
	}
	return append(blocks, block{part: part, text: text.String()})
}

var marks = strings.NewReplacer("**", "", "__", "", "`", "", "\r\n", "\n", "’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "…", "...")
