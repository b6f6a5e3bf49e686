package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/bot"
)

// How people are here.
type manner int

const (
	answers manner = iota
	answersLate
	fallsSilent
	stops
	pauses
)

// person is one made-up patient: how they are, what they agreed to, and what
// reached them.
type person struct {
	name   string
	chat   bot.Chat
	home   *time.Location // where they were at first
	zone   *time.Location // where they are
	manner manner
	weeks  int // after which a manner shows

	at     time.Time // of their next act, zero if none
	does   func(*caseload)
	later  []deed // acts of their own, by time
	shown  bot.Envelope
	number int // their weekly number

	got      []got
	promises []promise
	spans    []silence
	moves    []move
	changes  int
	did      []time.Time // their own acts
	busy     []span      // when a conversation was open
}

type deed struct {
	at time.Time
	do func(*caseload)
}

// got is a message that reached them; first is set when it answers no act of theirs.
type got struct {
	at    time.Time
	text  string
	first bool
	zone  *time.Location
}

// promise is a date that they were told for their next check-in.
type promise struct {
	said   time.Time
	text   string
	plan   agreed
	closed map[string]bool // days on which nothing is sent
	// lastOfMonth is set where a month's check-in is on the last of its weekdays.
	lastOfMonth bool
}

// agreed is a plan as the person understands it.
type agreed struct {
	days  []time.Weekday
	clock int // minutes
	weeks int // between two; 0: once a month
}

// silence is a time in which they want nothing.
type silence struct {
	from, to time.Time
	why      string
}

type move struct {
	at time.Time
	to *time.Location
}

var yearZones = []string{"Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"}

func newPerson(c *caseload, i int) *person {
	n := c.number*together + i
	p := &person{
		name: fmt.Sprint("patient-", n), zone: zone(c.t, yearZones[n%len(yearZones)]), number: 5,
		manner: []manner{answers, answers, answersLate, answers, fallsSilent, answers, stops, answers, pauses, answers}[i%10],
		weeks:  4 + c.random.IntN(30),
	}
	p.chat, p.home = bot.Chat{Platform: "test", ID: p.name}, p.zone
	shows := c.now.AddDate(0, 0, 7*p.weeks).Add(time.Duration(c.random.IntN(96)) * time.Hour)
	switch p.manner {
	case stops:
		p.later = append(p.later, deed{shows, func(c *caseload) { p.stop(c) }})
		if i%20 < 10 {
			p.later = append(p.later, deed{shows.AddDate(0, 0, 50), func(c *caseload) { p.start(c) }})
		}
	case pauses:
		p.later = append(p.later, deed{shows, func(c *caseload) { p.pause(c) }})
	case fallsSilent:
		p.later = append(p.later, deed{shows.AddDate(0, 0, 120), func(c *caseload) { p.start(c) }})
	}
	if i%5 == 1 { // moves, and back
		there := yearZones[(n+2)%len(yearZones)]
		p.later = append(p.later,
			deed{c.now.AddDate(0, 0, 60).Add(time.Duration(c.random.IntN(200)) * time.Hour), func(c *caseload) { p.moveTo(c, there) }},
			deed{c.now.AddDate(0, 0, 200).Add(time.Duration(c.random.IntN(200)) * time.Hour), func(c *caseload) { p.moveTo(c, yearZones[n%len(yearZones)]) }})
	}
	if i%4 == 3 { // changes the plan
		wishes := []struct {
			words string
			plan  agreed
		}{
			{"can you do Thursdays at 6pm instead", agreed{[]time.Weekday{time.Thursday}, 18 * 60, 1}},
			{"every two weeks please", agreed{nil, -1, 2}},
			{"Tuesdays at 11am please", agreed{[]time.Weekday{time.Tuesday}, 11 * 60, 1}},
			{"every three weeks on Fridays please", agreed{[]time.Weekday{time.Friday}, -1, 3}},
			{"once a month please", agreed{nil, -1, 0}},
			{"every week again please, Mondays at 9:30 in the morning", agreed{[]time.Weekday{time.Monday}, 9*60 + 30, 1}},
		}
		for k := range 3 {
			w := wishes[(n+k*2)%len(wishes)]
			p.later = append(p.later, deed{c.now.AddDate(0, 0, 40+80*k).Add(time.Duration(c.random.IntN(160)) * time.Hour), func(c *caseload) { p.wish(c, w.words, w.plan) }})
		}
	}
	slices.SortFunc(p.later, func(a, b deed) int { return a.at.Compare(b.at) })
	return p
}

// acts is when they do something next.
func (p *person) acts() time.Time {
	if len(p.later) > 0 && (p.at.IsZero() || p.later[0].at.Before(p.at)) {
		return p.later[0].at
	}
	return p.at
}

func (p *person) act(c *caseload) {
	if len(p.later) > 0 && (p.at.IsZero() || p.later[0].at.Before(p.at)) {
		do := p.later[0].do
		p.later = p.later[1:]
		do(c)
		return
	}
	do := p.does
	p.at, p.does = time.Time{}, nil
	do(c)
}

// gets takes a message, and may mean to answer it later.
func (p *person) gets(c *caseload, e bot.Envelope) {
	g := got{at: c.now, text: e.Text, first: c.acting != p, zone: p.zone}
	p.got = append(p.got, g)
	p.promised(c, e.Text)
	if e.Token == "" { // no question
		return
	}
	p.shown, p.at = e, time.Time{}
	if wait, will := p.patience(c); will {
		p.at, p.does = c.now.Add(wait), p.answer
	}
}

