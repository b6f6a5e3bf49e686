package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"onestep/dialogs"
)

// Prepare makes the conversations of teams, leads and duty contacts that the
// settings declare, so that there is somebody to tell before anyone has
// written. It can run again at each start, on each replica. A record that cannot
// be opened is passed over, as everybody else is to be served; an error means
// that the store is away.
func (b *Bot) Prepare(ctx context.Context) error {
	for _, team := range b.Teams {
		if err := b.prepare(ctx, team, team.Channel, (*turn).prepareTeam); err != nil {
			return err
		}
		for _, lead := range team.Leads {
			if err := b.prepare(ctx, team, lead, (*turn).prepareLead); err != nil {
				return err
			}
		}
	}
	for _, team := range b.Teams { // who leads which team is known by now
		if team.Duty == (Chat{}) || slices.Contains(team.Leads, team.Duty) {
			continue
		}
		if err := b.prepare(ctx, team, team.Duty, (*turn).prepareDuty); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) prepare(ctx context.Context, team Team, chat Chat, step func(*turn, Team) error) error {
	id, err := b.Store.Find(ctx, chat)
	if err != nil {
		return err
	}
	err = b.take(ctx, "prepare", id, "", func(t *turn) error {
		if t.conv.Role == PatientRole {
			t.Log.Error("a lead or duty contact of the settings is a patient's chat, which is told of no alert: name another one in onestep.yaml", "team", team.ID)
			t.nothing()
			return nil
		}
		if len(t.conv.Chats) == 0 {
			t.conv.Chats = []Chat{chat}
		}
		return step(t, team)
	})
	if errors.Is(err, ErrSealed) {
		b.Log.Error("the record of a team's channel, lead or duty contact cannot be opened, and they get nothing until it can; bring it back from a backup of Redis",
			"team", team.ID, "conversation", id, "err", err)
		return nil
	}
	return err
}

func (t *turn) prepareLead(team Team) error {
	if t.conv.Role == WorkerRole && t.conv.Team == team.ID && t.conv.Worker.Lead {
		t.nothing()
		return nil
	}
	t.appoint(team, "", true)
	return nil
}

// prepareDuty makes somebody nobody knows yet one of the team, so that alerts
// can reach them. Who works in a team already, this or another, stays there with
// their caseload: one person may be on duty for several teams.
func (t *turn) prepareDuty(team Team) error {
	c := t.conv
	_, known := t.Bot.team(c.Team)
	former := c.Role == WorkerRole && c.Team == team.ID && c.Worker.Lead // leads no longer
	if c.Role == TeamRole || c.Role == WorkerRole && known && !former {
		t.nothing()
		return nil
	}
	t.appoint(team, "", false)
	return nil
}

func (t *turn) prepareTeam(team Team) error {
	c := t.conv
	t.team = team
	if c.Role == TeamRole && c.Team == team.ID && !c.Timers[summaryTimer].IsZero() {
		t.nothing()
		return nil
	}
	c.Role, c.Team, c.Zone, c.Language = TeamRole, team.ID, team.Zone.String(), team.Language
	if c.Crew == nil {
		c.Crew = &Crew{}
	}
	t.timer(summaryTimer, t.nextSummary())
	return nil
}

func (t *turn) nextSummary() time.Time {
	weekly := dialogs.Schedule{Weekly: t.team.SummaryDay, Every: 1, At: t.team.SummaryTime, From: t.at}
	next, _ := weekly.Next(t.at, t.zone())
	return next
}

// A summary that cannot be made, as when a record of the team cannot be read, is
// tried again when it is twice as late as it was, between these waits.
const (
	summaryWait        = time.Minute
	longestSummaryWait = time.Hour
)

// summarise sends the weekly summary and sets the next. of is empty, or says when
// this one was due at first.
func (t *turn) summarise(at time.Time, of string) error {
	if t.conv.Crew == nil {
		return nil
	}
	first := of == ""
	if first {
		of = at.Format(time.RFC3339Nano)
		t.timer(summaryTimer, t.nextSummary())
	} else {
		var err error
		if at, err = time.Parse(time.RFC3339Nano, of); err != nil {
			return nil // not written by any version of ours
		}
	}
	late := t.at.Sub(at)
	if late > staleAfter {
		if !first {
			t.Log.Error("there is no weekly summary this time, since a record of the team could not be read for a day", "team", t.conv.Team)
		}
		return nil
	}
	week := at.AddDate(0, 0, -7)
	counts, err := t.gather(week)
	if t.ctx.Err() != nil {
		return t.ctx.Err()
	}
	if err != nil {
		// One line for the operator, not one for each try; and no failure of this
		// turn, which would bring the timer back every few seconds.
		if first {
			t.Log.Error("the weekly summary waits, since a record of the team cannot be read; it is tried for a day", "team", t.conv.Team, "err", err)
		}
		t.timer(summaryTimer+":"+of, t.at.Add(min(max(late, summaryWait), longestSummaryWait)))
		return nil
	}
	t.why = "weekly summary"
	t.say(counts.words(t.team.Name, week.In(t.zone())))
	return nil
}

// gather reads the counts of one week from the caseloads of the team. It only
// reads; each conversation counts as it stands at that moment.
func (t *turn) gather(day time.Time) (Counts, error) {
	of := monday(day, t.zone())
	var total Counts
	seen := map[string]bool{}
	for _, id := range t.conv.Crew.Workers {
		w, err := t.Store.Load(t.ctx, id)
		if err != nil {
			return total, err
		}
		if w.Worker == nil || w.Team != t.conv.Team {
			continue
		}
		for _, code := range sortedKeys(w.Worker.Caseload) {
			patient := w.Worker.Caseload[code]
			if seen[patient] {
				continue
			}
			seen[patient] = true
			p, err := t.Store.Load(t.ctx, patient)
			if err != nil {
				return total, err
			}
			if p.Patient != nil {
				total.patient(p.Patient, of, day)
			}
		}
	}
	return total, nil
}
