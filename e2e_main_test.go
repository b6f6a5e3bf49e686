package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// quick bounds the wait for an answer; week is how long a rehearsed week may
// take on a busy machine.
const (
	quick = 15 * time.Second
	week  = 90 * time.Second
	// rate lets a week pass in 12 s.
	rate = "50000x"
)

// enrols has the lead add a worker and the worker invite a patient. start tells
// how a person opens a code on their platform.
func (s *site) enrols(lead, worker, patient *seat, start string) (code string) {
	s.Helper()
	lead.Writes("name Ada")
	lead.Hears(quick, "People will see the name Ada.")
	lead.Writes("worker Sam")
	worker.writes(start + lead.codeOf(lead.Hears(quick, "Please give this to Sam.")))
	worker.Hears(quick, "You are now a link worker of Harbour team")
	worker.Writes("invite")
	invitation := worker.Hears(quick, "is the code for this person here")
	patient.writes(start + worker.codeOf(invitation))
	patient.Hears(quick, "I am a computer helper for Sam's team.")
	code = strings.Fields(invitation)[0]
	worker.Hears(quick, code+" has started.")
	return code
}

// begins takes the first conversation by buttons and words.
func (p *seat) begins() {
	p.s.Helper()
	p.Hears(quick, "Is it OK to go on?")
	p.Presses("Yes")
	p.Hears(quick, "private and safe place")
	p.Writes("yes it is")
	p.Hears(quick, "when the day is your own")
	p.Writes("Mending the old wireless in the shed")
	p.Hears(quick, "“Mending the old wireless in the shed”")
	p.Hears(quick, "hoping will be different")
	p.Writes("Seeing my grandchildren at weekends")
	p.Hears(quick, "notice first")
	p.Writes("I would whistle while shaving")
	p.Hears(quick, "From 0 to 10")
	p.Presses("4")
	p.Hears(quick, "What makes it 4 and not lower?")
	p.Writes("Marmalade on toast every morning")
	p.Hears(quick, "Did I get that right?")
	p.Presses("Yes")
	p.Hears(quick, "Which day suits you")
	p.Writes("tuesday please")
	p.Hears(quick, "what time of day")
	p.Presses("10 in the morning")
	p.Hears(quick, "Our next check-in is on Tuesday")
}

func TestEndToEnd(t *testing.T) {
	for _, platform := range []string{"telegram", "slack"} {
		t.Run(platform, func(t *testing.T) {
			s := newSite(t)
			var lead, worker, patient *seat
			var channel func() []string
			start := "/start "
			if platform == "telegram" {
				lead, worker, patient = s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
				channel = func() (list []string) {
					for _, m := range s.telegram.Messages(channelID) {
						list = append(list, m.Text)
					}
					return list
				}
			} else {
				lead, worker, patient = s.onSlack("U0LEAD"), s.onSlack("U0WORKER"), s.onSlack("U0PATIENT")
				s.teams("slack:"+slackRoom, "slack:U0LEAD")
				start = "start "
				channel = func() (list []string) {
					for _, m := range s.slack.Messages(slackRoom) {
						list = append(list, m.Text)
					}
					return list
				}
			}
			p := s.serve("--rehearsal", rate)
			code := s.enrols(lead, worker, patient, start)
			patient.begins()

			// The worker proposes something, and the patient decides.
			worker.Writes("propose " + code + " a look at the heronry on Thursday")
			worker.Hears(quick, "I will offer it to "+code+" in your words")
			patient.Hears(quick, "“a look at the heronry on Thursday”\nYou are the one who decides.")
			patient.Presses("Yes, I would like that")
			worker.Hears(quick, code+": Said yes to what you proposed.")
			patient.Hears(quick, "What would be good about it for you?")
			patient.Writes("skip")
			patient.Hears(quick, "You can change it or let it go at any time.")
			worker.Writes("show " + code)
			worker.Hears(quick, "Their goal: “a look at the heronry on Thursday” (you proposed it, and they said yes")

			// A week by buttons and words, with a low number.
			patient.Hears(week, "This is our check-in.")
			patient.Hears(quick, "What has been better")
			patient.Writes("The heron came back to the pond")
			patient.Hears(quick, "“The heron came back to the pond”")
			patient.Hears(quick, "From 0 to 10")
			patient.Presses("2")
			worker.Hears(quick, code+": Gave a low number this week.")
			worker.Presses("Done")
			worker.Hears(quick, "Done, and noted: "+code)
			patient.Hears(quick, "How are you getting by right now?")
			patient.Writes("One pot of tea at a time")
			patient.Hears(quick, "Would you like Sam to call you?")
			patient.Writes("no thanks")
			patient.Hears(quick, "Would you like me to ask how you are on")
			patient.Presses("No")
			patient.Hears(quick, "Our next check-in is on Tuesday")

			// A week by typed words alone, with a higher number.
			patient.Hears(week, "This is our check-in.")
			patient.Hears(quick, "What has been better")
			patient.Writes("Two visits from next door")
			patient.Hears(quick, "From 0 to 10")
			patient.Writes("seven I think")
			patient.Hears(quick, "Last time 2, today 7.")
			patient.Writes("Rang the bell myself for once")
			patient.Hears(quick, "“Rang the bell myself for once”")

			s.eventually(week, "the channel has its summary", func() bool {
				return strings.Contains(strings.Join(channel(), "\n"), "Harbour team, the week from Monday")
			})
			for _, m := range channel() {
				for _, word := range append(s.typed.words, code, "Sam", "Ada") {
					if len(word) > 2 && strings.Contains(m, word) {
						t.Errorf("the channel carries %q", word)
					}
				}
			}
			p.stop()
			s.checkLogs()
		})
	}
}

