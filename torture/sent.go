package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/torture/checker"
)

// sent is what the platforms accepted, in order. Slack's record carries the mark
// of each outbox entry; Telegram's has the words alone.
func (w *world) sent(p *people, deeds []store.Deed, r *checker.Record) {
	for _, id := range w.telegramChats(p) {
		for _, m := range w.telegram.Messages(id) {
			r.Sent = append(r.Sent, checker.Sent{
				Chat: bot.Chat{Platform: "telegram", ID: fmt.Sprint(id)}, ID: fmt.Sprint(m.ID), At: m.At, Text: m.Text, Unheard: m.Unheard,
			})
		}
	}
	entries := map[string]string{}
	for _, d := range deeds {
		for _, e := range d.Outbox {
			entries[slackMark(e.ID)] = e.ID
		}
	}
	for _, chat := range w.slackChats(p) {
		for _, m := range w.slack.Messages(chat) {
			var carried struct {
				Payload struct {
					ID string `json:"id"`
				} `json:"event_payload"`
			}
			_ = json.Unmarshal([]byte(m.Metadata), &carried)
			entry := cmp.Or(entries[carried.Payload.ID], "unknown")
			r.Sent = append(r.Sent, checker.Sent{
				Chat: bot.Chat{Platform: "slack", ID: chat}, ID: m.ID, At: m.At, Text: m.Text, Unheard: m.Unheard, Entry: entry,
				Known: chat != slackRoom, // channels may not be read
			})
		}
	}
	slices.SortStableFunc(r.Sent, func(a, b checker.Sent) int { return a.At.Compare(b.At) })
}

// slackMark is how an entry's id stands in the metadata of its message.
func slackMark(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

func (w *world) telegramChats(p *people) []int64 {
	out := []int64{telegramRoom}
	for _, phone := range p.all() {
		var id int64
		if _, err := fmt.Sscan(phone.chat.ID, &id); err == nil && phone.chat.Platform == "telegram" {
			out = append(out, id)
		}
	}
	return out
}

func (w *world) slackChats(p *people) []string {
	out := []string{slackRoom}
	for _, phone := range p.all() {
		if phone.chat.Platform == "slack" {
			out = append(out, phone.chat.ID)
		}
	}
	return out
}

func (p *people) all() []*phone { return slices.Concat(p.leads, p.workers, p.patients) }
