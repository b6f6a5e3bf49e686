package bot_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// The year that is lived: it holds a leap day, both clock changes of every
// zone, Christmas and Easter.
var (
	yearBegins = time.Date(2027, 11, 1, 9, 30, 0, 0, time.UTC)
	yearEnds   = yearBegins.AddDate(1, 0, 0)
)

// together is how many patients one worker has here.
const together = 20

// TestAYear lives a year with patients of every kind in six time zones, every
// turn a real one on a store in memory, and has each message that was sent
// first judged by a checker that knows what was agreed and the calendar, and
// nothing of the program. ONESTEP_YEAR=1000 lives it with so many patients.
func TestAYear(t *testing.T) {
	t.Parallel()
	patients := 60
	if many := os.Getenv("ONESTEP_YEAR"); many != "" {
		var err error
		if patients, err = strconv.Atoi(many); err != nil || patients < together {
			t.Fatalf("ONESTEP_YEAR=%s: a number of patients, %d at least", many, together)
		}
	}
	began := time.Now()
	var mu sync.Mutex
	sum := tally{}
	// All work is there from the beginning: a worker that fails leaves nobody
	// waiting to hand over the next piece.
	work := make(chan int, patients/together)
	for n := range patients / together {
		work <- n
	}
	close(work)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for n := range work {
				if t.Failed() {
					return
				}
				c := newCaseload(t, n)
				c.live()
				found := c.judge()
				mu.Lock()
				sum.add(found)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		t.FailNow() // a part of the work adds up to nothing
	}
	t.Logf("%d patients for a year in %s: %+v", patients/together*together, time.Since(began).Round(time.Millisecond), sum)
	sum.expect(t, patients/together*together)
}

// caseload is one worker with their patients, on a clock of their own.
type caseload struct {
	t      *testing.T
	number int
	store  *memory
	bot    *bot.Bot
	now    time.Time
	people []*person
	worker bot.Chat
	told   []string // what the worker read
	down   []span   // when the program is not there
	random *rand.Rand
	closed map[string]bool
	cap    int
	acting *person // whose own act this turn is, nil on a timer
	update int
}

type span struct{ from, to time.Time }

func newCaseload(t *testing.T, number int) *caseload {
	edition, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	c := &caseload{
		t: t, number: number, store: newMemory(edition), now: yearBegins.Add(time.Duration(number%7) * 24 * time.Hour),
		worker: bot.Chat{Platform: "test", ID: "worker"}, random: rand.New(rand.NewPCG(uint64(number), 7)),
		closed: closedDays[number%len(closedDays)], cap: []int{3, 3, 2, 3, 1}[number%5],
	}
	if number%3 == 1 { // outages: an hour, a night, three days
		for i, long := range []time.Duration{time.Hour, 14 * time.Hour, 75 * time.Hour} {
			from := yearBegins.AddDate(0, 3*i+2, number%28).Add(time.Duration(number%24) * time.Hour)
			c.down = append(c.down, span{from, from.Add(long)})
		}
	}
	c.bot = &bot.Bot{
		Store: c.store, Scripts: c.store, Now: func() time.Time { return c.now }, Random: bytes.NewReader(c.noise(4096)),
		Log: slog.New(slog.DiscardHandler), Meter: noMeter{}, Links: map[string]bot.Linker{"test": nil},
		Teams: []bot.Team{{
			ID: "harbour", Name: "Harbour team", Zone: zone(t, "Europe/London"), Language: "en", Channel: channel,
			Leads: []bot.Chat{lead}, Hours: dialogs.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * 60, To: 17 * 60},
			Quiet: bot.Quiet{Start: "20:00", End: "09:00"}, WeeklyCap: c.cap,
			Closed:     func(day time.Time) bool { return c.closed[day.Format(time.DateOnly)] },
			SummaryDay: time.Monday, SummaryTime: "09:00",
		}},
	}
	if err := c.bot.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.write(lead, "name Ada", "")
	c.write(lead, "worker Sam", "")
	c.write(c.worker, "start "+c.code(), "")
	for i := range together {
		p := newPerson(c, i)
		c.write(c.worker, "invite", "")
		c.people = append(c.people, p)
		c.acting = p
		c.write(p.chat, "start "+c.code(), p.zone.String())
		c.acting = nil
	}
	return c
}

