package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// How far back Find looks: whole pages, newest first, until one reaches past
// the first attempt, or until it gives up.
const (
	findPage  = 100
	findPages = 10
	findSlack = 2 * time.Minute // for clocks that differ
)

// Find looks through the chat's history for the mark that the message carries: that
// of its next page. When more pages follow that one, it fails with Later and with
// what has arrived.
//
// It works in private chats; a channel the app may not read, by intention, and
// then the error Is bot.ErrCannotFind. Other errors are *bot.SendError, for the
// message waits as long as Slack wants and ends where its chat is gone.
//
// A page is always read whole before time counts, so that a clock that runs
// ahead (a rehearsal's) cannot make a message that is there look absent.
func (a *Adapter) Find(ctx context.Context, m bot.Message) (string, bool, error) {
	pages, err := compose(m)
	if err != nil {
		return "", false, &bot.SendError{Fate: bot.Ours, Err: err}
	}
	last := len(pages) - 1
	next := min(m.Parts, last)
	channel, known, err := a.door(ctx, m.Chat.ID, m.Door)
	if err != nil {
		return "", false, err
	}
	since := m.Since
	if since.IsZero() {
		since = a.cfg.Now().Add(-time.Hour)
	}
	oldest := since.Add(-findSlack)
	cursor := ""
	for range findPages {
		page, err := a.api.GetConversationHistoryContext(ctx, &slackapi.GetConversationHistoryParameters{
			ChannelID: channel, Limit: findPage, Cursor: cursor, IncludeAllMetadata: true,
		})
		if err == nil && !page.Ok {
			err = errEmpty
		}
		if err != nil {
			if code(err) == "missing_scope" {
				return "", false, fmt.Errorf("%w: the Slack app may not read this channel", bot.ErrCannotFind)
			}
			failed := a.asked(err)
			if failed.Fate == bot.Ours {
				failed.Fate = bot.Later // the question was refused, and not the message
			}
			if known {
				a.mayBeStale(m.Chat.ID, err, failed)
			}
			return "", false, failed
		}
		for _, msg := range page.Messages {
			if msg.Metadata.EventType == eventType && msg.Metadata.EventPayload["id"] == mark(pageName(m.ID, next, last)) {
				if next < last {
					return "", false, &bot.SendError{Fate: bot.Later, Parts: next + 1, Err: errors.New("slack: a page of the message has arrived, and others are to follow")}
				}
				return channel + ":" + msg.Timestamp, true, nil
			}
		}
		if !page.HasMore || len(page.Messages) == 0 {
			return "", false, nil
		}
		if last := instant(page.Messages[len(page.Messages)-1].Timestamp); !last.IsZero() && last.Before(oldest) {
			return "", false, nil
		}
		if cursor = page.ResponseMetaData.NextCursor; cursor == "" {
			break
		}
	}
	return "", false, &bot.SendError{Fate: bot.Later, Err: errors.New("slack: the message cannot be looked up, too much was said since")}
}

// instant reads a Slack timestamp, seconds with six digits behind the point. It
// is zero for anything else.
func instant(ts string) time.Time {
	f, err := strconv.ParseFloat(ts, 64)
	if err != nil || f <= 0 || f > 1e11 {
		return time.Time{}
	}
	return time.UnixMicro(int64(f * 1e6)).UTC()
}
