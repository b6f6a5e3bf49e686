package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// journal seals the entries of one turn as one block: the turn as a varint,
// then the sealed entries. A block opens only as the block of its turn.
func (w *writing) journal() ([]byte, error) {
	if len(w.commit.Journal) == 0 {
		return nil, nil
	}
	plain, err := encode(w.commit.Journal)
	if err != nil {
		return nil, err
	}
	block := binary.AppendUvarint(nil, w.turn)
	return append(block, w.key.seal(journalField, version(w.turn), plain)...), nil
}

// openBlock gives the entries of one block.
func openBlock(key *dataKey, block []byte) ([]bot.Entry, error) {
	turn, n := binary.Uvarint(block)
	if n <= 0 {
		return nil, fmt.Errorf("journal of %s: %w", key.conversation, ErrSealed)
	}
	plain, err := key.open(journalField, version(turn), block[n:])
	if err != nil {
		return nil, err
	}
	var entries []bot.Entry
	return entries, decode(plain, &entries)
}

// Recent gives the latest journal entries of a conversation, oldest first.
func (s *Store) Recent(ctx context.Context, conversation string, limit int) ([]bot.Entry, error) {
	if limit <= 0 {
		return nil, nil
	}
	// Each block holds at least one entry.
	entries, err := s.blocks(ctx, conversation, int64(-limit))
	return entries[max(0, len(entries)-limit):], err
}

// Journal gives the entries from (counted from 0, the oldest) up to and
// without to; a to below 0 means through the newest. Oldest first.
func (s *Store) Journal(ctx context.Context, conversation string, from, to int) ([]bot.Entry, error) {
	entries, err := s.blocks(ctx, conversation, 0)
	if to < 0 || to > len(entries) {
		to = len(entries)
	}
	from = min(max(from, 0), to)
	return entries[from:to], err
}

// blocks reads the journal from one block on, counted as Redis counts lists.
func (s *Store) blocks(ctx context.Context, conversation string, from int64) ([]bot.Entry, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	var wrapped *redis.StringCmd
	var stored *redis.StringSliceCmd
	_, err := s.reads.TxPipelined(ctx, func(p redis.Pipeliner) error {
		wrapped = p.HGet(ctx, s.keys.conversation(conversation), "k")
		stored = p.LRange(ctx, s.keys.journal(conversation), from, -1)
		return nil
	})
	if errors.Is(wrapped.Err(), redis.Nil) {
		return nil, nil // never committed, or erased
	}
	if err != nil {
		return nil, fmt.Errorf("store: journal of %s: %w", conversation, err)
	}
	key, err := s.keyset.openDataKey(conversation, []byte(wrapped.Val()))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	var all []bot.Entry
	for _, block := range stored.Val() {
		entries, err := openBlock(key, []byte(block))
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		all = append(all, entries...)
	}
	return all, nil
}
