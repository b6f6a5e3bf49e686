package store

import (
	"context"
	_ "embed"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// patienceLimit is the longest that one call of the store takes, with all
// repeats: a caller must be able to say "not ready" while people still wait.
const patienceLimit = 4 * time.Second

// patience bounds one call. The client honours deadlines, but a cancel without
// one interrupts nothing that is already under way.
func patience(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, patienceLimit)
}

// connect makes the two clients of one Redis: reads repeats a command whose
// answer was lost, writes never does, because it would happen twice. What both
// do again is what a Redis refused: see passing.
func connect(a address, prefix string) (reads, writes redis.UniversalClient) {
	quiet()
	switch {
	case a.cluster != nil:
		return connectCluster(a, prefix)
	case a.sentinel != nil:
		return connectSentinel(a, prefix)
	}
	return connectOne(a, prefix)
}

// Times of a connection.
const (
	dialTime   = 2 * time.Second
	answerTime = 3 * time.Second
	// dials is how often one attempt dials. The library's 5 make one command
	// wait for five dials.
	dials = 1
	// readTries is how often a read is asked again.
	readTries = 2
)

// noNotices turns off what Redis 7.0 does not know.
func noNotices() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

func connectOne(a address, prefix string) (reads, writes *redis.Client) {
	o := a.one
	o.DialTimeout, o.DialerRetries = dialTime, dials
	o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = answerTime, answerTime, answerTime
	o.ContextTimeoutEnabled = true // without it deadlines do not reach the socket
	o.DisableIdentity = true       // Redis 7.0 does not know these commands
	o.MaintNotificationsConfig = noNotices()
	r, w := *o, *o
	r.MaxRetries, w.MaxRetries = readTries, -1
	writes = redis.NewClient(&w)
	confirm(writes, prefix, a.replicas)
	return redis.NewClient(&r), writes
}

func connectSentinel(a address, prefix string) (reads, writes *redis.Client) {
	o := a.sentinel
	o.DialTimeout, o.DialerRetries = dialTime, dials
	o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = answerTime, answerTime, answerTime
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.OnConnect = onlyMaster
	r, w := *o, *o
	r.MaxRetries, w.MaxRetries = readTries, -1
	writes = redis.NewFailoverClient(&w)
	confirm(writes, prefix, a.replicas)
	return redis.NewFailoverClient(&r), writes
}

// onlyMaster refuses a Redis that is no master any more: a sentinel that was
// cut off can still name it, and it would show us a past.
func onlyMaster(ctx context.Context, c *redis.Conn) error {
	role, err := c.Do(ctx, "role").Slice()
	if err != nil {
		return err
	}
	if len(role) > 0 && role[0] == "slave" {
		return errNoMaster
	}
	return nil
}

var errNoMaster = errors.New("the sentinels name a Redis that is not the master")

func connectCluster(a address, prefix string) (reads, writes *redis.ClusterClient) {
	o := a.cluster
	o.DialTimeout, o.DialerRetries = dialTime, dials
	o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = answerTime, answerTime, answerTime
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.MaintNotificationsConfig = noNotices()
	o.DisableRoutingPolicies = true // what concerns all masters, we ask of each
	o.ClusterStateReloadInterval = mapLife
	// Each attempt may be sent elsewhere, or be a repeat; once sees to it that
	// a write is not repeated.
	o.MaxRedirects = redirects
	r, w := *o, *o
	r.Addrs, w.Addrs = slices.Clone(o.Addrs), slices.Clone(o.Addrs)
	reads, writes = redis.NewClusterClient(&r), redis.NewClusterClient(&w)
	writes.AddHook(once{})
	writes.OnNewNode(func(node *redis.Client) { confirm(node, prefix, a.replicas) })
	return reads, writes
}

// Figures of a cluster.
const (
	// redirects is how often a command follows a slot that moves.
	redirects = 5
	// mapLife is how old the map of slots may be before it is read again, so
	// that we find a replica that has taken over.
	mapLife = time.Second
)

// each calls do with every Redis that holds a part of the data.
func each(ctx context.Context, client redis.UniversalClient, do func(context.Context, *redis.Client) error) error {
	switch c := client.(type) {
	case *redis.ClusterClient:
		return c.ForEachMaster(ctx, do)
	case *redis.Client:
		return do(ctx, c)
	}
	return errors.New("store: an unknown kind of client") // connect makes no other
}

// quiet keeps the library from writing to stderr: what it says there comes
// back to us as an error as well. Its logger belongs to the process.
var quiet = sync.OnceFunc(func() { redis.SetLogger(nowhere{}) })

type nowhere struct{}

func (nowhere) Printf(context.Context, string, ...any) {}

// The scripts. Each file says what it takes and gives.
var (
	//go:embed open.lua
	openLua    string
	openScript = redis.NewScript(openLua)

	//go:embed commit.lua
	commitLua    string
	commitScript = redis.NewScript(commitLua)

	//go:embed due.lua
	dueLua    string
	dueScript = redis.NewScript(dueLua)

	//go:embed take.lua
	takeLua    string
	takeScript = redis.NewScript(takeLua)

	//go:embed settle.lua
	settleLua    string
	settleScript = redis.NewScript(settleLua)

	//go:embed acquire.lua
	acquireLua    string
	acquireScript = redis.NewScript(acquireLua)

	//go:embed release.lua
	releaseLua    string
	releaseScript = redis.NewScript(releaseLua)

	//go:embed attend.lua
	attendLua    string
	attendScript = redis.NewScript(attendLua)

	//go:embed mark.lua
	markLua    string
	markScript = redis.NewScript(markLua)

	//go:embed claim.lua
	claimLua    string
	claimScript = redis.NewScript(claimLua)

	//go:embed unpoint.lua
	unpointLua    string
	unpointScript = redis.NewScript(unpointLua)

	//go:embed erase.lua
	eraseLua    string
	eraseScript = redis.NewScript(eraseLua)
)

// run runs a script on the client that never repeats by itself. A Redis that
// does not know the script yet gets its source; that first refusal has not
// run anything.
func (s *Store) run(ctx context.Context, script *redis.Script, keys []string, args ...any) *redis.Cmd {
	var answer *redis.Cmd
	if err := again(ctx, func() error {
		answer = script.Run(ctx, s.writes, keys, args...)
		return answer.Err()
	}); err != nil {
		answer.SetErr(err)
	}
	return answer
}
