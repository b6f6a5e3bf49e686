package bot

import (
	"context"
	"slices"

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
		case TeamRole:
			t.note(Entry{What: "left"})
			return t.unposted(l.Chat)
		}
		t.note(Entry{What: "left"})
		return nil
	})
}

// unposted tells the leads that a message to their channel did not arrive: in
// the channel itself nobody can be told. What went to a person in the team's
// name has an alert that says more.
func (t *turn) unposted(c Chat) error {
	if !slices.Contains(t.conv.Chats, c) {
		return nil
	}
	leads, err := t.superiors()
	if err != nil {
		return err
	}
	t.class = Answer
	for _, id := range leads {
		t.letter(id, letterUnposted, struct{}{})
	}
	return nil
}

// undelivered is a message that was given up: a patient waits for words that
// will not come, so their worker is told; an alert that did not reach its worker
// goes on to the leads; and the leads are told of what their channel did not get.
func (b *Bot) undelivered(ctx context.Context, l Leased) error {
	return b.take(ctx, "undelivered", l.Conversation, l.ID+".dead", func(t *turn) error {
		t.note(Entry{What: "undelivered", Name: l.ID})
		switch t.conv.Role {
		case WorkerRole:
			return t.workerLeft(l.Chat)
		case TeamRole:
			return t.unposted(l.Chat)
		}
		t.nudge(0, dialogs.Nudge{Trigger: dialogs.Undelivered})
		return nil
	})
}
