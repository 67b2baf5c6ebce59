package encoder

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQueryFindsTheStoryMeant(t *testing.T) {
	m := model(t)
	stories := []string{
		"The index build blocked every write for nine minutes. I cancelled it, built it concurrently at night, and wrote the rule into our migration guide.",
		"My manager wanted to ship before the audit was done. I told her in private that I would not sign it, showed her the two open findings, and we shipped a week later.",
		"Our designer kept her head down in meetings. I asked her before each one what she wanted to say, and made room for it. She now leads the reviews.",
	}
	encoded := m.EncodeAll(stories, nil)
	for _, row := range []struct {
		question string
		best     int
		why      string
	}{
		{"When did you tell your boss that they were wrong?", 1, "someone with power was told no"},
		{"How have you helped a quieter colleague to be heard?", 2, "room was made for one left out"},
		{"Tell me about a database migration that went wrong.", 0, "a technical question is one too"},
	} {
		q := m.Query(m.Encode(row.question).Whole)
		var scores []float32
		for _, e := range encoded {
			scores = append(scores, m.Score(q.Terms(e, m.Crowd(e.Whole))))
		}
		if scores[row.best] != slices.Max(scores) {
			t.Errorf("%q: scores %v, want story %d first: %s", row.question, scores, row.best, row.why)
		}
	}
}

// The second query comes from training questions; a training question itself
// must lead mostly to its own answers.
func TestNearFollowsTheNearestTrainingQuestion(t *testing.T) {
	m := model(t)
	memory := m.memory()
	right := 0
	for i := 0; i < memory.questions.Rows; i += 10 {
		at := func(data []float32) []float32 { return data[i*m.header.Width : (i+1)*m.header.Width] }
		q := m.Query(Passage{Vector: at(memory.questions.Data)})
		near, answer := slices.Clone(q.near), slices.Clone(at(memory.answers.Data))
		if Cosine(near, answer) > 0.5*float32(math.Sqrt(float64(Cosine(near, near)*Cosine(answer, answer)))) {
			right++
		}
	}
	if total := (memory.questions.Rows + 9) / 10; right < total*3/4 {
		t.Errorf("%d of %d training questions lead to their own answers", right, total)
	}
}

func TestTerms(t *testing.T) {
	unit := func(x, y float32) Passage { return Passage{Vector: []float32{x, y}} }
	q := Query{vector: []float32{1, 0}, near: []float32{0, 0.5}, against: 0.1}
	e := Encoding{Whole: unit(0.6, 0.8), Sentences: []Passage{unit(0, 1), unit(1, 0), unit(0.8, 0.6), unit(0.6, 0.8)}}
	want := Terms{Whole: 0.6, Sentences: 0.8, Near: 0.3, Crowd: 0.25}
	got := q.Terms(e, 0.25)
	if d := cmp.Diff(want, got, cmp.Comparer(func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-6 })); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestScore(t *testing.T) {
	m := model(t)
	scales := m.header.Scales
	middling := Terms{scales["whole"].Mean, scales["sentences"].Mean, scales["near"].Mean, scales["crowd"].Mean}
	if got := m.Score(middling); math.Abs(float64(got)) > 1e-4 {
		t.Errorf("a middling story scores %v, want 0", got)
	}
	for _, row := range []struct {
		why    string
		change func(*Terms)
		better bool
	}{
		{"nearer as a whole", func(t *Terms) { t.Whole += 0.1 }, true},
		{"nearer in its best sentences", func(t *Terms) { t.Sentences += 0.1 }, true},
		{"nearer to what like questions were answered with", func(t *Terms) { t.Near += 0.1 }, true},
		{"one that is near to everything", func(t *Terms) { t.Crowd += 0.1 }, false},
	} {
		changed := middling
		row.change(&changed)
		if got := m.Score(changed); (got > 0) != row.better {
			t.Errorf("%s: score %v", row.why, got)
		}
	}
}
