package bot

import (
	"testing"
	"time"
)

func TestSeveralChatsAtOnceAreTheWholeBotForTheShortestTime(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	chat := func(id string) Chat { return Chat{Platform: "test", ID: id} }
	var th Throttles
	for i, one := range []struct {
		at    time.Duration
		id    string
		after time.Duration
		want  time.Duration
	}{
		{0, "a", time.Second, 0},
		{0, "a", 2 * time.Second, 0}, // still one chat
		{2 * time.Second, "b", time.Second, 0},
		{5 * time.Second, "c", 18053 * time.Second, time.Second},
		{14 * time.Second, "d", 3 * time.Second, 0}, // c is the only other one by now
		{15 * time.Second, "e", 4 * time.Second, 3 * time.Second},
		{time.Hour, "f", time.Second, 0},
	} {
		if got := th.Note(chat(one.id), one.after, noon.Add(one.at)); got != one.want {
			t.Errorf("%d. %s after %v: the whole bot waits %v, want %v", i, one.id, one.at, got, one.want)
		}
	}
}
