package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"onestep/adapters/slack"
	"onestep/adapters/telegram"
	"onestep/bot"
	"onestep/bot/store"
	"onestep/config"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

type serveCommand struct {
	Rehearsal speed         `default:"1x" placeholder:"600x" help:"Run the people's clock faster, for training and tests. Never with patients."`
	Ahead     time.Duration `hidden:"" help:"In a rehearsal: believe that it is this much later than it is, to see what a wrong clock does."`
}

func (serveCommand) Help() string {
	return `Runs onestep until it is told to stop (Ctrl-C or SIGTERM). It needs a Redis that loses nothing, a keyset, a platform and at least one team; what is missing, it says with the line that mends it. SIGHUP reads the scripts again.

Example:

    ONESTEP_CONFIG=onestep.yaml ONESTEP_ENCRYPTION_KEYSET_FILE=keyset onestep serve`
}

// startTime bounds each call to a platform or to Redis while starting.
const startTime = 15 * time.Second

func (c serveCommand) Run(w world) (err error) {
	hups := make(chan os.Signal, 1) // from the beginning: unheard, it would end the program
	signal.Notify(hups, syscall.SIGHUP)
	defer signal.Stop(hups)
	s, err := config.Load(w.Environ)
	if err != nil {
		return fmt.Errorf("cannot start, because of these settings:\n%w", err)
	}
	log := slog.New(slog.NewTextHandler(w.Err, &slog.HandlerOptions{Level: s.LogLevel}))
	defer func() {
		// Asked to stop while it starts, it has done so: that what it waited for is not
		// there is no fault of this run then.
		if err != nil && w.Context.Err() != nil {
			log.Info("onestep was asked to stop before it ran", "cause", err)
			err = nil
		}
	}()
	for _, note := range s.Notes {
		log.Warn(note)
	}
	scripts, err := readScripts(s.Scripts)
	if err != nil {
		return fmt.Errorf("cannot start, because of these scripts:\n%w", err)
	}
	warnLanguages(log, scripts, s.Teams)
	for _, note := range datedFor(time.Now(), s.Teams) {
		log.Warn(note)
	}
	keyset, err := store.ParseKeyset(s.Keyset.Reveal())
	if err != nil {
		return fmt.Errorf("ONESTEP_ENCRYPTION_KEYSET: %w", err)
	}
	redis, err := openStore(w.Context, store.Options{URL: s.RedisURL.Reveal(), Shards: s.Shards, Keyset: keyset, Log: log})
	if err != nil {
		return err
	}
	defer redis.Close()
	wall, err := c.wall()
	if err != nil {
		return err
	}
	now, err := rehearse(w.Context, redis, c.Rehearsal, wall)
	if err != nil {
		return err
	}
	meters := newMetrics()
	holder, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("this machine's name cannot be read: %w", err)
	}
	holder = place(holder, s.HTTPAddr)
	adapters, err := connect(w.Context, s, redis, holder, log, meters)
	if err != nil {
		return err
	}
	library, err := bot.NewLibrary(w.Context, redis, scripts)
	if err != nil {
		return err
	}
	program, err := assemble(w.Context, parts{
		store: redis, library: library, teams: teams(s.Teams), adapters: adapters, settle: settle(adapters, s.Settle),
		now: now, wall: wall, rate: float64(c.Rehearsal), log: log, meter: meters, holder: holder,
	})
	if err != nil {
		return err
	}
	checks := map[string]func() error{"redis": func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		return redis.Ready(ctx)
	}}
	checks["onestep"] = func() error {
		if w.Context.Err() != nil {
			return errors.New("it is stopping.")
		}
		return nil
	}
	inbox := watch(program.bot, program.bot, program.sendBare, meters, log)
	ways, platforms := map[string]http.Handler{}, []string{}
	for _, a := range adapters {
		checks[a.Platform()] = a.Ready
		platforms = append(platforms, a.Platform())
		if c, ok := a.(caller); ok {
			maps.Copy(ways, c.Handlers())
		}
	}
	meters.watch(inbox, platforms)
	meters.held(program.runner.Delivery.Held, platforms)
	meters.shards(program.runner.Held)
	meters.outbox(redis.Backlog, platforms)
	hints := func() []string {
		return slices.Concat(inbox.hints(), heldHints(program.runner.Delivery.Held, platforms), redis.ClockHints())
	}
	stopHTTP, err := serveHTTP(s.HTTPAddr, front{checks: checks, hints: hints, ways: ways, meter: meters}, log)
	if err != nil {
		return err
	}
	defer stopHTTP()
	if n, err := redis.Arrive(w.Context, holder, pollerLease); err != nil {
		log.Warn("what an earlier run left behind is free only when its leases run out", "err", err)
	} else if n > 0 {
		log.Info("an earlier run here has left something behind, and this one goes on with it", "leases", n)
	}
	defer rereadScripts(w.Context, hups, s, library, log)()
	log.Info("onestep runs", "teams", len(s.Teams), "scripts", scripts.ID(), "rehearsal", float64(c.Rehearsal), "http", s.HTTPAddr, "ways", slices.Sorted(maps.Keys(ways)))
	program.run(w.Context, inbox)
	log.Info("onestep has stopped")
	return nil
}

// place names this run as a holder of leases. Two processes cannot listen on one
// address, so once this one does, the run before it is over. With port 0 each
// run has an address of its own.
func place(host, addr string) (holder string) {
	run := rand.Text()
	if _, port, _ := net.SplitHostPort(addr); port == "0" {
		addr += " " + run
	}
	return bot.Holder(host+" "+addr, run)
}

