package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

func scale() []bot.Button {
	var out []bot.Button
	for n := range 11 {
		out = append(out, bot.Button{Label: fmt.Sprint(n), Data: fmt.Sprintf("c0ffee.%d", n)})
	}
	return out
}

func TestAScaleIsTwoRows(t *testing.T) {
	t.Parallel()
	blocks, err := compose(bot.Message{Chat: private("U1"), Text: "Where are things today?", Buttons: scale()})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range blocks[0][1:] {
		row := b.(*slackapi.ActionBlock)
		var ids []string
		for _, e := range row.Elements.ElementSet {
			b := e.(*slackapi.ButtonBlockElement)
			if b.Value != "c0ffee."+b.Text.Text || b.ActionID != "b"+b.Text.Text {
				t.Errorf("button %s carries %s as %s", b.Text.Text, b.Value, b.ActionID)
			}
			ids = append(ids, b.Text.Text)
		}
		got = append(got, strings.Join(ids, " "))
	}
	if s := strings.Join(got, " / "); s != "0 1 2 3 4 5 / 6 7 8 9 10" {
		t.Errorf("rows %s", s)
	}
}

func TestRowsAreEven(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "[]", 1: "[1]", 6: "[6]", 7: "[4 3]", 11: "[6 5]", 13: "[5 4 4]"} {
		var got []int
		for _, r := range rows(make([]bot.Button, n)) {
			got = append(got, len(r))
		}
		if s := fmt.Sprint(got); s != want {
			t.Errorf("%d buttons in rows of %s, want %s", n, s, want)
		}
	}
}

func TestWordsCannotCommandSlack(t *testing.T) {
	t.Parallel()
	blocks, err := compose(bot.Message{Chat: private("U1"), Text: "You said: <!channel> & <https://example.org|tap>", Buttons: []bot.Button{{Label: "a < b", Data: "d"}}})
	if err != nil {
		t.Fatal(err)
	}
	text := blocks[0][0].(*slackapi.SectionBlock).Text
	if text.Type != slackapi.PlainTextType || text.Text != "You said: &lt;!channel&gt; &amp; &lt;https://example.org|tap&gt;" {
		t.Errorf("%s %q", text.Type, text.Text)
	}
	if label := blocks[0][1].(*slackapi.ActionBlock).Elements.ElementSet[0].(*slackapi.ButtonBlockElement).Text.Text; label != "a &lt; b" {
		t.Errorf("label %q", label)
	}
}

func TestLongTextsAreCutIntoSections(t *testing.T) {
	t.Parallel()
	pages, err := compose(bot.Message{Chat: private("U1"), Text: strings.Repeat("tea & cake\n", 600), Buttons: scale()})
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for n, page := range pages {
		for _, b := range page {
			switch b := b.(type) {
			case *slackapi.SectionBlock:
				shown = append(shown, unescape(b.Text.Text))
			case *slackapi.ActionBlock:
				if n != len(pages)-1 {
					t.Error("buttons stand on a page that is not the last")
				}
			}
		}
	}
	if len(pages) != 2 || len(shown) < 3 {
		t.Errorf("%d pages, %d sections", len(pages), len(shown))
	}
	if got := strings.Join(shown, "\n"); got != strings.TrimSuffix(strings.Repeat("tea & cake\n", 600), "\n") {
		t.Error("words were lost at the cuts")
	}
}

func TestWhatSlackWouldRefuseIsNotSent(t *testing.T) {
	t.Parallel()
	many := make([]bot.Button, 400)
	for i := range many {
		many[i] = bot.Button{Label: "x", Data: "y"}
	}
	for name, m := range map[string]bot.Message{
		"no words":      {Text: " \n"},
		"too long":      {Text: strings.Repeat("secretword ", 2000)},
		"many buttons":  {Text: "pick", Buttons: many},
		"empty label":   {Text: "pick", Buttons: []bot.Button{{Data: "d"}}},
		"endless value": {Chat: private("U1"), Text: "pick", Buttons: []bot.Button{{Label: "x", Data: strings.Repeat("d", 2001)}}},
	} {
		_, err := compose(m)
		if err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), "secretword") {
			t.Errorf("%s: words in the error", name)
		}
	}
}

func TestALongLabelIsCut(t *testing.T) {
	t.Parallel()
	blocks, err := compose(bot.Message{Chat: private("U1"), Text: "pick", Buttons: []bot.Button{{Label: strings.Repeat("🌳&", 60), Data: "d"}}})
	if err != nil {
		t.Fatal(err)
	}
	label := blocks[0][1].(*slackapi.ActionBlock).Elements.ElementSet[0].(*slackapi.ButtonBlockElement).Text.Text
	if n := units(label); n > maxLabel || n < maxLabel-6 {
		t.Errorf("label of %d", n)
	}
}

func TestTheMarkHidesTheID(t *testing.T) {
	t.Parallel()
	a, b := mark("conv-1/2/3"), mark("conv-1/2/4")
	if a == b || len(a) != 32 || strings.Contains(a, "conv") || a != mark("conv-1/2/3") {
		t.Errorf("%s %s", a, b)
	}
	if raw, _ := json.Marshal(a); len(raw) != 34 {
		t.Error("not plain characters")
	}
}
