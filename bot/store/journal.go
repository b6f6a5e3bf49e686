package store

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

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

// blocks reads the journal from one block on, counted as Redis counts lists, and
// the lines that are in the record.
func (s *Store) blocks(ctx context.Context, conversation string, from int64) ([]bot.Entry, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	var record *redis.SliceCmd
	var stored *redis.StringSliceCmd
	err := again(ctx, func() error {
		_, err := s.reads.TxPipelined(ctx, func(p redis.Pipeliner) error {
			record = p.HMGet(ctx, s.keys.conversation(conversation), "v", "k", "s", "t")
			stored = p.LRange(ctx, s.keys.journal(conversation), from, -1)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: journal of %s: %w", conversation, err)
	}
	field := func(i int) string { text, _ := record.Val()[i].(string); return text }
	if field(0) == "" {
		return nil, nil // never committed, or erased
	}
	key, err := s.keyset.openDataKey(conversation, []byte(field(1)))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	var all []bot.Entry
	for _, block := range stored.Val() {
		_, l, err := openLines(key, journalField, []byte(block))
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		if all, err = l.entries(all); err != nil {
			return nil, fmt.Errorf("store: journal of %s: %w", conversation, err)
		}
	}
	number, err := numbered(field(0))
	if err != nil {
		return nil, fmt.Errorf("store: journal of %s: %w", conversation, err)
	}
	_, latest, err := openRecord(key, version(number), []byte(field(2)), []byte(field(3)))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := latest.unseal(key); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	for _, l := range [...]lines{latest.older, latest.fresh} {
		if all, err = l.entries(all); err != nil {
			return nil, fmt.Errorf("store: journal of %s: %w", conversation, err)
		}
	}
	return all, nil
}
