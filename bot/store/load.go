package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// Load reads a conversation. One that was never committed, or was erased,
// comes back with that ID, Version 0 and nothing else. Errors: ErrSealed. The
// caller owns the result.
func (s *Store) Load(ctx context.Context, id string) (*bot.Conversation, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	k := s.opened.get(id)
	command := s.ask(ctx, id, k)
	if err := s.reading.do(ctx, command); err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	c, err := s.answered(ctx, id, k, command)
	if err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	return c, nil
}

// Meet finds the conversation of a chat and loads it, in one go unless the chat
// has lately been moved. Errors and ownership as of Load.
func (s *Store) Meet(ctx context.Context, chat bot.Chat) (*bot.Conversation, error) {
	call, cancel := patience(ctx)
	defer cancel()
	hash := s.chatHash(chat)
	guess := s.moved.get(hash)
	k := s.opened.get(guess)
	pointer, command := redis.NewStringCmd(call, "get", s.keys.chat(hash)), s.ask(call, guess, k)
	if err := s.reading.do(call, pointer, command); err != nil {
		return nil, fmt.Errorf("store: meet: %w", err)
	}
	id, err := pointer.Result()
	switch {
	case errors.Is(err, redis.Nil):
		id = hash
	case err != nil:
		return nil, fmt.Errorf("store: meet: %w", err)
	}
	if id != guess {
		s.moved.put(hash, id)
		return s.Load(ctx, id)
	}
	c, err := s.answered(call, id, k, command)
	if err != nil {
		return nil, fmt.Errorf("store: load %s: %w", id, err)
	}
	return c, nil
}

// ask is the command that loads a conversation; one that is kept is asked for
// no more than whether it is still the same.
func (s *Store) ask(ctx context.Context, id string, k *kept) *redis.SliceCmd {
	if k != nil {
		return redis.NewSliceCmd(ctx, "hmget", s.keys.conversation(id), "v", "k", "r")
	}
	return redis.NewSliceCmd(ctx, "hmget", s.keys.conversation(id), "v", "k", "r", "s")
}

// answered is the conversation that ask asked for.
func (s *Store) answered(ctx context.Context, id string, k *kept, command *redis.SliceCmd) (*bot.Conversation, error) {
	got, err := command.Result()
	if err != nil {
		return nil, err
	}
	field := func(i int) string { text, _ := got[i].(string); return text }
	v, wrapped := field(0), field(1)
	switch {
	case v == "":
		s.opened.forget(id)
		return &bot.Conversation{ID: id}, nil
	case k == nil:
		if k, err = s.open(id, v, wrapped, field(3)); err != nil {
			return nil, err
		}
	case k.version != v || string(k.key.wrapped) != wrapped:
		s.opened.forget(id) // another replica has written since
		command = s.ask(ctx, id, nil)
		if err := s.reading.do(ctx, command); err != nil {
			return nil, err
		}
		return s.answered(ctx, id, nil, command)
	}
	c := k.conversation.Clone()
	c.Opened = k
	if c.Reply, err = replyTimer(field(2)); err != nil {
		return nil, err
	}
	return c, nil
}

// read opens the record of a conversation as it is in Redis; nil if there is
// none.
func (s *Store) read(ctx context.Context, id string) (*kept, error) {
	command := s.ask(ctx, id, nil)
	if err := s.reading.do(ctx, command); err != nil {
		return nil, err
	}
	got, err := command.Result()
	if err != nil || got[0] == nil {
		return nil, err
	}
	field := func(i int) string { text, _ := got[i].(string); return text }
	return s.open(id, field(0), field(1), field(3))
}

// open opens a sealed record.
func (s *Store) open(id, v, wrapped, sealed string) (*kept, error) {
	number, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("its version is not a number: %w", ErrSealed)
	}
	key, err := s.keyset.openDataKey(id, []byte(wrapped))
	if err != nil {
		return nil, err
	}
	state, tail, err := openRecord(key, v, []byte(sealed))
	if err != nil {
		return nil, err
	}
	c := new(bot.Conversation)
	if err := decode(state, c); err != nil {
		return nil, err
	}
	c.ID, c.Version = id, number
	return &kept{version: v, key: key, conversation: c, tail: tail}, nil
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
