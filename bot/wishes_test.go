package bot_test

import (
	"testing"
	"time"

	"onestep/bot"
)

// A person is asked for however the wish comes, and a voice note reaches a
// human, in each state that a dialog can be in.
func TestAWishForAPersonCountsHoweverItComes(t *testing.T) {
	const wish = "can I talk to a real person please"
	for name, before := range map[string]func(w *world){
		"between dialogs": func(*world) {},
		"at a question":   func(w *world) { w.waits(7 * 24 * time.Hour) },
		"on a break":      func(w *world) { w.writes(patient, "pause"); w.presses(patient, "1 week") },
		"after a stop":    func(w *world) { w.writes(patient, "stop") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.begins("5")
			before(w)
			got := w.update(bot.Update{Kind: bot.Media, Chat: patient})
			w.expect(got, patient, "I can only read words.")
			w.expect(got, worker, code+": Sent something the bot cannot read.")
			for _, kind := range []bot.UpdateKind{bot.Media, bot.Edited, bot.Wrote} {
				got := w.update(bot.Update{Kind: kind, Chat: patient, Text: wish})
				w.expect(got, patient, "I have asked for Sam to get in touch.")
				w.expect(got, worker, code+": Asked to talk to a person.")
			}
		})
	}
}
