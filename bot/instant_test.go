package bot_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/bot/store/redistest"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// crowd is how many people answer in one instant.
const crowd = 2000

// numbers asks for seven numbers, one after the other.
const numbers = `script: numbers
format: 1
language: en
about: For a test.
vars: {n: number}
steps:
  - {id: one, ask: scale, say: "One?", keep: n}
  - {id: two, ask: scale, say: "Two?", keep: n}
  - {id: three, ask: scale, say: "Three?", keep: n}
  - {id: four, ask: scale, say: "Four?", keep: n}
  - {id: five, ask: scale, say: "Five?", keep: n}
  - {id: six, ask: scale, say: "Six?", keep: n}
`

// replicas are two processes of the program beside one Redis.
type replicas struct {
	*testing.T
	server *redistest.Server
	keyset *store.Keyset
	stores [2]*store.Store
	bots   [2]*bot.Bot
	ids    [crowd]string
}

func newReplicas(t *testing.T) *replicas {
	r := &replicas{T: t, server: redistest.Start(t, "--auto-aof-rewrite-percentage", "0")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	files := fstest.MapFS{"numbers.yaml": {Data: []byte(numbers)}}
	must(fs.WalkDir(checkins.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".yaml" {
			files[path] = &fstest.MapFile{}
			files[path].Data, err = checkins.Files.ReadFile(path)
		}
		return err
	}))
	edition, err := dialogs.Load(files)
	must(err)
	r.keyset, err = store.NewKeyset()
	must(err)
	for i := range r.bots {
		r.stores[i], err = store.Open(t.Context(), store.Options{URL: r.server.URL(), Keyset: r.keyset, Shards: 4})
		must(err)
		t.Cleanup(func() { r.stores[i].Close() })
		library, err := bot.NewLibrary(t.Context(), r.stores[i], edition)
		must(err)
		r.bots[i] = &bot.Bot{
			Store: r.stores[i], Scripts: library, Now: time.Now, Random: rand.Reader,
			Log: slog.New(slog.DiscardHandler), Meter: noMeter{}, Teams: []bot.Team{{ID: "harbour", Zone: time.UTC, Language: "en"}},
		}
	}
	r.each(func(ctx context.Context, n int) error {
		id, err := r.stores[0].Find(ctx, place(n))
		if err != nil {
			return err
		}
		r.ids[n] = id
		now := time.Now().UTC().Truncate(time.Millisecond)
		c := bot.Conversation{
			ID: id, Role: bot.PatientRole, Team: "harbour", Chats: []bot.Chat{place(n)}, Patient: &bot.Patient{Case: fmt.Sprint("Wren-", n)},
			Timers: map[string]time.Time{"script:numbers": now.Add(-time.Second)},
		}
		if err := r.stores[0].Commit(ctx, bot.Commit{Conversation: &c, Due: now}); err != nil {
			return err
		}
		return r.bots[0].Due(ctx, id)
	})
	return r
}

func place(n int) bot.Chat { return bot.Chat{Platform: "test", ID: fmt.Sprint(n)} }

// each does something for everybody, some at a time, and again on an error, as
// an adapter does.
func (r *replicas) each(do func(ctx context.Context, n int) error) {
	r.Helper()
	var all sync.WaitGroup
	slots := make(chan struct{}, 64)
	for n := range crowd {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if err := do(r.Context(), n); err != nil {
				r.Error(err)
			}
		})
	}
	all.Wait()
	if r.Failed() {
		r.FailNow()
	}
}

// atOnce gives two updates of each person to the two replicas in one instant,
// and tells how long it took until all were taken.
func (r *replicas) atOnce(updates func(n int) [2]bot.Update) time.Duration {
	r.Helper()
	var ready, all sync.WaitGroup
	begin := make(chan struct{})
	for n := range crowd {
		for i, u := range updates(n) {
			u.Chat, u.Sender, u.Private, u.At = place(n), place(n).ID, true, time.Now()
			ready.Add(1)
			all.Go(func() {
				ready.Done()
				<-begin
				// Nothing was lost on an error; an adapter tries again.
				for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
					err := r.bots[i].Take(r.Context(), u)
					if err == nil {
						return
					}
					if time.Now().After(end) {
						r.Errorf("person %d: %v", n, err)
						return
					}
				}
			})
		}
	}
	ready.Wait()
	began := time.Now()
	close(begin)
	all.Wait()
	return time.Since(began)
}

