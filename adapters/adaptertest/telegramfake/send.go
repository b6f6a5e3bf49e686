package telegramfake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Message is one message of the bot's as it stands in a chat.
type Message struct {
	ID      int64
	Text    string
	Buttons [][]Button // by rows; empty when taken off
	Thread  int64
	At      time.Time
	Edited  bool
	// Unheard is set when the bot did not get the answer that it was sent, as
	// far as this side can tell.
	Unheard bool
}

// Button is one button of a message.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// Labels lists the labels in reading order.
func (m Message) Labels() []string {
	var out []string
	for _, row := range m.Buttons {
		for _, b := range row {
			out = append(out, b.Text)
		}
	}
	return out
}

// Limits (Bot API, sendMessage; BAS Client.cpp). More than 100 buttons and more
// than 8 in a row are refused here; the real limits are not published.
const (
	maxText    = 4096
	maxBytes   = 32768
	maxData    = 64
	maxButtons = 100
	maxRow     = 8
)

type chat struct {
	id       int64
	kind     string // "private", "group", "supergroup"
	title    string
	forum    bool
	topics   []int64
	why      string // why the bot may not speak here, empty: it may
	movedTo  int64
	person   *Person
	messages []*Message
}

// Messages lists what the bot has in a chat, oldest first.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chat]
	if c == nil {
		return nil
	}
	out := make([]Message, len(c.messages))
	for i, m := range c.messages {
		out[i] = *m
		out[i].Buttons = slices.Clone(m.Buttons)
	}
	return out
}

