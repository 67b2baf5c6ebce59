package confidential_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/confidential"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

var list = []string{"Globex", "Falcon", "Falcon Pay", "Project Heron = the migration", "Tern Platform", "Müller", "O'Dell = a colleague", " "}

func TestRedact(t *testing.T) {
	words := confidential.New(list).And("Acme Corp")
	for _, tc := range []struct{ why, in, want string }{
		{"a text without one stays", "We met at the falconry.", "We met at the falconry."},
		{"the company", "I joined Acme Corp in May.", "I joined the company in May."},
		{"at the head of a sentence", "It broke. Acme Corp was down.", "It broke. The company was down."},
		{"possessives stay", "acme-corp's orders and Globex’s", "The company's orders and X’s"},
		{"no two articles", "the Acme Corp team and our Acme Corp account", "the company team and our company account"},
		{"an becomes a", "An Acme Corp engineer and an Acme Corp laptop", "A company engineer and a company laptop"},
		{"without its legal form, in its own case", "Acme grew; the acme of style", "The company grew; the acme of style"},
		{"words without a kind are letters in the order of the list", "Globex wanted Falcon before Müller did", "X wanted Y before A did"},
		{"the longest wins", "Falcon Pay failed, Falcon did not", "Z failed, Y did not"},
		{"a kind before it stays alone", "Our client Globex complained, customer Globex too", "Our client complained, the customer too"},
		{"a kind behind it stays alone", "the Falcon project, Globex's Falcon service, Falcon team", "the project, X's service, the team"},
		{"a word that names its own kind", "We moved Tern Platform", "We moved the platform"},
		{"a noun of the user's", "project heron began; O’Dell's idea", "The migration began; a colleague's idea"},
		{"identifiers give it away too", "globex_orders, GlobexOrders, globex-db-01, falcon2", "X_orders, XOrders, X-db-01, Y2"},
		{"no parts of words", "globexian and infalconed", "globexian and infalconed"},
		{"any case, any letters", "MÜLLER, müller", "A, A"},
		{"over a line's end", "We ran Falcon\n  Pay", "We ran Z"},
	} {
		if diff := cmp.Diff(tc.want, words.Redact(tc.in)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func TestFind(t *testing.T) {
	words := confidential.New(list)
	text := "The FALCON pay of globex."
	var got []string
	for _, h := range words.Find(text) {
		got = append(got, h.Word+" as "+h.Of(text))
	}
	if diff := cmp.Diff([]string{"Falcon Pay as FALCON pay", "Globex as globex"}, got); diff != "" {
		t.Error(diff)
	}
	if hits := (confidential.Words{}).Find(text); hits != nil {
		t.Errorf("no words, yet %v", hits)
	}
}

func TestStory(t *testing.T) {
	words := confidential.New([]string{"Globex"})
	s := story.Story{
		ID: "globex-outage", File: "globex-outage.yaml", Title: "The Globex Outage", Company: "Acme", Role: "engineer",
		Problem: yaml.Text{"Acme lost Globex's orders."}, Resolution: yaml.Text{"I called Globex.", "I fixed it."},
		Skills: []string{"Globex API"}, Source: story.Source{File: "acme.md"},
	}
	want := story.Story{
		ID: "x-outage", File: "x-outage.yaml", Title: "The X Outage", Company: "the company", Role: "engineer",
		Problem: yaml.Text{"The company lost X's orders."}, Resolution: yaml.Text{"I called X.", "I fixed it."},
		Skills: []string{"X API"}, Source: story.Source{File: "The company.md"},
	}
	if diff := cmp.Diff(want, words.Story(s)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Globex"}, words.In(s)); diff != "" {
		t.Error(diff)
	}
	if s.Resolution[0] != "I called Globex." {
		t.Error("the story itself was changed")
	}
}

// No word is left, whatever stands around it.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{"our client Globex", "a Falcon Pay", "GlobexFalcon", "globex's\nfalcon", "\xffGlobex", "Falcon project Globex", "GloBeGloBeGloBeGloBeX", strings.Repeat("GloBe", 40) + "X"} {
		f.Add(s)
	}
	words := confidential.New([]string{"Globex", "Falcon Pay", "Falcon", "Müller"})
	f.Fuzz(func(t *testing.T, s string) {
		got := words.Redact(s)
		if hits := words.Find(got); hits != nil {
			t.Fatalf("%q of %q holds %q", got, s, hits[0].Word)
		}
		if words.Find(s) == nil && got != s {
			t.Fatalf("%q became %q", s, got)
		}
		for _, h := range words.Find(s) {
			if !strings.EqualFold(strings.ToLower(h.Word[:1]), strings.ToLower(h.Of(s)[:1])) {
				t.Fatalf("%q is no %q", h.Of(s), h.Word)
			}
		}
	})
}
