package posting

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// enough are the words that a page needs to pass for more than a form.
var enough = strings.Repeat("You run our services and we are glad of it. ", 6)

func TestHTML(t *testing.T) {
	for _, tt := range []struct{ why, page, want string }{
		{"the main part without the page's frame",
			"<nav>Jobs in Perl</nav><main><h1>Engineer</h1><p>Know <b>Go</b> and C#.</p><ul><li>Kafka<li>5+ years</ul></main><footer>Ruby</footer>",
			"# Engineer\n\nKnow **Go** and C#.\n\n- Kafka\n- 5+ years"},
		{"an article, and no address behind a link", "<div>Menu</div><article><h2>Must</h2><p><a href='https://example.com/(x)'>Go</a></p></article>", "## Must\n\nGo"},
		{"no marked part: the element that holds nearly all", "<div><div>Cookies</div><div><div><p>" + strings.Repeat("Go. ", 60) + "</p></div></div></div>", strings.TrimSpace(strings.Repeat("Go. ", 60))},
		{"a title beside the main part", "<header><h1>Engineer</h1></header><main><p>Go</p></main>", "# Engineer\n\nGo"},
		{"a teaser marked as an article is not the page", "<article>Tip</article><div><p>" + enough + "</p></div>", strings.TrimSpace(enough)},
		{"scripts, styles, buttons, hidden text", "<main>" + enough + "<script>js</script><style>css</style><button>Apply</button><p hidden>x</p><p style='display: none'>y</p><p aria-hidden=true>z</p></main>", strings.TrimSpace(enough)},
		{"a table of facts", "<main><table><tr><td>Place</td><td>Hull</td></tr><tr><td>Must</td><td>Go</td></tr></table></main>", "|       |      |\n|-------|------|\n| Place | Hull |\n| Must  | Go   |"},
		{"headings that end in a number sign", "<main><h2>Senior <b>C#</b></h2><h3>#</h3><h4>F\n#</h4><h5> </h5><p>Go</p></main>", "## Senior **C#**\n\n### #\n\n#### F #\n\nGo"},
		{"Windows-1252", "<main><p>You\x92re at ease with caf\xe9s</p></main>", "You’re at ease with cafés"},
		{"a login in the page's frame is nobody's business", "<nav><form><input type=password></form></nav><main>" + strings.Repeat(enough, 3) + "</main>", strings.TrimSpace(strings.Repeat(enough, 3))},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := HTML([]byte("<!doctype html><body>" + tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.TrimSpace(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLWithoutText(t *testing.T) {
	for _, tt := range []struct {
		why, page string
		want      error
	}{
		{"a form to log in", "<form>E-mail <input><input type=password></form>", errLogin},
		{"a wall of words around it", "<p>" + enough + "</p><form><input type=password></form>", errLogin},
		{"a wall without a form", "<h1>Join to see this job</h1><a href=/login>Sign in</a>", errLogin},
		{"a page that a script fills", "<div id=root></div><script src=app.js></script><noscript>You need to enable JavaScript.</noscript>", errScript},
		{"a check for robots", "<h1>Just a moment…</h1><script>x</script>", errScript},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if text, err := Read([]byte("<html><body>" + tt.page)); !errors.Is(err, tt.want) || text != "" {
				t.Errorf("%q, %v", text, err)
			}
		})
	}
}

func TestJobPosting(t *testing.T) {
	const login = "<form><input type=password></form>"
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	for _, tt := range []struct{ why, page, want string }{
		{"title, company, and the description's HTML, whatever the page shows",
			ld(`{"@type":"JobPosting","title":"Engineer","hiringOrganization":{"@type":"Organization","name":"Acme"},"description":"<h2>Must</h2><ul><li>Go</li></ul>"}`) + login,
			"# Engineer\n\nCompany: Acme\n\n## Must\n\n- Go"},
		{"in a graph, its type one of several, its HTML escaped",
			ld(`{"@graph":[{"@type":"WebSite"},{"@type":["Thing","http://schema.org/JobPosting"],"title":"Engineer","description":"&lt;p&gt;Go &amp;amp; SQL&lt;/p&gt;"}]}`),
			"# Engineer\n\nGo & SQL"},
		{"what the description leaves out, and not what it says already",
			ld(`{"@type":"JobPosting","title":"Engineer","description":"We need Kafka.","skills":["Kafka","Go"],"qualifications":"<ul><li>SQL</li></ul>","educationRequirements":{"credentialCategory":"bachelor degree"}}`),
			"# Engineer\n\nWe need Kafka.\n\n## Qualifications\n\n- SQL\n\n- bachelor degree\n\n## Skills\n\n- Go"},
		{"among others, the one that the page is about",
			"<h1>Engineer II</h1>" + ld(`[{"@type":"JobPosting","title":"Cook","description":"Soup"},{"@type":"JobPosting","title":"Engineer II","description":"Go"}]`),
			"# Engineer II\n\nGo"},
		{"broken, the page itself", ld(`{"@type":"JobPosting",`) + "<main><p>Go</p></main>", ""},
		{"without a text, the page itself", ld(`{"@type":"JobPosting","title":"Engineer"}`) + "<main><p>" + enough + "</p></main>", strings.TrimSpace(enough)},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := HTML([]byte("<!doctype html><body>" + tt.page))
			if tt.want == "" {
				if !errors.Is(err, errScript) {
					t.Errorf("%q, %v", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.TrimSpace(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	two := ld(`[{"@type":"JobPosting","title":"Cook","description":"Soup"},{"@type":"JobPosting","title":"Engineer","description":"Go"}]`)
	if text, err := HTML([]byte("<html>" + two)); err == nil || err.Error() != "the page holds several postings: give the address of one" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestJobSchema(t *testing.T) {
	for _, tt := range []struct{ why, data, want, err string }{
		{"JSON Resume's job",
			`{"title":"Engineer","company":"Acme","description":"We ship.","experience":"Senior","responsibilities":["Run it"],"qualifications":["SQL"],"skills":[{"name":"Backend","level":"Master","keywords":["Go","Kafka"]},{"keywords":["Git"]}]}`,
			"# Engineer\n\nCompany: Acme\n\nWe ship.\n\n## Responsibilities\n\n- Run it\n\n## Qualifications\n\n- SQL\n- Senior\n\n## Skills\n\n- Backend (Master): Go, Kafka\n- Git\n", ""},
		{"other types than the schema's", `{"title":["Engineer"],"skills":"Go","qualifications":7}`, "# Engineer\n\n## Skills\n\n- Go\n", ""},
		{"a JobPosting by itself", `{"@type":"JobPosting","title":"Engineer","description":"Go"}`, "# Engineer\n\nGo\n", ""},
		{"another file of JSON", `{"name":"left-pad"}`, "", "the document is JSON and no job of JSON Resume's schema: it has no title, description, responsibilities, qualifications or skills"},
		{"broken JSON", `{"title":"Engineer"`, "", "the document begins as JSON and is none: unexpected end of JSON input"},
		{"several", `{"@graph":[{"@type":"JobPosting","title":"Cook"},{"@type":"JobPosting","title":"Engineer"}]}`, "", "the document holds several postings: keep one"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := Read([]byte(tt.data))
			if fmt.Sprint(err) != tt.err && (tt.err != "" || err != nil) {
				t.Errorf("error %v, want %s", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzHTML holds that a page of any bytes is read or refused, and that a paragraph
// comes out with its letters and no others.
func FuzzHTML(f *testing.F) {
	f.Add("<main><h1>Engineer</h1><ul><li>Go</ul></main>")
	f.Add("<table><tr><td><table><td>a</table></table><a href='x'><b><i>b")
	f.Add(`<script type="application/ld+json">{"@type":"JobPosting","description":"<p>x &amp; y</p>"}</script>`)
	f.Add("a\n\n- b\n1. c | d `e` *f* _g_ \\h <https://i>")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ReplaceAll(s, "\x00", "") // which no page holds: "&#8\x000" would become another letter
		text, err := HTML([]byte(s))
		lawful(t, text, err)
		text, err = HTML([]byte("<main><p>" + html.EscapeString(s) + "</p></main>"))
		lawful(t, text, err)
		if got, want := lettersOf(html.UnescapeString(text)), lettersOf(html.UnescapeString(s)); err == nil && utf8.ValidString(s) && got != want {
			t.Errorf("letters %q, want %q", got, want)
		}
	})
}

// FuzzJSON holds the same of JSON.
func FuzzJSON(f *testing.F) {
	f.Add(`{"title":"Engineer","skills":[{"name":"Go","keywords":["x"]}]}`)
	f.Add(`{"@graph":[[[{"@type":"JobPosting","title":"a","description":"<ul><li>b</ul>"}]]]}`)
	f.Fuzz(func(t *testing.T, s string) {
		text, err := Read([]byte("{" + s))
		lawful(t, text, err)
		if again, _ := Read([]byte("{" + s)); text != again {
			t.Errorf("%q, then %q", text, again)
		}
	})
}
