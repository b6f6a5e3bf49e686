package config

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// team is a Team while the file is being read, with the places of what is
// checked against other lines.
type team struct {
	Team
	idAt    string
	channel place
	leads   []place
	duty    place
}

// place is an address and where it stands in the file.
type place struct {
	Address
	where string
}

var (
	teamKeys = []string{"id", "name", "zone", "language", "channel", "leads", "duty", "hours",
		"quiet", "weekly_cap", "nation", "bank_holidays", "closed", "summary"}
	teamMustHave = []string{"id", "name", "zone", "channel", "leads", "hours", "nation"}

	idShape       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	languageShape = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// longestName is what fits into one line of a phone beside other words.
const longestName = 40

// team reads one team. It is false when there is nothing to read at all.
func (d document) team(n ast.Node) (team, bool) {
	t := team{Team: Team{
		Language: "en",
		Quiet:    Quiet{From: 20 * 60, To: 9 * 60},
		Summary:  Weekly{Day: time.Monday, At: 9 * 60},
		// A check-in, its reminder, and one more for what they asked to be
		// reminded of (DOMAIN f: about 1 scheduled chat a week plus 1 reminder).
		WeeklyCap: 3,
	}}
	entries := d.table(n, "a team", teamKeys)
	if entries == nil {
		return t, false
	}
	for _, key := range teamMustHave {
		if entries[key] == nil {
			d.faults.add(d.where(n), "this team has no %s; add it, as in onestep.example.yaml.", key)
		}
	}
	d.with(entries, "id", func(v text) {
		t.ID, t.idAt = v.value, v.where
		if !idShape.MatchString(v.value) {
			d.faults.add(v.where, "%q cannot be a team's id; use small letters, digits and hyphens, 32 at most.", v.value)
		}
	})
	d.with(entries, "name", func(v text) {
		t.Name = v.value
		if utf8.RuneCountInString(v.value) > longestName || strings.ContainsAny(v.value, "\r\n") {
			d.faults.add(v.where, "the team's name is too long for one line on a phone; use at most %d letters.", longestName)
		}
	})
	d.with(entries, "zone", func(v text) { t.Zone = d.zone(v) })
	d.with(entries, "language", func(v text) {
		t.Language = v.value
		if !languageShape.MatchString(v.value) {
			d.faults.add(v.where, "%q is not a language tag; write it as en, cy or pl.", v.value)
		}
	})
	d.with(entries, "channel", func(v text) { t.channel = d.address(v, channel); t.Channel = t.channel.Address })
	d.with(entries, "duty", func(v text) {
		if t.duty = d.address(v, person|channel); t.duty.where != "" {
			t.Duty = &t.duty.Address
		}
	})
	if list := entries["leads"]; list != nil {
		d.leads(list, &t)
	}
	if hours := entries["hours"]; hours != nil {
		t.Hours = d.hours(hours)
	}
	if quiet := entries["quiet"]; quiet != nil {
		t.Quiet = d.quiet(quiet)
	}
	d.with(entries, "weekly_cap", func(v text) {
		n, err := strconv.Atoi(v.value)
		if t.WeeklyCap = n; err != nil || n < 1 || n > 7 {
			d.faults.add(v.where, "%q cannot be the weekly cap; write how often a person may be written to first in a week, 1 to 7.", v.value)
		}
	})
	d.with(entries, "nation", func(v text) {
		t.Nation = Nation(d.oneOf(v, "nation", nations))
		t.BankHolidays = holidays[t.Nation]
	})
	d.with(entries, "bank_holidays", func(v text) { t.BankHolidays = Region(d.oneOf(v, "bank-holiday region", regions)) })
	if closed := entries["closed"]; closed != nil {
		t.ClosedOn = d.dates(closed)
	}
	if summary := entries["summary"]; summary != nil {
		t.Summary = d.weekly(summary, t.Summary)
	}
	return t, true
}

// with hands on the single value of a key, if it is there and not empty.
func (d document) with(entries map[string]ast.Node, key string, use func(text)) {
	if n := entries[key]; n != nil {
		if v, ok := d.scalar(n, key); ok {
			use(v)
		}
	}
}

// zone loads an IANA time zone. "Local" and "UTC+1" are no such names: a team
// lives in a place, whose clocks change.
func (d document) zone(v text) *time.Location {
	zone, err := time.LoadLocation(v.value)
	if err != nil || v.value == "Local" {
		d.faults.add(v.where, "there is no time zone %q; use a name such as Europe/London.", v.value)
		return nil
	}
	return zone
}

// address reads an address; after a fault the result has no place.
func (d document) address(v text, who audience) place {
	a, ok := parseAddress(v.value, who)
	if !ok {
		d.faults.add(v.where, "%q is not an address that can stand here; write %s.", v.value, who.examples())
		return place{}
	}
	return place{Address: a, where: v.where}
}

func (d document) leads(n ast.Node, t *team) {
	items := d.list(n, "leads")
	if _, isList := n.(*ast.SequenceNode); isList && len(items) == 0 {
		d.faults.add(d.where(n), "a team needs at least one lead, who adds the workers; write %s.", person.examples())
	}
	for _, item := range items {
		if v, ok := d.scalar(item, "a lead"); ok {
			if p := d.address(v, person); p.where != "" {
				t.leads = append(t.leads, p)
				t.Leads = append(t.Leads, p.Address)
			}
		}
	}
}

// oneOf reads one word of a list.
func (d document) oneOf(v text, what string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(v.value, k) {
			return k
		}
	}
	d.faults.add(v.where, "%q is not a %s; %s", v.value, what, orDidYouMean(v.value, known))
	return ""
}

func (d document) dates(n ast.Node) []string {
	var dates []string
	for _, item := range d.list(n, "closed") {
		v, ok := d.scalar(item, "a closed day")
		if !ok {
			continue
		}
		if _, err := time.Parse(time.DateOnly, v.value); err != nil {
			d.faults.add(v.where, "%q is not a date; write it as 2026-12-24.", v.value)
			continue
		}
		dates = append(dates, v.value)
	}
	return dates
}
