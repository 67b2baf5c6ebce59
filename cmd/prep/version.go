package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// Set by a release build; otherwise read from what the Go command put into the binary.
var version, commit, date string

func newVersionCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version, the commit and its date",
		GroupID: groupItself,
		Example: "  prep version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			_, err := fmt.Fprintln(e.stdout, versionLine(info))
			return err
		},
	}
}

// versionLine says what runs: "prep 1.2.0 (commit 1a2b3c4, 2026-01-31) linux/amd64".
func versionLine(info *debug.BuildInfo) string {
	v, c, d := version, commit, date
	if info != nil {
		v = cmp.Or(v, info.Main.Version)
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				c = cmp.Or(c, s.Value)
			case "vcs.time":
				d = cmp.Or(d, s.Value)
			}
		}
	}
	return fmt.Sprintf("prep %s (commit %.7s, %.10s) %s/%s", cmp.Or(v, "(devel)"), cmp.Or(c, "unknown"), cmp.Or(d, "no date"), runtime.GOOS, runtime.GOARCH)
}
