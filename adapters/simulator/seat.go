package simulator

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"onestep/bot"
)

// Errors of a Seat. Compare with errors.Is.
var (
	// ErrNoButton: no message of the chat has that button.
	ErrNoButton = errors.New("there is no such button in this chat")
	// ErrNoMessage: the chat has no such message of this person.
	ErrNoMessage = errors.New("there is no such message of yours in this chat")
	// ErrNoWords: an empty message cannot be sent.
	ErrNoWords = errors.New("there is nothing to send: type some words first")
)

// Seat is one person in one chat: where a script, a terminal or a web page
// acts for people. Each act becomes an update that Receive hands on later.
type Seat struct {
	a      *Adapter
	chat   string
	person string
}

// Private is a person's own chat with the bot. Its id is the person's.
func (a *Adapter) Private(person string) Seat { return a.In(person, person) }

// In is a person in a channel.
func (a *Adapter) In(channel, person string) Seat {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.seats[channel]; !ok {
		a.seats[channel] = true
	}
	return Seat{a, channel, person}
}

// Chat is where this seat stands.
func (s Seat) Chat() bot.Chat { return bot.Chat{Platform: Platform, ID: s.chat} }

// Person is the user id of who sits here.
func (s Seat) Person() string { return s.person }

// Write sends words. ErrNoWords if there are none.
func (s Seat) Write(text string) error {
	if strings.TrimSpace(text) == "" {
		return ErrNoWords
	}
	s.act(Post{Kind: Words, Text: text}, bot.Update{Kind: bot.Wrote, Text: text})
	return nil
}

// Press presses the newest button of the chat with this label. ErrNoButton if
// there is none.
func (s Seat) Press(label string) error {
	posts := s.a.Transcript(s.chat)
	for i := len(posts) - 1; i >= 0; i-- {
		for n, b := range posts[i].Buttons {
			if strings.EqualFold(b.Label, strings.TrimSpace(label)) {
				return s.PressOn(posts[i].ID, n)
			}
		}
	}
	return fmt.Errorf("%q: %w", label, ErrNoButton)
}

// PressOn presses button n, counted from 0, of one message, however old.
// ErrNoButton if it has none.
func (s Seat) PressOn(message string, n int) error {
	for _, p := range s.a.Transcript(s.chat) {
		if p.ID == message && n >= 0 && n < len(p.Buttons) {
			b := p.Buttons[n]
			s.act(Post{Kind: Press, Text: b.Label}, bot.Update{Kind: bot.Pressed, Data: b.Data})
			return nil
		}
	}
	return ErrNoButton
}

// Edit changes an earlier message of this person. ErrNoMessage if there is no
// such message, ErrNoWords if nothing would remain.
func (s Seat) Edit(message, text string) error {
	if strings.TrimSpace(text) == "" {
		return ErrNoWords
	}
	for _, p := range s.a.Transcript(s.chat) {
		if p.ID == message && p.Kind == Words && p.From == s.person {
			s.act(Post{Kind: Edit, Text: text}, bot.Update{Kind: bot.Edited, Text: text})
			return nil
		}
	}
	return ErrNoMessage
}

// SendMedia sends something that is not words, with a caption or none.
func (s Seat) SendMedia(caption string) {
	s.act(Post{Kind: Media, Text: caption}, bot.Update{Kind: bot.Media, Text: caption})
}

// Leave blocks the bot: from now on nothing can be sent to this chat.
func (s Seat) Leave() { s.act(Post{Kind: Leave}, bot.Update{Kind: bot.Left}) }

// Return lets the bot in again.
func (s Seat) Return() { s.act(Post{Kind: Return}, bot.Update{Kind: bot.Joined}) }

// act posts what the person did and queues the update.
func (s Seat) act(p Post, u bot.Update) {
	a := s.a
	a.mu.Lock()
	defer a.mu.Unlock()
	switch u.Kind {
	case bot.Left:
		a.seats[s.chat] = false
	case bot.Joined:
		a.seats[s.chat] = true
	}
	a.updates++
	u.ID = Platform + ":" + a.run + "-" + strconv.Itoa(a.updates)
	u.Chat = s.Chat()
	u.Private = s.chat == s.person
	u.Sender = s.person
	u.At = a.now()
	a.queues[s.chat] = append(a.queues[s.chat], u)
	p.Chat, p.From = s.chat, s.person
	a.post(p)
}
