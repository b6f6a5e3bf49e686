// Package config holds every setting of onestep: it reads onestep.yaml and the
// environment, checks all of it once, and hands out one struct of values that
// the rest of the program takes apart. Nothing else reads the environment.
package config

import (
	"log/slog"
	"os"
	"time"
)

// DefaultPath is where the settings file is looked for when ONESTEP_CONFIG
// does not say otherwise: beside the place where onestep is started.
const DefaultPath = "onestep.yaml"

// Settings is everything an operator can set, checked. Take from it the few
// values that a part needs and hand those on, never the whole.
type Settings struct {
	// RedisURL is a redis://, rediss:// or unix:// address; it may hold a
	// password.
	RedisURL Secret
	// Keyset is the keyset that encrypts people's words, as `onestep keyset
	// new` printed it.
	Keyset Secret
	// Shards is how many parts the data is divided into.
	Shards int
	// Settle is how long words that answer a question in free text wait for
	// more of them; 0 takes each message by itself.
	Settle time.Duration
	// Scripts is the folder with the check-ins; empty means those built in.
	Scripts string
	// HTTPAddr is where health and metrics are served, as host:port.
	HTTPAddr string
	LogLevel slog.Level
	// Telegram and Slack are nil when that platform is not connected; at
	// least one of them is.
	Telegram *Telegram
	Slack    *Slack
	// Teams has at least one team, in the order of the file.
	Teams []Team
	// Notes are sentences for the log about settings that have no effect.
	Notes []string
}

// Telegram is what the Telegram adapter needs.
type Telegram struct {
	Token Secret
	// APIURL has no slash at its end.
	APIURL string
	// Rate is how many messages a second may be sent in all; 0 is the usual.
	Rate float64
	// WebhookURL is the public address to which Telegram sends updates, and
	// WebhookSecret what it shows there. Both are empty for long polling.
	WebhookURL    string
	WebhookSecret Secret
}

// Slack is what the Slack adapter needs.
type Slack struct {
	BotToken Secret
	// AppToken is for Socket Mode, SigningSecret for events over HTTP. At least
	// one of them is given.
	AppToken      Secret
	SigningSecret Secret
	// APIURL ends with a slash, as the Slack library wants it.
	APIURL string
	// Rate is how many messages a second may be sent in all; 0 is the usual.
	Rate float64
}

// Load reads the settings file and then the environment, which is in the form
// of os.Environ and wins over the file. The error is of type Faults and holds
// every fault at once, none of them with a secret in it.
func Load(environ []string) (*Settings, error) {
	var faults Faults
	env, notes := readEnvironment(environ, &faults)

	path := env["ONESTEP_CONFIG"]
	if path == "" {
		path = DefaultPath
	}
	doc := document{path: path, faults: &faults}
	values := values{}
	var teams []team
	readable := true // else what is missing may well be in the file
	switch content, err := os.ReadFile(path); {
	case os.IsNotExist(err):
		faults.add(path, "there is no such file. Copy onestep.example.yaml to it, put your teams in, or point ONESTEP_CONFIG at the right file.")
	case err != nil:
		faults.add(path, "the file cannot be read (%s). Let the account that runs onestep read it.", reason(err))
		readable = false
	default:
		values, teams, readable = doc.read(unmarked(content), env)
	}

	values.overlay(env, &faults)
	s := values.settings(&faults)
	s.Notes = append(notes, s.Notes...)
	for _, t := range teams {
		s.Teams = append(s.Teams, t.Team)
	}
	if readable {
		s.complete(teams, &faults)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return s, nil
}

// complete checks that nothing is missing: there is a keyset, and every platform
// that the teams live on can be reached.
func (s *Settings) complete(teams []team, faults *Faults) {
	if s.Keyset.value == nil {
		faults.add("ONESTEP_ENCRYPTION_KEYSET", "there is no keyset to encrypt people's words with. Run `onestep keyset new keyset`, keep that file safe, and set ONESTEP_ENCRYPTION_KEYSET_FILE=keyset.")
	}
	if s.Telegram == nil && s.Slack == nil {
		faults.add("ONESTEP_TELEGRAM_TOKEN", "no platform is connected. Set this one for Telegram, or ONESTEP_SLACK_BOT_TOKEN and ONESTEP_SLACK_APP_TOKEN for Slack, or all three.")
		return
	}
	told := map[string]bool{"telegram": s.Telegram != nil, "slack": s.Slack != nil}
	means := map[string]string{
		"telegram": "Telegram is not connected; set ONESTEP_TELEGRAM_TOKEN, or use an address on Slack.",
		"slack":    "Slack is not connected; set ONESTEP_SLACK_BOT_TOKEN and ONESTEP_SLACK_APP_TOKEN, or use an address on Telegram.",
	}
	for _, t := range teams {
		for _, p := range append([]place{t.channel, t.duty}, t.leads...) {
			if p.where != "" && !told[p.Platform] {
				told[p.Platform] = true
				faults.add(p.where, "%s cannot be reached: %s", p.Address, means[p.Platform])
			}
		}
	}
}
