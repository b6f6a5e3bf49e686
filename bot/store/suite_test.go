package store

import (
	"fmt"
	"os"
	"strings"
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

// server is the Redis that most tests share, each under a prefix of its own.
var server *redistest.Server

func TestMain(m *testing.M) { os.Exit(redistest.Main(m, &server)) }

// place is where a test keeps things: a Redis, and a prefix of its own in it.
type place struct {
	url    string
	prefix string
	keyset *Keyset
	raw    *redis.Client
	now    atomic.Pointer[time.Time]
	// pass lets time go by for what Redis itself ends.
	pass func(time.Duration)
}

var prefixes atomic.Int64

func newPlace(t testing.TB, url string) *place {
	t.Helper()
	keyset, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	p := &place{
		url:    url,
		prefix: fmt.Sprintf("t%d:", prefixes.Add(1)),
		keyset: keyset,
		raw:    redistest.Client(t, url),
	}
	p.set(start)
	return p
}

func (p *place) set(now time.Time) { p.now.Store(&now) }

func (p *place) options() Options {
	return Options{
		URL: p.url, Prefix: p.prefix, Keyset: p.keyset, Shards: 4,
		Now: func() time.Time { return *p.now.Load() },
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

// keysNow lists the keys of this place without its prefix.
func (p *place) keysNow(t testing.TB) []string {
	t.Helper()
	var all []string
	iter := p.raw.Scan(t.Context(), 0, p.prefix+"*", 1000).Iterator()
	for iter.Next(t.Context()) {
		all = append(all, strings.TrimPrefix(iter.Val(), p.prefix))
	}
	if err := iter.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// both runs a test against a real Redis and against the in-process one.
func both(t *testing.T, test func(t *testing.T, p *place)) {
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		test(t, newPlace(t, server.URL()))
	})
	t.Run("in process", func(t *testing.T) {
		t.Parallel()
		m := miniredis.RunT(t)
		test(t, newPlace(t, "redis://"+m.Addr()))
	})
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
	got, err := s.TakeReady(t.Context(), l, now, 100, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// settle ends an attempt and fails the test if that fails.
func settle(t testing.TB, s *Store, l bot.Lease, e bot.Leased, o bot.Outcome) {
	t.Helper()
	if err := s.Settle(t.Context(), l, e, o); err != nil {
		t.Fatal(err)
	}
}
