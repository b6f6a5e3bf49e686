package simulator

import (
	"strconv"
	"strings"
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

// choice is a button that stands open, and what to type to press it.
type choice struct {
	key, label string
	message    string // id of the post
	button     int
}

// Answer is what a typed line does in the pane: a key of an open button
// presses it, all else is sent as words. ErrNoWords if the line is empty.
func (p Pane) Answer(line string) error {
	line = strings.TrimSpace(line)
	for _, c := range p.open(p.Seat.a.Transcript(p.Seat.chat)) {
		if strings.EqualFold(c.key, line) {
			return p.Seat.PressOn(c.message, c.button)
		}
	}
	return p.Seat.Write(line)
}

// open are the buttons that can be pressed by a key after these posts. Of
// questions it is the newest one, if the person did nothing since: what they
// see as the one before them. Of work it is all that came in a row.
func (p Pane) open(posts []Post) []choice {
	asked := func(q Post) bool { return len(q.Buttons) > 0 }
	acted := func(q Post) bool { return q.From != "" }
	end := len(posts)
	for end > 0 && !asked(posts[end-1]) {
		if acted(posts[end-1]) && !p.Lasting {
			return nil
		}
		end--
	}
	begin := max(0, end-1)
	for p.Lasting && begin > 0 && !acted(posts[begin-1]) {
		begin--
	}
	var open []choice
	for _, q := range posts[begin:end] {
		for i, b := range q.Buttons {
			open = append(open, choice{label: oneLine(b.Label), message: q.ID, button: i})
		}
	}
	name(open)
	return open
}

// name gives each choice its key: the label itself where all are numbers, as on
// a scale; else 1, 2, 3; and letters where a label begins with a digit, so that
// "4" never presses anything but what says 4.
func name(open []choice) {
	digits, numbers := false, true
	for _, c := range open {
		_, err := strconv.Atoi(c.label)
		numbers = numbers && err == nil
		digits = digits || strings.IndexAny(c.label, "0123456789") == 0
	}
	for i := range open {
		switch {
		case numbers:
			open[i].key = open[i].label
		case digits && len(open) <= 26:
			open[i].key = string(rune('a' + i))
		default:
			open[i].key = strconv.Itoa(i + 1)
		}
	}
}

// oneLine is a label as it stands in a line of the terminal.
func oneLine(label string) string {
	return strings.ReplaceAll(printable(strings.TrimSpace(label)), "\n", " ")
}
