package skill

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write skills_gen.go")

// TestGenerated holds skills_gen.go to what skills.yaml says.
func TestGenerated(t *testing.T) {
	data, err := os.ReadFile("skills.yaml")
	if err != nil {
		t.Fatal(err)
	}
	skills, err := Parse("skills.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	taxonomy, err := New(skills)
	if err != nil {
		t.Fatal(err)
	}
	want, err := format.Source(source(taxonomy))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("skills_gen.go", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile("skills_gen.go"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("skills_gen.go is not what skills.yaml gives (%v): run go generate ./pkg/skill", err)
	}
}

// source writes a taxonomy as Go. Arrays of structs of constants need no code at
// start; a map would.
func source(t *Taxonomy) []byte {
	var b bytes.Buffer
	b.WriteString("// Code generated from skills.yaml by go generate; DO NOT EDIT.\n\npackage skill\n\n")
	fmt.Fprintf(&b, "var shipped = [...]Skill{\n")
	for _, s := range t.skills {
		fmt.Fprintf(&b, "{Name: %q, Kind: %q", s.Name, s.Kind)
		for _, list := range []struct {
			field string
			names []string
		}{{"Aliases", s.Aliases}, {"Related", s.Related}, {"Ambiguous", s.Ambiguous}, {"Strict", s.Strict}, {"Near", s.Near}, {"Unless", s.Unless}} {
			if len(list.names) > 0 {
				fmt.Fprintf(&b, ", %s: %#v", list.field, list.names)
			}
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	writeTable(&b, "shippedWords", t.words)
	writeTable(&b, "shippedPhrases", t.phrases)
	return b.Bytes()
}

func writeTable(b *bytes.Buffer, name string, t table) {
	fmt.Fprintf(b, "\nvar %s = [...]phrase{\n", name)
	for _, p := range t.phrases {
		fmt.Fprintf(b, "{%q, %d, %d, %d, %d},\n", p.key, p.skill, p.name, p.words, p.guard)
	}
	fmt.Fprintf(b, "}\n\nvar %sHeads = [%d]head{\n", name, len(t.heads))
	for i, h := range t.heads {
		if h.to > 0 {
			fmt.Fprintf(b, "%d: {%#x, %d, %d},\n", i, h.start, h.from, h.to)
		}
	}
	b.WriteString("}\n")
}
