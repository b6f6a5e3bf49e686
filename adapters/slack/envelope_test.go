package slack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// wanted is an update as it stands in testdata; a bare string is a verdict.
type wanted struct {
	Kind, ID, Chat, Sender, Text, Data, Zone string
	Private                                  bool
	At, ZoneAt                               time.Time
}

func (w wanted) update(t *testing.T) bot.Update {
	t.Helper()
	kinds := map[string]bot.UpdateKind{"wrote": bot.Wrote, "pressed": bot.Pressed, "edited": bot.Edited, "media": bot.Media, "zoned": bot.Zoned}
	kind, ok := kinds[w.Kind]
	if !ok {
		t.Fatalf("unknown kind %q", w.Kind)
	}
	return bot.Update{ID: w.ID, Kind: kind, Chat: private(w.Chat), Private: w.Private, Sender: w.Sender, Text: w.Text, Data: w.Data, Zone: w.Zone, ZoneAt: w.ZoneAt, At: w.At}
}

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/envelopes/*.json")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	verdicts := map[string]verdict{"ignore": ignore, "foreign": foreign, "garbled": garbled}
	now := time.Date(2026, 1, 1, 0, 10, 0, 0, time.UTC)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c struct {
				Why      string
				Envelope json.RawMessage
				Want     json.RawMessage
			}
			if err := json.Unmarshal(raw, &c); err != nil {
				t.Fatal(err)
			}
			e, ok := unpack(c.Envelope)
			if !ok {
				t.Fatal("no envelope")
			}
			got := us{team: "T01HOME", self: "U0BOT"}.read(e, now)
			var word string
			if json.Unmarshal(c.Want, &word) == nil {
				want, ok := verdicts[word]
				if !ok || got.verdict != want {
					t.Errorf("%s: verdict %d, want %s", c.Why, got.verdict, word)
				}
				return
			}
			var w wanted
			if err := json.Unmarshal(c.Want, &w); err != nil {
				t.Fatal(err)
			}
			want := w.update(t)
			if w.Private && want.Kind != bot.Zoned && e.Type != "slash_commands" { // which may be typed anywhere
				want.Door = "D" + w.Sender
			}
			if got.verdict != take || got.update != want {
				t.Errorf("%s: verdict %d\n got %+v\nwant %+v", c.Why, got.verdict, got.update, want)
			}
			if once := e.Type != "events_api"; got.once != once {
				t.Errorf("once is %v, want %v", got.once, once)
			}
		})
	}
}

func TestAPressKnowsItsMessage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/envelopes/press.json")
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Envelope json.RawMessage }
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	e, _ := unpack(c.Envelope)
	p := us{team: "T01HOME", self: "U0BOT"}.read(e, time.Now()).pressed
	if p == nil || p.channel != "DU1" || p.ts != "1767225500.000100" || p.label != "7" {
		t.Fatalf("got %+v", p)
	}
	shown, err := json.Marshal(p.closed())
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"type":"section","text":{"type":"plain_text","text":"From 0 to 10, tea \u0026amp; cake?","emoji":false}},` +
		`{"type":"context","elements":[{"type":"plain_text","text":"“7”","emoji":false}]}]`
	if string(shown) != want {
		t.Errorf("got  %s\nwant %s", shown, want)
	}
}

// In an organisation of several workspaces the person's own may be another one:
// what they press in their private chat counts, and nothing else changes.
func TestAPressOfASisterWorkspace(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/envelopes/press_external.json")
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Envelope json.RawMessage }
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct {
		organisation, theirs, channel, team string
		want                                verdict
	}{
		{"E01HOME", `{"id":"E01HOME"}`, "DU1", "T01HOME", take},
		{"E01HOME", `{"id":"E09AWAY"}`, "DU1", "T01HOME", foreign},
		{"E01HOME", `null`, "DU1", "T01HOME", foreign},
		{"E01HOME", `{"id":"E01HOME"}`, "C0123456789", "T01HOME", foreign},
		{"E01HOME", `{"id":"E01HOME"}`, "DU1", "T09AWAY", foreign},
		{"", `{"id":"E01HOME"}`, "DU1", "T01HOME", foreign},
	} {
		e, ok := unpack(c.Envelope)
		if !ok {
			t.Fatal("no envelope")
		}
		var p map[string]json.RawMessage
		if err := json.Unmarshal(e.Payload, &p); err != nil {
			t.Fatal(err)
		}
		p["enterprise"] = json.RawMessage(v.theirs)
		p["team"] = json.RawMessage(`{"id":"` + v.team + `"}`)
		p["container"] = json.RawMessage(`{"channel_id":"` + v.channel + `"}`)
		if e.Payload, err = json.Marshal(p); err != nil {
			t.Fatal(err)
		}
		got := us{team: "T01HOME", self: "U0BOT", organisation: v.organisation}.read(e, time.Now())
		if got.verdict != v.want {
			t.Errorf("%+v: verdict %d", v, got.verdict)
		}
	}
}
