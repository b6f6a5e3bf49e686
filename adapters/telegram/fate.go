package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"onestep/bot"
)

// gone are descriptions of a 400 that speak of the chat, not of the message.
var gone = []string{
	"chat not found", "user not found", "peer_id_invalid", "user is deactivated",
	"input_user_deactivated", "group chat was deactivated", "group chat was deleted",
	"chat_write_forbidden", "have no rights to send", "not enough rights", "chat_restricted",
	"message thread not found", "topic_deleted", "topic_closed", "channel_private",
}

// sendError says what becomes of a message whose sending failed.
//
// A 5xx is Unknown, not Later: the server may have handed the message on
// before it fell over (BAS fails every query in flight with 500 "restart"),
// and a proxy's 502 or 504 says only that it got no answer. What is not an
// answer of Telegram's never makes a chat Gone: the 403 of a company's proxy
// is no person's doing.
func (a *Adapter) sendError(f *failure, chat bot.Chat) *bot.SendError {
	e := &bot.SendError{Err: f, After: f.after}
	switch {
	case f.status == 0 && !f.taken:
		e.Fate = bot.Later
		// Where nobody can connect, no other message can leave either.
		op, ok := errors.AsType[*net.OpError](f.cause)
		e.Whole = ok && (op.Op == "dial" || op.Op == "proxyconnect") && !errors.Is(f.cause, context.Canceled)
	case f.status == 0 || f.status < 300 || f.status >= 500 || f.status == http.StatusRequestTimeout:
		e.Fate = bot.Unknown
	case f.status == http.StatusTooManyRequests || f.code == http.StatusTooManyRequests || f.code == 420:
		e.Fate = bot.Later
		e.WholeFor = a.throttles.Note(chat, f.after, time.Now())
		e.Whole = e.WholeFor > 0
	case f.code == 0: // redirected or refused on the way
		e.Fate = bot.Later
	case f.moved != 0:
		e.Fate = bot.Elsewhere
		e.MovedTo = bot.Chat{Platform: Name, ID: decimal(f.moved)}
	case f.code == http.StatusUnauthorized || f.code == http.StatusNotFound:
		e.Fate = bot.Revoked
	case f.code == http.StatusForbidden:
		e.Fate = bot.Gone
	case f.code == http.StatusConflict:
		e.Fate = bot.Later
	case slices.ContainsFunc(gone, func(s string) bool { return strings.Contains(f.text, s) }):
		e.Fate = bot.Gone
	default:
		e.Fate = bot.Ours
	}
	return e
}
