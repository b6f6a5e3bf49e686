package store

import (
	"context"
	flags "flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// start is when the tests of this package happen.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// What most tests share, each under a prefix of its own: one Redis, and, once
// they are asked for, one with sentinels and a cluster.
var (
	server    *redistest.Server
	sentinels func() *redistest.Sentinels
	cluster   func() *redistest.Cluster
)

func TestMain(m *testing.M) {
	flags.Parse()
	parallel := "8" // most of these tests wait most of the time
	flags.Visit(func(f *flags.Flag) {
		if f.Name == "test.parallel" {
			parallel = f.Value.String()
		}
	})
	if err := flags.Set("test.parallel", parallel); err != nil {
		panic(err)
	}
	os.Exit(redistest.Main(m, func(t testing.TB) {
		server = redistest.Start(t)
		sentinels = sync.OnceValue(func() *redistest.Sentinels { return redistest.StartSentinels(t, 1) })
		cluster = sync.OnceValue(func() *redistest.Cluster { return redistest.StartCluster(t, 3, 0) })
	}))
}

// place is where a test keeps things: a Redis, and a prefix of its own in it.
type place struct {
	url    string
	prefix string
	keyset *Keyset
	raw    redis.UniversalClient
	now    atomic.Pointer[time.Time]
	passed atomic.Int64 // of real time, beside what passes by itself
	// pass lets time go by for what Redis itself ends.
	pass func(time.Duration)
}

var prefixes atomic.Int64

func newPlace(t testing.TB, url string) *place {
	t.Helper()
	return newPlaceOf(t, url, redistest.Client(t, url))
}

func newPlaceOf(t testing.TB, url string, raw redis.UniversalClient) *place {
	t.Helper()
	keyset, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	p := &place{
		url:    url,
		prefix: fmt.Sprintf("t%d:", prefixes.Add(1)),
		keyset: keyset,
		raw:    raw,
	}
	p.set(start)
	return p
}

func (p *place) set(now time.Time) { p.now.Store(&now) }

// later lets real time pass, as the store sees it.
func (p *place) later(d time.Duration) { p.passed.Add(int64(d)) }

func (p *place) options() Options {
	return Options{
		URL: p.url, Prefix: p.prefix, Keyset: p.keyset, Shards: 4,
		Now:  func() time.Time { return *p.now.Load() },
		Wall: func() time.Time { return time.Now().Add(time.Duration(p.passed.Load())) },
	}
}

// open gives a store on this place, as one replica has it.
func (p *place) open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), p.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// keysNow lists the keys of this place without its prefix, and without the
// marks of batches, which end by themselves.
func (p *place) keysNow(t testing.TB) []string {
	t.Helper()
	var mu sync.Mutex
	var all []string
	if err := each(t.Context(), p.raw, func(ctx context.Context, c *redis.Client) error {
		iter := c.Scan(ctx, 0, p.prefix+"*", 1000).Iterator()
		for iter.Next(ctx) {
			if short := strings.TrimPrefix(iter.Val(), p.prefix); !strings.HasPrefix(short, "w:{") {
				mu.Lock()
				all = append(all, short)
				mu.Unlock()
			}
		}
		return iter.Err()
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// stages are the kinds of Redis that the store must do the same on.
var stages = map[string]func(*testing.T) *place{
	"redis": func(t *testing.T) *place { return newPlace(t, server.URL()) },
	"sentinel": func(t *testing.T) *place {
		return newPlaceOf(t, sentinels().URL(""), sentinels().Client(t))
	},
	"cluster": func(t *testing.T) *place {
		return newPlaceOf(t, cluster().URL("?replicas=0"), cluster().Client(t))
	},
	"in process": func(t *testing.T) *place { return newPlace(t, "redis://"+miniredis.RunT(t).Addr()) },
}

// everywhere runs a test on each stage.
func everywhere(t *testing.T, test func(t *testing.T, p *place)) {
	for name, stage := range stages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, stage(t))
		})
	}
}

// The people of the tests are made up.
var (
	home  = bot.Chat{Platform: "telegram", ID: "778899001"}
	other = bot.Chat{Platform: "slack", ID: "U0MADEUP1"}
)

// turn commits the next turn of a conversation and fails the test if it
// cannot.
func turn(t testing.TB, s *Store, c *bot.Conversation, change func(*bot.Commit)) *bot.Conversation {
	t.Helper()
	commit := bot.Commit{Conversation: c}
	if change != nil {
		change(&commit)
	}
	if err := s.Commit(t.Context(), commit); err != nil {
		t.Fatalf("commit %s version %d: %v", c.ID, c.Version, err)
	}
	return load(t, s, c.ID)
}

func load(t testing.TB, s *Store, id string) *bot.Conversation {
	t.Helper()
	c, err := s.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// say is a message of a turn.
func say(c *bot.Conversation, place int, class bot.Class, text string) bot.Envelope {
	return bot.Envelope{ID: entryID(c, place), Class: class, Chat: home, Text: text, Why: "test"}
}

func entryID(c *bot.Conversation, place int) string {
	return fmt.Sprintf("%s.%d.%d", c.ID, c.Version+1, place)
}

// hold takes the lease of a conversation's shard.
func hold(t testing.TB, s *Store, conversation, holder string) bot.Lease {
	t.Helper()
	l, ok, err := s.Acquire(t.Context(), bot.Shard(s.keys.shard(conversation)), holder, time.Minute)
	if err != nil || !ok {
		t.Fatalf("acquire: %v, %v", ok, err)
	}
	return l
}

// take takes what is ready, and fails the test if that fails.
func take(t testing.TB, s *Store, l bot.Lease, now time.Time) []bot.Leased {
	t.Helper()
	got, _, err := s.TakeReady(t.Context(), l, now, rooms(100), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// rooms is room for so many of each kind that the tests make.
func rooms(most int) []bot.Room {
	var all []bot.Room
	for _, platform := range []string{"", "telegram", "slack"} {
		for _, class := range []bot.Class{bot.Answer, bot.Planned} {
			all = append(all, bot.Room{Platform: platform, Class: class, Most: most})
		}
	}
	return all
}

// settle ends an attempt and fails the test if that fails.
func settle(t testing.TB, s *Store, l bot.Lease, e bot.Leased, o bot.Outcome) {
	t.Helper()
	if _, err := s.Settle(t.Context(), l, e, o); err != nil {
		t.Fatal(err)
	}
}
