package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/adapters/telegram"
	"onestep/bot"
)

type benchDelivery struct {
	JSON     bool    `name:"json" help:"Print one JSON object."`
	Messages int     `default:"100000" help:"How many planned messages wait."`
	Speed    float64 `default:"5" help:"How many times faster than real time the platform's clock runs."`
	Replies  float64 `default:"0.5" help:"How many replies come each second of that clock."`
	Drain    int     `default:"20000" help:"How many messages to send as fast as can be, for the ratio."`
}

func (benchDelivery) Help() string {
	return `Sends a broadcast through the real Telegram adapter, over HTTP, to a Telegram on loopback that keeps Telegram's limits on a clock that runs faster; meanwhile patients in the middle of a check-in write. It tells how long an answer takes, from the patient's message to ours, and how much of the allowed rate was used, both on the platform's clock, and how often the platform refused what was too fast.

The ratio is of delivery without any limit, from the outbox to a platform that takes everything at once, to a bare reference: one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

It fills the database of ONESTEP_REDIS_URL, which must be empty, and empties it again. With 100,000 messages it takes eleven minutes. On a machine that is busy with other things choose a lower speed: a tenth of a second lost there is half a second of the platform's.

Example:

    ONESTEP_REDIS_URL=redis://127.0.0.1:6379/15 onestep bench delivery --messages 10000`
}

// deliveryResult is what bench delivery tells. Times are seconds of the
// platform's clock, rates a second.
type deliveryResult struct {
	Bench     string  `json:"bench"`
	Ratio     float64 `json:"ratio"` // of the two below
	PerSecond float64 `json:"per_second"`
	Reference float64 `json:"reference_per_second"`
	Messages  int     `json:"messages"`
	Speed     float64 `json:"speed"`
	Seconds   float64 `json:"seconds"`
	// Used and Broadcast are the shares of the allowed rate that all messages
	// and the planned ones alone took.
	Used      float64 `json:"rate_used"`
	Broadcast float64 `json:"rate_used_by_broadcast"`
	Busiest   int     `json:"busiest_second"`
	// Refused are the 429 that we earned, and Unread the answers that did not
	// come while the broadcast ran.
	Refused int     `json:"refused"`
	Replies int     `json:"replies"`
	Unread  int     `json:"replies_unanswered"`
	P50     float64 `json:"reply_p50_seconds"`
	P99     float64 `json:"reply_p99_seconds"`
	Longest float64 `json:"reply_longest_seconds"`
	// CPU is µs of processors for each message of the broadcast, with Redis, the
	// made-up Telegram and the people who write; UnlimitedCPU for each where
	// nothing holds them and no HTTP is spoken; ReferenceCPU for each bare turn.
	CPU          float64 `json:"cpu_us"`
	UnlimitedCPU float64 `json:"unlimited_cpu_us"`
	ReferenceCPU float64 `json:"reference_cpu_us"`
}

func (c benchDelivery) Run(w world) error {
	return measured(w, "delivery", c.JSON, func(b *bench, _ io.Writer) (fmt.Stringer, error) {
		r := deliveryResult{Bench: "delivery", Messages: c.Messages, Speed: c.Speed}
		err := c.measure(w.Context, b, &r)
		return r, err
	})
}

func (r deliveryResult) String() string {
	return fmt.Sprintf(`broadcast  %8d   messages in %.0f s of the platform's clock, at %g times its speed
processors %8.0f   µs for each message, Redis and the made-up Telegram included
rate used  %7.1f%%   of the 30/s that are allowed; the broadcast alone %.1f%%; %d in the busiest second
refused    %8d   as too fast
replies    %8d   answered after %.2f s at p50, %.2f s at p99, %.2f s at most; %d not yet
unlimited  %8.0f/s   %4.0f µs of processors each
reference  %8.0f/s   %4.0f µs
ratio      %8.2f     %4.2f by the time of processors
`, r.Messages, r.Seconds, r.Speed, r.CPU, 100*r.Used, 100*r.Broadcast, r.Busiest, r.Refused,
		r.Replies, r.P50, r.P99, r.Longest, r.Unread, r.PerSecond, r.UnlimitedCPU, r.Reference, r.ReferenceCPU,
		r.Ratio, r.ReferenceCPU/r.UnlimitedCPU)
}

