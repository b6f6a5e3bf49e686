package bot_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"onestep/bot"
)

// secondTeam adds a team of another nation and starts anew.
func (w *world) secondTeam(duty bot.Chat) bot.Team {
	w.Helper()
	hill := w.bot.Teams[0]
	hill.ID, hill.Name, hill.Nation = "hill", "Hill team", "northern-ireland"
	hill.Channel, hill.Leads, hill.Duty = bot.Chat{Platform: "test", ID: "-200"}, []bot.Chat{{Platform: "test", ID: "hill lead"}}, duty
	w.bot.Teams = append(w.bot.Teams, hill)
	w.starts()
	return hill
}

func (w *world) starts() {
	w.Helper()
	if err := w.bot.Prepare(w.ctx); err != nil {
		w.Fatal(err)
	}
	w.settle()
}

// Being on duty for a team moves nobody out of their own: their patients keep
// their team, its help lines and its leads, however often the program starts.
func TestADutyContactStaysInTheirOwnTeam(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	hill := w.secondTeam(worker)
	w.starts()
	if c := w.conversation(worker); c.Team != "harbour" {
		t.Errorf("the worker has moved to %s", c.Team)
	}
	second := bot.Chat{Platform: "test", ID: "second"}
	w.writes(second, "start "+codeIn(w, w.writes(worker, "invite")))
	if c := w.conversation(second); c.Team != "harbour" {
		t.Errorf("whom they invite is a patient of %s", c.Team)
	}
	w.expect(w.writes(second, danger), second, "Samaritans: 116 123")

	// And they get the alerts of the other team.
	w.writes(hill.Leads[0], "name Bea")
	third := bot.Chat{Platform: "test", ID: "third"}
	w.writes(third, "start "+codeIn(w, w.writes(hill.Leads[0], "invite")))
	w.expect(w.writes(third, danger), worker, "Wrote words that may mean danger.")
}

// One person may be on duty for several teams, lead one of them, or lead none
// any more. A second start changes nothing.
func TestADutyContactOfSeveralTeams(t *testing.T) {
	duty := bot.Chat{Platform: "test", ID: "duty"}
	for name, c := range map[string]struct {
		duty bot.Chat
		team string
		lead bool
	}{
		"nobody's yet":       {duty, "harbour", false},
		"a lead of the one":  {lead, "harbour", true},
		"a lead of no other": {bot.Chat{Platform: "test", ID: "hill lead"}, "hill", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].Duty = c.duty
			w.secondTeam(c.duty)
			was := w.conversation(c.duty)
			w.starts()
			now := w.conversation(c.duty)
			if now.Role != bot.WorkerRole || now.Team != c.team || now.Worker.Lead != c.lead || now.Version != was.Version {
				t.Errorf("they are a %s of %s, lead: %v, after %d more turns", now.Role, now.Team, now.Worker.Lead, now.Version-was.Version)
			}
		})
	}
	t.Run("a lead no longer", func(t *testing.T) {
		w := newWorld(t)
		w.bot.Teams[0].Leads, w.bot.Teams[0].Duty = []bot.Chat{{Platform: "test", ID: "new lead"}}, lead
		w.starts()
		if w.conversation(lead).Worker.Lead {
			t.Error("who only is on duty still leads the team")
		}
	})
}

// The settings refuse a team's channel as duty contact; were one there all the
// same, it would stay what it is.
func TestATeamsChannelStaysATeam(t *testing.T) {
	w := newWorld(t)
	w.settle()
	w.bot.Teams[0].Duty = channel
	was := w.conversation(channel).Version
	w.starts()
	if c := w.conversation(channel); c.Role != bot.TeamRole || c.Version != was {
		t.Errorf("the channel is a %s after %d turns", c.Role, c.Version-was)
	}
}

// A start serves everybody else when one record of a team, a lead or a duty
// contact cannot be opened. It says so, and is refused only without a store.
func TestAStartPassesOverABrokenRecord(t *testing.T) {
	duty := bot.Chat{Platform: "test", ID: "duty"}
	for name, c := range map[string]bot.Chat{"team": channel, "lead": lead, "duty": duty} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].Duty = duty
			w.starts()
			var log bytes.Buffer
			w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
			w.breaks(c)
			hill := w.secondTeam(bot.Chat{Platform: "test", ID: "another"})
			for _, c := range []bot.Chat{hill.Channel, hill.Leads[0], hill.Duty} {
				if w.conversation(c).Team != "hill" {
					t.Errorf("%s is not made ready", c.ID)
				}
			}
			if got := log.String(); !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "bring it back from a backup") {
				t.Errorf("the log says:\n%s", got)
			}
		})
	}
	w := newWorld(t)
	w.breaks()
	if err := w.bot.Prepare(w.ctx); !errors.Is(err, errBroken) {
		t.Errorf("without a store a start gives %v", err)
	}
}
