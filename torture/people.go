package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// people are all who talk to the bot.
type people struct {
	w        *world
	leads    []*phone
	workers  []*phone
	patients []*phone
}

// enough bounds the wait for an answer before there is any harm.
const enough = time.Minute

// gather has the leads invite workers and the workers patients, in fair weather.
func gather(w *world) (*people, error) {
	p := &people{w: w}
	p.leads = []*phone{onTelegram(w.telegram, telegramLead), onSlack(w.slack, slackLead, "America/New_York")}
	// A person whose clock is another one than their team's.
	zones := []string{"America/New_York", "Europe/London", "Africa/Casablanca", "America/St_Johns"}
	p.workers = make([]*phone, 2*w.Workers)
	err := together(2, func(i int) error {
		lead := p.leads[i]
		lead.write(fmt.Sprintf("name Ada%d", i))
		if _, err := lead.hears("People will see the name"); err != nil {
			return err
		}
		for n := range w.Workers {
			worker := onTelegram(w.telegram, int64(1100+n))
			if i == 1 {
				worker = onSlack(w.slack, fmt.Sprintf("U0WORKER%d", n), "America/New_York")
			}
			lead.write(fmt.Sprintf("worker Sam%d%d", i, n))
			if err := worker.accepts(lead, "Please give this to", "You are now a link worker"); err != nil {
				return err
			}
			p.workers[i*w.Workers+n] = worker
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Each worker invites their share, one after the other.
	shares := make([][]*phone, len(p.workers))
	for n := range w.Patients + w.Slackers {
		patient, first := onTelegram(w.telegram, int64(2000+n)), 0
		if n >= w.Patients {
			patient, first = onSlack(w.slack, fmt.Sprintf("U0PATIENT%d", n), zones[n%len(zones)]), w.Workers
		}
		p.patients = append(p.patients, patient)
		shares[first+n%w.Workers] = append(shares[first+n%w.Workers], patient)
	}
	return p, together(len(p.workers), func(i int) error {
		for _, patient := range shares[i] {
			p.workers[i].write("invite")
			if err := patient.accepts(p.workers[i], "is the code for this person here", "I am a computer helper"); err != nil {
				return err
			}
		}
		return nil
	})
}

// together does something n times at once.
func together(n int, do func(i int) error) error {
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// accepts opens the code that somebody has been given.
func (p *phone) accepts(from *phone, invitation, welcome string) error {
	text, err := from.hears(invitation)
	if err != nil {
		return err
	}
	for _, word := range strings.Fields(text) {
		if _, code, ok := strings.Cut(word, "?start="); ok {
			p.write(p.start + code)
			_, err := p.hears(welcome)
			return err
		}
	}
	return fmt.Errorf("an invitation without a code")
}

func (p *phone) hears(words string) (text string, err error) {
	ok := eventually(enough, func() bool {
		for _, b := range p.news() {
			if strings.Contains(b.text, words) {
				text = b.text
				return true
			}
		}
		return false
	})
	if !ok {
		return "", fmt.Errorf("%w: %s did not hear %q within %s", errNoAnswer, p.chat.Platform, words, enough)
	}
	return text, nil
}

// live lets everybody talk until ctx ends.
func (p *people) live(ctx context.Context) {
	var all sync.WaitGroup
	for i, patient := range p.patients {
		m := &mind{phone: patient, random: rand.New(rand.NewPCG(p.w.Seed, uint64(1000+i))), name: i, rate: p.w.Rate}
		all.Go(func() { m.live(ctx, m.patient) })
	}
	for i, worker := range append(p.leads, p.workers...) {
		m := &mind{phone: worker, random: rand.New(rand.NewPCG(p.w.Seed, uint64(9000+i))), name: 900 + i}
		all.Go(func() { m.live(ctx, m.worker) })
	}
	all.Wait()
}

// mind decides what one person does next.
type mind struct {
	*phone
	random *rand.Rand
	name   int
	said   int // words of their own so far
	away   int // turns to stay silent for, having said stop
	silent int // likewise, having said nothing: what is planned comes meanwhile
	rate   int // of the people's clock
	last   bubble
}

// A turn of a mind is between so long and so long after the one before.
const leastTurn, mostTurn = 300 * time.Millisecond, 1800 * time.Millisecond

// days are about so many turns.
func (m *mind) days(n int) int {
	return int(time.Duration(n) * 24 * time.Hour / time.Duration(m.rate) / ((leastTurn + mostTurn) / 2))
}

func (m *mind) live(ctx context.Context, act func(fresh []bubble)) {
	for sleep(ctx, leastTurn+time.Duration(m.random.Int64N(int64(mostTurn-leastTurn)))) {
		fresh := m.news()
		if len(fresh) > 0 {
			m.last = fresh[len(fresh)-1]
		}
		act(fresh)
	}
}

// word makes a word that nobody has said before, of harmless sounds.
func (m *mind) word() string {
	const sounds = "kalomunepirasutivoza"
	m.said++
	var b strings.Builder
	for _, digit := range fmt.Sprintf("%03d%05d", m.name, m.said) {
		i := 2 * int(digit-'0')
		b.WriteString(sounds[i : i+2])
	}
	return b.String()
}

func (m *mind) chance(percent float64) bool { return 100*m.random.Float64() < percent }

// tells says something in words of their own.
func (m *mind) tells(form string) {
	word := m.word()
	m.types(fmt.Sprintf(form, word), word)
}

// forms are what people say when they are asked something in words.
var forms = []string{
	"I saw the %s today", "We talked about %s for a while", "%s helped me", "It was the %s that made it better",
	"My %s , mostly", "Going to %s on Tuesdays",
}

// patient answers, mostly, and now and then does something else.
func (m *mind) patient(fresh []bubble) {
	switch {
	case m.away > 0:
		if m.away--; m.away == 0 {
			m.write("start")
		}
		return
	case m.silent > 0:
		m.silent--
		return
	case m.chance(1):
		m.silent = m.days(1 + m.random.IntN(4))
		return
	case m.chance(0.6):
		m.write("stop")
		m.away = 3 + m.random.IntN(8)
		return
	case m.chance(0.4):
		m.write("pause for 2 weeks please")
		return
	case m.chance(0.25):
		m.tells("I want to end my life %s")
		return
	case m.chance(0.5):
		m.write([]string{"help", "back", "can I talk to a person", "/help", "no I meant 4", "once a fortnight please"}[m.random.IntN(6)])
		return
	case m.chance(1):
		m.edits()
		return
	case m.chance(0.3):
		m.picture()
		return
	case len(fresh) == 0 && !m.chance(8):
		return
	}
	m.answers()
}

func (m *mind) answers() {
	n := len(m.last.buttons)
	switch draw := m.random.IntN(100); {
	case n > 0 && draw < 55:
		_ = m.press(m.last.buttons[m.random.IntN(n)]) // it may be gone by now
	case n > 0 && draw < 75:
		m.write(strings.ToLower(m.last.buttons[m.random.IntN(n)]))
	case n > 0 && draw < 80:
		m.write([]string{"5 or 6", "not sure", "seven I think", "skip", "maybe"}[m.random.IntN(5)])
	case draw < 83:
		m.write("skip")
	default:
		m.tells(forms[m.random.IntN(len(forms))])
	}
}

// edits changes their latest message.
func (m *mind) edits() {
	word := m.word()
	m.keep(word, m.edit("What I meant was "+word))
}

// worker presses what there is to press and looks around.
func (m *mind) worker(fresh []bubble) {
	for _, b := range fresh {
		if len(b.buttons) > 0 && !m.chance(10) {
			labels := append([]string{"Done"}, b.buttons...)
			label := labels[m.random.IntN(len(labels))]
			_ = m.press(label)
			if m.chance(10) {
				_ = m.press(label) // an impatient thumb
			}
		}
	}
	if m.chance(3) {
		m.write([]string{"caseload", "nudges", "help"}[m.random.IntN(3)])
	}
	if m.chance(1) {
		_ = m.press("Done")
	}
}
