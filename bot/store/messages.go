package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// Messages gives what a conversation has in the outbox: waiting, in the order
// in which its lanes leave, and given up in the last 30 days, oldest first. An
// entry that cannot be opened is an error.
func (s *Store) Messages(ctx context.Context, conversation string) (waiting []bot.Envelope, dead []Dead, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	fail := func(err error) ([]bot.Envelope, []Dead, error) {
		return nil, nil, fmt.Errorf("store: messages of %s: %w", conversation, err)
	}
	entries, err := s.waiting(ctx, conversation)
	if err != nil {
		return fail(err)
	}
	for _, e := range entries {
		if e.err != nil {
			return fail(e.err)
		}
		waiting = append(waiting, e.Envelope)
	}
	shard := s.keys.shard(conversation)
	given, err := s.reads.ZRangeWithScores(ctx, s.keys.dead(shard), 0, -1).Result()
	if err != nil {
		return fail(err)
	}
	given = slices.DeleteFunc(given, func(z redis.Z) bool { return !strings.HasPrefix(z.Member.(string), conversation+":") })
	if len(given) > 0 {
		if dead, err = s.deadOf(ctx, shard, given); err != nil {
			return fail(err)
		}
	}
	return waiting, dead, nil
}

// Waiting gives the outbox entries of a conversation that are not settled yet, in
// the order in which its lanes leave. One that cannot be opened is left out: it
// keeps nobody from stopping.
func (s *Store) Waiting(ctx context.Context, conversation string) ([]bot.Envelope, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	entries, err := s.waiting(ctx, conversation)
	if err != nil {
		return nil, fmt.Errorf("store: what waits of %s: %w", conversation, err)
	}
	var waiting []bot.Envelope
	for _, e := range entries {
		if e.err == nil {
			waiting = append(waiting, e.Envelope)
		}
	}
	return waiting, nil
}

func (s *Store) waiting(ctx context.Context, conversation string) (entries []stored, err error) {
	if !validID(conversation) {
		return nil, errors.New("that is not the id of a conversation")
	}
	shard := s.keys.shard(conversation)
	members, err := s.reads.ZRangeByLex(ctx, s.keys.out(shard), &redis.ZRangeBy{Min: "[" + conversation + ":", Max: "(" + conversation + ";"}).Result()
	if err != nil || len(members) == 0 {
		return nil, err
	}
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = lastOf(m)
	}
	values, err := s.reads.HMGet(ctx, s.keys.values(shard), ids...).Result()
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		value, ok := values[i].(string)
		if !ok {
			continue // it left between two reads
		}
		e := stored{sealed: []byte(value)}
		e.ID, e.Conversation = id, conversation
		entries = append(entries, e)
	}
	return entries, s.openEntries(ctx, entries)
}
