package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// translateCommand is for translators: a file out, a file in.
type translateCommand struct {
	Export exportTranslation `cmd:"" help:"Write the file that a translator works on."`
	Import importTranslation `cmd:"" help:"Check a translated file and put it beside the scripts."`
}

type exportTranslation struct {
	Language string `arg:"" help:"The language to translate to, as a tag: cy, pl, ar."`
	Scripts  string `type:"existingdir" placeholder:"FOLDER" help:"The scripts to translate. Left out: the check-ins built in."`
	Out      string `short:"o" type:"path" placeholder:"FILE" help:"Where to write it. Left out: here."`
}

func (exportTranslation) Help() string {
	return `Writes every line that people read into one PO file, which Poedit, Weblate and other tools for translators open. Each text comes with a note: what it is, what it is for, and what is put in. What is translated already is kept; where the English has changed since, the old words are kept and marked fuzzy, for somebody to look at. docs/writing-check-ins.md has a section for translators.

Example:

    onestep translate export pl -o pl.po
    onestep translate export cy --scripts scripts -o cy.po`
}

func (c exportTranslation) Run(w world) error {
	edition, old, err := originals(c.Scripts, c.Language)
	if err != nil {
		return err
	}
	file, is, err := edition.ExportTranslation(c.Language, old)
	if err != nil {
		return err
	}
	if c.Out == "" {
		if _, err := w.Out.Write(file); err != nil {
			return err
		}
	} else if err := os.WriteFile(c.Out, file, 0o644); err != nil {
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	fmt.Fprintf(w.Err, "%s: %d are to be translated, %d to be looked at again\n", count(is.Texts, "text", "texts"), is.New, is.Stale)
	if is.Gone > 0 {
		fmt.Fprintf(w.Err, "%s of texts that there are no more: left out\n", count(is.Gone, "translation", "translations"))
	}
	return nil
}

type importTranslation struct {
	File     string `arg:"" type:"existingfile" help:"The translated file, such as pl.po."`
	Language string `placeholder:"TAG" help:"The language. Left out: the file's name, as in pl.po."`
	Scripts  string `type:"existingdir" placeholder:"FOLDER" help:"The scripts that it translates. Left out: it is only checked, against the check-ins built in."`
}

func (importTranslation) Help() string {
	return `Checks a translated PO file: every text is there, none is empty or marked fuzzy, the English is that of today, and all names and numbers that it puts in are kept. Each fault has its file and line. A file without faults is put beside the scripts, and the exit code is 0.

Example:

    onestep translate import pl.po --scripts scripts`
}

func (c importTranslation) Run(w world) error {
	language := c.Language
	if language == "" {
		language = strings.TrimSuffix(filepath.Base(c.File), ".po")
	}
	source, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("the translation cannot be read: %w", err)
	}
	edition, _, err := originals(c.Scripts, language)
	if err != nil {
		return err
	}
	_, err = edition.WithTranslation(language, source)
	if faults, ok := errors.AsType[dialogs.Faults](err); ok {
		for i := range faults {
			if faults[i].File == language+".po" {
				faults[i].File = c.File
			}
		}
		fmt.Fprintln(w.Out, faults)
		return fmt.Errorf("%s in %s", count(len(faults), "fault", "faults"), c.File)
	}
	if err != nil {
		return err
	}
	if c.Scripts == "" {
		_, err = fmt.Fprintf(w.Out, "%s is complete. To put it in use, name the folder of your scripts with --scripts\n", c.File)
		return err
	}
	to := filepath.Join(c.Scripts, language+".po")
	if err := os.WriteFile(to, source, 0o644); err != nil {
		return fmt.Errorf("the translation cannot be written: %w", err)
	}
	_, err = fmt.Fprintf(w.Out, "%s is complete, and stands in %s now\n", c.File, to)
	return err
}

// originals reads scripts without their translations, and the one translation
// that there is of a language, nil when there is none.
func originals(folder, language string) (*dialogs.Edition, []byte, error) {
	files := fs.FS(checkins.Files)
	if folder != "" {
		files = os.DirFS(folder)
	}
	edition, err := dialogs.LoadOriginals(files)
	if err != nil {
		return nil, nil, fmt.Errorf("the scripts themselves are faulty:\n%w", err)
	}
	old, err := fs.ReadFile(files, language+".po")
	if errors.Is(err, fs.ErrNotExist) {
		return edition, nil, nil
	}
	return edition, old, err
}
