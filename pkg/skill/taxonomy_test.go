package skill

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	tests := []struct{ tag, want, why string }{
		{"PostgreSQL", "PostgreSQL", "the usual name"},
		{"postgres", "PostgreSQL", "an alias"},
		{"  POSTGRES ", "PostgreSQL", "case and blanks do not matter"},
		{"PostgreSQL 14", "PostgreSQL", "a version is no part of the name"},
		{"Java v21", "Java", "a version with its letter"},
		{"python3", "Python", "a version joined to the name"},
		{"k8s", "Kubernetes", "digits that belong to the name stay"},
		{"EC2", "EC2", "and so do these"},
		{"React.js", "React", "dotted"},
		{"reactjs", "React", "joined"},
		{"react js", "React", "apart"},
		{"node", "Node.js", "a tag needs no company"},
		{"go", "Go", "nor a capital"},
		{"ci-cd", "CI/CD", "hyphen for slash"},
		{"CICD", "CI/CD", "joined"},
		{"git hub actions", "GitHub Actions", "apart where the name is joined"},
		{"C++", "C++", "signs are letters of the name"},
		{"c#", "C#", "a hash too"},
		{".net", ".NET", "and a leading dot"},
		{"TS/SCI", "Security clearance", "a clearance, not TypeScript"},
		{"Amazon Web Services (AWS)", "AWS", "a name with its abbreviation behind it"},
		{"code reviews", "Code review", "a plural"},
		{"reviewing code", "Code review", "a verb"},
		{"threat modelling", "Threat modeling", "British spelling"},
		{"performance optimisation", "Performance optimization", "British spelling"},
		{"postmortems", "Post-mortems", "joined plural"},
		{"webhook", "Webhooks", "singular"},
		{"one-on-ones", "One-to-ones", "another way to say it"},
		{"authn", "Authentication", "an abbreviation"},
		{"IaC", "Infrastructure as code", "an abbreviation"},
		{"CloudTrail log analysis", "Log analysis", "a compound the taxonomy lists"},
		{"basket weaving", "", "not a skill of software work"},
		{"PostgreSQL/MySQL operations", "", "more than a name is for Mentions"},
		{"", "", "nothing names nothing"},
	}
	for _, tt := range tests {
		got, ok := Default().Find(tt.tag)
		if got.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("Find(%q) = %q, %v, want %q: %s", tt.tag, got.Name, ok, tt.want, tt.why)
		}
	}
}

func TestRelated(t *testing.T) {
	tests := []struct{ name, want, why string }{
		{"Kafka", "RabbitMQ", "as the taxonomy lists it"},
		{"rabbitmq", "Kafka", "from either side, however written"},
		{"EC2", "AWS", "a service and its cloud"},
	}
	for _, tt := range tests {
		if got := Default().Related(tt.name); !slices.Contains(got, tt.want) {
			t.Errorf("Related(%q) = %q, without %q: %s", tt.name, got, tt.want, tt.why)
		}
	}
	if got := Default().Related("basket weaving"); len(got) != 0 {
		t.Errorf("an unknown skill has the neighbours %q", got)
	}
}

// TestShipped holds the shipped taxonomy to what the package promises of it. That
// no name is shared, every neighbour exists and every kind is known is New's to
// say, and TestGenerated asks it.
func TestShipped(t *testing.T) {
	skills := Default().Skills()
	if len(skills) < 700 {
		t.Errorf("%d skills, want 700 at least", len(skills))
	}
	kinds := map[string]int{}
	for _, s := range skills {
		kinds[s.Kind]++
		for name := range s.names {
			if got, ok := Default().Find(name); !ok || got.Name != s.Name {
				t.Errorf("Find(%q) = %q, want %q whose name it is", name, got.Name, s.Name)
			}
		}
		for _, other := range s.Related {
			if !slices.Contains(Default().Related(other), s.Name) {
				t.Errorf("%s is a neighbour of %s but not the other way round", other, s.Name)
			}
		}
		if slices.Contains(s.Related, s.Name) {
			t.Errorf("%s is its own neighbour", s.Name)
		}
		for _, phrase := range s.Unless {
			if len(tokenise(phrase, nil)) < 2 {
				t.Errorf("%s: unless %q is one word and would hide it altogether", s.Name, phrase)
			}
		}
	}
	for _, kind := range Kinds {
		if kinds[kind] < 10 {
			t.Errorf("kind %q has %d skills, want 10 at least", kind, kinds[kind])
		}
	}
}

