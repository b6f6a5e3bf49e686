package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"onestep/bot"
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
)

// watched is an inbox that notices updates which it refuses again and again.
// They stay at the platform, unacknowledged, and nothing of them is lost; but
// whoever sent one waits for an answer, and only an operator can help: so it is
// counted, logged once as an error, and told by /readyz.
type watched struct {
	bot.Inbox
	meter *metrics
	log   *slog.Logger
	now   func() time.Time

	mu      sync.Mutex
	refused map[string]*refusal // by the update's id
}

type refusal struct {
	platform    string
	since, last time.Time
	told        bool
}

// stuck is true for what was tried for long. What was tried once and then never
// again, such as a press that Slack does not repeat, is over.
func (r *refusal) stuck() bool { return r.last.Sub(r.since) >= stuckAfter }

func watch(in bot.Inbox, m *metrics, log *slog.Logger) *watched {
	return &watched{Inbox: in, meter: m, log: log, now: time.Now, refused: map[string]*refusal{}}
}

// Take fulfils bot.Inbox.
func (w *watched) Take(ctx context.Context, u bot.Update) error {
	err := w.Inbox.Take(ctx, u)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		delete(w.refused, u.ID)
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

// hints says it in plain sentences, in the order of the platforms.
func (w *watched) hints() (lines []string) {
	count := w.stuck()
	for _, platform := range slices.Sorted(maps.Keys(count)) {
		lines = append(lines, fmt.Sprintf("%s: updates that could not be stored for over %s: %d. They are kept and tried again; the log says why.",
			platform, stuckAfter, count[platform]))
	}
	return lines
}
