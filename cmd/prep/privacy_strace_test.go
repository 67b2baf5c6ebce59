//go:build strace

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every command without an address asks the system for no network at all; and with the
// network cut off, each system call to it an error, it gives the same result and leaves
// the same files. strace sees the calls of every thread and of every child.
func TestNoNetwork(t *testing.T) {
	prep, strace := program(t, "prep-at-noon"), program(t, "strace")
	files := warm(t, prep, usedHome(t))
	for _, u := range uses {
		t.Run(u.String(), func(t *testing.T) {
			calls := filepath.Join(t.TempDir(), "calls")
			cut := surrounding{wrap: []string{strace, "-f", "-qq", "-o", calls, "-e", "trace=%network,execve", "-e", "inject=%network:error=ENETUNREACH"}}
			if diff := (surrounding{}).run(t, prep, files, u).differ(cut.run(t, prep, files, u)); diff != "" {
				t.Errorf("with the network cut off: %s", diff)
			}
			if inet := inetCalls(t, calls); len(inet) > 0 {
				t.Errorf("it asked for the network:\n%s", strings.Join(inet, "\n"))
			}
		})
	}
}

// The watch sees what it is there for: a posting that is named by its address.
func TestNetworkIsSeen(t *testing.T) {
	calls := filepath.Join(t.TempDir(), "calls")
	cut := surrounding{wrap: []string{program(t, "strace"), "-f", "-qq", "-o", calls, "-e", "trace=%network,execve", "-e", "inject=%network:error=ENETUNREACH"}}
	o := cut.run(t, program(t, "prep"), usedHome(t), use{command: "prep match", args: []string{"--jd", "http://127.0.0.1:9/job"}})
	if o.Code != exitFail || len(inetCalls(t, calls)) == 0 {
		t.Errorf("exit %d, calls %q: %s", o.Code, inetCalls(t, calls), o.Stderr)
	}
}

// inetCalls gives the calls in strace's record that have to do with an internet
// address. The record begins with the program's own start, or nothing was watched.
func inetCalls(t *testing.T, record string) []string {
	t.Helper()
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "execve(") {
		t.Fatalf("strace recorded nothing: %q", data)
	}
	return slices.DeleteFunc(strings.Split(string(data), "\n"), func(call string) bool { return !strings.Contains(call, "AF_INET") })
}
