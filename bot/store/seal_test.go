package store

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onestep/bot"
)

func newKeyset(t testing.TB) *Keyset {
	t.Helper()
	k, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeysetText(t *testing.T) {
	t.Parallel()
	k := newKeyset(t)
	text := k.String()
	if len(text) > 2000 || strings.ContainsAny(text, " \n'\"$") {
		t.Errorf("%d characters that fit no line of an environment file: %q", len(text), text)
	}
	again, err := ParseKeyset(" " + text + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if again.hash("chat", "1") != k.hash("chat", "1") {
		t.Error("hashes differ after reading the text")
	}
	key, err := k.newDataKey("wren")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.openDataKey("wren", key.wrapped); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{"", "x", text[:len(text)/2], text[:40] + text[44:], "e30="} {
		if _, err := ParseKeyset(wrong); err == nil {
			t.Errorf("read %q", wrong)
		} else if strings.Contains(err.Error(), text[:20]) {
			t.Errorf("the error repeats the secret: %v", err)
		}
	}
}

func TestKeysetStaysOutOfLogs(t *testing.T) {
	t.Parallel()
	k := newKeyset(t)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("started", "keyset", k)
	if !strings.Contains(log.String(), "keyset=(keyset)") || strings.Contains(log.String(), k.String()) {
		t.Errorf("logged %s", log.String())
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	old := p.keyset
	before := p.open(t)
	c := turn(t, before, load(t, before, "wren"), nil)

	fresh, err := old.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	if p.keyset, err = ParseKeyset(fresh.String()); err != nil {
		t.Fatal(err)
	}
	after := p.open(t)
	if a, _ := before.Find(t.Context(), home); a != must1(after.Find(t.Context(), home)) {
		t.Error("rotating changed the ids of chats")
	}
	wrapped := func() []byte {
		return must1(p.raw.HGet(t.Context(), before.keys.conversation("wren"), "k").Bytes())
	}
	if p.keyset.wrappedByPrimary(wrapped()) || !old.wrappedByPrimary(wrapped()) {
		t.Error("wrapped by the new key already")
	}
	c = turn(t, after, load(t, after, c.ID), nil)
	if !p.keyset.wrappedByPrimary(wrapped()) {
		t.Error("not wrapped anew at the next turn")
	}
	again := wrapped()
	turn(t, after, c, nil)
	if !bytes.Equal(again, wrapped()) {
		t.Error("wrapped anew without need")
	}
	if _, err := before.Load(t.Context(), "wren"); !errors.Is(err, ErrSealed) {
		t.Errorf("the old keyset reads what the new one wrapped: %v", err)
	}
}

func must1[T any](v T, err error) T {
	must(err)
	return v
}

// A sealed value opens at its own place, under its own key, unaltered, and
// nowhere else.
func TestSealedValueHasOnePlace(t *testing.T) {
	t.Parallel()
	k := newKeyset(t)
	key := must1(k.newDataKey("wren"))
	other := must1(k.newDataKey("wren"))
	robin := newDataKey("robin", make([]byte, 32), nil)
	wren := newDataKey("wren", make([]byte, 32), nil)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		fields := rapid.SampledFrom([]string{stateField, journalField, outboxField, secretField})
		field, place := fields.Draw(t, "field"), rapid.StringMatching(`[0-9a-z.\n]{0,6}`).Draw(t, "place")
		sealed := key.seal(field, place, plain)
		got, err := key.open(field, place, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %x, %v", got, err)
		}
		if field2, place2 := fields.Draw(t, "other field"), rapid.StringMatching(`[0-9a-z.\n]{0,6}`).Draw(t, "other place"); field2 != field || place2 != place {
			if _, err := key.open(field2, place2, sealed); !errors.Is(err, ErrSealed) {
				t.Errorf("opened at %s %q: %v", field2, place2, err)
			}
		}
		if _, err := other.open(field, place, sealed); !errors.Is(err, ErrSealed) {
			t.Errorf("opened under another key: %v", err)
		}
		if _, err := robin.open(field, place, wren.seal(field, place, plain)); !errors.Is(err, ErrSealed) {
			t.Errorf("opened as another conversation's: %v", err)
		}
		broken := bytes.Clone(sealed)
		broken[rapid.IntRange(0, len(broken)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if _, err := key.open(field, place, broken); !errors.Is(err, ErrSealed) {
			t.Errorf("opened although altered: %v", err)
		}
		cut := sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "length")]
		if _, err := key.open(field, place, cut); !errors.Is(err, ErrSealed) {
			t.Errorf("opened although cut: %v", err)
		}
	})
	if _, err := k.openDataKey("robin", key.wrapped); !errors.Is(err, ErrSealed) {
		t.Errorf("a key of another conversation: %v", err)
	}
}

func TestAnOlderStateCannotBePutBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	ctx, key := t.Context(), ""
	long := func(what string) func(*bot.Commit) {
		return func(m *bot.Commit) { m.Journal = []bot.Entry{{What: what, Raw: strings.Repeat("x", longLines)}} }
	}
	c := turn(t, s, load(t, s, "wren"), long("answer"))
	key = s.keys.conversation("wren")
	old := p.raw.HGet(ctx, key, "s").Val()
	turn(t, s, c, long("fact"))
	now := p.raw.HGet(ctx, key, "s").Val()
	if err := p.raw.HSet(ctx, key, "s", old).Err(); err != nil {
		t.Fatal(err)
	}
	s = p.open(t) // one that has opened nothing yet
	if _, err := s.Load(ctx, "wren"); !errors.Is(err, ErrSealed) {
		t.Errorf("loaded: %v", err)
	}
	for name, v := range map[string]string{"v": "two", "r": "soon|t"} {
		was := p.raw.HGet(ctx, key, name).Val()
		p.raw.HSet(ctx, key, name, v)
		if _, err := s.Load(ctx, "wren"); !errors.Is(err, ErrSealed) {
			t.Errorf("loaded with %s %q: %v", name, v, err)
		}
		p.raw.HSet(ctx, key, name, was)
	}
	// Nor can a journal line take the place of another.
	journal := s.keys.journal("wren")
	first := p.raw.LIndex(ctx, journal, 0).Val()
	p.raw.HSet(ctx, key, "s", now)
	if lines, err := s.Journal(ctx, "wren", 0, -1); err != nil || len(lines) != 2 {
		t.Errorf("the journal before: %d lines, %v", len(lines), err)
	}
	forged := "\x02" + first[1:]
	if err := p.raw.LSet(ctx, journal, 1, forged).Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Journal(ctx, "wren", 0, -1); !errors.Is(err, ErrSealed) {
		t.Errorf("read a forged journal: %v", err)
	}
}

