package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// operationLife is how long an operation is remembered. Platforms repeat an
// update for up to a day; the contract says 48 hours.
const operationLife = 48 * time.Hour

// idForm is what an id may look like: it stands in keys beside ":" and "{".
var idForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)

// Commit writes a turn, all of it or nothing: bot.ErrConflict, bot.ErrSeen.
// After any other error it may or may not have been written: repeat the whole
// turn from Load, and the operation or the version tells.
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if c.Conversation == nil || !idForm.MatchString(c.Conversation.ID) {
		return errors.New("store: commit: a conversation needs an id of letters, digits, dots, dashes and underscores")
	}
	id := c.Conversation.ID
	key, old, err := s.keyFor(ctx, c.Conversation)
	if err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	w := writing{store: s, commit: c, key: key, turn: c.Conversation.Version + 1}
	if err := w.build(old); err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	answer, err := s.run(ctx, commitScript, w.keys, w.args...).Text()
	if err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	switch answer {
	case "done":
		return nil
	case "seen":
		return bot.ErrSeen
	case "conflict":
		return bot.ErrConflict
	}
	return fmt.Errorf("store: commit %s: unknown answer %q", id, answer)
}

// keyFor gives the data key to seal with, and how it is wrapped in Redis now.
// A key that was wrapped before the keyset was rotated is wrapped anew.
func (s *Store) keyFor(ctx context.Context, c *bot.Conversation) (key *dataKey, old []byte, err error) {
	if c.Version == 0 {
		key, err = s.keyset.newDataKey(c.ID)
		return key, nil, err
	}
	old, err = s.reads.HGet(ctx, s.keys.conversation(c.ID), "k").Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil, bot.ErrConflict // it was erased since it was loaded
	}
	if err != nil {
		return nil, nil, err
	}
	key, err = s.keyset.rewrap(c.ID, old)
	return key, old, err
}

// writing is one commit on its way into keys and arguments of commit.lua.
type writing struct {
	store  *Store
	commit bot.Commit
	key    *dataKey
	turn   uint64
	keys   []string
	args   []any
}

func (w *writing) build(old []byte) error {
	c, k := w.commit, w.store.keys
	id := c.Conversation.ID
	shard := k.shard(id)
	state, err := encode(c.Conversation)
	if err != nil {
		return err
	}
	block, err := w.journal()
	if err != nil {
		return err
	}
	operation := ""
	if c.Operation != "" {
		operation = w.store.keyset.hash("operation", c.Operation)
	}
	var due any = ""
	if !c.Due.IsZero() {
		due = millis(c.Due)
	}
	w.keys = []string{
		k.conversation(id), k.journal(id), k.operations(id), k.due(shard),
		k.out(shard), k.values(shard), k.ready(shard), k.secrets(id),
	}
	w.args = []any{
		id, version(w.turn - 1), version(w.turn), old, w.key.wrapped,
		w.key.seal(stateField, version(w.turn), state),
		operation, int64(operationLife / time.Second), due, c.OpenToken, block,
		w.store.now().UnixMilli(), len(c.Outbox),
	}
	for i, e := range c.Outbox {
		if err := w.entry(i, e); err != nil {
			return err
		}
	}
	for _, secret := range c.Secrets {
		if err := w.secret(secret); err != nil {
			return err
		}
	}
	return nil
}

// entry adds one outbox entry.
func (w *writing) entry(place int, e bot.Envelope) error {
	if !idForm.MatchString(e.ID) {
		return errors.New("an outbox entry needs an id of letters, digits, dots, dashes and underscores")
	}
	if e.Class < bot.Answer || e.Class > bot.Planned {
		return fmt.Errorf("outbox entry %s: unknown class %d", e.ID, e.Class)
	}
	var target string
	switch {
	case e.Letter != nil && e.Chat == bot.Chat{}:
		if !idForm.MatchString(e.Letter.To) {
			return fmt.Errorf("outbox entry %s: a letter needs the id of a conversation", e.ID)
		}
		target = "l" + e.Letter.To
	case e.Letter == nil && e.Chat != bot.Chat{}:
		target = "c" + w.store.chatHash(e.Chat)
	default:
		return fmt.Errorf("outbox entry %s: exactly one of chat and letter must be set", e.ID)
	}
	lane := lane(w.commit.Conversation.ID, target)
	plain, err := encode(e)
	if err != nil {
		return err
	}
	w.args = append(w.args, lane, member(lane, e.Class, w.turn, place, e.ID), e.ID,
		w.key.seal(outboxField, e.ID, plain))
	return nil
}
