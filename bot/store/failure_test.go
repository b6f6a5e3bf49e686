package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// goesOn bounds the time between the end of a failure and the next turns of
// everybody. docs/redis.md says 2 s; the rest is for a machine under test.
const goesOnWithin = 5 * time.Second

// failure is one way in which Redis fails while people write.
type failure struct {
	breaks, mends func(t *testing.T, r *broken)
	// fault is what readiness says meanwhile, and words some of how.
	fault Fault
	words string
	// long is how long it lasts; 300 ms if nothing is said.
	long time.Duration
	// proxied is set for what happens on the way to Redis.
	proxied bool
}

// broken is a Redis with a crowd.
type broken struct {
	*redistest.Server
	proxy *redistest.Proxy
	raw   redis.UniversalClient
}

// set changes a setting of the server.
func (b *broken) set(t *testing.T, name, value string) {
	t.Helper()
	if err := b.raw.ConfigSet(t.Context(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
}

func (b *broken) do(t *testing.T, command ...any) {
	t.Helper()
	if err := b.raw.Do(t.Context(), command...).Err(); err != nil {
		t.Fatal(err)
	}
}

var failures = map[string]failure{
	"stalled": {
		breaks: func(_ *testing.T, r *broken) { r.Freeze() },
		mends:  func(_ *testing.T, r *broken) { r.Thaw() },
		fault:  Slow, words: "does not answer in time",
	},
	// Callers give up, and what they sent is done when the server goes on.
	"stalled for long": {
		breaks: func(_ *testing.T, r *broken) { r.Freeze() },
		mends:  func(_ *testing.T, r *broken) { r.Thaw() },
		fault:  Slow, words: "does not answer in time", long: patienceLimit,
	},
	"away": {
		breaks: func(_ *testing.T, r *broken) { r.Kill() },
		mends:  func(_ *testing.T, r *broken) { r.Restart() },
		fault:  Unreachable, words: "redis-server --appendonly yes",
	},
	"reading its data": {
		// The server is told to take its time for each line of the file.
		breaks: func(t *testing.T, r *broken) {
			if _, err := r.raw.Pipelined(t.Context(), func(p redis.Pipeliner) error {
				for n := range 10_000 {
					p.Set(t.Context(), "filling", n, 0)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			r.Kill()
			r.Begin("--key-load-delay", "200")
		},
		mends: func(t *testing.T, r *broken) { r.set(t, "key-load-delay", "0") },
		fault: Starting, words: "still reading its data",
	},
	"a replica now": {
		breaks: func(t *testing.T, r *broken) { r.do(t, "replicaof", "127.0.0.1", "1") },
		mends:  func(t *testing.T, r *broken) { r.do(t, "replicaof", "no", "one") },
		fault:  NoMaster, words: "REPLICAOF NO ONE",
	},
	"a replica that shows nothing": {
		breaks: func(t *testing.T, r *broken) {
			r.set(t, "replica-serve-stale-data", "no")
			r.do(t, "replicaof", "127.0.0.1", "1")
		},
		mends: func(t *testing.T, r *broken) { r.do(t, "replicaof", "no", "one") },
		fault: NoMaster, words: "REPLICAOF NO ONE",
	},
	"out of memory": {
		breaks: func(t *testing.T, r *broken) { r.set(t, "maxmemory", "1") },
		mends:  func(t *testing.T, r *broken) { r.set(t, "maxmemory", "0") },
		fault:  Full, words: "CONFIG SET maxmemory",
	},
	"without a disk": {
		// A folder stands where the snapshot is to be written.
		breaks: func(t *testing.T, r *broken) {
			if err := os.Mkdir(filepath.Join(r.Dir(), "dump.rdb"), 0o700); err != nil {
				t.Fatal(err)
			}
			r.set(t, "save", "3600 1")
			r.do(t, "bgsave")
			for !strings.Contains(r.raw.Info(t.Context(), "persistence").Val(), "rdb_last_bgsave_status:err") {
				time.Sleep(5 * time.Millisecond)
			}
		},
		mends: func(t *testing.T, r *broken) { r.set(t, "save", "") },
		fault: Full, words: "write to its disk",
	},
	"without replicas": {
		breaks: func(t *testing.T, r *broken) { r.set(t, "min-replicas-to-write", "1") },
		mends:  func(t *testing.T, r *broken) { r.set(t, "min-replicas-to-write", "0") },
		fault:  Alone, words: "min-replicas-to-write",
	},
	"crowded": {
		// The one connection that is allowed is the one that says so.
		breaks: func(t *testing.T, r *broken) {
			r.set(t, "maxclients", "1")
			r.do(t, "client", "kill", "type", "normal", "skipme", "yes")
		},
		mends: func(t *testing.T, r *broken) { r.set(t, "maxclients", "10000") },
		fault: Crowded, words: "CONFIG SET maxclients",
	},
	"cut off": {
		breaks: func(_ *testing.T, r *broken) { r.proxy.Cut() },
		mends:  func(_ *testing.T, r *broken) { r.proxy.Mend() },
		fault:  Crowded, words: "hangs up", proxied: true,
	},
	"too slow": {
		breaks: func(_ *testing.T, r *broken) { r.proxy.Delay(answerTime + time.Second) },
		mends:  func(_ *testing.T, r *broken) { r.proxy.Mend() },
		fault:  Slow, words: "does not answer in time", proxied: true,
	},
	"busy with a script": {
		breaks: func(t *testing.T, r *broken) {
			r.set(t, "busy-reply-threshold", "1")
			go r.raw.Eval(context.WithoutCancel(t.Context()), "while true do end", nil)
			for !redis.HasErrorPrefix(r.raw.Ping(t.Context()).Err(), "BUSY") {
				time.Sleep(5 * time.Millisecond)
			}
		},
		mends: func(t *testing.T, r *broken) { r.do(t, "script", "kill") },
		fault: Slow, words: "SCRIPT KILL",
	},
}

// Through each failure nothing is acknowledged, readiness says what to do, and
// when it is over everybody goes on by themselves, with nothing lost, doubled
// or half-written.
func TestFailuresUnderLoad(t *testing.T) {
	t.Parallel()
	for name, f := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := redistest.Start(t)
			proxy := redistest.NewProxy(t, own.Addr())
			url := own.URL()
			if f.proxied {
				url = proxy.URL()
			}
			p := newPlaceOf(t, url, redistest.Client(t, own.URL()))
			s := p.open(t)
			crowd := gather(t, s, 12)
			crowd.goesOn(goesOnWithin)

			r := &broken{Server: own, proxy: proxy, raw: p.raw}
			f.breaks(t, r)
			crowd.readies(f)
			crowd.stands(max(f.long, 300*time.Millisecond))

			f.mends(t, r)
			mended := time.Now()
			for s.Ready(t.Context()) != nil {
				if time.Since(mended) > goesOnWithin {
					t.Fatalf("not ready %v after it was mended: %v", goesOnWithin, s.Ready(t.Context()))
				}
			}
			crowd.goesOn(goesOnWithin)
			t.Logf("everybody went on %v after it was mended; %d calls had failed", time.Since(mended), crowd.refused.Load())
			crowd.check()
		})
	}
}

// readies waits until readiness says what it must.
func (c *crowd) readies(f failure) {
	c.t.Helper()
	var fault *CheckError
	for end := time.Now().Add(2 * soon); ; {
		// As the probe does it.
		ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Second)
		err := c.s.Ready(ctx)
		cancel()
		if errors.As(err, &fault) && fault.Fault == f.fault {
			break
		}
		if time.Now().After(end) {
			c.t.Fatalf("readiness says %v", err)
		}
	}
	if !strings.Contains(fault.Error(), f.words) || strings.Contains(fault.Says, "p0") {
		c.t.Errorf("readiness says %q", fault)
	}
}

// Redis forgets its scripts again and again while batches of many people's
// turns are on their way: nobody notices.
func TestScriptsAreForgottenUnderLoad(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		crowd := gather(t, s, 24)
		for range 20 {
			if err := each(t.Context(), p.raw, func(ctx context.Context, c *redis.Client) error {
				return c.ScriptFlush(ctx).Err()
			}); err != nil {
				t.Fatal(err)
			}
			crowd.goesOn(goesOnWithin)
		}
		crowd.check()
		if n := crowd.refused.Load(); n > 0 {
			t.Errorf("%d calls failed: %v", n, *crowd.last.Load())
		}
	})
}

