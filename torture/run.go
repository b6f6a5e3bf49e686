package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/launch"
	"onestep/torture/checker"
)

// result is what a run has shown.
type result struct {
	checker.Verdict
	Seed   uint64
	Hurt   map[string]int // harm, by kind
	Met    map[string]int // faults of the platforms, by kind
	Found  []string       // what stands in no record
	Log    string         // the path of the replicas' log
	Keep   bool
	Took   time.Duration
	Harmed time.Duration // how long harm was done
}

// fine tells whether there is nothing to mend.
func (r result) fine() bool { return len(r.Faults) == 0 && len(r.Found) == 0 && r.Waiting == 0 }

// run builds the world, lets people live in it under all harm until ctx ends or
// the time is over, brings it to rest, and judges the record.
func run(until context.Context, t testing.TB, o options) result {
	if o.Program == "" {
		if _, err := launch.Built(); err != nil {
			t.Fatal(err)
		}
	}
	w := newWorld(t, o)
	ctx, stop := context.WithCancel(context.Background())
	var replicas sync.WaitGroup
	for _, r := range w.replicas {
		r.next(100*time.Millisecond, 0)
		replicas.Go(func() { r.keep(ctx) })
	}
	people, err := gather(w)
	if err != nil {
		stop()
		t.Fatal(fmt.Errorf("%w; the log is %s", err, w.log.Name()))
	}
	o.say("%d patients, %d workers and %d leads are there after %s; seed %d", len(people.patients), len(people.workers), len(people.leads), time.Since(w.began).Round(time.Millisecond), o.Seed)

	life, end := context.WithTimeout(ctx, o.Length)
	defer context.AfterFunc(until, end)()
	began := time.Now()
	var living sync.WaitGroup
	living.Go(func() { people.live(life) })
	if !o.Calm {
		w.sky.breaks()
		living.Go(func() { w.torment(life) })
	}
	living.Go(func() { w.report(life) })
	living.Wait()
	end()
	w.sky.clears()
	harmed := time.Since(began)
	o.say("%s: harm is over, all comes to rest", time.Since(w.began).Round(time.Second))
	w.rest(stop, &replicas)
	deeds, err := w.history()
	if err != nil {
		t.Fatal(err)
	}
	record, err := w.record(context.Background(), people, deeds)
	if err != nil {
		t.Fatal(err)
	}
	return result{
		Verdict: checker.Check(record), Seed: o.Seed, Hurt: w.hurt, Met: w.sky.faults(), Found: w.found,
		Log: w.log.Name(), Keep: o.Keep, Took: time.Since(w.began), Harmed: harmed,
	}
}

// rest lets everything that is under way come to an end. The people's clock is
// turned back then, to a time of day at which nobody has quiet hours: nothing new
// comes due, and what waits may leave.
func (w *world) rest(stop func(), replicas *sync.WaitGroup) {
	if !eventually(w.Drain, func() bool { return w.telegram.Waiting() == 0 && w.slack.Waiting() == 0 }) {
		w.wrong("%d updates of Telegram's and %d of Slack's are not confirmed", w.telegram.Waiting(), w.slack.Waiting())
	}
	db := w.redis.Client()
	if !eventually(w.Drain, func() bool {
		shelves, err := db.Keys(context.Background(), "*:shelf:*").Result()
		return err == nil && len(shelves) == 0
	}) {
		w.wrong("updates that were set aside are not taken")
	}
	w.rested = time.Now()
	for _, r := range w.replicas {
		r.mu.Lock()
		r.pause, r.ahead = 100*time.Millisecond, untilDay(w.rested)
		r.args = []string{"--rehearsal", "1.001x", "--ahead=" + r.ahead.String()}
		running := r.running
		r.mu.Unlock()
		select {
		case <-running.Done: // killed a moment ago; it comes back with its new clock
			continue
		default:
		}
		if err := running.Stop(40 * time.Second); err != nil {
			w.wrong("at rest: %v", err)
		}
	}
	var left int
	if !eventually(w.Drain, func() bool {
		deeds, err := w.history()
		left = waiting(deeds)
		if err == nil && left > 0 {
			time.Sleep(time.Second) // reading it all takes a while
		}
		return err == nil && left == 0
	}) {
		w.say("%d entries are still in the outbox", left)
	}
	stop()
	for _, r := range w.replicas {
		r.stop()
	}
	replicas.Wait()
}

// untilDay is how long it is until it is day for everybody: at half past two in
// UTC it is morning in Newfoundland and afternoon in Casablanca.
func untilDay(now time.Time) time.Duration {
	now = now.UTC()
	y, m, d := now.Date()
	from, to := time.Date(y, m, d, 14, 30, 0, 0, time.UTC), time.Date(y, m, d, 18, 30, 0, 0, time.UTC)
	switch {
	case now.Before(from):
		return from.Sub(now)
	case now.Before(to):
		return time.Millisecond // as good as none
	}
	return from.AddDate(0, 0, 1).Sub(now)
}

