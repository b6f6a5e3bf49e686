package bot_test

import (
	"strings"
	"testing"
	"time"
)

// In a team that works in Welsh people are spoken to in Welsh from the first
// word on, hours and help lines included; the worker's messages stay in
// English. Who writes "English" goes on in English.
func TestATeamsLanguage(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Language, w.bot.Teams[0].Nation = "cy", "wales"
	w.expect(w.writes(patient, "helo"), patient, "Mae angen gwahoddiad cyn i ni allu siarad.")
	w.enrols()
	begun := w.platform.since(0)
	w.expect(begun, patient, "Cyfrifiadur ydw i, sy'n helpu tîm Sam.")
	w.expect(begun, patient, "Mae'r tîm yn darllen negeseuon o ddydd Llun i ddydd Gwener, 9 tan 5.")
	w.presses(patient, "Ie")

	switched := w.writes(patient, "English")
	w.expect(switched, patient, "OK. I write in English from now on.")
	w.expect(switched, patient, "Is this a private and safe place for you to message?")
	w.expect(w.writes(patient, "Cymraeg"), patient, "Ydy hwn yn lle preifat a diogel i chi anfon negeseuon?")

	w.closedUntil(w.now.Add(40 * time.Hour))
	alarm := w.writes(patient, "dw i eisiau marw")
	w.expect(alarm, patient, "Help brys: ffoniwch 111, a phwyswch 2.")
	w.expect(alarm, patient, "0808 164 0123")
	w.expect(alarm, worker, "Please follow your local protocol.")
	for _, m := range to(w.platform.since(0), worker) {
		if strings.Contains(m.Text, "negeseuon") {
			t.Errorf("the worker reads two languages in one message: %s", m.Text)
		}
	}
	if c := w.conversation(patient); c.Language != "cy" {
		t.Errorf("the language kept is %q", c.Language)
	}
}
