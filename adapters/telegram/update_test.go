package telegram

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// became is an update as it stands in testdata. "now" as time means the clock's.
type became struct {
	Kind, Chat, Thread, Sender, Text, Data, At string
	MovedTo                                    string `json:"moved_to"`
	Private                                    bool
}

var kinds = map[string]bot.UpdateKind{
	"wrote": bot.Wrote, "pressed": bot.Pressed, "edited": bot.Edited, "media": bot.Media,
	"left": bot.Left, "joined": bot.Joined, "moved": bot.Moved,
}

// TestUpdates puts real shapes of updates, with made-up people, into our words.
func TestUpdates(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	a := &Adapter{botID: "7000000001", botName: "OnestepTestBot", now: func() time.Time { return noon }}
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != 7 {
		t.Fatalf("%d files of updates, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []struct {
			About   string
			Update  json.RawMessage
			Becomes *became
		}
		if err := json.Unmarshal(b, &cases); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, c := range cases {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".json")+"/"+c.About, func(t *testing.T) {
				t.Parallel()
				var u update
				if err := json.Unmarshal(c.Update, &u); err != nil {
					t.Fatal(err)
				}
				got, ok := a.translate(u)
				if c.Becomes == nil {
					if ok {
						t.Errorf("became %+v, want nothing", got)
					}
					return
				}
				w := c.Becomes
				want := bot.Update{
					ID: "telegram:7000000001:" + decimal(u.ID), Kind: kinds[w.Kind],
					Chat:    bot.Chat{Platform: Name, ID: w.Chat, Thread: w.Thread},
					Private: w.Private, Sender: w.Sender, Text: w.Text, Data: w.Data, At: noon,
				}
				if w.MovedTo != "" {
					want.MovedTo = bot.Chat{Platform: Name, ID: w.MovedTo}
				}
				if w.At != "now" {
					at, err := time.Parse(time.RFC3339, w.At)
					if err != nil {
						t.Fatal(err)
					}
					want.At = at
				}
				if !ok || got != want {
					t.Errorf("became %+v (%v)\nwant   %+v", got, ok, want)
				}
			})
		}
	}
}

// The photos of an album come as an update each and are one thing that was sent;
// words under one of them are read all the same.
func TestAnAlbumIsOneThing(t *testing.T) {
	t.Parallel()
	a := &Adapter{botID: "7000000001", botName: "OnestepTestBot", now: time.Now}
	taken := func(id int64, album, caption string) bot.Update {
		u, ok := a.translate(update{ID: id, Message: &message{
			From: &user{ID: 1001}, Chat: chat{ID: 1001, Type: "private"}, Album: album, Caption: caption,
		}})
		if !ok || u.Kind != bot.Media || u.Text != caption {
			t.Errorf("became %+v (%v)", u, ok)
		}
		return u
	}
	first, second := taken(1, "77", ""), taken(2, "77", "")
	if first != second {
		t.Errorf("two photos of one album are %+v and %+v", first, second)
	}
	for _, other := range []bot.Update{taken(3, "77", "stop"), taken(4, "78", ""), taken(5, "", "")} {
		if other.ID == first.ID {
			t.Errorf("%+v would pass for a photo of the album", other)
		}
	}
}
