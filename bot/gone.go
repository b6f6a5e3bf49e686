package bot

import (
	"context"

	"onestep/dialogs"
)

// gone tells a conversation that one of its chats can no longer be reached.
func (b *Bot) gone(ctx context.Context, l Leased) error {
	return b.take(ctx, "gone", l.Conversation, l.ID+".gone", func(t *turn) error {
		switch t.conv.Role {
		case PatientRole:
			return t.left(l.Chat)
		case WorkerRole:
			return t.workerLeft(l.Chat)
		}
		t.note(Entry{What: "left"})
		return nil
	})
}

// undelivered is a message that was given up: a patient waits for words that
// will not come, so their worker is told; and an alert that did not reach its
// worker goes on to the leads.
func (b *Bot) undelivered(ctx context.Context, l Leased) error {
	return b.take(ctx, "undelivered", l.Conversation, l.ID+".dead", func(t *turn) error {
		t.note(Entry{What: "undelivered", Name: l.ID})
		if t.conv.Role == WorkerRole {
			return t.workerLeft(l.Chat)
		}
		t.nudge(0, dialogs.Nudge{Trigger: dialogs.Undelivered})
		return nil
	})
}