// button is the data of the button with a label under the question that is open.
func (r *replicas) button(n int, label string) string {
	c, err := r.stores[0].Load(r.Context(), r.ids[n])
	if err != nil || c.Patient.Dialog.Session == nil || c.Patient.Dialog.Session.Open == nil {
		r.Fatalf("person %d has no open question: %v", n, err)
	}
	return "a:" + c.Patient.Dialog.Session.Open.Token + ":" + label
}

// The same reply twice in one instant, and two different ones, for 2,000 people
// at once, over two replicas: typed and pressed. The first one answers the open
// question; a second one that was typed answers the next question, one that was
// pressed belonged to a question that is gone and is noted. Nothing is lost and
// nothing counts twice.
func TestTwoRepliesInOneInstant(t *testing.T) {
	t.Parallel()
	r := newReplicas(t)
	id := func(n int, what string) string { return fmt.Sprintf("test:%d:%s", n, what) }
	wrote := func(n int, what, text string) bot.Update {
		return bot.Update{ID: id(n, what), Kind: bot.Wrote, Text: text}
	}
	pressed := func(n int, what, data string) bot.Update {
		return bot.Update{ID: id(n, what), Kind: bot.Pressed, Data: data}
	}
	for _, round := range []struct {
		name    string
		updates func(n int) [2]bot.Update
	}{
		{"the same words twice", func(n int) [2]bot.Update { return [2]bot.Update{wrote(n, "a", "4"), wrote(n, "a", "4")} }},
		{"two different numbers typed", func(n int) [2]bot.Update { return [2]bot.Update{wrote(n, "b", "3"), wrote(n, "c", "8")} }},
		{"the same press twice", func(n int) [2]bot.Update {
			data := r.button(n, "5")
			return [2]bot.Update{pressed(n, "d", data), pressed(n, "d", data)}
		}},
		{"two different presses", func(n int) [2]bot.Update {
			return [2]bot.Update{pressed(n, "e", r.button(n, "2")), pressed(n, "f", r.button(n, "9"))}
		}},
	} {
		t.Logf("%s: %d updates of %d people taken in %s", round.name, 2*crowd, crowd, r.atOnce(round.updates).Round(time.Millisecond))
	}
	first := [2]int{} // which of two won
	for n := range crowd {
		entries, err := r.stores[1].Journal(t.Context(), r.ids[n], 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			if e.What == "answer" || e.What == "press" || e.What == "note" {
				got = append(got, e.What+" "+e.Name+"="+e.Value+"/"+e.Raw)
			}
		}
		told := strings.Join(got, ", ")
		switch {
		case len(got) != 6 || got[0] != "answer n=4/4" || got[3] != "answer n=5/5":
			t.Errorf("person %d: %s", n, told)
			continue
		case got[1] == "answer n=3/3" && got[2] == "answer n=8/8":
			first[0]++
		case got[1] == "answer n=8/8" && got[2] == "answer n=3/3":
			first[1]++
		default:
			t.Errorf("person %d: %s", n, told)
		}
		if !(got[4] == "answer n=2/2" && got[5] == "press =/9") && !(got[4] == "answer n=9/9" && got[5] == "press =/2") {
			t.Errorf("person %d: %s", n, told)
		}
	}
	if first[0] == 0 || first[1] == 0 {
		t.Errorf("one of two replies always came first (%v), so they did not meet", first)
	}
	lost, doubled := r.asked()
	t.Logf("of %d people %d were asked something not or twice; the first of two came first %d times, the second %d times", crowd, lost+doubled, first[0], first[1])
	if lost+doubled > 0 {
		t.Errorf("%d questions were not asked, %d were asked twice", lost, doubled)
	}
}

// asked counts the questions that were not asked or asked twice, by what was
// ever written to the outbox.
func (r *replicas) asked() (lost, doubled int) {
	r.Helper()
	files, err := filepath.Glob(filepath.Join(r.server.Dir(), "appendonlydir", "*.incr.aof"))
	if err != nil || len(files) == 0 {
		r.Fatalf("append-only files: %v %v", files, err)
	}
	asked := map[string]int{}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			r.Fatal(err)
		}
		defer file.Close()
		if err := store.History(file, "", r.keyset, func(d store.Deed) error {
			for _, e := range d.Outbox {
				asked[d.Conversation+" "+e.Text]++
			}
			return nil
		}); err != nil {
			r.Fatal(err)
		}
	}
	for _, id := range slices.Sorted(slices.Values(r.ids[:])) {
		for _, question := range []string{"One?", "Two?", "Three?", "Four?", "Five?", "Six?"} {
			// The last one is shown again after the press that came too late.
			switch n := asked[id+" "+question]; {
			case n == 0:
				lost++
			case n > 1 && question != "Six?":
				doubled++
			}
		}
	}
	return lost, doubled
}
