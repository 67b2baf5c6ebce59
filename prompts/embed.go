// Package prompts is the question bank that prep ships, one file a competency and
// one an area of technical experience, in the form that pkg/question reads. The
// folder jobs holds sample job descriptions for people to try; they are not part
// of the program.
package prompts

import "embed"

// FS holds the question files.
//
//go:embed *.yaml
var FS embed.FS