// patience is how long they take for an answer, if they give one.
func (p *person) patience(c *caseload) (time.Duration, bool) {
	soon := time.Duration(1+c.random.IntN(90)) * time.Minute
	week := int(c.now.Sub(yearBegins).Hours() / 24 / 7)
	switch {
	case p.manner == fallsSilent && week >= p.weeks && week < p.weeks+17:
		return 0, false
	case p.manner == answersLate && c.random.IntN(3) > 0:
		return time.Duration(10+c.random.IntN(90)) * time.Hour, true
	}
	return soon, true
}

// preferred are the buttons they press, the first that there is; else Yes, or
// the first one.
var preferred = []string{
	"Go on as we are", "Every week", "No thanks", "Another week", "Keep it", "Still right", "Pick up where we were", "Rest a while", "No, let us go on", "Yes",
}

// stories are what they write, none of it a wish.
var stories = []string{
	"I walked to the shop and back", "a neighbour came round for a cup of tea", "my sister rang and we laughed", "the garden, I sat there a while",
	"cooking something proper for once", "nothing much but it was alright", "I finished the jigsaw",
}

// answer answers the question that is shown.
func (p *person) answer(c *caseload) {
	e := p.shown
	if len(e.Buttons) == 0 {
		c.write(p.chat, stories[c.random.IntN(len(stories))], "")
		return
	}
	pick := e.Buttons[0]
	if len(e.Buttons) == 11 {
		p.number = min(7, max(4, p.number+c.random.IntN(3)-1))
		pick = e.Buttons[p.number]
	}
	for _, label := range slices.Backward(preferred) {
		for _, b := range e.Buttons {
			if b.Label == label {
				pick = b
			}
		}
	}
	if hasPrefix(e.Text, "Which day suits you") {
		pick = e.Buttons[c.random.IntN(len(e.Buttons))]
	}
	if hasPrefix(e.Text, "And what time of day") {
		pick = e.Buttons[c.random.IntN(len(e.Buttons))]
	}
	c.take(bot.Update{Kind: bot.Pressed, Chat: p.chat, Data: pick.Data})
}

func (p *person) stop(c *caseload) {
	p.spans = append(p.spans, silence{from: c.now, why: "stop"})
	c.write(p.chat, "please stop", "")
	p.at = time.Time{}
}

// start begins again after a stop or a long silence.
func (p *person) start(c *caseload) {
	for i := range p.spans {
		if p.spans[i].to.IsZero() {
			p.spans[i].to = c.now
		}
	}
	c.write(p.chat, "start", "")
}

// pause asks for a break until a day, in words.
func (p *person) pause(c *caseload) {
	until := c.now.In(p.zone).AddDate(0, 0, 30)
	y, m, d := until.Date()
	p.spans = append(p.spans, silence{c.now, time.Date(y, m, d, 0, 0, 0, 0, p.zone), "pause"})
	c.write(p.chat, until.Format("please pause until 2 January"), "")
	p.at = time.Time{}
}

// moveTo is a change of time zone, which the platform tells by itself.
func (p *person) moveTo(c *caseload, to string) {
	p.zone = zone(c.t, to)
	p.moves = append(p.moves, move{c.now, p.zone})
	c.take(bot.Update{Kind: bot.Zoned, Chat: p.chat, Zone: to, ZoneAt: c.now})
}

// wish asks for another plan in words, and says yes to what is read back.
func (p *person) wish(c *caseload, words string, plan agreed) {
	if len(p.promises) == 0 || p.quietNow(c.now) {
		return
	}
	was := p.promises[len(p.promises)-1].plan
	if plan.days == nil {
		plan.days = was.days
	}
	if plan.clock < 0 {
		plan.clock = was.clock
	}
	before := len(p.got)
	c.write(p.chat, words, "")
	for _, g := range p.got[before:] {
		if date, ok := strings.CutPrefix(g.text, "Next one: "); ok {
			p.changes++
			date, _, _ = strings.Cut(date, ",")
			p.promises = append(p.promises, promise{said: c.now, text: date, plan: plan, closed: c.closed})
		}
	}
}

func (p *person) quietNow(now time.Time) bool {
	return slices.ContainsFunc(p.spans, func(s silence) bool {
		return !now.Before(s.from) && (s.to.IsZero() || now.Before(s.to))
	})
}

// promised notes what they were first told about their check-ins.
func (p *person) promised(c *caseload, text string) {
	words, ok := strings.CutPrefix(text, "Our next check-in is on ")
	if !ok || len(p.promises) > 0 {
		return
	}
	date, _, _ := strings.Cut(words, ".")
	plan := agreed{weeks: 1}
	day := strings.Fields(date)[0]
	for w := range 7 {
		if time.Weekday(w).String() == day {
			plan.days = []time.Weekday{time.Weekday(w)}
		}
	}
	for text, minutes := range map[string]int{"at 10 in the morning": 600, "at 2 in the afternoon": 840, "at 5 in the": 1020} {
		if strings.Contains(date, text) {
			plan.clock = minutes
		}
	}
	p.promises = append(p.promises, promise{said: c.now, text: date, plan: plan, closed: c.closed})
}
