// Package checkins holds the scripts that patients meet, as data.
package checkins

import (
	"embed"
	"sync"

	"onestep/dialogs"
)

// Files are the scripts, facts, phrases and translations of this folder.
//
//go:embed *.yaml *.po
var Files embed.FS

// Current is the edition that this program was built with. It is compiled
// once; an error is dialogs.Faults.
func Current() (*dialogs.Edition, error) { return current() }

var current = sync.OnceValues(func() (*dialogs.Edition, error) { return dialogs.Load(Files) })
