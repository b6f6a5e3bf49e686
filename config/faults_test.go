package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// without takes the line of a key out of the good team.
func without(key string) string {
	var lines []string
	for line := range strings.Lines(goodTeam) {
		if !strings.HasPrefix(strings.TrimLeft(line, " -"), key+":") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// with puts one more line into the good team; it is line 9 of the file when
// the file starts with "teams:".
func with(line string) string { return goodTeam + "    " + line + "\n" }

// webhook is an environment with a Telegram webhook, or half of one.
func webhook(address, secret string) []string {
	return append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_TOKEN=1:a", "ONESTEP_TELEGRAM_WEBHOOK_URL="+address, "ONESTEP_TELEGRAM_WEBHOOK_SECRET="+secret)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		yaml string
		env  []string
		want []string // each fault of the result must start and contain so: "START ... PART"
	}{
		"empty file":         {"", goodEnv, []string{"onestep.yaml: the file is empty ... onestep.example.yaml"}},
		"only a comment":     {"# nothing\n", goodEnv, []string{"onestep.yaml: the file is empty"}},
		"not YAML":           {"teams: [1\n", goodEnv, []string{"onestep.yaml:1:8: this is not readable as YAML"}},
		"a tab":              {"teams:\n\t- id: x\n", goodEnv, []string{"onestep.yaml:2:1: this is not readable as YAML"}},
		"words":              {"just words\n", goodEnv, []string{"onestep.yaml:1:1: the settings must be \"key: value\" lines"}},
		"two documents":      {"teams:" + goodTeam + "---\nshards: 2\n", goodEnv, []string{"onestep.yaml:10:7: there is a second document"}},
		"no teams":           {"shards: 2\n", goodEnv, []string{"onestep.yaml: there are no teams; add"}},
		"empty teams":        {"teams: []\n", goodEnv, []string{"onestep.yaml:1:8: there are no teams; add"}},
		"teams without item": {"teams:\n", goodEnv, []string{"onestep.yaml:1:8: teams must be a list"}},
		"team of one word":   {"teams: [harbour]\n", goodEnv, []string{"onestep.yaml:1:9: a team must be \"key: value\" lines"}},
		"unknown key":        {"telegram_tokn: x\nteams:" + goodTeam, goodEnv, []string{`onestep.yaml:1:1: "telegram_tokn" is not a key of the settings; did you mean telegram_token?`}},
		"far unknown key":    {"teams:" + with("banana: 1"), goodEnv, []string{`onestep.yaml:9:5: "banana" is not a key of a team; use one of id, name`}},
		"key twice":          {"shards: 2\nshards: 3\nteams:" + goodTeam, goodEnv, []string{`onestep.yaml:2:1: "shards" stands twice`}},
		"key without value":  {"redis_url:\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:11: redis_url is empty"}},
		"list for a value":   {"redis_url: [a]\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: redis_url must be a single value"}},
		"anchor":             {"redis_url: &a x\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: redis_url must be a single value"}},

		"same id twice": {"teams:" + goodTeam + strings.NewReplacer("C0123456789", "C2", "U0123456789", "U2").Replace(goodTeam[1:]), goodEnv,
			[]string{`onestep.yaml:9:9: there is another team with the id "harbour"`}},
		"same channel twice": {"teams:" + goodTeam + strings.NewReplacer("harbour", "moor", "U0123456789", "U2").Replace(goodTeam[1:]), goodEnv,
			[]string{`onestep.yaml:12:14: slack:C0123456789 is the channel of the team "harbour" already`}},
		"same lead twice": {"teams:" + goodTeam + strings.NewReplacer("harbour", "moor", "C0123456789", "C2").Replace(goodTeam[1:]), goodEnv,
			[]string{`onestep.yaml:13:13: slack:U0123456789 stands among the leads of the team "harbour" already`}},
		"its channel on duty": {"teams:" + with("duty: slack:C0123456789"), goodEnv,
			[]string{`onestep.yaml:9:11: slack:C0123456789 is the channel of the team "harbour", where nothing about one person may stand`}},
		"a channel on duty elsewhere": {"teams:" + with("duty: slack:C2") + strings.NewReplacer("harbour", "moor", "C0123456789", "C2", "U0123456789", "U2").Replace(goodTeam[1:]), goodEnv,
			[]string{`onestep.yaml:9:11: slack:C2 is the channel of the team "moor", where nothing about one person may stand`}},

		"id missing":       {"teams:" + strings.Replace(without("id"), "    name", "  - name", 1), goodEnv, []string{"onestep.yaml:2:9: this team has no id; add it"}},
		"bad id":           {"teams:" + strings.Replace(goodTeam, "harbour", "Harbour Team", 1), goodEnv, []string{`onestep.yaml:2:9: "Harbour Team" cannot be a team's id`}},
		"long name":        {"teams:" + strings.Replace(goodTeam, "Harbour link workers", strings.Repeat("n", 41), 1), goodEnv, []string{"onestep.yaml:3:11: the team's name is too long"}},
		"no zone":          {"teams:" + without("zone"), goodEnv, []string{"onestep.yaml:2:7: this team has no zone"}},
		"bad zone":         {"teams:" + strings.Replace(goodTeam, "London", "Londno", 1), goodEnv, []string{`onestep.yaml:4:11: there is no time zone "Europe/Londno"`}},
		"the local zone":   {"teams:" + strings.Replace(goodTeam, "Europe/London", "Local", 1), goodEnv, []string{`onestep.yaml:4:11: there is no time zone "Local"`}},
		"bad language":     {"teams:" + with("language: English!"), goodEnv, []string{`onestep.yaml:9:15: "English!" is not a language tag`}},
		"person as team":   {"teams:" + strings.Replace(goodTeam, "C0123456789", "U0123456789", 1), goodEnv, []string{`onestep.yaml:5:14: "slack:U0123456789" is not an address that can stand here; write slack:C`}},
		"channel as lead":  {"teams:" + strings.Replace(goodTeam, "[slack:U0123456789]", "[telegram:-100]", 1), goodEnv, []string{`onestep.yaml:6:13: "telegram:-100" is not an address that can stand here; write slack:U`}},
		"no leads":         {"teams:" + strings.Replace(goodTeam, "[slack:U0123456789]", "[]", 1), goodEnv, []string{"onestep.yaml:6:12: a team needs at least one lead"}},
		"one lead bare":    {"teams:" + strings.Replace(goodTeam, "[slack:U0123456789]", "slack:U0123456789", 1), goodEnv, []string{"onestep.yaml:6:12: leads must be a list"}},
		"unknown platform": {"teams:" + with("duty: pager:1"), goodEnv, []string{`onestep.yaml:9:11: "pager:1" is not an address`}},
		"no hours":         {"teams:" + without("hours"), goodEnv, []string{"onestep.yaml:2:7: this team has no hours"}},
		"hours half":       {"teams:" + strings.Replace(goodTeam, ", to: 17:00", "", 1), goodEnv, []string{"onestep.yaml:7:12: the hours have no to"}},
		"hours reversed":   {"teams:" + strings.Replace(goodTeam, "17:00", "08:00", 1), goodEnv, []string{"onestep.yaml:7:45: the service ends at 08:00, before it begins at 09:00"}},
		"bad days":         {"teams:" + strings.Replace(goodTeam, "mon-fri", "mo-fr", 1), goodEnv, []string{`onestep.yaml:7:19: "mo-fr" are no days`}},
		"no days":          {"teams:" + strings.Replace(goodTeam, "mon-fri", "[]", 1), goodEnv, []string{"onestep.yaml:7:19: there is no day on which anybody reads"}},
		"bad time":         {"teams:" + strings.Replace(goodTeam, "17:00", "5pm", 1), goodEnv, []string{`onestep.yaml:7:45: "5pm" is not a time of day`}},
		"quiet reversed":   {"teams:" + with("quiet: {from: 09:00, to: 20:00}"), goodEnv, []string{"onestep.yaml:9:12: quiet hours from 09:00 to 20:00 would silence the middle of the day; did you mean from 20:00 to 09:00?"}},
		"quiet all day":    {"teams:" + with("quiet: {from: 09:00, to: 09:00}"), goodEnv, []string{"onestep.yaml:9:30: the quiet hours begin and end at 09:00"}},
		"quiet half":       {"teams:" + with("quiet: {from: 20:00}"), goodEnv, []string{"onestep.yaml:9:12: the quiet hours have no to"}},
		"no nation":        {"teams:" + without("nation"), goodEnv, []string{"onestep.yaml:2:7: this team has no nation"}},
		"bad nation":       {"teams:" + strings.Replace(goodTeam, "england", "englnad", 1), goodEnv, []string{`onestep.yaml:8:13: "englnad" is not a nation; did you mean england?`}},
		"bad holidays":     {"teams:" + with("bank_holidays: france"), goodEnv, []string{`onestep.yaml:9:20: "france" is not a bank-holiday region; use one of england-and-wales`}},
		"bad closed day":   {"teams:" + with("closed: [24/12/2026]"), goodEnv, []string{`onestep.yaml:9:14: "24/12/2026" is not a date`}},
		"bad summary":      {"teams:" + with("summary: {day: funday, at: 25:00}"), goodEnv, []string{`onestep.yaml:9:20: "funday" is not a day`, `onestep.yaml:9:32: "25:00" is not a time of day`}},

		"no platform":         {"teams:" + goodTeam, goodEnv[:1], []string{"ONESTEP_TELEGRAM_TOKEN: no platform is connected"}},
		"no keyset":           {"teams:" + goodTeam, goodEnv[1:], []string{"ONESTEP_ENCRYPTION_KEYSET: there is no keyset ... onestep keyset new"}},
		"platform of a team":  {"teams:" + goodTeam, append(slices.Clip(goodEnv[:1]), "ONESTEP_TELEGRAM_TOKEN=1:a"), []string{"onestep.yaml:5:14: slack:C0123456789 cannot be reached: Slack is not connected"}},
		"platform of a lead":  {"teams:" + strings.Replace(goodTeam, "slack:U0123456789", "telegram:5", 1), goodEnv, []string{"onestep.yaml:6:13: telegram:5 cannot be reached: Telegram is not connected"}},
		"bad Telegram token":  {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_TOKEN=tell-nobody"), []string{"ONESTEP_TELEGRAM_TOKEN: this does not look like a Telegram bot token"}},
		"swapped tokens":      {"teams:" + goodTeam, []string{goodEnv[0], "ONESTEP_SLACK_BOT_TOKEN=xapp-tell-nobody", "ONESTEP_SLACK_APP_TOKEN=xoxb-tell-nobody"}, []string{"ONESTEP_SLACK_BOT_TOKEN: this does not look like the bot token ... starts with xoxb-", "ONESTEP_SLACK_APP_TOKEN: this does not look like the app-level token ... starts with xapp-"}},
		"bot token alone":     {"teams:" + goodTeam, goodEnv[:2], []string{"ONESTEP_SLACK_BOT_TOKEN: this alone does not connect Slack; set ONESTEP_SLACK_APP_TOKEN"}},
		"app token alone":     {"teams:" + goodTeam, []string{goodEnv[0], goodEnv[2]}, []string{"ONESTEP_SLACK_APP_TOKEN: this alone does not connect Slack; set ONESTEP_SLACK_BOT_TOKEN"}},
		"signing alone":       {"teams:" + goodTeam, []string{goodEnv[0], "ONESTEP_SLACK_SIGNING_SECRET=tell-nobody"}, []string{"ONESTEP_SLACK_SIGNING_SECRET: this alone does not connect Slack; set ONESTEP_SLACK_BOT_TOKEN"}},
		"a token that signs":  {"teams:" + goodTeam, append(slices.Clip(goodEnv[:2]), "ONESTEP_SLACK_SIGNING_SECRET=xapp-tell-nobody"), []string{"ONESTEP_SLACK_SIGNING_SECRET: this is a token and not the signing secret"}},
		"webhook, no token":   {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_WEBHOOK_URL=https://bot.example/x"), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: this alone does not connect Telegram; set ONESTEP_TELEGRAM_TOKEN"}},
		"webhook, no secret":  {"teams:" + goodTeam, webhook("https://bot.example/x", ""), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: a webhook needs a secret ... ONESTEP_TELEGRAM_WEBHOOK_SECRET"}},
		"secret, no webhook":  {"teams:" + goodTeam, webhook("", "tell-nobody"), []string{"ONESTEP_TELEGRAM_WEBHOOK_SECRET: this secret is for a webhook, and there is none"}},
		"webhook, bad secret": {"teams:" + goodTeam, webhook("https://bot.example/x", "tell nobody!"), []string{"ONESTEP_TELEGRAM_WEBHOOK_SECRET: Telegram takes only letters"}},
		"webhook, no path":    {"teams:" + goodTeam, webhook("https://bot.example/", "tell-nobody"), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: the address has no path ... https://bot.example/telegram/webhook"}},
		"webhook, plain HTTP": {"teams:" + goodTeam, webhook("http://bot.example/x", "tell-nobody"), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: Telegram sends updates over HTTPS only"}},
		"webhook, odd port":   {"teams:" + goodTeam, webhook("https://bot.example:8080/x", "tell-nobody"), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: Telegram sends updates to the ports"}},
		"webhook, no address": {"teams:" + goodTeam, webhook("bot.example/x", "tell-nobody"), []string{"ONESTEP_TELEGRAM_WEBHOOK_URL: this is not an address that Telegram can send updates to"}},
		"not a Redis":         {"redis_url: http://tell-nobody@x\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: this is not the address of a Redis"}},
		"unreadable Redis":    {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_REDIS_URL=redis://:tell-nobody@%zz"), []string{"ONESTEP_REDIS_URL: this is not the address of a Redis"}},
		"no sentinels":        {"redis_url: redis+sentinel:///mymaster\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: the address names no Redis host"}},
		"a comma too many":    {"redis_url: redis+cluster://a:6379,,b:6379\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: the address names no Redis host"}},
		"no master's name":    {"redis_url: redis+sentinel://a:26379,b:26379\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: the address names sentinels and not the master"}},
		"several plain hosts": {"redis_url: redis://a:6379,b:6379\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:12: this is not the address of a Redis"}},
		"no Redis host":       {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_REDIS_URL=redis:///0"), []string{"ONESTEP_REDIS_URL: the address names no Redis host"}},
		"bad shards":          {"shards: 100\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:9: the number of shards must be from 1 to 64"}},
		"bad settling time":   {"settle: 1h\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:9: the time that words wait for more must be from 0s to 10s"}},
		"bad address":         {"http_addr: localhost\nteams:" + goodTeam, goodEnv, []string{`onestep.yaml:1:12: "localhost" is not an address to listen on`}},
		"bad port":            {"http_addr: :99999\nteams:" + goodTeam, goodEnv, []string{`onestep.yaml:1:12: ":99999" is not an address to listen on`}},
		"bad level":           {"log_level: loud\nteams:" + goodTeam, goodEnv, []string{`onestep.yaml:1:12: "loud" is not a log level`}},
		"no scripts":          {"scripts: nowhere\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:10: there is no folder ... nowhere"}},
		"bad API":             {"slack_api_url: slack.com/api\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:1:16: this is not the address of an API"}},
		"misspelled variable": {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_TOKN=1:tell-nobody"), []string{"ONESTEP_TELEGRAM_TOKN: this is not a setting; did you mean ONESTEP_TELEGRAM_TOKEN?"}},
		"value and file":      {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_TOKEN=1:tell-nobody", "ONESTEP_TELEGRAM_TOKEN_FILE=x"), []string{"ONESTEP_TELEGRAM_TOKEN: it is set and so is ONESTEP_TELEGRAM_TOKEN_FILE"}},
		"both in the file":    {"telegram_token: 1:tell-nobody\ntelegram_token_file: x\nteams:" + goodTeam, goodEnv, []string{"onestep.yaml:2:22: telegram_token is set and so is telegram_token_file"}},
		"no secret file":      {"teams:" + goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_TOKEN_FILE=/nowhere/token"), []string{"ONESTEP_TELEGRAM_TOKEN_FILE: the file /nowhere/token cannot be read (no such file or directory)"}},
		"no keyset file":      {"encryption_keyset_file: /nowhere/keyset\nteams:" + goodTeam, goodEnv[1:], []string{"onestep.yaml:1:25: the file /nowhere/keyset is not there ... `onestep keyset new /nowhere/keyset`"}},
		"empty secret file":   {"teams:" + goodTeam, append(slices.Clip(goodEnv[1:3]), "ONESTEP_ENCRYPTION_KEYSET_FILE="+os.DevNull), []string{"ONESTEP_ENCRYPTION_KEYSET_FILE: the file /dev/null is empty"}},

		"everything at once": {"shards: none\nteams:" + strings.NewReplacer("London", "Nowhere", "17:00", "late").Replace(goodTeam), []string{"ONESTEP_LOG_LEVEL=loud"}, []string{
			`onestep.yaml:5:11: there is no time zone`,
			`onestep.yaml:8:45: "late" is not a time of day`,
			`onestep.yaml:1:9: the number of shards`,
			`ONESTEP_LOG_LEVEL: "loud"`,
			"ONESTEP_ENCRYPTION_KEYSET: there is no keyset",
			"ONESTEP_TELEGRAM_TOKEN: no platform is connected",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := load(t, c.yaml, c.env...)
			if len(faults) != len(c.want) {
				t.Fatalf("%d faults instead of %d:\n%s", len(faults), len(c.want), strings.Join(faults, "\n"))
			}
			for i, want := range c.want {
				start, part, _ := strings.Cut(want, " ... ")
				if !strings.HasPrefix(faults[i], start) || !strings.Contains(faults[i], part) {
					t.Errorf("fault %q, want %q", faults[i], want)
				}
				if strings.Contains(faults[i], "tell-nobody") {
					t.Errorf("a secret is shown: %q", faults[i])
				}
			}
		})
	}
}

// A secret beside a broken line must not come out with the complaint.
func TestBrokenYAMLShowsNoSecret(t *testing.T) {
	t.Parallel()
	for _, yaml := range []string{
		"telegram_token: \"1:tell-nobody\n",
		"telegram_token: 1:tell-nobody: x\n",
		"telegram_token: {tell-nobody\n",
		"telegram_token: [tell-nobody\n",
		"telegram_token: 1:tell-nobody\n  x: y\n",
		"telegram_token: !tell-nobody &tell-nobody\n",
		"telegram_token: *tell-nobody\n",
		"tell-nobody\nteams: 1\n",
		"telegram_token: |tell-nobody\n",
		"telegram_token: @tell-nobody\n",
		"? tell-nobody\n: [\n",
		"%tell-nobody\n",
	} {
		_, faults := load(t, yaml)
		if len(faults) == 0 || strings.Contains(strings.Join(faults, "\n"), "tell-nobody") {
			t.Errorf("%q: %q", yaml, faults)
		}
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(folder, "none.yaml"): "there is no such file. Copy onestep.example.yaml",
		folder:                             "the file cannot be read (is a directory)",
	} {
		_, err := Load(append(slices.Clip(goodEnv), "ONESTEP_CONFIG="+path))
		faults, ok := errors.AsType[Faults](err)
		if !ok || len(faults) != 1 || faults[0].Where != path || !strings.HasPrefix(faults[0].Says, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