// settle is how long a free answer waits for more, by platform.
func settle(adapters []bot.Adapter, wait time.Duration) map[string]time.Duration {
	settle := map[string]time.Duration{}
	for _, a := range adapters {
		settle[a.Platform()] = wait
	}
	return settle
}

// slowTries is how often a Redis that does not answer in time is asked at the
// start: a machine that has just started is slow in everything.
const slowTries = 5

// openStore opens Redis and refuses one that would lose data. One that is still
// reading its data, as after a start of the machine, is waited for.
func openStore(ctx context.Context, o store.Options) (*store.Store, error) {
	for slow := 0; ; {
		s, err := openedStore(ctx, o)
		fault, ok := errors.AsType[*store.CheckError](err)
		if ok && fault.Fault == store.Slow {
			slow++
		}
		if !ok || ctx.Err() != nil || fault.Fault != store.Starting && (fault.Fault != store.Slow || slow >= slowTries) {
			return s, err
		}
		o.Log.Warn(fault.Says + " Waiting for it.")
	}
}

func openedStore(ctx context.Context, o store.Options) (*store.Store, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	s, err := store.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.Check(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// connect makes the adapters of the platforms in use and refuses bad tokens. A
// platform that is down is no reason not to start.
func connect(ctx context.Context, s *config.Settings, kept *store.Store, holder string, log *slog.Logger, m *metrics) ([]bot.Adapter, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	var adapters []bot.Adapter
	var faults []error
	if t := s.Telegram; t != nil {
		a, err := telegram.New(ctx, telegram.Config{
			Token: t.Token.Reveal(), APIURL: t.APIURL, WebhookURL: t.WebhookURL, WebhookSecret: t.WebhookSecret.Reveal(),
			Log: log, Poller: &poller{leases: kept, holder: holder}, Shelf: kept.Shelf(telegram.Name), Meter: edge{m, telegram.Name},
			Limits: atRate(telegram.UsualLimits(), t.Rate),
		})
		adapters, faults = append(adapters, a), append(faults, err)
	}
	if t := s.Slack; t != nil {
		a, err := slack.New(slack.Config{
			BotToken: t.BotToken.Reveal(), AppToken: t.AppToken.Reveal(), SigningSecret: t.SigningSecret.Reveal(),
			APIURL: t.APIURL, Log: log, Meter: edge{m, slack.Platform}, Limits: atRate(slack.UsualLimits(), t.Rate),
		})
		if err == nil {
			err = a.Check(ctx)
		}
		adapters, faults = append(adapters, a), append(faults, err)
	}
	return adapters, errors.Join(faults...)
}

// atRate gives limits with another rate of all messages, in messages a second; 0
// changes nothing.
func atRate(l bot.Limits, perSecond float64) *bot.Limits {
	if perSecond > 0 {
		// Somewhat less, since two machines' clocks do not run equally fast.
		l.Whole.Burst = max(int(perSecond), 1)
		l.Whole.Every = time.Duration(1.005 * float64(time.Second) / perSecond)
	}
	return &l
}

// readScripts reads the scripts of a folder, or the ones built in.
func readScripts(folder string) (*dialogs.Edition, error) {
	if folder == "" {
		return checkins.Current()
	}
	return dialogs.Load(os.DirFS(folder))
}

// warnLanguages says which teams have a language that the scripts do not speak,
// and which languages no native speaker has read yet.
func warnLanguages(log *slog.Logger, scripts *dialogs.Edition, teams []config.Team) {
	for _, t := range teams {
		if !scripts.Speaks(t.Language) {
			log.Warn(untranslated(scripts, t))
		}
	}
	for _, language := range scripts.Unchecked() {
		log.Warn(unchecked(scripts, language))
	}
}

// untranslated says so of one team, and what to do.
func untranslated(scripts *dialogs.Edition, t config.Team) string {
	return fmt.Sprintf("%s has language: %s, which these scripts are not translated into, so its people are written to in %s. Write one of these instead: %s; or begin a translation with onestep translate export %s",
		t.ID, t.Language, scripts.Phrase("language", t.Language, dialogs.Host{}, nil), strings.Join(scripts.Spoken(), ", "), t.Language)
}

// unchecked says so of one language.
func unchecked(scripts *dialogs.Edition, language string) string {
	return fmt.Sprintf("%s (%s.po) has not been checked by a native speaker. Have all of it read, and the safety words signed off, before anybody is written to in it; then name the reader behind %s in its header",
		scripts.Phrase("language", language, dialogs.Host{}, nil), language, dialogs.CheckedField)
}

// rereadScripts reads the scripts again at each SIGHUP. Faulty ones change
// nothing: the log says where the faults are. It returns what ends it.
func rereadScripts(ctx context.Context, hups chan os.Signal, s *config.Settings, library *bot.Library, log *slog.Logger) (stop func()) {
	go func() {
		for range hups {
			scripts, err := readScripts(s.Scripts)
			if err == nil {
				err = library.Publish(ctx, scripts)
			}
			if err != nil {
				log.Error("the scripts stay as they are", "err", err)
				continue
			}
			log.Info("scripts read again", "scripts", scripts.ID())
			warnLanguages(log, scripts, s.Teams)
		}
	}()
	return func() { signal.Stop(hups); close(hups) }
}
