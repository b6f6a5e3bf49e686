package config

import (
	"slices"
	"time"
)

// Team is one team of link workers as onestep.yaml declares it.
type Team struct {
	ID       string // small letters, digits and hyphens; stored with its people
	Name     string // as patients and workers read it
	Zone     *time.Location
	Language string // language tag, such as "en"
	Channel  Address
	Leads    []Address
	// Duty is who gets an urgent alert outside the service hours; nil when
	// nobody does, which patients are told.
	Duty         *Address
	Hours        Hours
	Quiet        Quiet
	Nation       Nation
	BankHolidays Region
	ClosedOn     []string // further days without service, as 2006-01-02
	// WeeklyCap is how often a person is written to first in any seven days,
	// reminders included.
	WeeklyCap int
	Summary   Weekly
}

// Weekly is a time of the week on the team's wall clock.
type Weekly struct {
	Day time.Weekday
	At  Clock
}

// Nation decides which emergency and support lines patients are given.
type Nation string

var nations = []string{"england", "wales", "scotland", "northern-ireland"}

// holidays are the bank holidays that belong to each nation.
var holidays = map[Nation]Region{
	"england":          EnglandAndWales,
	"wales":            EnglandAndWales,
	"scotland":         Scotland,
	"northern-ireland": NorthernIreland,
}

// Closed tells whether nobody of the team reads on that day, because it is a
// bank holiday or a day of its own. It is for Hours.Open and Next.
func (t Team) Closed(day time.Time) bool {
	return t.BankHolidays.Closed(day) || slices.Contains(t.ClosedOn, day.Format(time.DateOnly))
}

// Next is the next instant at which a person of this team reads, in the team's
// zone; see Hours.Next.
func (t Team) Next(now time.Time) time.Time { return t.Hours.Next(now.In(t.Zone), t.Closed) }
