package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// operationLife is how long an operation is remembered. Platforms repeat an
// update for up to a day; the contract says 48 hours.
const operationLife = 48 * time.Hour

// validID tells whether an id has 1 to 128 of the letters, digits, dots, dashes
// and underscores that can stand in keys beside ":" and "{".
func validID(id string) bool {
	if len(id) < 1 || len(id) > 128 {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// Commit writes a turn, all of it or nothing: bot.ErrConflict, bot.ErrSeen.
// After any other error it may or may not have been written: repeat the whole
// turn from Load, and the operation or the version tells.
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if c.Conversation == nil || !validID(c.Conversation.ID) {
		return errors.New("store: commit: a conversation needs an id of letters, digits, dots, dashes and underscores")
	}
	id := c.Conversation.ID
	w := writing{store: s, commit: c, turn: c.Conversation.Version + 1}
	if err := w.recall(ctx); err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	if err := w.build(); err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	answer, err := s.runShared(ctx, commitScript, w.keys, w.args)
	if err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	switch answer {
	case "done":
		next := c.Conversation.Clone()
		next.Version, next.Opened = w.turn, nil
		s.opened.put(id, &kept{version: version(w.turn), key: w.key, conversation: next, tail: w.tail})
		return nil
	case "seen":
		return bot.ErrSeen
	case "conflict":
		return bot.ErrConflict
	}
	return fmt.Errorf("store: commit %s: unknown answer %q", id, answer)
}

// writing is one commit on its way into keys and arguments of commit.lua.
type writing struct {
	store  *Store
	commit bot.Commit
	turn   uint64
	// old is how the data key is wrapped in Redis now, and key what to seal
	// with: a key that was wrapped before the keyset was rotated is wrapped
	// anew.
	old  []byte
	key  *dataKey
	tail tail // of the journal: see record
	keys []string
	args []any

	chat     bot.Chat // the last one that was hashed
	chatHash string
}

// recall finds data key and tail: those that Load left in the conversation, or
// else those in Redis.
func (w *writing) recall(ctx context.Context) (err error) {
	s, c := w.store, w.commit.Conversation
	if c.Version == 0 {
		w.key, err = s.keyset.newDataKey(c.ID)
		return err
	}
	k, ok := c.Opened.(*kept)
	if !ok || k.key.conversation != c.ID || k.version != version(c.Version) {
		k, err = s.read(ctx, c.ID)
		if err != nil {
			return err
		}
		if k == nil || k.version != version(c.Version) {
			// Erased or moved on since it was loaded. The script sees the
			// same, and knows whether the operation was seen; nothing of this
			// is written.
			k = &kept{key: &dataKey{conversation: c.ID}}
			if k.key, err = s.keyset.newDataKey(c.ID); err != nil {
				return err
			}
		}
	}
	w.old, w.tail = k.key.wrapped, k.tail
	w.key, err = s.keyset.current(k.key)
	return err
}

func (w *writing) build() error {
	c, k := w.commit, w.store.keys
	id := c.Conversation.ID
	shard := k.shard(id)
	sealed, block, err := w.record()
	if err != nil {
		return err
	}
	operation := ""
	if c.Operation != "" {
		operation = w.store.keyset.hash("operation", c.Operation)
	}
	due := ""
	if !c.Due.IsZero() {
		due = strconv.FormatInt(millis(c.Due), 10)
	}
	wrapped := w.key.wrapped
	if slices.Equal(wrapped, w.old) {
		wrapped = nil
	}
	w.keys = []string{
		k.conversation(id), k.journal(id), k.operations(id), k.due(shard),
		k.out(shard), k.values(shard), k.ready(shard), k.secrets(id),
	}
	w.args = make([]any, 0, 14+6*len(c.Outbox)+4*len(c.Secrets))
	w.args = append(w.args,
		id, version(w.turn-1), version(w.turn), w.old, wrapped, sealed,
		operation, int64(operationLife/time.Second), due, c.OpenToken, block,
		w.store.now().UnixMilli(), len(c.Outbox))
	if err := w.outbox(); err != nil {
		return err
	}
	for _, secret := range c.Secrets {
		if err := w.secret(secret); err != nil {
			return err
		}
	}
	return nil
}

// outbox adds the outbox entries.
func (w *writing) outbox() error {
	lanes, bands := []string(nil), map[string]int64{}
	members, values := make([]any, 0, 2*len(w.commit.Outbox)), make([]any, 0, 2*len(w.commit.Outbox))
	for place, e := range w.commit.Outbox {
		target, err := w.target(e)
		if err != nil {
			return err
		}
		plain, err := encode(e)
		if err != nil {
			return err
		}
		lane := lane(w.commit.Conversation.ID, target)
		at, known := bands[lane]
		if !known {
			lanes, at = append(lanes, lane), bandOf(e)
		}
		bands[lane] = min(at, bandOf(e))
		members = append(members, "0", member(lane, e.Class, w.turn, place, e.ID))
		values = append(values, e.ID, w.key.seal(outboxField, e.ID, plain))
	}
	w.args = append(append(append(w.args, len(lanes)), members...), values...)
	for _, lane := range lanes {
		w.args = append(w.args, bandText(bands[lane]), lane)
	}
	return nil
}

// target is where an outbox entry goes, as it stands in the name of its lane.
func (w *writing) target(e bot.Envelope) (string, error) {
	if !validID(e.ID) {
		return "", errors.New("an outbox entry needs an id of letters, digits, dots, dashes and underscores")
	}
	if e.Class < bot.Answer || e.Class > bot.Planned {
		return "", fmt.Errorf("outbox entry %s: unknown class %d", e.ID, e.Class)
	}
	switch {
	case e.Letter != nil && e.Chat == bot.Chat{}:
		if !validID(e.Letter.To) {
			return "", fmt.Errorf("outbox entry %s: a letter needs the id of a conversation", e.ID)
		}
		return "l" + e.Letter.To, nil
	case e.Letter == nil && e.Chat != bot.Chat{}:
		if e.Chat != w.chat {
			w.chat, w.chatHash = e.Chat, w.store.chatHash(e.Chat)
		}
		return "c" + w.chatHash, nil
	}
	return "", fmt.Errorf("outbox entry %s: exactly one of chat and letter must be set", e.ID)
}

// runShared runs a script as run does, in a batch with what else is written at
// this moment.
func (s *Store) runShared(ctx context.Context, script *redis.Script, keys []string, args []any) (string, error) {
	parts := make([]any, 0, 3+len(keys)+len(args))
	parts = append(parts, "evalsha", script.Hash(), len(keys))
	for _, key := range keys {
		parts = append(parts, key)
	}
	command := redis.NewCmd(ctx, append(parts, args...)...)
	if err := s.writing.do(ctx, command); err != nil {
		return "", err
	}
	if redis.HasErrorPrefix(command.Err(), "NOSCRIPT") || passing(command.Err()) {
		// It has not run anything; run sends the source, and waits.
		return s.run(ctx, script, keys, args...).Text()
	}
	return command.Text()
}
