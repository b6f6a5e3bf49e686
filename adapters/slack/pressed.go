package slack

import (
	"context"
	"encoding/json"

	slackapi "github.com/slack-go/slack"
)

// pressed is the message whose button was pressed, as Slack handed it back.
type pressed struct {
	channel, ts, label string
	blocks             json.RawMessage
}

// close takes the buttons off a pressed message and shows what was pressed, so
// that nobody presses twice. The update is taken already; if this fails, the
// buttons merely stay.
func (a *Adapter) close(ctx context.Context, p pressed) {
	blocks := p.closed()
	if len(blocks) == 0 || p.ts == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, a.pace.call/4)
	defer cancel()
	_, _, _, err := a.api.UpdateMessageContext(ctx, p.channel, p.ts,
		slackapi.MsgOptionText(notice, true),
		slackapi.MsgOptionBlocks(blocks...))
	if err != nil {
		a.log.Debug("buttons stay on a pressed message", "cause", cause(err))
	}
}

// closed is the message without its buttons, with what was pressed under it, in
// quotes as something said. Whether it counts, only the answer tells: the button
// may be an old one, so it gets no tick. Sections come back escaped and leave
// escaped.
func (p pressed) closed() []slackapi.Block {
	var was slackapi.Blocks
	if len(p.blocks) == 0 || json.Unmarshal(p.blocks, &was) != nil {
		return nil
	}
	var out []slackapi.Block
	for _, b := range was.BlockSet {
		switch b := b.(type) {
		case *slackapi.SectionBlock:
			if b.Text == nil {
				continue
			}
			out = append(out, slackapi.NewSectionBlock(plain(unescape(b.Text.Text)), nil, nil))
		case *slackapi.ContextBlock:
			out = append(out, b)
		}
	}
	if len(out) == 0 || p.label == "" {
		return nil
	}
	return append(out, slackapi.NewContextBlock("", plain("“"+p.label+"”")))
}
