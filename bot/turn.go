package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"onestep/dialogs"
)

// maxTries bounds how often one turn is stepped again because the conversation
// moved on meanwhile. Each try that fails means that another turn succeeded, so
// more than a handful in a row is a sign of a storm worth an error.
const maxTries = 20

// turn is one event on its way to one commit. Steps change conv, which is
// their own copy, and collect what else is to be written; nothing happens
// before the commit, so a step can run again after a conflict.
type turn struct {
	*Bot
	ctx     context.Context
	conv    *Conversation
	team    Team
	at      time.Time
	class   Class
	why     string
	gave    bool // the journal has the reason of this turn
	journal []Entry
	outbox  []Envelope
	off     []string // what is called off: see calloff.go
	secrets []Secret
	raised  []Raised // nudges of this turn
	editing []Raised // nudges of the answer that this turn corrects
}

// take loads a conversation, steps and commits, again while it moves on under
// the step. A repeated operation changes nothing and is no error.
func (b *Bot) take(ctx context.Context, kind, id, operation string, step func(*turn) error) error {
	return b.turns(ctx, kind, operation, step, func(int) (c *Conversation, behind bool, err error) {
		c, err = b.Store.Load(ctx, id)
		return c, false, err
	})
}

// takeFrom is take for the conversation of a chat. It begins with what was met
// lately. When that was behind, the chat is looked up anew: another replica may
// have given it to another conversation.
func (b *Bot) takeFrom(ctx context.Context, kind string, chat Chat, operation string, step func(*turn) error) error {
	return b.turns(ctx, kind, operation, step, func(try int) (c *Conversation, behind bool, err error) {
		if try == 0 {
			c, err = b.Store.Meet(ctx, chat)
			return c, true, err
		}
		id, err := b.Store.Find(ctx, chat)
		if err != nil {
			return nil, false, err
		}
		c, err = b.Store.Load(ctx, id)
		return c, false, err
	})
}

// turns tries a turn until it is committed. load gives the conversation for each
// try, and says whether it may be behind. A step that panics is an error.
func (b *Bot) turns(ctx context.Context, kind, operation string, step func(*turn) error, load func(try int) (c *Conversation, behind bool, err error)) (err error) {
	began := time.Now()
	outcome := "failed"
	defer func() { b.Meter.Turn(kind, outcome, time.Since(began)) }()
	defer Recover(b.Log, &err)
	id := ""
	for try := range maxTries {
		conv, behind, err := load(try)
		if err != nil {
			return fmt.Errorf("load: %w", err)
		}
		id = conv.ID
		// The store keeps milliseconds.
		t := &turn{Bot: b, ctx: ctx, conv: conv, at: b.Now().UTC().Truncate(time.Millisecond), why: kind}
		t.team, _ = b.team(conv.Team)
		if err := step(t); err != nil {
			return err
		}
		if !t.changed() {
			if behind {
				continue
			}
			outcome = "nothing"
			return nil
		}
		t.keepsClock()
		number, commit := t.number(), t.commit(operation)
		commit.DueExactly = kind == "timer"
		switch err := b.Store.Commit(ctx, commit); {
		case err == nil:
			outcome = "committed"
			b.Log.Debug("turn", "kind", kind, "conversation", id, "turn", number, "messages", len(t.outbox))
			if b.Wake != nil {
				b.Wake(id)
			}
			return nil
		case errors.Is(err, ErrSeen):
			outcome = "repeated"
			return nil
		case !errors.Is(err, ErrConflict):
			return fmt.Errorf("commit: %w", err)
		}
	}
	outcome = "conflict"
	return fmt.Errorf("conversation %s moved on %d times in a row", id, maxTries)
}

// changed is false for a turn that found nothing to do.
func (t *turn) changed() bool { return t.conv != nil }

// nothing makes the turn end without a commit.
func (t *turn) nothing() { t.conv = nil }

func (t *turn) commit(operation string) Commit {
	c := Commit{
		Conversation: t.conv, Operation: operation,
		Journal: t.journal, Outbox: t.outbox, Secrets: t.secrets, Off: t.off,
	}
	for name, at := range t.conv.Timers {
		if c.Due.IsZero() || at.Before(c.Due) {
			c.Due = at
		}
		if urgent(name) && (c.Urgent.IsZero() || at.Before(c.Urgent)) {
			c.Urgent = at
		}
	}
	if t.question() != nil {
		c.OpenToken = t.conv.Patient.Showing
	} else if t.conv.Patient != nil {
		t.conv.Patient.Showing = "" // nothing shows
	}
	return c
}

// number is this turn's number in the conversation.
func (t *turn) number() uint64 { return t.conv.Version + 1 }

// question is the open question of a patient's dialog, or nil.
func (t *turn) question() *dialogs.Question {
	if p := t.conv.Patient; p != nil && p.Dialog.Session != nil {
		return p.Dialog.Session.Open
	}
	return nil
}

// put adds an outbox entry. Ids have fixed width, so that within a lane they
// sort in commit order.
func (t *turn) put(e Envelope) {
	id := appendFixed(append(append(make([]byte, 0, len(t.conv.ID)+16), t.conv.ID...), '.'), t.number(), 10)
	e.ID = string(appendFixed(append(id, '.'), uint64(len(t.outbox)), 3))
	e.Class = t.class
	e.Door = t.conv.Doors[e.Chat.ID]
	if e.Why == "" {
		e.Why = t.why
	}
	t.outbox = append(t.outbox, e)
}

// say sends a message to the chat that the person last used.
func (t *turn) say(text string, buttons ...Button) {
	if len(t.conv.Chats) == 0 {
		return
	}
	t.put(Envelope{Chat: t.conv.Chats[0], Text: text, Buttons: buttons})
}

// letter sends a value to another conversation.
func (t *turn) letter(to, kind string, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		panic("letter " + kind + ": " + err.Error()) // our own plain structs
	}
	t.put(Envelope{Letter: &Letter{To: to, From: t.conv.ID, Kind: kind, Body: raw}})
}

// note adds a line to the journal.
func (t *turn) note(e Entry) {
	e.At, e.Turn = t.at, t.number()
	t.journal = append(t.journal, e)
}

// timer sets a timer, or removes it with the zero time.
func (t *turn) timer(name string, at time.Time) {
	if at.IsZero() {
		delete(t.conv.Timers, name)
		return
	}
	if t.conv.Timers == nil {
		t.conv.Timers = map[string]time.Time{}
	}
	t.conv.Timers[name] = at.UTC()
}

// zone is the person's time zone.
func (t *turn) zone() *time.Location {
	if z, err := zoneOf(t.conv.Zone); err == nil && t.conv.Zone != "" {
		return z
	}
	if t.team.Zone != nil {
		return t.team.Zone
	}
	return time.UTC
}

// language is the person's, else their team's; for somebody without a team it
// is that of all teams, where they have one.
func (t *turn) language() string {
	if t.conv.Language != "" {
		return t.conv.Language
	}
	if t.team.Language != "" {
		return t.team.Language
	}
	if n := len(t.Teams); n == 0 || slices.ContainsFunc(t.Teams, func(team Team) bool { return team.Language != t.Teams[0].Language }) {
		return "en"
	}
	return t.Teams[0].Language
}

// appendFixed writes a number in so many digits at least.
func appendFixed(dst []byte, n uint64, digits int) []byte {
	var text [20]byte
	number := strconv.AppendUint(text[:0], n, 10)
	for range digits - len(number) {
		dst = append(dst, '0')
	}
	return append(dst, number...)
}

// base36 writes numbers short, for ids on buttons.
func base36(n uint64) string { return strconv.FormatUint(n, 36) }
