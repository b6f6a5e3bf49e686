package telegramfake

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// How long an update waits for the bot (BAS Client.cpp, add_update).
const (
	day        = 24 * time.Hour
	pressLives = 150 * time.Second
)

// longestPoll is the server's cap on timeout (BAS LONG_POLL_MAX_TIMEOUT).
const longestPoll = 50

// line is the queue of updates and those who ask for them.
type line struct {
	queue []queued
	past  []queued   // confirmed
	all   []given    // every one there ever was
	again [][]queued // to be delivered once more, one batch each
	next  int64      // id of the next update

	allowed  []string
	wake     chan struct{} // closed and renewed when something changes
	waiting  chan struct{} // closed to throw the waiting poll out; nil: nobody waits
	offset   int64         // of the last poll
	asked    time.Time     // when that was, by the server's clock
	conflict time.Time     // no quick 409 before this
}

type queued struct {
	id    int64
	body  json.RawMessage
	until time.Time

	repeat bool // was confirmed before
}

func (l *line) init() {
	l.next = 880_000_001
	l.wake = make(chan struct{})
	l.allowed = standard
}

// standard are the kinds sent to a bot that never chose (Bot API, getUpdates):
// here those that the fake can make.
var standard = []string{"message", "edited_message", "callback_query", "my_chat_member", "channel_post", "poll"}

func (l *line) wakeAll() {
	close(l.wake)
	l.wake = make(chan struct{})
}

// enqueue adds an update if the bot wants its kind, and gives its id, else 0.
func (s *Server) enqueue(kind string, payload any, life time.Duration) int64 {
	if !slices.Contains(s.line.allowed, kind) {
		return 0
	}
	id := s.line.next
	s.line.next++
	b, err := json.Marshal(map[string]any{"update_id": id, kind: payload})
	if err != nil {
		panic(fmt.Sprintf("telegramfake: an update cannot be written: %v", err))
	}
	s.line.queue = append(s.line.queue, queued{id: id, body: b, until: s.now().Add(life)})
	s.line.all = append(s.line.all, given{id, b, s.now()})
	s.line.wakeAll()
	return id
}

// Waiting counts the updates that are not confirmed yet.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	return len(s.line.queue) + len(s.line.again)
}

func (s *Server) expire() {
	now := s.now()
	s.line.queue = slices.DeleteFunc(s.line.queue, func(q queued) bool { return !now.Before(q.until) })
}

// getUpdates as in BAS process_get_updates_query and do_get_updates.
func (s *Server) getUpdates(ctx context.Context, p map[string]string) (any, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &s.line
	if s.webhook != "" {
		return s.refuseConflict(ctx, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if no := s.setAllowed(p["allowed_updates"]); no != nil {
		return nil, no
	}
	offset, limit := number(p["offset"]), int(number(p["limit"]))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	timeout := time.Duration(min(max(number(p["timeout"]), 0), longestPoll)) * time.Second
	now := s.now()
	if offset == l.offset && now.Before(l.asked.Add(s.spacing)) {
		timeout = max(timeout, s.spacing)
		if now.Before(l.asked.Add(s.spacing / 6)) {
			limit = 1
		}
	}
	l.offset, l.asked = offset, now
	deadline := time.Now().Add(timeout)
	for {
		batch := s.batch(offset, limit)
		if len(batch) > 0 || !time.Now().Before(deadline) {
			return batch, nil
		}
		// Only a poll that has to wait throws an older one out.
		if l.waiting != nil {
			close(l.waiting)
		}
		mine := make(chan struct{})
		l.waiting = mine
		wake := l.wake
		s.mu.Unlock()
		alarm := time.NewTimer(time.Until(deadline))
		var thrown bool
		select {
		case <-wake:
		case <-alarm.C:
		case <-mine:
			thrown = true
		case <-ctx.Done():
		}
		alarm.Stop()
		s.mu.Lock()
		if l.waiting == mine {
			l.waiting = nil
		}
		switch {
		case thrown:
			return s.refuseConflict(ctx, "terminated by other getUpdates request; make sure that only one bot instance is running")
		case ctx.Err() != nil:
			return nil, &refusal{code: 499, text: "gone"}
		case s.revoked:
			return nil, &refusal{code: 401, text: "Unauthorized"}
		case s.webhook != "":
			return s.refuseConflict(ctx, "terminated by setWebhook request")
		}
	}
}

// batch forgets what the offset confirms and gives what comes from it on.
func (s *Server) batch(offset int64, limit int) []json.RawMessage {
	l := &s.line
	s.expire()
	if offset < 0 {
		offset += l.next
	}
	// An offset far beyond the end counts as none (tdlib/td TQueue.cpp, get).
	if offset > 0 && offset <= l.next+10 {
		l.queue = slices.DeleteFunc(l.queue, func(q queued) bool {
			if q.id < offset {
				l.past = append(l.past, q)
			}
			return q.id < offset
		})
	}
	from := l.queue
	if len(l.again) > 0 {
		from = l.again[0]
		if l.again[0] = from[min(limit, len(from)):]; len(l.again[0]) == 0 {
			l.again = l.again[1:]
		}
	}
	out := []json.RawMessage{}
	for _, q := range from[:min(limit, len(from))] {
		out = append(out, q.body)
	}
	return out
}

// refuseConflict answers 409, the second in a row later (BAS fail_query_conflict).
func (s *Server) refuseConflict(ctx context.Context, text string) (any, *refusal) {
	no := &refusal{code: 409, text: "Conflict: " + text}
	now := time.Now()
	if !now.Before(s.line.conflict) {
		s.line.conflict = now.Add(s.spacing)
		return nil, no
	}
	s.mu.Unlock()
	defer s.mu.Lock()
	select {
	case <-time.After(s.spacing):
	case <-ctx.Done():
	}
	return nil, no
}

// setAllowed keeps the last list when none is given.
func (s *Server) setAllowed(text string) *refusal {
	if text == "" || text == "null" {
		return nil
	}
	var kinds []string
	if err := json.Unmarshal([]byte(text), &kinds); err != nil {
		return bad("can't parse allowed updates JSON object")
	}
	if len(kinds) == 0 {
		kinds = standard
	}
	s.line.allowed = kinds
	return nil
}
