//go:build !unix

package main

import "io/fs"

// openPlain leaves every file to the careful way: this system cannot open a file and
// refuse a link in one step.
func openPlain(string) (fs.File, error) { return nil, errLink }