// Connections die between the write and its answer, again and again. The
// update that is sent again finds its turn done.
func TestAnswersLostUnderLoad(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	proxy := redistest.NewProxy(t, own.Addr())
	p := newPlace(t, proxy.URL())
	crowd := gather(t, p.open(t), 12)
	lost := 0
	for range 30 {
		proxy.LoseAnswers(2)
		crowd.goesOn(goesOnWithin)
		lost += proxy.Lost()
	}
	crowd.check()
	if lost < 30 || crowd.refused.Load() == 0 {
		t.Errorf("only %d answers were lost, and %d calls failed", lost, crowd.refused.Load())
	}
	t.Logf("%d answers lost, %d calls failed, %d updates acknowledged", lost, crowd.refused.Load(), crowd.count())
}

// Answers that are slow and not too slow cost time alone.
func TestSlowAnswers(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	proxy := redistest.NewProxy(t, own.Addr())
	p := newPlace(t, proxy.URL())
	crowd := gather(t, p.open(t), 12)
	crowd.goesOn(goesOnWithin)
	proxy.Delay(50 * time.Millisecond)
	crowd.goesOn(4 * goesOnWithin)
	crowd.check()
	if n := crowd.refused.Load(); n > 0 {
		t.Errorf("%d calls failed: %v", n, *crowd.last.Load())
	}
}

