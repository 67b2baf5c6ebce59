//go:build browser

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// The sheet of each shipped posting, opened in Chromium: it loads nothing, complains
// of nothing, never scrolls sideways, prints on two pages, and axe-core finds no fault
// in it, by day and by night. With -artifacts the pictures are kept.
func TestSheetInBrowser(t *testing.T) {
	axe := axeCore(t)
	for _, name := range []string{"backend-engineer", "site-reliability-engineer", "frontend-engineer", "engineering-manager"} {
		t.Run(name, func(t *testing.T) {
			posting, err := filepath.Abs(filepath.Join("..", "..", "prompts", "jobs", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			inBrowser(t, axe, writtenSheet(t, nil, "--jd", posting))
		})
	}
}

// A hostile library is no more than text, and more stories than a sheet tells, in
// endless sentences, still print on two pages.
func TestHostileSheetInBrowser(t *testing.T) {
	inBrowser(t, axeCore(t), writtenSheet(t, hostileLibrary(8), "--jd", "job.txt"))
}

// axeCore gives axe-core's source, which is no part of this repository.
func axeCore(t *testing.T) string {
	t.Helper()
	file := os.Getenv("AXE_CORE")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal("npm install axe-core, in a folder outside this repository, and set AXE_CORE to its node_modules/axe-core/axe.min.js:", err)
	}
	return string(source)
}

// writtenSheet gives the file that prep sheet writes for a library.
func writtenSheet(t *testing.T, files map[string]string, args ...string) string {
	t.Helper()
	if code, _, stderr := prep(t, files, "", append([]string{"sheet", "-o", "sheet.html"}, args...)...); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	file, err := filepath.Abs("sheet.html")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// tab is a page in the browser.
type tab struct {
	*testing.T
	ctx context.Context
}

func (b tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// got gives what an action finds.
func got[T any](b tab, action chromedp.Action[T]) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// inBrowser opens the file and looks for all that a sheet must not do.
func inBrowser(t *testing.T, axe, file string) {
	t.Helper()
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)...)
	defer cancel()
	var heard complaints
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithListener(heard.note))
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	b := tab{t, ctx}
	b.do(chromedp.EmulateViewport(1024, 900), chromedp.Navigate("file://"+filepath.ToSlash(file)))
	b.walk()
	b.do(chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"))
	for _, scheme := range []string{"light", "dark"} {
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{320, 360, 1024} {
			b.do(chromedp.EmulateViewport(width, 900))
			b.look(axe, fmt.Sprintf("%s-%d", scheme, width))
		}
	}
	b.print("A4", chromedp.PaperA4)
	b.print("Letter", chromedp.PaperLetter)
	if diff := cmp.Diff([]string(nil), heard.all()); diff != "" {
		t.Error(diff)
	}
}

// walk goes through the links by keyboard: they come in the order of the page.
func (b tab) walk() {
	b.Helper()
	want := got(b, chromedp.Evaluate[[]string]("Array.from(document.links, a => a.hash)"))
	var walked []string
	for range want {
		b.do(chromedp.KeyEvent(kb.Tab))
		walked = append(walked, got(b, chromedp.Evaluate[string]("document.activeElement.hash || document.activeElement.tagName")))
	}
	if diff := cmp.Diff(want, walked); diff != "" {
		b.Errorf("by keyboard: %s", diff)
	}
	for _, hash := range want {
		if !got(b, chromedp.Evaluate[bool](fmt.Sprintf("document.getElementById(%q) !== null", strings.TrimPrefix(hash, "#")))) {
			b.Errorf("the link %s leads nowhere", hash)
		}
	}
}

// look looks at the page as it stands.
func (b tab) look(axe, as string) {
	b.Helper()
	if beyond := got(b, chromedp.Evaluate[int]("document.documentElement.scrollWidth - document.documentElement.clientWidth")); beyond > 0 {
		b.Errorf("%s: the page is %d px wider than the screen", as, beyond)
	}
	keep(b.T, as+".png", got(b, chromedp.FullScreenshot(100)))
	b.do(chromedp.Evaluate[chromedp.Void](axe))
	for _, fault := range got(b, chromedp.Evaluate[[]string](
		"axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; ')))", chromedp.EvalAwaitPromise)) {
		b.Errorf("%s: %s", as, fault)
	}
}

// print prints the page, which takes two pages of paper.
func (b tab) print(as string, paper chromedp.PaperSize) {
	b.Helper()
	pdf := got(b, chromedp.PrintToPDF(chromedp.PDFPaper(paper)))
	keep(b.T, as+".pdf", pdf)
	if n := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)); n != 2 {
		b.Errorf("%s: %d pages", as, n)
	}
}

func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// complaints are what the browser says of a page that it should not have to.
type complaints struct {
	mu    sync.Mutex
	lines []string
}

func (c *complaints) note(event any) {
	line := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type != network.ResourceTypeDocument {
			line = "request: " + e.Request.URL
		}
	case *log.EventEntryAdded:
		line = "log: " + e.Entry.Text
	case *runtime.EventConsoleAPICalled:
		line = "console: " + e.Type.String()
	case *runtime.EventExceptionThrown:
		line = "exception: " + e.ExceptionDetails.Text
	}
	if line != "" {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.lines = append(c.lines, line)
	}
}

func (c *complaints) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lines
}
