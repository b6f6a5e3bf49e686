package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"onestep/bot"
)

// allowed are the kinds of updates we want. The server remembers the last list
// it was given, so we always say it.
const allowed = `["message","edited_message","callback_query","my_chat_member"]`

// maxBatch is the most that getUpdates hands out at once.
const maxBatch = 100

// Receive polls Telegram, or takes what it sends, and hands each update to the
// inbox, through every outage of either. It ends with nil when ctx has ended and
// the updates in hand are done, and with ErrToken when the token is not valid.
func (a *Adapter) Receive(ctx context.Context, in bot.Inbox) error {
	defer a.errands.wait()
	if a.webhookURL != "" {
		return a.receive(ctx, in)
	}
	if err := a.introduce(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	for ctx.Err() == nil {
		err := a.reign(ctx, func(held context.Context) error { return a.poll(ctx, held, in) })
		if err != nil {
			return err
		}
	}
	return nil
}

// introduce asks Telegram who we are, as long as it takes.
func (a *Adapter) introduce(ctx context.Context) error {
	for b := a.backoff(); a.name() == ""; {
		err := a.meet(ctx)
		if errors.Is(err, ErrToken) {
			return err
		}
		if err != nil && !sleep(ctx, patient(b.next(), err)) {
			return nil
		}
	}
	return nil
}

// patient is a wait after a failure that is as long as Telegram asked for.
func patient(wait time.Duration, err error) time.Duration {
	if f := (*failure)(nil); errors.As(err, &f) {
		return max(wait, f.after)
	}
	return wait
}

// poll asks for updates while we may, and leaves nothing in hand when it ends.
// held ends when the right to poll is lost, and with ctx.
func (a *Adapter) poll(ctx, held context.Context, in bot.Inbox) error {
	h, finish := a.begin(held, in)
	err := a.dropWebhook(held)
	if err == nil {
		err = a.ask(held, h)
	}
	finish()
	if ctx.Err() != nil && err == nil {
		a.confirm(ctx, h)
	}
	return err
}

// ask is the loop. Its error is fatal.
func (a *Adapter) ask(ctx context.Context, h *hand) error {
	b := a.backoff()
	for ctx.Err() == nil {
		wait := a.waits.poll
		if h.busy() {
			wait = 0
		}
		offset := h.offset()
		raw, err := a.getUpdates(ctx, offset, maxBatch, wait)
		if err == nil {
			err = h.take(offset, raw)
		}
		if ctx.Err() != nil {
			return nil
		}
		if refusedToken(err) {
			a.ails("Telegram refuses the token.", err)
			return fmt.Errorf("%w (%w)", ErrToken, err)
		}
		if err == nil {
			if h.deaf() {
				a.deaf()
			} else {
				a.well()
			}
			b = a.backoff()
			h.rest(ctx, a.waits.patience)
			continue
		}
		pause, err := a.setback(ctx, err, b.next())
		if err != nil {
			return err
		}
		sleep(ctx, pause)
	}
	return nil
}

// setback notes a failed poll and says how long to wait.
func (a *Adapter) setback(ctx context.Context, err error, pause time.Duration) (time.Duration, error) {
	var f *failure
	if !errors.As(err, &f) {
		a.ails("Telegram's answers cannot be understood.", err)
		return pause, nil
	}
	switch {
	case f.code == http.StatusConflict && strings.Contains(f.text, "webhook"):
		a.meter.Noticed("conflict")
		a.ails("Telegram sends updates to a webhook, not here; the webhook is being removed.", err)
		return a.waits.conflict, a.dropWebhook(ctx)
	case f.code == http.StatusConflict:
		a.meter.Noticed("conflict")
		a.ails("Another program polls Telegram with the same token.", err)
		return max(pause, a.waits.conflict), nil
	case f.after > 0:
		a.ails("Telegram asks us to wait before polling again.", err)
		return f.after, nil
	}
	a.ails("Telegram cannot be reached.", err)
	return pause, nil
}

// getUpdates waits up to wait for updates from offset on. An offset confirms
// all updates below it.
func (a *Adapter) getUpdates(ctx context.Context, offset int64, limit int, wait time.Duration) ([]json.RawMessage, error) {
	p := tgbotapi.Params{"allowed_updates": allowed}
	p.AddNonZero("limit", limit)
	p.AddNonZero("timeout", int(wait/time.Second))
	p.AddNonZero64("offset", offset)
	var raw []json.RawMessage
	err := a.client.call(ctx, "getUpdates", p, wait+pollSlack, &raw)
	return raw, err
}

// dropWebhook makes polling possible; while a webhook is set it is refused.
// Pending updates stay. Its error is fatal.
func (a *Adapter) dropWebhook(ctx context.Context) error {
	for b := a.backoff(); ctx.Err() == nil; {
		err := a.client.call(ctx, "deleteWebhook", nil, shortCall, nil)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if refusedToken(err) {
			a.ails("Telegram refuses the token.", err)
			return fmt.Errorf("%w (%w)", ErrToken, err)
		}
		a.ails("Telegram cannot be reached.", err)
		sleep(ctx, patient(b.next(), err))
	}
	return nil
}

// confirm tells Telegram at the end what is committed, so that the next
// program does not get it again. If it does, the inbox knows it already.
func (a *Adapter) confirm(ctx context.Context, h *hand) {
	if h.offset() == h.told {
		return
	}
	brief, done := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer done()
	if _, err := a.getUpdates(brief, h.offset(), 1, 0); err != nil {
		a.log.Info("The last updates could not be confirmed; they will come again and be known.", "cause", err)
	}
}
