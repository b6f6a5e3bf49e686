package slack

import (
	"context"
	"errors"
	"net/http/httptrace"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// Send posts a message once. The returned id is channel and timestamp, which
// together name a message: its last page, if it has several.
func (a *Adapter) Send(ctx context.Context, m bot.Message) (string, error) {
	pages, err := compose(m)
	if err != nil {
		return "", &bot.SendError{Fate: bot.Ours, Err: err}
	}
	channel, known, err := a.door(ctx, m.Chat.ID, m.Door)
	if err != nil {
		return "", err
	}
	// A page that is there already, from an attempt that failed at a later one,
	// is not posted again.
	var id string
	last := len(pages) - 1
	for n := min(m.Parts, last); n <= last; n++ {
		ts, sent, err := a.post(ctx, channel, pageName(m.ID, n, last), pages[n])
		if err != nil {
			failed := a.judge(err, sent)
			failed.Parts = n
			if failed.After > 0 {
				failed.WholeFor = a.throttles.Note(m.Chat, failed.After, time.Now())
				failed.Whole = failed.WholeFor > 0
			}
			if known {
				a.mayBeStale(m.Chat.ID, err, failed)
			}
			return "", failed
		}
		id = channel + ":" + ts
	}
	a.trust()
	return id, nil
}

// pageName is what the mark of a page is made from: of the last one, the message's.
func pageName(id string, n, last int) string {
	if n < last {
		return id + " page " + strconv.Itoa(n)
	}
	return id
}

// post calls chat.postMessage. left is false when the call certainly never left this machine.
func (a *Adapter) post(ctx context.Context, channel, name string, blocks []slackapi.Block) (ts string, left bool, err error) {
	var sent atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
	_, ts, err = a.api.PostMessageContext(traced, channel,
		slackapi.MsgOptionText(notice, true),
		slackapi.MsgOptionBlocks(blocks...),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
			EventType:    eventType,
			EventPayload: map[string]any{"id": mark(name)},
		}),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
	)
	if err == nil && ts == "" {
		err = errEmpty // {"ok":false} without a reason is no error to the library
	}
	return ts, sent.Load() && !errors.Is(err, bot.ErrLate), err
}

// judge gives a failed call its fate, and keeps a refusal for Ready.
func (a *Adapter) judge(err error, sent bool) *bot.SendError {
	failed := fate(err, sent)
	if failed.Fate == bot.Revoked {
		a.note(a.explain(err, "bot token", "ONESTEP_SLACK_BOT_TOKEN", "xoxb-"))
	}
	return failed
}

// asked is judge for a call that asks before a message is sent: nothing can have
// arrived by it, and its own limit is none of posting's.
func (a *Adapter) asked(err error) *bot.SendError {
	failed := a.judge(err, false)
	if failed.Fate == bot.Unknown {
		failed.Fate = bot.Later
	}
	return failed
}

// door is the channel behind a chat's id: a person's private channel, as it came
// with their last event or was opened once, or the channel itself. known is true
// when it was remembered.
func (a *Adapter) door(ctx context.Context, id, last string) (channel string, known bool, err error) {
	if id == "" {
		return "", false, &bot.SendError{Fate: bot.Ours, Err: errors.New("a chat without an id")}
	}
	if !isPerson(id) {
		return id, false, nil
	}
	channel, ok := a.doors.get(id)
	if !ok {
		channel = last
	}
	if channel != "" {
		return channel, true, nil
	}
	opened, _, _, err := a.api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{id}, ReturnIM: true})
	if err == nil && (opened == nil || opened.ID == "") {
		err = errEmpty
	}
	if err != nil {
		return "", false, a.asked(err)
	}
	a.doors.learn(id, opened.ID)
	return opened.ID, false, nil
}

// mayBeStale is a failure in a channel that was remembered of a person: it is asked
// for anew before anybody takes them for gone.
func (a *Adapter) mayBeStale(user string, err error, failed *bot.SendError) {
	if code(err) == "channel_not_found" {
		a.doors.forget(user)
		failed.Fate = bot.Later
	}
}

// isPerson tells a user's id from a channel's.
func isPerson(id string) bool { return id[0] == 'U' || id[0] == 'W' }

// doors remembers the private channel of each person, "" for one to be asked for
// whatever else is known.
type doors struct {
	mu sync.Mutex
	of map[string]string
}

func (d *doors) get(user string) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.of[user]
	return c, ok
}

func (d *doors) learn(user, channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == nil {
		d.of = map[string]string{}
	}
	d.of[user] = channel
}

func (d *doors) forget(user string) { d.learn(user, "") }
