package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

var (
	//go:embed places.lua
	placesLua    string
	placesScript = redis.NewScript(placesLua)

	//go:embed hold.lua
	holdLua    string
	holdScript = redis.NewScript(holdLua)
)

// Places takes places of a platform back and gives others: see bot.Budget. The
// clock of Redis only spreads what is planned.
func (s *Store) Places(ctx context.Context, platform string, a bot.Ask) (bot.Given, error) {
	if platform == "" || a.ID == "" || a.Who == "" || a.All < 1 || a.Answers < 0 || a.Planned < 0 || a.Every < time.Microsecond {
		return bot.Given{}, errors.New("store: places: they need a platform, who asks in which question, their number and a space of at least 1 µs")
	}
	ctx, cancel := patience(ctx)
	defer cancel()
	args := []any{a.ID, a.Who, a.All, a.Answers, a.Planned, a.Every.Microseconds(), len(a.Keep)}
	for _, p := range slices.Concat(a.Keep, a.Back) {
		args = append(args, p.N, p.By)
	}
	got, err := s.run(ctx, placesScript, []string{s.keys.places(platform)}, args...).Slice()
	if err != nil {
		return bot.Given{}, fmt.Errorf("store: places on %s: %w", platform, err)
	}
	g, ok := given(got)
	if !ok {
		return bot.Given{}, fmt.Errorf("store: places on %s: unknown answer", platform)
	}
	return g, nil
}

// given reads the answer of places.lua.
func given(got []any) (g bot.Given, ok bool) {
	if len(got) != 6 {
		return g, false
	}
	answers, ok1 := got[0].(int64)
	planned, ok2 := got[1].(int64)
	wait, ok3 := got[2].(int64)
	places, ok4 := numbers(got[3])
	kept, ok5 := numbers(got[4])
	held, ok6 := got[5].([]any)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !ok6 || len(held)%2 != 0 {
		return g, false
	}
	g.Hold[bot.Answer], g.Hold[bot.Planned] = time.Duration(answers)*time.Microsecond, time.Duration(planned)*time.Microsecond
	g.Wait = time.Duration(wait) * time.Microsecond
	g.Places, g.Kept = places, kept
	for i := 0; i < len(held); i += 2 {
		n, ok1 := held[i].(string)
		by, ok2 := held[i+1].(string)
		number, err := strconv.Atoi(n)
		if !ok1 || !ok2 || err != nil {
			return g, false
		}
		g.Held = append(g.Held, bot.Place{N: number, By: by})
	}
	return g, true
}

func numbers(got any) (all []int, ok bool) {
	list, ok := got.([]any)
	for _, one := range list {
		n, is := one.(int64)
		ok = ok && is
		all = append(all, int(n))
	}
	return all, ok
}

// Hold keeps every replica from a platform for so long: see bot.Budget.
func (s *Store) Hold(ctx context.Context, platform string, wait time.Duration) error {
	if platform == "" || wait < 0 {
		return errors.New("store: hold: it needs a platform and a time")
	}
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.run(ctx, holdScript, []string{s.keys.places(platform)}, wait.Microseconds()).Err(); err != nil {
		return fmt.Errorf("store: hold %s: %w", platform, err)
	}
	return nil
}
