package main

import (
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
)

// alertTime is the clock of an alert, 15 minutes, at 600x; a little less, since a
// message takes a moment until it is there.
const alertTime = 1300 * time.Millisecond

// cast are the people of one platform, and what they can do there.
type cast struct {
	lead, worker, patient *seat
	start                 string
	edits, captions       func(text string)
	// refuses makes every message to the worker fail: for a while, or because they
	// cannot be reached any more.
	refuses func(on, gone bool)
}

// inDanger is a site with a team on one platform, one of whom is about to write
// words of danger. 15 minutes take 1.5 s there.
func inDanger(t *testing.T, platform string) (s *site, c cast, p *process, code string) {
	t.Helper()
	s = newSite(t)
	c = s.castOn(platform)
	s.typed.add(dangerWords)
	p = s.serve("--rehearsal", "600x")
	return s, c, p, s.enrols(c.lead, c.worker, c.patient, c.start)
}

func (s *site) castOn(platform string) cast {
	s.Helper()
	var on, gone atomic.Bool
	refuses := func(o, g bool) { on.Store(o); gone.Store(g) }
	if platform == "telegram" {
		person := s.telegram.Person(patientID)
		s.telegram.Weather(func(method string, params map[string]string) telegramfake.Fault {
			switch {
			case !on.Load() || !strings.EqualFold(method, "sendMessage") || params["chat_id"] != strconv.Itoa(workerID):
				return telegramfake.Fault{}
			case gone.Load():
				return telegramfake.Fault{Code: 403, Text: "Forbidden: bot was blocked by the user"}
			}
			return telegramfake.ServerError()
		})
		return cast{
			lead: s.onTelegram(leadID), worker: s.onTelegram(workerID), patient: s.onTelegram(patientID), start: "/start ",
			edits: func(text string) { person.Edits(text) }, captions: func(text string) { person.SendsPhoto(text) }, refuses: refuses,
		}
	}
	s.teams("slack:"+slackRoom, "slack:U0LEAD")
	person := s.slack.Person("U0PATIENT")
	const door = "DU0WORKER" // as slackfake names the private channel of U0WORKER
	s.slack.Weather(func(method, channel string) slackfake.Fault {
		switch {
		case !on.Load() || method != "chat.postMessage" || channel != door:
			return slackfake.Fault{}
		case gone.Load():
			return slackfake.Fault{Error: "user_disabled"}
		}
		return slackfake.Fault{Status: 503}
	})
	return cast{
		lead: s.onSlack("U0LEAD"), worker: s.onSlack("U0WORKER"), patient: s.onSlack("U0PATIENT"), start: "start ",
		edits: func(text string) {
			if _, err := person.Edits(text); err != nil {
				s.Fatal(err)
			}
		},
		captions: func(text string) { person.SendsFile(text) }, refuses: refuses,
	}
}

const (
	dangerWords  = "I want to end my life"
	changedWords = "I still want to end my life"
	fixedWords   = "I am a computer, but people can help. If life is at risk call 999."
	nobodyYet    = "Nobody has pressed this alert yet. It needs a person now."
)

