// Package sheet gathers on one page what to look at the night before an interview:
// the job, the likely questions with what to tell, the stories in short, what they
// prove and what they do not, and what to ask back.
//
// It decides what stands on the page and how much of it, so that two printed pages
// hold it; how it looks is for report. It chooses no question and ranks no story,
// which is plan's work, tells no story, which is star's, and invents nothing: what
// is said about the job are lines of its posting.
package sheet

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/coverage"
	"github.com/prep-cli/prep/pkg/job"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/plan"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
)

// Sheet is the page. The zero value is an empty one.
type Sheet struct {
	Title     string // of the job, "" where the posting names none
	Company   string // "" where it is not known
	Job       []Line // the job in up to three of its own lines
	Questions []Question
	Stories   []Story
	Matrix    coverage.Matrix // the wanted skills that some story shows; its first columns are Stories
	Wanted    int             // how many skills the posting wants
	Proved    int             // how many of them some story proves
	Bridges   []Bridge        // wanted skills that no story proves, and what comes nearest
	Bare      []string        // others that no story proves: nothing is near them, or there is no room for it
	Unnamed   int             // how many more of those there are
	Ask       []Ask           // what to ask the interviewer
}

// Line is a line of the posting, cut where it is long.
type Line struct {
	Kind job.Kind
	Text string
}

// Question is a likely question and what to answer it with.
type Question struct {
	Text, Why string
	Story     Ref // zero where no story fits
	Backup    Ref // zero where none fits
	Opening   string
}

// Ref names a story of the library.
type Ref struct {
	ID, Title string
	Number    int // from 1, of the Story on the sheet; 0 where it is not told there
}

// Story is a story in a few sentences.
type Story struct {
	Ref
	Role, Company string
	Date          story.Date
	Answers       []int // the numbers, from 1, of the questions that it answers
	Parts         []Part
}

// Part is one of star's parts of an answer: a bullet a sentence.
type Part struct {
	Name      string
	Sentences []string
}

// Bridge is a wanted skill that no story proves, and the nearest that one shows: a
// neighbour in the taxonomy, or the skill itself where a story names it without
// proving it.
type Bridge struct {
	Skill string
	Must  bool
	Near  string
	Depth match.Depth // how deep the story shows Near
	Story Ref
}

// Ask is a question for the interviewer about a line of the posting, which stands
// between Before and After.
type Ask struct{ Before, Line, After string }

// Of makes a sheet for a posting. A framework with values makes it one for a company
// that interviews by them; speech says how fast the teller speaks and how the parts of
// an answer share the time, its question and target are set here.
func Of(d job.Description, stories []story.Story, know match.Knowledge, framework competency.Framework, speech star.Options) Sheet {
	if know.Skills == nil {
		know.Skills = &skill.Taxonomy{}
	}
	posting := know.ForJob(d)
	m := maker{
		know: know, speech: speech, stories: map[string]*story.Story{},
		plan:   plan.Of(posting, know, stories, framework, mostQuestions),
		matrix: coverage.Of(stories, know, coverage.Skills, posting, nil),
	}
	for i := range stories {
		m.stories[stories[i].ID] = &stories[i]
	}
	m.sheet = Sheet{Title: cut(d.Title, longestName), Company: cut(d.Company, longestName), Job: inBrief(d, know)}
	m.choose()
	m.cover()
	m.bridge(stories)
	m.sheet.Ask = m.ask(d)
	m.tell()
	return m.sheet
}

// maker fills a sheet.
type maker struct {
	know    match.Knowledge
	speech  star.Options
	stories map[string]*story.Story // by id
	plan    plan.Plan
	matrix  coverage.Matrix
	sheet   Sheet
}

// choose takes the questions, and the stories that they are answered with.
func (m *maker) choose() {
	for i, q := range m.plan.Questions {
		n := slices.IndexFunc(m.sheet.Stories, func(s Story) bool { return s.ID == q.Story })
		if n < 0 && q.Story != "" && len(m.sheet.Stories) < mostStories {
			s := m.stories[q.Story]
			n = len(m.sheet.Stories)
			m.sheet.Stories = append(m.sheet.Stories, Story{Ref: Ref{s.ID, cut(s.Title, longestName), n + 1}, Role: cut(s.Role, longestName), Company: cut(s.Company, longestName), Date: s.Date})
		}
		if n >= 0 {
			m.sheet.Stories[n].Answers = append(m.sheet.Stories[n].Answers, i+1)
		}
	}
	m.sheet.Questions = make([]Question, len(m.plan.Questions))
	parallel.Do(len(m.plan.Questions), func(i int) {
		q := m.plan.Questions[i]
		m.sheet.Questions[i] = Question{Text: cut(q.Text, longestLine), Why: q.Why, Story: m.ref(q.Story), Backup: m.ref(q.Backup), Opening: m.opening(q)}
	})
}

