package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Claim makes owner the holder of name unless somebody is, and returns the
// holder. The name stands in Redis only as a keyed hash; the owner stands
// there as it is, so it must be an id that says nothing. life 0 means for
// ever; it is measured by the clock of Redis.
func (s *Store) Claim(ctx context.Context, name, owner string, life time.Duration) (string, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	if owner == "" || life < 0 {
		return "", errors.New("store: claim: it needs an owner and a life of 0 or more")
	}
	ms := life.Milliseconds()
	if life > 0 {
		ms = max(ms, 1)
	}
	holder, err := s.run(ctx, claimScript, []string{s.keys.claim(s.keyset.hash("claim", name))}, owner, ms).Text()
	if err != nil {
		return "", fmt.Errorf("store: claim: %w", err)
	}
	return holder, nil
}

// Unclaim gives a name back if owner holds it; of any other nothing changes.
func (s *Store) Unclaim(ctx context.Context, name, owner string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.run(ctx, unpointScript, []string{s.keys.claim(s.keyset.hash("claim", name))}, owner, "").Err(); err != nil {
		return fmt.Errorf("store: unclaim: %w", err)
	}
	return nil
}
