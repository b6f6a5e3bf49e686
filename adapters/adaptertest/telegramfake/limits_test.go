package telegramfake

import (
	"strconv"
	"testing"
	"time"
)

// say sends one message and tells whether it was let through, and what wait was
// asked for.
func say(t *testing.T, s *Server, chat int64) (ok bool, wait int) {
	t.Helper()
	a := call(t, s, "sendMessage", "chat_id", strconv.FormatInt(chat, 10), "text", "x")
	return a.OK, a.Parameters.RetryAfter
}

func TestLimitOfOneChat(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	s.Person(7)
	s.Limit(RealLimits())
	for n := range 3 {
		if ok, _ := say(t, s, 7); !ok {
			t.Fatalf("message %d of a short burst was refused", n+1)
		}
	}
	if ok, wait := say(t, s, 7); ok || wait != 2 {
		t.Errorf("the fourth: %v, wait %d", ok, wait)
	}
	c.add(time.Second)
	if ok, _ := say(t, s, 7); !ok {
		t.Error("refused a second later")
	}
	if ok, _ := say(t, s, 7); ok {
		t.Error("two in one second after a burst")
	}
	if got, want := s.Traffic(), (Traffic{Messages: 4, Busiest: 3, OverPrivate: 2}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
}

func TestLimitOfAGroupAndOfAll(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	p := s.Person(7)
	g := s.Group(-4001, "Team", p)
	s.Limit(RealLimits())
	sent := 0
	for range 25 {
		if ok, _ := say(t, s, g.ID); ok {
			sent++
		}
	}
	if sent != 20 {
		t.Errorf("%d messages to a group at once, want 20", sent)
	}
	c.add(3 * time.Second)
	if ok, _ := say(t, s, g.ID); !ok {
		t.Error("the group takes nothing three seconds later")
	}
	for n := range int64(40) {
		s.Person(100 + n)
	}
	c.add(time.Second)
	sent = 0
	for n := range int64(40) {
		if ok, _ := say(t, s, 100+n); ok {
			sent++
		}
	}
	if sent != 30 {
		t.Errorf("%d messages to all at once, want 30", sent)
	}
	// What came in the first second counts in each span that it lies in.
	for n := range int64(40) {
		s.Person(200 + n)
	}
	c.add(900 * time.Millisecond)
	if ok, wait := say(t, s, 200); ok || wait != 1 {
		t.Errorf("the 31st in nine tenths of a second: %v, wait %d", ok, wait)
	}
	c.add(100 * time.Millisecond)
	sent = 0
	for n := range int64(40) {
		if ok, _ := say(t, s, 200+n); ok {
			sent++
		}
	}
	if sent != 30 {
		t.Errorf("%d messages a second later, want 30", sent)
	}
	if got := s.Traffic(); got.OverWhole != 21 || got.OverGroup != 5 || got.Busiest != 30 {
		t.Errorf("counted %+v", got)
	}
}
