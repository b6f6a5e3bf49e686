package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// shift is the delivery of one shard while we hold it. It takes what is ready
// as far as there is room, and lets each attempt run by itself: a slow platform
// or a full one holds up nothing but its own.
type shift struct {
	d    *Delivery
	hold func() Hold
	poke func()      // makes the shift look again
	fail func(error) // gets what went wrong with one attempt

	hands sync.WaitGroup // attempts under way
	mu    sync.Mutex
	busy  map[kind]int
	// wants are the platforms with limits for which something planned is
	// ready.
	wants map[string]bool
}

// kind is what a room is for.
type kind struct {
	platform string
	class    Class
}

// Round attempts once what is ready in one shard, and tells how many entries
// that were. It returns when all outcomes are settled.
func (d *Delivery) Round(ctx context.Context, lease Lease) (int, error) {
	var mu sync.Mutex
	var errs []error
	s := d.shift(func() Hold { return Hold{Lease: lease} }, func() {}, func(err error) {
		mu.Lock()
		defer mu.Unlock()
		errs = append(errs, err)
	})
	for platform := range d.Adapters {
		s.wants[platform] = true
	}
	n, _, err := s.take(ctx)
	s.hands.Wait()
	return n, errors.Join(append(errs, err)...)
}

// Work delivers from one shard until ctx ends, and returns once every attempt
// in hand is settled. It looks again at each poke, and pokes itself.
func (d *Delivery) Work(ctx context.Context, hold func() Hold, pokes chan struct{}) {
	poke := func() {
		select {
		case pokes <- struct{}{}:
		default:
		}
	}
	s := d.shift(hold, poke, func(err error) {
		if !errors.Is(err, ErrFenced) {
			d.Bot.Log.Warn("an attempt could not be ended", "shard", hold().Name, "err", err)
		}
	})
	defer s.hands.Wait()
	for ctx.Err() == nil {
		_, more, err := s.take(ctx)
		wait := rest
		switch {
		case errors.Is(err, ErrFenced):
			// The lease ran out, as in an outage of the store. Either it is
			// taken anew, or this work is ended.
		case err != nil && ctx.Err() == nil:
			d.Bot.Log.LogAttrs(ctx, slog.LevelWarn, "delivery failed", slog.String("shard", hold().Name), slog.Any("err", err))
			wait = time.Second
		case more:
			continue
		}
		select {
		case <-ctx.Done():
		case <-pokes:
		case <-time.After(wait):
		}
	}
}

func (d *Delivery) shift(hold func() Hold, poke func(), fail func(error)) *shift {
	d.once.Do(d.prepare)
	return &shift{d: d, hold: hold, poke: poke, fail: fail, busy: map[kind]int{}, wants: map[string]bool{}}
}

// prepare makes the pacers, and what knows of outages.
func (d *Delivery) prepare() {
	who := rand.Text() // so that no two processes ever ask the same question for places
	d.pacers, d.outages = map[string]*pacer{}, map[string]*outage{}
	d.limits, d.calls = map[string]Limits{}, map[string]map[string]*pacer{}
	for platform, a := range d.Adapters {
		if l, ok := a.(Limited); ok && d.Budget != nil {
			d.limits[platform] = l.Limits()
		}
		paced := func(budget string, l Limit) *pacer {
			p := newPacer(budget, l, d.Budget, d.Wall, who)
			p.warn = func(err error) {
				d.Bot.Log.Warn("nothing leaves, as nobody can say how much others send", "platform", budget, "err", err)
			}
			return p
		}
		p := paced(platform, d.limits[platform].Whole)
		d.calls[platform] = map[string]*pacer{}
		for name, l := range d.limits[platform].Calls {
			d.calls[platform][name] = paced(platform+"."+name, l)
		}
		d.pacers[platform], d.outages[platform] = p, &outage{}
		if a, ok := a.(Paced); ok {
			a.Pace(p.place)
		}
	}
	all := slices.Concat([]string{""}, slices.Collect(maps.Keys(d.Adapters)), d.Known)
	slices.Sort(all)
	d.platforms = slices.Compact(all)
}

// take takes what is ready and begins the attempts: how many, and whether to
// take again at once.
func (s *shift) take(ctx context.Context) (n int, again bool, err error) {
	rooms, lent := s.rooms()
	defer func() {
		for platform, left := range lent {
			s.d.pacers[platform].giveBack(left)
			s.d.pacers[platform].end(left)
		}
	}()
	hold, now := s.hold(), time.Now()
	if hold.over(now) {
		return 0, false, ErrFenced // nothing that we took now would leave
	}
	right := hold.claim(now, s.hold)
	// What Redis has given must not be lost on the way because we are to stop: it
	// would count as something that may have been sent.
	call, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(stopTime, cancel) })()
	taken, more, err := s.d.Outbox.TakeReady(call, hold.Lease, s.d.Wall(), rooms, attemptLife)
	if err != nil {
		return 0, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range taken {
		k := kind{l.Chat.Platform, l.Class}
		mine := l.Class == Planned && lent[k.platform] > 0
		if mine {
			lent[k.platform]--
		}
		s.busy[k]++
		s.hands.Go(func() {
			more, err := s.d.one(ctx, right, l, mine)
			if err != nil {
				s.fail(err)
			}
			if mine {
				s.d.pacers[k.platform].end(1)
			}
			s.mu.Lock()
			full := s.busy[k] >= atOnce
			s.busy[k]--
			s.mu.Unlock()
			if more || full {
				s.poke()
			}
		})
	}
	for i, r := range rooms {
		full := s.busy[kind{r.Platform, r.Class}] >= atOnce
		if r.Class == Planned && s.d.limits[r.Platform].Whole.Every > 0 {
			// Once it is known that there is something, places are asked for;
			// while there are none, they poke us when they come.
			s.wants[r.Platform] = more[i]
			full = full || s.d.pause(r.Platform, Planned) > 0 || more[i] && !s.d.pacers[r.Platform].free(s)
		} else {
			full = full || r.Most == 0
		}
		again = again || more[i] && !full
	}
	return len(taken), again, nil
}

// rooms is what to take now, and for how many planned messages each platform
// has lent.
func (s *shift) rooms() ([]Room, map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rooms []Room
	lent := map[string]int{}
	for _, platform := range s.d.platforms {
		for _, class := range []Class{Answer, Planned} {
			r := Room{Platform: platform, Class: class, Most: max(atOnce-s.busy[kind{platform, class}], 0)}
			if p := s.d.pacers[platform]; p != nil {
				switch {
				case s.d.pause(platform, class) > 0:
					r.Most = 0
				case class == Planned && p.every > 0 && s.wants[platform] && r.Most > 0:
					lent[platform] = p.lend(min(r.Most, slice/2), s)
					r.Most = lent[platform]
				case class == Planned && p.every > 0:
					r.Most = 0
				}
			}
			rooms = append(rooms, r)
		}
	}
	return rooms, lent
}
