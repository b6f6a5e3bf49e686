package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"regexp"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// errEmpty is an answer that says neither yes nor why not.
var errEmpty = errors.New("slack: empty answer")

// code is the error code of an answer that said no, "" for any other error.
func code(err error) string {
	if r, ok := errors.AsType[slackapi.SlackErrorResponse](err); ok {
		if codeShape.MatchString(r.Err) {
			return r.Err
		}
		return "unknown_error"
	}
	return ""
}

// codeShape is what Slack's error codes look like. Anything else could carry
// words and is not repeated.
var codeShape = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// cause reduces an error of the library to what may stand in a log: a code, a
// status, a kind. Never a URL, a token or a body.
func cause(err error) error {
	if err == nil {
		return nil
	}
	if c := code(err); c != "" {
		return errors.New("slack: " + c)
	}
	if r, ok := errors.AsType[*slackapi.RateLimitedError](err); ok {
		return fmt.Errorf("slack: too fast, wait %s", r.RetryAfter)
	}
	if s, ok := errors.AsType[slackapi.StatusCodeError](err); ok {
		return fmt.Errorf("slack: HTTP status %d", s.Code)
	}
	for _, held := range []error{bot.ErrLate, bot.ErrHeld} {
		if errors.Is(err, held) {
			return held // delivery knows what to do
		}
	}
	switch {
	case errors.Is(err, errEmpty):
		return errEmpty
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("slack: no answer in time")
	case errors.Is(err, context.Canceled):
		return errors.New("slack: call was cancelled")
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return errors.New("slack: no answer in time")
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return errors.New("slack: connection failed at " + e.Op)
	}
	return errors.New("slack: connection broken or answer unreadable")
}

// explain turns an error of a call made with one token into a plain sentence.
func (a *Adapter) explain(err error, token, setting, prefix string) error {
	var say string
	switch c := code(err); c {
	case "":
		return fmt.Errorf("Slack cannot be reached now (%w); onestep keeps trying", cause(err))
	case "invalid_auth", "not_authed", "not_allowed_token_type", "token_expired":
		say = fmt.Sprintf("Slack does not accept the %s (%s): set %s to the token that begins with %s, copied from the app's page at api.slack.com/apps", token, c, setting, prefix)
	case "account_inactive", "token_revoked", "org_login_required":
		say = fmt.Sprintf("Slack has withdrawn the %s (%s): install the app in the workspace again and set %s to its new token", token, c, setting)
	case "missing_scope", "no_permission", "access_denied", "forbidden_team", "feature_not_enabled", "link_disabled":
		say = fmt.Sprintf("the Slack app lacks a permission or Socket Mode is off (%s): paste adapters/slack/manifest.yaml into the app's manifest, give the app token connections:write, and install the app again", c)
	default:
		return fmt.Errorf("Slack refuses at the moment (%w); onestep keeps trying", cause(err))
	}
	return refusal(say)
}

// refusal is a plain sentence that Is ErrRefused.
type refusal string

func (r refusal) Error() string { return string(r) }

func (r refusal) Is(target error) bool { return target == ErrRefused }
