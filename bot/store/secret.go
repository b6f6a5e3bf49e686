package store

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// NewCode makes a code for a Secret of this conversation: the two digits of
// its shard and 128 random bits, 24 characters in all.
func (s *Store) NewCode(conversation string) string {
	bits := make([]byte, 16)
	rand.Read(bits) // never fails
	return fmt.Sprintf("%02d%s", s.keys.shard(conversation), base64.RawURLEncoding.EncodeToString(bits))
}

// keptSecret is what stands under the hash of a code, sealed with the key of
// the conversation that made it.
type keptSecret struct {
	Value []byte
	Until time.Time
}

func (k keptSecret) write() []byte { return append(appendTime(nil, k.Until), k.Value...) }

func readSecret(plain []byte) (keptSecret, error) {
	r := column{b: plain}
	k := keptSecret{Until: r.time(), Value: r.b}
	return k, r.error()
}

// Kept reads the value of a Secret by its code, nil when there is none: never
// made, ended, or its conversation was erased.
func (s *Store) Kept(ctx context.Context, code string) ([]byte, error) {
	shard, ok := s.codeShard(code)
	if !ok {
		return nil, nil // whoever typed it made it up
	}
	ctx, cancel := patience(ctx)
	defer cancel()
	hash := s.codeHash(code)
	stored, err := s.reads.Get(ctx, s.keys.secret(shard, hash)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: kept: %w", err)
	}
	id, sealed, _ := strings.Cut(stored, "\n")
	wrapped, err := s.reads.HGet(ctx, s.keys.conversation(id), "k").Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: kept: %w", err)
	}
	secret, err := s.openSecret(id, wrapped, hash, []byte(sealed))
	if err != nil {
		return nil, fmt.Errorf("store: kept: %w", err)
	}
	if !secret.Until.After(s.now()) {
		return nil, nil
	}
	return secret.Value, nil
}

func (s *Store) openSecret(id string, wrapped []byte, hash string, sealed []byte) (keptSecret, error) {
	key, err := s.keyset.openDataKey(id, wrapped)
	if err != nil {
		return keptSecret{}, err
	}
	plain, err := key.open(secretField, hash, sealed)
	if err != nil {
		return keptSecret{}, err
	}
	return readSecret(plain)
}

// codeShard reads where a code's secret lies.
func (s *Store) codeShard(code string) (int, bool) {
	if len(code) < 3 {
		return 0, false
	}
	n, err := strconv.ParseUint(code[:2], 10, 8)
	return int(n), err == nil && int(n) < s.keys.shards
}

// codeHash is as wide as the code is random, so that guessing at hashes is no
// easier than guessing at codes.
func (s *Store) codeHash(code string) string { return s.keyset.digest(20, "code", code) }

// secret adds one secret to a commit. Its life in Redis is measured by the
// clock of Redis and only cleans up; Until itself is checked when it is read.
func (w *writing) secret(secret bot.Secret) error {
	id := w.commit.Conversation.ID
	if shard, ok := w.store.codeShard(secret.Code); !ok || shard != w.store.keys.shard(id) {
		return errors.New("a secret needs a code that was made for this conversation")
	}
	plain := keptSecret{Value: secret.Value, Until: secret.Until}.write()
	hash := w.store.codeHash(secret.Code)
	life := max(secret.Until.Sub(w.store.now()), time.Millisecond)
	w.parts = append(w.parts, hash, id+"\n"+string(w.is.key.seal(secretField, hash, plain)),
		life.Milliseconds(), millis(secret.Until))
	return nil
}
