package bot_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

// The log says of each message that was sent first why, in codes, and no word of
// what it says.
func TestTheLogSaysWhyWithoutWords(t *testing.T) {
	w := newWorld(t)
	log := &notebook{}
	w.bot.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.enrols()
	w.begins("6")
	w.expect(w.waits(8*24*time.Hour), patient, "What has been better")
	said := log.String()
	if !strings.Contains(said, `msg=sent`) || !strings.Contains(said, `why="why=plan script=weekly rule=FREQ=WEEKLY;BYDAY=MO at=10:00 due=2026-03-09T10:00:00Z zone=Europe/London"`) {
		t.Errorf("the log does not say why the check-in was sent")
	}
	for _, words := range []string{"better", "Sam", "Ada", patient.ID} {
		for line := range strings.Lines(said) {
			if strings.Contains(line, "msg=sent") && strings.Contains(line, words) {
				t.Errorf("a line of the log has %q", words)
			}
		}
	}
}
