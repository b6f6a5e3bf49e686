package store

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store/redistest"
	"onestep/dialogs"
)

// What must never be readable on the disk of the Redis machine.
const (
	marker     = "marker-of-a-made-up-answer"
	madeUpName = "Peregrine Madeupname"
)

// fill writes every kind of thing about one made-up person, and gives a code
// that it left behind.
func fill(t testing.TB, s *Store, id string) string {
	t.Helper()
	ctx := t.Context()
	code := s.NewCode(id)
	if _, err := s.Claim(ctx, "chat "+home.ID, id, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.Move(ctx, home, id); err != nil {
		t.Fatal(err)
	}
	if err := s.Move(ctx, other, id); err != nil {
		t.Fatal(err)
	}
	c := load(t, s, id)
	c.Chats = []bot.Chat{home, other}
	c.Role, c.Patient = bot.PatientRole, &bot.Patient{
		Worker: madeUpName,
		Dialog: dialogs.State{Facts: dialogs.Values{}.With("best_hopes", dialogs.Value{Kind: dialogs.Text, Text: marker})},
	}
	c.Worker = &bot.Worker{Name: madeUpName}
	token := id + "-1"
	turn(t, s, c, func(m *bot.Commit) {
		m.Operation = "telegram:" + home.ID + ":1"
		m.Due, m.Urgent, m.OpenToken = start.Add(time.Hour), start.Add(2*time.Hour), token
		// The second line is so long that the journal gets a block.
		m.Journal = []bot.Entry{
			{At: start, What: "answer", Name: "better", Value: marker, Raw: marker, By: madeUpName},
			{At: start, What: "answer", Name: "helped", Raw: strings.Repeat(marker, longLines/len(marker)+1)},
		}
		dies, stays := say(c, 0, bot.Answer, marker), say(c, 1, bot.Planned, madeUpName)
		dies.Token, dies.Wait = token, time.Hour
		stays.Buttons = []bot.Button{{Label: marker, Data: "x"}}
		m.Outbox = []bot.Envelope{dies, stays, {
			ID: entryID(c, 2), Letter: &bot.Letter{To: "robin", From: id, Body: []byte(marker)},
		}}
		m.Secrets = []bot.Secret{{Code: code, Value: []byte(madeUpName), Until: start.Add(time.Hour)}}
	})
	l := hold(t, s, id, "me")
	for _, e := range take(t, s, l, start) {
		if e.Conversation == id && e.Text == marker {
			settle(t, s, l, e, bot.Outcome{Dead: true, Reason: "gone"})
		}
	}
	return code
}

func TestNothingReadableAtRest(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	p := newPlace(t, own.URL())
	s := p.open(t)
	code := fill(t, s, "wren")
	if _, err := s.Erase(t.Context(), "robin"); err != nil { // nobody
		t.Fatal(err)
	}
	// Redis writes both forms: the log of commands and the snapshot.
	if err := p.raw.Save(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	own.Stop()
	secrets := []string{marker, madeUpName, home.ID, other.ID, code, code[2:], p.keyset.String()}
	files := 0
	err := filepath.WalkDir(own.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Contains(text, []byte(":c:wren")) {
			files++ // our data is in this one
		}
		for _, secret := range secrets {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s holds %q", filepath.Base(path), secret)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 2 {
		t.Errorf("looked through %d files with our data, want the AOF and the RDB", files)
	}
}
