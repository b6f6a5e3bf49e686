package bot

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Each call of one Send has a place of its own, as the second part of a message and
// what is sent again to a chat that has moved; and a call that does not leave in
// time does not leave at all.
func TestEachCallOfASendHasAPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // until the places are given back
		p := newPacer("test", Limit{Every: time.Second}, &shared{}, time.Now, "me")
		got, err := p.wait(t.Context(), Answer, false)
		if err != nil {
			t.Fatal(err)
		}
		s := &seat{p: p, class: Answer, place: got.held}
		defer s.leaves()
		ctx := seated(t.Context(), s)
		body := func() error {
			made := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("hello")), nil }
			first, _ := made()
			first, anew := InTime(ctx, first, made)
			_, err := io.ReadAll(first)
			again, _ := anew()
			if _, late := io.ReadAll(again); !errors.Is(late, err) {
				t.Errorf("the body says %v, and made anew %v", err, late)
			}
			return err
		}
		began := time.Now()
		for n := range 3 {
			end, err := Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			// Each call takes 0.3 s, and the place rests for one second after it.
			if at, want := time.Since(began), time.Duration(n)*1300*time.Millisecond; at != want {
				t.Errorf("call %d began after %v, want %v", n, at, want)
			}
			if err := body(); err != nil {
				t.Errorf("call %d: %v", n, err)
			}
			time.Sleep(300 * time.Millisecond)
			end(nil)
		}
		end, err := Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(leaveIn)
		if err := body(); !errors.Is(err, ErrLate) {
			t.Errorf("too late it left with %v", err)
		}
		end(ErrLate)
	})
}

// A call that is given up may still arrive, so its place rests from the last moment
// at which it can; and a body is in time for its own call and no later one.
func TestACallThatIsGivenUpMayStillArrive(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // until the places are given back
		p := newPacer("test", Limit{Every: time.Second}, &shared{}, time.Now, "me")
		s := &seat{p: p, class: Answer}
		ctx := seated(t.Context(), s)
		began := time.Now()
		end, err := Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := InTime(ctx, io.NopCloser(strings.NewReader("hello")), nil)
		time.Sleep(100 * time.Millisecond)
		end(context.Canceled)
		if end, err = Begin(ctx); err != nil {
			t.Fatal(err)
		}
		if at, want := time.Since(began), arriveIn+time.Second; at != want {
			t.Errorf("the next call began after %v, want %v", at, want)
		}
		if _, err := io.ReadAll(body); !errors.Is(err, ErrLate) {
			t.Errorf("the body of the first left with %v", err)
		}
		end(nil)
	})
}
