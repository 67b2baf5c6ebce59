//go:build unix

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// scratch gives a way to write files, in an empty working folder.
func scratch(t *testing.T) *files {
	t.Helper()
	t.Chdir(t.TempDir())
	return &files{disk: osDisk{}, now: time.Now}
}

func place(t *testing.T, name, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}

func TestReplaceKeepsPermissions(t *testing.T) {
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o664, 0o755, 0o400, 0o644 | fs.ModeSetgid} {
		f := scratch(t)
		place(t, "x", "old", mode)
		if err := f.replace("x", []byte("new")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat("x")
		if err != nil || info.Mode() != mode {
			t.Errorf("%v became %v; %v", mode, info.Mode(), err)
		}
	}
}

// What is new has the permissions that the user's umask leaves, and what is private is
// so whatever the umask.
func TestNewFilesHeedTheUmask(t *testing.T) {
	for _, tc := range []struct {
		mask            int
		public, private fs.FileMode
	}{{0o022, 0o644, 0o600}, {0o077, 0o600, 0o600}, {0, 0o644, 0o600}} {
		f := scratch(t)
		old := syscall.Umask(tc.mask)
		err := errors.Join(f.replace("replaced", nil), f.create("created", nil, publicFile), f.replacePrivate("private", nil))
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]fs.FileMode{"replaced": tc.public, "created": tc.public, "private": tc.private} {
			if info, err := os.Stat(name); err != nil || info.Mode() != want {
				t.Errorf("umask %o: %s is %v, want %v; %v", tc.mask, name, info.Mode(), want, err)
			}
		}
	}
}

// A link stays a link; what it names is written.
func TestReplaceWritesBehindALink(t *testing.T) {
	f := scratch(t)
	place(t, "real", "old", 0o640)
	if err := errors.Join(os.Mkdir("d", 0o750), os.Symlink("../real", "d/link"), os.Symlink("nowhere", "dangling")); err != nil {
		t.Fatal(err)
	}
	if err := f.replace("d/link", []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat("d/link")
	if data, _ := os.ReadFile("real"); err != nil || info.Mode()&fs.ModeSymlink == 0 || string(data) != "new" {
		t.Errorf("%v, %q", info.Mode(), data)
	}
	if err := f.replace("dangling", nil); err == nil || err.Error() != "cannot write dangling: it is a symbolic link to nothing" {
		t.Error(err)
	}
	if err := f.create("dangling", nil, publicFile); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
}

// What a crash left goes with the next write, what another prep is about to write stays.
func TestLeftoversAreSwept(t *testing.T) {
	f := scratch(t)
	for _, name := range []string{staged + "OLD", staged + "NEW", ".hidden", "x"} {
		place(t, name, "", 0o600)
	}
	if err := os.Mkdir(staged+"dir", 0o750); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * abandoned)
	for _, name := range []string{staged + "OLD", staged + "dir", ".hidden", "x"} {
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.create("y", nil, publicFile); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("*")
	if got := strings.Join(names, " "); err != nil || got != ".hidden .prep-NEW .prep-dir x y" {
		t.Error(got)
	}
}

// A folder that may not be written to, and a disk that is full, are one clear line each.
func TestWhatCannotBeWritten(t *testing.T) {
	for _, tc := range []struct {
		why   string
		fault error
		want  string
	}{
		{"read-only", syscall.EROFS, "cannot write out.txt: read-only file system"},
		{"no permission", syscall.EACCES, "cannot write out.txt: permission denied"},
		{"full", syscall.ENOSPC, "cannot write out.txt: no space left on device"},
	} {
		f := scratch(t)
		place(t, "out.txt", "old", 0o600)
		f.disk = refusing{fault: tc.fault}
		err := f.replace("out.txt", []byte("new"))
		if data, _ := os.ReadFile("out.txt"); err == nil || err.Error() != tc.want || string(data) != "old" {
			t.Errorf("%s: %v; %q", tc.why, err, data)
		}
	}
}

// refusing is a disk on which nothing can be made.
type refusing struct {
	osDisk
	fault error
}

func (r refusing) OpenFile(name string, _ int, _ fs.FileMode) (diskFile, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: r.fault}
}

