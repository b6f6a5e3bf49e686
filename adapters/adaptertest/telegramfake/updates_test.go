package telegramfake

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// ids lists the updates of an answer.
func ids(t *testing.T, a answer) []int64 {
	t.Helper()
	if !a.OK {
		t.Fatalf("getUpdates: %d %s", a.Code, a.Description)
	}
	var us []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(a.Result, &us); err != nil {
		t.Fatal(err)
	}
	out := []int64{}
	for _, u := range us {
		out = append(out, u.ID)
	}
	return out
}

func poll(t *testing.T, s *Server, params ...string) []int64 {
	t.Helper()
	return ids(t, call(t, s, "getUpdates", params...))
}

const first = 880_000_001

func TestConfirmation(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	p := s.Person(7)
	for range 3 {
		p.Writes("hello")
	}
	all := []int64{first, first + 1, first + 2}
	if got := poll(t, s); !slices.Equal(got, all) {
		t.Errorf("first %v", got)
	}
	c.add(time.Second) // a hasty poll would get one only
	if got := poll(t, s); !slices.Equal(got, all) {
		t.Errorf("nothing was confirmed, and now there is %v", got)
	}
	if got := poll(t, s); !slices.Equal(got, all[:1]) {
		t.Errorf("a hasty poll got %v", got)
	}
	if got := poll(t, s, "offset", "880000002", "limit", "1"); !slices.Equal(got, all[1:2]) {
		t.Errorf("with offset and limit %v", got)
	}
	if n := s.Waiting(); n != 2 {
		t.Errorf("%d wait, want 2", n)
	}
	if got := poll(t, s, "offset", "880000001"); !slices.Equal(got, all[1:]) {
		t.Errorf("a lower offset brought %v", got)
	}
	// Far beyond the end an offset counts as none; a little beyond it confirms.
	if got := poll(t, s, "offset", "990000000"); !slices.Equal(got, all[1:]) {
		t.Errorf("an offset far beyond the end brought %v", got)
	}
	if got := poll(t, s, "offset", "-1"); !slices.Equal(got, all[2:]) {
		t.Errorf("a negative offset brought %v", got)
	}
	if got := poll(t, s, "offset", "880000004"); len(got) != 0 || s.Waiting() != 0 {
		t.Errorf("after the end %v", got)
	}
	s.Repeat(2)
	for range 2 {
		c.add(time.Second)
		if got := poll(t, s, "offset", "880000004"); !slices.Equal(got, all) {
			t.Errorf("repeated %v", got)
		}
	}
}

func TestLongPoll(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	got := make(chan answer)
	ask := func() {
		a, err := post(t.Context(), s.URL+"/bot"+s.Token+"/getUpdates?timeout=20", "", "")
		if err != nil {
			t.Error(err)
		}
		got <- a
	}
	waits := func() {
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
			s.mu.Lock()
			is := s.line.waiting != nil
			s.mu.Unlock()
			if is {
				return
			}
		}
		t.Error("nobody waits")
	}
	go ask()
	waits()
	s.Person(7).Writes("hello")
	if a := <-got; len(ids(t, a)) != 1 {
		t.Errorf("the long poll brought %s", a.Result)
	}
	poll(t, s, "offset", "880000002")
	// Of two who wait the older is thrown out.
	go ask()
	waits()
	s.mu.Lock()
	old := s.line.waiting
	s.mu.Unlock()
	go ask()
	if a := <-got; a.Code != 409 || !strings.Contains(a.Description, "terminated by other getUpdates request") {
		t.Errorf("the older poll got %d %s", a.Code, a.Description)
	}
	s.mu.Lock()
	if s.line.waiting == old || s.line.waiting == nil {
		t.Error("the newer poll does not wait")
	}
	s.mu.Unlock()
	s.SetWebhook("https://example.org/")
	if a := <-got; a.Code != 409 || !strings.Contains(a.Description, "setWebhook") {
		t.Errorf("with a webhook the poll got %d %s", a.Code, a.Description)
	}
	if a := call(t, s, "getUpdates"); a.Code != 409 || !strings.Contains(a.Description, "webhook is active") {
		t.Errorf("with a webhook a new poll got %d %s", a.Code, a.Description)
	}
	s.Person(7).Writes("kept")
	call(t, s, "deleteWebhook", "drop_pending_updates", "false")
	if n := len(poll(t, s)); n != 1 {
		t.Errorf("%d updates after the webhook", n)
	}
	call(t, s, "deleteWebhook", "drop_pending_updates", "true")
	if n := s.Waiting(); n != 0 {
		t.Errorf("%d updates after they were dropped", n)
	}
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	p := s.Person(7)
	call(t, s, "getUpdates", "allowed_updates", `["message"]`)
	if p.Writes("in"); p.Edits("out") != 0 {
		t.Error("an edit is queued that nobody asked for")
	}
	for _, same := range []string{"", "null"} {
		call(t, s, "getUpdates", "allowed_updates", same)
		if p.Edits("out") != 0 {
			t.Errorf("%q changed the list", same)
		}
	}
	call(t, s, "getUpdates", "allowed_updates", `[]`)
	if p.Edits("in") == 0 {
		t.Error("the empty list is not the standard one")
	}
	if a := call(t, s, "getUpdates", "allowed_updates", `"message"`); a.Code != 400 {
		t.Errorf("a bad list got %d", a.Code)
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	p := s.Person(7)
	call(t, s, "sendMessage", "chat_id", "7", "text", "?", "reply_markup", `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`)
	if err := p.Presses("Yes"); err != nil {
		t.Fatal(err)
	}
	p.Writes("hello")
	c.add(149 * time.Second)
	if n := s.Waiting(); n != 2 {
		t.Errorf("%d wait after 149 s, want 2", n)
	}
	c.add(time.Second)
	if n := s.Waiting(); n != 1 {
		t.Errorf("%d wait after 150 s, want 1: the press is gone", n)
	}
	c.add(24 * time.Hour)
	if n := s.Waiting(); n != 0 {
		t.Errorf("%d wait after a day", n)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, q := range s.presses {
		if q.answered {
			t.Errorf("press %s is answered", id)
		}
	}
}

func TestJump(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	p := s.Person(7)
	p.Writes("a")
	if s.JumpTo(5) {
		t.Error("ids jumped over an update that waits")
	}
	poll(t, s, "offset", "880000002")
	if !s.JumpTo(5) || p.Writes("b") != 5 {
		t.Error("ids did not jump")
	}
	if got := poll(t, s, "offset", "880000002"); !slices.Equal(got, []int64{5}) {
		t.Errorf("with the old offset %v", got)
	}
	if got := poll(t, s, "offset", "6"); len(got) != 0 {
		t.Errorf("after it was confirmed %v", got)
	}
}
