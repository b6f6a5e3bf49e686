package main

import (
	"fmt"
	"time"
)

// demoBegins is when the story starts: a Monday morning, four weeks before
// British clocks go forward.
func demoBegins(zone *time.Location) time.Time { return time.Date(2026, 3, 2, 9, 30, 0, 0, zone) }

// on is an instant of the story.
func (s *stage) on(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, s.zone)
}

// scene is one passage of the story: let time pass until an instant, say what
// is going on, then let somebody do something.
type scene struct {
	at   time.Time
	note string
	do   func() error
}

// fourWeeks plays the story of Ada, a widow with an allotment: a first
// conversation, a better week, the same again, a hard one, and a better one.
func (s *stage) fourWeeks() error {
	for _, scene := range []scene{
		{s.on(3, 2, 9, 30), "Monday 2 March. Leah leads the team and adds two link workers. Sam is one of them.", s.addWorkers},
		{s.on(3, 3, 11, 0), "Tuesday 3 March. Sam sees Ada at the surgery, and invites her.", s.inviteAda},
		{s.on(3, 4, 9, 0), fmt.Sprintf("Meanwhile %d other people start with the other worker. Their chats are not shown.", len(s.chorus)), s.inviteChorus},
		{s.on(3, 5, 16, 20), "Thursday 5 March. At home, Ada opens the invitation.", s.firstConversation},
		{s.on(3, 6, 10, 20), "Friday 6 March. Four official questions, once now and once at the end.", s.answered(setQuestions)},
		{s.on(3, 11, 10, 12), "Wednesday 11 March. The first weekly check-in came at 10. Ada answers.", s.answered(weekOne)},
		{s.on(3, 20, 10, 5), "Friday 20 March. Ada left Wednesday's check-in for a while. She was reminded once.", s.answered(weekTwo)},
		{s.on(3, 25, 18, 40), "Wednesday 25 March, in the evening. It was a hard week.", s.answered(weekThree)},
		{s.on(3, 26, 9, 10), "Thursday 26 March. Sam sees the nudges, reads up, and rings Ada.", s.samActs},
		{s.on(3, 27, 10, 30), "Friday 27 March, the day that Ada chose to be asked about her step.", s.answered(stepDay)},
		{s.on(4, 1, 10, 25), "Wednesday 1 April. The clocks have gone forward, and the check-in still comes at 10.", s.answered(weekFour)},
		{s.on(4, 6, 9, 30), "Monday 6 April. The team channel has had its weekly summary.", func() error { return nil }},
	} {
		if err := s.until(scene.at, false); err != nil {
			return err
		}
		if err := s.note(scene.note); err != nil {
			return err
		}
		if err := scene.do(); err != nil {
			return err
		}
	}
	return nil
}

// all does one thing after the other, up to the first error.
func all(acts ...func() error) error {
	for _, act := range acts {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

// accepts lets somebody use the invitation that another was given.
func accepts(who, from *player) error {
	link, err := from.link()
	if err != nil {
		return err
	}
	return who.writes(link)
}

func (s *stage) addWorkers() error {
	return all(
		func() error { return s.leah.writes("worker Sam") },
		func() error { return accepts(s.sam, s.leah) },
		func() error { return s.leah.writes("worker Priya") },
		func() error { return accepts(s.priya, s.leah) },
	)
}

func (s *stage) inviteAda() error { return s.sam.writes("invite") }

func (s *stage) inviteChorus() error {
	for _, p := range s.chorus {
		if err := s.priya.writes("invite"); err != nil {
			return err
		}
		if err := accepts(p, s.priya); err != nil {
			return err
		}
		if err := p.answer(p.mind); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) firstConversation() error {
	if err := accepts(s.ada, s.sam); err != nil {
		return err
	}
	c, err := s.load(s.ada.seat.Chat())
	if err != nil {
		return err
	}
	s.ada.code = c.Patient.Case
	return s.ada.answer(from(firstTime))
}

func (s *stage) answered(replies map[string][]string) func() error {
	return func() error { return s.ada.answer(from(replies)) }
}

// samActs reads the case, and closes what is open once the call is made.
func (s *stage) samActs() error {
	return all(
		func() error { return s.sam.writes("show " + s.ada.code) },
		func() error { return s.sam.presses("Done") },
		func() error { return s.sam.writes("nudges") },
		func() error { return s.sam.presses("Done") },
	)
}

// What Ada says. A reply in [brackets] is a button.
var (
	firstTime = map[string][]string{
		"first/agree":      {"[Yes]"},
		"first/safe":       {"yes it's my own phone"},
		"first/likes":      {"Potter about on the allotment. Radio on, flask of tea."},
		"first/hopes":      {"Seeing more of people. The days run into each other"},
		"first/tomorrow":   {"I'd have somewhere to be, and be dressed before ten"},
		"first/number":     {"[4]"},
		"first/not-lower":  {"My sister rings on Sundays. And I do still get down to the plot"},
		"first/sum-up":     {"[Yes]"},
		"checkin-day/day":  {"Wednesdays are good"},
		"checkin-day/time": {"[10 in the morning]"},
	}
	setQuestions = map[string][]string{
		"wellbeing/offer":      {"[Yes]"},
		"wellbeing/satisfied":  {"[5]"},
		"wellbeing/worthwhile": {"4"},
		"wellbeing/happy":      {"[6]"},
		"wellbeing/anxious":    {"three I suppose"},
	}
	weekOne = map[string][]string{
		"weekly/better":           {"Ken from the next plot stopped to talk. An hour went by"},
		"weekly/today":            {"5"},
		"weekly/up":               {"I stayed for a cup of tea instead of rushing off home"},
		"weekly/good-enough":      {"[7]"},
		"weekly/good-enough-sign": {"Two things in the week to look forward to"},
	}
	weekTwo = map[string][]string{
		"weekly/better":     {"Got my seeds in. Slept a bit better"},
		"weekly/today":      {"hmm, much like last week", "go on, call it a five"},
		"weekly/same":       {"Keeping busy, mostly"},
		"weekly/goal-offer": {"[Yes, now]"},
		"goal-set/matters":  {"Having company that isn't the radio"},
		"goal-set/small":    {"Go to the coffee morning at the allotment hut, just the once"},
		"goal-set/time":     {"Thursday at eleven"},
		"goal-set/sure":     {"8 I think"},
		"goal-set/place":    {"Ken says he'll knock for me"},
		"goal-set/day":      {"next Friday"},
	}
	weekThree = map[string][]string{
		"weekly/better":    {"Not a lot. It would have been our wedding anniversary"},
		"weekly/today":     {"[2]"},
		"low/coping":       {"Tea, the radio and the cat. One hour at a time"},
		"offer-call/offer": {"[Yes]"},
	}
	stepDay = map[string][]string{
		"goal-follow-up/outcome":   {"[Done]"},
		"goal-follow-up/done-how":  {"Ken knocked, so I couldn't back out!"},
		"goal-follow-up/done-gave": {"Two hours flew by. They want me to bring a cake next time"},
		"goal-follow-up/done-next": {"Rest a while"},
	}
	weekFour = map[string][]string{
		"weekly/better":     {"Took a lemon cake to the hut and it all went"},
		"weekly/today":      {"I'd say a 6 now"},
		"weekly/up":         {"Sam rang, and that helped. And I'd told Ken I would be there"},
		"weekly/goal-offer": {"[Another week]"},
		"weekly/anything":   {"Just thank you for ringing"},
	}
)
