package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a library and a posting may hold that must never be more than text.
const (
	script   = `<script>alert(1)</script>`
	image    = `"><img src=x onerror=alert(1)>`
	template = `{{.}}`
	escapes  = "\x1b[31mred\x1b[0m"
	turned   = "\u202eabc\u2066\u200f"
)

// hostileLibrary is a posting and n stories, in which every text holds all of that;
// the texts are as long as they come.
func hostileLibrary(n int) map[string]string {
	all := script + image + template
	escaped := all + `\e[31mred\e[0m\u202eabc\u2066\u200f`
	quoted := func(s string) string { return `"` + strings.NewReplacer(`"`, `\"`).Replace(s) + `"` }
	long := strings.Repeat("and then the queue of PostgreSQL and Kafka ran over again at night ", 5)
	files := map[string]string{"job.txt": "Engineer, Streams " + all + turned + "\n\nAbout us\nWe are " + all + escapes + " and we run " + long + ".\n\nWhat you will do\n" +
		"- Run Kafka in production " + all + escapes + turned + "\n- Keep " + long + "\n- Repair PostgreSQL " + all + strings.Repeat("x", 400) + "\n\nRequirements\n" +
		"- Kafka and Terraform " + all + escapes + "\n- PostgreSQL, Redis, Docker, Kubernetes, Go, Python, Ansible, Grafana and Prometheus\n\nNice to have\n- Helm and Argo CD " + all + "\n"}
	for i := range n {
		files[fmt.Sprintf("stories/story-%02d.yaml", i)] = fmt.Sprintf("title: %s\nrole: %s\ncompany: %s\nproblem: %s\nresolution:\n  - %s\n  - %s\nimpact: %s\nlessons: %s\nskills: [%s, Redis]\n",
			quoted(escaped+" PostgreSQL failed "+strings.Repeat("y", 30*i)), quoted(escaped), quoted(escaped),
			quoted("Our PostgreSQL outage "+escaped+" in production. "+long), quoted("I repaired Kafka "+escaped+"."),
			quoted("I moved "+long), quoted("The lag went from 500 to 3 "+escaped+"."), quoted("I made a mistake "+escaped+"."), quoted(escaped))
	}
	return files
}

func TestHostileTextsStayText(t *testing.T) {
	for _, format := range []string{"html", "markdown"} {
		code, stdout, stderr := prep(t, hostileLibrary(1), "", "sheet", "--jd", "job.txt", "--format", format)
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		for _, bad := range []string{"<script", "<img", "\x1b", "\u202e", "\u2066", "\u200f"} {
			if at := strings.Index(stdout, bad); at >= 0 {
				t.Errorf("%s: %q in %q", format, bad, stdout[max(0, at-60):min(len(stdout), at+60)])
			}
		}
		for _, told := range []string{"&lt;script", "alert(1)", template, "onerror=alert(1)"} {
			if !strings.Contains(stdout, told) {
				t.Errorf("%s: the text %q is gone", format, told)
			}
		}
	}
}

func TestOpener(t *testing.T) {
	for _, tc := range []struct {
		why, goos string
		want      []string
	}{
		{"Linux and the BSDs by the desktop's standard", "freebsd", []string{"xdg-open", "/home/me/-x.html"}},
		{"macOS", "darwin", []string{"open", "/home/me/-x.html"}},
		{"Windows, without a shell that would read the name", "windows", []string{"rundll32", "url.dll,FileProtocolHandler", "/home/me/-x.html"}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			name, args := opener(tc.goos, "/home/me/-x.html")
			if diff := cmp.Diff(tc.want, slices.Insert(args, 0, name)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
