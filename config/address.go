package config

import (
	"fmt"
	"regexp"
	"strings"
)

// Address is a person or a channel on a platform, as onestep.yaml writes it:
// "slack:U0123456789", "telegram:-1001234567890".
type Address struct {
	Platform string // "telegram" or "slack"
	ID       string // the platform's own id
}

// String gives the address as it is written.
func (a Address) String() string { return a.Platform + ":" + a.ID }

// A channel of Slack starts with C (public, and private ones by now) or G
// (older private ones), a person with U or W. Groups of Telegram are negative,
// people positive.
var shapes = map[string]struct{ person, channel *regexp.Regexp }{
	"slack":    {regexp.MustCompile(`^[UW][A-Z0-9]+$`), regexp.MustCompile(`^[CG][A-Z0-9]+$`)},
	"telegram": {regexp.MustCompile(`^[1-9][0-9]*$`), regexp.MustCompile(`^-[1-9][0-9]*$`)},
}

// Channel tells a channel or group from a person.
func (a Address) Channel() bool {
	shape, known := shapes[a.Platform]
	return known && shape.channel.MatchString(a.ID)
}

// What an address may name.
type audience int

const (
	person audience = 1 << iota
	channel
)

// examples says how to write an address for that audience.
func (a audience) examples() string {
	switch a {
	case person:
		return "slack:U0123456789 or telegram:123456789 (a person)"
	case channel:
		return "slack:C0123456789 or telegram:-1001234567890 (a channel or group)"
	default:
		return "slack:U0123456789 or telegram:123456789 (a person), or a channel"
	}
}

// ParsePlace reads where an operator says that somebody, or a team, writes from, as
// they may have copied it: capitals and spaces around do not matter, the shape
// does. The error says how it is written.
func ParsePlace(s string) (Address, error) {
	a, ok := parseAddress(s, person|channel)
	if a.Platform == "slack" {
		a, ok = parseAddress(strings.ToUpper(s), person|channel)
		if strings.HasPrefix(a.ID, "D") {
			return a, fmt.Errorf("%s is a conversation on Slack and not a person; write the id of the person, which begins with U, such as slack:U0123456789", s)
		}
	}
	if !ok {
		return a, fmt.Errorf("%q is not where somebody writes from; write telegram:123456789 or slack:U0123456789", s)
	}
	return a, nil
}

// parseAddress reads an address for the given audience.
func parseAddress(s string, who audience) (Address, bool) {
	platform, id, _ := strings.Cut(s, ":")
	a := Address{Platform: strings.ToLower(strings.TrimSpace(platform)), ID: strings.TrimSpace(id)}
	shape, known := shapes[a.Platform]
	if !known {
		return a, false
	}
	return a, who&person != 0 && shape.person.MatchString(a.ID) ||
		who&channel != 0 && shape.channel.MatchString(a.ID)
}
