package bot

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
)

// zones are the time zones in use, by IANA name: reading one from the zone
// files takes as long as a whole step. There are some 600 names.
var zones sync.Map

// zoneOf is time.LoadLocation, remembered.
func zoneOf(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err
}

// hearsZone believes the time zone that a platform tells, unless what is known is
// as new: a replica may have remembered it from before a move that another one
// heard of. What tells of a change alone may be of the same mark. It is false when
// nothing is new.
func (t *turn) hearsZone(u Update) bool {
	c := t.conv
	if _, err := zoneOf(u.Zone); u.Zone == "" || err != nil {
		return false
	}
	if c.ZoneFrom == u.Chat.Platform {
		older := u.ZoneAt.Before(c.ZoneAt) || u.Kind != Zoned && u.ZoneAt.Equal(c.ZoneAt)
		if older || u.Zone == c.Zone {
			return false
		}
	}
	c.ZoneFrom, c.ZoneAt = u.Chat.Platform, u.ZoneAt
	t.moveTo(u.Zone, "")
	return true
}

// moveTo sets a person's time zone, and their plan by its clock.
func (t *turn) moveTo(name, by string) {
	if name == t.conv.Zone {
		return
	}
	from := t.zone()
	t.conv.Zone = name
	t.note(Entry{What: "zone", Value: name, By: by})
	t.replan(from)
}

// setZone is a worker's command: a case code, and the time zone of somebody who is
// on no platform that tells it. Without a zone it tells the one that counts.
func (t *turn) setZone(rest string) error {
	code, words, _ := strings.Cut(rest, " ")
	words = strings.Trim(words, `"“”‘’ .`)
	if code == "" {
		t.say(wordsZoneHow)
		return nil
	}
	name, zone := zoneNamed(words)
	if words != "" && zone == nil {
		t.say(fmt.Sprintf(wordsZoneUnknown, words))
		return nil
	}
	patient, _, err := t.look(code, "zone", 1)
	if err != nil || patient == nil {
		return err
	}
	who, says := patient.Patient.Case, wordsZoneSet
	switch now := t.of(patient).zone(); {
	case patient.zoneTold():
		zone, says = now, fmt.Sprintf(wordsZoneTold, title(patient.ZoneFrom))
	case zone == nil || now.String() == name:
		zone, says = now, fmt.Sprintf(wordsZoneOther, who)
	default:
		t.letter(patient.ID, letterZoned, zoned{Zone: name})
	}
	t.say(fmt.Sprintf(wordsZone, who, zone, t.at.In(zone).Format("15:04")) + says)
	return nil
}

// zoned is the patient's side: what a worker says of their time zone counts until
// a platform tells it.
func (t *turn) zoned(z zoned, by string) error {
	if t.conv.Role != PatientRole || t.conv.zoneTold() {
		t.nothing()
		return nil
	}
	t.conv.ZoneFrom, t.conv.ZoneAt = "", time.Time{}
	t.moveTo(z.Zone, by)
	return nil
}

// zoneTold tells whether the zone is kept by a platform on which the person can be
// reached.
func (c *Conversation) zoneTold() bool {
	return slices.ContainsFunc(c.Chats, func(chat Chat) bool {
		return chat.Platform == c.ZoneFrom && !slices.Contains(c.Gone, chat)
	})
}

// zoneNamed is the time zone that somebody has written the name of, in small
// letters or with spaces too: "america/new york". It is nil for anything else, such
// as the name of an offset, which knows no summer time.
func zoneNamed(words string) (name string, zone *time.Location) {
	if !strings.Contains(words, "/") {
		return "", nil
	}
	name = strings.ReplaceAll(words, " ", "_")
	begins := true
	capitals := strings.Map(func(r rune) rune {
		defer func() { begins = strings.ContainsRune("/_-", r) }()
		if begins {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, name)
	for _, name := range []string{name, smallWords.Replace(capitals)} {
		if zone, err := zoneOf(name); err == nil {
			return name, zone
		}
	}
	return "", nil
}

// smallWords are those within names of cities: Port-au-Prince, Dar_es_Salaam.
var smallWords = strings.NewReplacer("_Of_", "_of_", "-Au-", "-au-", "_Es_", "_es_")
