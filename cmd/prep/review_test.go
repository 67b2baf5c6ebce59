package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Feedback is no verdict: review exits with 0 whatever it finds, and with 2 where
// there is nothing to read.
func TestReviewExits(t *testing.T) {
	files := map[string]string{"stories/orders.yaml": story1, "good.txt": "I added a key. Nothing broke since.", "empty.txt": " \n", "big.txt": strings.Repeat("word ", 1<<18)}
	for _, tc := range []struct {
		why    string
		args   []string
		code   int
		stderr string
	}{
		{"a draft on its own", []string{"review", "good.txt"}, 0, ""},
		{"a false claim", []string{"review", "good.txt", "--story", "orders"}, 0, ""},
		{"nothing in it", []string{"review", "empty.txt"}, 2, "prep: error: empty.txt: the answer is empty\n"},
		{"too much", []string{"review", "big.txt"}, 2, "prep: error: big.txt: the answer is over 256 KiB, the most that is read\n"},
		{"binary", []string{"review", "-"}, 2, "prep: error: standard input: the answer is not text (UTF-8)\n"},
		{"no such file", []string{"review", "gone.txt"}, 2, "prep: error: gone.txt: no such file or directory\n"},
		{"a folder", []string{"review", "stories"}, 2, "prep: error: stories: is a directory\n"},
		{"no file", []string{"review"}, 2, "prep: error: prep review takes one answer, not 0\nprep: hint: prep review answer.txt, or prep review - for standard input\n"},
		{"no such story", []string{"review", "good.txt", "--story", "order"}, 2, "prep: error: no story \"order\"\nprep: hint: did you mean \"orders\"?\n"},
		{"no time at all", []string{"review", "good.txt", "--seconds", "0"}, 2, "prep: error: --seconds is 0: an answer takes 1 to 3600\n"},
	} {
		code, stdout, stderr := prep(t, files, "\x7fELF\x00", tc.args...)
		if diff := cmp.Diff(tc.stderr, stderr); diff != "" || code != tc.code || (code == 0) == (stdout == "") {
			t.Errorf("%s: exit %d\n%s", tc.why, code, diff)
		}
	}
}
