package text_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/prep-cli/prep/pkg/text"
)

func TestWords(t *testing.T) {
	for _, tc := range []struct{ why, in, want string }{
		{"case and marks go", "Orders, (twice)!", "orders twice"},
		{"signs behind a short name stay", "C++ and C#, F# too", "c++ and c# f# too"},
		{"dots inside stay, the full stop goes", "Node.js 18.2 at 3.5 ms.", "node.js 18.2 at 3.5 ms"},
		{"short slashes are one word, paths are not", "CI/CD, TCP/IP, stories/index", "ci/cd tcp/ip stories index"},
		{"hyphens part", "load-balancer K8s p99", "load balancer k8s p99"},
		{"possessives go, contractions stay", "the team’s, don't", "the team don't"},
		{"typographic letters become plain", "conﬁg “naïve”", "config naïve"},
	} {
		if diff := cmp.Diff(tc.want, strings.Join(text.Words(tc.in), " ")); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func TestStems(t *testing.T) {
	got := strings.Join(text.Stems("We were migrating the migrations to PostgreSQL 14 with Node.js"), " ")
	if want := "migrat migrat postgresql 14 node.js"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSentences(t *testing.T) {
	for _, tc := range []struct {
		why, in string
		want    []string
	}{
		{"full stops", "It broke. I fixed it! Why? A lock.", []string{"It broke.", "I fixed it!", "Why?", "A lock."}},
		{"abbreviations, initials, decimals", "It took 3.5 ms, e.g. Redis. J. Smith of Acme Inc. Berlin agreed.", []string{"It took 3.5 ms, e.g. Redis.", "J. Smith of Acme Inc. Berlin agreed."}},
		{"a small letter goes on", "We ran v1.2 etc. until noon.", []string{"We ran v1.2 etc. until noon."}},
		{"quotes and brackets close with it", `He said "stop." Then (at last.) We did.`, []string{`He said "stop."`, "Then (at last.)", "We did."}},
		{"bullets without their marks", "- Used CloudTrail\n- Found the user\n2) Cleaned up", []string{"Used CloudTrail", "Found the user", "Cleaned up"}},
		{"a wrapped line goes on", "We moved\nthe data.\n\nThen slept", []string{"We moved\nthe data.", "Then slept"}},
		{"a label line stands alone", "Fix:\nAdd a lock", []string{"Fix:", "Add a lock"}},
		{"a minus is no bullet", "-5 degrees", []string{"-5 degrees"}},
		{"nothing to say", " ... \n - ", nil},
	} {
		var got []string
		for _, sp := range text.Sentences(tc.in) {
			got = append(got, sp.Of(tc.in))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func TestEnglish(t *testing.T) {
	for in, want := range map[string]bool{
		"Tell me about a time you made a serious mistake": true,
		"missed deadline": true,
		"Migrated 60 services off Spring Boot 1.5, zero downtime, in 4 months, wrote the guide, ran weekly clinic":            true,
		"Erzählen Sie von einem Fehler, den Sie gemacht haben":                                                                false,
		"请讲一个你犯错的经历":                                                                                                          false,
		"Wir suchen eine Entwicklerin mit guten Kenntnissen in Kubernetes, PostgreSQL und Go, gerne mit Erfahrung im Betrieb": false,
	} {
		if got := text.English(text.Words(in)); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

// Tokens lie in order inside the text; every letter lies in one sentence.
func FuzzText(f *testing.F) {
	for _, s := range []string{"It broke. I fixed it!", "- a\n- b", "1. x\n2) y", "C++/c# ’s", "e.g. X. no.", "。！", "\xff.", "3.", "9) Ⅷ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, tok := range text.Tokens(s) {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v out of order in %q", tok, s)
			}
			at = tok.End
		}
		at = 0
		for _, sp := range text.Sentences(s) {
			if sp.Start < at || sp.End <= sp.Start || sp.End > len(s) {
				t.Fatalf("sentence %+v out of order in %q", sp, s)
			}
			if lost := s[at:sp.Start]; strings.IndexFunc(lost, unicode.IsLetter) >= 0 {
				t.Fatalf("%q lies in no sentence of %q", lost, s)
			}
			at = sp.End
		}
		if strings.IndexFunc(s[at:], unicode.IsLetter) >= 0 {
			t.Fatalf("%q lies in no sentence of %q", s[at:], s)
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	s := strings.Repeat("Used CloudTrail to trace the unauthorised activity, e.g. 3.5 million mails. ", 27)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		text.Tokens(s)
	}
}
