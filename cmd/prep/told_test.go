package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
)

func TestToldAt(t *testing.T) {
	stateIn(t, t.TempDir())
	h, _ := opened(t)
	for _, told := range []struct{ story, company, date string }{
		{"orders", "Acme", "2026-01-15"}, {"keys", "ACME", "2026-02-15"}, {"orders", "acme ", "2026-02-15"}, {"cache", "Zeta", "2026-03-01"},
	} {
		e := h.event(practice.Told)
		e.Story, e.Company, e.Date = told.story, told.company, told.date
		if err := h.append(e); err != nil {
			t.Fatal(err)
		}
	}
	got, err := newEnv(nil, io.Discard, io.Discard, time.Now).toldAt("Acme")
	if diff := cmp.Diff([]string{"keys", "orders"}, got); diff != "" || err != nil {
		t.Errorf("%s%v", diff, err)
	}
}

func TestNextInterview(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for _, tc := range []struct {
		why, config string
		want        interview
	}{
		{"no config", "", interview{}},
		{"no date rules nothing", "interviews: [{company: Acme}]", interview{}},
		{"a past one rules nothing", "interviews: [{company: Acme, date: 2026-03-08}]", interview{}},
		{"today's is still to come", "interviews: [{company: Acme, date: 2026-03-09}]", interview{Company: "Acme", Date: "2026-03-09"}},
		{"the nearest, in whatever order", "interviews: [{company: A, date: 2026-05-01}, {company: B, date: 2026-04-01}, {company: C, date: 2026-06-01}]",
			interview{Company: "B", Date: "2026-04-01"}},
		{"of two on a day the first", "interviews: [{company: A, date: 2026-04-01}, {company: B, date: 2026-04-01}]", interview{Company: "A", Date: "2026-04-01"}},
		{"a posting is named from where the config lies", "interviews: [{company: A, date: 2026-04-01, posting: jobs/a.txt}]",
			interview{Company: "A", Date: "2026-04-01", Posting: filepath.Join("..", "jobs", "a.txt")}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "prep.yaml"), []byte(tc.config), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(dir, "below"), 0o750); err != nil {
				t.Fatal(err)
			}
			t.Chdir(filepath.Join(dir, "below"))
			late := time.Date(2026, 3, 9, 23, 0, 0, 0, time.FixedZone("", -5*60*60)) // the 10th in UTC
			got, err := newEnv(nil, io.Discard, io.Discard, func() time.Time { return late }).nextInterview()
			if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
				t.Errorf("%s%v", diff, err)
			}
		})
	}
}