func (c benchDelivery) measure(ctx context.Context, b *bench, r *deliveryResult) error {
	before, err := b.reference(ctx, c.Drain)
	if err != nil {
		return err
	}
	drain, err := b.drain(ctx, c.Drain)
	if err != nil {
		return err
	}
	after, err := b.reference(ctx, c.Drain)
	if err != nil {
		return err
	}
	reference := between(before, after)
	r.PerSecond, r.UnlimitedCPU, r.Reference, r.ReferenceCPU = drain.perSecond, drain.micros, reference.perSecond, reference.micros
	r.Ratio = r.PerSecond / r.Reference
	if err := b.bare.Wipe(ctx, "{s"); err != nil { // the patients of the drain
		return err
	}
	return c.broadcast(ctx, b, r)
}

// wait has a planned message for each of so many patients put into the outbox:
// the first question of their check-in. Nothing else is due.
func (b *bench) wait(ctx context.Context, patients int) error {
	return atOnce(ctx, benchInFlight, patients, func(ctx context.Context, n int) error {
		chat := benchChat(n)
		id, err := b.filler.Find(ctx, chat)
		if err != nil {
			return err
		}
		commit := b.life.idle.of(id, chat)
		commit.Conversation.Timers, commit.Due = nil, time.Time{}
		commit.Outbox = []bot.Envelope{{
			ID: id + ".0000000001.000", Class: bot.Planned, Chat: chat, Why: "planned weekly",
			Text:    "Hello, it is time for our weekly check-in. What has been better since last week, even a little?",
			Buttons: []bot.Button{{Label: "Skip", Data: "a0000001:skip"}},
			Until:   b.life.open.at.Add(time.Hour), // as the turn of a due check-in says
		}}
		return b.filler.Commit(ctx, commit)
	})
}

// deliver runs the delivery of all shards until ctx ends.
func (b *bench) deliver(ctx context.Context, of *bot.Bot, a bot.Adapter) (finish func()) {
	ctx, stop := context.WithCancel(ctx)
	r := &bot.Runner{
		Bot: of, Agenda: b.store, Leases: b.store, Holder: "bench", Rate: 1,
		Delivery: &bot.Delivery{
			Bot: of, Outbox: b.store, Adapters: map[string]bot.Adapter{a.Platform(): a}, Budget: b.store, Wall: time.Now,
		},
	}
	of.Wake = r.Wake
	var wg sync.WaitGroup
	wg.Go(func() { r.Run(ctx) })
	return func() {
		stop()
		wg.Wait()
	}
}

