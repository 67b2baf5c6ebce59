package star

import (
	"github.com/prep-cli/prep/pkg/text"
)

// What a sentence gives an answer is a sum of reasons:
//
//	its field       how much a listener loses without it, and less for each
//	                further sentence of the same field
//	act             the teller's own deed
//	turning point   where the cause came to light or the plan changed
//	figure          a number, above all in the result
//	angle           the field that shows what the question probes, and the
//	                question's own words
//
// The values order sentences and mean nothing else.
var fieldValue = map[string]float64{
	"problem": 6, "context": 3, "task": 7, "investigation": 4, "root_cause": 7, "resolution": 5, "impact": 7, "lessons": 5, "hindsight": 3,
}

const (
	jobValue     = 2.0 // the job that the story does not name
	perOpening   = 1.0 // the sentence that the problem opens with
	perFurther   = 1.0 // lost by each further sentence of a field, up to four times
	perAct       = 2.0
	perShareOfIt = 4.0 // the teller's own part in the problem
	perTurn      = 2.0
	perFigure    = 1.0
	perResult    = 3.0 // a figure in the result
	perAngle     = 3.0
	perAsked     = 1.0 // each word of the question, up to two
	leastFurther = 4
)

// turns are words that mark a turning point.
const turns = ` found discovered noticed realised realized turned cause because instead showed proved identified traced reproduced decided agreed bug race `

// angles name the fields in which a story shows a competency; those that are not
// named show in the acts as they are.
var angles = map[string][]string{
	"failure":             {"lessons", "hindsight"},
	"self-awareness":      {"lessons", "hindsight"},
	"receiving-feedback":  {"lessons"},
	"learning":            {"lessons", "investigation"},
	"integrity":           {"lessons"},
	"problem-solving":     {"investigation", "root_cause"},
	"perseverance":        {"investigation"},
	"results":             {"impact"},
	"customer-focus":      {"impact"},
	"process-improvement": {"impact", "lessons"},
	"deadline":            {"context", "task"},
	"ambiguity":           {"context", "task"},
	"ownership":           {"task", "resolution"},
	"decision-making":     {"investigation", "resolution"},
}

// weigh gives each line its value.
func weigh(lines []line, o Options) {
	angle := map[string]float64{}
	for i, id := range o.Competencies[:min(len(o.Competencies), 3)] {
		for _, field := range angles[id] {
			angle[field] = max(angle[field], perAngle/float64(i+1))
		}
	}
	asked := map[string]bool{}
	for _, stem := range text.Stems(o.Question) {
		asked[stem] = true
	}
	seen := map[string]int{}
	for i := range lines {
		l := &lines[i]
		if l.ours {
			l.value = jobValue
			continue
		}
		l.value = fieldValue[l.Field] - perFurther*float64(min(seen[l.Part+l.Field], leastFurther)) + angle[l.Field] + l.merits() + l.answers(asked)
		if l.Field == "problem" && seen[l.Part+l.Field] == 0 {
			l.value += perOpening
			l.opens = true
		}
		l.asked = angle[l.Field] == perAngle
		seen[l.Part+l.Field]++
	}
}

// merits sums what the sentence itself is worth.
func (l line) merits() float64 {
	sum := 0.0
	switch {
	case l.mine && l.Part == Action:
		sum += perAct
	case l.mine && l.Part == Situation:
		sum += perShareOfIt
	}
	if l.Part == Action && l.has(turns) {
		sum += perTurn
	}
	if patterns().figure.MatchString(l.Text) {
		sum += perFigure
		if l.Part == Result {
			sum += perResult
		}
	}
	return sum
}

func (l line) has(words string) bool { return anyOf(words, parse(l.Text).low) }

// answers counts the question's words in the sentence.
func (l line) answers(asked map[string]bool) float64 {
	n := 0
	if len(asked) > 0 {
		for _, stem := range text.Stems(l.Text) {
			if asked[stem] {
				n++
			}
		}
	}
	return perAsked * float64(min(n, 2))
}
