package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Receipt says what went when a person was erased.
type Receipt struct {
	Conversation string
	At           time.Time
	// Turns is how many turns the conversation had; 0 when there was nothing,
	// because it was never committed or was erased before.
	Turns int
	// Journal is how many lines of the journal went; of one that cannot be
	// read, how many blocks its list had.
	Journal int
	// Waiting and Dead are the messages not yet sent and those given up.
	Waiting, Dead int
	// Chats, Claims and Secrets are the pointers, claims and invites that went.
	Chats, Claims, Secrets int
}

// Erase destroys the data key of a conversation, so that no copy of its values
// can be read any more, and deletes everything stored of it. What it wrote to
// others is theirs: a letter already taken, a line in a worker's caseload.
// After an error, erase again: what went stays gone, and the rest goes then.
func (s *Store) Erase(ctx context.Context, conversation string) (Receipt, error) {
	receipt := Receipt{Conversation: conversation, At: s.now()}
	if !validID(conversation) {
		return receipt, errors.New("store: erase: that is not the id of a conversation")
	}
	first, cancel := patience(ctx)
	defer cancel()
	lines, unread := s.Journal(first, conversation, 0, -1)
	codes, err := s.eraseRecord(first, conversation, &receipt)
	if err != nil {
		return receipt, err
	}
	s.opened.forget(conversation)
	if unread == nil {
		receipt.Journal = len(lines)
	}
	if err := s.eraseCodes(ctx, conversation, codes, &receipt); err != nil {
		return receipt, err
	}
	receipt.Chats, err = s.erasePointers(ctx, s.keys.chat(""), conversation)
	if err != nil {
		return receipt, err
	}
	receipt.Claims, err = s.erasePointers(ctx, s.keys.claim(""), conversation)
	return receipt, err
}

func (s *Store) eraseRecord(ctx context.Context, id string, r *Receipt) (codes []string, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	k, shard := s.keys, s.keys.shard(id)
	told, err := s.run(ctx, eraseScript, []string{
		k.conversation(id), k.journal(id), k.secrets(id), k.due(shard),
		k.out(shard), k.values(shard), k.tries(shard), k.ready(shard), k.dead(shard), k.flying(shard),
	}, id).StringSlice()
	if err != nil {
		return nil, fmt.Errorf("store: erase %s: %w", id, err)
	}
	if len(told) < 4 {
		return nil, fmt.Errorf("store: erase %s: unknown answer", id)
	}
	told[0], _, _ = strings.Cut(told[0], ".") // a version with its stamp
	for i, n := range []*int{&r.Turns, &r.Journal, &r.Waiting, &r.Dead} {
		if *n, err = strconv.Atoi(told[i]); err != nil {
			return nil, fmt.Errorf("store: erase %s: unknown answer", id)
		}
	}
	return told[4:], nil
}

func (s *Store) eraseCodes(ctx context.Context, id string, codes []string, r *Receipt) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	for _, hash := range codes {
		n, err := s.writes.Del(ctx, s.keys.secret(s.keys.shard(id), hash)).Result()
		if err != nil {
			return fmt.Errorf("store: erase the invites of %s: %w", id, err)
		}
		r.Secrets += int(n)
	}
	return nil
}

// erasePointers looks through all keys that begin alike for those whose value
// is the conversation. Nothing lists them the other way round: that would cost
// memory for every person, and erasing is rare.
func (s *Store) erasePointers(ctx context.Context, begin, id string) (gone int, err error) {
	var mu sync.Mutex // the masters of a cluster are looked through at once
	err = each(ctx, s.reads, func(ctx context.Context, master *redis.Client) error {
		for cursor := uint64(0); ; {
			held, next, err := s.pointers(ctx, master, cursor, begin, id)
			if err != nil {
				return fmt.Errorf("store: erase the pointers to %s: %w", id, err)
			}
			for _, key := range held {
				n, err := s.unpoint(ctx, key, id)
				if err != nil {
					return fmt.Errorf("store: erase a pointer to %s: %w", id, err)
				}
				mu.Lock()
				gone += n
				mu.Unlock()
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
	})
	return gone, err
}

// pointers gives those of one page of a master's keys whose value is the
// conversation.
func (s *Store) pointers(ctx context.Context, master *redis.Client, cursor uint64, begin, id string) (held []string, next uint64, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	page, next, err := master.Scan(ctx, cursor, globbed(begin)+"*", 1000).Result()
	if err != nil {
		return nil, 0, err
	}
	values := make([]*redis.StringCmd, len(page))
	// Through the client of them all: what moves meanwhile is found.
	_, err = s.reads.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, key := range page {
			values[i] = p.Get(ctx, key)
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, err
	}
	for i, v := range values {
		if v.Err() != nil && !errors.Is(v.Err(), redis.Nil) {
			return nil, 0, v.Err()
		}
		if v.Val() == id {
			held = append(held, page[i])
		}
	}
	return held, next, nil
}

// unpoint deletes a key if its value is still the conversation.
func (s *Store) unpoint(ctx context.Context, key, id string) (int, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	return s.run(ctx, unpointScript, []string{key}, id).Int()
}

// globbed makes a text match itself alone in a pattern.
func globbed(text string) string {
	var out []byte
	for i := range len(text) {
		switch text[i] {
		case '*', '?', '[', ']', '\\', '^':
			out = append(out, '\\')
		}
		out = append(out, text[i])
	}
	return string(out)
}
