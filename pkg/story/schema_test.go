package story_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/prep-cli/prep/pkg/story"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(story.Schema([]string{"conflict", "failure"})))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("story.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("story.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What the schema takes, Parse takes, and the other way round. JSON is YAML, so one
// text is read by both.
func TestSchemaAgreesWithParse(t *testing.T) {
	s := schema(t)
	for _, tc := range []struct {
		why, text string
		valid     bool
	}{
		{"the least", `{"title": "T", "problem": "P"}`, true},
		{"bullets", `{"title": "T", "problem": ["P", "Q"], "impact": ["x"]}`, true},
		{"all keys", `{"title": "T", "date": "2024-03-15", "role": "r", "company": "c", "problem": "P", "context": "c", "task": "t", "investigation": "i", "root_cause": "r", "resolution": "r", "impact": "i", "lessons": "l", "hindsight": "h", "skills": ["Go"], "competencies": ["conflict"], "source": {"file": "f", "heading": "h"}}`, true},
		{"a year that YAML takes for a number", `{"title": "T", "problem": "P", "date": 2024}`, true},
		{"a month", `{"title": "T", "problem": "P", "date": "2024-03"}`, true},
		{"keys of a template without values", `{"title": "T", "problem": "P", "date": null, "impact": null, "skills": null, "source": null}`, true},
		{"a competency of one's own", `{"title": "T", "problem": "P", "competencies": ["juggling"]}`, true},
		{"an empty list", `{"title": "T", "problem": "P", "skills": [], "impact": []}`, true},
		{"no title", `{"problem": "P"}`, false},
		{"no problem", `{"title": "T"}`, false},
		{"an empty title", `{"title": " ", "problem": "P"}`, false},
		{"an empty problem", `{"title": "T", "problem": null}`, false},
		{"a problem without a bullet", `{"title": "T", "problem": []}`, false},
		{"a mistyped key", `{"title": "T", "problem": "P", "resolutoin": "R"}`, false},
		{"a list for a name", `{"title": ["T"], "problem": "P"}`, false},
		{"a number for a text", `{"title": "T", "problem": 3}`, false},
		{"a date in words", `{"title": "T", "problem": "P", "date": "March 2024"}`, false},
		{"a line of tags", `{"title": "T", "problem": "P", "skills": "Go, Kafka"}`, false},
		{"an empty bullet", `{"title": "T", "problem": "P", "impact": ["x", ""]}`, false},
		{"an unknown key of the source", `{"title": "T", "problem": "P", "source": {"line": "3"}}`, false},
	} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(tc.text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); (err == nil) != tc.valid {
			t.Errorf("%s: the schema says %v", tc.why, err)
		}
		if _, err := story.Parse("s.yaml", []byte(tc.text)); (err == nil) != tc.valid {
			t.Errorf("%s: Parse says %v", tc.why, err)
		}
	}
}

func TestEveryKeyHasHelp(t *testing.T) {
	if len(story.Keys()) < len(story.TextFields) {
		t.Fatal("keys are missing")
	}
	for _, k := range story.Keys() {
		if k.Help == "" {
			t.Errorf("%s: nothing says what stands under it", k.Name)
		}
	}
}