// A turn that is refused writes nothing at all, whatever it would have
// written, and whichever of its writes comes first. When memory is short, one
// whose first write frees memory is taken instead, and then all of it.
func TestRefusedTurnsWriteNothing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a replica now", "out of memory", "without a disk", "without replicas"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := redistest.Start(t)
			p := newPlace(t, own.URL())
			s := p.open(t)
			plain := turn(t, s, load(t, s, "wren"), nil)
			asked := turn(t, s, load(t, s, "robin"), func(m *bot.Commit) { m.OpenToken = "t1" })
			r := &broken{Server: own, raw: p.raw}
			failures[name].breaks(t, r)
			refused := 0
			for _, c := range []*bot.Conversation{plain, asked} {
				for what, change := range map[string]func(*bot.Commit){
					"nothing but the state": func(*bot.Commit) {},
					"an operation":          func(m *bot.Commit) { m.Operation = "telegram:1" },
					"a timer":               func(m *bot.Commit) { m.Due = start },
					"a question":            func(m *bot.Commit) { m.OpenToken = "t2" },
					"a secret": func(m *bot.Commit) {
						m.Secrets = []bot.Secret{{Code: s.NewCode(c.ID), Value: []byte("x"), Until: start.Add(time.Hour)}}
					},
					"all of it": func(m *bot.Commit) {
						m.Operation, m.Due, m.OpenToken = "telegram:2", start, "t3"
						m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "text")}
						m.Journal = []bot.Entry{{At: start, What: "answer"}}
					},
				} {
					commit := bot.Commit{Conversation: load(t, s, c.ID)}
					change(&commit)
					was := commit.Conversation.Version
					before := p.contents(t)
					ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
					err := s.Commit(ctx, commit)
					cancel()
					if err == nil && name == "out of memory" {
						if next := load(t, s, c.ID); next.Version != was+1 {
							t.Errorf("%s of %s: version %d after a commit", what, c.ID, next.Version)
						}
						continue
					}
					refused++
					if d := difference(before, p.contents(t)); err == nil || d != "" {
						t.Errorf("%s of %s: %v, and changed:\n%s", what, c.ID, err, d)
					}
				}
			}
			if refused == 0 {
				t.Error("no turn was refused")
			}
			failures[name].mends(t, r)
			turn(t, s, load(t, s, "wren"), nil)
			turn(t, s, load(t, s, "robin"), nil)
		})
	}
}
