package slackfake

import (
	"encoding/json"
	"fmt"
	"unicode/utf16"
)

// block is one block of a message, as far as this Slack knows blocks.
type block struct {
	Type     string    `json:"type"`
	BlockID  string    `json:"block_id,omitempty"`
	Text     *text     `json:"text,omitempty"`
	Elements []element `json:"elements,omitempty"`
	Fields   []text    `json:"fields,omitempty"`
}

// text is a text object.
type text struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji *bool  `json:"emoji,omitempty"`
}

// element is a button of an actions block or a text of a context block. A
// button's text is an object, a text's is a string.
type element struct {
	Type     string          `json:"type"`
	Text     json.RawMessage `json:"text,omitempty"`
	Value    string          `json:"value,omitempty"`
	ActionID string          `json:"action_id,omitempty"`
	Style    string          `json:"style,omitempty"`
	Emoji    *bool           `json:"emoji,omitempty"`
}

func (e element) object() text {
	var t text
	_ = json.Unmarshal(e.Text, &t)
	return t
}

// text is the element's text, whichever form it has.
func (e element) text() string {
	var s string
	if json.Unmarshal(e.Text, &s) == nil {
		return s
	}
	return e.object().Text
}

// Limits of Block Kit, as in the types of slackapi/node-slack-sdk.
const (
	maxBlocks   = 50
	maxSection  = 3000
	maxFields   = 10
	maxField    = 2000
	maxHeader   = 150
	maxContext  = 10
	maxActions  = 25
	maxLabel    = 75
	maxValue    = 2000
	maxID       = 255
	maxBlockLen = 13000
)

// readBlocks checks blocks as Slack would and gives them ids where they have
// none. The string is Slack's error code, why is its hint.
func (s *Slack) readBlocks(raw string) (out json.RawMessage, code, why string) {
	var blocks []block
	if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
		return nil, "invalid_blocks_format", "not a list of blocks"
	}
	if len(blocks) > maxBlocks {
		return nil, "invalid_blocks", fmt.Sprintf("no more than %d items allowed", maxBlocks)
	}
	if n := length(raw); n > maxBlockLen {
		return nil, "msg_blocks_too_long", fmt.Sprintf("%d characters", n)
	}
	ids := map[string]bool{}
	for i := range blocks {
		b := &blocks[i]
		if why := b.check(); why != "" {
			return nil, "invalid_blocks", fmt.Sprintf("%s [/blocks/%d]", why, i)
		}
		if b.BlockID == "" {
			b.BlockID = s.id("blk")
		}
		if ids[b.BlockID] {
			return nil, "invalid_blocks", "block_id " + b.BlockID + " is there twice"
		}
		ids[b.BlockID] = true
		b.store()
	}
	kept, err := json.Marshal(blocks)
	if err != nil {
		return nil, "invalid_blocks_format", err.Error()
	}
	return kept, "", ""
}

// check tells what is wrong with a block, "" when nothing is.
func (b *block) check() string {
	if length(b.BlockID) > maxID {
		return "block_id too long"
	}
	switch b.Type {
	case "section":
		if b.Text == nil && len(b.Fields) == 0 {
			return "section without text"
		}
		if b.Text != nil && !b.Text.fits(maxSection) {
			return "section text: must be 1 to 3000 characters of plain_text or mrkdwn"
		}
		if len(b.Fields) > maxFields {
			return "too many fields"
		}
		for _, f := range b.Fields {
			if !f.fits(maxField) {
				return "field too long"
			}
		}
	case "header":
		if b.Text == nil || b.Text.Type != "plain_text" || !b.Text.fits(maxHeader) {
			return "header: must be 1 to 150 characters of plain_text"
		}
	case "context":
		if n := len(b.Elements); n == 0 || n > maxContext {
			return "context: must have 1 to 10 elements"
		}
		for _, e := range b.Elements {
			if t := (text{Type: e.Type, Text: e.text()}); !t.fits(maxSection) {
				return "context: a text object is wrong"
			}
		}
	case "actions":
		return b.checkActions()
	case "divider":
	default:
		return "unsupported block type"
	}
	return ""
}

func (b *block) checkActions() string {
	if n := len(b.Elements); n == 0 || n > maxActions {
		return "actions: must have 1 to 25 elements"
	}
	ids := map[string]bool{}
	for _, e := range b.Elements {
		t := e.object()
		switch {
		case e.Type != "button":
			return "unsupported element type"
		case t.Type != "plain_text" || !t.fits(maxLabel):
			return "button text: must be 1 to 75 characters of plain_text"
		case length(e.Value) > maxValue:
			return "button value: must be at most 2000 characters"
		case e.Style != "" && e.Style != "primary" && e.Style != "danger":
			return "button style unknown"
		case length(e.ActionID) > maxID || e.ActionID == "" || ids[e.ActionID]:
			return "action_id must be there once"
		}
		ids[e.ActionID] = true
	}
	return ""
}

func (t text) fits(limit int) bool {
	n := length(unescape(t.Text))
	return (t.Type == "plain_text" || t.Type == "mrkdwn") && n > 0 && length(t.Text) <= limit
}

// store turns bare signs into entities, as Slack hands blocks back.
func (b *block) store() {
	if b.Text != nil {
		b.Text.Text = store(b.Text.Text)
	}
	for i, e := range b.Elements {
		if e.Type == "button" {
			t := e.object()
			t.Text = store(t.Text)
			b.Elements[i].Text, _ = json.Marshal(t)
			continue
		}
		b.Elements[i].Text, _ = json.Marshal(store(e.text()))
	}
}

// length counts UTF-16 units.
func length(s string) int { return len(utf16.Encode([]rune(s))) }
