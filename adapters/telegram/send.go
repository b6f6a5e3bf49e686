package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"onestep/bot"
)

// maxParts bounds what one message may become; nothing onestep says comes near.
const maxParts = 10

// Send makes one attempt. A text over Telegram's limit goes out in parts, in
// order, with the buttons under the last one, whose id is returned.
//
// The fate of a failure is that of the part that failed; those before it are in the
// chat, are told in the error, and are passed over when they come back in m.Parts.
//
// Telegram has no key against doubles and no way to look up what was sent, so
// the adapter is no bot.Finder, and m.Unsure makes no difference here.
func (a *Adapter) Send(ctx context.Context, m bot.Message) (string, error) {
	chat, err := strconv.ParseInt(m.Chat.ID, 10, 64)
	if m.Chat.Platform != Name || err != nil {
		return "", ours("this is no chat of Telegram's")
	}
	parts := cut(m.Text, maxText)
	if len(parts) == 0 {
		return "", ours("the message has no words")
	}
	if len(parts) > maxParts {
		return "", ours(fmt.Sprintf("the message has more than %d parts", maxParts))
	}
	keys, err := keyboard(m.Buttons)
	if err != nil {
		return "", ours(err.Error())
	}
	if ctx.Err() != nil {
		return "", &bot.SendError{Fate: bot.Later, Err: ctx.Err()}
	}
	var id string
	for i := min(m.Parts, len(parts)-1); i < len(parts); i++ {
		p := tgbotapi.Params{
			"chat_id": decimal(chat),
			"text":    parts[i],
			// A preview would have Telegram open every address we write.
			"link_preview_options": `{"is_disabled":true}`,
		}
		p.AddNonEmpty("message_thread_id", m.Chat.Thread)
		if i == len(parts)-1 {
			p.AddNonEmpty("reply_markup", keys)
		}
		id, err = a.sendPart(ctx, p)
		if err == nil {
			continue
		}
		e := &bot.SendError{Fate: bot.Unknown, Err: err}
		if f := (*failure)(nil); errors.As(err, &f) {
			e = a.sendError(f, m.Chat)
		}
		if e.Parts = i; i > 0 {
			e.Err = fmt.Errorf("part %d of %d: %w", i+1, len(parts), err)
		}
		return "", e
	}
	return id, nil
}

// sendPart sends one message as Telegram knows it and returns its id.
func (a *Adapter) sendPart(ctx context.Context, p tgbotapi.Params) (string, error) {
	var sent struct {
		ID int64 `json:"message_id"`
	}
	if err := a.client.call(ctx, "sendMessage", p, sendCall, &sent); err != nil {
		return "", err
	}
	if sent.ID == 0 {
		return "", errors.New("sendMessage: Telegram says yes and names no message")
	}
	return decimal(sent.ID), nil
}

func ours(why string) *bot.SendError {
	return &bot.SendError{Fate: bot.Ours, Err: errors.New("sendMessage: " + why)}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// Limits of inline keyboards: 64 bytes are Telegram's (Bot API,
// InlineKeyboardButton), 100 buttons approximate.
const (
	maxButtons = 100
	maxData    = 64
)

type key struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// keyboard lays buttons out in rows that fit a phone, and is empty for none.
func keyboard(buttons []bot.Button) (string, error) {
	if len(buttons) == 0 {
		return "", nil
	}
	if len(buttons) > maxButtons {
		return "", fmt.Errorf("more than %d buttons", maxButtons)
	}
	for _, b := range buttons {
		if blank(b.Label) {
			return "", errors.New("a button without a label")
		}
		if n := len(b.Data); n == 0 || n > maxData {
			return "", fmt.Errorf("a button with %d bytes of data, not 1 to %d", n, maxData)
		}
	}
	layout := make([][]key, 0, len(buttons))
	for _, n := range rows(buttons) {
		row := make([]key, n)
		for i, b := range buttons[:n] {
			row[i] = key{Text: valid(b.Label), Data: b.Data}
		}
		layout, buttons = append(layout, row), buttons[n:]
	}
	b, err := json.Marshal(map[string]any{"inline_keyboard": layout})
	return string(b), err
}

// rows says how many buttons stand in each row: by the longest label one to
// three, or six for numbers, so that 0 to 10 are rows of 6 and 5; the rows are
// as even as can be.
func rows(buttons []bot.Button) []int {
	longest := 0
	for _, b := range buttons {
		longest = max(longest, units(b.Label))
	}
	per := 1
	switch {
	case longest <= 2:
		per = 6
	case longest <= 8:
		per = 3
	case longest <= 16:
		per = 2
	}
	n := (len(buttons) + per - 1) / per
	out := make([]int, n)
	for i := range out {
		out[i] = (len(buttons) + n - 1 - i) / n
	}
	return out
}
