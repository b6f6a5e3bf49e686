package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// What a server keeps on disk tells every turn, every attempt and every end, in
// order, also after it was killed in the middle.
func TestHistoryIsWhatWasDone(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--aof-timestamp-enabled", "yes", "--auto-aof-rewrite-percentage", "0")
	p := newPlace(t, server.URL())
	s := p.open(t)
	c := load(t, s, "wren")
	var said []bot.Envelope
	for n := range 3 {
		c = turn(t, s, c, func(m *bot.Commit) {
			m.Operation = fmt.Sprintf("telegram:1:%d", n)
			m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, fmt.Sprintf("words %d", n))}
			said = append(said, m.Outbox...)
		})
	}
	lease := hold(t, s, "wren", "me")
	first := take(t, s, lease, start)[0]
	settle(t, s, lease, first, bot.Outcome{Retry: start.Add(time.Second), Unsure: true, Reason: "unknown"})
	again := take(t, s, lease, start.Add(time.Second))[0]
	settle(t, s, lease, again, bot.Outcome{Done: true})
	second := take(t, s, lease, start.Add(time.Second))[0]
	settle(t, s, lease, second, bot.Outcome{Dead: true, Reason: "gone"})
	c = turn(t, s, c, func(m *bot.Commit) { m.Off = []string{said[2].ID} })
	server.Kill()

	files, err := filepath.Glob(filepath.Join(server.Dir(), "appendonlydir", "*.incr.aof"))
	if err != nil || len(files) != 1 {
		t.Fatalf("append-only files: %v %v", files, err)
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	until := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Sub(start).String()
	}
	read := func(content string) (got []string) {
		t.Helper()
		err := History(strings.NewReader(content), p.prefix, p.keyset, func(d Deed) error {
			if time.Since(d.At) > time.Hour {
				t.Errorf("a deed at %s", d.At)
			}
			words := ""
			for _, e := range d.Outbox {
				words += e.Text
			}
			got = append(got, fmt.Sprintln(d.Kind, d.Conversation, d.Version, d.Operation, d.Entry, d.Unsure, d.Holder, words, d.Reason, until(d.Until)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := []string{
		fmt.Sprintln(Committed, "wren", 1, OperationMark("telegram:1:0"), "", false, "", "words 0", "", ""),
		fmt.Sprintln(Committed, "wren", 2, OperationMark("telegram:1:1"), "", false, "", "words 1", "", ""),
		fmt.Sprintln(Committed, "wren", 3, OperationMark("telegram:1:2"), "", false, "", "words 2", "", ""),
		fmt.Sprintln(Taken, "wren", 1, "", said[0].ID, false, "me", "", "", "1m0s"),
		fmt.Sprintln(PutBack, "wren", 1, "", said[0].ID, true, "", "", "", ""),
		fmt.Sprintln(Taken, "wren", 1, "", said[0].ID, true, "me", "", "", "1m1s"),
		fmt.Sprintln(Delivered, "wren", 1, "", said[0].ID, false, "", "", "", ""),
		fmt.Sprintln(Taken, "wren", 2, "", said[1].ID, false, "me", "", "", "1m1s"),
		fmt.Sprintln(GivenUp, "wren", 2, "", said[1].ID, false, "", "", "gone", ""),
		fmt.Sprintln(CalledOff, "wren", 3, "", said[2].ID, false, "", "", "", ""),
		fmt.Sprintln(Committed, "wren", 4, "", "", false, "me", "", "", ""),
	}
	if got := read(string(content)); !slices.Equal(got, want) {
		t.Errorf("got\n%swant\n%s", strings.Join(got, ""), strings.Join(want, ""))
	}
	// Cut anywhere, it tells a beginning of the same.
	for cut := 0; cut < len(content); cut += 97 {
		if got := read(string(content[:cut])); !slices.Equal(got, want[:len(got)]) {
			t.Fatalf("cut at %d it tells\n%s", cut, strings.Join(got, ""))
		}
	}
	if History(strings.NewReader("REDIS0010 and more\n"), p.prefix, p.keyset, func(Deed) error { return nil }) == nil {
		t.Error("another kind of file is read")
	}
}
