package bot

import (
	"context"
	"slices"
	"time"

	"onestep/dialogs"
)

// gone tells a conversation that one of its chats can no longer be reached. What
// did not arrive there goes to another chat of the person.
func (b *Bot) gone(ctx context.Context, l Leased) error {
	return b.take(ctx, "gone", l.Conversation, l.ID+".gone", func(t *turn) error {
		if t.conv.Version == 0 { // erased since
			t.nothing()
			return nil
		}
		switch t.conv.Role {
		case PatientRole:
			t.left(l.Chat)
			t.elsewhere(l)
			return t.uncontacted()
		case WorkerRole:
			if err := t.workerLeft(l.Chat); err != nil {
				return err
			}
			t.elsewhere(l)
			return t.uncontacted()
		case TeamRole:
			t.note(Entry{What: "left"})
			return t.unposted(l.Chat)
		}
		t.note(Entry{What: "left"})
		return nil
	})
}

// loses puts a chat that can no longer be reached behind the person's others, until
// they write from it. reachable tells whether another is left.
func (t *turn) loses(chat Chat) (reachable bool) {
	c := t.conv
	if i := slices.Index(c.Chats, chat); i >= 0 {
		c.Chats = append(slices.Delete(c.Chats, i, i+1), chat)
		if !slices.Contains(c.Gone, chat) {
			c.Gone = append(c.Gone, chat)
		}
	}
	return t.reachable()
}

// reachable tells whether the first chat can be reached, as far as is known; the
// others come behind it.
func (t *turn) reachable() bool {
	return len(t.conv.Chats) > 0 && !slices.Contains(t.conv.Gone, t.conv.Chats[0])
}

// elsewhere says what did not arrive in one chat in the person's next. A question
// whose chats are all gone waits for its reminder.
func (t *turn) elsewhere(l Leased) {
	switch {
	case l.checkin() && t.conv.Patient != nil && t.silenced(): // they want no more of it
		t.givesUp(l.Envelope, lostGone, 0)
	case t.reachable():
		e := l.Envelope
		e.Chat, e.Until = t.conv.Chats[0], time.Time{}
		t.class = l.Class
		t.put(e)
	default:
		t.givesUp(l.Envelope, lostGone, 0)
	}
}

// givesUp writes down that a message does not arrive, and why, with the reason that it
// was sent for; since is how long it was tried.
func (t *turn) givesUp(e Envelope, cause string, since time.Duration) {
	line := Entry{What: undeliveredLine, Name: e.ID, Value: cause}
	if e.checkin() {
		line.Rule = e.Why
	}
	t.note(line)
	t.unseen(e, since)
}

// unseen is an open question that did not arrive and will not: no reply timer
// starts, and without one nothing would ever end it or show it again. So its time
// runs from when it was first tried, not to meet the next check-in.
func (t *turn) unseen(e Envelope, since time.Duration) {
	if p := t.conv.Patient; t.question() != nil && e.Token != "" && e.Token == p.Showing && e.Wait > 0 {
		p.Showing = ""
		t.timer(timeout, t.at.Add(max(e.Wait-since, 0)))
		t.missed(p.Dialog.Session)
	}
}

// returns is somebody who can be reached again. A question that they have not seen
// is shown to them in a moment, unless their app has them say hello first: that
// shows it too.
func (t *turn) returns() {
	if t.question() != nil && t.conv.Patient.Showing == "" {
		t.timer(showTimer, t.at.Add(helloWithin))
	}
}

// helloWithin is how long after somebody has let the bot in again we wait for
// the word that their app sends then.
const helloWithin = time.Minute

// showAgain shows the open question to somebody who came back, if nothing has
// shown it meanwhile.
func (t *turn) showAgain() error {
	if t.question() == nil || t.conv.Patient.Showing != "" {
		return nil
	}
	t.class, t.why = Answer, kinds[Joined]
	return t.step(dialogs.Event{Kind: dialogs.Returned})
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
// When it is too old, so is the rest of its turn.
func (b *Bot) undelivered(ctx context.Context, l Leased, old bool) error {
	return b.take(ctx, "undelivered", l.Conversation, l.ID+".dead", func(t *turn) error {
		if t.conv.Version == 0 { // erased since
			t.nothing()
			return nil
		}
		since, cause, trigger := time.Duration(0), lostRefused, dialogs.Refused
		if old {
			since, cause, trigger = giveUpAfter, lostOld, dialogs.GivenUp
		}
		t.givesUp(l.Envelope, cause, since)
		if old {
			if err := t.callOffRest(l); err != nil {
				return err
			}
		}
		if err := t.uncontacted(); err != nil {
			return err
		}
		switch t.conv.Role {
		case WorkerRole:
			return t.workerLeft(l.Chat)
		case TeamRole:
			return t.unposted(l.Chat)
		}
		t.nudge(0, dialogs.Nudge{Trigger: trigger})
		return nil
	})
}
