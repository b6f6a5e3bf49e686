// Package store keeps conversations, timers and outbox in Redis, each turn in
// one atomic step. It is the only folder that knows Redis: keys, scripts,
// encoding and encryption.
//
// Everything that one turn touches lies under one hash tag, the shard of its
// conversation, so the same code runs on one Redis and on Redis Cluster.
package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// Store fulfils every storage contract of package bot.
var (
	_ bot.Turns  = (*Store)(nil)
	_ bot.Agenda = (*Store)(nil)
	_ bot.Outbox = (*Store)(nil)
	_ bot.Leases = (*Store)(nil)
)

// Errors of opening. Compare with errors.Is.
var (
	// ErrOtherShards: this Redis was filled with another number of shards.
	ErrOtherShards = errors.New("another number of shards")
	// ErrOtherKeyset: this Redis was filled under another keyset. Going on
	// would make everybody a stranger.
	ErrOtherKeyset = errors.New("another keyset")
)

// Options say where the Redis is and how it is filled. URL and Keyset are
// required.
type Options struct {
	// URL such as redis://127.0.0.1:6379/0, of one of the forms that
	// docs/redis.md lists.
	URL string
	// Prefix stands before every key; default "onestep:".
	Prefix string
	// Shards is how many slots the conversations are spread over; default 16.
	// It is fixed once the Redis holds anything.
	Shards int
	Keyset *Keyset
	// Now is the clock of the timers; default time.Now. Only the end of
	// secrets and the age of given-up messages are measured with it. Leases
	// run on the clock of Redis.
	Now func() time.Time
	// Wall is real time, by which dedupe marks grow old and lanes queue;
	// default time.Now.
	Wall func() time.Time
	// Log gets what cannot be returned; default: nowhere. No words, no names.
	Log *slog.Logger
}

// Store is the storage in one Redis. Safe for concurrent use.
type Store struct {
	// reads repeats a command whose answer was lost; writes never does,
	// because a repeat would happen twice.
	reads, writes redis.UniversalClient
	// reading and writing send what many turns ask at once on these clients.
	reading, writing *nodes

	// replicas is how many must have a write before it counts as kept.
	replicas int

	opened *opened
	met    *meetings
	had    *sync.Map // ownership -> the fence of its latest lease
	clocks *clocks

	keys   keys
	keyset *Keyset
	now    func() time.Time
	wall   func() time.Time
	log    *slog.Logger
}

// Open connects, and checks that this Redis was filled with the same number of
// shards and under the same keyset: ErrOtherShards, ErrOtherKeyset, and a
// *CheckError when there is none that lets us in. Whether it keeps what it
// confirms is for Check. The caller owns the result and closes it.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Keyset == nil {
		return nil, errors.New("store: a keyset is required; make one with: onestep keyset new")
	}
	if strings.ContainsAny(o.Prefix, "{}") {
		return nil, errors.New("store: the prefix must not have braces: they would take all keys to one slot")
	}
	shards := cmp.Or(o.Shards, 16)
	if shards < 1 || shards > 100 {
		return nil, fmt.Errorf("store: %d shards; it must be 1 to 100", shards)
	}
	s := &Store{
		keys:   keys{prefix: cmp.Or(o.Prefix, "onestep:"), shards: shards},
		keyset: o.Keyset,
		opened: &opened{},
		met:    &meetings{},
		had:    &sync.Map{},
		clocks: &clocks{},
		now:    o.Now,
		wall:   o.Wall,
		log:    o.Log,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.wall == nil {
		s.wall = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	a, err := parseAddress(o.URL)
	if err != nil {
		return nil, err
	}
	s.replicas = a.replicas
	s.reads, s.writes = connect(a, s.keys.prefix)
	s.reading, s.writing = newNodes(s.reads), newNodes(s.writes)
	if s.replicas > 0 {
		s.reading = newNodes(s.writes) // what a turn begins with is confirmed too: see confirmed
	}
	if err := s.recognise(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// recognise claims the Redis for this number of shards and this keyset, or
// finds that it belongs to others.
func (s *Store) recognise(ctx context.Context) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	shards, mark := strconv.Itoa(s.keys.shards), s.keyset.hash("mark", "onestep")
	got, err := s.run(ctx, openScript, []string{s.keys.base()}, shards, mark).StringSlice()
	if err != nil {
		return advise(err)
	}
	if len(got) != 2 {
		return errors.New("store: open: the script answered in a shape we do not know")
	}
	if got[0] != shards {
		return fmt.Errorf("store: this Redis was filled with %s shards and the setting says %s; set it back to %s: %w",
			got[0], shards, got[0], ErrOtherShards)
	}
	if got[1] != mark {
		return fmt.Errorf("store: this Redis was filled under another ONESTEP_ENCRYPTION_KEYSET; use that one again: %w", ErrOtherKeyset)
	}
	return nil
}

// Close ends all connections.
func (s *Store) Close() error {
	return errors.Join(s.reads.Close(), s.writes.Close())
}

// Shards is how many shards there are, numbered from 0.
func (s *Store) Shards() int { return s.keys.shards }

// ShardOf is the number of a conversation's shard.
func (s *Store) ShardOf(conversation string) int { return s.keys.shard(conversation) }
