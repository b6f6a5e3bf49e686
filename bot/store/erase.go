package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
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
	// Strangers are the records of chats from before they were this person's.
	Strangers int
}

// Erase destroys the data key of a conversation, so that no copy of its values
// can be read any more, and deletes everything stored of it, and of its chats
// when they were still a stranger's. What it wrote to others is theirs: a letter
// already taken, a line in a worker's caseload. A claim that ends, such as that of
// an invite, stays taken until then, by nobody: else the invite of somebody who
// was erased would let in whoever else has it.
// After an error, erase again: what went stays gone, and the rest goes then.
func (s *Store) Erase(ctx context.Context, conversation string) (Receipt, error) {
	receipt := Receipt{Conversation: conversation, At: s.now()}
	if !validID(conversation) {
		return receipt, errors.New("store: erase: that is not the id of a conversation")
	}
	if err := s.eraseOne(ctx, conversation, &receipt); err != nil {
		return receipt, err
	}
	ids := []string{conversation}
	err := s.erasePointers(ctx, s.keys.chat(""), ids, func(ctx context.Context, key, id string) error {
		stranger := strings.TrimPrefix(key, s.keys.chat(""))
		mine, err := s.eraseStranger(ctx, stranger, &receipt)
		if err != nil {
			return err
		}
		if mine {
			ids = append(ids, stranger)
		}
		n, err := s.unpoint(ctx, key, id, "")
		receipt.Chats += n
		return err
	})
	if err != nil {
		return receipt, err
	}
	err = s.erasePointers(ctx, s.keys.claim(""), ids, func(ctx context.Context, key, id string) error {
		n, err := s.unpoint(ctx, key, id, nobody)
		receipt.Claims += n
		return err
	})
	return receipt, err
}

// nobody holds the claims of those who were erased. It is the id of no
// conversation.
const nobody = "-"

func (s *Store) eraseOne(ctx context.Context, conversation string, receipt *Receipt) error {
	first, cancel := patience(ctx)
	defer cancel()
	lines, unread := s.Journal(first, conversation, 0, -1)
	codes, err := s.eraseRecord(first, conversation, receipt)
	if err != nil {
		return err
	}
	s.opened.forget(conversation)
	if unread == nil {
		receipt.Journal = len(lines)
	}
	return s.eraseCodes(ctx, conversation, codes, receipt)
}

// eraseStranger erases the record that a chat had of its own before it came to
// the person. It is false for a record that is somebody's in its own right, or
// that cannot tell.
func (s *Store) eraseStranger(ctx context.Context, id string, receipt *Receipt) (bool, error) {
	c, err := s.Load(ctx, id)
	switch {
	case errors.Is(err, ErrSealed):
		s.log.Warn("the record of a chat from before it was linked cannot be opened, so it is left", "conversation", id, "err", err)
		return false, nil
	case err != nil:
		return false, err
	case c.Role != bot.Stranger:
		return false, nil
	case c.Version == 0:
		return true, nil
	}
	receipt.Strangers++
	return true, s.eraseOne(ctx, id, &Receipt{})
}

func (s *Store) eraseRecord(ctx context.Context, id string, r *Receipt) (codes []string, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	k, shard := s.keys, s.keys.shard(id)
	told, err := s.run(ctx, eraseScript, []string{
		k.conversation(id), k.journal(id), k.secrets(id), k.due(shard),
		k.out(shard), k.values(shard), k.tries(shard), k.ready(shard), k.dead(shard), k.flying(shard), k.urgent(shard),
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

// erasePointers looks through all keys that begin alike for those whose value is
// one of the conversations, and hands them on one at a time. Nothing lists them
// the other way round: that would cost memory for every person, and erasing is
// rare.
func (s *Store) erasePointers(ctx context.Context, begin string, ids []string, erase func(ctx context.Context, key, id string) error) error {
	ids = slices.Clone(ids)
	var mu sync.Mutex // the masters of a cluster are looked through at once
	return each(ctx, s.reads, func(ctx context.Context, master *redis.Client) error {
		for cursor := uint64(0); ; {
			held, next, err := s.pointers(ctx, master, cursor, begin, ids)
			if err != nil {
				return fmt.Errorf("store: erase the pointers to %s: %w", ids[0], err)
			}
			for _, p := range held {
				mu.Lock()
				err := erase(ctx, p.key, p.id)
				mu.Unlock()
				if err != nil {
					return fmt.Errorf("store: erase a pointer to %s: %w", ids[0], err)
				}
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
	})
}

// pointed is a key whose value is a conversation.
type pointed struct{ key, id string }

// pointers gives those of one page of a master's keys whose value is one of the
// conversations.
func (s *Store) pointers(ctx context.Context, master *redis.Client, cursor uint64, begin string, ids []string) (held []pointed, next uint64, err error) {
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
		if slices.Contains(ids, v.Val()) {
			held = append(held, pointed{page[i], v.Val()})
		}
	}
	return held, next, nil
}

// unpoint deletes a key if its value is still the conversation. One that ends is
// left to heir until then, unless heir is empty.
func (s *Store) unpoint(ctx context.Context, key, id, heir string) (int, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	return s.run(ctx, unpointScript, []string{key}, id, heir).Int()
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