// checkLogs looks in everything the program logged for what must never be
// there: words that people typed, names, tokens.
func (s *site) checkLogs() {
	s.Helper()
	log := s.logs.All()
	if !strings.Contains(log, "msg=turn") {
		s.Errorf("the log holds no turns, so looking into it proves nothing")
	}
	bot, app := s.slack.Tokens()
	for _, token := range []string{s.telegram.Token, bot, app} {
		if strings.Contains(log, token) {
			s.Errorf("the log holds a token")
		}
	}
	for _, words := range append(s.typed.words, "Ada", "Sam ", "Sam's") {
		if len(words) > 5 && strings.Contains(log, words) {
			s.Errorf("the log holds what somebody typed: %q", words)
		}
	}
	for _, word := range []string{"wireless", "Marmalade", "heron", "grandchildren", "whistle"} {
		if strings.Contains(log, word) {
			s.Errorf("the log holds the word %q", word)
		}
	}
}

// The same update sent five times, with two replicas running, changes state
// once.
func TestRepeatsAndReplicas(t *testing.T) {
	s := newSite(t)
	first, second := s.serve(), s.serve()
	lead, worker, patient := s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
	s.enrols(lead, worker, patient, "/start ")
	patient.Hears(quick, "Is it OK to go on?")
	patient.Presses("Yes")
	patient.Hears(quick, "private and safe place")
	patient.Writes("yes")
	patient.Hears(quick, "when the day is your own")
	s.telegram.Repeat(5)
	s.eventually(quick, "Telegram has no updates left", func() bool { return s.telegram.Waiting() == 0 })
	first.stop()
	// The second goes on alone.
	patient.Writes("Feeding the swans")
	patient.Hears(quick, "“Feeding the swans”")
	second.stop()
	for _, once := range []string{"private and safe place", "when the day is your own", "“Feeding the swans”"} {
		if n := patient.count(once); n != 1 {
			t.Errorf("%q was said %d times:\n%s", once, n, patient.transcript())
		}
	}
}

// Redis is away for 20 s in the middle of a check-in.
func TestRedisOutage(t *testing.T) {
	s := newSite(t)
	p := s.serve()
	lead, worker, patient := s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
	s.enrols(lead, worker, patient, "/start ")
	patient.Hears(quick, "Is it OK to go on?")
	s.redis.Stop()
	stopped := time.Now()
	patient.Presses("Yes")
	s.eventually(quick, "it says that it is not ready", func() bool { return p.status("/readyz") == 503 })
	if p.status("/healthz") != 200 {
		t.Error("the process is not well while Redis is away")
	}
	for time.Since(stopped) < 20*time.Second {
		if s.telegram.Waiting() == 0 {
			t.Fatal("the update was acknowledged while Redis was away")
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.redis.Restart()
	patient.Hears(quick, "private and safe place")
	s.eventually(quick, "it is ready again", func() bool { return p.status("/readyz") == 200 })
	patient.Writes("yes")
	patient.Hears(quick, "when the day is your own")
	s.eventually(quick, "Telegram has no updates left", func() bool { return s.telegram.Waiting() == 0 })
	for _, once := range []string{"Is it OK to go on?", "private and safe place", "when the day is your own"} {
		if n := patient.count(once); n != 1 {
			t.Errorf("%q was said %d times", once, n)
		}
	}
	p.stop()
}

// A script edited between two answers: the running session ends on its old
// words, the next one uses the new.
func TestEditedScript(t *testing.T) {
	s := newSite(t)
	script := func(word string) string {
		return fmt.Sprintf("script: first\nformat: 1\nlanguage: en\nabout: For a test.\nvars: {a: text, b: text}\nsteps:\n"+
			"  - {id: one, ask: text, say: %[1]s one?, keep: a}\n  - {id: two, ask: text, say: %[1]s two?, keep: b}\n", word)
	}
	files, err := builtInScripts()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		s.write("scripts/"+name, content)
	}
	s.write("scripts/first.yaml", script("Old"))
	s.env = append(s.env, "ONESTEP_SCRIPTS="+s.dir+"/scripts")
	p := s.serve()
	lead, worker, patient := s.onTelegram(leadID), s.onTelegram(workerID), s.onTelegram(patientID)
	lead.Writes("name Ada")
	lead.Hears(quick, "Ada")
	lead.Writes("invite")
	patient.writes("/start " + lead.codeOf(lead.Hears(quick, "is the code for this person")))
	patient.Hears(quick, "Old one?")
	s.write("scripts/first.yaml", script("New"))
	p.stop()
	p = s.serve()
	patient.Writes("something")
	patient.Hears(quick, "Old two?")
	patient.Writes("something else")
	lead.Writes("invite")
	worker.writes("/start " + lead.codeOf(lead.Hears(quick, "is the code for this person")))
	worker.Hears(quick, "New one?")
	p.stop()
}
