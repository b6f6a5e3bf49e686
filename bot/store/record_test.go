package store

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onestep/bot"
	"onestep/dialogs"
)

// journalLine draws a line of a journal.
func journalLine(t *rapid.T) bot.Entry {
	name := rapid.OneOf(rapid.SampledFrom(vocabulary), rapid.String())
	words := rapid.OneOf(rapid.Just(""), rapid.String(), rapid.SampledFrom([]string{"skip", "7", "caf\xe9 \x00"}))
	e := bot.Entry{
		At: time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second"), 0).UTC(), Turn: rapid.Uint64Range(0, 1<<40).Draw(t, "turn"),
		What: name.Draw(t, "what"), Name: name.Draw(t, "name"), Rule: name.Draw(t, "rule"), By: name.Draw(t, "by"),
		Value: words.Draw(t, "value"), Raw: words.Draw(t, "raw"), Was: words.Draw(t, "was"), Asked: rapid.Bool().Draw(t, "asked"),
	}
	if rapid.Bool().Draw(t, "kept as written") {
		e.Raw = e.Value
	}
	return e
}

func TestChunksGiveBackWhatTheyWereGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []bot.Entry
		var chunks []byte
		for _, lines := range rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(journalLine), 0, 4), 0, 4).Draw(t, "turns") {
			for i := range lines { // as the turns of a dialog do
				if i > 0 && rapid.Bool().Draw(t, "goes on") {
					lines[i].At, lines[i].Turn = lines[i-1].At, lines[i-1].Turn+rapid.Uint64Range(0, 1).Draw(t, "next")
				}
			}
			all = append(all, lines...)
			chunks = appendChunk(chunks, lines)
		}
		got, err := readChunks(chunks)
		if err != nil || !slices.Equal(got, all) {
			t.Fatalf("came back as %+v, %v\nwant %+v", got, err, all)
		}
		merged, err := mergeChunks(chunks)
		if err != nil {
			t.Fatal(err)
		}
		if got, err = readChunks(merged); err != nil || !slices.Equal(got, all) {
			t.Fatalf("merged came back as %+v, %v\nwant %+v", got, err, all)
		}
	})
}

// A new field of Entry that chunks do not know would be lost without a word.
func TestChunksKnowEveryField(t *testing.T) {
	t.Parallel()
	e := bot.Entry{At: start, Turn: 3, What: "a", Name: "b", Value: "c", Raw: "d", Rule: "e", By: "f", Asked: true, Was: "g"}
	for i := range reflect.TypeFor[bot.Entry]().NumField() {
		if reflect.ValueOf(e).Field(i).IsZero() {
			t.Errorf("%s is new: give it a bit and a column in chunk.go, and a value here", reflect.TypeFor[bot.Entry]().Field(i).Name)
		}
	}
	got, err := readChunks(appendChunk(nil, []bot.Entry{e}))
	if err != nil || got[0] != e {
		t.Errorf("came back as %+v, %v", got, err)
	}
}

// A journal grows over sessions, rests and blocks, and reads as one list; also
// by a replica that begins cold.
func TestTheJournalIsOneListWhereverItLies(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	c := load(t, s, "wren")
	c.Patient = &bot.Patient{}
	var want []bot.Entry
	for n := range 60 {
		c.Patient.Dialog.Session = nil
		if n%5 != 4 {
			c.Patient.Dialog.Session = &dialogs.Session{Edition: "e"}
		}
		at := start.Add(time.Duration(n) * time.Minute)
		lines := []bot.Entry{
			{At: at, Turn: c.Version + 1, What: "answer", Name: "weekly/today", Value: fmt.Sprint(n), Raw: strings.Repeat("word ", n)},
			{At: at, Turn: c.Version + 1, What: "asked", Name: fmt.Sprintf("own-script/step%d", n)},
		}
		want = append(want, lines...)
		if n%7 == 6 { // another replica takes this turn
			s = p.open(t)
			c.Opened = nil
		}
		c = turn(t, s, c, func(m *bot.Commit) { m.Journal = lines })
		got, err := s.Journal(t.Context(), "wren", 0, -1)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("after turn %d: %d lines, %v; want %d", n, len(got), err, len(want))
		}
		if got, err := s.Recent(t.Context(), "wren", 3); err != nil || !slices.Equal(got, want[max(0, len(want)-3):]) {
			t.Fatalf("the latest after turn %d: %+v, %v", n, got, err)
		}
	}
	if blocks := p.raw.LLen(t.Context(), s.keys.journal("wren")).Val(); blocks < 2 || blocks > 12 {
		t.Errorf("%d blocks for 60 turns", blocks)
	}
}

// What was written before there were records opens, and the next turn goes on
// from it.
func TestOldFormsOpen(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	key := must1(s.keyset.newDataKey("wren"))
	old := []bot.Entry{{At: start, Turn: 1, What: "answer", Raw: "as before"}}
	block := append([]byte{1}, key.seal(journalField, "1", must1(encode(old)))...)
	state := key.seal(stateField, "1", must1(encode(bot.Conversation{ID: "wren", Zone: "Europe/London"})))
	if err := p.raw.HSet(t.Context(), s.keys.conversation("wren"), "v", "1", "k", key.wrapped, "s", state).Err(); err != nil {
		t.Fatal(err)
	}
	if err := p.raw.RPush(t.Context(), s.keys.journal("wren"), block).Err(); err != nil {
		t.Fatal(err)
	}
	c := load(t, s, "wren")
	if c.Zone != "Europe/London" {
		t.Errorf("came back as %+v", c)
	}
	now := bot.Entry{At: start, Turn: 2, What: "answer", Raw: "as now"}
	turn(t, s, c, func(m *bot.Commit) { m.Journal = []bot.Entry{now} })
	got, err := s.Journal(t.Context(), "wren", 0, -1)
	if err != nil || !slices.Equal(got, append(old, now)) {
		t.Errorf("the journal is %+v, %v", got, err)
	}
	for _, form := range []byte{0, 4, 0x7f} {
		sealed := key.seal(stateField, "1", []byte{form, 1, 2, 3})
		if _, _, err := openRecord(key, "1", sealed); !errors.Is(err, ErrSealed) {
			t.Errorf("a record of form %d: %v", form, err)
		}
	}
}

// Whatever a chunk holds, reading it gives an error and never a panic.
func FuzzChunks(f *testing.F) {
	f.Add(appendChunk(nil, []bot.Entry{{At: start, Turn: 1, What: "said", Name: "weekly/hello"}, {At: start, Turn: 2, What: "x", Raw: "y", Value: "y"}}))
	f.Add([]byte{1, 2, 3})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := readChunks(data)
		if err != nil {
			return
		}
		again, err := readChunks(appendChunk(nil, entries))
		if err != nil || !slices.Equal(again, entries) {
			t.Errorf("%+v came back as %+v, %v", entries, again, err)
		}
	})
}
