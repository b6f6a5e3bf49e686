package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"onestep/bot"
)

// speed is how many times faster than real time the people's clock runs,
// written as 600x.
type speed float64

// UnmarshalText reads "600x" or "600".
func (s *speed) UnmarshalText(text []byte) error {
	n, err := strconv.ParseFloat(strings.TrimSuffix(string(text), "x"), 64)
	if err != nil || n < 1 || n > 100_000 {
		return fmt.Errorf("%q is not a speed; write it as 600x, from 1x to 100000x", text)
	}
	*s = speed(n)
	return nil
}

// wall is the clock of this machine, wrong by as much as a rehearsal asks for.
func (c serveCommand) wall() (func() time.Time, error) {
	if c.Ahead == 0 {
		return time.Now, nil
	}
	if c.Rehearsal == 1 {
		return nil, errors.New("a clock can only be wrong on purpose in a rehearsal")
	}
	return func() time.Time { return time.Now().Add(c.Ahead) }, nil
}

// rehearse gives the clock that people live by. A fast clock starts from an
// instant that the store remembers, so that a restart does not turn it back
// and all replicas agree.
func rehearse(ctx context.Context, claims bot.Turns, rate speed, wall func() time.Time) (func() time.Time, error) {
	if rate == 1 {
		return wall, nil
	}
	holder, err := claims.Claim(ctx, fmt.Sprintf("rehearsal:%g", rate), time.Now().UTC().Format(time.RFC3339Nano), 0)
	if err != nil {
		return nil, err
	}
	epoch, err := time.Parse(time.RFC3339Nano, holder)
	if err != nil {
		return nil, fmt.Errorf("the start of the rehearsal: %w", err)
	}
	return bot.Rehearsal(epoch, float64(rate), wall), nil
}
