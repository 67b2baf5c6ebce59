package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
)

// openEditor opens a file in the user's editor and waits until it ends.
func (e *env) openEditor(ctx context.Context, file string) error {
	command, err := e.editor()
	if err != nil {
		return err
	}
	editor := exec.CommandContext(ctx, command[0], append(command[1:], file)...) //nolint:gosec // the editor is the user's own choice
	editor.Stdin, editor.Stdout, editor.Stderr = e.stdin, e.stdout, e.stderr
	meant := make(chan os.Signal, 1)
	signal.Notify(meant, os.Interrupt) // Ctrl-C is meant for the editor, which a terminal does not know
	defer signal.Stop(meant)
	if err := editor.Run(); err != nil {
		return fmt.Errorf("the editor %s failed: %w", command[0], cause(err))
	}
	return nil
}

// editor gives the user's editor with its arguments: $VISUAL, else $EDITOR, else the
// first that is there.
func (e *env) editor() ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		set := strings.TrimSpace(e.getenv(name))
		if set == "" {
			continue
		}
		if _, err := exec.LookPath(set); err == nil {
			return []string{set}, nil // a path may hold blanks
		}
		command := split(set)
		if _, err := exec.LookPath(command[0]); err != nil {
			return nil, hint("set VISUAL or EDITOR to an editor", "no editor: %s is %q, which cannot be run: %w", name, set, errors.Unwrap(err))
		}
		return command, nil
	}
	usual := []string{"editor", "vi", "nano"}
	if runtime.GOOS == "windows" {
		usual = []string{"notepad"}
	}
	for _, name := range usual {
		if _, err := exec.LookPath(name); err == nil {
			return []string{name}, nil
		}
	}
	return nil, hint("set VISUAL or EDITOR to an editor", "no editor found")
}

// split cuts a command at its blanks, those in quotes aside. There is one part at
// least.
func split(command string) []string {
	var parts []string
	var part strings.Builder
	quote, open := rune(0), false
	for _, r := range command {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote, open = r, true
		case r == quote && quote != 0:
			quote = 0
		case quote == 0 && (r == ' ' || r == '\t'):
			if open {
				parts = append(parts, part.String())
			}
			part.Reset()
			open = false
		default:
			part.WriteRune(r)
			open = true
		}
	}
	if open || len(parts) == 0 {
		parts = append(parts, part.String())
	}
	return parts
}
