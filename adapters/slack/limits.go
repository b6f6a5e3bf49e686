package slack

import (
	"time"

	"onestep/bot"
)

const openMethod = "conversations.open"

// UsualLimits keep below what Slack says of chat.postMessage ("Rate limits"):
// about one message a second in a channel with short bursts, and a few hundred
// a minute in the workspace, of which the number is not published; and of opening
// chats.
func UsualLimits() bot.Limits {
	return bot.Limits{
		Whole:   bot.Limit{Every: 200 * time.Millisecond, Burst: 10}, // 300 a minute
		Private: bot.Limit{Every: time.Second, Burst: 3},
		// "50+ per minute", tier 3.
		Calls: map[string]bot.Limit{openMethod: {Every: 1300 * time.Millisecond}},
	}
}

// Limits are those of the settings, or the usual ones.
func (a *Adapter) Limits() bot.Limits {
	if a.cfg.Limits != nil {
		return *a.cfg.Limits
	}
	return UsualLimits()
}

var _ bot.Limited = (*Adapter)(nil)
