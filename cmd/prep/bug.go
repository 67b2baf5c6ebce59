package main

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/prep-cli/prep/pkg/parallel"
)

// issues is where bugs are reported.
const issues = "https://github.com/prep-cli/prep/issues"

// bug says that a panic ended the command, and gives the exit code. The panic's value
// may quote a story, so its type alone is told, and places in the program.
func (e *env) bug(p *parallel.Panic) int {
	e.say("prep: error: this is a bug in prep: it stopped where it should not (%T)", p.Value)
	e.say("prep: hint: please report it at %s with these lines and what prep version prints: they name places in prep, and hold nothing of yours", issues)
	for _, place := range p.Places {
		e.say("  at %s", place)
	}
	return exitFail
}

// shielded is a screen whose panics do not end on it: bubbletea would print the value of
// each, and where TEA_DEBUG is set keep it in a file.
type shielded struct {
	tea.Model
	broke func(*parallel.Panic)
}

// unbroken runs a screen. A panic in it is the caller's, once the terminal is given back.
func unbroken(m tea.Model, options ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var first atomic.Pointer[parallel.Panic]
	broke := func(p *parallel.Panic) {
		first.CompareAndSwap(nil, p)
		stop()
	}
	_, err := tea.NewProgram(shielded{m, broke}, append(options, tea.WithContext(ctx))...).Run()
	if p := first.Load(); p != nil {
		panic(p)
	}
	return err
}

// guard is deferred by whatever bubbletea calls.
func (g shielded) guard() {
	if value := recover(); value != nil {
		g.broke(parallel.Caught(value))
	}
}

// Init begins as the screen does.
func (g shielded) Init() tea.Cmd {
	defer g.guard()
	return g.command(g.Model.Init())
}

// Update hands the screen a message.
func (g shielded) Update(msg tea.Msg) (m tea.Model, next tea.Cmd) {
	defer func() {
		if m == nil { // bubbletea draws once more after a panic
			m = g
		}
	}()
	defer g.guard()
	inner, next := g.Model.Update(msg)
	return shielded{inner, g.broke}, g.command(next)
}

// View draws the screen.
func (g shielded) View() tea.View {
	defer g.guard()
	return g.Model.View()
}

func (g shielded) command(c tea.Cmd) tea.Cmd {
	if c == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.guard()
		return c()
	}
}
