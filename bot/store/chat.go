package store

import (
	"context"
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
func (s *Store) Move(ctx context.Context, c bot.Chat, id string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.writes.Set(ctx, s.keys.chat(s.chatHash(c)), id, 0).Err(); err != nil {
		return fmt.Errorf("store: move a chat to %s: %w", id, err)
	}
	return nil
}

// chatHash is a chat's name in keys and lanes: nobody can tell the platform's
// id from it without the keyset.
func (s *Store) chatHash(c bot.Chat) string {
	return s.keyset.hash("chat", c.Platform, c.ID, c.Thread)
}
