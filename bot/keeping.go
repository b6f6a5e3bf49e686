package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What the operator does with the record of one person on their own wish: to see
// all that is kept, and to have it erased. The person asks their worker, who knows
// the case code; the operator acts from outside the chats.

// operator is who acts, in a journal.
const operator = "operator"

// Holding is a patient as their team has them.
type Holding struct {
	Team    string // id of onestep.yaml
	Case    string // such as Wren-417
	Patient string // the conversation
	// Workers are the conversations of those who have the code on their caseload.
	Workers []string
}

// HeldAs gives the patients who have this case code, in whatever letters: one in a
// team at most. An error names what could not be read, as then somebody may be
// missing.
func (b *Bot) HeldAs(ctx context.Context, code string) ([]Holding, error) {
	return b.holdings(ctx, func(c, _ string) bool { return strings.EqualFold(c, code) })
}

// HeldBy is HeldAs for a conversation that is known.
func (b *Bot) HeldBy(ctx context.Context, patient string) ([]Holding, error) {
	return b.holdings(ctx, func(_, p string) bool { return p == patient })
}

func (b *Bot) holdings(ctx context.Context, sought func(code, patient string) bool) ([]Holding, error) {
	var found []Holding
	for _, team := range b.Teams {
		crew, err := b.loaded(ctx, team.Channel)
		if err != nil {
			return nil, fmt.Errorf("the record of team %s: %w", team.ID, err)
		}
		if crew.Crew == nil {
			continue
		}
		for _, id := range crew.Crew.Workers {
			w, err := b.Store.Load(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("the record of a worker of team %s: %w", team.ID, err)
			}
			if w.Worker == nil {
				continue
			}
			for _, code := range sortedKeys(w.Worker.Caseload) {
				patient := w.Worker.Caseload[code]
				if !sought(code, patient) {
					continue
				}
				i := slices.IndexFunc(found, func(h Holding) bool { return h.Patient == patient })
				if i < 0 {
					i = len(found)
					found = append(found, Holding{Team: team.ID, Case: code, Patient: patient})
				}
				found[i].Workers = append(found[i].Workers, id)
			}
		}
	}
	return found, nil
}

// Exported notes in a person's journal that all that is kept of them was read.
func (b *Bot) Exported(ctx context.Context, id string) error {
	return b.take(ctx, "operator", id, "", func(t *turn) error {
		t.note(Entry{What: "read", Name: "export", By: operator})
		return nil
	})
}

// Release takes a patient who is to be erased off the lists of their workers, who
// are told, and has it noted in each worker's journal. Doing it again changes
// nothing.
func (b *Bot) Release(ctx context.Context, h Holding) error {
	for _, worker := range h.Workers {
		if err := b.take(ctx, "operator", worker, "", func(t *turn) error { return t.release(h) }); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) release(h Holding) error {
	w := t.conv.Worker
	if w == nil || w.Caseload[h.Case] != h.Patient {
		t.nothing()
		return nil
	}
	delete(w.Caseload, h.Case)
	w.Nudges = slices.DeleteFunc(w.Nudges, func(n Nudge) bool {
		if n.Patient == h.Patient {
			t.timer(snoozeTimer+n.ID, time.Time{})
		}
		return n.Patient == h.Patient
	})
	t.note(Entry{What: "erased", Name: h.Case, By: operator})
	t.class = Answer
	t.say(fmt.Sprintf(wordsErased, h.Case))
	return nil
}
