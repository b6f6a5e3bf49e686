package store

import (
	"context"
	_ "embed"
	"errors"
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

// connect makes the two clients of one Redis.
func connect(url string) (reads, writes *redis.Client, err error) {
	quiet()
	o, err := redis.ParseURL(url)
	if err != nil {
		// The cause can quote the address with its password.
		return nil, nil, errors.New("store: the Redis address cannot be read; it looks like redis://127.0.0.1:6379/0")
	}
	o.DialTimeout = 2 * time.Second
	o.DialerRetries = 1 // the default of 5 makes one command wait for five dials
	o.ReadTimeout = 3 * time.Second
	o.WriteTimeout = 3 * time.Second
	o.PoolTimeout = 3 * time.Second
	o.ContextTimeoutEnabled = true // without it deadlines do not reach the socket
	o.DisableIdentity = true       // Redis 7.0 does not know these commands
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}

	r, w := *o, *o
	r.MaxRetries = 2
	w.MaxRetries = -1 // never: a command whose answer was lost would run twice
	return redis.NewClient(&r), redis.NewClient(&w), nil
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
	return script.Run(ctx, s.writes, keys, args...)
}