// drain is the pace of messages to a platform that takes everything at once.
func (b *bench) drain(ctx context.Context, n int) (pace, error) {
	if err := b.wait(ctx, n); err != nil {
		return pace{}, err
	}
	s := &sink{want: int64(n), full: make(chan struct{})}
	own := *b.bot
	return b.timed(ctx, n, func() error {
		defer b.deliver(ctx, &own, s)()
		select {
		case <-s.full:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

// sink is a platform that takes everything.
type sink struct {
	want int64
	got  atomic.Int64
	full chan struct{}
}

func (*sink) Platform() string                         { return telegram.Name }
func (*sink) Ready() error                             { return nil }
func (*sink) Receive(context.Context, bot.Inbox) error { return nil }
func (s *sink) Send(context.Context, bot.Message) (string, error) {
	if s.got.Add(1) == s.want {
		close(s.full)
	}
	return "1", nil
}

// broadcast sends to the platform with limits, while people write.
func (c benchDelivery) broadcast(ctx context.Context, b *bench, r *deliveryResult) error {
	if err := b.wait(ctx, c.Messages); err != nil {
		return err
	}
	seconds := float64(c.Messages) * telegram.UsualLimits().Whole.Every.Seconds()
	room := &waitingRoom{
		speed: c.Speed, broadcast: c.Messages, under: make(chan struct{}), over: make(chan struct{}), asked: map[int64]time.Time{},
		people: 8 + int(2*seconds*c.Replies)/len(b.life.replies),
	}
	if err := b.life.open.commits(ctx, b, c.Messages, c.Messages+room.people); err != nil {
		return err
	}
	room.begin = time.Now()
	now := func() time.Time {
		return b.life.open.at.Add(time.Duration(float64(time.Since(room.begin)) * c.Speed))
	}
	server, err := telegramfake.Start(telegramfake.Config{Now: now})
	if err != nil {
		return err
	}
	defer server.Close()
	for n := range c.Messages + room.people {
		server.Person(int64(benchUser + n))
	}
	server.Limit(telegramfake.RealLimits())
	server.Weather(room.see)
	limits := telegram.UsualLimits().Times(c.Speed)
	adapter, err := telegram.New(ctx, telegram.Config{Token: server.Token, APIURL: server.URL, Limits: &limits})
	if err != nil {
		return err
	}
	own := *b.bot
	own.Now = now
	receiving, stop := context.WithCancel(ctx)
	defer stop()
	p, err := b.timed(ctx, c.Messages, func() error {
		defer b.deliver(receiving, &own, adapter)()
		defer stop()
		go adapter.Receive(receiving, &own)
		go func() {
			select {
			case <-room.under: // all is up and running
				room.write(receiving, server, b.life.replies, c.Replies*c.Speed)
			case <-receiving.Done():
			}
		}()
		select {
		case <-room.over:
			room.result(r, server.Traffic())
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	r.CPU = p.micros
	return err
}

// benchUser is the user of the first made-up patient: see benchChat.
const benchUser = 7_000_000_000

// waitingRoom watches the platform, and lets people write who have had an
// answer to what they wrote before.
type waitingRoom struct {
	speed             float64
	broadcast, people int
	begin             time.Time
	under             chan struct{} // closed when a tenth of the broadcast has arrived
	over              chan struct{} // closed when all of it has

	mu          sync.Mutex
	first, last time.Time // of the broadcast
	arrived     int
	answers     int // messages to people who write
	asked       map[int64]time.Time
	took        []time.Duration // real time
	ready       []int           // people who may write
}

// see is told of each request to the platform.
func (w *waitingRoom) see(method string, params map[string]string) telegramfake.Fault {
	if method != "sendmessage" {
		return telegramfake.Fault{}
	}
	var user int64
	fmt.Sscan(params["chat_id"], &user)
	at := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := int(user - benchUser); n < w.broadcast {
		if w.arrived++; w.arrived == 1 {
			w.first = at
		}
		if w.arrived == 1+w.broadcast/10 {
			close(w.under)
		}
		if w.last = at; w.arrived == w.broadcast {
			close(w.over)
		}
		return telegramfake.Fault{}
	}
	w.answers++
	if asked, ok := w.asked[user]; ok {
		delete(w.asked, user)
		w.took = append(w.took, at.Sub(asked))
		w.ready = append(w.ready, int(user-benchUser))
	}
	return telegramfake.Fault{}
}

// write lets people write, so many a second of real time, each whole check-ins
// in turn.
func (w *waitingRoom) write(ctx context.Context, server *telegramfake.Server, replies []string, perSecond float64) {
	for n := range w.people {
		w.ready = append(w.ready, w.broadcast+n)
	}
	said := map[int]int{}
	ticker := time.NewTicker(time.Duration(float64(time.Second) / perSecond))
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		w.mu.Lock()
		for len(w.ready) > 0 && said[w.ready[0]] == len(replies) {
			w.ready = w.ready[1:] // theirs is over
		}
		if len(w.ready) == 0 {
			w.mu.Unlock()
			continue
		}
		n := w.ready[0]
		w.ready = w.ready[1:]
		w.asked[int64(benchUser+n)] = time.Now()
		w.mu.Unlock()
		server.Person(int64(benchUser + n)).Writes(replies[said[n]])
		said[n]++
	}
}

// result tells what was seen.
func (w *waitingRoom) result(r *deliveryResult, t telegramfake.Traffic) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r.Seconds = w.last.Sub(w.first).Seconds() * w.speed
	allowed := r.Seconds * float64(telegramfake.RealLimits().Whole.N)
	r.Used, r.Broadcast = float64(w.arrived+w.answers)/allowed, float64(w.arrived)/allowed
	r.Busiest, r.Refused = t.Busiest, t.OverWhole+t.OverPrivate+t.OverGroup
	for _, at := range w.asked {
		if time.Since(at).Seconds()*w.speed > 1 {
			r.Unread++
		}
	}
	if r.Replies = len(w.took); r.Replies == 0 {
		return
	}
	slices.Sort(w.took)
	at := func(share float64) float64 {
		return w.took[min(int(share*float64(len(w.took))), len(w.took)-1)].Seconds() * w.speed
	}
	r.P50, r.P99, r.Longest = at(0.5), at(0.99), at(1)
}
