package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"pgregory.net/rapid"

	"onestep/bot"
)

// The outbox against a simple one in memory: random turns, leases, outcomes,
// crashes and take-overs, by conversations that share a shard.
func TestOutboxIsLikeItsModel(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{
		"redis": server.URL(), "in process": "redis://" + miniredis.RunT(t).Addr(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, url)
			s := p.open(t)
			round := 0
			rapid.Check(t, func(rt *rapid.T) {
				// Each round under a prefix of its own, on the same connections.
				round++
				own := *s
				own.keys.prefix = fmt.Sprintf("%s%d:", p.prefix, round)
				m := &machine{
					t: t, s: &own, p: p, ids: inShard(s, 3), now: start,
					lanes: make(map[string]*modelLane), alone: make(map[string]time.Time), tries: make(map[string]*modelEntry), holder: "me",
				}
				m.lease = hold(t, m.s, m.ids[0], m.holder)
				rt.Repeat(map[string]func(*rapid.T){
					"commit": m.commit,
					"take":   m.take,
					"settle": m.settle,
					"off":    m.callOff,
					"wait":   m.wait,
					"crash":  m.crash,
					"lose":   m.takeOver,
					"lapse":  m.lapse,
					"erase":  m.erase,
				})
				m.drain(rt)
			})
		})
	}
}

// machine is the model, and the store that must do the same.
type machine struct {
	t   *testing.T
	s   *Store
	p   *place
	ids []string
	now time.Time

	lease  bot.Lease
	holder string
	lanes  map[string]*modelLane
	alone  map[string]time.Time   // by lane, before when its chat gets nothing
	tries  map[string]*modelEntry // attempted at least once and still known
	turns  int
	held   []heldEntry
}

// modelLane is a lane: its entries in the order they leave.
type modelLane struct {
	entries   []*modelEntry
	notBefore time.Time
	flies     *modelEntry
	seen      bool // a take has seen that its lease ran out
}

type modelEntry struct {
	id, conversation, lane string
	class                  bot.Class
	turn, place            int
	attempts, untried      int
	flying, unsure         bool
	since                  time.Time
}

// heldEntry is what somebody got from a take, perhaps long ago.
type heldEntry struct {
	lease bot.Lease
	bot.Leased
}

const modelLife = time.Minute

func (m *machine) commit(t *rapid.T) {
	id := rapid.SampledFrom(m.ids).Draw(t, "conversation")
	c, err := m.s.Load(m.t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	m.turns++
	commit := bot.Commit{Conversation: c}
	for place := range rapid.IntRange(1, 3).Draw(t, "entries") {
		// An erased conversation begins at version 1 again; the ids are new.
		e := bot.Envelope{ID: fmt.Sprintf("%s.%d.%d", id, m.turns, place)}
		e.Class = rapid.SampledFrom([]bot.Class{bot.Answer, bot.Planned}).Draw(t, "class")
		target := rapid.SampledFrom([]string{"telegram", "slack", "letter"}).Draw(t, "target")
		if target == "letter" {
			e.Letter = &bot.Letter{To: "robin"}
		} else {
			e.Chat = bot.Chat{Platform: target, ID: id}
		}
		commit.Outbox = append(commit.Outbox, e)
		m.add(&modelEntry{id: e.ID, conversation: id, lane: id + " " + target, class: e.Class, turn: m.turns, place: place})
	}
	if err := m.s.Commit(m.t.Context(), commit); err != nil {
		t.Fatal(err)
	}
}

// callOff takes some of what was planned and waits or flies out of the outbox, or all but the letters, and writes something
// new beside it.
func (m *machine) callOff(t *rapid.T) {
	id := rapid.SampledFrom(m.ids).Draw(t, "conversation")
	c, err := m.s.Load(m.t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := m.s.Waiting(m.t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	commit := bot.Commit{Conversation: c}
	all := rapid.Bool().Draw(t, "all")
	for _, e := range waiting {
		if all && e.Letter == nil || !all && e.Class == bot.Planned && rapid.Bool().Draw(t, "off") {
			commit.Off = append(commit.Off, e.ID)
		}
	}
	for name, l := range m.lanes {
		l.entries = slices.DeleteFunc(l.entries, func(e *modelEntry) bool {
			off := slices.Contains(commit.Off, e.id)
			if off && (l.flies != e || l.seen) {
				delete(m.tries, e.id)
			}
			return off
		})
		if len(l.entries) == 0 && (l.flies == nil || l.seen) {
			delete(m.lanes, name)
		}
	}
	m.turns++
	e := bot.Envelope{ID: fmt.Sprintf("%s.%d.0", id, m.turns), Chat: bot.Chat{Platform: "slack", ID: id}}
	commit.Outbox = append(commit.Outbox, e)
	m.add(&modelEntry{id: e.ID, conversation: id, lane: id + " slack", class: e.Class, turn: m.turns})
	if err := m.s.Commit(m.t.Context(), commit); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) add(e *modelEntry) {
	l := m.lanes[e.lane]
	if l == nil {
		l = new(modelLane)
		m.lanes[e.lane] = l
	}
	// What failed and waits keeps no answer waiting, nor anything new of its own
	// kind.
	if l.flies == nil && (len(l.entries) == 0 || e.class <= l.entries[0].class) {
		l.notBefore = time.Time{}
	}
	l.entries = append(l.entries, e)
	slices.SortFunc(l.entries, func(a, b *modelEntry) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.turn, b.turn), cmp.Compare(a.place, b.place))
	})
}

