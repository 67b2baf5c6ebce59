package practice_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/practice"
)

// monday is an evening; the days after it are monday.AddDate(0, 0, n).
var monday = time.Date(2026, 3, 2, 19, 30, 0, 0, time.UTC)

// grade is the event of a grade days after monday.
func grade(id string, days int, question string, g int) practice.Event {
	return practice.Event{
		V: practice.Version, Kind: practice.Graded, ID: id, At: monday.AddDate(0, 0, days),
		Question: question, Mode: practice.Tell, Grade: g,
	}
}

func told(id, story, company, date string, went int) practice.Event {
	return practice.Event{V: practice.Version, Kind: practice.Told, ID: id, At: monday, Story: story, Company: company, Date: date, Went: went}
}

func undo(id, of string) practice.Event {
	return practice.Event{V: practice.Version, Kind: practice.Undone, ID: id, At: monday, Undoes: of}
}

func file(events ...practice.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.Write(e.Line())
	}
	return b.String()
}

// The line is a contract with files that people keep.
func TestLine(t *testing.T) {
	full := grade("K3", 0, "failure-own-mistake", 3)
	full.At = full.At.In(time.FixedZone("", 2*60*60)).Add(1234567)
	full.Story, full.Seconds, full.Shares = "orders", 95.5, &practice.Shares{Setup: 0.2, Action: 0.5, Outcome: 0.3}
	for _, tc := range []struct {
		why   string
		event practice.Event
		want  string
	}{
		{"a told answer, its time in UTC to the millisecond", full,
			`{"v":1,"kind":"grade","id":"K3","at":"2026-03-02T19:30:00.001Z","question":"failure-own-mistake","story":"orders","mode":"tell","grade":3,"seconds":95.5,"shares":{"setup":0.2,"action":0.5,"outcome":0.3}}`},
		{"an undo", undo("K4", "K3"), `{"v":1,"kind":"undo","id":"K4","at":"2026-03-02T19:30:00Z","undoes":"K3"}`},
		{"a telling", told("K5", "orders", "Acme", "2026-03-01", 4),
			`{"v":1,"kind":"told","id":"K5","at":"2026-03-02T19:30:00Z","story":"orders","company":"Acme","date":"2026-03-01","went":4}`},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if diff := cmp.Diff(tc.want+"\n", string(tc.event.Line())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadHistory(t *testing.T) {
	a, b, c := grade("A", 0, "q-1", 3), grade("B", 1, "q-2", 1), grade("C", 2, "q-1", 4)
	for _, tc := range []struct {
		why      string
		data     string
		want     practice.History
		problems string
	}{
		{"no file yet", "", practice.History{}, ""},
		{"events as they came", file(a, b, c), practice.History{Events: []practice.Event{a, b, c}}, ""},
		{"a file put together from two machines is read in the order of time", file(c, a, b), practice.History{Events: []practice.Event{a, b, c}}, ""},
		{"an undo takes back the grade that it names", file(a, b, undo("U", "A"), c), practice.History{Events: []practice.Event{b, c}}, ""},
		{"an undo may stand before its grade", file(undo("U", "A"), a, b), practice.History{Events: []practice.Event{b}}, ""},
		{"an undo may come twice", file(a, undo("U", "A"), undo("V", "A")), practice.History{}, ""},
		{"a line that is there twice counts once", file(a, b, a), practice.History{Events: []practice.Event{a, b}}, ""},
		{"a telling is taken back like a grade", file(told("T", "s", "Acme", "2026-01-01", 0), undo("U", "T")), practice.History{}, ""},
		{"blank lines and Windows line breaks mean nothing", "\n" + strings.ReplaceAll(file(a, b), "\n", "\r\n") + "\n", practice.History{Events: []practice.Event{a, b}}, ""},

		{"the last line was cut off", file(a) + `{"v":1,"kind":"gra`, practice.History{Events: []practice.Event{a}, Torn: `{"v":1,"kind":"gra`}, ""},
		{"only the last line break is missing", strings.TrimSuffix(file(a, b), "\n"), practice.History{Events: []practice.Event{a, b}}, ""},
		{"what cannot be read is named by its line, the rest counts", file(a) + "{]\n" + file(b) + "so\n",
			practice.History{Events: []practice.Event{a, b}},
			"h.jsonl:2: not valid JSON: invalid character ']' looking for beginning of object key string: the line is left out\nh.jsonl:4: not valid JSON: invalid character 's' looking for beginning of value: the line is left out"},
		{"zeros after a power cut", file(a) + "\x00\x00\x00\n" + file(b), practice.History{Events: []practice.Event{a, b}},
			"h.jsonl:2: not valid JSON: invalid character '\\x00' looking for beginning of value: the line is left out"},
		{"a grade out of range", strings.Replace(file(a), `"grade":3`, `"grade":5`, 1), practice.History{}, "h.jsonl:1: grade is 5: a grade is 1 to 4: the line is left out"},
		{"a grade of no question", strings.Replace(file(a), `"question":"q-1",`, "", 1), practice.History{}, "h.jsonl:1: the grade names no question: the line is left out"},
		{"a time that is none", strings.Replace(file(a), "2026-03-02", "2026-02-30", 1), practice.History{},
			`h.jsonl:1: parsing time "2026-02-30T19:30:00Z": day out of range: the line is left out`},
		{"a value of another type", strings.Replace(file(a), `"q-1"`, "7", 1), practice.History{}, `h.jsonl:1: "question" has the wrong type, number: the line is left out`},
		{"no id", strings.Replace(file(a), `"id":"A",`, "", 1), practice.History{}, "h.jsonl:1: it has no id: the line is left out"},

		{"a later version is kept for later", strings.Replace(file(a, b), `{"v":1`, `{"v":2`, 1), practice.History{Events: []practice.Event{b}, Later: 1}, ""},
		{"a later version may look quite different", `{"v":2,"kind":7}` + "\n" + file(b), practice.History{Events: []practice.Event{b}, Later: 1}, ""},
		{"a kind that is not known yet", strings.Replace(file(a, b), `"grade"`, `"exam"`, 1), practice.History{Events: []practice.Event{b}, Later: 1}, ""},
		{"a kind that is not known yet may have other keys", `{"v":1,"kind":"exam","grade":"A"}` + "\n" + file(b), practice.History{Events: []practice.Event{b}, Later: 1}, ""},
		{"a key that is not known yet", strings.Replace(file(a), `"mode"`, `"mood":"calm","mode"`, 1), practice.History{Events: []practice.Event{a}}, ""},
		{"keys in another order", `{"grade":3,"mode":"tell","question":"q-1","at":"2026-03-02T19:30:00Z","id":"A","kind":"grade","v":1}`, practice.History{Events: []practice.Event{a}}, ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			got, problems := practice.ReadHistory("h.jsonl", []byte(tc.data))
			if len(got.Events) == 0 {
				got.Events = nil
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tc.problems, problems.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The file is read in parts; where it is cut must not show.
func TestReadHistoryCountsLinesThroughAllParts(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		e := grade("G"+strings.Repeat("x", i), i, "q", 1+i%4)
		b.Write(e.Line())
	}
	h, problems := practice.ReadHistory("h", []byte(b.String()+"oops\n"))
	if len(h.Events) != 1000 || len(problems) != 1 || problems[0].Line != 1001 {
		t.Errorf("%d events, %v", len(h.Events), problems)
	}
}

func TestCheckRefusesWhatNoLineCanHold(t *testing.T) {
	for why, change := range map[string]func(*practice.Event){
		"seconds of no clock":   func(e *practice.Event) { e.Seconds = math.Inf(1) },
		"shares of no time":     func(e *practice.Event) { e.Shares = &practice.Shares{Setup: math.NaN()} },
		"a year of five digits": func(e *practice.Event) { e.At = e.At.AddDate(9000, 0, 0) },
	} {
		t.Run(why, func(t *testing.T) {
			e := grade("A", 0, "q", 3)
			if change(&e); e.Check() == nil {
				t.Errorf("passed: %+v", e)
			}
		})
	}
}

func TestHistoryAddUndoes(t *testing.T) {
	a, b := grade("A", 0, "q-1", 3), grade("B", 1, "q-2", 1)
	var h practice.History
	for _, e := range []practice.Event{a, b, undo("U", "B")} {
		h.Add(e)
	}
	if diff := cmp.Diff([]practice.Event{a}, h.Events); diff != "" {
		t.Error(diff)
	}
}

func TestTellings(t *testing.T) {
	first, second, other := told("A", "orders", "Acme", "2026-01-05", 2), told("B", "keys", "ACME ", "2026-02-05", 0), told("C", "orders", "Zeta", "2026-03-01", 4)
	h := practice.History{Events: []practice.Event{first, grade("G", 0, "q", 3), second, other}}
	for _, tc := range []struct {
		why, company string
		want         []practice.Event
	}{
		{"every company, the latest first", "", []practice.Event{other, second, first}},
		{"capitals and blanks mean nothing", " acme", []practice.Event{second, first}},
		{"a name is not a part of a name", "Ac", nil},
	} {
		t.Run(tc.why, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, h.Tellings(tc.company)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever the bytes: every line is read, named, kept for later or set aside; what is
// read does not depend on how; and an event that is kept reads back.
func FuzzReadHistory(f *testing.F) {
	full := grade("K3", 0, "failure-own-mistake", 3)
	full.Story, full.Seconds, full.Shares = "orders", 95.5, &practice.Shares{Setup: 0.25, Action: 0.5, Outcome: 0.25}
	f.Add([]byte(file(full, undo("U", "K3"), told("T", "s", "Acme", "2026-01-01", 2))))
	f.Add([]byte(`{"v":1,"kind":"grade","id":"a\u0041","at":"2026-03-02T19:30:00+02:00","question":"é","grade":01,"seconds":1.}`))
	f.Add([]byte(`{"v":1,"kind":"undo","id":"x","at":"2026-03-02T19:30:00Z","undoes":"y","grade":4,"seconds":00.5}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, problems := practice.ReadHistory("h", data)
		_ = problems.Error()
		for _, e := range h.Events {
			again, broken := practice.ReadHistory("h", e.Line())
			want := e
			want.V, want.At = practice.Version, e.At.UTC().Truncate(time.Millisecond)
			if diff := cmp.Diff([]practice.Event{want}, again.Events); diff != "" || broken != nil {
				t.Errorf("%s%v", diff, broken)
			}
		}
		for line := range strings.Lines(string(data)) {
			e, sure := practice.ReadOwn(line)
			var want practice.Event
			if !sure {
				continue
			}
			if err := json.Unmarshal([]byte(line), &want); err != nil {
				t.Fatalf("read by hand, refused by encoding/json: %v", err)
			}
			if diff := cmp.Diff(want, e); diff != "" {
				t.Error(diff)
			}
		}
	})
}
