package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/match"
)

// matched is what match says of a question, on standard output.
func matched(t *testing.T) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"match", "--question", "When did orders go out twice?", "--format", "json"}, strings.NewReader(""), &out, &errs); code == exitFail {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	return out.String()
}

// keptFiles are the paths of what a kind of file keeps.
func keptFiles(t *testing.T, kind string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "prep", kind+"-*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Whatever lies where digests are kept, the result is the same and nothing fails.
func TestKeptDigestsNeverChangeTheResult(t *testing.T) {
	prep(t, map[string]string{"stories/orders.yaml": story1}, "", "version")
	want := matched(t)
	file := keptFiles(t, digestKind)
	if len(file) != 1 {
		t.Fatalf("kept: %v", file)
	}
	whole, err := os.ReadFile(file[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		why  string
		kept []byte
	}{
		{"kept whole", whole},
		{"nothing kept", nil},
		{"cut short", whole[:len(whole)-3]},
		{"garbage", []byte("\x00\xffgarbage")},
		{"another version", bytes.Replace(whole, []byte("digests 1"), []byte("digests 0"), 1)},
	} {
		put(t, file[0], tc.kept)
		if diff := cmp.Diff(want, matched(t)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

// A story that was edited is ranked as it is now, though its file has the size and the
// time that it had.
func TestKeptDigestsAreNeverStale(t *testing.T) {
	prep(t, map[string]string{"stories/orders.yaml": story1}, "", "version")
	file, then := filepath.Join("stories", "orders.yaml"), time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(file, then, then); err != nil {
		t.Fatal(err)
	}
	before := matched(t)
	edited := strings.NewReplacer("Orders", "Pigeon", "orders", "pigeon").Replace(story1)
	put(t, file, []byte(edited))
	if err := os.Chtimes(file, then, then); err != nil {
		t.Fatal(err)
	}
	after := matched(t)
	if before == after || len(edited) != len(story1) {
		t.Fatalf("edited, and still: %s", after)
	}
	if err := os.RemoveAll(os.Getenv("XDG_CACHE_HOME")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(matched(t), after); diff != "" {
		t.Errorf("(-nothing kept +kept):\n%s", diff)
	}
}

// A symbolic link is a story where it leads to a file of the library, and refused with
// the reason where it does not.
func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making a symbolic link takes a right that few users have there")
	}
	prep(t, map[string]string{"stories/orders.yaml": story1, "stories/old/deep.yaml": story1, "secret.yaml": story1}, "", "version")
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join("stories", name)); err != nil {
			t.Fatal(err)
		}
	}
	link("old/deep.yaml", "inside.yaml")
	code, out, errs := again(t, "list", "--format", "csv")
	if code != exitDone || strings.Count(out, "\n") != 3 {
		t.Errorf("a link inside the library: exit %d: %s%s", code, out, errs)
	}
	link("../secret.yaml", "out.yaml")
	link("/etc/passwd", "passwd.yaml")
	link("nowhere.yaml", "nothing.yaml")
	link("/dev/zero", "zero.yaml")
	want := `stories/nothing.yaml: a symbolic link to a file that is not there
stories/out.yaml: a symbolic link that leads out of the library: put the file itself here
stories/passwd.yaml: a symbolic link that leads out of the library: put the file itself here
stories/zero.yaml: a symbolic link that leads out of the library: put the file itself here
`
	for _, args := range [][]string{{"list"}, {"match", "--question", "When did orders go out twice?"}} {
		if code, _, errs := again(t, args...); code != exitFail || errs != want {
			t.Errorf("%q: exit %d, %s", args, code, cmp.Diff(want, errs))
		}
	}
}

// again runs prep where the test stands.
func again(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// Encoding that is killed on its way goes on where it stopped: what was told as done is
// not done again.
func TestEncodingGoesOn(t *testing.T) {
	files := map[string]string{}
	for i := range 12 {
		files[fmt.Sprintf("stories/s%02d.yaml", i)] = fmt.Sprintf("title: The %dth outage\nproblem: %s\n", i, strings.Repeat("The queue filled up and nobody noticed it. ", 100))
	}
	prep(t, files, "", "version")
	e := newEnv(strings.NewReader(""), io.Discard, io.Discard, time.Now)
	v, err := e.vectors()
	if err != nil {
		t.Fatal(err)
	}
	l, err := e.library()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for i := range l.stories {
		texts = append(texts, match.ProseOf(&l.stories[i]).Text)
	}
	told := 0
	func() {
		defer func() { _ = recover() }()
		v.store.Encode(texts, func(done int) {
			v.file.save()
			told = done
			panic("killed")
		})
	}()
	if told == 0 || told == len(texts) {
		t.Fatalf("stopped after %d of %d", told, len(texts))
	}
	again, err := newEnv(strings.NewReader(""), io.Discard, io.Discard, time.Now).vectors()
	if err != nil {
		t.Fatal(err)
	}
	if missing := again.store.Missing(texts); missing != len(texts)-told {
		t.Errorf("%d of %d were done, and %d are missing", told, len(texts), missing)
	}
}
