package importer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// This file reads JSON: a JSON Resume 1.x, whose projects and highlights are
// stories, and the stories that prep itself has exported.

const (
	layoutResume  = "jsonresume"
	skippedResume = "of the résumé, of no one story"
	skippedValue  = "no key of a story"
)

// value is a piece of a JSON document that remembers its place.
type value struct {
	line    int
	members []member // of an object
	items   []*value // of an array
	text    string   // of a string, a number or a truth value
	kind    json.Delim
	taken   bool
}

type member struct {
	name  string
	value *value
}

// deepestJSON is how many values may stand in each other. Nobody writes more.
const deepestJSON = 100

// readJSON reads a document that is a JSON object or array, and says whether it is
// one. The error says what is wrong with one that its name says to be JSON.
func readJSON(file, content string) (Report, bool, error) {
	named := strings.HasSuffix(strings.ToLower(file), ".json")
	if start := strings.TrimLeft(content, " \t\n"); !named && !strings.HasPrefix(start, "{") && !strings.HasPrefix(start, "[") {
		return Report{}, false, nil
	}
	root, err := parseJSON(content)
	if named && err != nil {
		return Report{}, false, err
	}
	if root == nil || !named && len(root.items)+len(root.members) == 0 {
		return Report{}, false, nil
	}
	r := Report{File: file}
	if root.kind == '[' {
		r.exported(root)
	} else {
		r.resume(root)
	}
	if len(r.Stories) == 0 {
		r.Strategy, r.Evidence = "", ""
		r.Why = "it is JSON, but neither a résumé (JSON Resume) with projects or highlights nor stories that prep exported"
	}
	r.left(root, "")
	r.English = english(r.Stories)
	return r, true, nil
}

// exported reads an array of stories by the keys of a story file.
func (r *Report) exported(root *value) {
	for _, v := range root.items {
		s := story.Story{Title: v.str("title"), Role: v.str("role"), Company: v.str("company")}
		for _, key := range story.TextFields {
			s.SetText(key, v.list(key))
		}
		s.Skills, s.Competencies = v.list("skills"), v.list("competencies")
		if s.Title == "" || len(s.Problem) == 0 || s.Date.UnmarshalText([]byte(v.str("date"))) != nil && v.str("date") != "" || tooLarge(s) {
			v.release()
			continue
		}
		v.get("id").take()
		v.get("file").take()
		v.get("source").take()
		r.add(s, v.line)
	}
	r.Strategy, r.Evidence = layoutExported, fmt.Sprintf("stories that prep exported: %d", len(r.Stories))
}

// resume reads the projects of a résumé, and the highlights of its jobs.
func (r *Report) resume(root *value) {
	for _, p := range root.get("projects").each() {
		if own := p.get("x-prep"); own != nil {
			r.ownProject(p, own)
		} else {
			r.project(p)
		}
	}
	jobs := append(root.get("work").each(), root.get("volunteer").each()...)
	for _, job := range jobs {
		r.job(job)
	}
	r.skills(root.get("skills"))
	r.Strategy, r.Evidence = layoutResume, fmt.Sprintf("the projects and highlights of a JSON Resume: %d", len(r.Stories))
}

// ownProject reads a project that prep has exported.
func (r *Report) ownProject(p, own *value) {
	s := story.Story{Title: p.str("name"), Company: p.str("entity"), Role: strings.Join(p.list("roles"), ", "), Skills: p.list("keywords")}
	for _, key := range []string{"context", "task", "investigation", "root_cause", "lessons", "hindsight"} {
		s.SetText(key, own.list(key))
	}
	s.Competencies = own.list("competencies")
	if err := s.Date.UnmarshalText([]byte(p.str("startDate"))); err != nil {
		p.get("startDate").release()
	}
	if s.Problem = own.list("problem"); s.Problem.String() != p.str("description") {
		s.Problem = texts(p.str("description")) // it has been edited since
		own.get("problem").release()
	}
	highlights := p.list("highlights")
	outcomes := 0
	_, _ = fmt.Sscan(own.str("outcomes"), &outcomes)
	cut := len(highlights) - min(max(outcomes, 0), len(highlights))
	s.Resolution, s.Impact = texts(highlights[:cut]...), texts(highlights[cut:]...)
	if s.Title == "" || len(s.Problem) == 0 || tooLarge(s) {
		p.release()
		return
	}
	r.add(s, p.line)
}

// project reads somebody else's project.
func (r *Report) project(p *value) {
	e := entry{heading: p.str("name"), line: p.line, layout: layoutResume, company: p.str("entity"), date: p.began()}
	if said := p.str("description"); said != "" {
		e.parts = append(e.parts, part{line: p.get("description").line, items: []item{{text: said, line: p.get("description").line}}})
	}
	if h := p.get("highlights").each(); len(h) > 0 {
		e.parts = append(e.parts, part{line: h[0].line, items: p.bullets("highlights")})
	}
	d, skipped, ok := e.draft(r.File)
	if !ok {
		p.release()
		return
	}
	r.Skipped = append(r.Skipped, skipped...)
	d.Story.Skills, d.Story.Role = p.list("keywords"), strings.Join(p.list("roles"), ", ")
	r.Stories = append(r.Stories, d)
}

// job reads each highlight of a job as a story. When that was, the job does not say.
func (r *Report) job(job *value) {
	highlights := job.bullets("highlights")
	if len(highlights) == 0 {
		return
	}
	company := cmp.Or(job.str("name"), job.str("company"), job.str("organization"))
	role := job.str("position")
	before := len(r.Stories)
	var left []Skipped
	for _, it := range highlights {
		e := entry{line: it.line, layout: layoutResume, company: company, parts: []part{{line: it.line, items: []item{it}}}}
		d, skipped, ok := e.draft(r.File)
		left = append(left, skipped...)
		if ok {
			d.Story.Role = role
			r.Stories = append(r.Stories, d)
		}
	}
	if len(r.Stories) == before {
		job.release()
		return
	}
	r.Skipped = append(r.Skipped, left...)
}