// Await waits until the bot has a message in the chat that fits, and gives the
// newest such; ok is false when there was none in time.
func (s *Server) Await(chat int64, within time.Duration, fits func(Message) bool) (m Message, ok bool) {
	for end := time.Now().Add(within); ; {
		all := s.Messages(chat)
		for _, m := range slices.Backward(all) {
			if fits(m) {
				return m, true
			}
		}
		if time.Now().After(end) {
			return Message{}, false
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// reach finds a chat and checks that the bot may speak there.
func (s *Server) reach(id string) (*chat, *refusal) {
	if id == "" {
		return nil, bad("chat_id is empty")
	}
	c := s.chats[number(id)]
	switch {
	case c == nil:
		return nil, bad("chat not found")
	case c.movedTo != 0:
		no := bad("group chat was upgraded to a supergroup chat")
		no.movedTo = c.movedTo
		return nil, no
	case c.why != "":
		return nil, forbidden(c.why)
	}
	return c, nil
}

func (s *Server) sendMessage(p map[string]string) (any, *refusal) {
	keys, no := markup(p["reply_markup"])
	if no != nil {
		return nil, no
	}
	text, no := words(p)
	if no != nil {
		return nil, no
	}
	c, no := s.reach(p["chat_id"])
	if no != nil {
		return nil, no
	}
	thread := number(p["message_thread_id"])
	if thread != 0 && !slices.Contains(c.topics, thread) {
		return nil, bad("message thread not found")
	}
	s.ids++
	m := &Message{ID: s.ids, Text: text, Buttons: keys, Thread: thread, At: s.now()}
	c.messages = append(c.messages, m)
	return s.show(c, m), nil
}

// words checks the text of a message. Formatting is beyond this fake: it
// refuses a parse mode rather than pass unread markup.
func words(p map[string]string) (string, *refusal) {
	text := p["text"]
	switch {
	case p["parse_mode"] != "":
		return "", bad("unsupported parse_mode")
	case !utf8.ValidString(text):
		return "", bad("strings must be encoded in UTF-8")
	case len(text) > maxBytes:
		return "", bad("message is too long")
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return "", bad("message text is empty")
	}
	if len(utf16.Encode([]rune(text))) > maxText {
		return "", bad("message is too long")
	}
	return text, nil
}

// markup reads an inline keyboard as strictly as BAS get_reply_markup.
func markup(text string) ([][]Button, *refusal) {
	if text == "" || text == "null" {
		return nil, nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		return nil, bad("object expected as reply markup")
	}
	raw, ok := fields["inline_keyboard"]
	if !ok {
		return nil, bad("this fake knows inline keyboards only")
	}
	var rows []json.RawMessage
	if string(raw) == "null" || json.Unmarshal(raw, &rows) != nil {
		return nil, bad(`can't parse inline keyboard: Field "inline_keyboard" must be of type Array`)
	}
	var keys [][]Button
	count := 0
	for _, r := range rows {
		var row []map[string]any
		if string(r) == "null" || json.Unmarshal(r, &row) != nil {
			return nil, bad("can't parse inline keyboard button: expected an Array of InlineKeyboardButton")
		}
		var out []Button
		for _, b := range row {
			label, _ := b["text"].(string)
			data, _ := b["callback_data"].(string)
			switch {
			case strings.TrimSpace(label) == "":
				return nil, bad("can't parse inline keyboard button: text must be non-empty")
			case len(b) != 2 || data == "":
				return nil, bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
			case len(data) > maxData:
				return nil, bad("BUTTON_DATA_INVALID")
			}
			out = append(out, Button{label, data})
			count++
		}
		if len(out) > maxRow || count > maxButtons {
			return nil, bad("reply markup is too long")
		}
		if len(out) > 0 {
			keys = append(keys, out)
		}
	}
	return keys, nil
}

func (s *Server) editMessageText(p map[string]string) (any, *refusal) {
	text, no := words(p)
	if no != nil {
		return nil, no
	}
	return s.edit(p, func(m *Message, keys [][]Button) bool {
		same := m.Text == text && equal(m.Buttons, keys)
		m.Text, m.Buttons = text, keys
		return !same
	})
}

func (s *Server) editMessageReplyMarkup(p map[string]string) (any, *refusal) {
	return s.edit(p, func(m *Message, keys [][]Button) bool {
		same := equal(m.Buttons, keys)
		m.Buttons = keys
		return !same
	})
}

func (s *Server) edit(p map[string]string, change func(*Message, [][]Button) bool) (any, *refusal) {
	keys, no := markup(p["reply_markup"])
	if no != nil {
		return nil, no
	}
	c, no := s.reach(p["chat_id"])
	if no != nil {
		return nil, no
	}
	i := slices.IndexFunc(c.messages, func(m *Message) bool { return m.ID == number(p["message_id"]) })
	if i < 0 {
		return nil, bad("message to edit not found")
	}
	m := c.messages[i]
	if !change(m, keys) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Edited = true
	return s.show(c, m), nil
}

func equal(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(x, y []Button) bool { return slices.Equal(x, y) })
}

// show is a message of the bot's as the API gives it.
func (s *Server) show(c *chat, m *Message) map[string]any {
	me, _ := s.getMe(nil)
	out := map[string]any{
		"message_id": m.ID, "from": me, "chat": c.show(), "date": m.At.Unix(), "text": m.Text,
	}
	if m.Thread != 0 {
		out["message_thread_id"], out["is_topic_message"] = m.Thread, true
	}
	if len(m.Buttons) > 0 {
		out["reply_markup"] = map[string]any{"inline_keyboard": m.Buttons}
	}
	return out
}

func (c *chat) show() map[string]any {
	out := map[string]any{"id": c.id, "type": c.kind}
	if c.person != nil {
		maps := c.person.show()
		for _, k := range []string{"first_name", "last_name", "username"} {
			out[k] = maps[k]
		}
	} else {
		out["title"] = c.title
	}
	if c.forum {
		out["is_forum"] = true
	}
	return out
}

// pressed is a press that waits for its answer.
type pressed struct {
	until    time.Time
	answered bool
}

func (s *Server) answerCallbackQuery(p map[string]string) (any, *refusal) {
	q := s.presses[p["callback_query_id"]]
	if q == nil || q.answered || !s.now().Before(q.until) {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if len([]rune(p["text"])) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	q.answered = true
	return true, nil
}

// Unanswered counts the presses whose app still shows a spinner.
func (s *Server) Unanswered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, q := range s.presses {
		if !q.answered {
			n++
		}
	}
	return n
}

var verb = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setMyCommands(p map[string]string) (any, *refusal) {
	var list []struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	if json.Unmarshal([]byte(p["commands"]), &list) != nil || p["commands"] == "null" {
		return nil, bad("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range list {
		if !verb.MatchString(c.Command) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if n := len([]rune(c.Description)); n < 1 || n > 256 {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.commands = json.RawMessage(p["commands"])
	return true, nil
}

func (s *Server) sendChatAction(p map[string]string) (any, *refusal) {
	if p["action"] != "typing" {
		return nil, bad("wrong parameter action in request")
	}
	if _, no := s.reach(p["chat_id"]); no != nil {
		return nil, no
	}
	return true, nil
}