// ref names a story, the zero value for no id.
func (m *maker) ref(id string) Ref {
	s, ok := m.stories[id]
	if !ok {
		return Ref{}
	}
	r := Ref{ID: id, Title: cut(s.Title, longestName)}
	for _, told := range m.sheet.Stories {
		if told.ID == id {
			r.Number = told.Number
		}
	}
	return r
}

// opening is the line with which the answer could open.
func (m *maker) opening(q plan.Question) string {
	if q.Story == "" {
		return ""
	}
	return cut(m.answer(q, 0).Headline, longestLine)
}

// answer tells a question's story in that many words, 0 for all of it.
func (m *maker) answer(q plan.Question, words int) star.Answer {
	o := m.speech
	o.Question = q.Text
	if o.WPM <= 0 {
		o.WPM = star.DefaultWPM
	}
	o.Target = time.Duration(words) * time.Minute / time.Duration(o.WPM)
	for _, known := range m.know.Bank {
		if known.ID == q.ID {
			o.Competencies = known.Competencies
		}
	}
	return star.Compose(*m.stories[q.Story], o)
}

// tell tells the stories in as many words as there is room for.
func (m *maker) tell() {
	told := m.sheet.Stories
	for words := m.sheet.words(); words >= fewestTold; words = words * 9 / 10 {
		parallel.Do(len(told), func(i int) {
			told[i].Parts = partsOf(m.answer(m.plan.Questions[told[i].Answers[0]-1], words))
		})
		if m.sheet.lines() <= room {
			return
		}
	}
	for i := len(told) - 1; i >= 0 && m.sheet.lines() > room; i-- {
		told[i].Parts = nil
	}
}

func partsOf(a star.Answer) []Part {
	var out []Part
	for _, s := range a.Sentences {
		if n := len(out); n == 0 || out[n-1].Name != s.Part {
			out = append(out, Part{Name: s.Part})
		}
		last := &out[len(out)-1]
		last.Sentences = append(last.Sentences, s.Text)
	}
	return out
}

// cover keeps of the matrix the skills that some story shows, and puts the stories of
// the sheet first.
func (m *maker) cover() {
	full := m.matrix
	m.sheet.Wanted = len(full.Rows)
	kept := coverage.Matrix{By: full.By, Job: full.Job}
	for _, r := range full.Rows {
		if r.Strength != coverage.None {
			m.sheet.Proved++
		}
		if len(r.Stories) > 0 && len(kept.Rows) < mostRows {
			kept.Rows = append(kept.Rows, r)
		}
	}
	proves := map[string]int{}
	for _, t := range full.Told {
		proves[t.ID] = t.Proves
	}
	for _, s := range m.sheet.Stories {
		kept.Told = append(kept.Told, coverage.Told{ID: s.ID, Title: s.Title, Proves: proves[s.ID]})
	}
	for _, t := range full.Told {
		if m.ref(t.ID).Number == 0 && len(kept.Told) < mostColumns && shows(kept.Rows, t.ID) {
			kept.Told = append(kept.Told, t)
		}
	}
	m.sheet.Matrix = kept
}

// shows says whether a story shows one of the rows.
func shows(rows []coverage.Row, id string) bool {
	return slices.ContainsFunc(rows, func(r coverage.Row) bool {
		return slices.ContainsFunc(r.Stories, func(c coverage.Cell) bool { return c.ID == id })
	})
}

// cut gives s, or so many of its first words as have n characters and a mark that it
// goes on.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	head := string([]rune(s)[:n])
	if blank := strings.LastIndexByte(head, ' '); blank > 0 {
		head = head[:blank]
	}
	return strings.TrimRight(head, " ,;:") + " …"
}

// Names says whether the sheet names the story of that id.
func (s *Sheet) Names(id string) bool {
	is := func(r Ref) bool { return r.ID == id }
	return slices.ContainsFunc(s.Questions, func(q Question) bool { return is(q.Story) || is(q.Backup) }) ||
		slices.ContainsFunc(s.Bridges, func(b Bridge) bool { return is(b.Story) }) ||
		slices.ContainsFunc(s.Matrix.Told, func(t coverage.Told) bool { return t.ID == id })
}
