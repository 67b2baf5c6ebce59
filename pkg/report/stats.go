package report

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
)

type statsView struct {
	Streak       int            `json:"streak"`
	Minutes      float64        `json:"minutes"`
	Told         int            `json:"told"`
	Recalled     int            `json:"recalled"`
	Shares       sharesView     `json:"shares"` // zeros where no answer's parts were marked
	Competencies []standingView `json:"competencies"`
	Due          []dueView      `json:"due"`
	Overused     []string       `json:"overused"`
	Untold       []string       `json:"untold"`
	Interview    *interviewView `json:"interview"` // null where none is to come
	Days         []dayView      `json:"days"`
	Tellings     []tellingView  `json:"tellings"`
}

type sharesView struct {
	Setup   float64 `json:"setup"`
	Action  float64 `json:"action"`
	Outcome float64 `json:"outcome"`
}

type standingView struct {
	ID        string  `json:"id"`
	Strength  float64 `json:"strength"`
	Practised int     `json:"practised"`
}

type dueView struct {
	Date  string `json:"date"`
	Count int    `json:"count"`
}

type interviewView struct {
	Company string `json:"company"`
	Date    string `json:"date"`
}

type dayView struct {
	Date     string      `json:"date"`
	Told     int         `json:"told"`
	Recalled int         `json:"recalled"`
	Minutes  float64     `json:"minutes"`
	Shares   *sharesView `json:"shares"` // null where no answer's parts were marked
}

func statsViewOf(st practice.Stats, company string) statsView {
	v := statsView{
		Streak: st.Streak, Minutes: minutes(st.Total), Told: st.Total.Told, Recalled: st.Total.Recalled,
		Shares: sharesViewOf(st.Total.Shares), Competencies: []standingView{}, Due: []dueView{}, Overused: []string{},
		Untold: or(st.Untold), Days: []dayView{}, Tellings: tellingViews(st.Tellings),
	}
	for _, c := range st.Standings {
		v.Competencies = append(v.Competencies, standingView{c.ID, round(c.Strength), c.Practised})
	}
	for _, id := range st.Fresh {
		v.Competencies = append(v.Competencies, standingView{ID: id})
	}
	for _, d := range st.Due {
		v.Due = append(v.Due, dueView{Date(d.Date), d.Count})
	}
	for _, u := range st.Overused {
		v.Overused = append(v.Overused, u.Story)
	}
	if !st.Interview.IsZero() {
		v.Interview = &interviewView{company, Date(st.Interview)}
	}
	for _, d := range st.Days {
		day := dayView{Date(d.Date), d.Told, d.Recalled, minutes(d), nil}
		if d.Shares != (practice.Shares{}) {
			shares := sharesViewOf(d.Shares)
			day.Shares = &shares
		}
		v.Days = append(v.Days, day)
	}
	return v
}

func minutes(v practice.Evening) float64 { return round(v.Spoken.Minutes()) }

func sharesViewOf(s practice.Shares) sharesView {
	return sharesView{round(s.Setup), round(s.Action), round(s.Outcome)}
}

