package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/posting"
)

const pasteHint = "\nprep: hint: copy the posting's text into a file, or paste it: prep match --jd - (end with Ctrl-D)"

// site is a web server with a page of every kind.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	pdf, err := os.ReadFile("../../pkg/posting/testdata/reportlab.pdf")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, body)
		})
	}
	status := func(path string, code int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	lead := func(path, to string) { mux.Handle(path, http.RedirectHandler(to, http.StatusFound)) }
	const wish = "Engineer\n\nRequirements\n- PostgreSQL\n"
	serve("/text", "text/plain", wish)
	serve("/page", "text/html; charset=utf-8", "<nav>Perl</nav><main><h1>Engineer</h1><h2>Requirements</h2><ul><li>PostgreSQL</ul></main>")
	serve("/pdf", "application/octet-stream", string(pdf))
	serve("/ld", "text/html", `<script type="application/ld+json">{"@type":"JobPosting","title":"Engineer","description":"<h2>Requirements</h2><ul><li>PostgreSQL</ul>"}</script><div id=root>`)
	serve("/form", "text/html", "<form>Name <input><input type=password></form>")
	serve("/app", "text/html", "<div id=root></div><script src=x.js></script>")
	serve("/login", "text/html", "<h1>Welcome back</h1>"+strings.Repeat("<p>You know PostgreSQL well.</p>", 99))
	serve("/large", "text/plain", strings.Repeat("x", posting.MaxSize+1))
	status("/401", http.StatusUnauthorized)
	status("/999", 999)
	status("/404", http.StatusNotFound)
	status("/500", http.StatusInternalServerError)
	lead("/private", "/login")
	lead("/ftp", "ftp://example.com/x")
	for i := range 6 {
		lead(fmt.Sprintf("/hop%d", i+1), fmt.Sprintf("/hop%d", i))
	}
	serve("/hop0", "text/plain", wish)
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X", strings.Repeat("x", 2*webHeader))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestPostingFromAnAddress(t *testing.T) {
	s := site(t)
	host := strings.TrimPrefix(s.URL, "http://")
	good := map[string]string{"stories/orders.yaml": story1}
	for _, tt := range []struct{ why, path, err string }{
		{"text", "/text", ""},
		{"a page", "/page", ""},
		{"a PDF that the server does not call one", "/pdf", ""},
		{"a JobPosting in a page that a script fills", "/ld", ""},
		{"five redirects", "/hop5", ""},
		{"six redirects", "/hop6", "the page leads on over five times, the most that is followed"},
		{"a redirect out of the web", "/ftp", "the page leads on to ftp, and only http and https are followed"},
		{"a redirect to a login", "/private", "the page asks for a login (it leads on to " + host + "/login)" + pasteHint},
		{"a form to log in", "/form", "the page asks for a login before it shows its text" + pasteHint},
		{"a page that a script fills", "/app", "the page shows its text only through a script" + pasteHint},
		{"no entry", "/401", "the page asks for a login, or is not for programs (401 Unauthorized)" + pasteHint},
		{"no entry for programs", "/999", "the page asks for a login, or is not for programs (999)" + pasteHint},
		{"a page that is gone", "/404", "the page is gone (404 Not Found)"},
		{"a broken server", "/500", "the server answers 500 Internal Server Error"},
		{"a large answer", "/large", "the page is over 5 MiB, the most that is read"},
		{"endless headers", "/headers", "the headers of the answer are over 64 KiB, the most that is read"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			code, stdout, stderr := prep(t, good, "", "match", "--jd", s.URL+tt.path)
			if tt.err == "" {
				if code != 0 || !strings.Contains(stdout, "PostgreSQL") {
					t.Errorf("exit %d: %s%s", code, stdout, stderr)
				}
				return
			}
			want := fmt.Sprintf("exit 2\nprep: error: %s: %s\n", s.URL+tt.path, tt.err)
			if diff := cmp.Diff(want, fmt.Sprintf("exit %d\n%s", code, stderr)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// No answer, a slow one and one without an end are over after the same time.
func TestPostingThatTakesTooLong(t *testing.T) {
	drip := func(first string, body func(w http.ResponseWriter) bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, first)
			for r.Context().Err() == nil && body(w) {
				_ = http.NewResponseController(w).Flush()
			}
		}
	}
	for _, tt := range []struct {
		why     string
		handler http.HandlerFunc
		want    string
	}{
		{"no answer", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "the page was not there within 200ms, the most that prep waits"},
		{"a letter now and then", drip("Engineer", func(w http.ResponseWriter) bool {
			time.Sleep(5 * time.Millisecond)
			fmt.Fprint(w, "x")
			return true
		}), "the page was not there within 200ms, the most that prep waits"},
		{"letters without an end", drip("Engineer", func(w http.ResponseWriter) bool {
			_, err := fmt.Fprint(w, strings.Repeat("x", 1<<20))
			return err == nil
		}), "the page is over 5 MiB, the most that is read"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := httptest.NewServer(tt.handler)
			defer s.Close()
			u, err := url.Parse(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			v := visit{limit: 200 * time.Millisecond, private: isPrivate}
			if strings.Contains(tt.want, "MiB") {
				v.limit = webTime
			}
			if _, err := v.fetch(u); err == nil || err.Error() != tt.want {
				t.Errorf("%v; want %s", err, tt.want)
			}
		})
	}
}

// A page on the internet does not send prep into the user's own network; here, the
// first server stands for the internet, and the second for that network.
func TestPostingThatLeadsInward(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the inner server was asked") }))
	defer inner.Close()
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusFound))
	defer outer.Close()
	u, err := url.Parse(outer.URL)
	if err != nil {
		t.Fatal(err)
	}
	first := true
	v := visit{limit: webTime, private: func(netip.Addr) bool {
		was := first
		first = false
		return !was
	}}
	if _, err := v.fetch(u); !errors.Is(err, errInward) {
		t.Errorf("%v", err)
	}
}

func TestIsPrivate(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1": true, "::1": true, "10.1.2.3": true, "192.168.0.1": true, "169.254.169.254": true, "fe80::1": true, "fd00::1": true,
		"0.0.0.0": true, "100.64.0.1": true, "224.0.0.1": true, "93.184.216.34": false, "2606:2800:220:1::1": false,
	} {
		if got := isPrivate(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
