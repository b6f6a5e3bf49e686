package bot

import (
	"context"
	"sync"
	"time"
)

// portion is the shards in our hands, and what we know of the other holders. One
// goroutine has it.
type portion struct {
	*Runner
	held     map[int]*holding
	holders  int       // alive when we last looked, ourselves included
	renewed  time.Time // when all that is held was renewed
	restless time.Time // until then others may be giving shards back
	deaf     bool      // the store could not be reached when we last looked
	patient  time.Time // until then we take nothing that is free
	next     int       // the shard that the next fill begins with
}

// fillTry bounds one try to take a free shard, so that one which cannot be reached
// keeps nobody from the others for long.
const fillTry = 2 * shardLook

// afterOutage is for how long nobody takes what is free once the store is back:
// whoever held a shard before may have sent something for it that could not be
// noted, and notes it when it holds the shard again.
const afterOutage = time.Second

// look says that we are alive and sees who else is. When somebody has come or
// gone, or it is time to renew, it takes and gives back what that means. Where
// only a part of the store can be reached, what lies there is renewed all the same.
func (p *portion) look(ctx context.Context) {
	holders, err := p.attend(ctx)
	call, cancel := context.WithTimeout(ctx, shardRenew)
	defer cancel()
	now := time.Now()
	if err != nil {
		if !p.deaf && ctx.Err() == nil {
			p.Bot.Log.Warn("shards: cannot reach the store", "err", err)
		}
		p.deaf = true
		if now.Sub(p.renewed) >= shardRenew {
			p.renewed = now
			p.renew(call)
			p.Runner.holds.Store(int64(len(p.held)))
		}
		return
	}
	if p.deaf {
		p.deaf, p.patient = false, now.Add(afterOutage)
	}
	if holders != p.holders {
		p.holders, p.restless = holders, now.Add(shardLife+shardRenew)
		p.renewed = time.Time{}
	}
	defer func() { p.Runner.holds.Store(int64(len(p.held))) }()
	if now.Sub(p.renewed) >= shardRenew {
		p.giveBack()
		p.renewed = now
		p.renew(call)
	} else if now.After(p.restless) {
		return
	}
	if now.After(p.patient) {
		p.fill(ctx, call)
	}
}

func (p *portion) attend(ctx context.Context) (holders int, err error) {
	call, cancel := context.WithTimeout(ctx, shardRenew)
	defer cancel()
	return p.Leases.Attend(call, p.Holder, shardLife)
}

// fair is how many shards are ours to hold.
func (p *portion) fair() int {
	return (p.Leases.Shards() + max(p.holders, 1) - 1) / max(p.holders, 1)
}

// giveBack gives back what is more than our portion.
func (p *portion) giveBack() {
	excess := map[int]*holding{}
	for n, h := range p.held {
		if len(p.held)-len(excess) <= p.fair() {
			break
		}
		excess[n] = h
	}
	for n := range excess {
		delete(p.held, n)
	}
	p.drop(excess)
}

// acquire takes or renews the lease on a shard.
func (p *portion) acquire(call context.Context, n int) (Hold, bool, error) {
	began := time.Now() // whenever Redis takes it, it is later
	lease, ok, err := p.Leases.Acquire(call, Shard(n), p.Holder, shardLife)
	return Hold{lease, began.Add(shardLife)}, ok, err
}

// renew keeps what is held, all at once, so that a shard which cannot be reached
// costs the others nothing: it stays in our hands, where it can do no harm once its
// lease ran out. The work on what is not ours any more ends.
func (p *portion) renew(call context.Context) {
	var all sync.WaitGroup
	var mu sync.Mutex
	lost := map[int]*holding{}
	for n, h := range p.held {
		all.Go(func() {
			hold, ok, err := p.acquire(call, n)
			switch {
			case err != nil:
			case ok:
				h.renew(hold)
			default:
				h.lose()
				mu.Lock()
				defer mu.Unlock()
				lost[n] = h
			}
		})
	}
	all.Wait()
	for n, h := range lost {
		<-h.done
		delete(p.held, n)
	}
}

// fill takes free shards up to our portion, and goes on next time where it had no
// time any more.
func (p *portion) fill(ctx, call context.Context) {
	for range p.Leases.Shards() {
		if len(p.held) >= p.fair() || call.Err() != nil {
			return
		}
		n := p.next % p.Leases.Shards()
		p.next = n + 1
		if p.held[n] != nil {
			continue
		}
		try, cancel := context.WithTimeout(call, fillTry)
		hold, ok, err := p.acquire(try, n)
		cancel()
		if err == nil && ok {
			p.held[n] = p.hold(ctx, n, hold)
		}
	}
}

// leave tells the others that we are going, which makes them take what we give
// back, and gives everything back.
func (p *portion) leave() {
	call, cancel := context.WithTimeout(context.Background(), shardRenew)
	defer cancel()
	if err := p.Leases.Leave(call, p.Holder); err != nil {
		p.Bot.Log.Warn("shards: the others do not know that we stop", "err", err)
	}
	p.drop(p.held)
	p.Runner.holds.Store(0)
}

// drop stops the work on shards, on all at once since each may have a call in
// hand, and gives each back as soon as it is done.
func (p *portion) drop(shards map[int]*holding) {
	var all sync.WaitGroup
	for n, h := range shards {
		h.stop()
		all.Go(func() {
			<-h.done
			call, cancel := context.WithTimeout(context.Background(), 2*time.Second)
			defer cancel()
			if err := p.Leases.Release(call, h.now().Lease); err != nil {
				p.Bot.Log.Warn("shards: not given back", "shard", n, "err", err)
			}
		})
	}
	all.Wait()
}
