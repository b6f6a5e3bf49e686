package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"

	"onestep/adapters/simulator"
	"onestep/bot"
	"onestep/bot/store"
	"onestep/config"
)

// clock is a people's clock that stands still until it is set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// stage is a whole onestep in one process: the same parts as serve, on a Redis
// in memory, a platform in memory and a clock that jumps.
type stage struct {
	ctx      context.Context
	redis    *miniredis.Miniredis
	store    *store.Store
	program  *program
	platform *simulator.Adapter
	clock    *clock
	zone     *time.Location
	leases   []bot.Lease
	panes    []simulator.Pane
	terminal *simulator.Terminal // nil while a page shows the chats
	pace     time.Duration       // how long each post stands alone
	shown    int                 // posts shown so far

	leah, sam, priya, ada *player
	chorus                []*player
	players               []*player // all of the above
	stop                  context.CancelFunc
	received              chan error
	mu                    sync.Mutex // held while the stage settles
}

// The places of the demo.
const (
	demoZone    = "Europe/London"
	demoChannel = "#harbour-team"
	// demoShards is one: there is nobody to share the work with.
	demoShards = 1
	// demoLease outlasts any visit; nobody else wants the lease.
	demoLease = 1000 * time.Hour
)

// demoTeam is what onestep.yaml declares elsewhere.
func demoTeam(zone *time.Location) config.Team {
	return config.Team{
		ID: "harbour", Name: "Harbour team", Zone: zone, Language: "en",
		Channel:      config.Address{Platform: simulator.Platform, ID: demoChannel},
		Leads:        []config.Address{{Platform: simulator.Platform, ID: "leah"}},
		Hours:        config.Hours{Days: config.Days{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * 60, To: 17 * 60},
		Quiet:        config.Quiet{From: 20 * 60, To: 9 * 60},
		BankHolidays: config.EnglandAndWales,
		Summary:      config.Weekly{Day: time.Monday, At: 9 * 60},
	}
}

// openStage builds the stage, with so many patients beside Ada. The caller
// closes it.
func openStage(w world, chorus int) (s *stage, err error) {
	ctx, stop := context.WithCancel(w.Context)
	s = &stage{ctx: ctx, stop: stop, clock: &clock{}, received: make(chan error, 1)}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if s.zone, err = time.LoadLocation(demoZone); err != nil {
		return s, err
	}
	s.clock.set(demoBegins(s.zone))
	if s.redis, err = miniredis.Run(); err != nil {
		return s, fmt.Errorf("the Redis in memory does not start: %w", err)
	}
	keyset, err := store.NewKeyset()
	if err != nil {
		return s, err
	}
	// Only what went wrong is of interest; the chats are on the screen.
	log := slog.New(slog.NewTextHandler(w.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.store, err = store.Open(ctx, store.Options{URL: "redis://" + s.redis.Addr(), Shards: demoShards, Keyset: keyset, Now: s.clock.now, Log: log})
	if err != nil {
		return s, err
	}
	scripts, err := readScripts("")
	if err != nil {
		return s, err
	}
	s.platform = simulator.New(simulator.Config{Now: s.clock.now, Log: log})
	s.cast(chorus)
	library, err := bot.NewLibrary(ctx, s.store, scripts)
	if err != nil {
		return s, err
	}
	s.program, err = assemble(ctx, parts{
		store: s.store, library: library, teams: teams([]config.Team{demoTeam(s.zone)}), adapters: []bot.Adapter{s.platform},
		now: s.clock.now, wall: time.Now, rate: 1, log: log, meter: newMetrics(),
	})
	if err != nil {
		return s, err
	}
	for n := range s.store.Shards() {
		lease, ok, err := s.store.Acquire(ctx, bot.Shard(n), "demo", demoLease)
		if err != nil || !ok {
			return s, errors.Join(err, errors.New("the demo has no lease on its own Redis"))
		}
		s.leases = append(s.leases, lease)
	}
	go func() { s.received <- s.platform.Receive(ctx, s.program.bot) }()
	return s, nil
}

// close ends the stage in the order in which a message travels.
func (s *stage) close() {
	s.stop()
	if len(s.leases) > 0 {
		<-s.received
	}
	if s.store != nil {
		_ = s.store.Close() // what it held is forgotten anyway
	}
	if s.redis != nil {
		s.redis.Close()
	}
}

// settle lets everything happen that can happen at this instant, and shows it.
func (s *stage) settle() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settled()
}

func (s *stage) settled() error {
	for busy := true; busy; {
		if err := s.platform.Drained(s.ctx); err != nil {
			return err
		}
		busy = false
		for _, lease := range s.leases {
			did, err := s.program.runner.Round(s.ctx, lease)
			if err != nil {
				return err
			}
			busy = busy || did
		}
	}
	return s.show()
}

// show prints what is new, and gives an eye time to follow.
func (s *stage) show() error {
	if s.terminal == nil {
		return s.ctx.Err()
	}
	posts, _ := s.platform.Since(s.shown)
	s.shown += len(posts)
	if err := s.terminal.Show(); err != nil {
		return err
	}
	select {
	case <-s.ctx.Done():
	case <-time.After(s.pace * time.Duration(s.seen(posts))):
	}
	return s.ctx.Err()
}

// seen counts the posts that stand in a pane.
func (s *stage) seen(posts []simulator.Post) int {
	n := 0
	for _, post := range posts {
		for _, pane := range s.panes {
			if pane.Seat.Chat().ID == post.Chat {
				n++
			}
		}
	}
	return n
}

// note says something that belongs to no chat.
func (s *stage) note(text string) error {
	if s.terminal == nil {
		return nil
	}
	return s.terminal.Note(text)
}

// maxJumps bounds the instants on the way to one end. Four weeks of a dozen
// people have some hundred; more means that something due is never done.
const maxJumps = 2000

// until lets time pass up to an end, one due instant after the other, or only
// until something stands in a pane. The people of the chorus answer on the way.
func (s *stage) until(end time.Time, first bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, _ := s.platform.Since(0)
	for range maxJumps {
		at, ok, err := s.next()
		if err != nil {
			return err
		}
		if !ok || at.After(end) {
			s.clock.set(end)
			return s.settled()
		}
		if at.After(s.clock.now()) {
			s.clock.set(at)
		}
		if err := s.settled(); err != nil {
			return err
		}
		if err := s.chorusAnswers(); err != nil {
			return err
		}
		if posts, _ := s.platform.Since(len(before)); first && s.seen(posts) > 0 {
			return nil
		}
	}
	return errors.New("the clock of the demo stands still: something that is due is never done")
}

// ahead is how far one step forward looks for something that shows.
const ahead = 60 * 24 * time.Hour

// forward jumps to the next instant at which something shows, and says when
// that is.
func (s *stage) forward() (string, error) {
	if err := s.until(s.clock.now().Add(ahead), true); err != nil {
		return "", err
	}
	return "It is now " + s.clock.now().In(s.zone).Format("Monday 2 January, 15:04") + ".", nil
}

// next is the earliest instant at which anything is due, of all conversations.
func (s *stage) next() (at time.Time, ok bool, err error) {
	chats := []bot.Chat{{Platform: simulator.Platform, ID: demoChannel}}
	for _, p := range s.players {
		chats = append(chats, p.seat.Chat())
	}
	for _, chat := range chats {
		c, err := s.load(chat)
		if err != nil {
			return at, false, err
		}
		for _, due := range c.Timers {
			if !ok || due.Before(at) {
				at, ok = due, true
			}
		}
		if asks(c) && c.Reply.Token != "" && c.Reply.Token == c.Patient.Showing && (!ok || c.Reply.Due.Before(at)) {
			at, ok = c.Reply.Due, true
		}
	}
	return at, ok, nil
}

func (s *stage) load(chat bot.Chat) (*bot.Conversation, error) {
	id, err := s.store.Find(s.ctx, chat)
	if err != nil {
		return nil, err
	}
	return s.store.Load(s.ctx, id)
}

// asks tells whether a patient has an open question.
func asks(c *bot.Conversation) bool {
	return c.Patient != nil && c.Patient.Dialog.Session != nil && c.Patient.Dialog.Session.Open != nil
}
