package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"

	"onestep/bot/store/redistest"
)

func TestOpenChecksWhoseRedisItIs(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		p.open(t)
		o := p.options()
		o.Shards = 8
		if _, err := Open(t.Context(), o); !errors.Is(err, ErrOtherShards) {
			t.Errorf("another number of shards: %v", err)
		}
		o = p.options()
		o.Keyset = newKeyset(t)
		if _, err := Open(t.Context(), o); !errors.Is(err, ErrOtherKeyset) {
			t.Errorf("another keyset: %v", err)
		}
		for name, change := range map[string]func(*Options){
			"no keyset":  func(o *Options) { o.Keyset = nil },
			"101 shards": func(o *Options) { o.Shards = 101 },
			"no address": func(o *Options) { o.URL = "http://user:password@x" },
			"braces":     func(o *Options) { o.Prefix = "{x}:" },
		} {
			o := p.options()
			change(&o)
			if _, err := Open(t.Context(), o); err == nil || strings.Contains(err.Error(), "password") {
				t.Errorf("opened with %s: %v", name, err)
			}
		}
		p.open(t) // and still ours
	})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	check := func(url string) []Fault {
		s := newPlace(t, url).open(t)
		return faults(s.Check(t.Context()))
	}
	if got := check(server.URL()); got != nil {
		t.Errorf("a good Redis: %v", got)
	}
	if got := check("redis://" + miniredis.RunT(t).Addr()); fmt.Sprint(got) != fmt.Sprint([]Fault{Untold}) {
		t.Errorf("an in-process Redis: %v", got)
	}
	poor := redistest.Start(t, "--appendonly", "no", "--maxmemory-policy", "allkeys-lru")
	if got := check(poor.URL()); fmt.Sprint(got) != fmt.Sprint([]Fault{Forgetful, Evicting}) {
		t.Errorf("a poor Redis: %v", got)
	}
	locked := newPlace(t, redistest.Start(t).URL())
	if err := locked.raw.ConfigSet(t.Context(), "requirepass", "secret").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), locked.options()); fmt.Sprint(faults(err)) != fmt.Sprint([]Fault{Refusing}) {
		t.Errorf("a Redis that wants a password: %v", err)
	}
	s := newPlace(t, poor.URL()).open(t)
	poor.Stop()
	if _, err := Open(t.Context(), newPlace(t, poor.URL()).options()); fmt.Sprint(faults(err)) != fmt.Sprint([]Fault{Unreachable}) {
		t.Errorf("opened without a Redis: %v", err)
	}
	err := s.Check(t.Context())
	if got := faults(err); fmt.Sprint(got) != fmt.Sprint([]Fault{Unreachable}) {
		t.Errorf("no Redis: %v", got)
	}
}

// faults lists the faults of a check.
func faults(err error) []Fault {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []Fault
		for _, e := range joined.Unwrap() {
			all = append(all, faults(e)...)
		}
		return all
	}
	var one *CheckError
	if errors.As(err, &one) {
		return []Fault{one.Fault}
	}
	return []Fault{-1}
}
