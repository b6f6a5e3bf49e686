package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"onestep/adapters/slack"
	"onestep/adapters/telegram"
	"onestep/bot"
	"onestep/bot/store"
)

// program is onestep put together: one store, one bot, its adapters, and the
// runner of timers and delivery.
type program struct {
	bot      *bot.Bot
	runner   *bot.Runner
	adapters []bot.Adapter
	log      *slog.Logger
}

// parts is what a program is put together from.
type parts struct {
	store    *store.Store
	library  *bot.Library
	teams    []bot.Team
	adapters []bot.Adapter
	settle   map[string]time.Duration
	now      func() time.Time // the clock that people live by
	wall     func() time.Time // real time
	rate     float64          // how much faster now runs than wall
	log      *slog.Logger
	meter    bot.Meter
	// holder names this process to the others. It must be the same after a
	// restart and never that of two at once.
	holder string
}

// assemble wires the parts. It writes the teams' conversations to the
// store, and starts nothing.
func assemble(ctx context.Context, p parts) (*program, error) {
	b := &bot.Bot{
		Store: p.store, Scripts: p.library, Teams: p.teams, Links: map[string]bot.Linker{}, Settle: p.settle,
		Now: p.now, Random: rand.Reader, Log: p.log, Meter: p.meter,
	}
	byPlatform := map[string]bot.Adapter{}
	for _, a := range p.adapters {
		byPlatform[a.Platform()] = a
		b.Links[a.Platform()], _ = a.(bot.Linker)
	}
	runner := &bot.Runner{
		Bot:      b,
		Delivery: &bot.Delivery{Bot: b, Outbox: p.store, Adapters: byPlatform, Known: []string{telegram.Name, slack.Platform}, Budget: p.store, Wall: p.wall, Rate: p.rate},
		Agenda:   p.store, Leases: p.store, Holder: p.holder, Rate: p.rate,
	}
	b.Wake, b.Paused = runner.Wake, runner.Delivery.Paused
	if err := b.Prepare(ctx); err != nil {
		return nil, err
	}
	return &program{bot: b, runner: runner, adapters: p.adapters, log: p.log}, nil
}

// sendBare makes one attempt at a message that no outbox holds.
func (p *program) sendBare(ctx context.Context, m bot.Message) error {
	for _, a := range p.adapters {
		if a.Platform() == m.Chat.Platform {
			_, err := a.Send(ctx, m)
			return err
		}
	}
	return fmt.Errorf("there is no adapter for the platform of %s", m.ID)
}

// receiverTime is how long shards wait, at a stop, for receivers to end: enough
// for turns in hand. A receiver can take longer when its platform is away, and
// the shards are to be with another replica within two seconds.
const receiverTime = 400 * time.Millisecond

// run works until ctx ends, then stops in the order in which a message
// travels: receivers first, so that no turn begins that nobody would finish;
// then timers and delivery, so that what those turns said still leaves.
func (p *program) run(ctx context.Context, in bot.Inbox) {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var delivery, receivers sync.WaitGroup
	delivery.Go(func() { p.runner.Run(background) })
	for _, a := range p.adapters {
		receivers.Go(func() {
			if err := a.Receive(ctx, in); err != nil {
				p.log.Error("a platform has ended for good; mend it and start again", "platform", a.Platform(), "err", err)
			}
		})
	}
	<-ctx.Done()
	received := make(chan struct{})
	go func() { receivers.Wait(); close(received) }()
	select {
	case <-received:
	case <-time.After(receiverTime):
	}
	stop()
	delivery.Wait()
	<-received
}
