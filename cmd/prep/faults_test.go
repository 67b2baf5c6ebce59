//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/story"
)

// A writePath is a way in which prep writes, in a folder that holds files.
type writePath struct {
	why   string
	files map[string]string
	first []string // a command that goes before, on a disk without faults
	args  []string
	stdin string
	half  string           // standard input that leads to a state on the way, which may stay too
	do    func(*env) error // in place of a command
	every int              // of so many calls one is tried; 0 is 1
	keeps string           // what the editor wrote, and what no fault but a power cut may lose
}

const (
	faultNotes  = "# Work log\n\n## Double orders\n\n**Problem:** Twelve parcels went out twice.\n\n**Resolution:** I added a key.\n\n## Slow search\n\n**Problem:** Search took nine seconds.\n\n**Resolution:** I added an index.\n"
	faultNewer  = "# Work log\n\n## Double orders\n\n**Problem:** Forty parcels went out twice.\n\n**Resolution:** I added a key.\n\n## Slow search\n\n**Problem:** Search took ninety seconds.\n\n**Resolution:** I added an index.\n"
	editedStory = "title: Orders went out twice\nproblem: Twelve parcels went out twice, on a Friday.\n"
	tornHistory = `{"v":1,"kind":"told","id":"A","at":"2026-01-01T00:00:00Z","story":"orders","company":"Acme","date":"2026-01-01"}` + "\n" + `{"v":1,"kind":"to`
)

func writePaths() []writePath {
	library := map[string]string{"stories/orders.yaml": story1}
	with := func(files ...string) map[string]string {
		all := maps.Clone(library)
		for i := 0; i < len(files); i += 2 {
			all[files[i]] = files[i+1]
		}
		return all
	}
	written := with("written", editedStory)
	imported := map[string]string{"log.md": faultNotes, "newer/log.md": faultNewer}
	return []writePath{
		{why: "a new library", args: []string{"init"}},
		{why: "a new library elsewhere", args: []string{"init", "deep/er"}},
		{why: "a new story", files: written, args: []string{"new", "Friday"}, keeps: editedStory},
		{why: "the first story", files: map[string]string{"written": editedStory}, args: []string{"new", "Friday"}, keeps: editedStory},
		{why: "an edited story", files: written, args: []string{"edit", "orders"}, keeps: editedStory},
		{why: "an edited story that a link names", files: with("written", editedStory, "stories/real/x", story1, "stories/link.yaml -> real/x", ""), args: []string{"edit", "link"}, keeps: editedStory},
		{why: "an edited story that is none, kept", files: with("written", "title: T\n"), args: []string{"edit", "orders"}, stdin: "k\n", keeps: "title: T\n"},
		{why: "a draft that is given up", files: with("written", "title: T\n"), args: []string{"edit", "orders"}, stdin: "g\n"},
		{why: "a draft gone on with", files: with("written", editedStory, "stories/.orders.draft.yaml", "title: Half\n"), args: []string{"edit", "orders"}, keeps: editedStory},
		{why: "an import", files: imported, args: []string{"import", "log.md"}},
		{why: "an import into a library with a record", files: with("log.md", faultNotes, "other.md", strings.ReplaceAll(faultNotes, "##", "## More")), first: []string{"import", "log.md"}, args: []string{"import", "other.md"}},
		{why: "an import that changes stories", files: imported, first: []string{"import", "log.md"}, args: []string{"import", "newer/log.md", "--update"}},
		{why: "tags", files: library, args: []string{"tag", "--write", "--yes"}},
		{why: "the first telling", files: library, args: []string{"told", "orders", "--to", "Acme"}},
		{why: "a telling more", files: library, first: []string{"told", "orders", "--to", "Zeta"}, args: []string{"told", "orders", "--to", "Acme"}},
		{why: "a telling in place of another", files: library, first: []string{"told", "orders", "--to", "Acme"}, args: []string{"told", "orders", "--to", "Acme", "--went", "3"}},
		{why: "a telling taken back", files: library, first: []string{"told", "orders", "--to", "Acme"}, args: []string{"told", "orders", "--to", "Acme", "--undo"}},
		{why: "a telling behind a line that was cut off", files: with(".xdg/prep/practice.jsonl", tornHistory), args: []string{"told", "orders", "--to", "Acme"}},
		{why: "a telling behind a line without its break", files: with(".xdg/prep/practice.jsonl", strings.Split(tornHistory, "\n")[0]), args: []string{"told", "orders", "--to", "Zeta"}},
		{why: "two grades", files: library, args: []string{"drill", "--plain", "--seed", "1", "--count", "2"}, stdin: "\ne\n-\n3\n\ne\n-\n2\nq\n"},
		{why: "a grade taken back", files: library, args: []string{"drill", "--plain", "--seed", "1", "--count", "2"}, stdin: "\ne\n-\n3\nu\nq\n", half: "\ne\n-\n3\nq\n"},
		{why: "a story from an assistant", files: library, do: func(e *env) error { return e.addStory(editedStory) }},
		{why: "a result in a new file", files: library, args: []string{"list", "-o", "out.txt"}},
		{why: "a result over an old one", files: with("out.txt", "old"), args: []string{"list", "-o", "out.txt"}},
		{why: "an export", files: with("out.txt", "old"), args: []string{"export", "--to", "anki", "-o", "out.txt"}},
		{why: "a sheet", files: with("job.txt", "You know PostgreSQL well.", "out.html", "old"), args: []string{"sheet", "--jd", "job.txt", "-o", "out.html"}},
		{why: "manual pages", args: []string{"man", "--date", "2026-03-15", "man1"}, every: 9},
	}
}

