package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

func shelved(ids ...string) (list []bot.Shelved) {
	for _, id := range ids {
		list = append(list, bot.Shelved{ID: id, Raw: []byte("quincebramble " + id)})
	}
	return list
}

func idsOn(t testing.TB, s *Store) (ids []string) {
	t.Helper()
	list, err := s.Shelf("telegram").All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		if string(u.Raw) != "quincebramble "+u.ID {
			t.Errorf("%s came back as %q", u.ID, u.Raw)
		}
		ids = append(ids, u.ID)
	}
	return ids
}

// What is on the shelf keeps its order, whoever puts it there and however often,
// and no word of it stands in Redis.
func TestShelf(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		one, two := p.open(t), p.open(t)
		shelf := one.Shelf("telegram")
		if got := idsOn(t, one); got != nil {
			t.Errorf("a new shelf has %v", got)
		}
		for _, list := range [][]bot.Shelved{shelved("9", "10"), shelved("8"), shelved("7", "9", "6")} {
			if err := shelf.Put(t.Context(), list); err != nil {
				t.Fatal(err)
			}
		}
		if got := idsOn(t, two); !slices.Equal(got, []string{"9", "10", "8", "7", "6"}) {
			t.Errorf("on the shelf: %v", got)
		}
		if list, err := two.Shelf("slack").All(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("another platform's shelf: %v, %v", list, err)
		}
		if strings.Contains(p.contents(t), "quincebramble") {
			t.Error("words stand in Redis as they are")
		}
		if err := two.Shelf("telegram").Drop(t.Context(), []string{"10", "7", "11"}); err != nil {
			t.Fatal(err)
		}
		if got := idsOn(t, one); !slices.Equal(got, []string{"9", "8", "6"}) {
			t.Errorf("on the shelf: %v", got)
		}
		// What was put there for another update, or altered, is not taken for it.
		for _, key := range p.keysNow(t) {
			if key = p.prefix + key; strings.Contains(key, ":shelf:") && p.raw.HExists(t.Context(), key, "9").Val() {
				p.raw.HSet(t.Context(), key, "9", cmp.Or(p.raw.HGet(t.Context(), key, "8").Val(), "altered"))
			}
		}
		if got := idsOn(t, one); !slices.Equal(got, []string{"8", "6"}) {
			t.Errorf("on the shelf: %v", got)
		}
	})
}

// One master of a cluster is away, whichever it is: the shelf takes updates all
// the same, gives those it can read and says that there may be more.
func TestShelfWhileAMasterIsAway(t *testing.T) {
	t.Parallel()
	own := redistest.StartCluster(t, 3, 0, "--cluster-require-full-coverage", "no")
	p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
	s := p.open(t)
	shelf := s.Shelf("telegram")
	var all []string
	for i, server := range own.Servers {
		server.Kill()
		for n := range 3 {
			id := fmt.Sprint(i, "-", n)
			if err := shelf.Put(t.Context(), shelved(id)); err != nil {
				t.Fatalf("without master %d: %v", i, err)
			}
			all = append(all, id)
		}
		if _, err := shelf.All(t.Context()); err == nil {
			t.Error("it does not say that a part is away")
		}
		server.Restart()
		for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if got, err := shelf.All(t.Context()); err == nil && len(got) == len(all) {
				break
			} else if time.Now().After(end) {
				t.Fatalf("%d of %d, %v", len(got), len(all), err)
			}
		}
		if got := idsOn(t, s); !slices.Equal(got, all) {
			t.Errorf("on the shelf: %v, want %v", got, all)
		}
	}
	if err := shelf.Drop(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	if got := idsOn(t, s); got != nil {
		t.Errorf("left on the shelf: %v", got)
	}
}
