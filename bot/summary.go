package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Counts is a team's week in numbers: all that a summary may be made of. It
// holds nobody's name, code or words.
type Counts struct {
	Active, New, Paused, Closed          int
	Sent, Answered                       int
	Up, Same, Down                       int
	GoalsSet, GoalsReached, GoalsChanged int
	// People, not alerts: however often one of them writes, and however many are
	// told, it is one person's week.
	Alerted, InTime, AlertOpen int
}

// hideBelow is the smallest number of people that a summary shows (DOMAIN g:
// k = 5), and smallTeam the smallest team whose week is broken down at all.
const (
	hideBelow = 5
	smallTeam = 10
)

// finished tells whether the person has had the last check-in, and has not
// started again since.
func (p *Patient) finished() bool { return p.Dialog.Facts.Text("closing_state") == "done" }

// patient adds one patient's week. Closed are those who stopped, and those who
// have had the last check-in.
func (c *Counts) patient(p *Patient, of string, day time.Time) {
	switch d := p.Dialog; {
	case d.Stopped, p.finished():
		c.Closed++
	case !d.PausedUntil.IsZero():
		c.Paused++
	default:
		c.Active++
	}
	if p.Enrolled.After(day) {
		c.New++
	}
	for _, w := range p.Weeks {
		if w.Of != of {
			continue
		}
		c.Sent += w.Sent
		c.Answered += w.Answered
		c.GoalsSet += w.GoalsSet
		c.GoalsReached += w.GoalsReached
		c.GoalsChanged += w.GoalsChanged
		switch {
		case !w.Scored:
		case w.Moved > 0:
			c.Up++
		case w.Moved < 0:
			c.Down++
		default:
			c.Same++
		}
	}
	for _, a := range p.Alerts {
		if a.Of == of && a.Raised > 0 {
			c.Alerted++
			if a.InTime >= a.Raised {
				c.InTime++
			}
		}
	}
	if p.Alert != nil {
		c.AlertOpen++
	}
}

// words is the summary as the team channel gets it: counts only, small ones
// hidden, and a second one with them where it could be worked out.
// week is a day of the week that they are of.
func (c Counts) words(team string, week time.Time) string {
	people := c.Active + c.Paused
	first := week.AddDate(0, 0, -(int(week.Weekday())+6)%7)
	lines := []string{team + ", the week from " + first.Format("Monday 2 January")}
	if people < smallTeam {
		lines = append(lines, fmt.Sprintf("People with check-ins: fewer than %d.", smallTeam),
			"With so few people the rest stays hidden, so that nobody can be picked out.")
		return strings.Join(lines, "\n")
	}
	status := hide(c.Active, c.Paused, c.Closed)
	moved := hide(c.Up, c.Same, c.Down)
	goals := hide(c.GoalsSet, c.GoalsReached, c.GoalsChanged)
	alerts := hide(c.Alerted, c.AlertOpen)
	inTime := hide(c.InTime, c.Alerted-c.InTime)[0] // the rest could be worked out
	lines = append(lines,
		fmt.Sprintf("People: %s active, %s paused, %s closed. New: %s.", status[0], status[1], status[2], hide(c.New)[0]),
		"Check-ins answered: "+share(c.Answered, c.Sent)+".",
		fmt.Sprintf("Weekly number: %s higher, %s the same, %s lower.", moved[0], moved[1], moved[2]),
		fmt.Sprintf("Steps: %s set, %s done, %s changed.", goals[0], goals[1], goals[2]),
		fmt.Sprintf("People with an alert: %s, picked up in time: %s, open now: %s.", alerts[0], inTime, alerts[1]),
	)
	return strings.Join(lines, "\n")
}

// share is a percentage, unless it or its rest stands for too few people.
func share(part, whole int) string {
	rest := whole - part
	if whole < smallTeam || part > 0 && part < hideBelow || rest > 0 && rest < hideBelow {
		return "too few to show"
	}
	return fmt.Sprintf("%d%%", (100*part+whole/2)/whole)
}

// hide writes a group of counts that belong together. Counts of 1 to 4 become
// "fewer than 5". If that hides exactly one, the smallest of the others is
// hidden as well, since the hidden one could be worked out from a total; it is
// "5 or more", as every count that is not small.
func hide(counts ...int) []string {
	hidden := make([]bool, len(counts))
	n := 0
	for i, c := range counts {
		if c > 0 && c < hideBelow {
			hidden[i] = true
			n++
		}
	}
	second := -1
	if n == 1 {
		for i, c := range counts {
			if !hidden[i] && (second < 0 || c < counts[second]) && c > 0 {
				second = i
			}
		}
	}
	words := make([]string, len(counts))
	for i, c := range counts {
		switch {
		case hidden[i]:
			words[i] = fmt.Sprintf("fewer than %d", hideBelow)
		case i == second:
			words[i] = fmt.Sprintf("%d or more", hideBelow)
		default:
			words[i] = strconv.Itoa(c)
		}
	}
	return words
}
