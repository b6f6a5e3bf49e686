package bot_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/reply"
	"onestep/dialogs/walk"
)

// walkCap is the weekly cap of the team that these people walk in.
const walkCap = 3

// Made-up people of every kind live some weeks with the whole bot, each turn a
// real one on a store in memory. Whatever they write: danger is met and reaches
// the worker, a stop stops, one question is open at a time, the bot writes
// first no more often than the cap, and nobody else reads their words.
func TestPeopleWalkThroughTheBot(t *testing.T) {
	t.Parallel()
	edition, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		s := newStroll(t, edition, seed)
		for range 500 {
			s.next()
			if t.Failed() {
				return
			}
		}
		if s.danger == 0 || s.stops == 0 || s.answers < 100 || s.first < 10 {
			t.Errorf("walk %d tried little: %d words of danger, %d stops, %d answers, %d messages first", seed, s.danger, s.stops, s.answers, s.first)
		}
	}
}

// stroll is one worker with a patient of each kind.
type stroll struct {
	*testing.T
	*rand.Rand
	bot    *bot.Bot
	store  *memory
	now    time.Time
	worker bot.Chat
	people []*walking
	update int
	others []bot.Envelope // what everybody else read

	danger, stops, answers, first int
}

// walking is one patient.
type walking struct {
	*walk.Voice
	chat     bot.Chat
	asked    bot.Envelope // the last question
	got      []bot.Envelope
	wrote    []string
	contacts []time.Time
}

func newStroll(t *testing.T, edition *dialogs.Edition, seed uint64) *stroll {
	s := &stroll{T: t, Rand: rand.New(rand.NewPCG(seed, 11)), store: newMemory(edition), now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), worker: bot.Chat{Platform: "test", ID: "worker"}}
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(s.Uint32())
	}
	s.bot = &bot.Bot{
		Store: s.store, Scripts: s.store, Now: func() time.Time { return s.now }, Random: bytes.NewReader(noise),
		Log: slog.New(slog.DiscardHandler), Meter: noMeter{}, Links: map[string]bot.Linker{"test": nil},
		Teams: []bot.Team{{
			ID: "harbour", Name: "Harbour team", Zone: time.UTC, Language: "en", Channel: channel, Leads: []bot.Chat{lead}, WeeklyCap: walkCap,
			Quiet: bot.Quiet{Start: "20:00", End: "09:00"}, SummaryDay: time.Monday, SummaryTime: "09:00",
		}},
	}
	if err := s.bot.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.take(bot.Update{Kind: bot.Wrote, Chat: lead, Text: "name Ada"})
	s.take(bot.Update{Kind: bot.Wrote, Chat: lead, Text: "worker Sam"})
	s.take(bot.Update{Kind: bot.Wrote, Chat: s.worker, Text: "start " + s.code()})
	for i, kind := range walk.People {
		s.take(bot.Update{Kind: bot.Wrote, Chat: s.worker, Text: "invite"})
		p := &walking{Voice: &walk.Voice{Rand: s.Rand, Person: kind}, chat: bot.Chat{Platform: "test", ID: fmt.Sprint("patient-", i)}}
		s.people = append(s.people, p)
		s.take(bot.Update{Kind: bot.Wrote, Chat: p.chat, Text: "start " + s.code()})
		s.looks(p, "", true)
	}
	return s
}

func (s *stroll) code() string { return fmt.Sprintf("code-%020d", s.store.codes) }

// take takes an update and delivers what follows.
func (s *stroll) take(u bot.Update) {
	s.update++
	u.ID, u.Private, u.Sender, u.At = fmt.Sprint("test:", s.update), true, u.Chat.ID, s.now
	if err := s.bot.Take(s.Context(), u); err != nil {
		s.Fatalf("take: %v", err)
	}
	s.deliver()
}

func (s *stroll) deliver() {
	for len(s.store.outbox) > 0 {
		e := s.store.outbox[0]
		s.store.outbox = s.store.outbox[1:]
		i := slices.IndexFunc(s.people, func(p *walking) bool { return p.chat == e.Chat })
		switch {
		case e.Letter != nil:
			if err := s.bot.Open(s.Context(), e); err != nil {
				s.Fatalf("letter %s: %v", e.Letter.Kind, err)
			}
		case i < 0:
			s.others = append(s.others, e)
		default:
			if e.Wait > 0 {
				s.store.delivered(e.Chat.ID, e.Token, s.now.Add(e.Wait))
			}
			s.people[i].got = append(s.people[i].got, e)
		}
	}
}

