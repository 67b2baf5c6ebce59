package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/prep-cli/prep/pkg/star"
)

type starView struct {
	ID            string        `json:"id"`
	Title         string        `json:"title"`
	Question      string        `json:"question"`
	TargetSeconds int           `json:"target_seconds"`
	Words         int           `json:"words"`
	Seconds       int           `json:"seconds"`
	Headline      string        `json:"headline"`
	Situation     string        `json:"situation"`
	Task          string        `json:"task"`
	Action        string        `json:"action"`
	Result        string        `json:"result"`
	Reflection    string        `json:"reflection"`
	Balance       balanceView   `json:"balance"`
	Followups     []string      `json:"followups"`
	Sources       []originView  `json:"sources"`
	Warnings      []warningView `json:"warnings"`
}

type balanceView struct {
	Situation  float64 `json:"situation"`
	Task       float64 `json:"task"`
	Action     float64 `json:"action"`
	Result     float64 `json:"result"`
	Reflection float64 `json:"reflection"`
}

type originView struct {
	Sentence string `json:"sentence"`
	Field    string `json:"field"`
}

type warningView struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

func starViewOf(a star.Answer) starView {
	v := starView{
		ID: a.ID, Title: a.Title, Question: a.Question, TargetSeconds: int(a.Target.Seconds()), Words: a.Words, Seconds: a.Seconds,
		Headline: a.Headline, Situation: a.Situation, Task: a.Task, Action: a.Action, Result: a.Result, Reflection: a.Reflection,
		Balance:   balanceViewOf(a.Balance),
		Followups: followUps(a), Sources: []originView{}, Warnings: []warningView{},
	}
	for _, s := range a.Sentences {
		v.Sources = append(v.Sources, originView{s.Text, s.Field})
	}
	for _, w := range a.Warnings {
		v.Warnings = append(v.Warnings, warningView(w))
	}
	return v
}

func balanceViewOf(b star.Balance) balanceView {
	return balanceView{round(b.Situation), round(b.Task), round(b.Action), round(b.Result), round(b.Reflection)}
}

// followUps gives the questions, each with where its answer stands.
func followUps(a star.Answer) []string {
	out := []string{}
	for _, f := range a.FollowUps {
		where := "nothing in the story answers this"
		if f.Field != "" {
			where = "see " + f.Field
		}
		out = append(out, f.Text+" ("+where+")")
	}
	return out
}

// round keeps four decimals: shares are shown, not computed with.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// part is a part of an answer as it is drawn.
type part struct {
	name, text string
	share      float64
}

func parts(a star.Answer) []part {
	all := []part{
		{"Situation", a.Situation, a.Balance.Situation}, {"Task", a.Task, a.Balance.Task}, {"Action", a.Action, a.Balance.Action},
		{"Result", a.Result, a.Balance.Result}, {"Reflection", a.Reflection, a.Balance.Reflection},
	}
	var out []part
	for _, p := range all {
		if p.text != "" {
			out = append(out, p)
		}
	}
	return out
}

// Star draws an answer part by part, with the time it takes.
func Star(w io.Writer, s Style, a star.Answer) error {
	switch s.Format {
	case JSON:
		return writeJSON(w, starViewOf(a))
	case CSV:
		g := grid{header: []string{"part", "field", "sentence"}}
		for _, sentence := range a.Sentences {
			g.add(sentence.Part, sentence.Field, sentence.Text)
		}
		return g.csv(w)
	case Markdown:
		return starMarkdown(w, a)
	}
	return starText(w, s, a)
}

// length says how long the answer is: "212 words, 1:31 of 2:00".
func length(a star.Answer) string {
	clock := func(seconds int) string { return fmt.Sprintf("%d:%02d", seconds/60, seconds%60) }
	out := fmt.Sprintf("%d words, %s", a.Words, clock(a.Seconds))
	if a.Target > 0 {
		out += " of " + clock(int(a.Target.Seconds()))
	}
	return out
}

func starMarkdown(w io.Writer, a star.Answer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", Clean(a.Title))
	if a.Question != "" {
		fmt.Fprintf(&b, "> %s\n\n", Clean(a.Question))
	}
	fmt.Fprintf(&b, "*%s*\n\n%s\n", Clean(a.Headline), length(a))
	for _, p := range parts(a) {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", p.name, Clean(p.text))
	}
	if len(a.FollowUps) > 0 {
		b.WriteString("\n## Likely to be asked next\n\n")
	}
	for _, f := range followUps(a) {
		fmt.Fprintf(&b, "- %s\n", Clean(f))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func starText(w io.Writer, s Style, a star.Answer) error {
	var b strings.Builder
	b.WriteString(s.title(a.Title))
	b.WriteString(s.bullets([]string{a.Headline}, "") + s.paint(dim, length(a)) + "\n")
	for _, p := range parts(a) {
		fmt.Fprintf(&b, "\n%s %s\n", s.paint(bold, p.name), s.paint(dim, fmt.Sprintf("%.0f%%", 100*p.share)))
		b.WriteString(s.bullets([]string{p.text}, "  "))
	}
	if len(a.FollowUps) > 0 {
		fmt.Fprintf(&b, "\n%s\n%s", s.paint(bold, "Likely to be asked next"), s.bullets(followUps(a), "  "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