func (m *machine) take(t *rapid.T) {
	limit := rapid.SampledFrom([]int{1, 2, 100}).Draw(t, "limit")
	got, more, err := m.s.TakeReady(m.t.Context(), m.lease, m.now, rooms(limit), modelLife)
	if err != nil {
		t.Fatal(err)
	}
	ready, of := make(map[string]*modelEntry), make(map[string]int)
	for name, l := range m.lanes {
		if l.flies != nil && !l.notBefore.After(m.now) {
			l.seen = true
			if !slices.Contains(l.entries, l.flies) {
				delete(m.tries, l.flies.id) // it was called off, and nobody ended it
			}
		}
		if len(l.entries) == 0 {
			if !l.notBefore.After(m.now) {
				delete(m.lanes, name)
			}
			continue
		}
		if head := l.entries[0]; !l.notBefore.After(m.now) {
			_, target, _ := strings.Cut(name, " ")
			of[fmt.Sprint(target, head.class)]++
			if !m.alone[name].After(m.now) {
				ready[head.id] = head
			}
		}
	}
	want := 0
	for i, r := range rooms(limit) {
		kind := fmt.Sprint(cmp.Or(r.Platform, "letter"), r.Class)
		n := 0
		for _, e := range ready {
			if _, target, _ := strings.Cut(e.lane, " "); fmt.Sprint(target, e.class) == kind {
				n++
			}
		}
		want += min(limit, n)
		if more[i] && n <= limit && of[kind] == n || !more[i] && n > limit {
			t.Fatalf("more of %s is %v, with %d ready and room for %d", kind, more[i], n, limit)
		}
	}
	if len(got) != want {
		t.Fatalf("took %d, want %d of the %d that are ready", len(got), want, len(ready))
	}
	for _, g := range got {
		e := ready[g.ID]
		if e == nil {
			t.Fatalf("took %s, which is not the head of a lane that is ready, or twice", g.ID)
		}
		delete(ready, g.ID)
		e.unsure = e.unsure || e.flying
		e.flying = true
		if e.attempts++; e.attempts == 1 {
			e.since = m.now
		}
		l := m.lanes[e.lane]
		l.seen, l.flies, l.notBefore = false, e, m.now.Add(modelLife)
		m.tries[e.id] = e
		if g.Attempt != e.attempts || g.Tries != e.attempts-e.untried || g.Unsure != e.unsure || !g.Since.Equal(e.since) || g.Conversation != e.conversation || g.Class != e.class {
			t.Fatalf("took %+v, want %+v", g, e)
		}
		m.held = append(m.held, heldEntry{m.lease, g})
	}
}

func (m *machine) settle(t *rapid.T) {
	if len(m.held) == 0 {
		return // nothing to settle yet
	}
	h := rapid.SampledFrom(m.held).Draw(t, "held")
	var o bot.Outcome
	switch rapid.SampledFrom([]string{"done", "dead", "retry"}).Draw(t, "outcome") {
	case "done":
		o.Done = true
	case "dead":
		o.Dead, o.Reason = true, "ours: a made-up reason"
	default:
		o.Retry = m.now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "after")) * time.Second)
	}
	o.Unsure = rapid.Bool().Draw(t, "unsure")
	o.Untried = rapid.Bool().Draw(t, "untried")
	o.At = m.now
	if rapid.Bool().Draw(t, "paced") {
		o.Pace = bot.Limit{Every: 7 * time.Second, Burst: rapid.IntRange(0, 3).Draw(t, "burst")}
	}
	if rapid.Bool().Draw(t, "throttled") {
		o.Alone = m.now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "alone")) * time.Second)
	}
	want := m.end(h, o)
	if _, err := m.s.Settle(m.t.Context(), h.lease, h.Leased, o); !errors.Is(err, want) {
		t.Fatalf("settling %s, attempt %d, as %+v: %v, want %v", h.ID, h.Attempt, o, err, want)
	}
}