func TestHashesKeepPurposesAndPartsApart(t *testing.T) {
	t.Parallel()
	k := newKeyset(t)
	seen := make(map[string]string)
	for _, in := range [][]string{
		{"chat", "a", "b"}, {"chat", "ab", ""}, {"chat", "", "ab"}, {"chat", "ab"}, {"claim", "a", "b"},
		{"chat", "a|1|b"}, {"chat", "a", "1|b"}, {"chat"},
	} {
		h := k.hash(in[0], in[1:]...)
		if was, ok := seen[h]; ok {
			t.Errorf("%q and %s have the same hash", in, was)
		}
		if len(h) != 16 {
			t.Errorf("hash %q", h)
		}
		seen[h] = fmt.Sprint(in)
	}
	if newKeyset(t).hash("chat", "a") == k.hash("chat", "a") {
		t.Error("two keysets hash alike")
	}
}

// Times are kept to the millisecond, in UTC, and never become later than the
// instant that stands in an index.
func TestTimesSurvive(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 5*3600)
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 253402300799).Draw(t, "s"), rapid.Int64Range(0, 999999999).Draw(t, "ns")).In(zone)
		read := func(at time.Time) time.Time {
			r := column{b: appendTime(nil, at)}
			return r.time()
		}
		got := read(at)
		if got.Location() != time.UTC || got != got.Round(time.Millisecond) || got.Sub(at).Abs() > 501*time.Microsecond {
			t.Fatalf("%v came back as %v", at, got)
		}
		if got.UnixMilli() > millis(at) {
			t.Fatalf("%v came back as %v, later than its index %d", at, got, millis(at))
		}
		if again := read(got); again != got {
			t.Fatalf("%v drifted to %v", got, again)
		}
	})
	r := column{b: appendTime(nil, time.Time{})}
	if zero := r.time(); !zero.IsZero() {
		t.Errorf("no time came back as %v", zero)
	}
}

// A person can send anything; the state that keeps it must stay readable.
func TestBrokenTextStaysReadable(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	words := "caf\xe9 \x00 \xff\xfe \U0001F426"
	c := turn(t, s, load(t, s, "wren"), func(m *bot.Commit) {
		m.Conversation.Zone = words
		m.Journal = []bot.Entry{{What: "answer", Raw: words}}
	})
	lines, err := s.Journal(t.Context(), "wren", 0, -1)
	if err != nil || c.Zone != words || lines[0].Raw != words {
		t.Errorf("came back as %q and %v, %v", c.Zone, lines, err)
	}
}

// Whatever stands in Redis, reading it gives an error and never a panic.
func FuzzDecode(f *testing.F) {
	conversation := appendState(nil, &bot.Conversation{ID: "wren", Timers: map[string]time.Time{"a": start}, Worker: &bot.Worker{Name: "x"}})
	envelope := appendEnvelope(nil, &bot.Envelope{Letter: &bot.Letter{To: "robin"}, Buttons: []bot.Button{{Label: "0"}}})
	for _, seed := range [][]byte{conversation, envelope, nil, {0xff}, {0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0}} {
		f.Add(seed)
	}
	key := newDataKey("wren", bytes.Repeat([]byte{7}, 32), nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		if k, err := readSecret(data); err == nil {
			if again, err := readSecret(k.write()); err != nil || !reflect.DeepEqual(again, k) {
				t.Errorf("%+v came back as %+v, %v", k, again, err)
			}
		}
		if _, _, err := openLines(key, journalField, data); err == nil {
			t.Error("a block nobody sealed was opened")
		}
		if e, err := readEnvelope("wren.1.0", data); err == nil {
			if again, err := readEnvelope("wren.1.0", appendEnvelope(nil, &e)); err != nil || !reflect.DeepEqual(again, e) {
				t.Errorf("%+v came back as %+v, %v", e, again, err)
			}
		}
		if c, err := readState(&column{b: data}); err == nil {
			if _, err := readState(&column{b: appendState(nil, c)}); err != nil {
				t.Errorf("a state that was read and written cannot be read: %v", err)
			}
		}
		if _, err := replyTimer(string(data)); err != nil && !errors.Is(err, ErrSealed) {
			t.Error(err)
		}
		_ = takenEntryOf(string(data))
		new(Dead).read(string(data))
	})
}

func takenEntryOf(text string) error {
	parts := strings.SplitN(text, " ", 6)
	for len(parts) < 6 {
		parts = append(parts, "")
	}
	_, err := takenEntry(parts)
	return err
}
