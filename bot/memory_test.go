package bot_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/dialogs"
)

// memory is a store without a Redis: what the contracts in storage.go ask for,
// for one goroutine. The years of many people are lived on it.
type memory struct {
	conversations map[string]*bot.Conversation // as the latest turn left them, to look at
	due           map[string]time.Time         // by the timers of the state
	open          map[string]string            // the latest showing of the open question
	seen          map[string]bool
	kept          map[string][]byte
	claims        map[string]string
	journal       map[string][]bot.Entry
	outbox        []bot.Envelope
	codes         int
	edition       *dialogs.Edition
}

func newMemory(edition *dialogs.Edition) *memory {
	return &memory{
		conversations: map[string]*bot.Conversation{}, due: map[string]time.Time{}, open: map[string]string{},
		seen: map[string]bool{}, kept: map[string][]byte{}, claims: map[string]string{}, journal: map[string][]bot.Entry{}, edition: edition,
	}
}

func (m *memory) Current() *dialogs.Edition { return m.edition }

func (m *memory) Edition(_ context.Context, id string) (*dialogs.Edition, error) {
	if id != m.edition.ID() {
		return nil, fmt.Errorf("no edition %s", id)
	}
	return m.edition, nil
}

func (m *memory) Find(_ context.Context, c bot.Chat) (string, error) { return c.ID, nil }

func (m *memory) Load(_ context.Context, id string) (*bot.Conversation, error) {
	c, ok := m.conversations[id]
	if !ok {
		return &bot.Conversation{ID: id}, nil
	}
	return copied(reflect.ValueOf(c)).Interface().(*bot.Conversation), nil
}

func (m *memory) Meet(ctx context.Context, c bot.Chat) (*bot.Conversation, error) {
	return m.Load(ctx, c.ID)
}

func (m *memory) Commit(_ context.Context, c bot.Commit) error {
	id := c.Conversation.ID
	if c.Operation != "" && m.seen[id+c.Operation] {
		return bot.ErrSeen
	}
	if old := m.conversations[id]; old != nil && old.Version != c.Conversation.Version {
		return bot.ErrConflict
	}
	m.seen[id+c.Operation] = true
	c.Conversation.Version++
	m.conversations[id], m.due[id], m.open[id] = c.Conversation, c.Due, c.OpenToken
	if c.Conversation.Reply.Token != c.OpenToken {
		c.Conversation.Reply = bot.ReplyTimer{}
	}
	m.journal[id] = append(m.journal[id], c.Journal...)
	m.outbox = slices.DeleteFunc(m.outbox, func(e bot.Envelope) bool { return slices.Contains(c.Off, e.ID) })
	m.outbox = append(m.outbox, c.Outbox...)
	for _, s := range c.Secrets {
		m.kept[s.Code] = s.Value
	}
	return nil
}

func (m *memory) Claim(_ context.Context, name, owner string, _ time.Duration) (string, error) {
	if m.claims[name] == "" {
		m.claims[name] = owner
	}
	return m.claims[name], nil
}

func (m *memory) Unclaim(_ context.Context, name, owner string) error {
	if m.claims[name] == owner {
		delete(m.claims, name)
	}
	return nil
}

func (m *memory) Move(context.Context, bot.Chat, string) error { return nil }

func (m *memory) Kept(_ context.Context, code string) ([]byte, error) { return m.kept[code], nil }

func (m *memory) Recent(_ context.Context, id string, limit int) ([]bot.Entry, error) {
	all := m.journal[id]
	return all[max(0, len(all)-limit):], nil
}

func (m *memory) Waiting(_ context.Context, id string) (waiting []bot.Envelope, err error) {
	for _, e := range m.outbox {
		if strings.HasPrefix(e.ID, id+".") {
			waiting = append(waiting, e)
		}
	}
	return waiting, nil
}

func (m *memory) NewCode(string) string {
	m.codes++
	return fmt.Sprintf("code-%020d", m.codes)
}

// next is when a conversation has something due, zero if never.
func (m *memory) next(id string) time.Time {
	at := m.due[id]
	if r := m.conversations[id].Reply; r.Token != "" && r.Token == m.open[id] && (at.IsZero() || r.Due.Before(at)) {
		at = r.Due
	}
	return at
}

// delivered starts the reply timer of a question.
func (m *memory) delivered(id, token string, due time.Time) {
	if token != "" && token == m.open[id] {
		m.conversations[id].Reply = bot.ReplyTimer{Token: token, Due: due}
	}
}

// copied is a value that shares nothing with its original which anybody changes: a
// turn may be thrown away after it has changed what it loaded. What types keep to
// themselves is theirs to copy before they change it.
func copied(v reflect.Value) reflect.Value {
	own := reflect.New(v.Type()).Elem()
	own.Set(v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			own.Set(reflect.New(v.Type().Elem()))
			own.Elem().Set(copied(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			own.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				own.Index(i).Set(copied(v.Index(i)))
			}
		}
	case reflect.Map:
		if !v.IsNil() {
			own.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for all := v.MapRange(); all.Next(); {
				own.SetMapIndex(all.Key(), copied(all.Value()))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch v.Field(i).Kind() {
			case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Struct:
				if field := own.Field(i); field.CanSet() {
					field.Set(copied(v.Field(i)))
				}
			}
		}
	}
	return own
}
