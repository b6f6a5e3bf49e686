// Package bare does the least that a turn could do in Redis, and looks after
// the database that measurements run in. What a real turn costs is told as a
// ratio to this, measured in the same run on the same machine.
package bare

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrNotOurs: the database holds something that no measurement put there.
var ErrNotOurs = errors.New("the database is not empty")

//go:embed turn.lua
var turnLua string
var turnScript = redis.NewScript(turnLua)

// Redis is one database under measurement. Safe for concurrent use.
type Redis struct {
	client *redis.Client
	prefix string
	state  string // 600 bytes
	entry  string // 300 bytes
}

// Open connects to the database of a Redis address for measurements, all of
// whose keys begin with prefix. Errors: ErrNotOurs when any key does not. The
// caller owns the result and closes it.
func Open(ctx context.Context, url, prefix string) (*Redis, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		// The cause can quote the address with its password.
		return nil, errors.New("the Redis address cannot be read; it looks like redis://127.0.0.1:6379/15")
	}
	o.DisableIdentity = true // Redis 7.0 does not know these commands
	r := &Redis{
		client: redis.NewClient(o), prefix: prefix,
		state: strings.Repeat("s", 600), entry: strings.Repeat("e", 300),
	}
	if err := r.own(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// own looks through all keys for one of somebody else.
func (r *Redis) own(ctx context.Context) error {
	keys := r.client.Scan(ctx, 0, "", 1000).Iterator()
	for keys.Next(ctx) {
		if !strings.HasPrefix(keys.Val(), r.prefix) {
			return ErrNotOurs
		}
	}
	return keys.Err()
}

// Close ends all connections.
func (r *Redis) Close() error { return r.client.Close() }

// Turn does the bare work of turn number n of one of so many patients: one
// script that reads 600 bytes, writes 600, and adds an outbox entry of 300
// bytes and a timer.
func (r *Redis) Turn(ctx context.Context, patient, n int) error {
	id := strconv.Itoa(patient)
	return turnScript.Run(ctx, r.client,
		[]string{r.prefix + "{bare}:" + id, r.prefix + "{bare}:out", r.prefix + "{bare}:due"},
		r.state, strconv.Itoa(n), r.entry, id, time.Now().UnixMilli()).Err()
}

// Seed writes what the first bare turn of so many patients finds.
func (r *Redis) Seed(ctx context.Context, patients int) error {
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for patient := range patients {
			p.Set(ctx, r.prefix+"{bare}:"+strconv.Itoa(patient), r.state, 0)
		}
		return nil
	})
	return err
}

// Wipe deletes everything of the measurements under a part of the prefix;
// empty means all.
func (r *Redis) Wipe(ctx context.Context, part string) error {
	for {
		// A scan that deletes as it goes may be told of a key twice, which
		// deletes nothing more.
		keys, gone := r.client.Scan(ctx, 0, r.prefix+part+"*", 10000).Iterator(), 0
		var page []string
		for keys.Next(ctx) {
			page = append(page, keys.Val())
			if len(page) == 10000 {
				if err := r.client.Unlink(ctx, page...).Err(); err != nil {
					return err
				}
				gone, page = gone+len(page), page[:0]
			}
		}
		if err := keys.Err(); err != nil {
			return err
		}
		if len(page) > 0 {
			if err := r.client.Unlink(ctx, page...).Err(); err != nil {
				return err
			}
			gone += len(page)
		}
		if gone == 0 {
			return nil
		}
	}
}

// Memory is how many bytes the data of this Redis takes: without what the
// server had at its start, and without the buffers of clients and of the AOF.
func (r *Redis) Memory(ctx context.Context) (int64, error) {
	got, err := r.client.Do(ctx, "MEMORY", "STATS").Result()
	if err != nil {
		return 0, err
	}
	stats, ok := got.(map[any]any)
	if !ok {
		return 0, fmt.Errorf("MEMORY STATS answers in a shape we do not know: %T", got)
	}
	var bytes int64
	for name, sign := range map[string]int64{"total.allocated": 1, "startup.allocated": -1, "clients.normal": -1, "aof.buffer": -1} {
		n, ok := stats[name].(int64)
		if !ok {
			return 0, fmt.Errorf("MEMORY STATS says nothing of %s", name)
		}
		bytes += sign * n
	}
	return bytes, nil
}

// Scripts is how many scripts this Redis has run since it started.
func (r *Redis) Scripts(ctx context.Context) (int64, error) {
	info, err := r.client.Info(ctx, "commandstats").Result()
	if err != nil {
		return 0, err
	}
	var calls int64
	for line := range strings.Lines(info) {
		for _, name := range []string{"cmdstat_eval:calls=", "cmdstat_evalsha:calls="} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				n, _, _ := strings.Cut(rest, ",")
				some, err := strconv.ParseInt(n, 10, 64)
				if err != nil {
					return 0, fmt.Errorf("commandstats: %w", err)
				}
				calls += some
			}
		}
	}
	return calls, nil
}

// Spent is the time of processors that this Redis has had since it started, to
// within a millisecond or two.
func (r *Redis) Spent(ctx context.Context) (time.Duration, error) {
	info, err := r.client.Info(ctx, "cpu").Result()
	if err != nil {
		return 0, err
	}
	var spent time.Duration
	found := 0
	for line := range strings.Lines(info) {
		for _, name := range []string{"used_cpu_sys:", "used_cpu_user:"} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				some, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
				if err != nil {
					return 0, fmt.Errorf("INFO cpu: %w", err)
				}
				spent += time.Duration(some * float64(time.Second))
				found++
			}
		}
	}
	if found != 2 {
		return 0, errors.New("INFO cpu answers in a shape we do not know")
	}
	return spent, nil
}
