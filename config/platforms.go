package config

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// The shapes of tokens are checked loosely: enough to tell that two were
// swapped or one was cut, and no more, since platforms change them.
var (
	telegramToken = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	slackToken    = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
)

// webhookSecret is what Telegram takes as a secret_token (Bot API, setWebhook).
var webhookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// safeSecret is the length from which a webhook's secret is hard to guess: 16
// characters of 64 kinds are 96 bits.
const safeSecret = 16

func (v values) telegram(faults *Faults) *Telegram {
	token, set := v["ONESTEP_TELEGRAM_TOKEN"]
	address, addressSet := v["ONESTEP_TELEGRAM_WEBHOOK_URL"]
	secret, secretSet := v["ONESTEP_TELEGRAM_WEBHOOK_SECRET"]
	if !set {
		if addressSet || secretSet {
			where := address.where
			if !addressSet {
				where = secret.where
			}
			faults.add(where, "this alone does not connect Telegram; set ONESTEP_TELEGRAM_TOKEN too, or remove this setting.")
		}
		return nil
	}
	if token.value != "" && !telegramToken.MatchString(token.value) {
		faults.add(token.where, "this does not look like a Telegram bot token (digits, a colon, letters); copy it again from @BotFather.")
	}
	api := v.or("ONESTEP_TELEGRAM_API_URL", defaultTelegram)
	checkURL(api, faults)
	t := &Telegram{Token: NewSecret(token.value), APIURL: strings.TrimRight(api.value, "/"), Rate: v.rate("ONESTEP_TELEGRAM_RATE", faults)}
	switch {
	case addressSet && !secretSet:
		faults.add(address.where, "a webhook needs a secret, or anybody could speak in a patient's name; set ONESTEP_TELEGRAM_WEBHOOK_SECRET (`openssl rand -hex 32` makes one), or remove this setting for long polling.")
	case secretSet && !addressSet:
		faults.add(secret.where, "this secret is for a webhook, and there is none; set ONESTEP_TELEGRAM_WEBHOOK_URL to the public address, or remove this setting for long polling.")
	case addressSet:
		checkWebhook(address, t.APIURL, faults)
		if secret.value != "" && !webhookSecret.MatchString(secret.value) {
			faults.add(secret.where, "Telegram takes only letters, digits, _ and - in a webhook's secret, at most 256; `openssl rand -hex 32` makes a good one.")
		}
		t.WebhookURL, t.WebhookSecret = address.value, NewSecret(secret.value)
	}
	return t
}

// checkWebhook checks the public address to which Telegram sends updates. What
// Telegram itself demands of it (HTTPS, four ports), another server of the Bot
// API need not.
func checkWebhook(t text, api string, faults *Faults) {
	u, err := url.Parse(t.value)
	switch {
	case t.value == "":
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "":
		faults.add(t.where, "this is not an address that Telegram can send updates to; write it as https://bot.example.org/telegram/webhook.")
	case strings.Trim(u.Path, "/") == "":
		faults.add(t.where, "the address has no path; updates are taken at /telegram/webhook, so write it as %s://%s/telegram/webhook.", u.Scheme, u.Host)
	case api != defaultTelegram:
	case u.Scheme != "https":
		faults.add(t.where, "Telegram sends updates over HTTPS only; write the address with https://, and let the balancer in front of onestep hold the certificate.")
	case u.Port() != "" && u.Port() != "443" && u.Port() != "80" && u.Port() != "88" && u.Port() != "8443":
		faults.add(t.where, "Telegram sends updates to the ports 443, 80, 88 and 8443 only; use one of them, best by leaving the port out.")
	}
}

// notes says what works and could be better.
func (t *Telegram) notes() []string {
	if t != nil && t.WebhookSecret.Given() && len(t.WebhookSecret.Reveal()) < safeSecret {
		return []string{"ONESTEP_TELEGRAM_WEBHOOK_SECRET is short enough to be guessed; `openssl rand -hex 32` makes a better one."}
	}
	return nil
}

func (v values) slack(faults *Faults) *Slack {
	bot, botSet := v["ONESTEP_SLACK_BOT_TOKEN"]
	app, appSet := v["ONESTEP_SLACK_APP_TOKEN"]
	signing, signingSet := v["ONESTEP_SLACK_SIGNING_SECRET"]
	switch {
	case !botSet && !appSet && !signingSet:
		return nil
	case !botSet:
		where := app.where
		if !appSet {
			where = signing.where
		}
		faults.add(where, "this alone does not connect Slack; set ONESTEP_SLACK_BOT_TOKEN too (it starts with xoxb-).")
	case !appSet && !signingSet:
		faults.add(bot.where, "this alone does not connect Slack; set ONESTEP_SLACK_APP_TOKEN too (it starts with xapp-) for Socket Mode, or ONESTEP_SLACK_SIGNING_SECRET for events over HTTP.")
	}
	checkSlackToken(bot, "xoxb-", "bot token from \"OAuth & Permissions\"", faults)
	checkSlackToken(app, "xapp-", "app-level token from \"Basic Information\", with the scope connections:write", faults)
	if strings.HasPrefix(signing.value, "xox") || strings.HasPrefix(signing.value, "xapp-") {
		faults.add(signing.where, "this is a token and not the signing secret; copy the signing secret from \"Basic Information\".")
	}
	api := v.or("ONESTEP_SLACK_API_URL", defaultSlack)
	checkURL(api, faults)
	s := &Slack{
		BotToken: NewSecret(bot.value),
		APIURL:   strings.TrimRight(api.value, "/") + "/",
		Rate:     v.rate("ONESTEP_SLACK_RATE", faults),
	}
	if appSet {
		s.AppToken = NewSecret(app.value)
	}
	if signingSet {
		s.SigningSecret = NewSecret(signing.value)
	}
	return s
}

// notes says what was set twice over.
func (s *Slack) notes() []string {
	if s != nil && s.AppToken.Given() && s.SigningSecret.Given() {
		return []string{"ONESTEP_SLACK_APP_TOKEN and ONESTEP_SLACK_SIGNING_SECRET are both set: events are taken over Socket Mode and over HTTP. Slack uses one of them, as the app's settings say; remove the other once you have changed over."}
	}
	return nil
}

func checkSlackToken(t text, start, what string, faults *Faults) {
	if t.value != "" && (!strings.HasPrefix(t.value, start) || !slackToken.MatchString(t.value)) {
		faults.add(t.where, "this does not look like the %s, which starts with %s; copy it again.", what, start)
	}
}

// slowest and fastest are what a rate may be, in messages a second: one each
// ten seconds would never get through a team's Monday, and 1000 is the most that
// Telegram sells.
const (
	slowest = 0.1
	fastest = 1000
)

// rate reads how many messages a second may be sent; 0 when it is not set.
func (v values) rate(name string, faults *Faults) float64 {
	t, set := v[name]
	if !set {
		return 0
	}
	rate, err := strconv.ParseFloat(t.value, 64)
	if err != nil || !(rate >= slowest && rate <= fastest) {
		faults.add(t.where, "the messages a second must be a number from %g to %d, such as 20; leave it out for what the platform usually allows.", slowest, fastest)
		return 0
	}
	return rate
}

func checkURL(t text, faults *Faults) {
	u, err := url.Parse(t.value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		faults.add(t.where, "this is not the address of an API; write it as https://host/path, or leave it out.")
	}
}
