package practice_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/practice"
)

// years is a history of n grades over 240 questions, forty an evening.
func years(n int) []byte {
	var b bytes.Buffer
	begin := time.Date(2019, 1, 1, 19, 0, 0, 0, time.UTC)
	for i := range n {
		e := practice.Event{
			Kind: practice.Graded, ID: fmt.Sprintf("E%011d", i), At: begin.AddDate(0, 0, i/40).Add(time.Duration(i%40) * time.Minute),
			Question: fmt.Sprintf("ownership-after-hours-%03d", i*7%240), Story: "the-double-deduct-disaster", Mode: practice.Tell,
			Grade: 1 + i*i%4, Seconds: 90.5, Shares: &practice.Shares{Setup: 0.21, Action: 0.55, Outcome: 0.24},
		}
		b.Write(e.Line())
	}
	return b.Bytes()
}

func BenchmarkReadHistory(b *testing.B) {
	data := years(100_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if h, problems := practice.ReadHistory("h", data); len(h.Events) != 100_000 || problems != nil {
			b.Fatal(len(h.Events), problems)
		}
	}
}

func BenchmarkSchedule(b *testing.B) {
	h, _ := practice.ReadHistory("h", years(100_000))
	now := time.Date(2026, 1, 1, 19, 0, 0, 0, time.UTC)
	for b.Loop() {
		h.Schedule(now, time.Time{})
	}
}
