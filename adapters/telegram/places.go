package telegram

import (
	"context"
	"log/slog"

	"onestep/bot"
)

// atOnce is how many updates are given to the inbox at the same time.
const atOnce = 16

// places bounds what is at the inbox at the same time. Repeats have half of it:
// however many people live in a part of the store that is slow to refuse, those
// of the other parts find a place.
type places struct {
	all, repeats chan struct{}
	log          *slog.Logger
}

func newPlaces(log *slog.Logger) places {
	return places{log: log, all: make(chan struct{}, atOnce), repeats: make(chan struct{}, atOnce/2)}
}

// bring gives an update to the inbox once there is a place, in the context try,
// unless stop ends before.
func (p places) bring(stop, try context.Context, in bot.Inbox, u bot.Update, again bool) (err error) {
	if again {
		if !enter(stop, p.repeats) {
			return stop.Err()
		}
		defer leave(p.repeats)
	}
	if !enter(stop, p.all) {
		return stop.Err()
	}
	defer leave(p.all)
	defer bot.Recover(p.log, &err)
	return in.Take(try, u)
}

func enter(stop context.Context, place chan struct{}) bool {
	select {
	case <-stop.Done():
		return false
	case place <- struct{}{}:
	}
	if stop.Err() != nil {
		leave(place)
		return false
	}
	return true
}

func leave(place chan struct{}) { <-place }