// Whatever befalls the disk in whatever call of a write, what was there before or what
// was to be written is there afterwards, whole; and what was reported saved is there to
// stay. The faults are counted.
func TestFaults(t *testing.T) {
	box := &sandbox{t: t, dir: t.TempDir()}
	t.Chdir(box.dir)
	for _, kind := range []string{"CONFIG", "DATA", "STATE"} {
		t.Setenv("XDG_"+kind+"_HOME", filepath.Join(box.dir, ".xdg"))
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // the cache may be lost at any time
	editor := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\ncp written \"$1\" && : >.ran\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", editor)
	total := 0
	for _, p := range writePaths() {
		t.Run(p.why, func(t *testing.T) {
			box.t = t
			total += box.everyFault(p)
		})
	}
	t.Logf("%d faults", total)
	if total < 1000 && !t.Failed() {
		t.Errorf("%d faults, 1000 at least are promised", total)
	}
}

// sandbox is the folder in which the writes happen.
type sandbox struct {
	t   *testing.T
	dir string
}

// everyFault lets each fault befall each call of a path, and gives how many did.
func (b *sandbox) everyFault(p writePath) int {
	before := b.lay(p)
	clean := &faultyDisk{}
	if o := b.run(clean, p); o.code > exitNo {
		b.t.Fatalf("without a fault: exit %d: %s", o.code, o.said)
	}
	after, n := b.look(), 0
	if p.half != "" {
		b.lay(p)
		b.run(&faultyDisk{}, writePath{args: p.args, stdin: p.half})
		before.events = append(before.events, b.look().events...)
	}
	last := len(clean.calls) + 1 // the power goes when all is done
	for at := 1; at <= last; at += max(1, p.every) {
		for _, f := range faults {
			b.lay(p)
			disk := &faultyDisk{at: at, fault: f}
			o, cut := b.run(disk, p), slices.Contains(power, f)
			if !disk.hit && (at < last || !cut) {
				continue
			}
			n++
			_, err := os.Stat(".ran")
			edited := err == nil
			if cut {
				disk.cut()
			}
			trouble := b.judge(disk, o, before, after)
			if edited && p.keeps != "" && !cut && !b.holds(p.keeps) {
				trouble = append(trouble, "what the editor wrote is nowhere")
			}
			for _, what := range trouble {
				b.t.Errorf("%s in call %d of %q: exit %d: %s\n%s", f, at, clean.calls, o.code, what, o.said)
			}
		}
	}
	b.t.Logf("%d calls, %d faults", len(clean.calls), n)
	return n
}

