package question_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prep-cli/prep/pkg/question"
	"github.com/prep-cli/prep/pkg/yaml"
)

// A question file of 1 MiB is read or refused in no time, in a hundred lines.
func TestHostileFiles(t *testing.T) {
	long := func(line string) string {
		var b strings.Builder
		for i := 0; b.Len() < yaml.MaxSize-200; i++ {
			fmt.Fprintf(&b, line, i)
		}
		return b.String()
	}
	for _, tc := range []struct {
		why, doc string
		problems int
	}{
		{"questions", long("- {id: q%d, text: \"What?\", competencies: [a], level: mid}\n"), 0},
		{"ids that no line gives", long("- text: What?\n  competencies: [a]\n  level: mid\n  \"id\": q%d\n"), 0},
		{"questions that probe nothing", long("- {id: q%d, text: \"What?\", level: mid}\n"), 101},
		{"one id", long("- {id: q, text: \"%d?\", competencies: [a], level: mid}\n"), 101},
		{"everything wrong", long("- {id: Q %d, nonsense: [], level: top}\n"), 101},
	} {
		t.Run(tc.why, func(t *testing.T) {
			start := time.Now()
			_, err := question.Parse("q.yaml", []byte(tc.doc))
			problems := 0
			if err != nil {
				problems = 1 + strings.Count(err.Error(), "\n")
			}
			if problems != tc.problems {
				t.Errorf("%d problems, want %d: %.300v", problems, tc.problems, err)
			}
			if took := time.Since(start); took > time.Minute { // many times what it takes anywhere
				t.Errorf("it took %v", took)
			}
		})
	}
}