// report says each minute how it goes, and in a short run more often.
func (w *world) report(ctx context.Context) {
	for sleep(ctx, min(time.Minute, max(10*time.Second, w.Length/5))) {
		told, accepted := len(w.telegram.Updates())+len(w.slack.Told()), len(w.telegram.Calls("sendMessage"))
		w.mu.Lock()
		w.say("%s: %d kills of onestep, %d of Redis; people did %d things, %d messages were tried on Telegram; wrong so far: %d",
			time.Since(w.began).Round(time.Second), w.hurt[killed], w.hurt[redisKilled], told, accepted, len(w.found))
		w.mu.Unlock()
	}
}

// record gathers what all sides know.
func (w *world) record(ctx context.Context, p *people, deeds []store.Deed) (checker.Record, error) {
	r := checker.Record{Deeds: deeds, Mark: store.OperationMark, Blows: w.blows, Bare: bare}
	told := map[string]checker.Update{} // by operation: what was repeated stands once
	add := func(u checker.Update) {
		if before, ok := told[u.Operation]; ok {
			u.Confirmed = u.Confirmed || before.Confirmed
			u.Dropped = u.Dropped && before.Dropped
		}
		told[u.Operation] = u
	}
	for _, u := range w.telegram.Updates() {
		if u.Kind == "my_chat_member" { // of the group, which nobody talks in
			continue
		}
		add(checker.Update{Operation: telegramOperation(w.telegram, u.ID), Confirmed: u.Confirmed, Dropped: u.Expired})
	}
	for _, u := range w.slack.Told() {
		if u.Event == "user_change" { // a hint, and no update of its own
			continue
		}
		add(checker.Update{Operation: slackOperation(u.ID), Confirmed: u.Acked, Dropped: u.Lost, Press: u.Kind != "events_api"})
	}
	r.Updates = slices.Collect(maps.Values(told))
	w.sent(p, deeds, &r)
	s, err := store.Open(ctx, store.Options{URL: w.redis.URL(), Shards: shards, Keyset: w.keyset})
	if err != nil {
		return r, err
	}
	defer s.Close()
	// The clock of a rehearsal: the program keeps its beginning as a claim.
	name := fmt.Sprintf("rehearsal:%d", w.Rate)
	holder, err := s.Claim(ctx, name, "nobody", time.Second)
	if err != nil {
		return r, err
	}
	epoch, err := time.Parse(time.RFC3339Nano, holder)
	if err != nil {
		return r, fmt.Errorf("the claim %s holds no time: %w", name, err)
	}
	r.Clock = func(at time.Time) time.Time { return epoch.Add(at.Sub(epoch) * time.Duration(w.Rate)) }
	r.Rested, r.Starts = w.rested, w.started
	for _, phone := range append(p.all(), w.rooms()...) {
		person, err := w.person(ctx, s, phone, told)
		if err != nil {
			return r, err
		}
		if slices.Contains(p.patients, phone) && !person.Patient {
			w.wrong("conversation %s is a patient's no more", person.Conversation)
		}
		r.People = append(r.People, person)
	}
	return r, nil
}

// rooms are the teams' channels, which nobody writes in.
func (w *world) rooms() []*phone {
	return []*phone{
		{chat: bot.Chat{Platform: "telegram", ID: fmt.Sprint(telegramRoom)}},
		{chat: bot.Chat{Platform: "slack", ID: slackRoom}},
	}
}

// person is one conversation as the store has it at the end.
func (w *world) person(ctx context.Context, s *store.Store, p *phone, told map[string]checker.Update) (checker.Person, error) {
	id, err := s.Find(ctx, p.chat)
	if err != nil {
		return checker.Person{}, err
	}
	c, err := s.Load(ctx, id)
	if err != nil {
		return checker.Person{}, err
	}
	out := checker.Person{Conversation: id, Turns: c.Version, Quiet: bot.Quiet{Start: "20:00", End: "09:00"}, Cap: caps[c.Team]}
	if out.Journal, err = s.Journal(ctx, id, 0, -1); err != nil {
		return out, err
	}
	zone := c.Zone
	if zone == "" {
		zone = map[string]string{"harbour": "Europe/London", "meadow": "America/New_York"}[c.Team]
	}
	if out.Zone, err = time.LoadLocation(zone); err != nil {
		return out, err
	}
	if c.Patient == nil {
		return out, nil
	}
	out.Patient = true
	if c.Patient.Pending != nil {
		out.Waiting = c.Patient.Pending.Text
	}
	for _, t := range p.tokens {
		switch u, ok := told[t.operation]; {
		case t.operation == "": // an edit, with nothing to edit yet
		case !ok:
			w.wrong("the stage: the update %s was told nobody", t.operation)
		case u.Confirmed:
			out.Tokens = append(out.Tokens, t.word)
		}
	}
	return out, nil
}

// bare tells the words that words of danger are met with, and those that tell of
// them, when they can be stored nowhere. Many other messages name 999 as well.
func bare(text string) bool {
	return strings.HasPrefix(text, "Somebody who writes to me on ") ||
		strings.HasPrefix(text, "Thank you for telling me. I am a computer, but people can help. If life is at risk call 999. ")
}