func TestWith(t *testing.T) {
	taxonomy, err := Default().With(
		Skill{Name: "Ledgerly", Aliases: []string{"ledgerly sdk"}, Related: []string{"postgres"}, Kind: "tool"},
		Skill{Name: "Kubernetes", Aliases: []string{"kubby"}, Related: []string{"Ledgerly"}},
		Skill{Name: "Paper boats", Aliases: []string{"golang"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ tag, want, why string }{
		{"ledgerly SDK", "Ledgerly", "a new skill"},
		{"kubby", "Kubernetes", "a new alias of a shipped skill"},
		{"k8s", "Kubernetes", "whose old aliases stay"},
		{"golang", "Paper boats", "an alias goes over to the user's skill"},
		{"go", "Go", "and the skill that had it keeps its other names"},
	}
	for _, tt := range tests {
		if got, _ := taxonomy.Find(tt.tag); got.Name != tt.want {
			t.Errorf("Find(%q) = %q, want %q: %s", tt.tag, got.Name, tt.want, tt.why)
		}
	}
	if got, want := taxonomy.Related("Ledgerly"), []string{"PostgreSQL", "Kubernetes"}; !cmp.Equal(got, want) {
		t.Errorf("neighbours of a new skill: %s", cmp.Diff(want, got))
	}
	if !slices.Contains(taxonomy.Related("postgres"), "Ledgerly") {
		t.Error("a shipped skill does not know its new neighbour")
	}
	if slices.Contains(Default().Related("postgres"), "Ledgerly") {
		t.Error("With changed the shipped taxonomy")
	}
	if got := len(taxonomy.Mentions("Ledgerly on Kubernetes")); got != 2 {
		t.Errorf("%d mentions, want 2", got)
	}
}

func TestNewRefuses(t *testing.T) {
	tests := []struct {
		skills []Skill
		want   []string
		why    string
	}{
		{
			[]Skill{{Name: "Go"}, {Name: "Gorilla", Aliases: []string{"go"}}},
			[]string{`skill "Gorilla": the name "go" is also one of "Go"`},
			"a name means one skill",
		},
		{
			[]Skill{{Name: "Go", Related: []string{"Rust"}}},
			[]string{`skill "Go": the related skill "Rust" is not in the taxonomy`},
			"a neighbour must exist",
		},
		{
			[]Skill{{Name: "Go", Kind: "tongue"}},
			[]string{`skill "Go": unknown kind "tongue": one of language, framework,`},
			"the message lists the kinds",
		},
		{
			[]Skill{{Name: "Go", Strict: []string{"golang"}}, {Name: "!"}},
			[]string{`skill "Go": "golang" is guarded but is none of its names`, `skill "!": the name "!" has no letter or digit`},
			"all problems at once",
		},
	}
	for _, tt := range tests {
		_, err := New(tt.skills)
		for _, want := range tt.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("New: %v, want %q: %s", err, want, tt.why)
			}
		}
	}
}

func TestZeroTaxonomy(t *testing.T) {
	var none Taxonomy
	if _, ok := none.Find("Go"); ok || len(none.Mentions("Go and Rust")) > 0 || len(none.Skills()) > 0 {
		t.Error("the zero taxonomy knows a skill")
	}
}

func TestParse(t *testing.T) {
	_, err := Parse("own.yaml", []byte("- name: Ledgerly\n  alias: [ledger]\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "own.yaml:2:3: ") {
		t.Errorf("Parse: %v, want the place of the unknown key", err)
	}
	got, err := Parse("own.yaml", []byte("- {name: Ledgerly, kind: tool, aliases: [lg], related: [Go], near: [money]}\n"))
	want := []Skill{{Name: "Ledgerly", Kind: "tool", Aliases: []string{"lg"}, Related: []string{"Go"}, Near: []string{"money"}}}
	if !errors.Is(err, nil) || !cmp.Equal(got, want) {
		t.Errorf("Parse: %v\n%s", err, cmp.Diff(want, got))
	}
}