// lay makes the folder hold what a path begins with, and gives what is seen in it.
func (b *sandbox) lay(p writePath) seen {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, entry := range entries {
		if err := os.RemoveAll(entry.Name()); err != nil {
			b.t.Fatal(err)
		}
	}
	for name, text := range p.files {
		name, target, link := strings.Cut(name, " -> ")
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			b.t.Fatal(err)
		}
		if link {
			err = os.Symlink(target, name)
		} else {
			err = os.WriteFile(name, []byte(text), 0o600)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	if p.first != nil {
		if o := b.run(&faultyDisk{}, writePath{args: p.first}); o.code != 0 {
			b.t.Fatal(o.said)
		}
	}
	return b.look()
}

// ending is how a run ended.
type ending struct {
	code int
	said string
}

func (b *sandbox) run(disk *faultyDisk, p writePath) ending {
	disk.t, disk.synced = b.t, map[string][]byte{}
	var out, errs bytes.Buffer
	e := newEnv(strings.NewReader(p.stdin), &out, &errs, time.Now)
	e.files.disk = disk
	if p.do != nil {
		return ending{e.exit(p.do(e)), errs.String()}
	}
	return ending{e.run(p.args), errs.String()}
}

// seen is the files of a folder, by name, and what happened by the history.
type seen struct {
	files  map[string]string
	events []string
}

// look sees the files that a person would: no lock, no draft, nothing staged, and of
// prep's own state the history, without its chance and clock.
func (b *sandbox) look() seen {
	s := seen{files: map[string]string{}}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if base := entry.Name(); !strings.HasPrefix(base, ".") && !strings.HasPrefix(name, ".xdg") {
			s.files[name] = string(data)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	data, _ := os.ReadFile(".xdg/prep/practice.jsonl")
	history, problems := practice.ReadHistory("history", data)
	if problems != nil {
		b.t.Error(problems)
	}
	for _, e := range history.Events {
		s.events = append(s.events, fmt.Sprint(e.Kind, " ", e.Question, e.Story, " ", e.Company, e.Grade, e.Went))
	}
	slices.Sort(s.events)
	return s
}

// holds says whether a file of the library is that text, a draft as well.
func (b *sandbox) holds(text string) bool {
	found := false
	_ = filepath.WalkDir("stories", func(name string, _ fs.DirEntry, _ error) error {
		data, err := os.ReadFile(name)
		found = found || err == nil && string(data) == text
		return nil
	})
	return found
}

// judge says what is wrong after a fault.
func (b *sandbox) judge(disk *faultyDisk, o ending, before, after seen) (trouble []string) {
	complain := func(when bool, format string, args ...any) {
		if when {
			trouble = append(trouble, fmt.Sprintf(format, args...))
		}
	}
	now := b.look()
	for _, name := range slices.Sorted(maps.Keys(now.files)) {
		text := now.files[name]
		old, was := before.files[name]
		wanted, is := after.files[name]
		complain((!was || text != old) && (!is || text != wanted), "%s is neither old nor new: %q", name, text)
	}
	for name := range before.files {
		_, there := now.files[name]
		_, stays := after.files[name]
		complain(!there && stays, "%s is lost", name)
	}
	done := o.code == exitDone
	complain(done && !maps.Equal(now.files, after.files), "it was reported written and is not there")
	complain(done && !slices.Equal(now.events, after.events), "it was reported saved: %q, want %q", now.events, after.events)
	for _, event := range before.events {
		complain(!slices.Contains(now.events, event) && slices.Contains(after.events, event), "%s is forgotten", event)
	}
	for _, event := range now.events {
		complain(!slices.Contains(before.events, event) && !slices.Contains(after.events, event), "%s never happened", event)
	}
	complain(o.code != exitDone && o.code != exitNo && o.code != exitFail, "exit code")
	complain(o.code == exitFail && !strings.Contains(o.said, "prep: error: "), "no word of it")
	if _, err := os.Stat("stories"); err == nil {
		_, err = story.Load(os.DirFS("stories"))
		complain(err != nil, "the library does not load: %v", err)
	}
	if data, err := os.ReadFile(".xdg/prep/imports.json"); err == nil {
		complain(!json.Valid(data), "the record of imports is %q", data)
	}
	if !disk.dead && disk.hit && disk.calls[disk.at-1] != "remove" {
		for _, folder := range []string{"", "*/", "*/*/"} {
			left, _ := filepath.Glob(folder + staged + "*")
			complain(left != nil, "%s is left", left)
		}
	}
	return trouble
}
