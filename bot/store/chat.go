package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// Find gives the id of a chat's conversation: the one it was moved to, or else
// an id made from the chat by a keyed hash.
func (s *Store) Find(ctx context.Context, c bot.Chat) (string, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	hash := s.chatHash(c)
	id, err := s.reads.Get(ctx, s.keys.chat(hash)).Result()
	if errors.Is(err, redis.Nil) {
		return hash, nil
	}
	if err != nil {
		return "", fmt.Errorf("store: find: %w", err)
	}
	return id, nil
}

// Move points a chat to a conversation, whatever it pointed to before.
//
// Other replicas may remember where the chat belonged. So the conversation that
// it belonged to gets a mark, which each of its commits looks at: whoever read
// it before the pointer moved has another mark there, and reads again. A
// conversation that was never committed needs none: of those, nobody remembers
// whose they are.
func (s *Store) Move(ctx context.Context, c bot.Chat, id string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	hash := s.chatHash(c)
	before, err := s.writes.SetArgs(ctx, s.keys.chat(hash), id, redis.SetArgs{Get: true}).Result()
	switch {
	case errors.Is(err, redis.Nil):
		before = hash
	case err != nil:
		return fmt.Errorf("store: move a chat to %s: %w", id, err)
	}
	s.met.forget(hash)
	if before == id {
		before = hash // perhaps we were interrupted here the last time
	}
	if err := s.run(ctx, markScript, []string{s.keys.conversation(before)}, rand.Text()[:8]).Err(); err != nil {
		return fmt.Errorf("store: move a chat to %s: %w", id, err)
	}
	return nil
}

// chatHash is a chat's name in keys and lanes: nobody can tell the platform's
// id from it without the keyset.
func (s *Store) chatHash(c bot.Chat) string {
	if hash, ok := s.met.hash(c); ok {
		return hash
	}
	hash := s.keyset.hash("chat", c.Platform, c.ID, c.Thread)
	s.met.keepHash(c, hash)
	return hash
}