// skills takes the résumé's skills that a story has already.
func (r *Report) skills(all *value) {
	for _, v := range all.each() {
		name := v.str("name")
		if !slices.ContainsFunc(r.Stories, func(d Draft) bool { return hasTag(d.Story.Skills, name) }) {
			v.release()
		}
	}
}

func (r *Report) add(s story.Story, line int) {
	s.Source = story.Source{File: r.File, Heading: s.Title}
	r.Stories = append(r.Stories, Draft{Story: s, Line: line})
}

// left lists all text that no story has taken.
func (r *Report) left(v *value, name string) {
	reason := skippedResume
	if r.Strategy == layoutExported {
		reason = skippedValue
	}
	if !v.taken && v.text != "" && name != "$schema" && !strings.HasPrefix(name, "meta.") {
		r.Skipped = append(r.Skipped, Skipped{File: r.File, Line: v.line, Text: name + ": " + v.text, Reason: reason})
	}
	for _, it := range v.items {
		r.left(it, name)
	}
	for _, m := range v.members {
		r.left(m.value, strings.TrimPrefix(name+"."+m.name, "."))
	}
	if name == "" {
		for i := range r.Skipped {
			r.Skipped[i].File = r.File
		}
		slices.SortStableFunc(r.Skipped, func(a, b Skipped) int { return cmp.Compare(a.Line, b.Line) })
	}
}

// get gives the last member of that name, or nil. It is not taken by that.
func (v *value) get(name string) *value {
	if v == nil {
		return nil
	}
	for _, m := range slices.Backward(v.members) {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// str takes the text of a member.
func (v *value) str(name string) string {
	m := v.get(name)
	if m == nil || m.kind != 0 {
		return ""
	}
	m.taken = true
	return strings.TrimSpace(m.text)
}

// began takes the day, month or year that a project began.
func (v *value) began() story.Date {
	written := v.str("startDate")
	d, _, _ := leadingDate(written)
	if string(d) != written {
		v.get("startDate").release() // all that it says is not in the date
	}
	return d
}

// list takes a member that is a text or several; empty ones are none.
func (v *value) list(name string) yaml.Text {
	m := v.get(name)
	if m != nil && m.kind == 0 {
		return texts(v.str(name))
	}
	var out []string
	for _, it := range v.bullets(name) {
		out = append(out, it.text)
	}
	return texts(out...)
}

// bullets takes a member's texts with their lines.
func (v *value) bullets(name string) []item {
	var out []item
	for _, it := range v.get(name).each() {
		if text := strings.TrimSpace(it.text); text != "" && it.kind == 0 {
			it.taken = true
			out = append(out, item{text: text, line: it.line, bullet: true})
		}
	}
	return out
}

func texts(all ...string) yaml.Text {
	var out yaml.Text
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// each gives the items of an array, none of anything else.
func (v *value) each() []*value {
	if v == nil {
		return nil
	}
	return v.items
}

// take marks all texts in v as read, release as not.
func (v *value) take()    { v.mark(true) }
func (v *value) release() { v.mark(false) }

func (v *value) mark(taken bool) {
	if v == nil {
		return
	}
	v.taken = taken
	for _, it := range v.items {
		it.mark(taken)
	}
	for _, m := range v.members {
		m.value.mark(taken)
	}
}

// parseJSON gives the one value of a document.
func parseJSON(content string) (*value, error) {
	p := jsonReader{content: content, Decoder: json.NewDecoder(strings.NewReader(content)), line: 1}
	p.UseNumber()
	v, err := p.value(0)
	if err == nil {
		if _, err = p.Token(); err == io.EOF { //nolint:errorlint // the decoder's own end
			return v, nil
		} else if err == nil {
			err = fmt.Errorf("something follows the value")
		}
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF { //nolint:errorlint // as above
		err = fmt.Errorf("the document ends too early")
	}
	return nil, fmt.Errorf("line %d: not valid JSON: %w", p.here(), err)
}

// jsonReader counts the lines of the values that it reads.
type jsonReader struct {
	*json.Decoder
	content  string
	line, at int
}

// here is the line up to which the document has been read.
func (p *jsonReader) here() int {
	to := min(int(p.InputOffset()), len(p.content))
	p.line += strings.Count(p.content[p.at:to], "\n")
	p.at = to
	return p.line
}

func (p *jsonReader) value(depth int) (*value, error) {
	if depth > deepestJSON {
		return nil, fmt.Errorf("more than %d values in each other", deepestJSON)
	}
	token, err := p.Token()
	if err != nil {
		return nil, err
	}
	v := &value{line: p.here()}
	switch t := token.(type) {
	case json.Delim:
		v.kind = t
		return v, p.fill(v, depth)
	case string:
		v.text = t
	case nil:
	default:
		v.text = fmt.Sprint(t)
	}
	return v, nil
}

// fill reads what an object or array holds, and its end.
func (p *jsonReader) fill(v *value, depth int) error {
	for p.More() {
		name := ""
		if v.kind == '{' {
			token, err := p.Token()
			if err != nil {
				return err
			}
			name = fmt.Sprint(token)
		}
		inner, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if v.kind == '{' {
			v.members = append(v.members, member{name, inner})
		} else {
			v.items = append(v.items, inner)
		}
	}
	_, err := p.Token()
	return err
}
