package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/lint"
)

type lintCommand struct {
	Paths    []string `arg:"" optional:"" name:"path" type:"existingdir" help:"Folders of scripts. Left out: the check-ins built in."`
	JSON     bool     `name:"json" xor:"output" help:"Print one JSON object."`
	SARIF    bool     `name:"sarif" xor:"output" help:"Print SARIF 2.1.0, for code scanners."`
	Coverage bool     `xor:"output,against" help:"Show which techniques and mechanisms the scripts use, and name the gaps."`
	Against  string   `xor:"against" type:"existingdir" placeholder:"DIR" help:"Prove that sessions which began on the older scripts in DIR can go on, instead of the rubric."`
	Rules    bool     `xor:"output" help:"List the rules with their thresholds and sources."`
}

func (lintCommand) Help() string {
	return `Loads the scripts of each folder as onestep serve would, and then holds them against a rubric: one question a message, no advice, blame or pressure, words that can be read at the age of 9 to 11, listening before asking, every way with an end, a person offered after a low number, and more (--rules). Each finding has its file, line, column, rule and reason. The exit code is 1 when there is any.

With --against, it proves instead what becomes of people who are in the middle of a dialog when these scripts take the place of the older ones: of each step at which a session can stand (a question, or a call that is under way) it knows whether the session stays on the words it began with, moves along by the script's renamed: and dropped:, or was forgotten by them.

A rule is switched off on a step, or at the head of a script, with a reason: lint: {off: advice, because: "..."}. Those are listed too.

Example:

    onestep lint scripts
    onestep lint --coverage
    onestep lint --against scripts-of-last-month scripts
    onestep lint --sarif scripts > lint.sarif`
}

func (c lintCommand) Run(w world) error {
	if c.Rules {
		return printRules(w)
	}
	folders := c.Paths
	if len(folders) == 0 {
		folders = []string{""}
	}
	var older *dialogs.Edition
	if c.Against != "" {
		var err error
		if older, err = dialogs.Load(os.DirFS(c.Against)); err != nil {
			return fmt.Errorf("the older scripts in %s do not load:\n%w", c.Against, err)
		}
	}
	var all lint.Report
	var wrong []string
	for _, folder := range folders {
		name, files := folder, fs.FS(checkins.Files)
		if folder == "" {
			name = "the check-ins built in"
		} else {
			files, folder = os.DirFS(folder), fromHere(folder)
			name = folder
		}
		edition, err := dialogs.Load(files)
		report := lint.Report{}
		if faults, ok := errors.AsType[dialogs.Faults](err); ok {
			report = lint.FromFaults(faults)
		} else if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		} else if c.Coverage {
			if err := lint.Cover(edition).Text(w.Out); err != nil {
				return err
			}
			continue
		} else if older != nil {
			report = lint.Against(edition, older)
		} else {
			report = lint.Check(edition)
		}
		report = report.In(folder)
		if n := len(report.Findings); n > 0 {
			wrong = append(wrong, fmt.Sprintf("%s: %s to mend", name, count(n, "finding", "findings")))
		}
		if c.JSON || c.SARIF {
			all = all.And(report)
			continue
		}
		if err := report.Text(w.Out); err != nil {
			return err
		}
		for _, language := range uncheckedOf(edition) {
			fmt.Fprintf(w.Out, "Note: %s.\n", unchecked(edition, language))
		}
		if len(report.Findings) == 0 {
			fmt.Fprintf(w.Out, "%s: %s, nothing to mend\n", name, count(len(edition.Scripts()), "script", "scripts"))
		}
	}
	if !c.JSON && !c.SARIF {
		for _, note := range dated(time.Now()) {
			fmt.Fprintf(w.Out, "Note: %s.\n", note)
		}
	}
	if c.JSON {
		if err := all.JSON(w.Out); err != nil {
			return err
		}
	}
	if c.SARIF {
		if err := all.SARIF(w.Out, version()); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n"))
	}
	return nil
}

// uncheckedOf are the languages to note beside a report; a folder that does not
// load has none.
func uncheckedOf(edition *dialogs.Edition) []string {
	if edition == nil {
		return nil
	}
	return edition.Unchecked()
}

// fromHere names a folder as seen from the working folder, where it is inside:
// code scanners want places within the repository.
func fromHere(folder string) string {
	here, err := os.Getwd()
	if err != nil {
		return folder
	}
	if inside, err := filepath.Rel(here, folder); err == nil && filepath.IsLocal(inside) {
		return inside
	}
	return folder
}

// printRules prints the rubric as a table.
func printRules(w world) error {
	out := tabwriter.NewWriter(w.Out, 0, 4, 2, ' ', 0)
	for _, r := range slices.Concat(lint.Rules(), lint.AgainstRules()) {
		fmt.Fprintf(out, "%s\t%s\n\tThreshold: %s\n\tWhy: %s\n\tSource: %s\n", r.ID, r.About, r.Threshold, r.Why, r.Source)
	}
	return out.Flush()
}

// count says how many there are: 1 script, 2 scripts.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
