package slack

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"onestep/bot"
)

// said is an item of one person at a second of Slack's clock, or without.
func said(id string, second int64) *item {
	it := &item{update: bot.Update{ID: id, Chat: private("U1")}}
	if second > 0 {
		it.said = time.Unix(second, 0)
	}
	return it
}

func TestItemsTakeTheirPlaceBySlacksClock(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		items []*item
		want  string
	}{
		"as they came":                {[]*item{said("a", 1), said("b", 2), said("c", 3)}, "a b c"},
		"two the wrong way round":     {[]*item{said("b", 2), said("a", 1), said("c", 3)}, "a b c"},
		"three":                       {[]*item{said("c", 3), said("b", 2), said("a", 1)}, "a b c"},
		"a command stays where it is": {[]*item{said("b", 2), said("command", 0), said("a", 1)}, "b command a"},
		"the same moment":             {[]*item{said("a", 1), said("b", 1)}, "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var got []string
				o := newOrder(50*time.Millisecond, func(it *item) {
					mu.Lock()
					defer mu.Unlock()
					got = append(got, it.update.ID)
				})
				for _, it := range c.items {
					if !o.add(it) {
						t.Fatal("turned away")
					}
					time.Sleep(10 * time.Millisecond)
				}
				time.Sleep(time.Second)
				o.close()
				if s := strings.Join(got, " "); s != c.want {
					t.Errorf("%s, want %s", s, c.want)
				}
			})
		})
	}
}

func TestWhatIsAtWorkIsNotOvertaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got []string
		o := newOrder(50*time.Millisecond, func(it *item) {
			got = append(got, it.update.ID) // one chat: one at a time
			time.Sleep(time.Second)
		})
		o.add(said("b", 2))
		time.Sleep(100 * time.Millisecond)
		o.add(said("c", 3))
		o.add(said("a", 1))
		time.Sleep(10 * time.Second)
		o.close()
		if s := strings.Join(got, " "); s != "b a c" {
			t.Errorf("%s", s)
		}
	})
}

// What comes while its lane's last item is being acknowledged waits for its turn
// in that lane, and is given once.
func TestALaneHasOneRunner(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got []string
		atWork := 0
		var o *order
		o = newOrder(0, func(it *item) {
			if atWork++; atWork > 1 {
				t.Error("two items of one chat are at work at once")
			}
			got = append(got, it.update.ID)
			time.Sleep(time.Second)
			atWork--
			it.taken = true
		})
		first := said("a", 1)
		first.acks = []func(){func() {
			o.add(said("b", 2))
			time.Sleep(100 * time.Millisecond)
		}}
		o.add(first)
		time.Sleep(10 * time.Second)
		o.close()
		if s := strings.Join(got, " "); s != "a b" {
			t.Errorf("%s", s)
		}
	})
}
