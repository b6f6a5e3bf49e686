package store

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"onestep/bot"
)

func TestSecrets(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		var codes []string
		c := load(t, s, "wren")
		for i := range 3 {
			code := s.NewCode("wren")
			if len(code) != 24 || slices.Contains(codes, code) {
				t.Errorf("code %q", code)
			}
			codes = append(codes, code)
			c = turn(t, s, c, func(m *bot.Commit) {
				m.Secrets = []bot.Secret{{Code: code, Value: []byte{byte(i)}, Until: start.Add(time.Duration(i+1) * time.Hour)}}
			})
		}
		for i, code := range codes {
			if got, err := s.Kept(ctx, code); err != nil || !bytes.Equal(got, []byte{byte(i)}) {
				t.Errorf("kept %v, %v", got, err)
			}
		}
		for _, wrong := range []string{"", "0", "zz", "99" + codes[0][2:], codes[0][:23], codes[0] + "x", "00AAAAAAAAAAAAAAAAAAAAAA"} {
			if got, err := s.Kept(ctx, wrong); err != nil || got != nil {
				t.Errorf("%q: kept %v, %v", wrong, got, err)
			}
		}
		// It ends by our clock, whatever Redis thinks.
		p.set(start.Add(time.Hour))
		if got, err := s.Kept(ctx, codes[0]); err != nil || got != nil {
			t.Errorf("after its end: %v, %v", got, err)
		}
		if got, err := s.Kept(ctx, codes[1]); err != nil || got == nil {
			t.Errorf("before its end: %v, %v", got, err)
		}
		// The list of secrets sheds those that have ended.
		turn(t, s, c, func(m *bot.Commit) {
			m.Secrets = []bot.Secret{{Code: s.NewCode("wren"), Until: start.Add(9 * time.Hour)}}
		})
		if n := p.raw.ZCard(ctx, s.keys.secrets("wren")).Val(); n != 3 {
			t.Errorf("%d secrets are listed, want 3", n)
		}
		// A value moved under another code stays shut.
		a, b := s.keys.secret(s.keys.shard("wren"), s.codeHash(codes[1])), s.keys.secret(s.keys.shard("wren"), s.codeHash(codes[2]))
		if err := p.raw.Set(ctx, b, p.raw.Get(ctx, a).Val(), 0).Err(); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Kept(ctx, codes[2]); !errors.Is(err, ErrSealed) {
			t.Errorf("a secret of another code: %v, %v", got, err)
		}
	})
}
