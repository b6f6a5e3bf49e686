package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

// leaders are leads who invite: several, since each chat hears one message a
// second.
const leaders = 8

// crowd writes a team of several leads and a first check-in with some plain
// questions.
func (s *site) crowd(questions int) {
	s.Helper()
	files, err := builtInScripts()
	if err != nil {
		s.Fatal(err)
	}
	for name, content := range files {
		s.write("scripts/"+name, content)
	}
	var script strings.Builder
	script.WriteString("script: first\nformat: 1\nlanguage: en\nabout: For a test.\nvars: {n: number}\nsteps:\n")
	for q := range questions {
		fmt.Fprintf(&script, "  - {id: q%d, ask: scale, say: Question %d?, keep: n}\n", q+1, q+1)
	}
	script.WriteString("  - {id: all, say: That was all.}\n")
	s.write("scripts/first.yaml", script.String())
	s.set("ONESTEP_SCRIPTS", s.dir+"/scripts")
	var leads []string
	for n := range leaders {
		leads = append(leads, fmt.Sprintf("telegram:%d", leadID+1000*n))
	}
	s.teams(fmt.Sprintf("telegram:%d", channelID), leads...)
}

// invitations gets one-time codes from the leads.
func (s *site) invitations(count int) (codes []string) {
	s.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	for n := range leaders {
		lead := s.onTelegram(int64(leadID + 1000*n))
		all.Go(func() {
			lead.Writes("name Ada")
			if !lead.awaits("Ada") {
				return
			}
			for i := n; i < count; i += leaders {
				lead.writes("invite")
				for end := time.Now().Add(quick); time.Now().Before(end) && lead.count("is the code for this person") <= i/leaders; {
					time.Sleep(5 * time.Millisecond)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for _, m := range lead.messages() {
				if strings.Contains(m.text, "is the code for this person") {
					codes = append(codes, lead.codeOf(m.text))
				}
			}
		})
	}
	all.Wait()
	if len(codes) != count {
		s.Fatalf("%d invitations, want %d; the log ends:\n%s", len(codes), count, s.logs.Tail(40))
	}
	return codes
}

// respondent is somebody who answers question after question.
type respondent struct {
	*seat
	chat  bot.Chat
	start string // how they open a code
	// taps presses a button and tells whether that was taken, as far as the
	// person can see.
	taps func(label string) bool
}

// respondents are people of both platforms.
func (s *site) respondents(onTelegram, onSlack int) (people []respondent) {
	for n := range onTelegram {
		id := int64(20_000 + n)
		p := s.onTelegram(id)
		people = append(people, respondent{p, bot.Chat{Platform: "telegram", ID: fmt.Sprint(id)}, "/start ", func(label string) bool { return p.presses(label) == nil }})
	}
	for n := range onSlack {
		id := fmt.Sprintf("U0PERSON%d", n)
		p := s.slack.Person(id)
		people = append(people, respondent{s.onSlack(id), bot.Chat{Platform: "slack", ID: id}, "start ", func(label string) bool {
			d, err := p.Presses(label)
			if err != nil {
				return false
			}
			<-d.Over()
			return d.Acked()
		}})
	}
	return people
}

// answer lets everybody start and answer every question, in words and by button
// in turn.
func (s *site) answer(people []respondent, codes []string, questions int) (done *sync.WaitGroup, given *atomic.Int64) {
	done, given = &sync.WaitGroup{}, &atomic.Int64{}
	for i, p := range people {
		done.Go(func() {
			p.writes(p.start + codes[i])
			for q := range questions {
				if !p.awaits(fmt.Sprintf("Question %d?", q+1)) {
					return
				}
				p.answers(fmt.Sprint((q+i)%11), q%2 == 1)
				given.Add(1)
			}
			p.awaits("That was all.")
		})
	}
	return done, given
}

// answers gives one answer. Slack brings a press once, and shows its person an
// error when nobody takes it in time, as on a very busy machine: they write then.
func (p respondent) answers(what string, byButton bool) {
	if !byButton || !p.taps(what) {
		p.writes(what)
	}
}

// check compares what everybody heard and what the journal holds with what they
// said: nothing lost, nothing doubled.
func (s *site) check(people []respondent, questions int) {
	s.Helper()
	journals := s.openStore()
	for i, p := range people {
		for q := range questions {
			if n := p.count(fmt.Sprintf("Question %d?", q+1)); n != 1 {
				s.Errorf("%s was asked question %d %d times", p.name, q+1, n)
			}
		}
		if n := p.count("That was all."); n != 1 {
			s.Errorf("%s heard the end %d times", p.name, n)
		}
		var got, want []string
		for _, e := range journals(p.chat) {
			if e.What == "answer" {
				got = append(got, e.Raw)
			}
		}
		for q := range questions {
			want = append(want, fmt.Sprint((q+i)%11))
		}
		if !slices.Equal(got, want) {
			s.Errorf("%s: the journal holds %q, want %q", p.name, got, want)
		}
	}
}

// Both platforms come in over HTTP, and every request goes to two replicas at
// the same moment, and later once more: state changes once, and everybody hears
// everything once.
func TestReplicasBehindABalancer(t *testing.T) {
	s := newSite(t)
	const questions = 4
	s.crowd(questions)
	b := s.overHTTP()
	first, second := freeAddr(t), freeAddr(t)
	one := s.launchAt(first)
	two := s.launchAt(second)
	b.set(true, first, second)
	s.eventually(quick, "both are ready", func() bool { return one.status("/readyz") == 200 && two.status("/readyz") == 200 })
	if err := s.slack.PointTo(b.server.URL); err != nil {
		t.Fatal(err)
	}
	people := s.respondents(6, 3)
	codes := s.invitations(len(people))
	done, _ := s.answer(people, codes, questions)
	done.Wait()
	s.eventually(quick, "the platforms have nothing left", func() bool { return s.telegram.Waiting() == 0 && s.slack.Waiting() == 0 })
	s.telegram.Repeat(2)
	s.slack.Repeat()
	s.eventually(quick, "the repeats are taken", func() bool { return s.telegram.Waiting() == 0 && s.slack.Waiting() == 0 })
	if n := len(s.telegram.Calls("setWebhook")); n != 1 {
		t.Errorf("two replicas set the webhook %d times", n)
	}
	if n := len(s.telegram.Calls("getUpdates")); n != 0 {
		t.Errorf("polled %d times beside the webhook", n)
	}
	<-s.slack.Person("U0PERSON0").Slash("/onestep", "help").Over()
	repeated := 0.0
	for _, p := range []*process{one, two} {
		for way, least := range map[string]float64{"/slack/commands": 1, "/telegram/webhook": 30, "/slack/events": 9, "/slack/interactions": 6} {
			if n := p.metric(fmt.Sprintf(`onestep_visit_seconds_count{code="200",way=%q}`, way)); n < least {
				t.Errorf("one replica took %v requests at %s, want at least %v", n, way, least)
			}
		}
		for _, kind := range []string{"reply", "button"} {
			repeated += p.metric(fmt.Sprintf(`onestep_turns_total{kind=%q,outcome="repeated"}`, kind))
		}
	}
	if want := float64(len(people) * questions); repeated < want {
		t.Errorf("%v turns were recognised as repeats, want at least %v", repeated, want)
	}
	one.stop()
	two.stop()
	s.check(people, questions)
	s.checkLogs()
	for _, secret := range []string{webhookSecret, s.slack.SigningSecret()} {
		if strings.Contains(s.logs.All(), secret) {
			t.Error("the log holds a secret")
		}
	}
	t.Logf("%d people, %d answers, %d requests to two replicas at once: %v turns recognised as repeats, none lost, none doubled",
		len(people), len(people)*questions, b.seen, repeated)
}

// Three replicas are restarted one after the other while people answer: nothing
// is lost and nothing doubled, in state or on the screen.
func TestRollingRestart(t *testing.T) {
	for _, way := range []string{"HTTP", "polling and sockets"} {
		t.Run("over "+way, func(t *testing.T) { rollingRestart(t, way == "HTTP") })
	}
}

func rollingRestart(t *testing.T, overHTTP bool) {
	s := newSite(t)
	const questions = 10
	s.crowd(questions)
	b := newBalancer(t)
	if overHTTP {
		b = s.overHTTP()
	}
	var addrs []string
	var replicas []*process
	for range 3 {
		addrs = append(addrs, freeAddr(t))
		replicas = append(replicas, s.launchAt(addrs[len(addrs)-1]))
	}
	b.set(false, addrs...)
	s.eventually(quick, "all are ready", func() bool {
		return !slices.ContainsFunc(replicas, func(p *process) bool { return p.status("/readyz") != 200 })
	})
	if overHTTP {
		if err := s.slack.PointTo(b.server.URL); err != nil {
			t.Fatal(err)
		}
	}
	people := s.respondents(20, 4)
	codes := s.invitations(len(people))
	done, given := s.answer(people, codes, questions)
	total := int64(len(people) * questions)
	for i := range replicas {
		// Spread over the run, and never when everybody has finished.
		s.eventually(quick, "people answer", func() bool { return given.Load() > total*int64(i)/6 })
		replicas[i].stop()
		replicas[i] = s.serveAt(addrs[i])
	}
	if given.Load() >= total {
		t.Error("everybody had finished before the last restart: this shows nothing")
	}
	done.Wait()
	s.eventually(quick, "the platforms have nothing left", func() bool { return s.telegram.Waiting() == 0 && s.slack.Waiting() == 0 })
	for _, p := range replicas {
		p.stop()
	}
	s.check(people, questions)
	t.Logf("three replicas restarted in turn under %d people on two platforms: %d answers, none lost, none doubled; %d updates had to be handed over again",
		len(people), total, s.refusedByAll())
}

// refusedByAll counts the attempts at the webhook that were not taken.
func (s *site) refusedByAll() (n int) {
	for _, h := range s.telegram.Handed() {
		if h.Status != 200 {
			n++
		}
	}
	return n
}

// A replica that stops hands its shards over within two seconds, also when a
// platform does not answer, and those of one that dies are taken over within
// ten; so is the right to poll Telegram.
func TestShardsChangeHands(t *testing.T) {
	s := newSite(t)
	const shards = 12
	s.set("ONESTEP_SHARDS", strconv.Itoa(shards))
	s.set("ONESTEP_SLACK_BOT_TOKEN", "")
	s.set("ONESTEP_SLACK_APP_TOKEN", "")
	replicas := []*process{s.serve()} // it polls
	replicas = append(replicas, s.serve(), s.serve())
	held := func(of ...*process) (n int) {
		for _, p := range of {
			n += int(p.metric("onestep_shards_held"))
		}
		return n
	}
	s.eventually(quick, "each has its share", func() bool {
		return !slices.ContainsFunc(replicas, func(p *process) bool { return held(p) != shards/3 })
	})
	lead := s.onTelegram(leadID)
	lead.Writes("name Ada")
	lead.Hears(quick, "Ada")

	// A graceful stop of the replica that polls, with calls in hand that the
	// platform does not answer, in every replica.
	hanging := len(s.telegram.Calls("sendMessage"))
	for n := range shards {
		s.telegram.Fail("sendMessage", telegramfake.Fault{Delay: 20 * time.Second})
		s.onTelegram(int64(30_000 + n)).Writes("hello")
	}
	s.eventually(quick, "the calls hang", func() bool { return len(s.telegram.Calls("sendMessage")) >= hanging+shards })
	stopping, rest := replicas[0], replicas[1:]
	began := time.Now()
	stopping.Ask()
	lead.Writes("name Bea")
	s.eventually(quick, "the others have its shards", func() bool { return held(rest...) == shards })
	graceful := time.Since(began)
	lead.Hears(quick, "Bea")
	answered := time.Since(began)
	<-stopping.Done
	if stopping.Err != nil {
		t.Errorf("it ended with %v", stopping.Err)
	}
	if graceful > 2*time.Second || answered > 3*time.Second {
		t.Errorf("a graceful stop: shards after %v, want 2 s; an answer after %v", graceful, answered)
	}

	// A death: the holder of everything that the next answer needs.
	replicas[0] = s.serve()
	s.eventually(quick, "each has its share", func() bool {
		return !slices.ContainsFunc(replicas, func(p *process) bool { return held(p) != shards/3 })
	})
	poller := 1
	if replicas[2].metric(`onestep_calls_total{end="ok",method="getUpdates",platform="telegram"}`) > replicas[1].metric(`onestep_calls_total{end="ok",method="getUpdates",platform="telegram"}`) {
		poller = 2
	}
	dying := replicas[poller]
	rest = slices.Delete(slices.Clone(replicas), poller, poller+1)
	began = time.Now()
	dying.kill()
	lead.Writes("name Cleo")
	s.eventually(quick, "the others have its shards", func() bool { return held(rest...) == shards })
	death := time.Since(began)
	lead.Hears(quick, "Cleo")
	answeredAfterDeath := time.Since(began)
	if death > 10*time.Second || answeredAfterDeath > 11*time.Second {
		t.Errorf("a death: shards after %v, want 10 s; an answer after %v", death, answeredAfterDeath)
	}
	t.Logf("graceful stop: shards with the others after %v, the first answer after %v; death: %v and %v",
		graceful.Round(time.Millisecond), answered.Round(time.Millisecond), death.Round(time.Millisecond), answeredAfterDeath.Round(time.Millisecond))
	for _, p := range rest {
		p.stop()
	}
}

// With platforms that come in over HTTP, /readyz tells whether this replica takes
// what comes: not while nobody knows who we are, and not while it stops. What
// comes then is refused, and so comes again.
func TestReadyOverHTTP(t *testing.T) {
	s := newSite(t)
	b := s.overHTTP()
	if err := errors.Join(s.telegram.Outage(true), s.slack.Outage(true)); err != nil {
		t.Fatal(err)
	}
	addr := freeAddr(t)
	p := s.launchAt(addr)
	b.set(false, addr)
	s.eventually(20*time.Second, "it tells what is missing", func() bool {
		status, text := p.ask("/readyz")
		return status == 503 && strings.Contains(text, "telegram: ") && strings.Contains(text, "slack: ")
	})
	if p.status("/healthz") != 200 {
		t.Error("the process is not well while platforms are away")
	}
	if err := s.slack.PointTo(b.server.URL); err != nil {
		t.Errorf("Slack's question about the address needs nobody but us: %v", err)
	}
	early := s.slack.Person("U0EARLY").Writes("hello")
	s.eventually(quick, "it is tried", func() bool { return early.Attempts() > 0 })
	if early.Acked() {
		t.Error("taken before we know our workspace")
	}
	if err := errors.Join(s.telegram.Outage(false), s.slack.Outage(false)); err != nil {
		t.Fatal(err)
	}
	s.eventually(quick, "it is ready", func() bool { return p.status("/readyz") == 200 })
	// The two of them over HTTP, both ways.
	lead := s.onTelegram(leadID)
	lead.Writes("name Ada")
	lead.Hears(quick, "Ada")
	other := s.onSlack("U0OTHER")
	other.Writes("hello")
	s.eventually(quick, "an answer on Slack", func() bool { return len(other.messages()) > 0 })

	// A call in hand keeps it for a moment when it is told to stop.
	s.telegram.Fail("sendMessage", telegramfake.Fault{Delay: 20 * time.Second})
	calls := len(s.telegram.Calls("sendMessage"))
	lead.Writes("name Bea")
	s.eventually(quick, "the call hangs", func() bool { return len(s.telegram.Calls("sendMessage")) > calls })
	p.Ask()
	s.eventually(quick, "it says that it stops", func() bool {
		status, text := p.ask("/readyz")
		return status == 503 && strings.Contains(text, "onestep: it is stopping.")
	})
	if status := p.post("/telegram/webhook", map[string]string{"X-Telegram-Bot-Api-Secret-Token": webhookSecret, "Content-Type": "application/json"}, `{"update_id":1}`); status != 503 {
		t.Errorf("an update is answered with %d while it stops", status)
	}
	<-p.Done
	if p.Err != nil {
		t.Errorf("it ended with %v", p.Err)
	}
}
