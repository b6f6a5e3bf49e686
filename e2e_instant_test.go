package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// The same reply in one instant at two replicas of the real program, and two
// different ones, for 2,000 people over the Telegram webhook: the first one
// answers the open question, a second one answers the next; nothing is lost and
// nothing counts twice.
func TestTwoRepliesInOneInstantOverHTTP(t *testing.T) {
	const people = 2000
	s := newSite(t)
	files, err := builtInScripts()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		s.write("scripts/"+name, content)
	}
	script := "script: numbers\nformat: 1\nlanguage: en\nabout: For a test.\nvars: {n: number}\nsteps:\n"
	for _, q := range []string{"one", "two", "three", "four"} {
		script += fmt.Sprintf("  - {id: %s, ask: scale, say: \"%s?\", keep: n}\n", q, q)
	}
	s.write("scripts/numbers.yaml", script)
	s.set("ONESTEP_SCRIPTS", s.dir+"/scripts")
	s.set("ONESTEP_LOG_LEVEL", "warn")
	s.set("ONESTEP_TELEGRAM_WEBHOOK_URL", "https://made-up.example/telegram/webhook")
	s.set("ONESTEP_TELEGRAM_WEBHOOK_SECRET", webhookSecret)

	keyset, err := store.ParseKeyset(s.get("ONESTEP_ENCRYPTION_KEYSET"))
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), store.Options{URL: s.redis.URL(), Shards: 4, Keyset: keyset})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	chat := func(n int) bot.Chat { return bot.Chat{Platform: "telegram", ID: fmt.Sprint(50_000 + n)} }
	ids := make([]string, people)
	now := time.Now().UTC().Truncate(time.Millisecond)
	for n := range people {
		s.telegram.Person(int64(50_000 + n))
		if ids[n], err = st.Find(t.Context(), chat(n)); err != nil {
			t.Fatal(err)
		}
		c := bot.Conversation{
			ID: ids[n], Role: bot.PatientRole, Team: "harbour", Chats: []bot.Chat{chat(n)}, Zone: "Europe/London",
			Patient: &bot.Patient{Case: fmt.Sprint("Wren-", n)}, Timers: map[string]time.Time{"script:numbers": now},
		}
		if err := st.Commit(t.Context(), bot.Commit{Conversation: &c, Due: now}); err != nil {
			t.Fatal(err)
		}
	}
	replicas := []*process{s.serve(), s.serve()}
	for _, id := range ids {
		s.eventually(week, "everybody has been asked", func() bool {
			c, err := st.Load(t.Context(), id)
			return err == nil && c.Patient.Dialog.Session != nil && c.Patient.Dialog.Session.Open != nil
		})
	}

	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	post := func(p *process, update, n int, text string) error {
		body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"text":%q,"from":{"id":%s,"is_bot":false,"first_name":"Made-up"},"chat":{"id":%s,"type":"private"}}}`,
			update, update, time.Now().Unix(), text, chat(n).ID, chat(n).ID)
		// Telegram repeats what was not answered with a yes.
		for end := time.Now().Add(quick); ; time.Sleep(20 * time.Millisecond) {
			req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, "http://"+p.http+"/telegram/webhook", strings.NewReader(body))
			if err != nil {
				return err
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", webhookSecret)
			resp, err := client.Do(req)
			if err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				if resp.StatusCode == http.StatusOK {
					return nil
				}
				err = fmt.Errorf("status %d", resp.StatusCode)
			}
			if time.Now().After(end) {
				return err
			}
		}
	}
	atOnce := func(name string, updates func(n int) (ids [2]int, texts [2]string)) {
		began := time.Now()
		var all sync.WaitGroup
		slots := make(chan struct{}, 100) // people whose two replies are under way
		for n := range people {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				numbers, texts := updates(n)
				var two sync.WaitGroup
				for i := range 2 {
					two.Go(func() {
						if err := post(replicas[i], numbers[i], n, texts[i]); err != nil {
							t.Errorf("person %d: %v", n, err)
						}
					})
				}
				two.Wait()
			})
		}
		all.Wait()
		t.Logf("%s: %d updates of %d people answered with a yes in %s", name, 2*people, people, time.Since(began).Round(time.Millisecond))
	}
	atOnce("the same words twice", func(n int) ([2]int, [2]string) { return [2]int{1 + n, 1 + n}, [2]string{"4", "4"} })
	atOnce("two different numbers", func(n int) ([2]int, [2]string) {
		return [2]int{10_000 + 2*n, 10_001 + 2*n}, [2]string{"3", "8"}
	})

	first := [2]int{}
	for n, id := range ids {
		entries, err := st.Journal(t.Context(), id, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, e := range entries {
			if e.What == "answer" || e.What == "note" || e.What == "press" {
				told += " " + e.What + " " + e.Value
			}
		}
		switch told {
		case " answer 4 answer 3 answer 8":
			first[0]++
		case " answer 4 answer 8 answer 3":
			first[1]++
		default:
			t.Errorf("person %d:%s", n, told)
		}
	}
	t.Logf("every dialog of %d came out right; the first replica won %d times, the second %d", first[0]+first[1], first[0], first[1])
	for _, p := range replicas {
		p.stop()
	}
}
