package posting

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// vacancy is a posting that names its parts: schema.org's JobPosting, or a job of
// JSON Resume's schema (https://jsonresume.org/job-description-schema).
type vacancy map[string]any

// maxDepth bounds how deep a JSON value is searched.
const maxDepth = 16

// parts are the parts of a vacancy that are lists of wishes, in order, with the title
// under which pkg/job knows what they are.
var parts = []struct {
	title string
	keys  []string
}{
	{"Responsibilities", []string{"responsibilities"}},
	{"Qualifications", []string{"qualifications", "experience", "experienceRequirements", "educationRequirements"}},
	{"Skills", []string{"skills"}},
	{"Benefits", []string{"jobBenefits"}},
}

// readJSON reads a job of JSON Resume's schema, or a JobPosting by itself.
func readJSON(text string) (string, error) {
	if len(text) > MaxSize {
		return "", tooLarge()
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return "", fmt.Errorf("the document begins as JSON and is none: %w", err)
	}
	found := jobPostings(v, 0)
	if job, ok := v.(map[string]any); ok && len(found) == 0 {
		found = []vacancy{job}
	}
	if len(found) != 1 {
		return "", errors.New("the document holds several postings: keep one")
	}
	out, err := found[0].markdown()
	if err == nil && out == "" {
		return "", errors.New("the document is JSON and no job of JSON Resume's schema: it has no title, description, responsibilities, qualifications or skills")
	}
	return out, err
}

// linkedPosting gives the JobPosting that a page holds as JSON-LD, "" where it holds
// none with a text.
func linkedPosting(doc *nethtml.Node) (string, error) {
	var found []vacancy
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || attr(n, "type") != "application/ld+json" || n.FirstChild == nil {
			continue
		}
		var v any
		if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
			found = append(found, jobPostings(v, 0)...)
		}
	}
	found = slices.DeleteFunc(found, func(v vacancy) bool { return len(phrases(v["description"], 0)) == 0 })
	if len(found) > 1 {
		found = titled(found, doc)
	}
	if len(found) == 0 {
		return "", nil
	}
	if len(found) > 1 {
		return "", errors.New("the page holds several postings: give the address of one")
	}
	return found[0].markdown()
}

// titled gives the vacancies whose title is the page's, all of them where none is.
func titled(all []vacancy, doc *nethtml.Node) []vacancy {
	var heads string
	for _, kind := range []atom.Atom{atom.Title, atom.H1} {
		if n := first(doc, is(kind)); n != nil {
			heads += content(n)
		}
	}
	own := slices.DeleteFunc(slices.Clone(all), func(v vacancy) bool {
		title := strings.Join(phrases(v["title"], 0), " ")
		return title == "" || !strings.Contains(heads, title)
	})
	if len(own) == 0 {
		return all
	}
	return own
}

// jobPostings finds the JobPostings in a JSON value.
func jobPostings(v any, depth int) []vacancy {
	if depth > maxDepth {
		return nil
	}
	var out []vacancy
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, jobPostings(e, depth+1)...)
		}
	case map[string]any:
		for _, t := range phrases(v["@type"], 0) {
			if strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/") == "JobPosting" {
				return []vacancy{v}
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			out = append(out, jobPostings(v[key], depth+1)...)
		}
	}
	return out
}

// markdown gives a vacancy as a posting: title, company, description, then the parts
// that the description does not hold already.
func (v vacancy) markdown() (string, error) {
	var s sheet
	s.heading(1, strings.Join(phrases(v["title"], 0), " "))
	for _, key := range []string{"company", "hiringOrganization"} {
		if names := phrases(v[key], 0); len(names) > 0 {
			s.block("Company: "+names[0], false, 0)
		}
	}
	var description string
	for _, p := range phrases(v["description"], 0) {
		text, err := richText(p)
		if err != nil {
			return "", err
		}
		description += text + "\n\n"
	}
	s.block(description, false, 0)
	for _, p := range parts {
		if err := v.part(&s, p.title, p.keys, description); err != nil {
			return "", err
		}
	}
	return s.text()
}

func (v vacancy) part(s *sheet, title string, keys []string, description string) error {
	said := squeeze(description)
	for _, key := range keys {
		for _, p := range phrases(v[key], 0) {
			text, err := richText(p)
			if err != nil {
				return err
			}
			if strings.Contains(said, squeeze(text)) {
				continue
			}
			if title != "" {
				s.heading(2, title)
				title = ""
			}
			text = strings.TrimSpace(text)
			listed := strings.HasPrefix(text, "- ") || strings.Contains(text, "\n")
			s.block(text, !listed, 0)
		}
	}
	return nil
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// richText gives a value that may hold HTML, escaped HTML, or plain text.
func richText(s string) (string, error) {
	if !strings.Contains(s, "<") && strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if !strings.Contains(s, "</") && !strings.Contains(strings.ToLower(s), "<br") {
		return s, nil
	}
	doc, err := nethtml.Parse(strings.NewReader(s))
	if err != nil {
		return "", fmt.Errorf("the description cannot be read: %w", err)
	}
	sweep(doc, 0, 0)
	return markdown(doc)
}

// phrases gives the texts of a JSON value: of a list each, of an object its name with
// what belongs to it.
func phrases(v any, depth int) []string {
	if depth > maxDepth {
		return nil
	}
	switch v := v.(type) {
	case string:
		if strings.TrimSpace(v) != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, phrases(e, depth+1)...)
		}
		return out
	case map[string]any:
		return named(v, depth)
	}
	return nil
}

// named gives an object as one phrase: "Databases (expert): PostgreSQL, Redis".
func named(v map[string]any, depth int) []string {
	var name string
	for _, key := range []string{"name", "title", "description", "summary", "credentialCategory"} {
		if name == "" {
			name = strings.Join(phrases(v[key], depth+1), " ")
		}
	}
	if level := phrases(v["level"], depth+1); name != "" && len(level) > 0 {
		name += " (" + strings.Join(level, ", ") + ")"
	}
	if words := strings.Join(phrases(v["keywords"], depth+1), ", "); words != "" {
		name = strings.TrimPrefix(name+": "+words, ": ")
	}
	if name == "" {
		return nil
	}
	return []string{name}
}
