package main

import (
	"strings"
	"testing"
	"time"

	"onestep/bot/store/redistest"
)

// serve refuses what would lose data or reach nobody, with the line that mends
// it, and never with a secret.
func TestServeRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(s *site)
		says  []string
	}{
		{
			"no Redis", func(s *site) { s.redis.Stop() },
			[]string{"No Redis answers at ONESTEP_REDIS_URL.", "redis-server --appendonly yes --appendfsync always --maxmemory-policy noeviction"},
		},
		{
			"a Redis without append-only file", func(s *site) { s.set("ONESTEP_REDIS_URL", redistest.Start(s, "--appendonly", "no").URL()) },
			[]string{"a restart would lose conversations", "CONFIG SET appendonly yes"},
		},
		{
			"a Redis that evicts", func(s *site) {
				s.set("ONESTEP_REDIS_URL", redistest.Start(s, "--maxmemory-policy", "allkeys-lru").URL())
			},
			[]string{"its policy is allkeys-lru", "CONFIG SET maxmemory-policy noeviction"},
		},
		{
			"no keyset", func(s *site) { s.set("ONESTEP_ENCRYPTION_KEYSET", "") },
			[]string{"ONESTEP_ENCRYPTION_KEYSET", "onestep keyset new"},
		},
		{
			"half a keyset", func(s *site) { s.set("ONESTEP_ENCRYPTION_KEYSET", "c29tZXRoaW5nIGVsc2U=") },
			[]string{"ONESTEP_ENCRYPTION_KEYSET", "onestep keyset new"},
		},
		{
			"a Telegram token that Telegram refuses", func(s *site) { s.set("ONESTEP_TELEGRAM_TOKEN", "7000000001:not-the-right-one") },
			[]string{"Telegram", "@BotFather"},
		},
		{
			"a Slack token that Slack refuses", func(s *site) { s.set("ONESTEP_SLACK_BOT_TOKEN", "xoxb-not-the-right-one") },
			[]string{"ONESTEP_SLACK_BOT_TOKEN"},
		},
		{
			"a webhook without a secret", func(s *site) { s.set("ONESTEP_TELEGRAM_WEBHOOK_URL", "https://bot.example/telegram/webhook") },
			[]string{"ONESTEP_TELEGRAM_WEBHOOK_URL: a webhook needs a secret", "ONESTEP_TELEGRAM_WEBHOOK_SECRET", "openssl rand -hex 32"},
		},
		{
			"a webhook's secret without a webhook", func(s *site) { s.set("ONESTEP_TELEGRAM_WEBHOOK_SECRET", "made-up-secret-of-a-webhook") },
			[]string{"ONESTEP_TELEGRAM_WEBHOOK_SECRET: this secret is for a webhook, and there is none", "ONESTEP_TELEGRAM_WEBHOOK_URL"},
		},
		{
			"Slack without a way in", func(s *site) { s.set("ONESTEP_SLACK_APP_TOKEN", "") },
			[]string{"ONESTEP_SLACK_APP_TOKEN", "Socket Mode", "ONESTEP_SLACK_SIGNING_SECRET", "HTTP"},
		},
		{
			"no settings file", func(s *site) { s.set("ONESTEP_CONFIG", s.dir+"/nowhere.yaml") },
			[]string{"nowhere.yaml", "onestep.example.yaml"},
		},
		{
			"many faults at once", func(s *site) {
				s.write("onestep.yaml", "teams:\n  - id: Harbour!\n    name: Harbour\n    zone: Europe/Lundon\n    colour: red\n    nation: england\n"+
					"    channel: nowhere\n    leads: []\n    hours: {days: mon-fri, from: \"09:00\", to: \"17:00\"}\n")
			},
			[]string{
				"onestep.yaml:2:9: ", "onestep.yaml:4:11: ", "onestep.yaml:5:5: ", "onestep.yaml:7:14: ", "onestep.yaml:8:12: ",
			},
		},
		{
			"a script with faults", func(s *site) {
				s.write("scripts/first.yaml", "script: first\nformat: 1\nlanguage: en\nabout: x\nsteps:\n  - {id: a, say: Hello, go: nowhere}\n")
				s.write("scripts/facts.yaml", "format: 1\nfacts: {}\n")
				s.set("ONESTEP_SCRIPTS", s.dir+"/scripts")
			},
			[]string{"first.yaml:6:", "nowhere"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t)
			tt.spoil(s)
			p := s.launchAt(freeAddr(s))
			code, err := p.Exit(30 * time.Second)
			if err != nil || code != failed {
				t.Errorf("exit code %d, %v; want %d", code, err, failed)
			}
			said := s.logs.All()
			for _, words := range tt.says {
				if !strings.Contains(said, words) {
					t.Errorf("it does not say %q:\n%s", words, said)
				}
			}
			for _, e := range s.env {
				name, value, _ := strings.Cut(e, "=")
				if (strings.Contains(name, "TOKEN") || strings.Contains(name, "KEYSET") || strings.Contains(name, "SECRET")) && value != "" && strings.Contains(said, value) {
					t.Errorf("it tells the secret %s", name)
				}
			}
		})
	}
}

// get is one variable of the program's environment.
func (s *site) get(name string) string {
	for _, e := range s.env {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}

// set changes one variable of the program's environment.
func (s *site) set(name, value string) {
	for i, e := range s.env {
		if strings.HasPrefix(e, name+"=") {
			s.env[i] = name + "=" + value
			return
		}
	}
	s.env = append(s.env, name+"="+value)
}
