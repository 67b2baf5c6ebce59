package parallel_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/prep-cli/prep/pkg/parallel"
)

func TestDoCallsEachOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		calls := make([]int, n)
		parallel.Do(n, func(i int) { calls[i]++ })
		for i, c := range calls {
			if c != 1 {
				t.Errorf("n = %d: %d was called %d times", n, i, c)
			}
		}
	}
}

// caught gives the panic that f ends in, nil where it does not.
func caught(f func()) (p *parallel.Panic) {
	defer func() {
		if value := recover(); value != nil {
			p = parallel.Caught(value)
		}
	}()
	f()
	return nil
}

func inner() { panic("we lost the customer's orders") }

func outer() { inner() }

func TestPanicComesBackToWhoeverWaits(t *testing.T) {
	for _, tc := range []struct {
		why string
		f   func()
	}{
		{"no other goroutine", outer},
		{"one piece of many", func() {
			parallel.Do(100, func(i int) {
				if i == 50 {
					outer()
				}
			})
		}},
		{"pieces in pieces", func() { parallel.Do(2, func(int) { parallel.Do(2, func(int) { outer() }) }) }},
		{"a panic while another is cleaned up", func() {
			defer outer()
			panic("first")
		}},
	} {
		t.Run(tc.why, func(t *testing.T) {
			p := caught(tc.f)
			if p == nil {
				t.Fatal("no panic")
			}
			if p.Value != "we lost the customer's orders" {
				t.Errorf("value %v", p.Value)
			}
			for i, want := range []string{"parallel_test.inner (parallel_test.go:", "parallel_test.outer (parallel_test.go:"} {
				if len(p.Places) <= i || !strings.Contains(p.Places[i], want) {
					t.Fatalf("place %d of %q is not %s…", i, p.Places, want)
				}
			}
		})
	}
}

// One piece's panic leaves the others whole: whoever waits knows that nothing goes on.
func TestWaitIsForAllPieces(t *testing.T) {
	var done atomic.Int64
	release := make(chan struct{})
	var work parallel.Group
	for range 10 {
		work.Go(func() {
			<-release
			done.Add(1)
		})
	}
	work.Go(func() {
		defer close(release)
		outer()
	})
	if caught(work.Wait) == nil || done.Load() != 10 {
		t.Errorf("%d of 10 were done", done.Load())
	}
}

// What the runtime prints of a panic that nobody recovers is the value's text where it
// has one.
func TestPanicHasNoText(t *testing.T) {
	p := any(caught(outer))
	if _, ok := p.(error); ok {
		t.Error("it is an error")
	}
	if _, ok := p.(fmt.Stringer); ok {
		t.Error("it is a fmt.Stringer")
	}
}

// A goroutine that this package did not begin would end the program with its panic's
// text: the program begins none.
func TestGoroutinesBeginHere(t *testing.T) {
	files := 0
	for _, root := range []string{"../../cmd", "../../pkg"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				filepath.Dir(path) == filepath.Join("..", "..", "pkg", "parallel") {
				return errors.Join(err)
			}
			files++
			begins(t, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were read", files)
	}
}

func begins(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, data, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			t.Errorf("%s: a goroutine of its own: let a parallel.Group begin it", set.Position(n.Pos()))
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "sync" && n.Sel.Name == "WaitGroup" {
				t.Errorf("%s: a sync.WaitGroup lets a panic end the program with its text: use parallel.Group", set.Position(n.Pos()))
			}
		}
		return true
	})
}
