package slack

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// fates says what each error code of chat.postMessage and conversations.open
// leads to. Codes are those of Slack's method descriptions; one that is not
// here means that the message was refused, and that we do not know better: Ours.
var fates = map[string]bot.Fate{
	// Nothing arrived, and it will do later.
	"ratelimited":            bot.Later,
	"rate_limited":           bot.Later,
	"message_limit_exceeded": bot.Later,
	"service_unavailable":    bot.Later,
	"request_timeout":        bot.Later, // our body reached them cut off
	"team_added_to_org":      bot.Later, // for minutes, while a workspace is moved
	"accesslimited":          bot.Later,

	// "Some aspect of the operation may have succeeded", says Slack of both.
	"internal_error": bot.Unknown,
	"fatal_error":    bot.Unknown,

	"channel_not_found":        bot.Gone,
	"not_in_channel":           bot.Gone,
	"is_archived":              bot.Gone,
	"user_disabled":            bot.Gone,
	"user_not_found":           bot.Gone,
	"user_not_visible":         bot.Gone,
	"users_not_found":          bot.Gone,
	"cannot_dm_bot":            bot.Gone,
	"invalid_user_combination": bot.Gone, // people outside the workspace

	"invalid_auth":           bot.Revoked,
	"not_authed":             bot.Revoked,
	"account_inactive":       bot.Revoked, // the token's own account
	"token_revoked":          bot.Revoked,
	"token_expired":          bot.Revoked,
	"missing_scope":          bot.Revoked,
	"no_permission":          bot.Revoked,
	"org_login_required":     bot.Revoked,
	"not_allowed_token_type": bot.Revoked,
	"ekm_access_denied":      bot.Revoked,
}

// fate judges a failed call. sent is false when the request certainly never
// left this machine.
func fate(err error, sent bool) *bot.SendError {
	out := &bot.SendError{Fate: bot.Unknown, Err: cause(err)}
	if c := code(err); c != "" {
		f, known := fates[c]
		switch {
		case known:
			out.Fate = f
		case strings.HasPrefix(c, "restricted_action"):
			out.Fate = bot.Gone // this channel's posting is for some people only
		default:
			out.Fate = bot.Ours
		}
		return out
	}
	if r, ok := errors.AsType[*slackapi.RateLimitedError](err); ok {
		out.Fate, out.After = bot.Later, r.RetryAfter
		return out
	}
	if s, ok := errors.AsType[slackapi.StatusCodeError](err); ok {
		switch {
		case s.Code == http.StatusTooManyRequests:
			out.Fate = bot.Later
		case s.Code == http.StatusRequestEntityTooLarge:
			out.Fate = bot.Ours
		case s.Code < 500:
			out.Fate = bot.Later // a proxy in between: Slack itself answers 200
		}
		return out // a 5xx may hide a message that was posted
	}
	if !sent {
		out.Fate = bot.Later
	}
	// Where nobody can connect, no other message can leave either.
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "dial" || op.Op == "proxyconnect") && !errors.Is(err, context.Canceled) {
		out.Fate, out.Whole = bot.Later, true
	}
	return out
}
