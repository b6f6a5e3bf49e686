package store

import (
	"bytes"
	"encoding/binary"
	"time"

	"onestep/bot"
)

// envelopeForm is the first byte of a written envelope. Formats of a release are
// never changed; new ones get new numbers.
const envelopeForm = 1

// What an envelope has, as bits of its flags.
const (
	hasLetter = 1 << iota
	hasUntil
	hasDoor
	hasBegan

	// known are the flags of this release. What stands behind their fields is of a
	// newer one, in the midst of an update from replica to replica, and is skipped: so
	// new fields come to the end.
	known = hasBegan<<1 - 1
)

// appendEnvelope writes an outbox entry behind dst, without its id, which is the
// name of its place: each turn writes one or two.
func appendEnvelope(dst []byte, e *bot.Envelope) []byte {
	dst = append(dst, envelopeForm, byte(flag(e.Letter != nil, hasLetter)|flag(!e.Until.IsZero(), hasUntil)|flag(e.Door != "", hasDoor)|flag(!e.Began.IsZero(), hasBegan)))
	dst = binary.AppendVarint(dst, int64(e.Class))
	for _, s := range [...]string{e.Chat.Platform, e.Chat.ID, e.Chat.Thread, e.Text, e.Why, e.Token} {
		dst = appendText(dst, s)
	}
	dst = binary.AppendVarint(dst, int64(e.Wait))
	if !e.Until.IsZero() {
		dst = binary.AppendVarint(dst, e.Until.UnixMilli())
	}
	dst = binary.AppendUvarint(dst, uint64(len(e.Buttons)))
	for _, b := range e.Buttons {
		dst = appendText(appendText(dst, b.Label), b.Data)
	}
	if l := e.Letter; l != nil {
		dst = appendText(appendText(appendText(dst, l.To), l.Kind), l.From)
		dst = append(binary.AppendUvarint(dst, uint64(len(l.Body))), l.Body...)
	}
	if e.Door != "" {
		dst = appendText(dst, e.Door)
	}
	if !e.Began.IsZero() {
		dst = binary.AppendVarint(dst, e.Began.UnixMilli())
	}
	return dst
}

// readEnvelope reads what appendEnvelope wrote of the entry of an id.
func readEnvelope(id string, plain []byte) (e bot.Envelope, err error) {
	if len(plain) < 2 || plain[0] != envelopeForm {
		return e, ErrSealed
	}
	flags := plain[1]
	r := column{b: plain[2:]}
	e.ID, e.Class = id, bot.Class(r.varint())
	for _, s := range [...]*string{&e.Chat.Platform, &e.Chat.ID, &e.Chat.Thread, &e.Text, &e.Why, &e.Token} {
		*s = r.text(true)
	}
	e.Wait = time.Duration(r.varint())
	if flags&hasUntil != 0 {
		e.Until = time.UnixMilli(r.varint()).UTC()
	}
	if n := r.count(); n > 0 {
		e.Buttons = make([]bot.Button, n)
		for i := range e.Buttons {
			e.Buttons[i] = bot.Button{Label: r.text(true), Data: r.text(true)}
		}
	}
	if flags&hasLetter != 0 {
		e.Letter = &bot.Letter{To: r.text(true), Kind: r.text(true), From: r.text(true)}
		if body := r.bytes(); len(body) > 0 {
			e.Letter.Body = bytes.Clone(body)
		}
	}
	if flags&hasDoor != 0 {
		e.Door = r.text(true)
	}
	if flags&hasBegan != 0 {
		e.Began = time.UnixMilli(r.varint()).UTC()
	}
	if len(r.b) > 0 && flags <= known {
		r.fail()
	}
	return e, r.error()
}