// Words of danger in a scale question, in an edit, in a caption and in a pause,
// on both platforms: the fixed words at once, an alert that goes on to the lead
// by the clock when nobody presses, and a kind end when it was wrong.
func TestDangerOnBothPlatforms(t *testing.T) {
	for _, platform := range []string{"telegram", "slack"} {
		t.Run(platform, func(t *testing.T) {
			s, c, p, code := inDanger(t, platform)
			lead, worker, patient := c.lead, c.worker, c.patient
			s.typed.add(changedWords)
			patient.Hears(quick, "Is it OK to go on?")
			patient.Presses("Yes")
			patient.Hears(quick, "private and safe place")
			patient.Presses("Yes")
			patient.Hears(quick, "when the day is your own")
			patient.Writes("skip")
			patient.Hears(quick, "hoping will be different")
			patient.Writes("Seeing my grandchildren at weekends")
			patient.Hears(quick, "notice first")
			patient.Writes("I would whistle while shaving")
			patient.Hears(quick, "From 0 to 10")

			alerts := func(where string, write func()) {
				t.Helper()
				told := worker.count("Wrote words that may mean danger.")
				began := time.Now()
				write()
				patient.Hears(quick, fixedWords)
				worker.Hears(quick, code+": Wrote words that may mean danger.")
				lead.Hears(quick, nobodyYet+"\n"+code)
				if took := time.Since(began); took < alertTime {
					t.Errorf("%s: the lead was told after %s, before the clock ran out", where, took)
				}
				if n := worker.count("Wrote words that may mean danger.") - told; n != 1 {
					t.Errorf("%s: the worker was told %d times", where, n)
				}
				worker.Presses("False alarm")
				patient.Hears(quick, "Sorry if I got that wrong.")
			}
			alerts("in a scale question", func() { patient.writes(dangerWords) })
			patient.Hears(quick, "From 0 to 10") // the question that was interrupted
			alerts("in an edit", func() { c.edits(changedWords) })
			patient.Hears(quick, "From 0 to 10")
			alerts("in a caption", func() { c.captions(dangerWords) })
			patient.Hears(quick, "From 0 to 10")
			patient.Writes("pause")
			patient.Hears(quick, "How long")
			patient.Presses("1 week")
			patient.Hears(quick, "Send START")
			alerts("in a pause", func() { patient.writes(dangerWords) })
			p.stop()
			s.checkLogs()
		})
	}
}

// The alert cannot be sent: the fixed words go out all the same. While the
// worker's chat only fails for a while, the clock takes the alert to the lead; when
// it is gone for good, it goes there at once.
func TestDangerWhenTheAlertCannotBeSent(t *testing.T) {
	for _, platform := range []string{"telegram", "slack"} {
		for name, gone := range map[string]bool{"for a while": false, "for good": true} {
			t.Run(platform+" "+name, func(t *testing.T) {
				s := newSite(t)
				c := s.castOn(platform)
				s.typed.add(dangerWords)
				speed := []string{"--rehearsal", "600x"}
				if gone {
					speed = nil // 15 minutes do not pass here: at once is without the clock
				}
				p := s.serve(speed...)
				code := s.enrols(c.lead, c.worker, c.patient, c.start)
				c.patient.Hears(quick, "Is it OK to go on?")
				c.refuses(true, gone)
				told := c.worker.count(code + ": Wrote words")
				c.patient.writes(dangerWords)
				c.patient.Hears(quick, fixedWords)
				c.lead.Hears(quick, nobodyYet+"\n"+code)
				if c.worker.count(code+": Wrote words") != told {
					t.Error("the worker was told, so this shows nothing")
				}
				c.lead.Presses("I am on it")
				c.lead.Hears(quick, code+" is with you.")
				c.refuses(false, false)
				if !gone { // what waited arrives
					c.worker.Hears(quick, code+": Wrote words that may mean danger.")
				}
				p.stop()
				s.checkLogs()
			})
		}
	}
}

// A worker's own words reach their lead at once, and again by the clock.
func TestAWorkersDangerOnBothPlatforms(t *testing.T) {
	for _, platform := range []string{"telegram", "slack"} {
		t.Run(platform, func(t *testing.T) {
			s, c, p, _ := inDanger(t, platform)
			began := time.Now()
			c.worker.writes(dangerWords)
			c.worker.Hears(quick, fixedWords)
			c.lead.Hears(quick, "Sam, a colleague of yours, wrote words to me that may mean danger")
			c.lead.Hears(quick, nobodyYet+"\nSam, a colleague of yours")
			if took := time.Since(began); took < alertTime {
				t.Errorf("told again after %s, before the clock ran out", took)
			}
			c.lead.Presses("False alarm")
			c.worker.Hears(quick, "Sorry if I got that wrong.")
			if c.worker.count("a colleague of yours") != 0 {
				t.Error("the worker got their own alert")
			}
			p.stop()
			s.checkLogs()
		})
	}
}
