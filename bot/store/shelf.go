package store

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

//go:embed shelve.lua
var shelveLua string

var shelveScript = redis.NewScript(shelveLua)

// shelf keeps one platform's updates that cannot be stored where they belong, in
// whichever shard takes them. The record of whoever wrote, and with it the key of
// that person, is what cannot be reached; so they are sealed under the keyset
// itself, for the short time until they are taken.
type shelf struct {
	s        *Store
	platform string
	at       atomic.Int64 // the shard that took some last
}

var _ bot.Shelf = (*shelf)(nil)

// Shelf is the one of a platform, a short word. All replicas see the same.
func (s *Store) Shelf(platform string) bot.Shelf { return &shelf{s: s, platform: platform} }

// shelfTry bounds the try of one shard: a part of Redis that hangs must leave
// time for the others.
const shelfTry = time.Second

// Put fulfils bot.Shelf.
func (f *shelf) Put(ctx context.Context, list []bot.Shelved) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	began := f.s.wall().UnixNano()
	args := make([]any, 0, 2*len(list))
	for i, u := range list {
		plain := binary.BigEndian.AppendUint64(nil, uint64(began+int64(i)))
		sealed, err := f.s.keyset.aead.Encrypt(append(plain, u.Raw...), f.about(u.ID))
		if err != nil {
			return fmt.Errorf("store: shelf: %w", err)
		}
		args = append(args, u.ID, sealed)
	}
	var faults []error
	for n := range f.s.keys.shards {
		shard := (int(f.at.Load()) + n) % f.s.keys.shards
		err := f.put(ctx, shard, args)
		if err == nil {
			f.at.Store(int64(shard))
			return nil
		}
		faults = append(faults, err)
		if ctx.Err() != nil {
			break
		}
	}
	return fmt.Errorf("store: shelf: %w", errors.Join(faults...))
}

func (f *shelf) put(ctx context.Context, shard int, args []any) error {
	ctx, cancel := context.WithTimeout(ctx, shelfTry)
	defer cancel()
	err := f.s.run(ctx, shelveScript, []string{f.s.keys.shelf(shard, f.platform)}, args...).Err()
	if errors.Is(err, redis.Nil) { // the script returns nothing
		return nil
	}
	return err
}

// All fulfils bot.Shelf.
func (f *shelf) All(ctx context.Context) ([]bot.Shelved, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	shards := make([]*redis.MapStringStringCmd, f.s.keys.shards)
	_, err := f.s.reads.Pipelined(ctx, func(p redis.Pipeliner) error {
		for n := range shards {
			shards[n] = p.HGetAll(ctx, f.s.keys.shelf(n, f.platform))
		}
		return nil
	})
	type dated struct {
		bot.Shelved
		at uint64
	}
	found := map[string]dated{}
	for _, shard := range shards {
		for id, sealed := range shard.Val() {
			plain, err := f.s.keyset.aead.Decrypt([]byte(sealed), f.about(id))
			if err != nil || len(plain) < 8 {
				f.s.log.Error("an update on the shelf cannot be opened and stays there", "update", id, "platform", f.platform)
				continue
			}
			u := dated{Shelved: bot.Shelved{ID: id, Raw: plain[8:]}, at: binary.BigEndian.Uint64(plain)}
			// It lies in two shards when the answer of the first was lost.
			if other, twice := found[id]; !twice || u.at < other.at {
				found[id] = u
			}
		}
	}
	var list []dated
	for _, u := range found {
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b dated) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.ID, b.ID)) })
	all := make([]bot.Shelved, len(list))
	for i, u := range list {
		all[i] = u.Shelved
	}
	if err != nil {
		return all, fmt.Errorf("store: shelf: %w", err)
	}
	return all, nil
}

// Drop fulfils bot.Shelf.
func (f *shelf) Drop(ctx context.Context, ids []string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	_, err := f.s.reads.Pipelined(ctx, func(p redis.Pipeliner) error { // to do it twice is to do it once
		for n := range f.s.keys.shards {
			p.HDel(ctx, f.s.keys.shelf(n, f.platform), ids...)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: shelf: %w", err)
	}
	return nil
}

// about is the associated data: what was sealed for one update stands for no other.
func (f *shelf) about(id string) []byte { return []byte("shelf\n" + f.platform + "\n" + id) }
