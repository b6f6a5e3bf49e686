package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// How often harm is done: so many times in the whole run, spread evenly with
// chance, and never less than least.
type often struct {
	every time.Duration
	least int
	do    func(ctx context.Context, w *world, random *rand.Rand, sky *weather)
}

// harms is everything that is done to the program from outside.
func harms() []often {
	return []often{
		{6 * time.Second, 10, killReplica},
		{40 * time.Second, 2, restartReplica},
		{45 * time.Second, 2, freezeReplica},
		{65 * time.Second, 2, killRedis},
		{100 * time.Second, 1, freezeRedis},
		{55 * time.Second, 2, storm},
		{90 * time.Second, 1, cutTelegram},
		{110 * time.Second, 1, cutSlack},
		{8 * time.Second, 6, repeatUpdates},
		{15 * time.Second, 3, shakeSockets},
	}
}

// torment does all harm until ctx ends, and returns when none is going on.
func (w *world) torment(ctx context.Context, sky *weather) {
	var all sync.WaitGroup
	for i, harm := range harms() {
		random := rand.New(rand.NewPCG(w.Seed, uint64(i)))
		every := min(time.Duration(float64(harm.every)/w.Harder), w.Length/time.Duration(harm.least+1))
		all.Go(func() {
			for {
				wait := every/2 + time.Duration(random.Int64N(int64(every)))
				if !sleep(ctx, wait) {
					return
				}
				harm.do(ctx, w, random, sky)
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

func killReplica(_ context.Context, w *world, random *rand.Rand, _ *weather) {
	r := w.replicas[random.IntN(len(w.replicas))]
	running, free, ok := r.seize()
	if !ok {
		return
	}
	defer free()
	r.next(pause(random), ahead(random))
	w.blow("kill -9 of onestep")
	running.Kill()
}

func restartReplica(_ context.Context, w *world, random *rand.Rand, _ *weather) {
	r := w.replicas[random.IntN(len(w.replicas))]
	running, free, ok := r.seize()
	if !ok {
		return
	}
	defer free()
	if !r.listens() {
		return
	}
	r.next(pause(random), ahead(random))
	over := w.blow("SIGTERM of onestep")
	if err := running.Stop(40 * time.Second); err != nil {
		w.wrong("asked to stop: %v", err)
	}
	over()
}

func freezeReplica(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
	r := w.replicas[random.IntN(len(w.replicas))]
	running, free, ok := r.seize()
	if !ok {
		return
	}
	defer free()
	over := w.blow(frozen)
	running.Freeze()
	sleep(ctx, time.Duration(500+random.IntN(12_000))*time.Millisecond)
	running.Thaw()
	over()
}

// frozen is the blow from which a process wakes up with what it had in hand.
const frozen = "SIGSTOP of onestep"

// redisHarm keeps two kinds of harm to Redis apart.
var redisHarm sync.Mutex

func killRedis(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
	redisHarm.Lock()
	defer redisHarm.Unlock()
	over := w.blow("kill -9 of Redis")
	w.redis.Kill()
	sleep(ctx, time.Duration(random.IntN(3000))*time.Millisecond)
	w.redis.Restart()
	over()
}

func freezeRedis(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
	redisHarm.Lock()
	defer redisHarm.Unlock()
	over := w.blow("SIGSTOP of Redis")
	w.redis.Freeze()
	sleep(ctx, time.Duration(300+random.IntN(5000))*time.Millisecond)
	w.redis.Thaw()
	over()
}

func storm(_ context.Context, w *world, random *rand.Rand, sky *weather) {
	w.blow("storm of 429")
	sky.brew(time.Duration(2000+random.IntN(5000)) * time.Millisecond)
}

func cutTelegram(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
	over := w.blow("outage of Telegram")
	_ = w.telegram.Outage(true)
	sleep(ctx, time.Duration(500+random.IntN(4000))*time.Millisecond)
	if err := w.telegram.Outage(false); err != nil {
		w.wrong("the stage: Telegram cannot come back: %v", err)
	}
	over()
}

func cutSlack(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
	over := w.blow("outage of Slack")
	_ = w.slack.Outage(true)
	sleep(ctx, time.Duration(500+random.IntN(4000))*time.Millisecond)
	var err error
	if !eventually(5*time.Second, func() bool { err = w.slack.Outage(false); return err == nil }) {
		w.wrong("the stage: Slack cannot come back: %v", err)
	}
	over()
}

func repeatUpdates(_ context.Context, w *world, random *rand.Rand, _ *weather) {
	w.blow("updates repeated")
	w.telegram.RepeatLast(1 + random.IntN(40))
	w.slack.RepeatLast(1 + random.IntN(40))
}

// shakeSockets recycles Slack's connections, cuts them, or brings everything
// over all of them at once for a while.
func shakeSockets(ctx context.Context, w *world, random *rand.Rand, _ *weather) {
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