// end settles in the model and gives the error that settling must give.
func (m *machine) end(h heldEntry, o bot.Outcome) error {
	if h.lease != m.lease {
		return bot.ErrFenced
	}
	e := m.tries[h.ID]
	switch {
	case e == nil:
		return nil // delivered or erased
	case e.attempts != h.Attempt:
		return bot.ErrFenced
	case !e.flying:
		return nil // ended before
	}
	e.flying = false
	e.unsure = e.unsure || o.Unsure
	if o.Untried {
		e.untried++
	}
	l := m.lanes[e.lane]
	ours := l.flies == nil || l.flies == e
	if ours {
		l.flies, l.seen = nil, false
	}
	alone := m.alone[e.lane]
	if o.Pace.Every > 0 {
		if before := m.now.Add(-o.Pace.Ahead()); before.After(alone) {
			alone = before
		}
		alone = alone.Add(o.Pace.Every)
	}
	if o.Alone.After(alone) {
		alone = o.Alone
	}
	m.alone[e.lane] = alone
	off := !slices.Contains(l.entries, e) // and so is not tried again
	if !o.Done && !o.Dead && !off {
		if ours {
			l.notBefore = time.Time{}
			if l.entries[0] == e {
				l.notBefore = o.Retry
			}
		}
		return nil
	}
	l.entries = slices.DeleteFunc(l.entries, func(x *modelEntry) bool { return x == e })
	if ours {
		l.notBefore = time.Time{}
	}
	if len(l.entries) == 0 {
		delete(m.lanes, e.lane)
	}
	if !o.Dead {
		delete(m.tries, e.id)
	}
	return nil
}

func (m *machine) wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "seconds")) * time.Second)
}

// crash forgets what is held, without a word to Redis.
func (m *machine) crash(t *rapid.T) { m.held = nil }

// takeOver lets the shard's lease run out while we still hold entries.
func (m *machine) takeOver(t *rapid.T) {
	if err := m.p.raw.Del(m.t.Context(), m.s.keys.owner(m.lease.Name)).Err(); err != nil {
		t.Fatal(err)
	}
	if m.holder == "me" {
		m.holder = "you"
	} else {
		m.holder = "me"
	}
	m.lease = hold(m.t, m.s, m.ids[0], m.holder)
	for _, l := range m.lanes { // what was in flight can be tried again at once
		if l.flies != nil {
			l.notBefore = time.Time{}
		}
	}
}

// lapse lets the lease run out and takes it anew: what is in flight is in our
// hands still.
func (m *machine) lapse(t *rapid.T) {
	if err := m.p.raw.Del(m.t.Context(), m.s.keys.owner(m.lease.Name)).Err(); err != nil {
		t.Fatal(err)
	}
	m.lease = hold(m.t, m.s, m.ids[0], m.holder)
	for i := range m.held {
		if m.held[i].lease.Fence+1 == m.lease.Fence {
			m.held[i].lease = m.lease // it settles under the new one
		}
	}
}

func (m *machine) erase(t *rapid.T) {
	id := rapid.SampledFrom(m.ids).Draw(t, "conversation")
	waiting, dead := 0, 0
	for name, l := range m.lanes {
		if strings.HasPrefix(name, id+" ") {
			waiting += len(l.entries)
			for _, e := range l.entries {
				delete(m.tries, e.id)
			}
			delete(m.lanes, name)
		}
	}
	for _, e := range m.tries { // what is left of it
		if e.conversation == id {
			if !e.flying { // else it was called off
				dead++
			}
			delete(m.tries, e.id)
		}
	}
	r, err := m.s.Erase(m.t.Context(), id)
	if err != nil || r.Waiting != waiting || r.Dead != dead {
		t.Fatalf("erased %+v, %v; want %d waiting and %d dead", r, err, waiting, dead)
	}
}

// drain delivers all that is left, and looks that nothing but the dead remains.
func (m *machine) drain(t *rapid.T) {
	for len(m.lanes) > 0 {
		m.now = m.now.Add(time.Hour)
		m.held = nil
		m.take(t)
		for _, h := range m.held {
			want := m.end(h, bot.Outcome{Done: true})
			if _, err := m.s.Settle(m.t.Context(), m.lease, h.Leased, bot.Outcome{Done: true}); !errors.Is(err, want) {
				t.Fatal(err)
			}
		}
	}
	shard, ctx := m.s.keys.shard(m.ids[0]), m.t.Context()
	if n := m.p.raw.ZCard(ctx, m.s.keys.out(shard)).Val() + m.p.raw.ZCard(ctx, m.s.keys.ready(shard)).Val(); n != 0 {
		t.Fatalf("%d entries and lanes are left after all was delivered", n)
	}
	var dead []string
	for id := range m.tries {
		dead = append(dead, id)
	}
	slices.Sort(dead)
	all, err := m.s.Dead(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.ID)
	}
	slices.Sort(ids)
	values := m.p.raw.HKeys(ctx, m.s.keys.values(shard)).Val()
	tries := m.p.raw.HKeys(ctx, m.s.keys.tries(shard)).Val()
	slices.Sort(values)
	slices.Sort(tries)
	for name, got := range map[string][]string{"dead": ids, "values": values, "tries": tries} {
		if !slices.Equal(got, dead) {
			t.Fatalf("%s are %q, want %q", name, got, dead)
		}
	}
}
