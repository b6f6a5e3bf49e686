package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"onestep/dialogs/transcript"
)

type testCommand struct {
	Paths   []string `arg:"" optional:"" name:"path" type:"path" help:"Transcripts, or folders with transcripts (*.txt). Left out: dialogs/checkins/testdata, those of the check-ins built in."`
	Scripts string   `type:"existingdir" placeholder:"FOLDER" help:"The scripts to play them on. Left out: the check-ins built in."`
	Update  bool     `help:"Write today's answers into the transcripts, to look at with git diff."`
}

func (testCommand) Help() string {
	return `Plays conversations that are written down, and says where the scripts now answer otherwise. A transcript holds what the person does, how time passes, and below it everything that follows. The exit code is 1 when anything differs.

Example:

    onestep test dialogs/checkins/testdata
    onestep test --scripts scripts my-week.txt`
}

func (c testCommand) Run(w world) error {
	edition, err := readScripts(c.Scripts)
	if err != nil {
		return fmt.Errorf("the scripts cannot be played:\n%w", err)
	}
	if len(c.Paths) == 0 {
		c.Paths = []string{"dialogs/checkins/testdata"}
	}
	files, err := transcripts(c.Paths)
	if err != nil {
		return err
	}
	result, err := transcript.Files(edition, files, c.Update)
	if err != nil {
		return err
	}
	for _, m := range result.Mismatches {
		fmt.Fprintln(w.Out, m)
	}
	if n := len(result.Mismatches); n > 0 {
		return fmt.Errorf("%s. Mend the script, or take today's answers with --update", count(n, "answer is no longer as written", "answers are no longer as written"))
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