// next is the next thing: somebody does something, or time passes.
func (s *stroll) next() {
	if s.IntN(3) > 0 {
		s.acts(s.people[s.IntN(len(s.people))])
		s.now = s.now.Add(time.Duration(s.IntN(40)) * time.Minute)
		return
	}
	for end := s.now.Add(time.Duration(1+s.IntN(20)) * time.Hour); s.now.Before(end); s.now = s.now.Add(20 * time.Minute) {
		for id := range s.store.conversations {
			if at := s.store.next(id); !at.IsZero() && !at.After(s.now) {
				if err := s.bot.Due(s.Context(), id); err != nil {
					s.Fatalf("due: %v", err)
				}
				s.deliver()
			}
		}
		for _, p := range s.people {
			s.looks(p, "", false)
		}
	}
}

// acts is one thing that a patient does.
func (s *stroll) acts(p *walking) {
	state := s.store.conversations[p.chat.ID].Patient.Dialog
	if state.Held && s.IntN(3) > 0 { // somebody has looked
		for _, e := range slices.Backward(s.others) {
			if e.Chat == s.worker && len(e.Buttons) > 1 {
				s.take(bot.Update{Kind: bot.Pressed, Chat: s.worker, Data: e.Buttons[1+s.IntN(len(e.Buttons)-1)].Data})
				break
			}
		}
		for _, each := range s.people { // the alert may have been another one's
			s.looks(each, "", true)
		}
		return
	}
	kind, choices := "text", []dialogs.Choice(nil)
	for _, b := range p.asked.Buttons {
		choices = append(choices, dialogs.Choice{Label: b.Label, Value: b.Data})
	}
	switch {
	case len(choices) == 11:
		kind = "scale"
	case len(choices) == 2 && choices[0].Label == "Yes":
		kind = "yesno"
	case len(choices) > 0:
		kind = "choice"
	}
	u := bot.Update{Kind: bot.Wrote, Chat: p.chat}
	switch n := s.IntN(30); {
	case n < 8 && len(choices) > 0:
		u.Kind, u.Data = bot.Pressed, choices[s.IntN(len(choices))].Value
	case n < 20:
		u.Text = p.Answer(kind, choices)
	case n < 22:
		u.Text = p.Skip()
	case n < 23:
		u.Text = p.Back()
	case n < 25:
		u.Text = p.Wish()
	case n < 26:
		u.Text = p.Stop()
	case n < 27:
		u.Text = p.Danger()
	case n < 28:
		u.Kind, u.Text = bot.Edited, p.Answer(kind, choices)
	case n < 29:
		u.Kind, u.Text = bot.Media, p.Aside()
	default:
		u.Text = p.Aside()
	}
	if state.Stopped && s.IntN(3) == 0 {
		u = bot.Update{Kind: bot.Wrote, Chat: p.chat, Text: "start"}
	}
	p.wrote = append(p.wrote, u.Text)
	s.answers++
	s.take(u)
	s.looks(p, u.Text, true)
}

// looks holds what a patient got since the last look against what is promised.
func (s *stroll) looks(p *walking, wrote string, acted bool) {
	got := p.got
	p.got = nil
	state := s.store.conversations[p.chat.ID].Patient.Dialog
	questions, fixed, first := 0, false, false
	for _, e := range got {
		first = first || e.Class == bot.Planned
		fixed = fixed || strings.Contains(e.Text, "If life is at risk call 999")
		if e.Token != "" {
			questions++
			p.asked = e
		}
		if strings.TrimSpace(e.Text) == "" {
			s.Errorf("%s got an empty message", p.Person)
		}
	}
	if questions > 1 && acted {
		var shown []string
		for _, e := range got {
			shown = append(shown, e.Text)
		}
		s.Errorf("%s wrote %q and got %d questions at once: %q", p.Person, wrote, questions, shown)
	}
	if _, danger := reply.Distress(wrote); danger {
		s.danger++
		if !fixed || !state.Held {
			s.Errorf("%s wrote %q and was not met with the fixed words", p.Person, wrote)
		}
	} else if wish := reply.ReadCommand(wrote); wrote != "" && wish.OK && wish.Value == reply.Stop {
		s.stops++
		if !state.Stopped || questions > 0 {
			s.Errorf("%s wrote %q and it did not stop", p.Person, wrote)
		}
	}
	if first {
		s.first++
		if state.Stopped || state.Held {
			s.Errorf("%s was written to first during a stop or a hold: %q", p.Person, got[0].Text)
		}
		p.contacts = slices.DeleteFunc(append(p.contacts, s.now), func(at time.Time) bool { return s.now.Sub(at) >= 7*24*time.Hour })
		if len(p.contacts) > walkCap {
			s.Errorf("%s was written to first %d times in 7 days", p.Person, len(p.contacts))
		}
	}
	for _, e := range s.others {
		for _, words := range p.wrote {
			if len(words) > 14 && strings.Contains(e.Text, words) {
				s.Errorf("%s reads a patient's words: %q", e.Chat.ID, words)
			}
		}
	}
	if len(s.others) > 40 {
		s.others = slices.Clone(s.others[len(s.others)-40:])
	}
}
