package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/encoder"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/text"
	"github.com/prep-cli/prep/stories"
)

// long is the library of somebody who writes down everything for decades: stories of
// about 2 KiB made of the shipped ones, no two alike, with encodings kept for all.
type long struct {
	dir, cache string
	stories    []story.Story
}

// writeLong writes such a library of n stories to a folder of its own. Its encodings
// are those of the shipped stories that each story is made of, joined: to encode them
// anew would take the better part of an hour.
func writeLong(tb testing.TB, n int) long {
	tb.Helper()
	shipped, err := story.Load(stories.FS)
	if err != nil {
		tb.Fatal(err)
	}
	model, err := encoder.Open()
	if err != nil {
		tb.Fatal(err)
	}
	encoded := packed(tb, model, shipped)
	l := long{dir: tb.TempDir(), cache: tb.TempDir()}
	store := model.Store(nil, newEnv(nil, nil, nil, time.Now).day())
	for i := range n {
		s, payload := shipped[i%len(shipped)], encoded[i%len(shipped)]
		s.Title = fmt.Sprintf("%s, the %dth time", s.Title, i)
		for k := i / len(shipped); len(story.Write(s)) < 2000; k++ {
			other := shipped[k%len(shipped)]
			more := slices.Concat(other.Problem, other.Resolution)
			s.Context = append(slices.Clip(s.Context), more...)
			payload = slices.Concat(payload, sentences(encoded[k%len(shipped)], model, more))
		}
		s.ID = fmt.Sprintf("story-%05d", i)
		put(tb, filepath.Join(l.dir, "stories", s.ID+".yaml"), story.Write(s))
		store.Records().Keep(encoder.TextKey(match.ProseOf(&s).Text), payload)
		l.stories = append(l.stories, s)
	}
	put(tb, filepath.Join(l.cache, "prep", vectorKind+"-"+model.Hash()[:16]), store.Records().Bytes())
	return l
}

// packed gives the stories' encodings as they are kept.
func packed(tb testing.TB, model *encoder.Model, stories []story.Story) [][]byte {
	tb.Helper()
	prose := make([]string, len(stories))
	for i := range stories {
		prose[i] = match.ProseOf(&stories[i]).Text
	}
	store := model.Store(nil, 0)
	store.Encode(prose, nil)
	out := make([][]byte, len(stories))
	for i := range prose {
		out[i], _ = store.Records().Find(encoder.TextKey(prose[i]))
	}
	return out
}

// sentences gives as many encoded sentences of those packed as texts hold.
func sentences(packed []byte, model *encoder.Model, texts []string) []byte {
	n := 0
	for _, s := range texts {
		n += len(text.Sentences(s))
	}
	const crowd, head = 4, 16
	size := head + len(model.Encode("").Whole.Vector)
	return packed[crowd+size:][:min(n*size, len(packed)-crowd-size)]
}

func put(tb testing.TB, path string, data []byte) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
}

// prep runs the program of that path on the library and gives the most memory that it
// took, in MiB; 0 where the system has no /proc to tell it.
func (l long) prep(tb testing.TB, program string, args ...string) (memory int) {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), program, args...) //nolint:gosec // built by the benchmark
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+l.cache)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if err != nil {
				tb.Fatalf("prep %q: %v: %s", args, err, errs.String())
			}
			return memory
		case <-time.After(2 * time.Millisecond):
			memory = max(memory, mostMemory(cmd.Process.Pid))
		}
	}
}

// mostMemory is the most memory that a process took so far, in MiB.
func mostMemory(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(rest + " 0")[0])
	if err != nil {
		return 0
	}
	return kib >> 10
}

// BenchmarkSize ranks 10,000 stories of 2 KiB, whose encodings are kept, by the program
// as it is shipped. Beside it: reading and decoding the same files in this process, and
// looking for a word in their bytes, which is what a search tool does, both on all
// cores.
func BenchmarkSize(b *testing.B) {
	l := writeLong(b, 10_000)
	program := filepath.Join(b.TempDir(), "prep")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil { //nolint:gosec // a folder of the test's own
		b.Fatalf("%v: %s", err, out)
	}
	fsys := os.DirFS(filepath.Join(l.dir, "stories"))
	b.Run("read and decode", func(b *testing.B) {
		for b.Loop() {
			if all, err := story.Load(fsys); err != nil || len(all) != len(l.stories) {
				b.Fatal(len(all), err)
			}
		}
	})
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if n := scan(b, fsys, l.stories, "zyzzyva"); n != 0 {
				b.Fatal(n)
			}
		}
	})
	for _, bench := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"question", []string{"match", "--question", "Tell me about a time you made a serious mistake"}},
		{"question with a skill", []string{"match", "--question", "When did you last use Kafka?"}},
		{"posting", []string{"match", "--jd", posted(b)}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			l.prep(b, program, bench.args...) // what is asked is kept from here on
			most := 0
			for b.Loop() {
				most = max(most, l.prep(b, program, bench.args...))
			}
			b.ReportMetric(float64(most), "MiB")
		})
	}
}

// posted is the path of a shipped posting.
func posted(tb testing.TB) string {
	tb.Helper()
	path, err := filepath.Abs("../../prompts/jobs/backend-engineer.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

// scan counts the files that hold a word.
func scan(tb testing.TB, fsys fs.FS, stories []story.Story, word string) int {
	var n atomic.Int64
	parallel.Do(len(stories), func(i int) {
		data, err := fs.ReadFile(fsys, stories[i].ID+".yaml")
		if err != nil {
			tb.Error(err)
		}
		if bytes.Contains(data, []byte(word)) {
			n.Add(1)
		}
	})
	return int(n.Load())
}