// Stats draws how practice goes. The company is the next interview's, "" where there
// is none. On a terminal numbers get pictures: bars, and lines of small bars for what
// changes from day to day.
func Stats(w io.Writer, s Style, st practice.Stats, company string) error {
	if s.Format == JSON {
		return writeJSON(w, statsViewOf(st, company))
	}
	if s.Format == CSV {
		g := statsRows(st, company)
		return g.csv(w)
	}
	var b bytes.Buffer
	for i, sec := range s.statsSections(st, company) {
		if i > 0 {
			b.WriteByte('\n')
		}
		if err := s.section(&b, sec); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// section is a table under its title, with lines below it.
type section struct {
	title string
	grid  grid
	below string
}

func (s Style) section(b *bytes.Buffer, sec section) error {
	if s.Format == Markdown {
		b.WriteString("## " + sec.title + "\n")
	} else {
		b.WriteString(s.paint(bold, sec.title) + "\n")
	}
	if len(sec.grid.rows) > 0 {
		if s.Format == Markdown {
			b.WriteByte('\n')
		}
		if err := s.write(b, nil, sec.grid); err != nil {
			return err
		}
	}
	b.WriteString(sec.below)
	return nil
}

func (s Style) statsSections(st practice.Stats, company string) []section {
	sections := []section{{title: "Practice", grid: s.practiceGrid(st, company)}}
	if g := s.sharesGrid(st); len(g.rows) > 0 {
		sections = append(sections, section{title: "Shares of the answer", grid: g})
	}
	if len(st.Standings) > 0 {
		sections = append(sections, section{"Strength by competency", s.strengthGrid(st), s.labelled("Not practised yet", st.Fresh)})
	}
	if len(st.Due) > 0 {
		sections = append(sections, section{title: "Due", grid: s.dueGrid(st)})
	}
	var often []string
	for _, u := range st.Overused {
		often = append(often, fmt.Sprintf("%s (%d questions)", u.Story, u.Questions))
	}
	below := s.labelled(fmt.Sprintf("Told for %d or more questions", practice.Often), often) + s.labelled("Never told", st.Untold)
	if below != "" && len(st.Days) > 0 {
		sections = append(sections, section{title: "Stories", below: below})
	}
	if len(st.Tellings) > 0 {
		sections = append(sections, section{title: "Told at interviews", grid: toldGrid(st.Tellings)})
	}
	return sections
}

// pictures says whether the reader looks at a terminal.
func (s Style) pictures() bool { return s.Width > 0 && (s.Format == Table || s.Format == "") }

// graph adds a row to g with a picture at its end, where there are pictures.
func (s Style) graph(g *grid, picture string, cells ...string) {
	if s.pictures() {
		cells = append(cells, picture)
	}
	g.add(cells...)
}

// pictured is an empty grid whose last column is for pictures.
func (s Style) pictured(header ...string) grid {
	if !s.pictures() {
		header = header[:len(header)-1]
	}
	return grid{header: header}
}

func (s Style) practiceGrid(st practice.Stats, company string) grid {
	g := s.pictured("What", "How much", "Day by day")
	if !st.Interview.IsZero() {
		s.graph(&g, "", "Next interview", company+", "+when(st.Interview, st.Today))
	}
	s.graph(&g, "", "Streak", number(st.Streak, "day"))
	s.graph(&g, sparkline(st.Days, func(v practice.Evening) float64 { return v.Spoken.Minutes() }),
		"Spoken", number(int(math.Round(st.Total.Spoken.Minutes())), "minute"))
	s.graph(&g, sparkline(st.Days, func(v practice.Evening) float64 { return float64(v.Told) }),
		"Told", number(st.Total.Told, "question"))
	s.graph(&g, sparkline(st.Days, func(v practice.Evening) float64 { return float64(v.Recalled) }),
		"Recalled", number(st.Total.Recalled, "question"))
	return g
}

// shareOf are the shares as people know them.
var shareOf = []struct {
	name string
	of   func(practice.Shares) float64
}{
	{"Situation and task", func(s practice.Shares) float64 { return s.Setup }},
	{"Action", func(s practice.Shares) float64 { return s.Action }},
	{"Result and reflection", func(s practice.Shares) float64 { return s.Outcome }},
}

func (s Style) sharesGrid(st practice.Stats) grid {
	g := s.pictured("Part", "Mean", "Day by day")
	if st.Total.Shares == (practice.Shares{}) {
		return g
	}
	marked := slices.DeleteFunc(slices.Clone(st.Days), func(v practice.Evening) bool { return v.Shares == practice.Shares{} })
	for _, part := range shareOf {
		picture := line(marked, 1, func(v practice.Evening) float64 { return part.of(v.Shares) })
		s.graph(&g, picture, part.name, percent(part.of(st.Total.Shares)))
	}
	return g
}

func (s Style) strengthGrid(st practice.Stats) grid {
	g := s.pictured("Competency", "Questions", "Strength", "")
	for _, c := range st.Standings {
		s.graph(&g, bar(c.Strength), c.ID, strconv.Itoa(c.Practised), percent(c.Strength))
	}
	return g
}

func (s Style) dueGrid(st practice.Stats) grid {
	g := s.pictured("Day", "Questions", "")
	most := 1
	for _, d := range st.Due {
		most = max(most, d.Count)
	}
	for _, d := range st.Due {
		s.graph(&g, strings.TrimRight(bar(float64(d.Count)/float64(most)), "░"), when(d.Date, st.Today), strconv.Itoa(d.Count))
	}
	return g
}

// number is how many of a thing there are, in words.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// when names a day, by its distance where that is short.
func when(day, today time.Time) string {
	switch days := int(day.Sub(today).Hours() / 24); days {
	case 0:
		return "today (" + Date(day) + ")"
	case 1:
		return "tomorrow (" + Date(day) + ")"
	default:
		return "in " + strconv.Itoa(days) + " days (" + Date(day) + ")"
	}
}

// barWidth is the width of a bar, in cells.
const barWidth = 20

// bar draws a share, 0 to 1. What is not nothing has at least one cell.
func bar(share float64) string {
	full := min(barWidth, int(math.Ceil(share*barWidth)))
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

// longestLine is how many days a sparkline shows, the latest.
const longestLine = 30

// sparkline draws a bar of one cell for each day, the highest for the highest value;
// nothing where all are 0.
func sparkline(days []practice.Evening, of func(practice.Evening) float64) string {
	days = days[max(0, len(days)-longestLine):]
	most := 0.0
	for _, d := range days {
		most = max(most, of(d))
	}
	return line(days, most, of)
}

// line is a sparkline where the highest bar stands for most.
func line(days []practice.Evening, most float64, of func(practice.Evening) float64) string {
	days = days[max(0, len(days)-longestLine):]
	if most == 0 {
		return ""
	}
	levels := []rune("▁▂▃▄▅▆▇█")
	var bars []rune
	for _, d := range days {
		bars = append(bars, levels[int(math.Round(of(d)/most*float64(len(levels)-1)))])
	}
	return string(bars)
}

// statsRows is everything as rows of one kind, for a spreadsheet.
func statsRows(st practice.Stats, company string) grid {
	g := grid{header: []string{"What", "Name", "Value"}}
	figure := func(x float64) string { return strconv.FormatFloat(round(x), 'f', -1, 64) }
	if !st.Interview.IsZero() {
		g.add("interview", company, Date(st.Interview))
	}
	g.add("streak", "", strconv.Itoa(st.Streak))
	g.add("minutes", "", figure(st.Total.Spoken.Minutes()))
	g.add("told", "", strconv.Itoa(st.Total.Told))
	g.add("recalled", "", strconv.Itoa(st.Total.Recalled))
	if st.Total.Shares != (practice.Shares{}) {
		for _, part := range shareOf {
			g.add("share", part.name, figure(part.of(st.Total.Shares)))
		}
	}
	for _, c := range st.Standings {
		g.add("competency", c.ID, figure(c.Strength))
	}
	for _, d := range st.Due {
		g.add("due", Date(d.Date), strconv.Itoa(d.Count))
	}
	for _, u := range st.Overused {
		g.add("overused", u.Story, strconv.Itoa(u.Questions))
	}
	for _, id := range st.Untold {
		g.add("untold", id, "")
	}
	for _, t := range st.Tellings {
		g.add("told at "+t.Company, t.Story, t.Date)
	}
	return g
}
