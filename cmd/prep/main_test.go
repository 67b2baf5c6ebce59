package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"prep": main, "grades": gradeUntilKilled, "prep-by-clock": mainByClock, "prep-at-noon": mainAtNoon, "prep-slowly": mainSlowly, "fake-editor": fakeEditor})
}

// TestScripts runs the program as a person does: each file of testdata/script
// says in its first line what it proves.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			for _, kind := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
				env.Setenv("XDG_"+kind+"_HOME", env.WorkDir+"/.xdg/"+kind)
			}
			return nil
		},
	})
}
