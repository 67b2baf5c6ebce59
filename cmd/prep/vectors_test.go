package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever lies where vectors are kept, the result is the same and nothing fails.
func TestKeptVectorsNeverChangeTheResult(t *testing.T) {
	tags := func() string {
		var out, errs bytes.Buffer
		if code := run([]string{"tag", "--format", "json"}, strings.NewReader(""), &out, &errs); code != 0 {
			t.Errorf("exit %d: %s", code, errs.String())
		}
		return out.String()
	}
	_, want, _ := prep(t, map[string]string{"stories/orders.yaml": story1}, "", "tag", "--format", "json")
	cache := filepath.Join(os.Getenv("XDG_CACHE_HOME"), "prep")
	files, err := filepath.Glob(filepath.Join(cache, vectorKind+"-*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("kept files: %v, %v", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		why  string
		kept []byte
	}{
		{"kept whole", whole},
		{"nothing kept", nil},
		{"truncated", whole[:len(whole)/2]},
		{"garbage", []byte("\x00\xffgarbage")},
		{"another version", append([]byte("prep vectors 0\n"), whole[15:]...)},
	} {
		if err := os.WriteFile(files[0], tc.kept, 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, tags()); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}

	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if diff := cmp.Diff(want, tags()); diff != "" {
				t.Errorf("two at once: %s", diff)
			}
		})
	}
	both.Wait()

	if err := os.RemoveAll(cache); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cache, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, tags()); diff != "" {
		t.Errorf("unwritable: %s", diff)
	}
}

// What other models left goes when something new is kept, and only the user can
// read what is kept.
func TestKeptVectorsAreTidyAndPrivate(t *testing.T) {
	prep(t, map[string]string{"stories/orders.yaml": story1, ".xdg/prep/vectors-0123456789abcdef": "old"}, "", "tag")
	files, err := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "prep", "*"))
	if err != nil || len(files) != 1 || strings.HasSuffix(files[0], "0123456789abcdef") {
		t.Fatalf("kept: %v, %v", files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
