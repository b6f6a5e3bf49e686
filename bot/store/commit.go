package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

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
// turn from Load, and the operation or the version tells. Whatever it returns,
// the conversation is the store's from now on.
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	if c.Conversation == nil || !validID(c.Conversation.ID) {
		return errors.New("store: commit: a conversation needs an id of letters, digits, dots, dashes and underscores")
	}
	id := c.Conversation.ID
	w := writing{store: s, commit: c, turn: c.Conversation.Version + 1}
	if err := w.recall(ctx); err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	if w.is == nil {
		return w.moved(ctx)
	}
	if c.Operation != "" && w.is.record.marks.has(c.Operation) {
		return bot.ErrSeen
	}
	if err := w.build(); err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	answer, err := s.sent(ctx, commitScript, w.parts).Text()
	if err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	switch answer {
	case "done":
		w.is.version, w.is.conversation, w.is.due, w.is.urgent = w.next, c.Conversation, w.due, w.urgent
		w.is.conversation.Version = w.turn
		s.opened.put(id, w.is)
		return nil
	case "conflict":
		return w.moved(ctx)
	}
	return fmt.Errorf("store: commit %s: unknown answer %q", id, answer)
}

// writing is one commit on its way into keys and arguments of commit.lua.
type writing struct {
	store  *Store
	commit bot.Commit
	turn   uint64
	// is what this turn found in Redis, and becomes what it leaves there; nil
	// if the conversation has moved on.
	is *kept
	// next is the version to write.
	next string
	// old is how the data key is wrapped in Redis now.
	old []byte
	// due is when the conversation is due after this turn, in ms, and urgent when
	// something urgent is; empty: never.
	due, urgent string
	// parts are the command: see calling.
	parts []any

	chat     bot.Chat // the last one that was hashed
	chatHash string
}

// recall finds key and record: those that Load left in the conversation, or
// else those in Redis. A key that was wrapped before the keyset was rotated is
// wrapped anew.
func (w *writing) recall(ctx context.Context) (err error) {
	s, c := w.store, w.commit.Conversation
	k, _ := c.Opened.(*kept)
	c.Opened = nil // this turn changes it
	if k == nil || k.conversation != c {
		if k, err = s.reread(ctx, c.ID); err != nil {
			return err
		}
	}
	switch {
	case k.key == nil && c.Version == 0:
		k.key, err = s.keyset.newDataKey(c.ID)
		w.is = k
		return err
	case k.key == nil || !k.is(c.Version):
		return nil // erased or moved on since it was loaded
	}
	w.is, w.old = k, k.key.wrapped
	k.key, err = s.keyset.current(k.key)
	return err
}

// moved tells how a conversation has moved on since it was loaded: with this very
// operation, or in another way.
func (w *writing) moved(ctx context.Context) error {
	id := w.commit.Conversation.ID
	k, err := w.store.reread(ctx, id)
	if err != nil {
		return fmt.Errorf("store: commit %s: %w", id, err)
	}
	seen := w.commit.Operation != "" && k.record.marks.has(w.commit.Operation)
	if k.version != "" {
		w.store.opened.put(id, k) // for who loads it next; it is theirs from here on
	}
	if seen {
		return bot.ErrSeen
	}
	return bot.ErrConflict
}

// reread opens a conversation as it is in Redis.
func (s *Store) reread(ctx context.Context, id string) (*kept, error) {
	s.opened.forget(id)
	command := s.ask(ctx, id, allFields)
	if err := s.reading.do(ctx, command); err != nil {
		return nil, err
	}
	c, err := s.answered(ctx, id, nil, command)
	if err != nil {
		return nil, err
	}
	return c.Opened.(*kept), nil
}

