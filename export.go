package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"onestep/bot"
)

type exportCommand struct {
	who
	File string `arg:"" optional:"" type:"path" help:"Where to write it, readable by you alone. Left out: it is printed."`
}

func (exportCommand) Help() string {
	return `Writes everything that is kept of one person as JSON, for somebody who asks what is kept of them. Their worker knows the code. That it was read is noted in the person's journal. It has the settings of serve, which may go on running.

Example:

    onestep export Wren-417 wren-417.json
    onestep export telegram:123456789`
}

// exported is what export writes. What the types of bot and dialogs hold goes in
// as readable says, so that nothing of a person can be left out by forgetting it.
type exported struct {
	About string    `json:"about"`
	At    time.Time `json:"exported_at"`
	Team  string    `json:"team,omitempty"`
	// Record is the conversation, Journal its lines, oldest first.
	Record  any `json:"record"`
	Journal any `json:"journal"`
	// Waiting are messages on their way, GivenUp those that could not be sent.
	Waiting any `json:"messages_waiting"`
	GivenUp any `json:"messages_given_up"`
	// Open is what stands about them on their workers' lists.
	Open any `json:"open_with_workers"`
}

const exportAbout = "Everything that onestep keeps of this person. Values and answers are as they were given; times are UTC. " +
	"What workers keep in records of their own, and messages on the platforms, are not here."

func (c exportCommand) Run(w world) error {
	return withPerson(w, c.who, func(k *keeping, h bot.Holding) error { return c.export(w, k, h) })
}

// export writes everything of a person to where it was asked for.
func (c exportCommand) export(w world, k *keeping, h bot.Holding) error {
	text, err := k.export(w, h)
	if err != nil {
		return err
	}
	if c.File == "" {
		_, err = w.Out.Write(text)
		return err
	}
	if err := writeNew(c.File, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.Err, "All that is kept of this person is in %s. It holds their words: give it to nobody else, and delete it when they have it.\n", c.File)
	return err
}

// export reads everything of a person, and notes that first: a read that is noted
// and does not come about is better than the other way round.
func (k *keeping) export(w world, h bot.Holding) ([]byte, error) {
	c, err := k.store.Load(w.Context, h.Patient)
	switch {
	case err != nil:
		return nil, fmt.Errorf("their record cannot be read: %w", err)
	case c.Version == 0:
		return nil, errors.New("nothing is kept of this person")
	case c.Crew != nil:
		return nil, errTeam
	}
	if err := k.bot.Exported(w.Context, h.Patient); err != nil {
		return nil, fmt.Errorf("the read could not be noted, so nothing was read: %w", err)
	}
	if c, err = k.store.Load(w.Context, h.Patient); err != nil {
		return nil, fmt.Errorf("their record cannot be read: %w", err)
	}
	journal, err := k.store.Journal(w.Context, h.Patient, 0, -1)
	if err != nil {
		return nil, fmt.Errorf("their journal cannot be read: %w", err)
	}
	waiting, dead, err := k.store.Messages(w.Context, h.Patient)
	if err != nil {
		return nil, fmt.Errorf("their messages cannot be read: %w", err)
	}
	open := []bot.Nudge{}
	for _, id := range h.Workers {
		worker, err := k.store.Load(w.Context, id)
		if err != nil {
			return nil, fmt.Errorf("their worker's list cannot be read: %w", err)
		}
		for _, n := range worker.Worker.Nudges {
			if n.Patient == h.Patient {
				open = append(open, n)
			}
		}
	}
	c.Opened = nil // the store's own
	text, err := json.MarshalIndent(exported{
		About: exportAbout, At: k.bot.Now().UTC().Truncate(time.Second), Team: h.Team,
		Record: readable(c), Journal: readable(journal), Waiting: readable(waiting),
		GivenUp: readable(dead), Open: readable(open),
	}, "", "  ")
	return append(text, '\n'), err
}

// writeNew writes a file that nobody else may read, and never over another.
func writeNew(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; name a new file", path)
	}
	if err != nil {
		return fmt.Errorf("it cannot be written: %w", err)
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("it cannot be written: %w", err)
	}
	return nil
}
