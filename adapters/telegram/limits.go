package telegram

import (
	"strings"
	"time"

	"onestep/bot"
)

// UsualLimits keep below what Telegram says of sending (Bots FAQ): about 30
// messages a second in all, one a second in a chat, 20 a minute in a group.
// Telegram promises none of these, they differ between bots and over time, and
// an operator may set others.
func UsualLimits() bot.Limits {
	return bot.Limits{
		Whole: bot.Limit{Every: 33500 * time.Microsecond, Burst: 30}, // 30 in 1.005 s
		// "Short bursts" pass: a check-in's greeting, question and picture.
		Private: bot.Limit{Every: time.Second, Burst: 3},
		// 3 at once and then one every 3.5 s are 20 in the first minute and 17
		// in each later one.
		Group:   bot.Limit{Every: 3500 * time.Millisecond, Burst: 3},
		IsGroup: func(c bot.Chat) bool { return strings.HasPrefix(c.ID, "-") },
	}
}

// Limits are those of the settings, or the usual ones.
func (a *Adapter) Limits() bot.Limits { return a.limits }

var _ bot.Limited = (*Adapter)(nil)
