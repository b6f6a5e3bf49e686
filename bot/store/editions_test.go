package store

import (
	"bytes"
	"compress/flate"
	"strings"
	"testing"
)

func TestEditions(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		source := []byte(strings.Repeat("script: weekly\n", 1000))
		if got, err := s.Edition(ctx, "abc"); err != nil || got != nil {
			t.Errorf("an edition nobody saved: %q, %v", got, err)
		}
		if err := s.SaveEdition(ctx, "abc", source); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveEdition(ctx, "abc", []byte("other")); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Edition(ctx, "abc"); err != nil || !bytes.Equal(got, source) {
			t.Errorf("came back with %d bytes, %v", len(got), err)
		}
		raw := p.raw.Get(ctx, s.keys.edition("abc")).Val()
		if len(raw) > 200 || raw[0] != editionFormat {
			t.Errorf("stored in %d bytes with format %d", len(raw), raw[0])
		}
		if err := s.SaveEdition(ctx, "", source); err == nil {
			t.Error("saved without an id")
		}
		var flat bytes.Buffer
		w, _ := flate.NewWriter(&flat, 1)
		w.Write(source)
		w.Close()
		for name, broken := range map[string][]byte{
			"of the future": append([]byte{2}, flat.Bytes()...), "cut": []byte(raw)[:20], "empty": {},
		} {
			if err := p.raw.Set(ctx, s.keys.edition("broken"), broken, 0).Err(); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Edition(ctx, "broken"); err == nil {
				t.Errorf("%s: read %d bytes", name, len(got))
			}
		}
	})
}
