package slackfake

import (
	"encoding/json"
	"time"
)

// Delivery is one thing that the workspace tells the app, over one or more
// attempts.
type Delivery struct {
	s        *Slack
	kind     string // events_api, interactive, slash_commands
	payload  json.RawMessage
	echo     bool // the bot's own message coming back
	attempts []*attempt
	acked    bool
	ackedIn  time.Duration
	lost     bool
	over     chan struct{} // closed when acked or lost
}

// attempt is one envelope.
type attempt struct {
	d    *Delivery
	id   string
	via  *socket
	sent time.Time
	over bool
}

// Acked tells whether the app has acknowledged it, at whatever attempt.
func (d *Delivery) Acked() bool {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.acked
}

// AckedIn is the time from the envelope to its acknowledgement.
func (d *Delivery) AckedIn() time.Duration {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.ackedIn
}

// Lost tells whether Slack has given up on it. For a press or a command, the
// person then sees an error.
func (d *Delivery) Lost() bool {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.lost
}

// Attempts counts the envelopes sent.
func (d *Delivery) Attempts() int {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return len(d.attempts)
}

// Over is closed when the delivery is acknowledged or given up.
func (d *Delivery) Over() <-chan struct{} { return d.over }

// Again sends it once more, as a repeat that came although it was acknowledged.
func (d *Delivery) Again() *Delivery { return d.s.Deliver(d.kind, d.payload) }

// Double makes every envelope go out on all sockets at once.
func (s *Slack) Double(on bool) {
	s.mu.Lock()
	s.double = on
	s.mu.Unlock()
}

// Deliver sends a payload to the app: events_api, interactive or
// slash_commands. It goes to any one of the open sockets.
func (s *Slack) Deliver(kind string, payload json.RawMessage) *Delivery {
	d := &Delivery{s: s, kind: kind, payload: payload, over: make(chan struct{})}
	s.begin(d)
	return d
}

func (s *Slack) begin(d *Delivery) {
	s.mu.Lock()
	s.deliveries = append(s.deliveries, d)
	late := s.late
	s.mu.Unlock()
	if late != nil {
		if wait := late(); wait > 0 {
			s.after(wait, func() { s.try(d) })
			return
		}
	}
	s.try(d)
}

// Late decides how long each thing is on its way before it is told for the first
// time, so that later ones overtake it; nil is no time.
func (s *Slack) Late(decide func() time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late = decide
}

// try makes one attempt.
func (s *Slack) try(d *Delivery) {
	s.mu.Lock()
	if s.closed || d.acked {
		s.mu.Unlock()
		return
	}
	at := &attempt{d: d, id: s.id("env-"), sent: time.Now()}
	d.attempts = append(d.attempts, at)
	s.open[at.id] = d
	var to []*socket
	if n := len(s.sockets); n > 0 && s.base == "" {
		s.next++
		to = []*socket{s.sockets[s.next%n]}
		if s.double {
			to = append([]*socket(nil), s.sockets...)
		}
		at.via = to[0]
	}
	n, base := len(d.attempts), s.base
	s.mu.Unlock()
	if base != "" {
		go s.post(base, at, n)
		return
	}

	envelope := map[string]any{"envelope_id": at.id, "type": d.kind, "payload": d.payload, "accepts_response_payload": d.kind == "slash_commands"}
	if d.kind == "events_api" {
		envelope["retry_attempt"], envelope["retry_reason"] = n-1, ""
		if n > 1 {
			envelope["retry_reason"] = "timeout"
		}
	}
	written := false
	for _, c := range to {
		written = c.write(envelope) == nil || written
	}
	if !written {
		s.failed(at)
		return
	}
	s.after(s.cfg.AckWithin, func() { s.failed(at) })
}

// acked settles a delivery. An acknowledgement counts from any connection, and
// for an event also when it comes late.
func (s *Slack) acked(envelope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[envelope]
	if d == nil || d.acked || d.lost {
		return
	}
	for _, at := range d.attempts {
		if at.id == envelope {
			d.ackedIn = time.Since(at.sent)
		}
		at.over = true
		delete(s.open, at.id)
	}
	d.acked = true
	close(d.over)
}

// failed ends an attempt that was not acknowledged in time: an event is
// repeated, anything else is over.
func (s *Slack) failed(at *attempt) {
	s.mu.Lock()
	d := at.d
	if at.over || d.acked || d.lost {
		s.mu.Unlock()
		return
	}
	repeats := 0
	if d.kind == "events_api" {
		repeats = len(s.cfg.Repeats)
	} else if at.via != nil && time.Since(at.sent) < s.cfg.AckWithin {
		s.mu.Unlock() // a press waits its three seconds, whatever its socket does
		return
	}
	at.over = true
	n := len(d.attempts)
	if n > repeats {
		d.lost = true
		for _, at := range d.attempts {
			delete(s.open, at.id)
		}
		close(d.over)
		s.mu.Unlock()
		return
	}
	wait := s.cfg.Repeats[n-1]
	s.mu.Unlock()
	s.after(wait, func() { s.try(d) })
}

// Waiting counts what people did that is neither acknowledged nor given up.
func (s *Slack) Waiting() int { return s.count(func(d *Delivery) bool { return !d.acked && !d.lost }) }

// Lost counts what people did that Slack has given up on.
func (s *Slack) Lost() int { return s.count(func(d *Delivery) bool { return d.lost }) }

func (s *Slack) count(which func(*Delivery) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, d := range s.deliveries {
		if !d.echo && which(d) {
			n++
		}
	}
	return n
}

// Repeat delivers everything that was acknowledged once more.
func (s *Slack) Repeat() {
	s.mu.Lock()
	all := append([]*Delivery(nil), s.deliveries...)
	s.mu.Unlock()
	for _, d := range all {
		if !d.echo && d.Acked() {
			d.Again()
		}
	}
}
