package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"onestep/bot"
)

// Receipt says what went when a person was erased.
type Receipt struct {
	Conversation string
	At           time.Time
	// Existed is false when there was nothing: never committed, or erased before.
	Existed bool
	// Turns is how many turns the conversation had.
	Turns uint64
	// Journal is how many blocks of the journal went, one a turn that recorded.
	Journal int
	// Waiting and Dead are the messages not yet sent and those given up.
	Waiting, Dead int
	// Chats, Claims and Secrets are the pointers, claims and invites that went.
	Chats, Claims, Secrets int
	// Operations are the dedupe marks that went.
	Operations int
}

// Erase destroys the data key of a conversation, so that no copy of its values
// can be read any more, and deletes everything stored of it. What it wrote to
// others is theirs: a letter already sent, a line in a worker's caseload.
// After an error, erase again: what went stays gone.
func (s *Store) Erase(ctx context.Context, conversation string) (Receipt, error) {
	receipt := Receipt{Conversation: conversation, At: s.now()}
	if !idForm.MatchString(conversation) {
		return receipt, errors.New("store: erase: that is not the id of a conversation")
	}
	c, err := s.Load(ctx, conversation)
	switch {
	case errors.Is(err, ErrSealed):
		// What nobody can read has to go all the same; its chats are unknown.
		c = &bot.Conversation{ID: conversation}
		receipt.Existed = true
	case err != nil:
		return receipt, err
	default:
		receipt.Existed, receipt.Turns = c.Version > 0, c.Version
	}
	// Pointers first: without the state nobody knows them any more.
	if err := s.eraseChats(ctx, c, &receipt); err != nil {
		return receipt, err
	}
	codes, err := s.eraseRecord(ctx, conversation, &receipt)
	if err != nil {
		return receipt, err
	}
	if err := s.eraseCodes(ctx, conversation, codes, &receipt); err != nil {
		return receipt, err
	}
	return receipt, s.eraseClaims(ctx, conversation, &receipt)
}

func (s *Store) eraseChats(ctx context.Context, c *bot.Conversation, r *Receipt) error {
	for _, chat := range c.Chats {
		n, err := s.unclaim(ctx, s.keys.chat(s.chatHash(chat)), c.ID)
		if err != nil {
			return err
		}
		r.Chats += n
	}
	return nil
}

func (s *Store) eraseRecord(ctx context.Context, id string, r *Receipt) (codes []string, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	k, shard := s.keys, s.keys.shard(id)
	told, err := s.run(ctx, eraseScript, []string{
		k.conversation(id), k.journal(id), k.operations(id), k.secrets(id), k.due(shard),
		k.out(shard), k.values(shard), k.tries(shard), k.ready(shard), k.dead(shard),
	}, id).StringSlice()
	if err != nil {
		return nil, fmt.Errorf("store: erase %s: %w", id, err)
	}
	for i, n := range []*int{&r.Journal, &r.Waiting, &r.Dead, &r.Operations} {
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

// eraseClaims looks through all claims for those that the conversation holds.
// Nothing lists them by holder: that would cost memory for every person, and
// erasing is rare.
func (s *Store) eraseClaims(ctx context.Context, id string, r *Receipt) error {
	var cursor uint64
	for {
		page, next, err := s.claimsPage(ctx, cursor)
		if err != nil {
			return err
		}
		for _, key := range page {
			n, err := s.unclaim(ctx, key, id)
			if err != nil {
				return err
			}
			r.Claims += n
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

func (s *Store) claimsPage(ctx context.Context, cursor uint64) ([]string, uint64, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	page, next, err := s.reads.Scan(ctx, cursor, globbed(s.keys.claim(""))+"*", 1000).Result()
	if err != nil {
		return nil, 0, fmt.Errorf("store: erase claims: %w", err)
	}
	return page, next, nil
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

// unclaim deletes a key if its value is still this conversation.
func (s *Store) unclaim(ctx context.Context, key, id string) (int, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	n, err := s.run(ctx, unclaimScript, []string{key}, id).Int()
	if err != nil {
		return 0, fmt.Errorf("store: erase a pointer of %s: %w", id, err)
	}
	return n, nil
}