// A name is taken by any file that some system would take for the same.
func TestNewStoriesClashWithNone(t *testing.T) {
	for _, tc := range []struct{ why, there, slug, want string }{
		{"free", "x.yaml", "tea", "tea"},
		{"taken", "tea.yaml", "tea", "tea-2"},
		{"by the other extension", "tea.yml", "tea", "tea-2"},
		{"in other letters' case", "Tea.yml", "tea", "tea-2"},
		{"in another normal form", "cafe\u0301.yaml", "caf\u00e9", "caf\u00e9-2"},
		{"by a folder", "tea.yaml/x", "tea", "tea-2"},
		{"not by a hidden file", ".tea.yaml", "tea", "tea"},
	} {
		f := scratch(t)
		if err := os.MkdirAll(filepath.Dir(filepath.Join("d", tc.there)), 0o750); err != nil {
			t.Fatal(err)
		}
		place(t, filepath.Join("d", tc.there), "", 0o600)
		e := newEnv(nil, io.Discard, io.Discard, time.Now)
		e.files = f
		if _, id, err := e.createStory("d", tc.slug, []byte(story1)); id != tc.want || err != nil {
			t.Errorf("%s: %q; %v", tc.why, id, err)
		}
	}
}

// A write goes on to its end when the program is told to end, and says so.
func TestUntilDone(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		finished := false
		err := untilDone(func(stop func() bool) error {
			if err := syscall.Kill(os.Getpid(), signal); err != nil {
				return err
			}
			for !stop() {
				time.Sleep(time.Millisecond)
			}
			finished = true
			return nil
		})
		if !errors.Is(err, errInterrupted) || !finished {
			t.Errorf("%v: %v, finished %v", signal, err, finished)
		}
	}
	if err := untilDone(func(func() bool) error { return fs.ErrExist }); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
}

// One library has one lock, by whatever path one comes to it.
func TestLibrariesAreLockedByTheirPlace(t *testing.T) {
	f := scratch(t)
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	if err := errors.Join(os.Mkdir("stories", 0o750), os.Symlink("stories", "link")); err != nil {
		t.Fatal(err)
	}
	e := newEnv(nil, io.Discard, io.Discard, time.Now)
	e.files = f
	unlock, err := e.lockPlace("library", "stories", patient)
	if err != nil {
		t.Fatal(err)
	}
	for _, same := range []string{"link", "./stories/", "stories/../stories", "Stories"} {
		if _, err := e.lockPlace("library", same, patient/100); !errors.Is(err, errBusy) {
			t.Errorf("%s: %v", same, err)
		}
	}
	for _, other := range []string{"stories/below", "new"} {
		free, err := e.lockPlace("library", other, patient/100)
		if err != nil {
			t.Fatal(other, err)
		}
		free()
	}
	unlock()
	if again, err := e.lockPlace("library", "link", patient/100); err != nil {
		t.Error(err)
	} else {
		again()
	}
}

// What prep keeps for itself is not read without bound either.
func TestOwnFilesAreBounded(t *testing.T) {
	prep(t, map[string]string{"stories/orders.yaml": story1, "log.md": "# Orders\n", "state/prep/practice.jsonl": "", "state/prep/imports.json": ""}, "", "version")
	state, err := filepath.Abs("state")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", state)
	for name, args := range map[string][]string{"practice.jsonl": {"stats"}, "imports.json": {"import", "log.md"}} {
		file := filepath.Join(state, "prep", name)
		if err := os.Truncate(file, mostOwn+1); err != nil {
			t.Fatal(err)
		}
		code, _, errs := again(t, args...)
		if code != exitFail || !strings.Contains(errs, name+": it is over 256 MiB, the most that is read") {
			t.Errorf("%s: exit %d: %s", name, code, errs)
		}
	}
}
