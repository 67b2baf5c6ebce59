package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// guarded gives what guard makes of stories under a config, and what it warns of.
func guarded(t *testing.T, config string, redact bool, stories ...story.Story) ([]story.Story, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "prep.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	var errs bytes.Buffer
	out, err := newEnv(strings.NewReader(""), &bytes.Buffer{}, &errs, time.Now).guard(redact, stories...)
	if err != nil {
		t.Fatal(err)
	}
	return out, errs.String()
}

func TestGuard(t *testing.T) {
	const config = "confidential: [Globex, Falcon]\n"
	secret := story.Story{ID: "a", Title: "T", Company: "Acme", Problem: yaml.Text{"Acme lost an order of our client Globex."}, Hindsight: yaml.Text{"Falcon."}}
	plain := story.Story{ID: "b", Title: "T", Company: "Acme", Problem: yaml.Text{"An order was lost."}}

	shown, warned := guarded(t, config, false, secret, plain)
	if diff := cmp.Diff([]story.Story{secret, plain}, shown); diff != "" {
		t.Error(diff)
	}
	if want := "prep: warning: a holds what is confidential (Globex, Falcon): --redact says other words\n"; warned != want {
		t.Errorf("%q", warned)
	}

	shown, warned = guarded(t, config, true, secret, plain)
	want := story.Story{ID: "a", Title: "T", Company: "the company", Problem: yaml.Text{"The company lost an order of our client."}, Hindsight: yaml.Text{"Y."}}
	if diff := cmp.Diff(want, shown[0]); diff != "" || warned != "" {
		t.Error(diff, warned)
	}
}

// Ids that give a word away change, and stay different.
func TestRedactedIDs(t *testing.T) {
	shown, _ := guarded(t, "confidential: ['Globex = the client', 'Hooli = the client']\n", true, story.Story{ID: "globex"}, story.Story{ID: "hooli"}, story.Story{ID: "other"})
	got := []string{shown[0].ID, shown[1].ID, shown[2].ID}
	if diff := cmp.Diff([]string{"the-client", "the-client-2", "other"}, got); diff != "" {
		t.Error(diff)
	}
}
