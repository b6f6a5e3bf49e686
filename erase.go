package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"onestep/bot"
)

type eraseCommand struct {
	who
	Yes bool `help:"Do not ask again."`
}

func (eraseCommand) Help() string {
	return `Erases everything that is kept of one person, for somebody who wishes that. The key of their words is destroyed; a copy of Redis from before still has it, so let such copies run out. Their workers are told, and it is noted in the workers' journals, without words. Messages on Telegram or Slack stay there. It has the settings of serve, which may go on running; it cannot be undone, so export first what must be kept.

Example:

    onestep erase Wren-417`
}

func (c eraseCommand) Run(w world) error {
	return withPerson(w, c.who, func(k *keeping, h bot.Holding) error { return c.erase(w, k, h) })
}

// erase asks once more, and erases.
func (c eraseCommand) erase(w world, k *keeping, h bot.Holding) error {
	if err := k.erasable(w, h); err != nil {
		return err
	}
	if !c.Yes {
		fmt.Fprintf(w.Err, "Everything that is kept of %s will be erased, for ever. Write %s once more to go on: ", c.Person, c.Person)
		line, err := bufio.NewReader(w.In).ReadString('\n')
		if strings.TrimSpace(line) != c.Person {
			return errors.Join(errors.New("nothing was erased; write the same again, or give --yes"), err)
		}
	}
	return k.erase(w, h)
}

// erasable refuses whoever is no patient, and somebody whom an alert is about: its
// clock would go with them.
func (k *keeping) erasable(w world, h bot.Holding) error {
	c, err := k.store.Load(w.Context, h.Patient)
	switch {
	case err != nil:
		k.log.Warn("their record cannot be read; it can be erased all the same", "conversation", h.Patient, "err", err)
		return nil
	case c.Crew != nil:
		return errTeam
	case c.Role == bot.WorkerRole:
		return errors.New("that is a worker. People on their caseload depend on their record, so it is kept")
	case c.Version == 0 && len(h.Workers) == 0:
		return errors.New("nothing is kept of this person")
	case c.Patient != nil && (c.Patient.Alert != nil || c.Patient.Dialog.Held):
		return errors.New("an alert about this person is open, and its clock would be erased as well. Have a worker press Done first")
	}
	return nil
}

// erase takes a person off their workers' lists, with a line in the workers'
// journals, and then erases them. Cut off in between, it can be done again.
func (k *keeping) erase(w world, h bot.Holding) error {
	if err := k.bot.Release(w.Context, h); err != nil {
		return fmt.Errorf("nothing was erased yet, since it could not be noted in a worker's journal; do it again: %w", err)
	}
	r, err := k.store.Erase(w.Context, h.Patient)
	if err != nil {
		return fmt.Errorf("not all is erased yet; do it again: %w", err)
	}
	k.log.Info("a person was erased", "conversation", r.Conversation, "team", h.Team, "turns", r.Turns, "journal", r.Journal,
		"waiting", r.Waiting, "given_up", r.Dead, "chats", r.Chats, "claims", r.Claims, "codes", r.Secrets, "strangers", r.Strangers)
	_, err = fmt.Fprintf(w.Out, `Erased on %s:
  the key of their words: a copy of Redis from before still has it, a later one cannot be read
  what %d turns left, with %d lines of journal
  messages not sent yet: %d, given up: %d
  links of chats: %d, what these chats left before they were linked: %d, claims: %d, invites not used: %d
Not erased: what workers keep elsewhere, and messages on the platforms.
`, r.At.UTC().Format("2 January 2006, 15:04 UTC"), r.Turns, r.Journal, r.Waiting, r.Dead, r.Chats, r.Strangers, r.Claims, r.Secrets)
	return err
}
