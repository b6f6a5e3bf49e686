package bot_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"onestep/bot"
)

// atOnce lets all of them write in one instant, each in a goroutine of its own.
func (w *world) atOnce(from []bot.Chat, texts []string) []sent {
	w.Helper()
	before := w.platform.count()
	gun := make(chan struct{})
	var all sync.WaitGroup
	for i := range from {
		w.updates++
		u := bot.Update{ID: fmt.Sprintf("test:%d", w.updates), Kind: bot.Wrote, Private: true, Chat: from[i], Sender: from[i].ID, Text: texts[i], At: w.now}
		all.Go(func() {
			<-gun
			if err := w.bot.Take(w.ctx, u); err != nil {
				w.Error(err)
			}
		})
	}
	close(gun)
	all.Wait()
	w.settle()
	return w.platform.since(before)
}

func apps(n int, name string) (chats []bot.Chat) {
	for i := range n {
		chats = append(chats, bot.Chat{Platform: "test", ID: fmt.Sprint(name, i)})
	}
	return chats
}

func told(got []sent, words string) (by map[bot.Chat]int) {
	by = map[bot.Chat]int{}
	for _, m := range got {
		if strings.Contains(m.Text, words) {
			by[m.Chat]++
		}
	}
	return by
}

// One invitation or link is opened in eight apps in one instant: it is one app's,
// and the others are told.
func TestACodeThatIsOpenedInManyAppsAtOnceIsOnes(t *testing.T) {
	for name, c := range map[string]struct {
		ask func(w *world) string
		won string
	}{
		"an invitation": {func(w *world) string { return codeIn(w, w.writes(worker, "invite")) }, "I am a computer helper"},
		"a link":        {func(w *world) string { return codeIn(w, w.writes(patient, "link")) }, "This app now belongs to our chat too."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			for round := range 5 {
				chats := apps(8, fmt.Sprint("round ", round, " app "))
				start := "start " + c.ask(w)
				got := w.atOnce(chats, []string{start, start, start, start, start, start, start, start})
				won, used := told(got, c.won), told(got, "This link has been used already.")
				if len(won) != 1 || len(used) != 7 {
					t.Fatalf("%d won and %d were told that it is used:\n%s", len(won), len(used), texts(got))
				}
			}
		})
	}
}

// Links of several people and invitations are opened in one app in one instant: the
// app is one person's, the others stay whoever they were, and what was not used can
// be used by whom it is for.
func TestAnAppInWhichManyCodesAreOpenedAtOnceIsOnes(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	others := w.crowd(2)
	for round := range 12 {
		app := bot.Chat{Platform: "test", ID: fmt.Sprint("app ", round)}
		var starts []string
		for range 2 {
			starts = append(starts, "start "+codeIn(w, w.writes(worker, "invite")))
		}
		for _, c := range append(others, patient) {
			starts = append(starts, "start "+codeIn(w, w.writes(c, "link")))
		}
		got := w.atOnce([]bot.Chat{app, app, app, app, app}, starts)
		if n := told(got, knownHere)[app]; n != 4 {
			t.Fatalf("round %d: they were told %d times that it changes nothing:\n%s", round, n, texts(got))
		}
		owner, have := w.conversation(app), 0
		for _, c := range append(others, patient) {
			if conv := w.conversation(c); conv.ID == owner.ID || strings.Contains(fmt.Sprint(conv.Chats), app.ID+" ") {
				have++
			}
		}
		if own := owner.Role == bot.PatientRole && len(owner.Chats) == 1; own == (have == 1) || have > 1 {
			t.Fatalf("round %d: it is %d people's, and a new one's: %v", round, have, own)
		}
		// Whom the others are for can still use them.
		free := 0
		for i, start := range starts {
			fresh := bot.Chat{Platform: "test", ID: fmt.Sprint("fresh ", round, " ", i)}
			if len(told(w.writes(fresh, start), "has been used already")) == 0 {
				free++
			}
		}
		if free != 4 {
			t.Fatalf("round %d: %d of the four others can be used", round, free)
		}
	}
}
