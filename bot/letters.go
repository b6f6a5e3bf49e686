package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"onestep/dialogs"
)

// Kinds of letters and what they carry. They are stored in the outbox: only add
// fields.
const (
	letterNudge     = "nudge"     // patient -> worker: a person should act
	letterClosed    = "closed"    // worker -> patient: a nudge is done
	letterEnrolled  = "enrolled"  // patient -> worker: the invitation was used
	letterJoined    = "joined"    // worker -> team: one more worker
	letterRead      = "read"      // worker -> patient: somebody read
	letterEscalated = "escalated" // worker -> lead or duty: an alert nobody pressed
)

type nudged struct {
	ID      string          `json:"id"`
	Case    string          `json:"case"`
	Trigger dialogs.Trigger `json:"trigger"`
	Patient string          `json:"patient"`
	Raised  time.Time       `json:"raised"`
}

type closed struct {
	ID      string          `json:"id"`
	Trigger dialogs.Trigger `json:"trigger"`
}

type enrolled struct {
	Case string `json:"case"`
}

type read struct {
	What string `json:"what"`
}

// Open takes a letter into the conversation it is for. The envelope's id is the
// dedupe mark, so a letter that comes twice is taken once.
func (b *Bot) Open(ctx context.Context, e Envelope) error {
	l := e.Letter
	return b.take(ctx, "letter "+l.Kind, l.To, e.ID, func(t *turn) error {
		switch l.Kind {
		case letterNudge, letterEscalated:
			var n nudged
			if err := json.Unmarshal(l.Body, &n); err != nil {
				return fmt.Errorf("letter %s: %w", l.Kind, err)
			}
			return t.receiveNudge(n, l.Kind == letterEscalated)
		case letterClosed:
			var c closed
			if err := json.Unmarshal(l.Body, &c); err != nil {
				return fmt.Errorf("letter %s: %w", l.Kind, err)
			}
			return t.nudgeClosed(c, l.From)
		case letterEnrolled:
			var e enrolled
			if err := json.Unmarshal(l.Body, &e); err != nil {
				return fmt.Errorf("letter %s: %w", l.Kind, err)
			}
			return t.admit(e.Case, l.From)
		case letterRead:
			t.note(Entry{What: "read", By: l.From})
		case letterJoined:
			if t.conv.Crew != nil && !slices.Contains(t.conv.Crew.Workers, l.From) {
				t.conv.Crew.Workers = append(t.conv.Crew.Workers, l.From)
			}
		default:
			return fmt.Errorf("a letter of the unknown kind %q", l.Kind)
		}
		return nil
	})
}

// admit adds a patient who used their invitation to a worker's caseload.
func (t *turn) admit(code, patient string) error {
	w := t.conv.Worker
	if w == nil {
		t.nothing()
		return nil
	}
	if w.Caseload == nil {
		w.Caseload = map[string]string{}
	}
	w.Caseload[code] = patient
	t.say(fmt.Sprintf(wordsEnrolled, code))
	return nil
}
