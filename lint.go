package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

type lintCommand struct {
	Paths []string `arg:"" optional:"" name:"path" type:"existingdir" help:"Folders of scripts. Left out: the check-ins built in."`
}

func (lintCommand) Help() string {
	return `Loads the scripts of each folder as onestep serve would, and names everything that is wrong at once: unknown names, steps that nothing reaches, conditions of the wrong type, a loop without a question, a translation that is behind. The exit code is 1 when there is anything to mend.

Example:

    onestep lint scripts`
}

func (c lintCommand) Run(w world) error {
	if len(c.Paths) == 0 {
		edition, err := checkins.Current()
		return report(w, "the check-ins built in", "", edition, err)
	}
	var all error
	for _, path := range c.Paths {
		edition, err := dialogs.Load(os.DirFS(path))
		all = errors.Join(all, report(w, path, path, edition, err))
	}
	return all
}

// report prints what came of loading one folder.
func report(w world, name, folder string, edition *dialogs.Edition, err error) error {
	faults, ok := errors.AsType[dialogs.Faults](err)
	switch {
	case ok:
		for i := range faults {
			faults[i].File = filepath.Join(folder, faults[i].File)
		}
		fmt.Fprintln(w.Out, faults)
		return fmt.Errorf("%s: %s to mend", name, count(len(faults), "fault", "faults"))
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	}
	_, err = fmt.Fprintf(w.Out, "%s: %s, nothing to mend\n", name, count(len(edition.Scripts()), "script", "scripts"))
	return err
}

// count says how many there are: 1 script, 2 scripts.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
