package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"onestep/bot"
)

// Load reads a conversation. One that was never committed, or was erased,
// comes back with that ID, Version 0 and nothing else. Errors: ErrSealed. The
// caller owns the result.
func (s *Store) Load(ctx context.Context, id string) (*bot.Conversation, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	got, err := s.reads.HMGet(ctx, s.keys.conversation(id), "v", "k", "s", "r").Result()
	if err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	field := func(i int) string { text, _ := got[i].(string); return text }
	if field(0) == "" {
		return &bot.Conversation{ID: id}, nil
	}
	c, err := s.open(id, field(0), field(1), field(2))
	if err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	if c.Reply, err = replyTimer(field(3)); err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	return c, nil
}

func (s *Store) open(id, v, wrapped, sealed string) (*bot.Conversation, error) {
	number, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("its version is not a number: %w", ErrSealed)
	}
	key, err := s.keyset.openDataKey(id, []byte(wrapped))
	if err != nil {
		return nil, err
	}
	plain, err := key.open(stateField, version(number), []byte(sealed))
	if err != nil {
		return nil, err
	}
	c := new(bot.Conversation)
	if err := decode(plain, c); err != nil {
		return nil, err
	}
	c.Version = number
	return c, nil
}

// replyTimer reads "due in ms|token". A question that is open and not yet
// delivered has no due instant, and so no timer.
func replyTimer(text string) (bot.ReplyTimer, error) {
	due, token, _ := strings.Cut(text, "|")
	if due == "" {
		return bot.ReplyTimer{}, nil
	}
	ms, err := strconv.ParseInt(due, 10, 64)
	if err != nil {
		return bot.ReplyTimer{}, fmt.Errorf("its reply timer is not a number: %w", ErrSealed)
	}
	return bot.ReplyTimer{Token: token, Due: time.UnixMilli(ms).UTC()}, nil
}
