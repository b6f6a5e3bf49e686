package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"onestep/launch"
	"onestep/torture/checker"
)

// How often harm is done: so many times in the whole run, spread evenly with
// chance, and never less than least.
type often struct {
	every time.Duration
	least int
	do    func(ctx context.Context, w *world, random *rand.Rand)
}

// harms is everything that is done to the program from outside.
func (o options) harms() []often {
	return []often{
		{6 * time.Second, 10, killReplica},
		{40 * time.Second, 2, restartReplica},
		{time.Duration(float64(45*time.Second) / o.Freezes), 2, freezeReplica},
		{55 * time.Second, 2, killRedis},
		{100 * time.Second, 1, freezeRedis},
		{55 * time.Second, 2, storm},
		{90 * time.Second, 1, cutTelegram},
		{110 * time.Second, 1, cutSlack},
		{8 * time.Second, 6, repeatUpdates},
		{15 * time.Second, 3, shakeSockets},
		{4 * time.Minute, 1, changeWays},
	}
}

// torment does all harm until ctx ends, and returns when none is going on.
func (w *world) torment(ctx context.Context) {
	var all sync.WaitGroup
	for i, harm := range w.harms() {
		random := rand.New(rand.NewPCG(w.Seed, uint64(i)))
		every := min(time.Duration(float64(harm.every)/w.Harder), w.Length/time.Duration(harm.least+1))
		all.Go(func() {
			for {
				wait := every/2 + time.Duration(random.Int64N(int64(every)))
				if !sleep(ctx, wait) {
					return
				}
				harm.do(ctx, w, random)
			}
		})
	}
	all.Wait()
}

// sleep is false when ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// wrongest is how wrong a clock can be: an hour or more of the people's time.
const wrongest = 2 * time.Second

// ahead is how wrong the clock of the next start is: mostly not at all.
func ahead(random *rand.Rand) time.Duration {
	if random.IntN(3) > 0 {
		return 0
	}
	return time.Duration(random.Int64N(int64(2*wrongest))) - wrongest
}

// pause is how long a process stays away: mostly a moment, sometimes longer than
// its leases live.
func pause(random *rand.Rand) time.Duration {
	if random.IntN(12) == 0 {
		return 11 * time.Second
	}
	return time.Duration(random.IntN(1500)) * time.Millisecond
}

// anyReplica gives one that is up and fits, and waits for it if need be. ok is
// false when ctx ended first.
func anyReplica(ctx context.Context, w *world, random *rand.Rand, fits func(*replica) bool) (r *replica, running *launch.Replica, free func(), ok bool) {
	for ctx.Err() == nil {
		for _, n := range random.Perm(len(w.replicas)) {
			r := w.replicas[n]
			if running, free, ok := r.seize(); ok && fits(r) {
				return r, running, free, true
			} else if ok {
				free()
			}
		}
		sleep(ctx, 100*time.Millisecond)
	}
	return nil, nil, nil, false
}

func up(*replica) bool { return true }

func killReplica(ctx context.Context, w *world, random *rand.Rand) {
	r, running, free, ok := anyReplica(ctx, w, random, up)
	if !ok {
		return
	}
	defer free()
	r.next(pause(random), ahead(random))
	over := w.harm(killed, checker.Death, r.place())
	running.Kill()
	over()
}

func restartReplica(ctx context.Context, w *world, random *rand.Rand) {
	r, running, free, ok := anyReplica(ctx, w, random, (*replica).listens)
	if !ok {
		return
	}
	defer free()
	r.next(pause(random), ahead(random))
	over := w.blow(asked)
	if err := running.Stop(40 * time.Second); err != nil {
		w.wrong("asked to stop: %v", err)
	}
	over()
}

