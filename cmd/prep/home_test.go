package main

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The next step is what is broken, then what is pressing, then what makes better.
func TestNextStep(t *testing.T) {
	today := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	yesterday := today.AddDate(0, 0, -1)
	acme := func(date string) interview {
		return interview{Company: "Acme", Date: calendarDay(date), Posting: "job.txt"}
	}
	for _, tc := range []struct {
		why  string
		s    standing
		want string
	}{
		{"nothing is there", standing{}, "prep init\nprep import work-log.md"},
		{"an empty folder", standing{dir: "stories"}, "prep import work-log.md"},
		{"a broken story, though practice is due", standing{dir: "s", stories: 3, errors: 1, due: 5, practised: 5}, "prep lint"},
		{"practice is due, though the interview is tomorrow", standing{dir: "s", stories: 3, due: 1, practised: 5, interview: acme("2026-03-02")}, "prep drill"},
		{"the interview is tomorrow", standing{dir: "s", stories: 3, practised: 5, interview: acme("2026-03-02")}, "prep plan --jd job.txt"},
		{"the interview is in a week", standing{dir: "s", stories: 3, practised: 5, interview: acme("2026-03-08")}, "prep plan --jd job.txt"},
		{"the interview is in more than a week", standing{dir: "s", stories: 3, practised: 5, interview: acme("2026-03-09")}, "prep drill"},
		{"the interview is next month", standing{dir: "s", stories: 3, practised: 5, last: yesterday, interview: acme("2026-04-02")}, "prep drill"},
		{"an interview without a posting", standing{dir: "s", stories: 3, interview: interview{Company: "Acme", Date: "2026-03-02"}}, "prep drill"},
		{"practice has not begun", standing{dir: "s", stories: 3, warnings: 9}, "prep drill"},
		{"practised yesterday, nothing is due", standing{dir: "s", stories: 3, practised: 5, last: yesterday, warnings: 9}, "prep drill"},
		{"practised today, a story is weak", standing{dir: "s", stories: 3, practised: 5, last: today, warnings: 9}, "prep lint"},
		{"all is well", standing{dir: "s", stories: 3, practised: 5, last: today}, "prep coverage"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			tc.s.today = today
			if diff := cmp.Diff(tc.want, tc.s.next().command); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What cannot be counted quickly is said not to be.
func TestHomeSaysWhatIsLeftOut(t *testing.T) {
	page := standing{dir: "stories", stories: 1001, unchecked: true}.page(80)
	if !strings.Contains(page, "not checked here: there are more than 1000 stories") {
		t.Error(page)
	}
}

// prep alone on a terminal says where one stands; on anything else it is the help.
func TestHome(t *testing.T) {
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		maps.Copy(files, circus)
		files["prep.yaml"] += "interviews:\n- {company: Acme, date: 2026-03-03, posting: job.txt}\n"
		return files
	}
	state := ".local/state/prep/practice.jsonl"
	for _, tc := range []struct {
		name    string
		files   map[string]string
		columns int
	}{
		{"home-empty", nil, 80},
		{"home-narrow", nil, 40},
		{"home-broken", with("stories/x.yaml", "title: T\n"), 80},
		{"home-due", with(state, `{"v":1,"kind":"grade","id":"a","at":"2026-02-20T12:00:00Z","question":"juggling-drop","mode":"tell","grade":1}`+"\n"), 80},
		{"home-new", with(state, ""), 80},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := open(t, home(t, tc.files), tc.columns, 24, nil)
			x.ends()
			x.golden(tc.name)
		})
	}
	code, stdout, _ := prep(t, nil, "", []string{}...)
	if code != 0 || !strings.Contains(stdout, "Usage:") {
		t.Errorf("exit %d: %s", code, stdout)
	}
}
