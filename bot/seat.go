package bot

import (
	"context"
	"io"
	"sync"
	"time"
)

// seat is the right of one Send to make calls: each has a place of its own, the
// first of which may have been waited for before.
type seat struct {
	p     *pacer
	calls map[string]*pacer // of other calls
	class Class

	mu    sync.Mutex
	place *held // was waited for
	call  *held // carries the latest call
}

type seatKey struct{}

func seated(ctx context.Context, s *seat) context.Context {
	return context.WithValue(ctx, seatKey{}, s)
}

// Begin is asked by an adapter right before each call that its platform counts as
// a message. It waits for a place under the platform's limits where the message
// has none (any more), as for its second part, and asks StillOurs. On an error no
// call is to be made: the Send fails with Later, or as one of which a part has
// arrived. Otherwise its body is to go through InTime, and end to be called as soon
// as the call is over, with nil only if it has had an answer: one that was given up
// may still arrive, and its place waits for that before it rests.
func Begin(ctx context.Context) (end func(error), err error) {
	s, ok := ctx.Value(seatKey{}).(*seat)
	if !ok { // nobody keeps limits here
		return func(error) {}, StillOurs(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if s.place != nil {
			if err := StillOurs(ctx); err != nil {
				return nil, err
			}
			h := s.place
			s.place = nil
			if s.p.begin(h, s.class) {
				s.call = h
				return func(err error) {
					if err == nil {
						s.p.rested(h)
					}
				}, nil
			}
		}
		got, err := s.p.wait(ctx, s.class, false)
		if err != nil {
			return nil, err
		}
		if got.wait > 0 {
			return nil, ErrHeld
		}
		s.place = got.held
	}
}

// callWait is how long a message in hand waits for a place of another call.
const callWait = 5 * time.Second

// BeginCall is Begin for another call that a message needs, which its platform
// limits by itself: see Limits. It waits for no longer than a moment.
func BeginCall(ctx context.Context, name string) (end func(error), err error) {
	s, ok := ctx.Value(seatKey{}).(*seat)
	if !ok || s.calls[name] == nil { // nobody keeps limits here
		return func(error) {}, StillOurs(ctx)
	}
	waiting, done := context.WithTimeout(ctx, callWait)
	defer done()
	end, err = Begin(seated(waiting, &seat{p: s.calls[name], class: s.class}))
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return nil, ErrHeld
	}
	return end, err
}

// InTime is the body of a call that has begun, and what makes it anew for another
// try, nil if there is none. A body fails with ErrLate at its first byte when it is
// too late for the place of the call: a connection that takes long, or a process
// that is frozen, would let it arrive when nobody counts on it.
func InTime(ctx context.Context, body io.ReadCloser, anew func() (io.ReadCloser, error)) (io.ReadCloser, func() (io.ReadCloser, error)) {
	s, ok := ctx.Value(seatKey{}).(*seat)
	if !ok || body == nil {
		return body, anew
	}
	var leave time.Time // without a call it is too late
	s.mu.Lock()
	if s.call != nil {
		leave = s.call.leave
	}
	s.mu.Unlock()
	timed := func(body io.ReadCloser) io.ReadCloser { return &onTime{ReadCloser: body, leave: leave} }
	if anew == nil {
		return timed(body), nil
	}
	return timed(body), func() (io.ReadCloser, error) {
		again, err := anew()
		if err != nil {
			return nil, err
		}
		return timed(again), nil
	}
}

type onTime struct {
	io.ReadCloser
	leave  time.Time // its first byte leaves before, or never
	leaves bool
}

func (b *onTime) Read(p []byte) (int, error) {
	if !b.leaves {
		if passed(b.leave, time.Now()) {
			return 0, ErrLate
		}
		b.leaves = true
	}
	return b.ReadCloser.Read(p)
}

// leaves gives back a place that was not used.
func (s *seat) leaves() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.place != nil {
		s.p.drop(s.place)
		s.place = nil
	}
}
