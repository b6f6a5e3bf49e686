package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// contents is everything of this place as it stands in Redis, a line for each
// key: name, type and raw values.
func (p *place) contents(t testing.TB) string {
	t.Helper()
	ctx := t.Context()
	var lines []string
	for _, short := range p.keysNow(t) {
		key := p.prefix + short
		kind, err := p.raw.Type(ctx, key).Result()
		var value any
		switch {
		case err != nil:
		case kind == "string":
			value, err = p.raw.Get(ctx, key).Result()
		case kind == "hash":
			value, err = p.raw.HGetAll(ctx, key).Result()
		case kind == "list":
			value, err = p.raw.LRange(ctx, key, 0, -1).Result()
		case kind == "zset":
			value, err = p.raw.ZRangeWithScores(ctx, key, 0, -1).Result()
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%s %s %q", short, kind, fmt.Sprint(value)))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// unchanged fails the test if act changes anything in Redis.
func (p *place) unchanged(t testing.TB, what string, act func()) {
	t.Helper()
	before := p.contents(t)
	act()
	if d := difference(before, p.contents(t)); d != "" {
		t.Errorf("%s changed Redis:\n%s", what, d)
	}
}

// difference is what only one of two contents has.
func difference(before, after string) string {
	var lines []string
	old, new := strings.Split(before, "\n"), strings.Split(after, "\n")
	for _, l := range old {
		if !slices.Contains(new, l) {
			lines = append(lines, "- "+l)
		}
	}
	for _, l := range new {
		if !slices.Contains(old, l) {
			lines = append(lines, "+ "+l)
		}
	}
	return strings.Join(lines, "\n")
}

// score is a member's score in a sorted set, ok false if it is not in it.
func (p *place) score(t testing.TB, key, member string) (score float64, ok bool) {
	t.Helper()
	for _, z := range p.raw.ZRangeWithScores(t.Context(), key, 0, -1).Val() {
		if z.Member == member {
			return z.Score, true
		}
	}
	return 0, false
}
