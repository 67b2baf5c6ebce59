package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Key is one key of a story file.
type Key struct {
	Name     string
	Required bool
	Help     string // what stands under it, for who writes one
	kind     reflect.Type
}

// help says what stands under each key.
var help = map[string]string{
	"title":         "A short name.",
	"date":          "When it was: 2024, 2024-03 or 2024-03-15.",
	"role":          "Your job then.",
	"company":       "Where it was.",
	"problem":       "What went wrong, and for whom: the challenge.",
	"context":       "Circumstances, constraints, stakes.",
	"task":          "What you personally had to do.",
	"investigation": "How you approached it, and what you looked at.",
	"root_cause":    "What you found to be the cause.",
	"resolution":    "What you did.",
	"impact":        "The outcome, best with numbers.",
	"lessons":       "What you learned, and what changed after.",
	"hindsight":     "What you could have done and did not do. It is never told as done.",
	"skills":        "Tags in any spelling.",
	"competencies":  "The competencies that you claim, strongest first (prep competencies lists them).",
	"source":        "Where an import took the story from.",
	"file":          "The document.",
	"heading":       "The heading in it.",
}

// Keys lists the keys of a story file in their order.
func Keys() []Key { return keysOf(reflect.TypeFor[Story]()) }

func keysOf(t reflect.Type) []Key {
	var keys []Key
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name != "-" {
			keys = append(keys, Key{Name: name, Required: option == "required", Help: help[name], kind: f.Type})
		}
	}
	return keys
}

// Schema gives the JSON Schema (draft 7) of a story file, by which editors complete
// keys and check while one types. It takes the files that Parse takes, as far as a
// schema can tell; the ids of competencies are offered, others are let pass.
func Schema(competencies []string) []byte {
	root := append(object(reflect.TypeFor[Story](), competencies), member{"required", []string{"title", "problem"}})
	root = append(members{
		{"$schema", "http://json-schema.org/draft-07/schema#"},
		{"$id", "https://raw.githubusercontent.com/prep-cli/prep/main/story.schema.json"},
		{"title", "prep story"},
		{"description", "One incident that an engineer lived through, as prep keeps it."},
	}, root...)
	var b bytes.Buffer
	if err := json.Indent(&b, root.json(), "", "  "); err != nil {
		panic(err) // it has just been written
	}
	return append(b.Bytes(), '\n')
}

// member is a name and its value in a JSON object, whose order is kept.
type member struct {
	name  string
	value any
}

type members []member

func (ms members) json() []byte {
	parts := make([]string, len(ms))
	for i, m := range ms {
		inner, ok := m.value.(members)
		data := inner.json
		if !ok {
			data = func() []byte { return marshal(m.value) }
		}
		parts[i] = fmt.Sprintf("%q: %s", m.name, data())
	}
	return []byte("{" + strings.Join(parts, ", ") + "}")
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and lists always encode
	}
	return data
}

func object(t reflect.Type, competencies []string) members {
	var properties members
	for _, k := range keysOf(t) {
		properties = append(properties, member{k.Name, k.schema(competencies)})
	}
	return members{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}
}

// written is a text with more than blanks.
const written = `\S`

// schema is what the key may hold. A key without a value counts as left out, so
// one that is not required may be null.
func (k Key) schema(competencies []string) members {
	said := member{"description", k.Help}
	text := members{{"type", "string"}, {"pattern", written}}
	types := func(names ...string) member {
		if !k.Required {
			names = append(names, "null")
		}
		return member{"type", names}
	}
	switch {
	case k.kind == reflect.TypeFor[Source]():
		return append(members{said, types("object")}, object(k.kind, nil)[1:]...)
	case k.kind == reflect.TypeFor[Date]():
		return members{said, types("string", "integer"), {"pattern", `^\d{4}(-\d{2}(-\d{2})?)?$`}, {"minimum", 1000}, {"maximum", 9999}}
	case k.kind == reflect.TypeFor[yaml.Text]() && k.Required:
		return members{said, types("string", "array"), {"pattern", written}, {"items", text}, {"minItems", 1}}
	case k.kind == reflect.TypeFor[yaml.Text]():
		return members{said, types("string", "array"), {"items", text}}
	case k.Name == "competencies" && len(competencies) > 0:
		return members{said, types("array"), {"items", members{{"anyOf", []json.RawMessage{
			members{{"enum", competencies}}.json(), text.json(),
		}}}}}
	case k.kind.Kind() == reflect.Slice:
		return members{said, types("array"), {"items", text}}
	case k.Required:
		return members{said, types("string"), {"pattern", written}}
	}
	return members{said, types("string")}
}
