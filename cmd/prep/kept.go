package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/prep-cli/prep/pkg/kept"
)

// keptFile is a file of $XDG_CACHE_HOME/prep. It can be deleted, damaged or read-only
// at any time: that costs time, never an error.
type keptFile struct {
	*kept.Records
	path string
	kind string // its name begins with it; what made it follows
}

// keptPath is where what some making works out is kept.
func (e *env) keptPath(kind, making string) string {
	return filepath.Join(e.cacheHome(), "prep", kind+"-"+making)
}

// day counts the days since 1970.
func (e *env) day() int { return int(e.now().Unix() / int64(24*time.Hour/time.Second)) }

// save keeps what is new for the next run, and drops what other makings left. No file
// is synced: what a crash leaves of it is told by its checksums.
func (k *keptFile) save() {
	if !k.Changed() {
		return
	}
	if tail, ok := k.Tail(); ok && k.append(tail) == nil {
		return
	}
	if k.write(k.Bytes()) != nil {
		return
	}
	others, _ := os.ReadDir(filepath.Dir(k.path))
	for _, other := range others {
		if name := other.Name(); strings.HasPrefix(name, k.kind+"-") && name != filepath.Base(k.path) {
			_ = os.Remove(filepath.Join(filepath.Dir(k.path), name)) // it stays until the next time
		}
	}
}

func (k *keptFile) append(tail []byte) error {
	f, err := os.OpenFile(k.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // a record that is cut short is told by its checksum
	_, err = f.Write(tail)
	return err
}

// write replaces the file whole, so that another prep reads the old or the new one.
func (k *keptFile) write(data []byte) error {
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		return err
	}
	tmp := fmt.Sprintf("%s.%d.tmp", k.path, os.Getpid())
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		_ = os.Remove(tmp) // a leftover goes with the next write
		return err
	}
	return os.Rename(tmp, k.path)
}
