package store

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Batches sends what many goroutines ask at the same time in one go: while one
// batch is on its way, what comes gathers for the next. A lone call leaves at
// once. Each call has its own answer and its own errors, and nothing is sent
// again that the client itself would not send again.
type batches struct {
	client pipeliner

	mu      sync.Mutex
	waiting []*call
	flying  bool // a batch is on its way: only one, so that the next grows meanwhile
}

// pipeliner is a client of one Redis, or of a cluster.
type pipeliner interface{ Pipeline() redis.Pipeliner }

// batchCalls is the most that share a batch, so that none waits long for the
// others' answers.
const batchCalls = 128

// call is one goroutine's commands on their way.
type call struct {
	ctx      context.Context
	until    time.Time // when it is no longer worth sending
	commands []redis.Cmder
	done     chan error // gets nil once the commands have their answers
}

// spent are calls that were answered, to be used again.
var spent = sync.Pool{New: func() any { return &call{done: make(chan error, 1)} }}

// do sends commands and waits for their answers, which are in the commands: for
// patienceLimit, and for up to as long again while others wait with it. The error
// is of the waiting alone: when ctx ends first, the commands may or may not have
// run, and the caller must leave them alone.
func (b *batches) do(ctx context.Context, commands ...redis.Cmder) error {
	c := spent.Get().(*call)
	c.ctx, c.until, c.commands = ctx, time.Now().Add(patienceLimit), commands
	b.mu.Lock()
	b.waiting = append(b.waiting, c)
	if !b.flying {
		b.flying = true
		go b.fly()
	}
	b.mu.Unlock()
	select {
	case err := <-c.done:
		c.ctx, c.commands = nil, nil
		spent.Put(c)
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fly sends batch after batch until nothing waits.
func (b *batches) fly() {
	for {
		runtime.Gosched() // who is ready to run may have something to ask as well
		b.mu.Lock()
		n := min(len(b.waiting), batchCalls)
		batch := b.waiting[:n:n]
		b.waiting = b.waiting[n:]
		if n == 0 {
			b.flying = false
			b.waiting = nil
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
		b.send(batch)
	}
}

func (b *batches) send(batch []*call) {
	// The batch belongs to nobody's ctx: whoever gives up must not end it for
	// the others. The last has waited least.
	ctx, cancel := context.WithDeadline(context.Background(), batch[len(batch)-1].until)
	defer cancel()
	pipe, now := b.client.Pipeline(), time.Now()
	errs := make([]error, len(batch))
	for i, c := range batch {
		if errs[i] = c.ctx.Err(); errs[i] == nil && now.After(c.until) {
			errs[i] = context.DeadlineExceeded
		}
		if errs[i] != nil {
			continue
		}
		for _, command := range c.commands {
			_ = pipe.Process(ctx, command) // only gathers
		}
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	for i, c := range batch {
		c.done <- errs[i]
	}
}
