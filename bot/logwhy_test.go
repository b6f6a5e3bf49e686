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

// At the usual level the log has one line for each time that somebody was written to
// first, and none for the rest of what was said then, or for answers.
func TestTheLogTellsOfEachContactOnce(t *testing.T) {
	w := newWorld(t)
	log := &notebook{}
	w.bot.Log = slog.New(slog.NewTextHandler(log, nil))
	w.enrols()
	w.begins("6")
	parts := len(to(w.waits(9*day+4*time.Hour), patient)) // four questions, a check-in, and its reminder two days later
	var lines []string
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, "msg=sent") {
			lines = append(lines, line)
		}
	}
	want := []string{"why=plan script=wellbeing", "why=plan script=weekly", "why=silence script=weekly"}
	if len(lines) != len(want) || parts <= len(want) {
		t.Fatalf("%d messages, and in the log:\n%s", parts, strings.Join(lines, ""))
	}
	for i, line := range lines {
		if !strings.Contains(line, want[i]) || !strings.Contains(line, "level=INFO") || !strings.Contains(line, "outcome=delivered") || strings.Contains(line, patient.ID) {
			t.Errorf("the log has %s", line)
		}
	}
}
