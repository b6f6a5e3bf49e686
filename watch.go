package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"onestep/bot"
	"onestep/dialogs/reply"
)

// Figures of updates that are refused again and again.
const (
	// stuckAfter is longer than a restart of Redis or a failover takes, so what
	// is refused for so long has a reason of its own.
	stuckAfter = time.Minute
	// forgottenAfter is longer than platforms wait between two repeats: nobody
	// tries such an update here any more.
	forgottenAfter = 10 * time.Minute
	// mostRefused bounds what is remembered. In an outage of the store many are
	// refused, and more of them would tell nothing new.
	mostRefused = 10_000
	// rescueTime bounds the way around the store, and then each message past it:
	// as long as a turn in a slow store, and as a slow platform.
	rescueTime = 10 * time.Second
)

// watched is an inbox that notices updates which it refuses again and again.
// They stay at the platform, unacknowledged, and nothing of them is lost; but
// whoever sent one waits for an answer, and only an operator can help: so it is
// counted, logged once as an error, and told by /readyz.
//
// Words of danger do not wait with the rest. They take the way around their own
// record at the first refusal, and when that fails as well they go past the
// store altogether; what did not work is tried again with the update.
type watched struct {
	bot.Inbox
	around lifeline
	// send makes one attempt at a platform.
	send  func(context.Context, bot.Message) error
	meter *metrics
	log   *slog.Logger
	now   func() time.Time

	mu      sync.Mutex
	refused map[string]*refusal // by the update's id
	dangers map[string]*danger  // by the update's id
}

// lifeline is what is left for words of danger that cannot be stored.
type lifeline interface {
	// Unkept hands them to those who can still be told, in other records.
	Unkept(ctx context.Context, u bot.Update) error
	// Bare is what can be said when that fails too.
	Bare(u bot.Update) []bot.Message
}

// danger is how far words of danger have come.
type danger struct {
	mu   sync.Mutex
	kept bool
	sent map[string]bool // by the message's id
}

type refusal struct {
	platform    string
	since, last time.Time
	told        bool
}

// stuck is true for what was tried for long. What was tried once and then never
// again, such as a press that Slack does not repeat, is over.
func (r *refusal) stuck() bool { return r.last.Sub(r.since) >= stuckAfter }

var _ bot.Lookout = (*watched)(nil)

func watch(in bot.Inbox, around lifeline, send func(context.Context, bot.Message) error, m *metrics, log *slog.Logger) *watched {
	return &watched{
		Inbox: in, around: around, send: send, meter: m, log: log, now: time.Now,
		refused: map[string]*refusal{}, dangers: map[string]*danger{},
	}
}

// Take fulfils bot.Inbox.
func (w *watched) Take(ctx context.Context, u bot.Update) error {
	err := w.Inbox.Take(ctx, u)
	if err != nil && !errors.Is(ctx.Err(), context.Canceled) { // at a stop another replica goes on
		w.rescue(ctx, u)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		delete(w.refused, u.ID)
		delete(w.dangers, u.ID)
		return nil
	}
	w.meter.Refused(u.Chat.Platform)
	now := w.now()
	r := w.refused[u.ID]
	if r == nil {
		if len(w.refused) >= mostRefused {
			return err
		}
		r = &refusal{platform: u.Chat.Platform, since: now}
		w.refused[u.ID] = r
	}
	r.last = now
	if r.stuck() && !r.told {
		r.told = true
		w.log.Error("an update cannot be stored again and again; somebody waits for an answer", "update", u.ID, "since", r.since, "err", err)
	}
	return err
}

// Behind fulfils bot.Lookout: words of danger do not wait for what was written
// before them.
func (w *watched) Behind(ctx context.Context, u bot.Update) {
	if !errors.Is(ctx.Err(), context.Canceled) {
		w.rescue(ctx, u)
	}
}

// rescue takes words of danger around the store, as far as that goes, and leaves
// the rest to the next refusal.
func (w *watched) rescue(ctx context.Context, u bot.Update) {
	var fault error
	defer bot.Recover(w.log, &fault)
	if !u.Private || u.Kind != bot.Wrote && u.Kind != bot.Edited && u.Kind != bot.Media {
		return
	}
	if _, found := reply.Distress(u.Text); !found {
		return
	}
	d := w.danger(u.ID)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept {
		return
	}
	ctx = context.WithoutCancel(ctx)
	around, cancel := context.WithTimeout(ctx, rescueTime)
	defer cancel()
	err := w.around.Unkept(around, u)
	if err == nil {
		d.kept = true
		w.meter.Rescued(u.Chat.Platform, "kept")
		w.log.Error("words of danger cannot be stored where they belong; the team has the alert in their place", "update", u.ID)
		return
	}
	bare := w.around.Bare(u)
	if len(d.sent) == len(bare) {
		return
	}
	var sending sync.WaitGroup
	results := make([]error, len(bare))
	for i, m := range bare {
		if !d.sent[m.ID] {
			sending.Go(func() {
				call, cancel := context.WithTimeout(ctx, rescueTime)
				defer cancel()
				results[i] = w.send(call, m)
			})
		}
	}
	sending.Wait()
	for i, m := range bare {
		if results[i] == nil {
			d.sent[m.ID] = true
		}
	}
	outcome := "bare"
	if len(d.sent) < len(bare) {
		outcome = "partly"
	}
	w.meter.Rescued(u.Chat.Platform, outcome)
	w.log.Error("words of danger cannot be stored at all: call the teams' leads",
		"update", u.ID, "told", len(d.sent), "of", len(bare), "err", errors.Join(append(results, err)...))
}

func (w *watched) danger(id string) *danger {
	w.mu.Lock()
	defer w.mu.Unlock()
	d := w.dangers[id]
	if d == nil {
		if len(w.dangers) >= mostRefused {
			clear(w.dangers) // at worst something is said twice
		}
		d = &danger{sent: map[string]bool{}}
		w.dangers[id] = d
	}
	return d
}

// stuck counts the updates of each platform that were refused for long.
func (w *watched) stuck() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.now()
	count := map[string]int{}
	for id, r := range w.refused {
		switch {
		case now.Sub(r.last) >= forgottenAfter:
			delete(w.refused, id)
		case r.stuck():
			count[r.platform]++
		}
	}
	return count
}

// heldHints says in plain sentences which platforms are left alone.
func heldHints(left func(platform string) time.Duration, platforms []string) (lines []string) {
	for _, platform := range slices.Sorted(slices.Values(platforms)) {
		if left(platform) > 0 {
			lines = append(lines, platform+": it asked to be left alone. What is planned is tried again within a minute, answers within ten seconds; the log says how long it asked for.")
		}
	}
	return lines
}

// hints says it in plain sentences, in the order of the platforms.
func (w *watched) hints() (lines []string) {
	count := w.stuck()
	for _, platform := range slices.Sorted(maps.Keys(count)) {
		lines = append(lines, fmt.Sprintf("%s: updates that could not be stored for over %s: %d. They are kept and tried again; the log says why.",
			platform, stuckAfter, count[platform]))
	}
	return lines
}
