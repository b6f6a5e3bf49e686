package main

import (
	"maps"
	"strings"
	"testing"
	"time"
)

// A record that cannot be opened, as after a fault of a disk: what that person
// writes cannot be stored. It is not confirmed, it is counted, the others are
// served, and once the record is mended the person is answered, once. So it is
// by long polling and by webhook.
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
			versions := func() map[string]string {
				list := map[string]string{}
				for _, key := range raw.Keys(t.Context(), "*:c:*").Val() {
					list[key] = raw.HGet(t.Context(), key, "v").Val()
				}
				return list
			}

			lead := s.onTelegram(leadID)
			lead.Writes("name Ada")
			lead.Hears(quick, "People will see the name Ada.")
			before := versions()
			s.eventually(quick, "what the name has caused elsewhere is done", func() bool {
				time.Sleep(300 * time.Millisecond)
				was := before
				before = versions()
				return maps.Equal(was, before)
			})
			lead.Writes("name Ida")
			lead.Hears(quick, "People will see the name Ida.")
			var theirs []string
			for key, version := range versions() {
				if before[key] != version {
					theirs = append(theirs, key)
				}
			}
			if len(theirs) != 1 {
				t.Fatalf("%d records have changed, want the lead's", len(theirs))
			}
			whole := raw.HGetAll(t.Context(), theirs[0]).Val()
			for field := range whole {
				raw.HSet(t.Context(), theirs[0], field, "not what it was")
			}

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

			for field, value := range whole {
				raw.HSet(t.Context(), theirs[0], field, value)
			}
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