func (w *writing) build() error {
	c, is, k := w.commit, w.is, w.store.keys
	id := c.Conversation.ID
	is.record.marks = is.record.marks.add(c.Operation, w.store.wall())
	is.record.marked = c.Operation != ""
	record, err := is.record.next(is.key, w.turn, c.Conversation, c.Journal)
	if err != nil {
		return err
	}
	if is.keys == nil {
		shard := k.shard(id)
		is.keys = []any{
			k.conversation(id), k.journal(id), k.due(shard),
			k.out(shard), k.values(shard), k.ready(shard), k.secrets(id), k.urgent(shard),
		}
	}
	if !c.Due.IsZero() {
		w.due = strconv.FormatInt(millis(c.Due), 10)
	}
	if !c.Urgent.IsZero() {
		w.urgent = strconv.FormatInt(millis(c.Urgent), 10)
	}
	due, urgent, exact := w.due, w.urgent, ""
	if c.DueExactly {
		exact = "1"
	} else { // an index is no later than what we wrote
		if due == is.due {
			due = ""
		}
		if urgent == is.urgent {
			urgent = ""
		}
	}
	w.next = stamped(w.turn, record.state)
	fields := append(make([]any, 0, 8), "v", w.next, "s", record.state)
	if len(record.older) > 0 {
		fields = append(fields, "t", record.older)
	}
	if !bytes.Equal(is.key.wrapped, w.old) {
		fields = append(fields, "k", is.key.wrapped)
	}
	lanes, entries, err := w.outbox()
	if err != nil {
		return err
	}
	keys := len(is.keys) + len(c.Secrets)
	if len(c.Off) > 0 {
		keys += 2
	}
	w.parts = calling(commitScript, keys, 15+len(fields)+len(entries)+4*len(c.Secrets)+len(c.Off))
	w.parts = append(w.parts, is.keys...)
	for _, secret := range c.Secrets {
		w.parts = append(w.parts, k.secret(k.shard(id), w.store.codeHash(secret.Code)))
	}
	if len(c.Off) > 0 {
		shard := k.shard(id)
		w.parts = append(w.parts, k.tries(shard), k.flying(shard))
	}
	w.parts = append(w.parts, id, cmp.Or(is.version, "0"), w.old, is.moved, due, exact, c.OpenToken, record.block,
		record.older != nil && len(record.older) == 0, w.store.now().UnixMilli(), len(fields), len(c.Outbox), lanes, len(c.Off), urgent)
	w.parts = append(append(w.parts, fields...), entries...)
	for _, secret := range c.Secrets {
		if err := w.secret(secret); err != nil {
			return err
		}
	}
	for _, entry := range c.Off {
		w.parts = append(w.parts, entry)
	}
	return nil
}

// outbox gives the outbox entries as arguments, and how many lanes they go to.
func (w *writing) outbox() (lanes int, args []any, err error) {
	n := len(w.commit.Outbox)
	if n == 0 {
		return 0, nil, nil
	}
	args = make([]any, 0, 6*n)
	values, names := make([]any, 0, 2*n), make([]any, 0, 2*n)
	second := w.store.wall().Unix()
	for place, e := range w.commit.Outbox {
		target, err := w.target(e)
		if err != nil {
			return 0, nil, err
		}
		plain := appendEnvelope(make([]byte, 0, 64+len(e.Text)+48*len(e.Buttons)), &e)
		lane := lane(w.commit.Conversation.ID, target)
		waits := bandOf(e)*bandWidth + second
		if i := slices.Index(names, any(lane)); i < 0 {
			names = append(names, waits, lane)
		} else if waits < names[i-1].(int64) {
			names[i-1] = waits
		}
		args = append(args, "0", member(lane, e.Class, w.turn, place, e.ID))
		values = append(values, e.ID, w.is.key.seal(outboxField, e.ID, plain))
	}
	return len(names) / 2, append(append(args, values...), names...), nil
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

// calling begins the command that runs a script, with room for its keys, which
// come next, and its arguments.
func calling(script *redis.Script, keys, args int) []any {
	return append(make([]any, 0, 3+keys+args), "evalsha", script.Hash(), keys)
}

// sent runs a script as run does, in a batch with what else is written at this
// moment. Its parts are as calling began them.
func (s *Store) sent(ctx context.Context, script *redis.Script, parts []any) *redis.Cmd {
	command := redis.NewCmd(ctx, parts...)
	if err := s.writing.do(ctx, command); err != nil {
		command = redis.NewCmd(ctx) // the other one may still be on its way
		command.SetErr(err)
		return command
	}
	if redis.HasErrorPrefix(command.Err(), "NOSCRIPT") || passing(command.Err()) {
		// It has not run anything; run sends the source, and waits.
		ctx, cancel := patience(ctx)
		defer cancel()
		keys := make([]string, parts[2].(int))
		for i := range keys {
			keys[i] = parts[3+i].(string)
		}
		return s.run(ctx, script, keys, parts[3+len(keys):]...)
	}
	return command
}

// shared is sent for whoever has keys and arguments apart.
func (s *Store) shared(ctx context.Context, script *redis.Script, keys []string, args []any) *redis.Cmd {
	parts := calling(script, len(keys), len(args))
	for _, key := range keys {
		parts = append(parts, key)
	}
	return s.sent(ctx, script, append(parts, args...))
}
