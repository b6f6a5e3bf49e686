package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// once keeps the cluster client from repeating a write whose answer was lost:
// the library repeats whatever it may send elsewhere, unless a command forbids
// it. What a node refused, it still sends to the right one.
type once struct{ nothingAtDial }

type unrepeated struct{ redis.Cmder }

func (unrepeated) NoRetry() bool { return true }

func (once) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, c redis.Cmder) error { return next(ctx, unrepeated{c}) }
}

func (once) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, commands []redis.Cmder) error {
		if commands[0].Name() == "multi" {
			return next(ctx, commands) // is never repeated once it was sent
		}
		all := make([]redis.Cmder, len(commands))
		for i, c := range commands {
			all[i] = unrepeated{c}
		}
		return next(ctx, all)
	}
}

// confirmed lets what is written or found count only when replicas have it: each
// batch ends with a WAIT on the same connection. Its commands then fail with
// errUnconfirmed if too few replicas answer, which is an unknown outcome like a
// lost answer.
type confirmed struct {
	nothingAtDial
	client   *redis.Client
	prefix   string
	replicas int
}

// errUnconfirmed: the master has done it, and too few replicas said in time
// that they have it too. A failover now could lose it.
var errUnconfirmed = errors.New("not confirmed by enough replicas in time")

// confirmTime is how long replicas may take. It is more than a hiccup of the
// network, and leaves time to say so before the caller gives up.
const confirmTime = time.Second

// confirm makes a client of one node wait for replicas with each write.
func confirm(client *redis.Client, prefix string, replicas int) {
	if replicas > 0 {
		client.AddHook(confirmed{client: client, prefix: prefix, replicas: replicas})
	}
}

// weighs tells whether an acknowledgement can rest on a command: a write, or
// what a turn reads first, since it may find that the update was taken before.
// A hook also sees what the library says when it connects.
func weighs(c redis.Cmder) bool {
	switch c.Name() {
	case "eval", "evalsha", "set", "setnx", "del", "get", "hmget":
		return true
	}
	return false
}

func (h confirmed) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, c redis.Cmder) error {
		if !weighs(c) {
			return next(ctx, c)
		}
		pipe := h.client.Pipeline()
		_ = pipe.Process(ctx, c) // only gathers
		_, err := pipe.Exec(ctx)
		return err
	}
}

func (h confirmed) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, commands []redis.Cmder) error {
		if !slices.ContainsFunc(commands, weighs) {
			return next(ctx, commands)
		}
		// WAIT looks at the connection's last write. What was found may have
		// been written on another one, so each batch writes a mark of its own.
		mark := redis.NewStatusCmd(ctx, "set", h.mark(commands), "", "px", markLife)
		wait := redis.NewIntCmd(ctx, "wait", h.replicas, confirmTime.Milliseconds())
		all := make([]redis.Cmder, 0, len(commands)+2)
		all = append(append(all, commands...), mark, wait)
		err := next(ctx, all)
		n, lost := wait.Result()
		if lost == nil && int(n) >= h.replicas {
			return err
		}
		for _, c := range commands {
			if c.Err() == nil {
				c.SetErr(errUnconfirmed)
				if err == nil {
					err = errUnconfirmed
				}
			}
		}
		return err
	}
}

// markLife is how long a mark stays, in ms.
const markLife = 1000

// mark names a key that lies where the first command's key lies.
func (h confirmed) mark(commands []redis.Cmder) string {
	key := ""
	for _, c := range commands {
		if key = firstKey(c); key != "" {
			break
		}
	}
	if _, rest, found := strings.Cut(key, "{"); found {
		if tag, _, found := strings.Cut(rest, "}"); found && tag != "" {
			key = tag
		}
	}
	return markKey(h.prefix, key)
}

// nothingAtDial leaves dialling as it is.
type nothingAtDial struct{}

func (nothingAtDial) DialHook(next redis.DialHook) redis.DialHook { return next }
