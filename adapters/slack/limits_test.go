package slack

import (
	"testing"
	"time"
)

// Slack says "about one message a second" in a channel, short bursts apart, and
// "several hundred a minute" in a workspace.
func TestUsualLimitsKeepBelowSlacks(t *testing.T) {
	t.Parallel()
	l := UsualLimits()
	if perMinute := int(time.Minute / l.Whole.Every); perMinute < 200 || perMinute > 300 {
		t.Errorf("%d a minute in the workspace", perMinute)
	}
	if l.Private.Every < time.Second || l.Private.Burst > 3 {
		t.Errorf("a message every %v in a channel, %d at once", l.Private.Every, l.Private.Burst)
	}
	if l.IsGroup != nil {
		t.Error("Slack has the same limit for all channels, so none may have another")
	}
}
