package main

import (
	"errors"
	"fmt"
	"sync"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

// phone is one person's private chat with the bot, on either platform.
type phone struct {
	chat bot.Chat
	// start is what opens a code.
	start string

	// write and edit give the update's id as the program knows it.
	write   func(text string) (operation string)
	edit    func(text string) (operation string)
	press   func(label string) error
	picture func()
	news    func() []bubble // since the last call

	mu     sync.Mutex
	tokens []token
}

// bubble is one message of the bot's as the person sees it.
type bubble struct {
	text    string
	buttons []string
}

// token is a word that was typed once.
type token struct{ word, operation string }

// types sends words with a word of their own among them.
func (p *phone) types(text, word string) {
	p.keep(word, p.write(text))
}

func (p *phone) keep(word, operation string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tokens = append(p.tokens, token{word, operation})
}

func onTelegram(s *telegramfake.Server, id int64) *phone {
	person := s.Person(id)
	seen := 0
	return &phone{
		chat:    bot.Chat{Platform: "telegram", ID: fmt.Sprint(id)},
		start:   "/start ",
		write:   func(text string) string { return telegramOperation(s, person.Writes(text)) },
		edit:    func(text string) string { return telegramOperation(s, person.Edits(text)) },
		press:   person.Presses,
		picture: func() { person.SendsPhoto("") },
		news: func() (out []bubble) {
			fresh := s.MessagesFrom(id, seen)
			seen += len(fresh)
			for _, m := range fresh {
				out = append(out, bubble{m.Text, m.Labels()})
			}
			return out
		},
	}
}

func onSlack(s *slackfake.Slack, id, zone string) *phone {
	person := s.Person(id)
	person.Moves(zone)
	seen := 0
	return &phone{
		chat:  bot.Chat{Platform: "slack", ID: id},
		start: "start ",
		write: func(text string) string { return slackOperation(person.Writes(text).ID()) },
		edit: func(text string) string {
			d, err := person.Edits(text)
			if err != nil {
				return "" // nothing to edit yet
			}
			return slackOperation(d.ID())
		},
		press: func(label string) error {
			_, err := person.Presses(label)
			return err
		},
		picture: func() { person.SendsFile("") },
		news: func() (out []bubble) {
			fresh := s.MessagesFrom(id, seen)
			seen += len(fresh)
			for _, m := range fresh {
				b := bubble{text: m.Text}
				for _, button := range m.Buttons {
					b.buttons = append(b.buttons, button.Label)
				}
				out = append(out, b)
			}
			return out
		},
	}
}

// The ids of updates as the program makes them.
func telegramOperation(s *telegramfake.Server, update int64) string {
	return fmt.Sprintf("telegram:%d:%d", s.BotID, update)
}

func slackOperation(id string) string { return "slack:" + id }

var errNoAnswer = errors.New("no answer")
