// Package stories holds the sample incidents, one YAML file each.
package stories

import "embed"

// FS is this folder's story files.
//
//go:embed *.yaml
var FS embed.FS
