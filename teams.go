package main

import (
	"onestep/bot"
	"onestep/config"
	"onestep/dialogs"
)

// teams puts the teams of the settings into the bot's words, which know
// nothing of files.
func teams(from []config.Team) []bot.Team {
	var list []bot.Team
	for _, t := range from {
		team := bot.Team{
			ID: t.ID, Name: t.Name, Zone: t.Zone, Language: t.Language,
			Channel:     chat(t.Channel),
			Hours:       dialogs.Hours{Days: t.Hours.Days, From: int(t.Hours.From), To: int(t.Hours.To)},
			Next:        t.Next,
			Nation:      string(t.Nation),
			Quiet:       bot.Quiet{Start: t.Quiet.From.String(), End: t.Quiet.To.String()},
			Closed:      t.Closed,
			WeeklyCap:   t.WeeklyCap,
			SummaryDay:  t.Summary.Day,
			SummaryTime: t.Summary.At.String(),
		}
		for _, lead := range t.Leads {
			team.Leads = append(team.Leads, chat(lead))
		}
		if t.Duty != nil {
			team.Duty, team.DutyChannel = chat(*t.Duty), t.Duty.Channel()
		}
		list = append(list, team)
	}
	return list
}

func chat(a config.Address) bot.Chat { return bot.Chat{Platform: a.Platform, ID: a.ID} }
