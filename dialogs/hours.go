package dialogs

import (
	"fmt"
	"strconv"
	"time"
)

// Hours are when people read what a person writes, on their own wall clock.
type Hours struct {
	Days [7]bool // by time.Weekday
	// From and To are minutes since midnight, From before To; 1440 is the end
	// of the day.
	From, To int
}

const noon, midnight = 12 * 60, 24 * 60

// Hours says to a person when people read: "Monday to Friday, 9 to 5". No day
// at all gives "", which a text fills with a phrase of its own.
//
// Each turn asks for the same few, so they are remembered.
func (e *Edition) Hours(h Hours, language string) string {
	key := spoken{h, language}
	if said, ok := e.hours.Load(key); ok {
		return said.(string)
	}
	said := e.sayHours(h, language)
	e.hours.Store(key, said)
	return said
}

// spoken are hours in a language.
type spoken struct {
	hours    Hours
	language string
}

func (e *Edition) sayHours(h Hours, language string) string {
	days := e.span(h.Days, language)
	if days == "" {
		return ""
	}
	say := plainClock
	// "9 to 5" can only mean one thing when the day starts in the morning, ends
	// in the afternoon and is shorter than twelve hours.
	if h.From < 7*60 || h.From >= noon || h.To <= noon || h.To-h.From >= noon {
		say = func(minutes int) string { return e.clock(minutes, language) }
	}
	return e.Phrase("hours", language, Host{}, map[string]string{"days": days, "from": say(h.From), "to": say(h.To)})
}

// span lists the days from Monday on; three or more in a row become a span.
func (e *Edition) span(days [7]bool, language string) string {
	names := e.calendar(language).days
	var parts []string
	for first := 0; first < 7; {
		last := first
		for last < 7 && days[(last+1)%7] {
			last++
		}
		switch run := last - first; {
		case run == 7:
			return e.Phrase("days-all", language, Host{}, nil)
		case run >= 3:
			parts = append(parts, e.Phrase("days-span", language, Host{}, map[string]string{"first": names[(first+1)%7], "last": names[last%7]}))
		default:
			for day := first; day < last; day++ {
				parts = append(parts, e.Phrase("days-one", language, Host{}, map[string]string{"day": names[(day+1)%7]}))
			}
		}
		first = max(last, first+1)
	}
	return e.and(parts, language)
}

// and joins words as a language does: "Monday, Tuesday and Friday".
func (e *Edition) and(parts []string, language string) string {
	if len(parts) == 0 {
		return ""
	}
	list := parts[0]
	for i, next := range parts[1:] {
		key := "days-comma"
		if i == len(parts)-2 {
			key = "days-and"
		}
		list = e.Phrase(key, language, Host{}, map[string]string{"list": list, "next": next})
	}
	return list
}

// Reads says to a person when people next read: "today", "today at 9",
// "tomorrow at 9", "on Monday at 9", and with the date when that is a week or
// more away. Both instants are in the zone of those people; a zero next means
// that it is not known.
func (e *Edition) Reads(now, next time.Time, language string) string {
	say := func(key string, more map[string]string) string { return e.Phrase(key, language, Host{}, more) }
	switch {
	case next.IsZero():
		return say("reads-never", nil)
	case !next.After(now):
		return say("reads-now", nil)
	}
	words := map[string]string{"time": e.clockAlone(next.Hour()*60+next.Minute(), language)}
	switch days := daysBetween(now, next); {
	case days == 0:
		return say("reads-today", words)
	case days == 1:
		return say("reads-tomorrow", words)
	case days < 7:
		words["weekday"] = e.calendar(language).days[next.Weekday()]
		return say("reads-weekday", words)
	default:
		words["date"] = e.calendar(language).date(next)
		return say("reads-date", words)
	}
}

// daysBetween counts the midnights between two instants of one zone.
func daysBetween(from, to time.Time) int {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(to).Sub(midnight(from)) / (24 * time.Hour))
}

// plainClock says a time as people do: 9, 5:30.
func plainClock(minutes int) string {
	h, m := minutes/60%12, minutes%60
	if h == 0 {
		h = 12
	}
	if m == 0 {
		return strconv.Itoa(h)
	}
	return fmt.Sprintf("%d:%02d", h, m)
}

// clock says a time so that morning and afternoon cannot be mixed up.
func (e *Edition) clock(minutes int, language string) string {
	key := "time-afternoon"
	switch {
	case minutes%midnight == 0:
		key = "time-midnight"
	case minutes == noon:
		key = "time-noon"
	case minutes < noon:
		key = "time-morning"
	}
	return e.Phrase(key, language, Host{}, map[string]string{"time": plainClock(minutes)})
}

// clockAlone says a starting time that stands by itself. From 7 in the morning
// until noon a bare number is understood; any other time says which half of
// the day it is in.
func (e *Edition) clockAlone(minutes int, language string) string {
	if minutes >= 7*60 && minutes < noon {
		return plainClock(minutes)
	}
	return e.clock(minutes, language)
}

// calendar are the names of days and months in one language, and how a date
// is said with them.
type calendar struct {
	days, months []string
	pattern      *template
}

// calendar of a language, from the phrases "days", "months" and "date".
func (e *Edition) calendar(language string) *calendar {
	if c, ok := e.calendars[e.speaks(language)]; ok {
		return c
	}
	return e.newCalendar(language)
}

func (e *Edition) newCalendar(language string) *calendar {
	return &calendar{
		days:    splitList(e.phrases["days"].template(language)),
		months:  splitList(e.phrases["months"].template(language)),
		pattern: e.phrases["date"].template(language),
	}
}

// date writes a day as "Friday 6 March".
func (c *calendar) date(day time.Time) string {
	text, _ := c.pattern.fill(func(name string) (string, bool) {
		switch name {
		case "weekday":
			return c.days[day.Weekday()], true
		case "day":
			return strconv.Itoa(day.Day()), true
		}
		return c.months[day.Month()-1], true
	})
	return text
}
