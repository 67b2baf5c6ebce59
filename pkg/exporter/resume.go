package exporter

import (
	"strings"

	"github.com/prep-cli/prep/pkg/story"
)

// resume is a JSON Resume 1.x with its projects alone: a story is no job.
type resume struct {
	Schema   string    `json:"$schema"`
	Projects []project `json:"projects"`
	Skills   []named   `json:"skills,omitempty"`
	Meta     meta      `json:"meta"`
}

type named struct {
	Name string `json:"name"`
}

type meta struct {
	Version string `json:"version"`
}

// project is a story: what was done and what came of it are its highlights.
type project struct {
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Highlights  []string   `json:"highlights,omitempty"`
	Keywords    []string   `json:"keywords,omitempty"`
	StartDate   story.Date `json:"startDate,omitempty"`
	Roles       []string   `json:"roles,omitempty"`
	Entity      string     `json:"entity,omitempty"`
	Prep        apart      `json:"x-prep"`
}

// apart is what a project has no place for.
type apart struct {
	Problem       []string `json:"problem,omitempty"` // where the description joins several
	Context       []string `json:"context,omitempty"`
	Task          []string `json:"task,omitempty"`
	Investigation []string `json:"investigation,omitempty"`
	RootCause     []string `json:"root_cause,omitempty"`
	Outcomes      int      `json:"outcomes"` // how many of the highlights, the last ones, are the impact
	Lessons       []string `json:"lessons,omitempty"`
	Hindsight     []string `json:"hindsight,omitempty"`
	Competencies  []string `json:"competencies,omitempty"`
}

func resumeOf(stories []story.Story) resume {
	r := resume{
		Schema:   "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
		Projects: []project{}, Meta: meta{Version: "v1.0.0"},
	}
	seen := map[string]bool{}
	for _, s := range stories {
		r.Projects = append(r.Projects, projectOf(s))
		for _, name := range s.Skills {
			if !seen[name] {
				seen[name] = true
				r.Skills = append(r.Skills, named{name})
			}
		}
	}
	return r
}

func projectOf(s story.Story) project {
	p := project{
		Name: s.Title, Description: s.Problem.String(), Highlights: append(append([]string{}, s.Resolution...), s.Impact...),
		Keywords: s.Skills, StartDate: s.Date, Entity: s.Company,
		Prep: apart{
			Context: s.Context, Task: s.Task, Investigation: s.Investigation, RootCause: s.RootCause,
			Outcomes: len(s.Impact), Lessons: s.Lessons, Hindsight: s.Hindsight, Competencies: s.Competencies,
		},
	}
	if strings.Contains(p.Description, "\n") {
		p.Prep.Problem = s.Problem
	}
	if s.Role != "" {
		p.Roles = []string{s.Role}
	}
	return p
}
