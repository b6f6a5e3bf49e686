package bot_test

import (
	"slices"
	"testing"

	"onestep/bot"
)

// What a platform calls a private chat comes with what the person writes, is kept with
// their record, and goes along with everything that is sent there.
func TestADoorIsKeptWithTheChat(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	var seen []string
	w.platform.during = func(m bot.Message) {
		if m.Chat == patient {
			seen = append(seen, m.Door)
		}
	}
	doors := func(want string, _ []sent) {
		t.Helper()
		if got := slices.Compact(seen); !slices.Equal(got, []string{want}) {
			t.Errorf("sent to %q, want %q", got, want)
		}
		seen = nil
	}
	doors("", w.writes(patient, "help"))
	doors("D1", w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "help", Door: "D1"}))
	doors("D1", w.writes(patient, "help"))
	doors("D2", w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "help", Door: "D2"}))
	w.begins("6")
	seen = nil
	doors("D2", w.waits(7*day))
}
