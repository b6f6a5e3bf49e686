package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"onestep/dialogs/transcript"
)

type testCommand struct {
	Paths   []string `arg:"" optional:"" name:"path" default:"." help:"Transcripts, or folders with transcripts (*.txt). Left out: this folder."`
	Scripts string   `type:"existingdir" placeholder:"FOLDER" help:"The scripts to play them on. Left out: those found as said above."`
	Update  bool     `help:"Write today's answers into the transcripts, to look at with git diff."`
}

func (testCommand) Help() string {
	return `Plays conversations that are written down, and says where the scripts now answer otherwise. A transcript holds what the person does, how time passes, and below it everything that follows. The exit code is 1 when anything differs.

A transcript is played on the scripts in the folder "scripts" beside it; else on those in the folder above it, as in scripts/testdata; else on the check-ins built in.

Example:

    onestep test dialogs/testdata
    onestep test --scripts scripts my-week.txt`
}

func (c testCommand) Run(w world) error {
	files, err := transcripts(c.Paths)
	if err != nil {
		return err
	}
	byScripts := map[string][]string{}
	for _, file := range files {
		folder := c.Scripts
		if folder == "" {
			folder = scriptsOf(file)
		}
		byScripts[folder] = append(byScripts[folder], file)
	}
	differ := 0
	for _, folder := range slices.Sorted(maps.Keys(byScripts)) {
		edition, err := readScripts(folder)
		if err != nil {
			return fmt.Errorf("the scripts cannot be played:\n%w", err)
		}
		result, err := transcript.Files(edition, byScripts[folder], c.Update)
		if err != nil {
			return err
		}
		for _, m := range result.Mismatches {
			fmt.Fprintln(w.Out, m)
		}
		differ += len(result.Mismatches)
	}
	if differ > 0 {
		return fmt.Errorf("%s. Mend the script, or take today's answers with --update", count(differ, "answer is no longer as written", "answers are no longer as written"))
	}
	_, err = fmt.Fprintln(w.Out, count(len(files), "transcript plays as written", "transcripts play as written"))
	return err
}

// transcripts gives the files named, and those in the folders named.
func transcripts(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("there is no transcript at %s (%w)", path, errors.Unwrap(err))
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		found, err := filepath.Glob(filepath.Join(path, "*.txt"))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there are no transcripts (*.txt) in %s", path)
		}
		files = append(files, found...)
	}
	return files, nil
}

// scriptsOf finds the scripts that a transcript is about: in the folder
// "scripts" beside it, or in the folder above its own. Empty means those built
// in. A folder of scripts is known by its phrases, which every one has.
func scriptsOf(file string) string {
	here := filepath.Dir(file)
	for _, folder := range []string{filepath.Join(here, "scripts"), filepath.Join(here, "..")} {
		if _, err := os.Stat(filepath.Join(folder, "phrases.yaml")); err == nil {
			return folder
		}
	}
	return ""
}
