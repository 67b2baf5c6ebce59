package sheet

import (
	"golang.org/x/text/width"

	"github.com/prep-cli/prep/pkg/coverage"
)

// The most that a sheet holds.
const (
	mostQuestions = 8
	mostStories   = 6
	mostRows      = 14
	mostColumns   = 8
	mostBridges   = 6
	mostBare      = 12

	longestLine  = 180 // characters of a line
	longestQuote = 110 // of a line that a question is about
	longestName  = 80  // of a title or a company
	fewestWords  = 4   // of a line that says something

	mostTold   = 130 // words of a story
	fewestTold = 35
)

// Two printed pages, in two columns each, measured in lines of a column: 65 lines of
// 3.9 mm on Letter between margins of 12 mm (A4 has more and narrower ones), with the
// widest of the usual typefaces. The job stands above the columns of the first page. What
// the sheet takes up is reckoned high, and that is the room to spare: other typefaces are
// wider, and a question or a bullet that is not torn apart leaves a gap.
const (
	above  = 12 // lines above the first page's columns
	room   = 4*65 - 2*above
	column = 50 // characters in a line
	bullet = 42 // in a line of a story's bullet
	cell   = 29 // in a line of the second column of the gaps
)

// Lines that headings take up, and what stands between two things.
const (
	heading = 2.5
	apart   = 0.6
)

// words is about how many each story may have in the room that the rest leaves. A word
// has six characters with its blank; the last line of a bullet is half empty, which
// lines counts.
func (s *Sheet) words() int {
	if len(s.Stories) == 0 {
		return 0
	}
	left := (room-s.lines())/float64(len(s.Stories)) - 1
	return min(max(int(left*bullet/6), fewestTold), mostTold)
}

// lines is about how many lines of a printed column the sheet takes up.
func (s *Sheet) lines() float64 {
	asked := s.asked()
	sum := asked + torn(asked, drawing(s.Matrix)) + drawing(s.Matrix) + s.missing() + heading
	for _, a := range s.Ask {
		sum += rows(a.Before+a.Line+a.After, column) + apart
	}
	return sum + heading + s.told()
}

// asked is what the questions take up. Why they are asked has a line each.
func (s *Sheet) asked() float64 {
	sum := heading
	for _, q := range s.Questions {
		sum += rows(q.Text, column*0.85) + 1 + rows(q.Story.Title, column*0.8) + rows(q.Opening, column) + apart
		if q.Backup.ID != "" {
			sum += rows(q.Backup.Title, column*0.75)
		}
	}
	return sum
}

// torn is what stays empty where the heat map, which is not torn apart, does not fit
// under the questions any more.
func torn(asked, drawing float64) float64 {
	const shortest, longest = 65 - above - 4, 70 - above + 2 // of Letter and A4, and what the estimate may be off
	if asked > longest || asked+drawing < shortest {
		return 0
	}
	return longest - asked
}

// missing is what the gaps take up.
func (s *Sheet) missing() float64 {
	if len(s.Bridges)+len(s.Bare) == 0 {
		return 0
	}
	sum := heading + 4 // with how to say it, and the head of the table
	for _, b := range s.Bridges {
		sum += max(rows(b.Near+b.Story.Title, cell), rows(b.Skill, cell/2)) + apart
	}
	for _, name := range s.Bare {
		sum += float64(len(name)+2) / column
	}
	return sum + 1
}

// told is what the stories take up.
func (s *Sheet) told() float64 {
	sum := 0.0
	for _, t := range s.Stories {
		sum += rows(t.Title, column*0.85) + rows(t.Role+t.Company, column*0.6) + 2*apart
		for _, p := range t.Parts {
			for _, sentence := range p.Sentences {
				sum += rows(sentence, bullet)
			}
			sum += apart / 3
		}
	}
	return sum
}

// drawing is what the heat map takes up with what is said above it: a line of it a row,
// one a column for the legend, and four around.
func drawing(m coverage.Matrix) float64 { return heading + 1 + 0.95*float64(len(m.Rows)+len(m.Told)+4) }

// rows is in how many lines of that width a text goes, one at least.
func rows(s string, perLine float64) float64 {
	cells := 0
	for _, r := range s {
		cells++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			cells++
		}
	}
	return float64(1 + int(float64(max(cells-1, 0))/perLine))
}
