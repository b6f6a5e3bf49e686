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

// Load reads a conversation as it is in Redis now. One that was never committed,
// or was erased, comes back with that ID, Version 0 and nothing else. Errors:
// ErrSealed. The caller owns the result.
func (s *Store) Load(ctx context.Context, id string) (*bot.Conversation, error) {
	k := s.opened.take(id)
	asked := []string{"v", "k", "r", "m"}
	if k == nil {
		asked = allFields
	}
	command := s.ask(ctx, id, asked)
	err := s.reading.do(ctx, command)
	if err == nil {
		var c *bot.Conversation
		if c, err = s.answered(ctx, id, k, command); err == nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("store: load %s: %w", id, err)
}

// Meet finds the conversation of a chat and loads it. What was lately opened
// here is given as it was then, without asking Redis: it may be behind, and
// only Commit tells. Errors and ownership as of Load.
func (s *Store) Meet(ctx context.Context, chat bot.Chat) (*bot.Conversation, error) {
	hash := s.chatHash(chat)
	met, ok := s.met.get(hash)
	if ok {
		if k := s.opened.take(met.id); k != nil && k.moved == met.moved {
			return k.handed(bot.ReplyTimer{}), nil
		}
	} else {
		met.id = hash
	}
	for {
		// The conversation is read before the pointer: see Move.
		command, pointer := s.ask(ctx, met.id, allFields), redis.NewStringCmd(ctx, "get", s.keys.chat(hash))
		if err := s.reading.inOrder(ctx, command, pointer); err != nil {
			return nil, fmt.Errorf("store: meet: %w", err)
		}
		id, err := pointer.Result()
		switch {
		case errors.Is(err, redis.Nil):
			id = hash
		case err != nil:
			return nil, fmt.Errorf("store: meet: %w", err)
		}
		if id != met.id {
			met.id = id
			continue
		}
		c, err := s.answered(ctx, id, nil, command)
		if err != nil {
			return nil, fmt.Errorf("store: load %s: %w", id, err)
		}
		if k := c.Opened.(*kept); k.version != "" { // see Move
			s.met.put(hash, meeting{id, k.moved})
		}
		return c, nil
	}
}

// allFields of a conversation's hash that loading one needs.
var allFields = []string{"v", "k", "r", "m", "s", "t"}

func (s *Store) ask(ctx context.Context, id string, fields []string) *redis.SliceCmd {
	args := append(make([]any, 0, 2+len(fields)), "hmget", s.keys.conversation(id))
	for _, f := range fields {
		args = append(args, f)
	}
	return redis.NewSliceCmd(ctx, args...)
}

// answered is the conversation that ask asked for. One that is kept was asked for
// no more than whether it is still the same.
func (s *Store) answered(ctx context.Context, id string, k *kept, command *redis.SliceCmd) (*bot.Conversation, error) {
	got, err := command.Result()
	if err != nil {
		return nil, err
	}
	field := func(i int) string { text, _ := got[i].(string); return text }
	v, wrapped, moved := field(0), field(1), field(3)
	switch {
	case v == "":
		k = &kept{conversation: &bot.Conversation{ID: id}}
	case k == nil:
		if k, err = s.open(id, v, wrapped, field(4), field(5)); err != nil {
			return nil, err
		}
	case k.version != v || string(k.key.wrapped) != wrapped: // another replica has written since
		command = s.ask(ctx, id, allFields)
		if err := s.reading.do(ctx, command); err != nil {
			return nil, err
		}
		return s.answered(ctx, id, nil, command)
	}
	k.moved = moved
	reply, err := replyTimer(field(2))
	if err != nil {
		return nil, err
	}
	return k.handed(reply), nil
}

// open opens a sealed record.
func (s *Store) open(id, v, wrapped, state, older string) (*kept, error) {
	number, err := numbered(v)
	if err != nil {
		return nil, err
	}
	key, err := s.keyset.openDataKey(id, []byte(wrapped))
	if err != nil {
		return nil, err
	}
	c, record, err := openRecord(key, version(number), []byte(state), []byte(older))
	if err != nil {
		return nil, err
	}
	c.ID, c.Version = id, number
	return &kept{version: v, key: key, conversation: c, record: record}, nil
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
