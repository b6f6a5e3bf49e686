package simulator

import (
	"strconv"
	"strings"

	"onestep/bot"
)

// timeLayout is how times stand above posts. The year goes without saying.
const timeLayout = "Mon 2 Jan 15:04"

// Pane is one chat as it is shown to whoever tries the bot out.
type Pane struct {
	// Title heads the chat, such as "Patient".
	Title string
	// Seat is the chat, and the person for whom one may type there.
	Seat Seat
	// Names are the people of the chat by user id; others stand as "Someone".
	Names map[string]string
	// Lasting is true where buttons are work to do, not questions: the newest
	// stay open whatever else the person does.
	Lasting bool
	// Closed is true where nobody may type.
	Closed bool
}

// speaker is who made a post and what they did, such as "Ada writes".
func (p Pane) speaker(post Post) string {
	if post.From == "" {
		return "onestep"
	}
	name := p.Names[post.From]
	if name == "" {
		name = "Someone"
	}
	return name + " " + [...]string{
		"writes", "presses", "changes a message", "sends something that is not words",
		"blocks the bot", "lets the bot in again",
	}[post.Kind]
}

// Keys are what to type to press each button: its own label where all are
// numbers, as on a scale; else 1, 2, 3; and letters where a label begins with
// a digit, so that "4" never presses anything but what says 4.
func Keys(buttons []bot.Button) []string {
	keys := make([]string, len(buttons))
	digits, numbers := false, len(buttons) > 0
	for i, b := range buttons {
		keys[i] = strings.TrimSpace(b.Label)
		if _, err := strconv.Atoi(keys[i]); err != nil {
			numbers = false
		}
		digits = digits || strings.IndexAny(keys[i], "0123456789") == 0
	}
	if numbers {
		return keys
	}
	for i := range keys {
		if digits && len(keys) <= 26 {
			keys[i] = string(rune('a' + i))
		} else {
			keys[i] = strconv.Itoa(i + 1)
		}
	}
	return keys
}

// Answer is what a typed line does in the pane: a key of an open button
// presses it, all else is sent as words. ErrNoWords if the line is empty.
func (p Pane) Answer(line string) error {
	line = strings.TrimSpace(line)
	if open, ok := p.open(); ok {
		for i, key := range Keys(open.Buttons) {
			if strings.EqualFold(key, line) {
				return p.Seat.PressOn(open.ID, i)
			}
		}
	}
	return p.Seat.Write(line)
}

// open is the newest message with buttons. For questions, only what came since
// the person last did something here: what they see as the one before them.
func (p Pane) open() (Post, bool) {
	posts := p.Seat.a.Transcript(p.Seat.chat)
	for i := len(posts) - 1; i >= 0 && (p.Lasting || posts[i].From == ""); i-- {
		if len(posts[i].Buttons) > 0 {
			return posts[i], true
		}
	}
	return Post{}, false
}
