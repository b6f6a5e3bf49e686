package telegram

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"onestep/bot"
)

// press is what a pressed button needs beside the update: an answer, so that
// the app stops its spinner, and in the end no buttons to press again.
type press struct {
	query   string // the callback query
	chat    int64
	message int64 // 0: not there any more
}

// answer tells the app at once that the press has arrived.
func (a *Adapter) answer(p press) {
	a.errands.run(func(ctx context.Context) {
		err := a.client.call(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": p.query}, shortCall, nil)
		a.shrug("A press could not be answered.", err, "query is too old", "query id is invalid")
	})
}

// pacing waits for a place under Telegram's limits, so long at most, and gives the
// context to make one call in.
type pacing = func(ctx context.Context, most time.Duration) (context.Context, error)

// Pace hands over what gets a place for a call that Telegram counts as a message.
func (a *Adapter) Pace(p pacing) { a.place.Store(&p) }

var _ bot.Paced = (*Adapter)(nil)

// edits waits a moment for a place under Telegram's limit, which edits count
// against. While a broadcast takes all of it there is none: the buttons then
// stay, and pressing them again changes nothing.
func (a *Adapter) edits(ctx context.Context) (context.Context, error) {
	place := a.place.Load()
	if place == nil {
		return ctx, nil // nobody keeps limits here
	}
	return (*place)(ctx, placeWait)
}

// clear takes the buttons off the message whose press is committed.
func (a *Adapter) clear(p press) {
	if p.message == 0 {
		return
	}
	a.errands.run(func(ctx context.Context) {
		ctx, err := a.edits(ctx)
		if err != nil {
			return
		}
		err = a.client.call(ctx, "editMessageReplyMarkup", tgbotapi.Params{
			"chat_id":    decimal(p.chat),
			"message_id": decimal(p.message),
			// An empty list, not null, which is refused.
			"reply_markup": `{"inline_keyboard":[]}`,
		}, shortCall, nil)
		a.shrug("The buttons of a pressed message could not be removed.", err,
			"message is not modified", "message to edit not found", "message can't be edited")
	})
}

// shrug logs an errand that failed, unless for one of the usual reasons.
func (a *Adapter) shrug(what string, err error, usual ...string) {
	if err == nil {
		return
	}
	var f *failure
	if errors.As(err, &f) {
		for _, u := range usual {
			if strings.Contains(f.text, u) {
				return
			}
		}
	}
	a.log.Info(what, "cause", err)
}

// Errands are small favours to the person's app. They hold nothing up and are
// not repeated.
const (
	errandsAtOnce = 8
	placeWait     = 300 * time.Millisecond // for a place of an edit
	errandsWait   = 100                    // beyond these they are let go
	errandTime    = 10 * time.Second
)

type errands struct {
	slots   chan struct{}
	waiting chan struct{}
	all     sync.WaitGroup
}

func (e *errands) init() {
	e.slots = make(chan struct{}, errandsAtOnce)
	e.waiting = make(chan struct{}, errandsWait)
}

// run does it soon, or never when there is too much to do.
func (e *errands) run(do func(context.Context)) {
	select {
	case e.waiting <- struct{}{}:
	default:
		return
	}
	e.all.Go(func() {
		defer func() { <-e.waiting }()
		ctx, done := context.WithTimeout(context.Background(), errandTime)
		defer done()
		select {
		case e.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		defer func() { <-e.slots }()
		do(ctx)
	})
}

// wait waits for those under way, at most their own time.
func (e *errands) wait() { e.all.Wait() }
