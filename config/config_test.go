package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const goodTeam = `
  - id: harbour
    name: Harbour link workers
    zone: Europe/London
    channel: slack:C0123456789
    leads: [slack:U0123456789]
    hours: {days: mon-fri, from: 09:00, to: 17:00}
    nation: england
`

// goodEnv connects Slack and gives a keyset.
var goodEnv = []string{
	"ONESTEP_ENCRYPTION_KEYSET=made-up-keyset",
	"ONESTEP_SLACK_BOT_TOKEN=xoxb-made-up-bot",
	"ONESTEP_SLACK_APP_TOKEN=xapp-made-up-app",
}

// load writes the file into a folder of its own and loads it.
func load(t *testing.T, yaml string, environ ...string) (*Settings, []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "onestep.yaml")
	if err := os.WriteFile(path, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Load(append(slices.Clip(environ), "ONESTEP_CONFIG="+path))
	if err == nil {
		return s, nil
	}
	faults, ok := errors.AsType[Faults](err)
	if !ok || s != nil {
		t.Fatalf("Load gave %v and an error of type %T", s, err)
	}
	return nil, strings.Split(strings.ReplaceAll(faults.Error(), filepath.Dir(path)+"/", ""), "\n")
}

func TestLoad(t *testing.T) {
	t.Parallel()
	s, faults := load(t, `
redis_url: redis://:pass@redis.example:6380/3
shards: 4
log_level: DEBUG
telegram_token: 1234:made-up
telegram_api_url: http://127.0.0.1:9001/
slack_api_url: http://127.0.0.1:9002/api
teams:`+goodTeam+`
  - id: moor
    name: Moor
    zone: Europe/Belfast
    language: cy
    channel: telegram:-1001234567890
    leads: ["telegram:123", "slack:U9"]
    duty: telegram:456
    hours: {days: [mon, wed], from: "10:30", to: "24:00"}
    quiet: {from: 21:00, to: 08:30}
    nation: northern-ireland
    bank_holidays: none
    closed: [2026-12-24]
    summary: {day: fri, at: 16:00}
`, goodEnv...)
	if faults != nil {
		t.Fatalf("faults: %q", faults)
	}
	if got := s.RedisURL.Reveal(); got != "redis://:pass@redis.example:6380/3" {
		t.Errorf("redis %q", got)
	}
	if s.Shards != 4 || s.LogLevel != slog.LevelDebug || s.HTTPAddr != "127.0.0.1:8080" {
		t.Errorf("shards %d, level %s, address %s", s.Shards, s.LogLevel, s.HTTPAddr)
	}
	if s.Telegram.Token.Reveal() != "1234:made-up" || s.Telegram.APIURL != "http://127.0.0.1:9001" {
		t.Errorf("telegram %q at %q", s.Telegram.Token.Reveal(), s.Telegram.APIURL)
	}
	if s.Slack.BotToken.Reveal() != "xoxb-made-up-bot" || s.Slack.AppToken.Reveal() != "xapp-made-up-app" || s.Slack.APIURL != "http://127.0.0.1:9002/api/" {
		t.Errorf("slack %q %q at %q", s.Slack.BotToken.Reveal(), s.Slack.AppToken.Reveal(), s.Slack.APIURL)
	}
	first, second := s.Teams[0], s.Teams[1]
	if first.Quiet != (Quiet{20 * 60, 9 * 60}) || first.Summary != (Weekly{time.Monday, 9 * 60}) ||
		first.Language != "en" || first.BankHolidays != EnglandAndWales || first.Duty != nil {
		t.Errorf("defaults of a team: %+v", first)
	}
	if first.Hours != (Hours{weekdays(), 9 * 60, 17 * 60}) {
		t.Errorf("hours %v", first.Hours)
	}
	if second.ID != "moor" || second.Name != "Moor" || second.Zone.String() != "Europe/Belfast" || second.Language != "cy" ||
		second.Channel != (Address{"telegram", "-1001234567890"}) ||
		len(second.Leads) != 2 || second.Leads[1] != (Address{"slack", "U9"}) ||
		*second.Duty != (Address{"telegram", "456"}) || second.Duty.Channel() || !second.Channel.Channel() ||
		second.Hours != (Hours{Days{time.Monday: true, time.Wednesday: true}, 10*60 + 30, 24 * 60}) ||
		second.Quiet != (Quiet{21 * 60, 8*60 + 30}) || second.Nation != "northern-ireland" ||
		second.BankHolidays != NoHolidays || second.Summary != (Weekly{time.Friday, 16 * 60}) {
		t.Errorf("second team: %+v", second)
	}
	if day := time.Date(2026, 12, 24, 8, 0, 0, 0, time.UTC); !second.Closed(day) || first.Closed(day) {
		t.Error("only the second team is closed on Christmas Eve")
	}
}