func freezeReplica(ctx context.Context, w *world, random *rand.Rand) {
	r, running, free, ok := anyReplica(ctx, w, random, up)
	if !ok {
		return
	}
	defer free()
	over := w.harm(frozen, checker.Freeze, r.place())
	running.Freeze()
	sleep(ctx, time.Duration(500+random.IntN(12_000))*time.Millisecond)
	running.Thaw()
	over()
}

// The blows by name.
const (
	killed      = "kill -9 of onestep"
	asked       = "SIGTERM of onestep"
	frozen      = "SIGSTOP of onestep"
	redisKilled = "kill -9 of Redis"
	redisFrozen = "SIGSTOP of Redis"
	stormed     = "storm of 429"
	repeated    = "updates repeated"
	wrongClock  = "start with a wrong clock"
	otherWays   = "ways in changed"
)

// everyHarm lists those that must come in any run.
var everyHarm = []string{killed, asked, frozen, redisKilled, redisFrozen, stormed, repeated, wrongClock, otherWays}

// redisHarm keeps two kinds of harm to Redis apart.
var redisHarm sync.Mutex

func killRedis(ctx context.Context, w *world, random *rand.Rand) {
	redisHarm.Lock()
	defer redisHarm.Unlock()
	over := w.harm(redisKilled, checker.Outage, "")
	w.redis.Kill()
	sleep(ctx, time.Duration(random.IntN(3000))*time.Millisecond)
	w.redis.Restart()
	over()
}

func freezeRedis(ctx context.Context, w *world, random *rand.Rand) {
	redisHarm.Lock()
	defer redisHarm.Unlock()
	over := w.harm(redisFrozen, checker.Outage, "")
	w.redis.Freeze()
	sleep(ctx, time.Duration(300+random.IntN(5000))*time.Millisecond)
	w.redis.Thaw()
	over()
}

func storm(ctx context.Context, w *world, random *rand.Rand) {
	over := w.strikes(checker.Blow{What: stormed, Harm: checker.Weather})
	length := time.Duration(2000+random.IntN(5000)) * time.Millisecond
	w.sky.brew(length)
	sleep(ctx, length) // the end of harm ends it as well
	over()
}

func cutTelegram(ctx context.Context, w *world, random *rand.Rand) {
	over := w.strikes(checker.Blow{What: "outage of Telegram", Harm: checker.Weather, Platform: "telegram", Cuts: true})
	_ = w.telegram.Outage(true)
	sleep(ctx, time.Duration(500+random.IntN(4000))*time.Millisecond)
	if err := w.telegram.Outage(false); err != nil {
		w.wrong("the stage: Telegram cannot come back: %v", err)
	}
	over()
}

func cutSlack(ctx context.Context, w *world, random *rand.Rand) {
	over := w.strikes(checker.Blow{What: "outage of Slack", Harm: checker.Weather, Platform: "slack", Cuts: true})
	_ = w.slack.Outage(true)
	sleep(ctx, time.Duration(500+random.IntN(4000))*time.Millisecond)
	var err error
	if !eventually(5*time.Second, func() bool { err = w.slack.Outage(false); return err == nil }) {
		w.wrong("the stage: Slack cannot come back: %v", err)
	}
	over()
}

func changeWays(_ context.Context, w *world, _ *rand.Rand) { w.changeWays() }

func repeatUpdates(_ context.Context, w *world, random *rand.Rand) {
	w.blow(repeated)
	w.telegram.RepeatLast(1 + random.IntN(40))
	w.slack.RepeatLast(1 + random.IntN(40))
}

// shakeSockets recycles Slack's connections, cuts them, or brings everything
// over all of them at once for a while.
func shakeSockets(ctx context.Context, w *world, random *rand.Rand) {
	w.blow("Slack's sockets shaken")
	switch random.IntN(4) {
	case 0:
		w.slack.CutSockets()
	case 1:
		w.slack.Refresh("warning")
	case 2:
		w.slack.Refresh("refresh_requested")
	default:
		w.slack.Double(true)
		sleep(ctx, 3*time.Second)
		w.slack.Double(false)
	}
}
