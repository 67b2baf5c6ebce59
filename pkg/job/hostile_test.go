package job

import (
	"strings"
	"testing"
	"time"
)

// patience is many times what any of these takes, on a busy machine and under the race
// detector too, and a small part of what the square of their size would take.
const patience = time.Minute

// A posting may come from anybody: at the largest size that is read, it is read or
// refused in no time.
func TestHostilePostings(t *testing.T) {
	long := func(before, unit, after string) string {
		return before + strings.Repeat(unit, (MaxSize-len(before)-len(after))/len(unit)) + after
	}
	const list = "Engineer\n\nRequirements\n- "
	for _, tc := range []struct{ why, posting, want string }{
		{"lines", long("Engineer\n", "a\n", ""), errRows.Error()},
		{"bullets", long(list, "Go\n- ", "x"), errRows.Error()},
		{"a paragraph that is wrapped for ever", long("Engineer\n\n", "it was a dark and stormy night in the town and it\n", ""), ""},
		{"a bullet that is wrapped for ever", long(list+"a", "\n  b", ""), errRows.Error()},
		{"one line", long("Engineer\n\n", "a ", ""), ""},
		{"one word", long("Engineer\n\n", "a", ""), ""},
		{"slashes", long(list, "a/", ""), ""},
		{"brackets before what is a plus", long(list, "(a [b; ", " a plus"), ""},
		{"wishes", long(list, "strong Go, a plus; ", ""), ""},
		{"tags without an end", long("Engineer </b>\n", "<script ", ""), ""},
		{"scripts without an end", long("Engineer </b>\n", "<script>", ""), ""},
		{"tags", long("Engineer </b>\n", "<li>a", ""), errRows.Error()},
		{"a table of a row", long("Engineer\n\n", "|a", "|"), ""},
		{"emphasis", long("Engineer\n\n", "*a", ""), ""},
		{"links", long("Engineer\n\n", "[a](", ""), ""},
		{"entities", long("Engineer\n\n", "&amp;", ""), ""},
		{"blank lines", long("Engineer\n\n", " \n", "x"), ""},
		{"colons", long("Engineer\n\n", "a: ", "x"), ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			_, err := Parse(tc.posting)
			if took := time.Since(start); took > patience {
				t.Errorf("it took %v", took)
			}
			if err == nil && tc.want != "" || err != nil && err.Error() != tc.want {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
}
