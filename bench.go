package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/bot/store/bare"
)

// benchCommand measures this build on this machine.
type benchCommand struct {
	Turns    benchTurns    `cmd:"" help:"Turns a second: from a reply to its commit."`
	Delivery benchDelivery `cmd:"" help:"How long answers take while a broadcast goes out under Telegram's limits."`
	Memory   benchMemory   `cmd:"" help:"Bytes of Redis for each patient, between check-ins and during one."`
	Read     benchRead     `cmd:"" help:"How well replies are read: a scoreboard over labelled replies."`
	Growth   benchGrowth   `cmd:"" help:"What a turn and a due timer cost as the number of patients grows."`
	Due      benchDue      `cmd:"" help:"Check-ins a second when very many come due at one instant."`
}

// Figures of all measurements.
const (
	// The prefix is as long as that of serve, since keys take memory too.
	benchPrefix = "benched:"
	// benchInFlight is how many turns are under way at once.
	benchInFlight = 64
)

// bench is a bot without platforms on a Redis of its own, and a life to
// multiply.
type bench struct {
	bare  *bare.Redis
	store *store.Store
	// filler writes what is there before a measurement.
	filler *store.Store
	bot    *bot.Bot
	life   *life
}

// openBench opens the Redis of ONESTEP_REDIS_URL if nobody else's data is in
// it, and empties it. The caller closes the result.
func openBench(w world) (b *bench, err error) {
	url := w.env("ONESTEP_REDIS_URL")
	if url == "" {
		return nil, errors.New("set ONESTEP_REDIS_URL to an empty Redis database, such as redis://127.0.0.1:6379/15; it is filled and emptied again")
	}
	b = &bench{}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	b.bare, err = bare.Open(w.Context, url, benchPrefix)
	if errors.Is(err, bare.ErrNotOurs) {
		return b, errors.New("the database of ONESTEP_REDIS_URL holds other data, and a measurement fills and empties it; choose an empty one, such as the /15 at the end of redis://127.0.0.1:6379/15")
	}
	if err != nil {
		return b, fmt.Errorf("bench: %w", err)
	}
	if err := b.bare.Wipe(w.Context, ""); err != nil {
		return b, fmt.Errorf("bench: %w", err)
	}
	if b.life, err = live(w); err != nil {
		return b, fmt.Errorf("bench: %w", err)
	}
	keyset, err := store.NewKeyset()
	if err != nil {
		return b, err
	}
	now := func() time.Time { return b.life.open.at }
	for _, s := range []**store.Store{&b.store, &b.filler} {
		if *s, err = store.Open(w.Context, store.Options{URL: url, Prefix: benchPrefix, Keyset: keyset, Now: now}); err != nil {
			return b, err
		}
	}
	scripts, err := readScripts("")
	if err != nil {
		return b, err
	}
	library, err := bot.NewLibrary(w.Context, b.store, scripts)
	if err != nil {
		return b, err
	}
	b.bot = &bot.Bot{
		Store: b.store, Scripts: library, Teams: []bot.Team{b.life.team}, Now: now,
		Random: rand.Reader, Log: slog.New(slog.DiscardHandler), Meter: newMetrics(), Wake: func(string) {},
	}
	return b, nil
}

// close empties the database and ends all connections.
func (b *bench) close() error {
	var errs []error
	for _, s := range []*store.Store{b.store, b.filler} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	if b.bare != nil {
		if b.store != nil { // it was ours
			errs = append(errs, b.bare.Wipe(context.Background(), ""))
		}
		errs = append(errs, b.bare.Close())
	}
	return errors.Join(errs...)
}

// measured takes one measurement on the Redis of ONESTEP_REDIS_URL and prints
// what it tells, for people or as one JSON object. What is told on the way is
// for people alone.
func measured(w world, name string, asJSON bool, measure func(b *bench, told io.Writer) (fmt.Stringer, error)) (err error) {
	b, err := openBench(w)
	if err != nil {
		return err
	}
	defer func() {
		if e := b.close(); err == nil {
			err = e
		}
	}()
	told := w.Out
	if asJSON {
		told = io.Discard
	}
	result, err := measure(b, told)
	if err != nil {
		return fmt.Errorf("bench %s: %w", name, err)
	}
	if asJSON {
		return printJSON(w.Out, result)
	}
	_, err = io.WriteString(w.Out, result.String())
	return err
}

// benchChat is the chat of the nth made-up patient.
func benchChat(n int) bot.Chat {
	return bot.Chat{Platform: "telegram", ID: strconv.Itoa(benchUser + n)}
}

// replies takes one reply of each patient from one number on through its turn.
func (b *bench) reply(ctx context.Context, round, patient int, text string) error {
	chat := benchChat(patient)
	return b.bot.Take(ctx, bot.Update{
		ID: fmt.Sprintf("telegram:%d:%d", round, patient), Kind: bot.Wrote, Chat: chat, Private: true,
		Sender: chat.ID, Text: text, At: b.life.open.at,
	})
}

// atOnce calls do for 0 to n-1, so many at a time, until all are done or one
// fails.
func atOnce(ctx context.Context, workers, n int, do func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(ctx, i); err != nil {
					stop(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// printJSON prints a result as one JSON object.
func printJSON(out io.Writer, result any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(result)
}
