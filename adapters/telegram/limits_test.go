package telegram

import (
	"testing"
	"time"

	"onestep/bot"
)

// What leaves as fast as our limits let it is never more than Telegram says it
// takes, in any span, and the whole bot wastes next to nothing of that.
func TestUsualLimitsKeepBelowTelegrams(t *testing.T) {
	t.Parallel()
	l := UsualLimits()
	for _, c := range []struct {
		name        string
		limit       bot.Limit
		span        time.Duration
		least, most int
	}{
		{"a chat, at once", l.Private, 0, 2, 3}, // "short bursts pass"
		{"a chat, an hour", l.Private, time.Hour, 3590, 3602},
		{"a group, a minute", l.Group, time.Minute, 17, 20},
		{"a group, an hour", l.Group, time.Hour, 1000, 60 * 20},
	} {
		if got := mostIn(c.limit, c.span); got < c.least || got > c.most {
			t.Errorf("%s: %d leave, want %d to %d", c.name, got, c.least, c.most)
		}
	}
	// Of the whole bot's no span holds more than its burst: see bot.Limits.
	if span := time.Duration(l.Whole.Burst) * l.Whole.Every; l.Whole.Burst != 30 || span <= time.Second || span > time.Second*100/95 {
		t.Errorf("the bot: %d leave in %v, want 30 in little more than a second", l.Whole.Burst, span)
	}
	for id, group := range map[string]bool{"7000000001": false, "-42": true, "-1001234567890": true} {
		if l.IsGroup(bot.Chat{Platform: Name, ID: id}) != group {
			t.Errorf("chat %s counts as the wrong kind", id)
		}
	}
}

// mostIn is how many messages leave in a span that begins with one, when there
// was quiet before: each pays for the time that it takes, which may run ahead
// by the burst.
func mostIn(l bot.Limit, span time.Duration) (n int) {
	for at, paid := time.Duration(0), -l.Ahead(); at < span || at == 0; n++ {
		paid = max(paid, at-l.Ahead()) + l.Every
		at = max(at, paid)
	}
	return n
}