func zone(t *testing.T, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func (c *caseload) noise(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(c.random.Uint32())
	}
	return b
}

// code is the latest invitation.
func (c *caseload) code() string { return fmt.Sprintf("code-%020d", c.store.codes) }

// write is what somebody writes; zone is set where the platform tells it.
func (c *caseload) write(from bot.Chat, text, zone string) {
	c.take(bot.Update{Kind: bot.Wrote, Chat: from, Text: text, Zone: zone, ZoneAt: c.now})
}

func (c *caseload) take(u bot.Update) {
	c.update++
	for _, p := range c.people {
		if p.chat == u.Chat {
			p.did = append(p.did, c.now)
		}
	}
	u.ID, u.Private, u.Sender, u.At = fmt.Sprint("test:", c.update), true, u.Chat.ID, c.now
	if err := c.bot.Take(c.t.Context(), u); err != nil {
		c.t.Fatalf("caseload %d at %s: %v", c.number, c.now, err)
	}
	c.deliver()
}

// deliver hands out what was committed: letters to their conversations,
// messages to the people, who may answer later.
func (c *caseload) deliver() {
	for len(c.store.outbox) > 0 {
		e := c.store.outbox[0]
		c.store.outbox = c.store.outbox[1:]
		if e.Letter != nil {
			if err := c.bot.Open(c.t.Context(), e); err != nil {
				c.t.Fatalf("letter %s: %v", e.Letter.Kind, err)
			}
			continue
		}
		if e.Chat == c.worker {
			c.told = append(c.told, e.Text)
		}
		if e.Wait > 0 {
			c.store.delivered(e.Chat.ID, e.Token, c.now.Add(e.Wait))
		}
		for _, p := range c.people {
			if p.chat == e.Chat {
				p.gets(c, e)
			}
		}
	}
}

// live lets the year pass, from one thing that happens to the next.
func (c *caseload) live() {
	for {
		at, id, p := time.Time{}, "", (*person)(nil)
		for other := range c.store.conversations {
			if due := c.store.next(other); !due.IsZero() && (at.IsZero() || due.Before(at) || due.Equal(at) && other < id) {
				at, id = due, other
			}
		}
		for _, q := range c.people {
			if when := q.acts(); !when.IsZero() && (at.IsZero() || when.Before(at)) {
				at, p = when, q
			}
		}
		if at.IsZero() || at.After(yearEnds) {
			return
		}
		for _, d := range c.down {
			if !at.Before(d.from) && at.Before(d.to) {
				at = d.to // whoever wrote meanwhile is heard now
			}
		}
		if at.After(c.now) {
			c.now = at
		}
		if c.acting = p; p != nil {
			p.act(c)
			p.notes(c)
			continue
		}
		if err := c.bot.Due(c.t.Context(), id); err != nil {
			c.t.Fatalf("due: %v", err)
		}
		c.deliver()
		for _, p := range c.people {
			if p.chat.ID == id {
				p.notes(c)
			}
		}
		if next := c.store.next(id); !next.IsZero() && !next.After(c.now) {
			c.t.Fatalf("%s is due again at once, at %s", id, next)
		}
	}
}

// tally counts what a year held, so that a year in which nothing happened
// proves nothing.
type tally struct {
	First, Checkins, Reminders, Answers, Kind, Stops, Pauses, Moves, Changes, Held, Missing int
}

func (s *tally) add(o tally) {
	s.First += o.First
	s.Checkins += o.Checkins
	s.Reminders += o.Reminders
	s.Answers += o.Answers
	s.Kind += o.Kind
	s.Stops += o.Stops
	s.Pauses += o.Pauses
	s.Moves += o.Moves
	s.Changes += o.Changes
	s.Held += o.Held
	s.Missing += o.Missing
}

func (s *tally) expect(t *testing.T, patients int) {
	for name, is := range map[string]bool{
		"check-ins": s.Checkins > 20*patients, "reminders": s.Reminders > patients, "kind words": s.Kind > 0, "stops": s.Stops > 0,
		"pauses": s.Pauses > 0, "moves": s.Moves > 0, "changes of plan": s.Changes > 0, "held messages": s.Held > 0,
	} {
		if !is {
			t.Errorf("too few %s for a year: %+v", name, *s)
		}
	}
}

func hasPrefix(text string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}
