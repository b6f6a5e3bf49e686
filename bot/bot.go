package bot

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"time"

	"onestep/dialogs"
)

// Bot takes turns: it turns updates, due timers and letters into commits. Its
// fields are set once before use and never changed after; its methods may be
// called from many goroutines.
type Bot struct {
	Store   Turns
	Scripts Scripts
	Teams   []Team
	// Links are the platforms in use, by name, for invitations. A platform
	// that cannot open a chat by a tap has a nil Linker.
	Links map[string]Linker
	// Settle is how long words that answer a question for free text wait for
	// more, by platform; without it they do not wait.
	Settle map[string]time.Duration
	// Now is the clock that people live by: timers, schedules, journal.
	Now func() time.Time
	// Random is the source of case codes; crypto/rand.Reader in the program.
	Random io.Reader
	Log    *slog.Logger
	Meter  Meter
	// Wake is called after each commit with the id of the conversation, so that
	// delivery need not wait for its next look. May be nil.
	Wake func(conversation string)
	// Paused tells whether what is planned is kept from a platform just now, as far
	// as this replica knows. May be nil.
	Paused func(platform string) bool
}

// Scripts gives the scripts to step with.
type Scripts interface {
	// Current is the newest edition.
	Current() *dialogs.Edition
	// Edition finds an older one by its content hash.
	Edition(ctx context.Context, id string) (*dialogs.Edition, error)
}

// Meter counts what happens. No argument ever holds a person's words, name or
// id. Implementations must be safe for concurrent use.
type Meter interface {
	Turn(kind, outcome string, took time.Duration)
	Send(platform, outcome string, took time.Duration)
}

// Team is one team as declared in onestep.yaml.
type Team struct {
	ID       string
	Name     string
	Zone     *time.Location
	Language string
	// Channel gets the weekly summary.
	Channel Chat
	// Leads are private chats. Duty is who is told when nobody reacts to an
	// alert; may be zero. DutyChannel is set where that is a channel, in which people
	// can press and nobody can write to us.
	Leads       []Chat
	Duty        Chat
	DutyChannel bool
	// Hours are when people read, on the team's wall clock.
	Hours dialogs.Hours
	// Next is when somebody next reads, in the team's zone: now while the team
	// is at work, zero when that is not known. A nil Next means always at work.
	Next func(now time.Time) time.Time
	// Nation decides the help lines: a key of dialogs.Signposts.
	Nation string
	// Quiet is the part of the day in which nothing planned is sent, and
	// Closed tells the days on which nothing is, such as bank holidays. Closed
	// may be nil.
	Quiet  Quiet
	Closed func(day time.Time) bool
	// WeeklyCap is how often a person is written to first in any seven days,
	// reminders included; 0: no limit.
	WeeklyCap int
	// Summary is when the weekly summary is sent, in the team's zone.
	SummaryDay  time.Weekday
	SummaryTime string // "09:00"
}

// open tells whether somebody of the team reads now.
func (t Team) open(now time.Time) bool { return t.Next == nil || t.Next(now).Equal(now) }

// opening is when the service opens next; where it never closes, or that is not
// known, a day later.
func (t Team) opening(now time.Time) time.Time {
	if t.Next == nil {
		return now.Add(24 * time.Hour)
	}
	y, m, d := now.In(t.Zone).Date()
	for _, from := range []time.Time{now, time.Date(y, m, d+1, 0, 0, 0, 0, t.Zone)} {
		if next := t.Next(from); next.After(from) {
			return next
		}
	}
	return now.Add(24 * time.Hour)
}

func (b *Bot) team(id string) (Team, bool) {
	for _, t := range b.Teams {
		if t.ID == id {
			return t, true
		}
	}
	return Team{}, false
}

// declared tells whether the settings name a chat as a lead or duty contact, of
// any team.
func (b *Bot) declared(c Chat) bool {
	return slices.ContainsFunc(b.Teams, func(t Team) bool { return t.Duty == c || slices.Contains(t.Leads, c) })
}

// leads tells which teams a private chat leads, by the settings.
func (b *Bot) leads(c Chat) (Team, bool) {
	for _, t := range b.Teams {
		for _, lead := range t.Leads {
			if lead == c {
				return t, true
			}
		}
	}
	return Team{}, false
}
