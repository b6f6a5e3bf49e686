package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
	"onestep/dialogs/walk"
)

type testCommand struct {
	Paths    []string `arg:"" optional:"" name:"path" default:"." help:"Transcripts, folders with transcripts (*.txt), or folders of scripts with a testdata folder. Left out: this folder."`
	Scripts  string   `type:"existingdir" placeholder:"FOLDER" help:"The scripts to play them on. Left out: those found as said above."`
	Coverage bool     `help:"Say which steps and branches are reached, and name those that are not."`
	Walks    int      `placeholder:"N" help:"Send N made-up people through the scripts at random besides."`
	Seed     uint64   `default:"1" help:"The seed of the first walk; the same seed gives the same walks."`
	Keep     string   `type:"existingdir" placeholder:"FOLDER" help:"Keep walks that broke a promise, as transcripts, in this folder."`
	Update   bool     `help:"Write today's answers into the transcripts, to look at with git diff."`
}

func (testCommand) Help() string {
	return `Plays conversations that are written down, and says where the scripts now answer otherwise. A transcript holds what the person does, how time passes, and below it everything that follows. The exit code is 1 when anything differs.

A transcript is played on the scripts in the folder "scripts" beside it; else on those in the folder above it, as in scripts/testdata; else on the check-ins built in.

With --walks, made-up people who write little or much, who say yes but, who are late, in danger, hostile, or write in another language go through every script at random, and after each event what must always hold is looked at: one question at a time, an end to every dialog, a stop that stops, fixed words for danger, no hole and no second language in a message, no line three times in a row, no more messages than the weekly cap. They also leave each transcript half way, where nobody went on yet. With --coverage the last line says how much is reached, such as "steps 431/431, branches 770/770".

Example:

    onestep test dialogs/testdata
    onestep test --coverage --walks 500 scripts/testdata
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
	differ, broken := 0, 0
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
		if err := c.walk(w, edition, byScripts[folder], &result.Coverage, &broken); err != nil {
			return err
		}
		if c.Coverage {
			reached := result.Coverage.Of(edition)
			for _, m := range reached.Missing {
				fmt.Fprintf(w.Out, "Gap: nothing reaches %s.\n", m)
			}
			fmt.Fprintf(w.Out, "steps %d/%d, branches %d/%d\n", reached.Steps, reached.AllSteps, reached.Branches, reached.AllBranches)
		}
	}
	if broken > 0 {
		return fmt.Errorf("%s broke a promise. The seed is in the first line of each", count(broken, "walk", "walks"))
	}
	if differ > 0 {
		return fmt.Errorf("%s. Mend the script, or take today's answers with --update", count(differ, "answer is no longer as written", "answers are no longer as written"))
	}
	_, err = fmt.Fprintln(w.Out, count(len(files), "transcript plays as written", "transcripts play as written"))
	return err
}

// walk sends made-up people through an edition, and counts the walks that broke
// a promise.
func (c testCommand) walk(w world, edition *dialogs.Edition, files []string, coverage *transcript.Coverage, broken *int) error {
	if c.Walks <= 0 {
		return nil
	}
	var failed error
	walks := 0
	took := func(one walk.Walk) {
		walks++
		if len(one.Breaks) == 0 {
			return
		}
		*broken++
		fmt.Fprintf(w.Out, "Walk %d (%s): %s\n", one.Seed, one.Person, strings.Join(one.Breaks, "; "))
		if c.Keep != "" {
			failed = errors.Join(failed, os.WriteFile(filepath.Join(c.Keep, fmt.Sprintf("walk-%d.txt", one.Seed)), []byte(one.Text()), 0o644))
		}
	}
	for n := range uint64(c.Walks) {
		took(walk.Run(edition, walk.Nth(edition, n), c.Seed+n, coverage))
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		walk.Detours(edition, source, c.Seed, coverage, took)
	}
	fmt.Fprintf(w.Out, "%s\n", count(walks, "walk", "walks"))
	return failed
}

// transcripts gives the files named, and those in the folders named: a folder of
// scripts has them in testdata.
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
		var found []string
		for _, folder := range []string{path, filepath.Join(path, "testdata")} { // scripts have theirs there
			if found, err = filepath.Glob(filepath.Join(folder, "*.txt")); err != nil {
				return nil, err
			}
			if len(found) > 0 {
				break
			}
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there are no transcripts (*.txt) in %s, nor in a folder testdata there", path)
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
