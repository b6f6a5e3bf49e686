package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// Limits of Block Kit, from the types of slackapi/node-slack-sdk.
const (
	maxBlocks  = 50
	maxText    = 3000 // one section
	maxLabel   = 75   // one button
	maxValue   = 2000
	maxButtons = 25 // one actions block
	// maxJSON is where msg_blocks_too_long was seen (bolt-js issue 2509).
	maxJSON = 13000
	// maxPage is how much text stands in one post. It leaves room for buttons
	// and for what JSON adds.
	maxPage = 2 * maxText
	// rowLength is how many buttons stand in a row: 0 to 10 becomes 6 and 5,
	// which a small phone still shows as two rows.
	rowLength = 6
)

// notice is the text that stands in notifications and on lock screens, where
// others read along. So it says nothing of what the message is about.
const notice = "A new message for you"

// compose builds the pages of a message: the blocks of one post each. Few
// messages need a second page; the buttons stand on the last. Its errors name
// sizes, no words.
func compose(m bot.Message) ([][]slackapi.Block, error) {
	if m.Chat.Platform != Platform {
		return nil, errors.New("a message for another platform")
	}
	if strings.TrimSpace(m.Text) == "" {
		return nil, errors.New("a message without words")
	}
	var pages [][]slackapi.Block
	for _, page := range parts(m.Text, maxPage) {
		var blocks []slackapi.Block
		for _, p := range parts(page, maxText) {
			blocks = append(blocks, slackapi.NewSectionBlock(plain(p), nil, nil))
		}
		pages = append(pages, blocks)
	}
	last := len(pages) - 1
	pages[last] = append(pages[last], keys(m.Buttons)...)
	for _, blocks := range pages {
		if err := validate(blocks); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// keys builds the rows of buttons.
func keys(buttons []bot.Button) []slackapi.Block {
	var blocks []slackapi.Block
	n := 0
	for _, row := range rows(buttons) {
		var elements []slackapi.BlockElement
		for _, b := range row {
			label := b.Label[:fit(b.Label, maxLabel)]
			elements = append(elements, slackapi.NewButtonBlockElement("b"+strconv.Itoa(n), b.Data, plain(label)))
			n++
		}
		blocks = append(blocks, slackapi.NewActionBlock("", elements...))
	}
	return blocks
}

// plain is a text object that Slack shows as it stands: no markup, and no
// :names: made into pictures (real emoji are characters and show anyway).
func plain(words string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, escape(words), false, false)
}

// rows spreads buttons evenly over as few rows as it takes.
func rows(buttons []bot.Button) [][]bot.Button {
	var out [][]bot.Button
	for left := (len(buttons) + rowLength - 1) / rowLength; left > 0; left-- {
		n := (len(buttons) + left - 1) / left
		out, buttons = append(out, buttons[:n]), buttons[n:]
	}
	return out
}

// validate holds what we build against Slack's limits, which the library does
// not check.
func validate(blocks []slackapi.Block) error {
	if n := len(blocks); n == 0 || n > maxBlocks {
		return fmt.Errorf("%d blocks, Slack allows 1 to %d", n, maxBlocks)
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *slackapi.SectionBlock:
			if n := units(b.Text.Text); n == 0 || n > maxText {
				return fmt.Errorf("a section of %d characters, Slack allows 1 to %d", n, maxText)
			}
		case *slackapi.ActionBlock:
			if err := validateButtons(b); err != nil {
				return err
			}
		}
	}
	raw, err := json.Marshal(blocks)
	if err != nil {
		return errors.New("blocks cannot be written as JSON")
	}
	if n := utf8.RuneCount(raw); n > maxJSON {
		return fmt.Errorf("blocks of %d characters, Slack allows about %d", n, maxJSON)
	}
	return nil
}

func validateButtons(b *slackapi.ActionBlock) error {
	if n := len(b.Elements.ElementSet); n == 0 || n > maxButtons {
		return fmt.Errorf("%d buttons in a row, Slack allows 1 to %d", n, maxButtons)
	}
	for _, e := range b.Elements.ElementSet {
		b, ok := e.(*slackapi.ButtonBlockElement)
		if !ok {
			return errors.New("a row holds something else than a button")
		}
		if n := units(b.Text.Text); n == 0 || n > maxLabel {
			return fmt.Errorf("a button label of %d characters, Slack allows 1 to %d", n, maxLabel)
		}
		if n := units(b.Value); n > maxValue {
			return fmt.Errorf("a button value of %d characters, Slack allows %d", n, maxValue)
		}
	}
	return nil
}

// units counts UTF-16 units of text that is escaped already.
func units(text string) int { return size(unescape(text)) }

// eventType marks our messages, so that one can be found again.
const eventType = "onestep"

// mark is what a message carries unseen: a digest of its id. Any app or member
// of the workspace can read it, so the id itself stays with us.
func mark(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}
