package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"onestep/bot/store"
)

type keysetCommand struct {
	New keysetNewCommand `cmd:"" help:"Make a new keyset."`
}

type keysetNewCommand struct {
	File string `arg:"" optional:"" type:"path" help:"Where to write it, readable by you alone. Left out: it is printed."`
}

func (keysetNewCommand) Help() string {
	return `Makes the keyset that encrypts people's words, for ONESTEP_ENCRYPTION_KEYSET. Keep it apart from the data and keep a copy: whoever has both can read every conversation, and without it nobody can.

Example:

    onestep keyset new keyset
    ONESTEP_ENCRYPTION_KEYSET_FILE=keyset onestep serve`
}

func (c keysetNewCommand) Run(w world) error {
	keyset, err := store.NewKeyset()
	if err != nil {
		return err
	}
	if c.File == "" {
		_, err = fmt.Fprintln(w.Out, keyset)
		return err
	}
	// Writing over a keyset in use would lose every conversation.
	file, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and may be a keyset in use; name a new file", c.File)
	}
	if err != nil {
		return fmt.Errorf("the keyset cannot be written: %w", err)
	}
	_, err = fmt.Fprintln(file, keyset)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("the keyset cannot be written: %w", err)
	}
	_, err = fmt.Fprintf(w.Err, "The keyset is in %s. Keep a copy of it in a safe place.\n", c.File)
	return err
}
