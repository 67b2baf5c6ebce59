package job

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// lines writes each line as "kind: text", which is how the tables below give them.
func lines(d Description) []string {
	var out []string
	for _, l := range d.Lines {
		out = append(out, fmt.Sprintf("%s: %s", l.Kind, l.Text))
	}
	return out
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		why, posting   string
		title, company string
		want           []string
	}{
		{
			why:     "Markdown headings, a deeper one without a kind of its own takes its parent's",
			posting: "# Data Engineer\n\n## Requirements\n\n### Languages\n- Python\n\n### Nice to have\n- Scala\n\n## Benefits\n- Lunch\n",
			title:   "Data Engineer",
			want:    []string{"must: Python", "nice: Scala", "other: Lunch"},
		},
		{
			why:     "bold lines as titles, and a company that a section names",
			posting: "**Cook, later Developer**\n\n**About Brindle & Sons**\nWe bake.\n\n**What you’ll bring:**\n* **Go**, three years\n* Patience\n",
			title:   "Cook, later Developer", company: "Brindle & Sons",
			want: []string{"about: We bake.", "must: Go, three years", "must: Patience"},
		},
		{
			why:     "a paste without bullets: known titles, and each line an item",
			posting: "Tester at Wickerby\nYou will\nbreak things on purpose\nWhat we're looking for\nan eye for detail\nSQL\nNice to haves\nCypress\nPerks\ntea\n",
			title:   "Tester", company: "Wickerby",
			want: []string{"duty: break things on purpose", "must: an eye for detail", "must: SQL", "nice: Cypress", "other: tea"},
		},
		{
			why:     "capitals as titles",
			posting: "SRE\n\nWHAT YOU MUST HAVE\n\n- Linux\n\nDESIRABLE\n\n- eBPF\n",
			title:   "SRE",
			want:    []string{"must: Linux", "nice: eBPF"},
		},
		{
			why:     "a sentence as a title",
			posting: "Developer\n\nYou might be a great fit for us if some of these describe you:\n\n- You test\n\nIt would be great, and by no means necessary, if you also had\n\n- some Rust\n",
			title:   "Developer",
			want:    []string{"must: You test", "nice: some Rust"},
		},
		{
			why:     "labels on the line itself, and facts that ask for nothing",
			posting: "Job title: Web Developer\nCompany: Ottergate Ltd\nLocation: Bath\nSkills: HTML, CSS\nNice to have: Svelte\n",
			title:   "Web Developer", company: "Ottergate Ltd",
			want: []string{"other: Company: Ottergate Ltd", "other: Location: Bath", "must: HTML, CSS", "nice: Svelte"},
		},
		{
			why:     "wishes that are optional inside a must",
			posting: "Engineer\n\nRequirements:\n- Strong Java skills, Kotlin a plus\n- Terraform (Pulumi preferred)\n- AWS, GCP or Azure would be nice\n- Cloud security, ideally in healthcare; SQL\n- our preferred tools\n",
			title:   "Engineer",
			want: []string{"must: Strong Java skills", "nice: Kotlin a plus", "must: Terraform", "nice: Pulumi preferred", "nice: AWS, GCP or Azure would be nice",
				"must: Cloud security", "nice: ideally in healthcare", "must: SQL", "must: our preferred tools"},
		},
		{
			why:     "prose after a list belongs to no section",
			posting: "Engineer\n\nRequirements\n- Go\n- SQL\n\nWe offer a fair salary, a pension, and thirty days of leave in a quiet office.\n\nWe hire regardless of age, gender and religion, and we mean every single word of it.\n",
			title:   "Engineer",
			want: []string{"must: Go", "must: SQL", "other: We offer a fair salary, a pension, and thirty days of leave in a quiet office.",
				"other: We hire regardless of age, gender and religion, and we mean every single word of it."},
		},
		{
			why:     "nothing but prose: each sentence by what it says",
			posting: "Pinchbeck sells clocks to people who are late. We are hiring a Release Engineer. You will keep our builds green. Everything runs on Bazel. We expect three years of experience with Linux. Perl is welcome and not required. Salary is 60k.\n",
			title:   "Release Engineer",
			want: []string{"about: Pinchbeck sells clocks to people who are late.", "duty: We are hiring a Release Engineer.", "duty: You will keep our builds green.", "duty: Everything runs on Bazel.",
				"must: We expect three years of experience with Linux.", "nice: Perl is welcome and not required.", "other: Salary is 60k."},
		},
		{
			why:     "the page around the posting, curly quotes, ligatures and hard blanks",
			posting: "Show match details\nDevOps Engineer\nHull · 3 weeks ago · Over 100 applicants\nEasy Apply\n\nAbout the job\n\nWho you are\n\n·\u00a0You’re at home in proﬁling\n\nShow less\n",
			title:   "DevOps Engineer",
			want:    []string{"must: You’re at home in profiling"},
		},
		{
			why:     "lines wrapped by hand are one line each",
			posting: "Engineer\n\nResponsibilities\n- Keep the billing system running through the busiest week of our whole\n  year\n- Talk to the people who use it and write down, in words they would use\n  too, what they need\n- Mentor two juniors, patiently, and be honest with them about what they\n  do well\n",
			title:   "Engineer",
			want: []string{"duty: Keep the billing system running through the busiest week of our whole year", "duty: Talk to the people who use it and write down, in words they would use too, what they need",
				"duty: Mentor two juniors, patiently, and be honest with them about what they do well"},
		},
		{
			why:     "broken emphasis, links, escapes, entities",
			posting: "Engineer\n\n## Must haves\n- **C++ and *CMake**\n- [Bazel](https://bazel.example)\n- 5\\+ years\n- R&amp;D\n",
			title:   "Engineer",
			want:    []string{"must: C++ and CMake", "must: Bazel", "must: 5+ years", "must: R&D"},
		},
		{
			why:     "HTML",
			posting: "<h1>Analyst</h1><h3>Qualifications</h3><ul><li>SQL &amp; R</li><li>dbt is a <b>plus</b></li></ul>",
			title:   "Analyst",
			want:    []string{"must: SQL & R", "nice: dbt is a plus"},
		},
		{
			why:     "a table's rows are labels",
			posting: "| Job title | Release Manager |\n|---|---|\n| Location | Hull |\n| Requirements | Git and tact |\n",
			title:   "Release Manager",
			want:    []string{"other: Location: Hull", "must: Git and tact"},
		},
		{
			why:     "how a company hires names its tools in passing",
			posting: "Engineer\n\nInterview process\n1. A call\n2. Two hours of Python\n",
			title:   "Engineer",
			want:    []string{"about: A call", "about: Two hours of Python"},
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, err := Parse(tt.posting)
			if err != nil {
				t.Fatal(err)
			}
			if d.Title != tt.title || d.Company != tt.company {
				t.Errorf("title %q, company %q; want %q, %q", d.Title, d.Company, tt.title, tt.company)
			}
			if diff := cmp.Diff(tt.want, lines(d)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ why, posting, want string }{
		{"nothing", "", "the job description is empty"},
		{"blanks and rules only", "\n \t\n----\n", "the job description is empty"},
		{"only the page's buttons", "Show more\nEasy Apply\n", "the job description is empty"},
		{"not UTF-8", "Engineer \xff\xfe", "the job description is not text (UTF-8)"},
		{"a zero byte", "Engineer\x00", "the job description is not text (UTF-8)"},
		{"a PDF", "%PDF-1.7 Engineer", "the job description is a PDF, not text"},
		{"too long", strings.Repeat("a", MaxSize+1), "the job description is over 256 KiB, the most that is read"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if _, err := Parse(tt.posting); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// FuzzParse holds that whatever is pasted, no line is empty or broken, every kind
// is one of the five, and the same posting gives the same lines.
func FuzzParse(f *testing.F) {
	f.Add("# Engineer\n\n## Requirements\n- Go, Rust a plus\n\n| a | b |\n")
	f.Add("We are hiring.\n\nYou have: patience (ideally)\n* **x\n<li>y</li>")
	f.Add("Title\n===\n1. a\n2) b\no   c\nQ: What?\nA: - this\n")
	f.Fuzz(func(t *testing.T, posting string) {
		d, err := Parse(posting)
		if err != nil {
			return
		}
		again, _ := Parse(posting)
		if diff := cmp.Diff(d, again); diff != "" {
			t.Error(diff)
		}
		for _, l := range d.Lines {
			if strings.TrimSpace(l.Text) == "" || !utf8.ValidString(l.Text) {
				t.Errorf("a line is %q", l.Text)
			}
			if !slices.Contains([]Kind{Duty, Must, Nice, About, Other}, l.Kind) {
				t.Errorf("%q is of kind %q", l.Text, l.Kind)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	posting := "Engineer\n\nRequirements\n" + strings.Repeat("- Strong experience with Go; Kubernetes, ideally on AWS, is a plus\n", 40)
	for b.Loop() {
		if _, err := Parse(posting); err != nil {
			b.Fatal(err)
		}
	}
}
