package skill

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/story"
)

// mentioned gives the skills that the shipped taxonomy finds in s, each once.
func mentioned(s string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, m := range Default().Mentions(s) {
		if !seen[m.Skill] {
			out = append(out, m.Skill)
		}
		seen[m.Skill] = true
	}
	return out
}

func TestMentions(t *testing.T) {
	const s = "Moved our k8s jobs from RabbitMQ to Kafka Streams."
	var got []string
	for _, m := range Default().Mentions(s) {
		got = append(got, m.Skill+" by "+m.Via+": "+m.Span.Of(s))
	}
	want := []string{"Kubernetes by alias: k8s", "RabbitMQ by exact: RabbitMQ", "Kafka Streams by exact: Kafka Streams"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMentionForms(t *testing.T) {
	tests := []struct{ text, want, why string }{
		{"front-end, frontend and front end work", "Frontend development", "one name however it is joined"},
		{"PostgreSQL/MySQL operations", "PostgreSQL MySQL", "a slash parts two names"},
		{"CI/CD, TCP/IP", "CI/CD TCP/IP", "or holds one together"},
		{"Node.js services", "Node.js", "a dot inside"},
		{"We moved to Node. JS bundles shrank.", "Node.js JavaScript", "a sentence ends between them"},
		{"C++, C# and .NET", "C++ C# .NET", "signs belong to names"},
		{"Spring Boot", "Spring Boot", "the longest name wins"},
		{"code\nreview", "Code review", "a paragraph is wrapped anywhere"},
		{"- unit\n- testing", "Testing", "items of a list are apart"},
		{"you mentor juniors and review their code", "Mentoring Code review", "a star bridges a word or two"},
		{"review plans that nobody else in the team would ever call code", "", "and no more"},
		{"our team’s on‑call rota", "On-call", "typographic signs"},
		{"traﬃc patterns; conﬂict resolution", "Conflict resolution", "ligatures"},
		{"identifying race conditions", "Race conditions", "a plural"},
		{"I am on the team", "", "short names are not put together from pieces: IAM"},
		{"a candidate of candour and or honesty", "Integrity", "nor longer ones from many"},
		{"", "", "nothing in nothing"},
		{"**dbt** and `Airflow`", "dbt Airflow", "Markdown's signs are no letters"},
	}
	for _, tt := range tests {
		if got := strings.Join(mentioned(tt.text), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q: %s", tt.text, got, tt.want, tt.why)
		}
	}
}

func TestGuards(t *testing.T) {
	tests := []struct{ text, want, why string }{
		{"You can write a decent tool in Go.", "Go", "a capital inside a sentence"},
		{"Go developer", "Go", "opens the line, but beside a trade's word"},
		{"Go, Rust or similar", "Go Rust", "opens a list"},
		{"go", "Go", "alone on its line"},
		{"five years of go", "Go", "lower case, after years of"},
		{"python, go and bash", "Python Go Bash", "lower case, among its like"},
		{"Go to where the customers are", "", "a verb that opens the sentence"},
		{"We go live on Monday", "", "a verb"},
		{"Help the team go faster with Kubernetes", "Kubernetes", "a skill in the sentence is not company enough"},
		{"You own the Go-to-market plan", "", "an unless phrase, hyphenated"},
		{"READY TO GO? APPLY", "", "a line in capitals tells nothing"},

		{"Experience in C and assembly", "C Assembly", "a letter after experience in"},
		{"C, C++", "C C++", "a letter in a list"},
		{"a Series C company with C-level sponsors", "", "letters that mean other things"},
		{"R&D budget, vitamin C", "", "no R, no D, no C"},
		{"Statistics in R or Python", "Statistics R Python", "a letter in company"},
		{"a) Java b) Kotlin c) Scala", "Java Kotlin Scala", "letters that number a list are lower case"},

		{"Swift and Kotlin", "Swift Kotlin", "opens a list of its kind"},
		{"A swift answer helps", "", "an adjective"},
		{"SWIFT payments", "", "the banks' network"},
		{"Built it with React and Redux", "React Redux", "mid-sentence"},
		{"React to incidents within minutes", "", "a verb"},
		{"You react quickly when things break", "", "a verb"},
		{"Solid react and typescript", "React TypeScript", "lower case in a list"},
		{"Spark jobs; we spark ideas", "Spark", "a name and a verb"},
		{"Services in Spring on the JVM", "Spring JVM", "a capital"},
		{"Every spring the whole shop is counted anew", "", "a season"},
		{"Ruby on Rails", "Ruby on Rails", "one name, not two"},
		{"Payment rails and guard rails", "Payments", "other rails"},
		{"Rust without regrets: we rewrote it in Rust", "Rust", "once by its capital"},
		{"rust on the hull", "", "oxide"},

		{"REST and GraphQL", "REST APIs GraphQL", "capitals"},
		{"the rest of the team will rest", "", "a remainder and a pause"},
		{"rest apis", "REST APIs", "two words leave no doubt"},
		{"mass mail through SES", "SES", "capitals"},
		{"TS/SCI clearance required", "Security clearance", "no TypeScript"},
		{"JS and TS", "JavaScript TypeScript", "abbreviations in a list"},
		{"Strong SQL, excel at details", "SQL", "a verb"},
		{"Word, Excel, PowerPoint", "Excel", "a program"},
		{"IAM, KMS", "IAM KMS", "capitals"},
		{"lambda functions behind an API gateway", "AWS Lambda API Gateway", "two words leave no doubt"},
		{"java lambda expressions", "Java", "a language's lambda"},
		{"Vault and Consul", "Vault Consul", "names in a list"},
		{"a vault full of salt", "", "things"},
		{"Chef or Puppet", "Chef Puppet", "names in a list"},
		{"Our Chef cooks lunch daily", "", "a capital alone is not enough here"},
		{"Oracle and PostgreSQL", "Oracle PostgreSQL", "a database"},
		{"SOLID, DRY", "SOLID", "principles"},
		{"solid SQL and solid Python", "SQL Python", "an adjective"},
		{"stored locally in Room", "Room", "near a word of its own"},
		{"there is room for growth", "", "space"},
		{"Flask, Django", "Flask Django", "frameworks"},
		{"a flask of tea", "", "a bottle"},
		{"node pools on GKE", "GKE", "a cluster's nodes"},
		{"Our AI and ML work", "Artificial intelligence Machine learning", "abbreviations"},
		{"FE/BE split", "Frontend development Backend development", "abbreviations beside each other"},
		{"You will be there", "", "be is no back end"},

		{"Experience in logistics or retail", "Logistics Retail", "a field after experience in"},
		{"We are a logistics company", "", "a field in a company's portrait"},
		{"Fluent Dutch", "Dutch", "a language spoken"},
		{"our Dutch customers", "", "an adjective"},
		{"Nice to have\nDutch", "Dutch", "alone on its line"},
		{"networking events every month", "", "no networks"},
		{"Linux and networking", "Linux Networking", "networks"},
		{"we process your personal data", "", "small print"},
		{"We are hiring!", "", "an advertisement, no skill"},
		{"Hiring and onboarding engineers", "Hiring Onboarding", "a skill"},
	}
	for _, tt := range tests {
		if got := strings.Join(mentioned(tt.text), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q: %s", tt.text, got, tt.want, tt.why)
		}
	}
}

// FuzzMentions asserts the laws of mentions: they lie in the text, in order and
// apart, and each is a name that Find knows.
func FuzzMentions(f *testing.F) {
	for _, s := range []string{"Go, Rust & C++", "lead the * engineers", "e.g. .NET/C#", "İstanbul ﬁ K8s", "a\n\n- b", "CI/CD’s", "\xff Go\x00 SQL", posting} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, m := range Default().Mentions(s) {
			if m.Span.Start < end || m.Span.End <= m.Span.Start || m.Span.End > len(s) {
				t.Fatalf("mention of %s at %v after %d in %q", m.Skill, m.Span, end, s)
			}
			end = m.Span.End
			if got, ok := Default().Find(m.Span.Of(s)); !ok || got.Name != m.Skill {
				t.Errorf("%q was found as %q, but Find says %q", m.Span.Of(s), m.Skill, got.Name)
			}
		}
	})
}

