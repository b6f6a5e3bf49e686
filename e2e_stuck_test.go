package main

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A record that cannot be opened, as after a fault of a disk: what that person
// writes cannot be stored. It is not confirmed, it is counted, the others are
// served, however many, and once the record is mended the person is answered,
// once. So it is by long polling and by webhook.
func TestOnePersonWhoCannotBeStored(t *testing.T) {
	for _, way := range []string{"polling", "webhook"} {
		t.Run(way, func(t *testing.T) {
			s := newSite(t)
			addr := freeAddr(s)
			if way == "webhook" {
				s.overHTTP().set(false, addr)
				s.set("ONESTEP_SLACK_BOT_TOKEN", "")
				s.set("ONESTEP_SLACK_SIGNING_SECRET", "")
			}
			p := s.serveAt(addr)
			raw := s.redis.Client()

			lead := s.onTelegram(leadID)
			lead.Writes("name Ada")
			lead.Hears(quick, "People will see the name Ada.")
			mend := s.breaks(raw, func() {
				lead.Writes("name Ida")
				lead.Hears(quick, "People will see the name Ida.")
			})

			lead.Writes("name Bea")
			const refused = `onestep_refused_updates_total{platform="telegram"}`
			s.eventually(quick, "it is refused, and refused again", func() bool { return p.metric(refused) >= 2 })
			other := s.onTelegram(workerID)
			other.Writes("hello")
			s.eventually(quick, "somebody else is served", func() bool { return len(other.messages()) > 0 })
			if s.telegram.Waiting() == 0 {
				t.Error("what could not be stored was confirmed")
			}
			if status, text := p.ask("/readyz"); status != 200 {
				t.Errorf("one person's trouble makes the replica unready: %d %s", status, text)
			}
			if lead.count("Bea") != 0 {
				t.Error("answered without having been stored")
			}

			if way == "polling" { // more write than Telegram shows behind one that it keeps
				for i := range 110 {
					s.onTelegram(int64(firstPerson + i)).Writes("hello")
				}
				s.eventually(quick, "what cannot be stored makes room", func() bool { return s.telegram.Waiting() == 0 })
				last := s.onTelegram(firstPerson - 1)
				last.Writes("hello")
				s.eventually(quick, "whoever comes then is served", func() bool { return len(last.messages()) > 0 })
				p.stop()
				p = s.serveAt(addr)
			}
			mend()
			lead.Hears(quick, "People will see the name Bea.")
			s.eventually(quick, "Telegram has no updates left", func() bool { return s.telegram.Waiting() == 0 })
			time.Sleep(300 * time.Millisecond) // for an answer too many to arrive
			if n := lead.count("Bea."); n != 1 {
				t.Errorf("answered %d times", n)
			}
			p.stop()
			s.checkLogs()
			if !strings.Contains(s.logs.All(), "was not taken") {
				t.Error("the log does not say it")
			}
		})
	}
}

// Words of danger do not wait for a record to be mended, nor for Redis: the
// fixed words go out and people are told, as far as that can be known; and
// once it is mended the alert takes its usual road.
func TestDangerThatCannotBeStored(t *testing.T) {
	for _, platform := range []string{"telegram", "slack"} {
		t.Run(platform, func(t *testing.T) {
			s, c, p, code := inDanger(t, platform)
			raw := s.redis.Client()
			c.patient.Hears(quick, "Is it OK to go on?")

			mend := s.breaks(raw, func() {
				c.patient.Writes("help")
				c.patient.Hears(quick, "I am a computer helper")
			})
			began := time.Now()
			c.patient.writes(dangerWords)
			c.patient.Hears(quick, fixedWords)
			c.worker.Hears(quick, code+": Wrote words that may mean danger. Their record cannot be stored just now")
			c.lead.Hears(quick, code+": Wrote words that may mean danger. Their record cannot be stored just now")
			c.lead.Hears(quick, nobodyYet+"\n"+code)
			if took := time.Since(began); took < alertTime {
				t.Errorf("the alert went on after %s, before the clock ran out", took)
			}
			if n := c.patient.count(fixedWords); n != 1 {
				t.Errorf("the fixed words were said %d times", n)
			}
			if n := p.metric(`onestep_unkept_dangers_total{how="kept",platform="` + platform + `"}`); n != 1 {
				t.Errorf("counted %v times", n)
			}
			mend()
			c.worker.Hears(quick, "To read more: show "+code)
			c.worker.Presses("Done")
			c.worker.Hears(quick, "Done, and noted: "+code)

			// Nothing can be stored at all.
			s.redis.Kill()
			c.patient.writes(dangerWords)
			c.patient.Hears(2*quick, fixedWords)
			c.lead.Hears(quick, "Somebody who writes to me on")
			s.redis.Restart()
			c.worker.Hears(2*quick, "To read more: show "+code)
			p.stop()
			s.checkLogs()
			if !strings.Contains(s.logs.All(), "words of danger cannot be stored at all") {
				t.Error("the operator is not called")
			}
		})
	}
}

// breaks makes the one record unreadable that an act changes, and gives what
// mends it.
func (s *site) breaks(raw *redis.Client, act func()) (mend func()) {
	s.Helper()
	versions := func() map[string]string {
		list := map[string]string{}
		for _, key := range raw.Keys(s.Context(), "*:c:*").Val() {
			list[key] = raw.HGet(s.Context(), key, "v").Val()
		}
		return list
	}
	before := versions()
	s.eventually(quick, "what came before is done", func() bool {
		time.Sleep(300 * time.Millisecond)
		was := before
		before = versions()
		return maps.Equal(was, before)
	})
	act()
	var theirs []string
	for key, version := range versions() {
		if before[key] != version {
			theirs = append(theirs, key)
		}
	}
	if len(theirs) != 1 {
		s.Fatalf("%d records have changed, want one", len(theirs))
	}
	whole := raw.HGetAll(s.Context(), theirs[0]).Val()
	for field := range whole {
		raw.HSet(s.Context(), theirs[0], field, "not what it was")
	}
	return func() {
		for field, value := range whole {
			raw.HSet(s.Context(), theirs[0], field, value)
		}
	}
}
