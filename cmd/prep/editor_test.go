package main

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fakeEditor does to the file that its last argument names what the others say, one
// after the other.
func fakeEditor() {
	file := os.Args[len(os.Args)-1]
	for args := os.Args[1 : len(os.Args)-1]; len(args) > 0; args = args[1:] {
		var err error
		switch args[0] {
		case "write": // the text of a file
			args = args[1:]
			err = copyFile(args[0], file)
		case "turns": // the text of turn-1 the first time, of turn-2 the second
			args = []string{""}
			err = takeTurn(file)
		case "show": // what it was given, to a file
			args = args[1:]
			err = copyFile(file, args[0])
		case "meddle": // writes to another file, as another program might
			args = args[1:]
			err = os.WriteFile(args[0], []byte("title: T\nproblem: Written meanwhile.\n"), 0o600)
		case "empty":
			err = os.Truncate(file, 0)
		case "remove":
			err = os.Remove(file)
		case "sleep": // until a file "stop" is there; "asleep" says that it sleeps
			err = os.WriteFile("asleep", nil, 0o600)
			await("stop")
		case "await": // a file, for scripts
			await(file)
		case "crash":
			os.Exit(3)
		case "die": // as one that is killed
			me, _ := os.FindProcess(os.Getpid())
			err = me.Kill()
			time.Sleep(time.Second)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "fake editor:", err)
			os.Exit(9)
		}
	}
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

func takeTurn(file string) error {
	for n := 1; ; n++ {
		turn := fmt.Sprintf("turn-%d", n)
		if _, err := os.Stat(turn); err == nil {
			if err := copyFile(turn, file); err != nil {
				return err
			}
			return os.Remove(turn)
		} else if n > 9 {
			return err
		}
	}
}

func await(file string) {
	for range 1000 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		why, command string
		want         []string
	}{
		{"a name", "vi", []string{"vi"}},
		{"arguments", "code  --wait -n", []string{"code", "--wait", "-n"}},
		{"a path with blanks", `"/opt/my editor/ed" --wait`, []string{"/opt/my editor/ed", "--wait"}},
		{"single quotes", `emacs --eval '(setq a "b")'`, []string{"emacs", "--eval", `(setq a "b")`}},
		{"an empty argument", `ed ""`, []string{"ed", ""}},
		{"a quote that is left open", `ed "a b`, []string{"ed", "a b"}},
		{"a Windows path", `C:\bin\ed.exe -w`, []string{`C:\bin\ed.exe`, "-w"}},
	} {
		if diff := cmp.Diff(tc.want, split(tc.command)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
	if got := split(""); !slices.Equal(got, []string{""}) {
		t.Errorf("nothing: %q", got)
	}
}
