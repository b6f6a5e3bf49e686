package main

import (
	"fmt"
	"runtime/debug"
)

// release is set by builds that know their version and have no git beside
// them: go build -ldflags "-X main.release=1.2.3".
var release string

type versionCommand struct{}

func (versionCommand) Help() string {
	return "Prints the version, the revision it was built from and the Go version.\n\nExample:\n\n    onestep version"
}

func (versionCommand) Run(w world) error {
	_, err := fmt.Fprintln(w.Out, version())
	return err
}

// version says what the build recorded of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "onestep (built without version information)"
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = " " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with local changes"
		}
	}
	name := release
	if name == "" {
		name = info.Main.Version
	}
	return fmt.Sprintf("onestep %s%s%s, %s", name, revision, changed, info.GoVersion)
}
