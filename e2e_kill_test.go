package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// Figures of the kill test.
const (
	kills = 50
	// fewestKills are what a busy machine must reach: more answers pass there
	// between one kill and the next.
	fewestKills = 40
	people      = 40
	questions   = 20
	// firstPerson is beyond the numbers of the leads.
	firstPerson = 500_000
)

// The program is killed up to 50 times at random moments while people answer. Every
// answer of theirs is in the journal once and in order, and every question was
// asked; nobody is left waiting.
func TestKilledUnderLoad(t *testing.T) {
	s := newSite(t)
	files, err := builtInScripts()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		s.write("scripts/"+name, content)
	}
	s.write("scripts/first.yaml", longScript())
	// At the usual rate most of the time would go in waiting for places under the
	// platform's limit, and for those that a killed process had taken. Torture
	// kills at the usual rate.
	s.env = append(s.env, "ONESTEP_SCRIPTS="+s.dir+"/scripts", "ONESTEP_LOG_LEVEL=warn", "ONESTEP_TELEGRAM_RATE=300")

	var leads []string
	for n := range leaders {
		leads = append(leads, fmt.Sprintf("telegram:%d", leadID+1000*n))
	}
	s.teams(fmt.Sprintf("telegram:%d", channelID), leads...)
	addr := freeAddr(s)
	p := s.serveAt(addr)
	codes := s.invitations(people)

	var answering sync.WaitGroup
	finished := make(chan struct{})
	var answers atomic.Int64
	for i, code := range codes {
		person := s.onTelegram(int64(firstPerson + i))
		answering.Go(func() {
			person.writes("/start " + code)
			for q := range questions {
				if !person.awaits(fmt.Sprintf("Question %d?", q+1)) {
					return
				}
				person.writes(answer(i, q))
				answers.Add(1)
			}
			person.awaits("That was all.")
		})
	}
	go func() { answering.Wait(); close(finished) }()

	// The next kill comes after a few more answers, and a random moment later,
	// so that it falls between any two steps of the route.
	random := rand.New(rand.NewPCG(1, 2))
	killed, next := 0, int64(1)
	for done := false; !done; {
		select {
		case <-finished:
			done = true
		case <-time.After(time.Duration(random.IntN(30)) * time.Millisecond):
			if killed < kills && answers.Load() >= next {
				p.kill()
				p = s.launchAt(addr)
				killed++
				next = answers.Load() + 1 + random.Int64N(3)
			}
		}
	}
	if killed < fewestKills {
		t.Errorf("only %d kills before everybody was done; more questions are needed", killed)
	}
	s.eventually(quick, "Telegram has no updates left", func() bool { return s.telegram.Waiting() == 0 })
	p.stop()

	doubles := 0
	journals := s.openStore()
	for i := range people {
		person := s.onTelegram(int64(firstPerson + i))
		for q := range questions {
			n := person.count(fmt.Sprintf("Question %d?", q+1))
			if n == 0 {
				t.Errorf("person %d was never asked question %d", i, q+1)
			}
			doubles += max(n-1, 0)
		}
		var answers []string
		for _, e := range journals(bot.Chat{Platform: "telegram", ID: fmt.Sprint(firstPerson + i)}) {
			if e.What == "answer" {
				answers = append(answers, e.Raw)
			}
		}
		var want []string
		for q := range questions {
			want = append(want, answer(i, q))
		}
		if got := strings.Join(answers, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("person %d: the journal holds %d answers, want %d once each and in order:\n%s", i, len(answers), questions, got)
		}
	}
	// A message may be repeated only when its answer was lost in a kill.
	t.Logf("%d kills, %d people, %d answers each: none lost, none doubled in state; %d messages repeated", killed, people, questions, doubles)
	if doubles > kills*people {
		t.Errorf("%d messages were repeated, more than the kills can explain", doubles)
	}
}

// words tells which questions are answered in words: a few, because words wait
// a moment for more.
func words(q int) bool { return q%25 == 24 }

// answer is what person i answers to question q, so that each can be told apart
// from those before and after it.
func answer(i, q int) string {
	if words(q) {
		return fmt.Sprintf("Answer %d of %d", q+1, i)
	}
	return fmt.Sprint((q + i) % 11)
}

// longScript asks many plain questions.
func longScript() string {
	var b strings.Builder
	b.WriteString("script: first\nformat: 1\nlanguage: en\nabout: For a test.\nvars: {a: text, n: number}\nsteps:\n")
	for q := range questions {
		kind, keep := "scale", "n"
		if words(q) {
			kind, keep = "text", "a"
		}
		fmt.Fprintf(&b, "  - {id: q%d, ask: %s, say: Question %d?, keep: %s}\n", q+1, kind, q+1, keep)
	}
	b.WriteString("  - {id: all, say: That was all.}\n")
	return b.String()
}

// awaits waits long for words, through kills.
func (p *seat) awaits(words string) bool {
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if p.count(words) > 0 {
			return true
		}
	}
	p.s.Errorf("%s was left waiting for %q", p.name, words)
	return false
}

// openStore opens the program's store beside it and gives a reader of journals
// by chat.
func (s *site) openStore() func(bot.Chat) []bot.Entry {
	s.Helper()
	keyset, err := store.ParseKeyset(s.get("ONESTEP_ENCRYPTION_KEYSET"))
	if err != nil {
		s.Fatal(err)
	}
	st, err := store.Open(s.Context(), store.Options{URL: s.get("ONESTEP_REDIS_URL"), Shards: 4, Keyset: keyset})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { st.Close() })
	return func(c bot.Chat) []bot.Entry {
		conversation, err := st.Find(s.Context(), c)
		if err != nil {
			s.Fatal(err)
		}
		entries, err := st.Recent(s.Context(), conversation, 10_000)
		if err != nil {
			s.Fatal(err)
		}
		return entries
	}
}
