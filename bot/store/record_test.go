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
		Value: words.Draw(t, "value"), Raw: words.Draw(t, "raw"), Was: words.Draw(t, "was"), Asked: rapid.Bool().Draw(t, "asked"), Told: rapid.Bool().Draw(t, "told"),
	}
	if rapid.Bool().Draw(t, "planned") {
		offset := rapid.SampledFrom([]int{0, 3600, -9*3600 - 1800, 14 * 3600}).Draw(t, "offset")
		due := e.At.Add(time.Duration(rapid.IntRange(-100, 10).Draw(t, "late")) * time.Hour / 7).In(time.FixedZone("", offset)).Format(time.RFC3339)
		e.Rule = "why=plan at=10:00 due=" + due[:rapid.IntRange(max(0, len(due)-1), len(due)).Draw(t, "cut")] + rapid.SampledFrom([]string{"", " zone=UTC", " due=", "+"}).Draw(t, "rest")
	}
	if rapid.Bool().Draw(t, "kept as written") {
		e.Raw = e.Value
	}
	return e
}

func TestLinesGiveBackWhatTheyWereGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var want []bot.Entry
		var old, now lines
		for _, turn := range rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(journalLine), 0, 4), 0, 4).Draw(t, "turns") {
			for i := range turn { // as the turns of a dialog do
				if i > 0 && rapid.Bool().Draw(t, "goes on") {
					turn[i].At, turn[i].Turn = turn[i-1].At, turn[i-1].Turn+rapid.Uint64Range(0, 1).Draw(t, "next")
				}
			}
			want = append(want, turn...)
			now = now.add(turn)
			if rapid.Bool().Draw(t, "rests") {
				old = old.join(now)
				now = old.after()
			}
			var got []bot.Entry
			for _, l := range []lines{old, now} {
				read, err := readLines(l.write(nil))
				if err != nil {
					t.Fatal(err)
				}
				if got, err = read.entries(got); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("came back as %+v\nwant %+v", got, want)
			}
		}
	})
}

// A new field of Entry that lines do not know would be lost without a word.
func TestLinesKnowEveryField(t *testing.T) {
	t.Parallel()
	e := bot.Entry{At: start, Turn: 3, What: "a", Name: "b", Value: "c", Raw: "d", Rule: "e", By: "f", Asked: true, Told: true, Was: "g"}
	for i := range reflect.TypeFor[bot.Entry]().NumField() {
		if reflect.ValueOf(e).Field(i).IsZero() {
			t.Errorf("%s is new: give it a bit and a column in lines.go, and a value here", reflect.TypeFor[bot.Entry]().Field(i).Name)
		}
	}
	got, err := lines{}.add([]bot.Entry{e}).entries(nil)
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
	if blocks := p.raw.LLen(t.Context(), s.keys.journal("wren")).Val(); blocks < 1 || blocks > 12 {
		t.Errorf("%d blocks for 60 turns", blocks)
	}
}

func TestARecordOpensOnlyInItsPlace(t *testing.T) {
	t.Parallel()
	key := must1(newKeyset(t).newDataKey("wren"))
	for _, form := range []byte{0, 4, 0x7f} {
		sealed := key.seal(stateField, "1", []byte{form, 1, 2, 3})
		if _, _, err := openRecord(key, "1", sealed, nil); !errors.Is(err, ErrSealed) {
			t.Errorf("a record of form %d: %v", form, err)
		}
	}
	var r record
	c := &bot.Conversation{ID: "wren", Patient: &bot.Patient{}}
	long := bot.Entry{At: start, Turn: 1, What: "answer", Raw: strings.Repeat("words ", fewLines)}
	must1(r.next(key, 1, c, []bot.Entry{long}))
	c.Patient.Dialog.Session = &dialogs.Session{}
	second := must1(r.next(key, 2, c, nil))
	if _, r, err := openRecord(key, "2", second.state, second.older); err != nil || r.unseal(key) != nil || len(r.older.heads) == 0 {
		t.Fatalf("does not open in its place: %v", err)
	}
	other := sealLines(key, olderField, 1, lines{})
	for _, older := range [][]byte{second.state, other, {}, sealLines(key, journalField, 2, lines{})} {
		if _, r, err := openRecord(key, "2", second.state, older); err != nil || !errors.Is(r.unseal(key), ErrSealed) {
			t.Errorf("lines of another place were opened: %v", err)
		}
	}
}

// Whatever lines hold, reading them gives an error and never a panic.
func FuzzLines(f *testing.F) {
	f.Add(lines{}.add([]bot.Entry{{At: start, Turn: 1, What: "said", Name: "weekly/hello"}, {At: start, Turn: 2, What: "x", Raw: "y", Value: "y"}}).write(nil))
	f.Add([]byte{1, 2, 3})
	f.Add([]byte{0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := readLines(data)
		if err != nil {
			return
		}
		entries, err := l.entries(nil)
		if err != nil {
			return
		}
		whole := lines{before: l.before, turn: l.before, from: l.from, second: l.from}.add(entries)
		if again, err := whole.entries(nil); err != nil || !slices.Equal(again, entries) {
			t.Errorf("%+v came back as %+v, %v", entries, again, err)
		}
	})
}
