package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"onestep/bot"
)

// life is one made-up patient as the program itself has made them, played once
// on a stage in memory: twelve answered weekly check-ins, each with a number and
// every other one with words, one goal, a schedule.
// Measurements multiply it.
type life struct {
	team bot.Team
	// idle is after twelve weeks, open with the thirteenth check-in's first
	// question open.
	idle, open past
	// replies are what the person says to the thirteenth check-in, question by
	// question, until it ends.
	replies []string
}

// past is a conversation at an instant, with its journal.
type past struct {
	at           time.Time
	conversation *bot.Conversation
	journal      []bot.Entry
	// behind is an earlier past that is written first, as a turn of its own.
	behind *past
}

// benchWeeks is how many check-ins an idle patient has behind them.
const benchWeeks = 12

// live plays the life.
func live(w world) (*life, error) {
	s, err := openStage(w, 1)
	if err != nil {
		return nil, err
	}
	defer s.close()
	p := s.chorus[0]
	m := &patientMind{stage: s}
	p.mind = m.say
	if err := all(s.addWorkers, s.inviteChorus); err != nil {
		return nil, err
	}
	l := &life{team: s.program.bot.Teams[0]}
	for weeks := 0; m.weeks <= benchWeeks; weeks++ {
		if weeks > 10*benchWeeks {
			return nil, errors.New("the check-ins of the made-up patient do not come")
		}
		if l.idle, err = s.past(p); err != nil {
			return nil, err
		}
		if err := s.until(s.clock.now().Add(24*time.Hour), false); err != nil {
			return nil, err
		}
	}
	if l.open, err = s.past(p); err != nil {
		return nil, err
	}
	l.open.behind = &l.idle
	if scores, _ := l.idle.conversation.Patient.Dialog.Facts.Get("scores"); len(scores.Series) != benchWeeks+1 {
		return nil, fmt.Errorf("the made-up patient has %d numbers, want that of the first conversation and %d", len(scores.Series), benchWeeks)
	}
	m.weeks = 0 // now they answer
	for {
		step, err := p.step()
		if err != nil {
			return nil, err
		}
		if step == "" {
			return l, nil
		}
		said := strings.Trim(m.answer(step), "[]")
		l.replies = append(l.replies, said)
		if len(l.replies) > answers {
			return nil, errors.New("the made-up patient talks in circles")
		}
		if err := p.writes(said); err != nil {
			return nil, err
		}
	}
}

// past is what is stored of a player now.
func (s *stage) past(p *player) (past, error) {
	c, err := s.load(p.seat.Chat())
	if err != nil {
		return past{}, err
	}
	journal, err := s.store.Journal(s.ctx, c.ID, 0, -1)
	return past{at: s.clock.now(), conversation: c, journal: journal}, err
}

// patientMind is what the made-up patient says. They do not answer the check-in
// after the last of benchWeeks.
type patientMind struct {
	stage *stage
	weeks int // weekly check-ins that have come
	last  time.Time
	said  int
}

func (m *patientMind) say(step string) string {
	// People take their time, and never the same.
	m.said++
	m.stage.clock.set(m.stage.clock.now().Add(time.Duration(23+m.said*37%71) * time.Second))
	if strings.HasPrefix(step, "weekly/") && m.stage.clock.now().Sub(m.last) > 24*time.Hour {
		m.last = m.stage.clock.now()
		m.weeks++
	}
	if m.weeks > benchWeeks {
		return ""
	}
	return m.answer(step)
}

// What has been better, and what helped, in the words of a made-up person.
var (
	betters = []string{
		"Slept through twice", "Got out to the shops on my own", "Rang my sister", "Not much, the rain kept me in",
		"Cooked a proper dinner on Sunday", "Went to the library", "Had a laugh with the neighbours", "Same as last week really",
		"Walked to the park and back", "My knee was less sore", "Finished the jumper for the baby", "Saw an old friend at church",
	}
	helps = []string{
		"Going to bed earlier", "The bus stops right outside", "She always cheers me up", "Had the radio on",
		"Wrote a list first", "The lady there was kind", "They knocked for me", "Keeping to my routine",
		"It was dry for once", "The exercises from the physio", "Kept at it in the evenings", "I made myself go",
	}
)

func (m *patientMind) answer(step string) string {
	week := m.weeks % benchWeeks
	switch step {
	case "first/agree", "first/safe", "first/sum-up", "first/sum-hopes":
		return "[Yes]"
	case "first/hopes":
		return "Feeling more like myself again"
	case "checkin-day/day":
		return "[Tuesday]"
	case "checkin-day/time":
		return "[10 in the morning]"
	case "first/number":
		return "[4]"
	case "weekly/better":
		if week%2 == 1 { // words every other week
			return "skip"
		}
		return betters[week]
	case "weekly/today":
		return fmt.Sprintf("[%d]", [...]int{4, 5, 5, 4, 6, 6, 5, 6, 7, 6, 7, 6}[week])
	case "weekly/up", "weekly/same", "weekly/first-number":
		if week%2 == 1 {
			return "skip"
		}
		return helps[week]
	case "weekly/good-enough":
		return "[8]"
	case "weekly/goal-offer":
		return "[Yes, now]"
	case "goal-set/matters":
		return "Seeing more of people"
	case "goal-set/small", "goal-set/small-plain":
		return "A walk round the block after lunch"
	case "goal-set/sure":
		return "[8]"
	case "goal-follow-up/outcome":
		return "[Partly]"
	case "goal-follow-up/still-right":
		return "[Yes, keep it]"
	case "goal-follow-up/partly-next":
		return "[Keep it]"
	}
	return "skip"
}

// of gives this past to another conversation, as one turn.
func (p past) of(id string, chat bot.Chat) bot.Commit {
	c := *p.conversation
	c.ID, c.Version, c.Chats = id, 0, []bot.Chat{chat}
	commit := bot.Commit{Conversation: &c, Journal: p.journal, DueExactly: true}
	if p.behind != nil {
		c.Version, commit.Journal = 1, p.journal[len(p.behind.journal):]
	}
	for _, at := range c.Timers {
		if commit.Due.IsZero() || at.Before(commit.Due) {
			commit.Due = at
		}
	}
	if asks(&c) {
		commit.OpenToken = c.Patient.Showing
	}
	return commit
}

// commits writes the past of so many patients from one number on. The store that is measured has none of it open.
func (p past) commits(ctx context.Context, b *bench, from, to int) error {
	if p.behind != nil {
		if err := p.behind.commits(ctx, b, from, to); err != nil {
			return err
		}
	}
	return atOnce(ctx, benchInFlight, to-from, func(ctx context.Context, n int) error {
		chat := benchChat(from + n)
		id, err := b.filler.Find(ctx, chat)
		if err != nil {
			return err
		}
		return b.filler.Commit(ctx, p.of(id, chat))
	})
}