const posting = `Senior Backend Engineer, Settlement

You join a team of six that moves money between merchants and banks. We run about forty services in Go
and Kotlin on Kubernetes (EKS), described in Terraform, and deploy them many times a day.

What you will do
- Design REST APIs and event streams (Kafka) that survive retries, duplicates and late messages
- Keep PostgreSQL fast: indexes, query plans, partitioning; Redis where it helps
- Take part in the on-call rotation and write blameless post-mortems
- Review code, mentor two junior engineers and write things down

What you bring
- 5+ years of backend development, most of it in a typed language
- A good grasp of distributed systems, idempotency and eventual consistency
- CI/CD with GitHub Actions or GitLab CI, feature flags, canary releases
- Monitoring and tracing with Prometheus, Grafana and OpenTelemetry
- You can explain a trade-off to people who do not write code

Nice to have
- Experience with PCI DSS or other regulated environments
- AWS (Lambda, SQS, DynamoDB), gRPC, Rust
`

func BenchmarkMentions(b *testing.B) {
	s := strings.Repeat(posting, 3*1024/len(posting)+1)[:3*1024]
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	Default()
	for b.Loop() {
		Default().Mentions(s)
	}
}

// BenchmarkStory reads the stories of a graded set as match does, a field's part
// at a time; one op is one story of some 150 words.
func BenchmarkStory(b *testing.B) {
	stories, err := story.Load(os.DirFS("../match/testdata/eval/library"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	Default()
	for i := 0; b.Loop(); i++ {
		s := &stories[i%len(stories)]
		for _, field := range story.TextFields {
			for _, part := range s.Text(field) {
				Default().Mentions(part)
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Default().Find("PostgreSQL 14")
	}
}

// BenchmarkWith is what a start costs a user with skills of their own.
func BenchmarkWith(b *testing.B) {
	own := Skill{Name: "Ledgerly", Aliases: []string{"ledgerly sdk"}, Related: []string{"PostgreSQL"}}
	for b.Loop() {
		if _, err := Default().With(own); err != nil {
			b.Fatal(err)
		}
	}
}