func TestEnvironmentWins(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	secret := filepath.Join(folder, "token")
	if err := os.WriteFile(secret, []byte("99:from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// The keyset's file is not there, and need not be.
	yaml := "encryption_keyset_file: nowhere\ntelegram_token: 11:from-yaml\nhttp_addr: :1\nlog_level: warn\nteams:" + goodTeam
	for name, c := range map[string]struct {
		env   string
		token string
	}{
		"the file's own":     {"ONESTEP_LOG_LEVEL=", "11:from-yaml"},
		"a variable":         {"ONESTEP_TELEGRAM_TOKEN=22:from-env", "22:from-env"},
		"a file by variable": {"ONESTEP_TELEGRAM_TOKEN_FILE=" + secret, "99:from-file"},
	} {
		s, faults := load(t, yaml, append(slices.Clip(goodEnv), c.env, "ONESTEP_HTTP_ADDR=:2")...)
		if faults != nil {
			t.Fatalf("%s: %q", name, faults)
		}
		if s.Telegram.Token.Reveal() != c.token || s.HTTPAddr != ":2" || s.LogLevel != slog.LevelWarn {
			t.Errorf("%s: token %q, address %q, level %s", name, s.Telegram.Token.Reveal(), s.HTTPAddr, s.LogLevel)
		}
	}
}

func TestSecretFileBesideSettings(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, content := range map[string]string{
		"keyset":       "made-up-keyset\n",
		"bot":          "xoxb-1\n",
		"app":          "xapp-1\n",
		"onestep.yaml": "encryption_keyset_file: keyset\nslack_bot_token_file: bot\nslack_app_token_file: app\nteams:" + goodTeam,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Load([]string{"ONESTEP_CONFIG=" + filepath.Join(folder, "onestep.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	if s.Keyset.Reveal() != "made-up-keyset" || s.Slack.BotToken.Reveal() != "xoxb-1" {
		t.Errorf("keyset %q, bot token %q", s.Keyset.Reveal(), s.Slack.BotToken.Reveal())
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	s, faults := load(t, "teams:"+goodTeam, append(slices.Clip(goodEnv), "ONESTEP_SLACK_SIGNING_SECRET=made-up", "ONESTEP_BANANA=1",
		"ONESTEP_TELEGRAM_TOKEN=1:a", "ONESTEP_TELEGRAM_WEBHOOK_URL=https://bot.example/telegram/webhook", "ONESTEP_TELEGRAM_WEBHOOK_SECRET=short")...)
	if faults != nil {
		t.Fatalf("faults: %q", faults)
	}
	want := []string{
		"ONESTEP_BANANA is not a setting of this version and has no effect.",
		"ONESTEP_TELEGRAM_WEBHOOK_SECRET is short enough to be guessed; `openssl rand -hex 32` makes a better one.",
		"ONESTEP_SLACK_APP_TOKEN and ONESTEP_SLACK_SIGNING_SECRET are both set: events are taken over Socket Mode and over HTTP. Slack uses one of them, as the app's settings say; remove the other once you have changed over.",
	}
	if fmt.Sprint(s.Notes) != fmt.Sprint(want) {
		t.Errorf("notes %q", s.Notes)
	}
}

// The ways in over HTTP: what is set together makes one, and nothing stands for
// the other.
func TestWaysIn(t *testing.T) {
	t.Parallel()
	s, faults := load(t, "teams:"+goodTeam, goodEnv[0], goodEnv[1], "ONESTEP_SLACK_SIGNING_SECRET=8f742231b10e8888abcd99yyyzzz85a5",
		"ONESTEP_TELEGRAM_TOKEN=1:a", "ONESTEP_TELEGRAM_WEBHOOK_URL=https://bot.example:8443/some/path", "ONESTEP_TELEGRAM_WEBHOOK_SECRET=made_up-secret-0123456789")
	if faults != nil {
		t.Fatalf("faults: %q", faults)
	}
	if s.Slack.SigningSecret.Reveal() != "8f742231b10e8888abcd99yyyzzz85a5" || s.Slack.AppToken.Given() {
		t.Errorf("Slack over HTTP came as %+v", s.Slack)
	}
	if s.Telegram.WebhookURL != "https://bot.example:8443/some/path" || s.Telegram.WebhookSecret.Reveal() != "made_up-secret-0123456789" {
		t.Errorf("the webhook came as %+v", s.Telegram)
	}
	if len(s.Notes) != 0 {
		t.Errorf("notes %q", s.Notes)
	}
	// Another server of the Bot API may send anywhere.
	_, faults = load(t, "teams:"+goodTeam, append(slices.Clip(goodEnv), "ONESTEP_TELEGRAM_API_URL=http://127.0.0.1:9001",
		"ONESTEP_TELEGRAM_TOKEN=1:a", "ONESTEP_TELEGRAM_WEBHOOK_URL=http://127.0.0.1:9999/telegram/webhook", "ONESTEP_TELEGRAM_WEBHOOK_SECRET=made_up-secret-0123456789")...)
	if faults != nil {
		t.Errorf("faults: %q", faults)
	}
}

// The example must load as it is, with the keyset that it names and the tokens of
// either platform, as the README says.
func TestExample(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../onestep.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{
		"onestep.yaml": string(example), "keyset": "made-up-keyset",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := "ONESTEP_CONFIG=" + filepath.Join(folder, "onestep.yaml")
	s, err := Load([]string{at, "ONESTEP_TELEGRAM_TOKEN=1:made-up"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Load([]string{at, "ONESTEP_SLACK_BOT_TOKEN=xoxb-made-up", "ONESTEP_SLACK_APP_TOKEN=xapp-made-up"})
	for line := range strings.Lines(fmt.Sprint(err)) { // on Slack alone the team's addresses are others
		if !strings.Contains(line, "Telegram is not connected") {
			t.Errorf("with the tokens of Slack: %s", line)
		}
	}
	for _, key := range append(names(true), teamKeys...) {
		// Secrets are shown by their file.
		key = strings.TrimSuffix(key, "_file")
		if !strings.Contains(string(example), key) {
			t.Errorf("the example does not show %q", key)
		}
	}
	without := s.Teams[0]
	defaults, faults := load(t, "teams:"+goodTeam, goodEnv...)
	if faults != nil {
		t.Fatal(faults)
	}
	if d := defaults.Teams[0]; without.Quiet != d.Quiet || without.Summary != d.Summary || without.BankHolidays != d.BankHolidays {
		t.Error("the example says that these are the defaults, but they differ")
	}
	if defaults.Shards != s.Shards || defaults.Settle != s.Settle || defaults.HTTPAddr != s.HTTPAddr || defaults.RedisURL.Reveal() != s.RedisURL.Reveal() {
		t.Error("the settings of the example are not the defaults")
	}
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	const password = "hunter2-made-up"
	s, faults := load(t, "teams:"+goodTeam, append(slices.Clip(goodEnv), "ONESTEP_REDIS_URL=redis://:"+password+"@127.0.0.1:6379")...)
	if faults != nil {
		t.Fatal(faults)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "settings", s, "url", s.RedisURL, "slack", *s.Slack)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "settings", s, "url", s.RedisURL, "slack", *s.Slack)
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	type deep struct{ secret Secret } // unexported: fmt cannot ask its String
	shown := log.String() + string(asJSON) +
		fmt.Sprintf("%v %+v %#v %s %x", s, s, s, s.RedisURL, s.RedisURL) +
		fmt.Sprintf("%v %+v %#v", deep{s.RedisURL}, deep{s.RedisURL}, deep{s.RedisURL})
	for _, secret := range []string{password, fmt.Sprintf("%x", password), "xoxb-", "xapp-", "made-up-keyset"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
	if !strings.Contains(shown, hidden) {
		t.Error("nothing says that a secret is hidden")
	}
	if (Secret{}).Given() || (Secret{}).String() != "" {
		t.Error("no secret was given, yet it looks like one")
	}
}

// How fast is sent is a number of messages a second, or left out.
func TestRates(t *testing.T) {
	t.Parallel()
	for rate, want := range map[string]float64{"20": 20, "0.5": 0.5, "1000": 1000} {
		s, faults := load(t, "teams:"+goodTeam, append(goodEnv, "ONESTEP_SLACK_RATE="+rate)...)
		if len(faults) != 0 || s.Slack.Rate != want {
			t.Errorf("%s: %+v, %q", rate, s, faults)
		}
	}
	for _, rate := range []string{"0", "-1", "fast", "1e9", "NaN", ""} {
		_, faults := load(t, "teams:"+goodTeam+"\nslack_rate: \""+rate+"\"", goodEnv...)
		if len(faults) != 1 || !strings.Contains(faults[0], "messages a second") && rate != "" {
			t.Errorf("%q: %q", rate, faults)
		}
	}
	if s, faults := load(t, "teams:"+goodTeam, goodEnv...); len(faults) != 0 || s.Slack.Rate != 0 {
		t.Errorf("left out: %+v, %q", s, faults)
	}
}

// What Notepad on Windows saves begins with a byte order mark.
func TestAByteOrderMarkIsNoPartOfASetting(t *testing.T) {
	t.Parallel()
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("\ufeffxoxb-made-up-bot\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, faults := load(t, "\ufeffslack_bot_token_file: "+token+"\nteams:"+goodTeam,
		"ONESTEP_ENCRYPTION_KEYSET=made-up-keyset", "ONESTEP_SLACK_APP_TOKEN=xapp-made-up-app")
	if len(faults) > 0 || s.Slack.BotToken.Reveal() != "xoxb-made-up-bot" {
		t.Errorf("settings %+v, faults %q", s, faults)
	}
}

// A token that is set in two ways is one fault, not also none.
func TestATokenGivenTwiceIsOneFault(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]struct{ yaml, environ string }{
		"in the file":        {"telegram_token: 1:made-up\ntelegram_token_file: token\n", ""},
		"in the environment": {"", "ONESTEP_TELEGRAM_TOKEN=1:made-up ONESTEP_TELEGRAM_TOKEN_FILE=token"},
	} {
		_, faults := load(t, given.yaml+"teams:"+strings.NewReplacer("slack:C0123456789", "telegram:-1001", "slack:U0123456789", "telegram:1001").Replace(goodTeam),
			append(strings.Fields(given.environ), "ONESTEP_ENCRYPTION_KEYSET=made-up-keyset")...)
		if len(faults) != 1 || !strings.Contains(faults[0], "keep one of them") {
			t.Errorf("%s: faults %q", name, faults)
		}
	}
}
