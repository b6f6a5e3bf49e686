package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// back bounds the time from the end of a failure to the next question on the
// phone, poll and delivery included.
const back = 20 * time.Second

// interview is one person who is asked question after question.
type interview struct {
	s      *site
	p      *process
	person *seat
	asked  int // questions heard
}

// interviews starts the program and has a person asked the first question.
func (s *site) interviews() *interview {
	s.Helper()
	files, err := builtInScripts()
	if err != nil {
		s.Fatal(err)
	}
	for name, content := range files {
		s.write("scripts/"+name, content)
	}
	s.write("scripts/first.yaml", longScript())
	s.env = append(s.env, "ONESTEP_SCRIPTS="+s.dir+"/scripts")
	i := &interview{s: s, p: s.serve(), person: s.onTelegram(patientID)}
	lead := s.onTelegram(leadID)
	lead.Writes("name Ada")
	lead.Hears(quick, "Ada")
	lead.Writes("invite")
	i.person.writes("/start " + lead.codeOf(lead.Hears(quick, "is the code for this person")))
	i.hears(quick)
	return i
}

// answers is what the person does with the question they heard last.
func (i *interview) answers() { i.person.writes(answer(0, i.asked-1)) }

// hears waits for the next question.
func (i *interview) hears(within time.Duration) {
	i.s.Helper()
	i.person.Hears(within, fmt.Sprintf("Question %d?", i.asked+1))
	i.asked++
}

// readies waits until readiness says these words.
func (i *interview) readies(words string) {
	i.s.Helper()
	var body string
	i.s.eventually(back, "readiness says: "+words, func() bool {
		client := http.Client{Timeout: 5 * time.Second}
		resp, err := client.Get("http://" + i.p.http + "/readyz")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		body = string(text)
		return resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(body, words)
	})
	if i.p.status("/healthz") != http.StatusOK {
		i.s.Error("the process is not well while Redis is not")
	}
}

// check ends the program and looks that every answer is in the journal once
// and in order, and every question was asked once.
func (i *interview) check() {
	i.s.Helper()
	i.s.eventually(quick, "Telegram has no updates left", func() bool { return i.s.telegram.Waiting() == 0 })
	var got, want []string
	for q := range i.asked - 1 {
		want = append(want, answer(0, q))
	}
	for _, e := range i.s.openStore()(bot.Chat{Platform: "telegram", ID: fmt.Sprint(patientID)}) {
		if e.What == "answer" {
			got = append(got, e.Raw)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		i.s.Errorf("the journal holds %q, want %q", got, want)
	}
	for q := range i.asked {
		if n := i.person.count(fmt.Sprintf("Question %d?", q+1)); n != 1 {
			i.s.Errorf("question %d was asked %d times", q+1, n)
		}
	}
	i.p.stop()
}

// Redis fails in one way after the other in the middle of a conversation. The
// program says what to do, acknowledges nothing meanwhile, and goes on by
// itself.
func TestRedisFails(t *testing.T) {
	s := newSite(t)
	i := s.interviews()
	raw := s.redis.Client()
	ctx := context.Background()
	do := func(command ...any) {
		t.Helper()
		if err := raw.Do(ctx, command...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []struct {
		name          string
		breaks, mends func()
		says          string
	}{
		{"stalled", s.redis.Freeze, s.redis.Thaw, "does not answer in time"},
		{
			"a replica", func() { do("replicaof", "127.0.0.1", "1") }, func() { do("replicaof", "no", "one") },
			"REPLICAOF NO ONE",
		},
		{
			"out of memory", func() { do("config", "set", "maxmemory", "1") }, func() { do("config", "set", "maxmemory", "0") },
			"CONFIG SET maxmemory",
		},
		{"killed", s.redis.Kill, func() { s.redis.Restart() }, "No Redis answers"},
	} {
		f.breaks()
		i.readies(f.says)
		before := i.person.transcript()
		i.answers()
		for end := time.Now().Add(200 * time.Millisecond); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if s.telegram.Waiting() == 0 {
				t.Fatalf("%s: the update was acknowledged", f.name)
			}
		}
		if after := i.person.transcript(); after != before {
			t.Errorf("%s: somebody was told something", f.name)
		}
		f.mends()
		mended := time.Now()
		i.hears(back)
		t.Logf("%s: the next question came %v after it was mended", f.name, time.Since(mended).Round(time.Millisecond))
		s.eventually(back, "it is ready again", func() bool { return i.p.status("/readyz") == http.StatusOK })
		i.answers()
		i.hears(quick)
	}
	do("script", "flush")
	i.answers()
	i.hears(quick)
	i.check()
	s.checkLogs()
}

// Redis and onestep start together, and Redis has much to read. Who asks to have
// the scripts read again meanwhile (SIGHUP) does not end the start; who asks it to stop
// does, and that is no fault.
func TestServeWaitsForRedisToReadItsData(t *testing.T) {
	s := newSite(t)
	raw := s.redis.Client()
	if _, err := raw.Pipelined(t.Context(), func(p redis.Pipeliner) error {
		for n := range 120_000 {
			p.Set(t.Context(), "filling", n, 0)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.redis.Kill()
	s.redis.Begin("--key-load-delay", "150") // µs for each line; answers come between a thousand of them
	waits := func(runs int) {
		s.eventually(quick, "it says that it waits", func() bool {
			return strings.Count(s.logs.All(), "still reading its data. Waiting for it.") >= runs
		})
	}
	early := s.launchAt(freeAddr(s))
	waits(1)
	early.stop()
	said := strings.Count(s.logs.All(), "still reading its data. Waiting for it.")
	p := s.launchAt(freeAddr(s))
	waits(said + 1)
	p.Reload()
	if err := raw.ConfigSet(t.Context(), "key-load-delay", "0").Err(); err != nil {
		t.Fatal(err)
	}
	s.eventually(quick, "onestep is ready", func() bool { return p.status("/readyz") == http.StatusOK })
	s.eventually(quick, "it reads them again once it runs", func() bool { return strings.Contains(s.logs.All(), "scripts read again") })
	p.stop()
}

// The master is killed in the middle of a conversation, and the sentinels put
// a replica in its place.
func TestSentinelFailover(t *testing.T) {
	s := newSite(t)
	own := redistest.StartSentinels(t, 2)
	s.set("ONESTEP_REDIS_URL", own.URL(""))
	i := s.interviews()
	for range 5 {
		i.answers()
		i.hears(quick)
	}
	own.Master().Kill()
	killed := time.Now()
	i.answers()
	i.hears(back)
	t.Logf("the next question came %v after the master was killed", time.Since(killed).Round(time.Millisecond))
	for range 5 {
		i.answers()
		i.hears(quick)
	}
	i.check()
}

// Slots move, and a master is killed and comes back, in the middle of a
// conversation.
func TestRedisCluster(t *testing.T) {
	s := newSite(t)
	own := redistest.StartCluster(t, 3, 0)
	s.set("ONESTEP_REDIS_URL", own.URL("?replicas=0"))
	i := s.interviews()
	for shard := range 4 {
		slot := own.Slot(fmt.Sprintf("onestep:{s%02d}:due", shard))
		own.Move(slot, (own.Owner(slot)+1)%3, 5, time.Millisecond)
		i.answers()
		i.hears(quick)
	}
	master := own.Servers[own.Owner(own.Slot("onestep:{s00}:due"))]
	master.Kill()
	i.readies("redis: ")
	i.answers()
	master.Restart()
	i.hears(back)
	s.eventually(back, "it is ready again", func() bool { return i.p.status("/readyz") == http.StatusOK })
	i.check()
}
