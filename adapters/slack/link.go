package slack

import (
	"context"
	"errors"
	"io"
	"log"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// link is the state of one connection.
type link struct {
	up  bool
	why string // why it is down
}

func (a *Adapter) setLink(n int, up bool, why string) {
	a.mu.Lock()
	a.links[n] = link{up, why}
	a.mu.Unlock()
}

// connection keeps one Socket Mode connection until ctx ends (nil) or Slack
// refuses us for good.
func (r *receiver) connection(ctx context.Context, n int) error {
	a := r.a
	// Debug stays off: it would log what people write, and make Slack reconnect
	// every six minutes.
	smc := socketmode.New(a.api, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	defer a.setLink(n, false, "stopped")
	for {
		wait, err := r.listen(ctx, n, smc)
		if ctx.Err() != nil {
			return nil
		}
		switch code(err) {
		case "invalid_auth", "account_inactive", "not_authed", "token_revoked":
			err = a.explain(err, "app token", "ONESTEP_SLACK_APP_TOKEN", "xapp-")
			if a.cfg.SigningSecret == "" { // else there is another way in
				a.note(err)
			}
			return err
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			a.setLink(n, false, cause(err).Error())
		}
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// listen runs the library's connection, which dials again by itself, and
// handles what it brings. It returns when the library gives up, or when the
// library would wait longer than we want to be deaf after an outage; then wait
// is how long to rest.
func (r *receiver) listen(ctx context.Context, n int, smc *socketmode.Client) (wait time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- smc.RunContext(ctx) }()
	wait = r.a.pace.redial
	for {
		select {
		case err := <-done:
			return wait, err
		case ev := <-smc.Events:
			if failed, ok := ev.Data.(*slackapi.ConnectionErrorEvent); ok {
				r.a.setLink(n, false, cause(failed.ErrorObj).Error())
				if _, throttled := errors.AsType[*slackapi.RateLimitedError](failed.ErrorObj); !throttled && failed.Backoff > wait {
					cancel()
				}
				continue
			}
			r.hear(n, smc, ev)
		}
	}
}

// hear handles one event of the library.
func (r *receiver) hear(n int, smc *socketmode.Client, ev socketmode.Event) {
	switch ev.Type {
	case socketmode.EventTypeConnected, socketmode.EventTypeHello:
		r.a.setLink(n, true, "")
	case socketmode.EventTypeConnecting:
		r.a.setLink(n, false, "connecting")
	case socketmode.EventTypeErrorBadMessage:
		bad, ok := ev.Data.(*socketmode.ErrorBadMessage)
		if !ok {
			return
		}
		if e, ok := unpack(bad.Message); ok {
			r.handle(e, func() { r.ack(smc, e.ID) })
			return
		}
		r.a.setAside(&r.a.unreadable, "unreadable")
		r.a.log.Warn("a frame of Slack could not be read")
	case socketmode.EventTypeErrorWriteFailed:
		r.a.log.Debug("an acknowledgement could not be written")
	default:
		if ev.Request != nil {
			e := envelope{ID: ev.Request.EnvelopeID, Type: ev.Request.Type, Payload: ev.Request.Payload}
			r.handle(e, func() { r.ack(smc, e.ID) })
		}
	}
}
