package telegram

// The other way in: Telegram sends each update to our public address. Which
// replica it comes to is the balancer's choice; the inbox takes it once.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"onestep/bot"
)

// receive takes what Telegram sends until ctx ends, while one replica sees to
// it that Telegram knows where to send. Its error is fatal.
func (a *Adapter) receive(ctx context.Context, in bot.Inbox) error {
	if err := a.introduce(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	a.porch.open(ctx, in, a.waits.grace)
	defer a.porch.close()
	for ctx.Err() == nil {
		err := a.reign(ctx, func(held context.Context) error {
			_, finish := a.begin(held, in) // what was set aside while we polled
			defer finish()
			return a.announce(held)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// announce tells Telegram where to send updates, and looks now and then
// whether that still stands. Its error is fatal.
func (a *Adapter) announce(ctx context.Context) error {
	set, told := false, int64(0)
	for b := a.backoff(); ctx.Err() == nil; {
		err := a.ensure(ctx, &set, &told)
		if ctx.Err() != nil {
			return nil
		}
		wait := a.waits.look
		switch f := (*failure)(nil); {
		case err == nil:
			a.well()
			b = a.backoff()
		case refusedToken(err):
			a.ails("Telegram refuses the token.", err)
			return fmt.Errorf("%w (%w)", ErrToken, err)
		case errors.As(err, &f) && f.code == http.StatusBadRequest:
			a.ails("Telegram refuses the address in ONESTEP_TELEGRAM_WEBHOOK_URL; the log says why.", err)
			wait = max(wait, a.waits.most)
		default:
			a.ails("Telegram cannot be reached.", err)
			wait = patient(b.next(), err)
		}
		sleep(ctx, wait)
	}
	return nil
}

// ensure sets the webhook unless it stands. Its first call always sets it, since
// Telegram does not tell which secret it was given. told is when Telegram last
// failed to send, as far as we have said so.
func (a *Adapter) ensure(ctx context.Context, set *bool, told *int64) error {
	var info struct {
		URL     string   `json:"url"`
		Allowed []string `json:"allowed_updates"`
		Pending int      `json:"pending_update_count"`
		Failed  int64    `json:"last_error_date"`
		Why     string   `json:"last_error_message"`
	}
	if err := a.client.call(ctx, "getWebhookInfo", nil, shortCall, &info); err != nil {
		return err
	}
	var want []string
	if err := json.Unmarshal([]byte(allowed), &want); err != nil {
		return err
	}
	slices.Sort(want)
	slices.Sort(info.Allowed)
	if *set && (info.URL != a.webhookURL || !slices.Equal(info.Allowed, want)) {
		*set = false
		a.meter.Noticed("conflict")
		a.log.Warn("Somebody else has changed where Telegram sends updates; it is being set right. Is another program running with the same token?")
	}
	if info.Failed > *told {
		// The first look at a new start shows what was before our time.
		if *told != 0 {
			a.meter.Noticed("undelivered")
			a.log.Warn("Telegram could not hand an update over; it tries again.", "why", plain(info.Why), "waiting", info.Pending)
		}
		*told = info.Failed
	}
	*told = max(*told, 1)
	if *set {
		return nil
	}
	err := a.client.call(ctx, "setWebhook", tgbotapi.Params{
		"url": a.webhookURL, "secret_token": a.secret, "allowed_updates": allowed,
	}, shortCall, nil)
	if err == nil {
		*set = true
		a.log.Info("Telegram sends updates to our address.")
	}
	return err
}
