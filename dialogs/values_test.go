package dialogs_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"onestep/dialogs"
)

// Values do what a map does that is copied before each change, and what was
// given before stays as it was.
func TestValuesAreLikeCopiedMaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"hopes", "scores", "step", "agreed_goal", "when"})
		number := rapid.Float64Range(0, 3)
		type version struct {
			is   dialogs.Values
			want map[string]dialogs.Value
		}
		versions := []version{{want: map[string]dialogs.Value{}}}
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			of := rapid.SampledFrom(versions).Draw(t, "of")
			next := version{of.is, maps.Clone(of.want)}
			n := name.Draw(t, "name")
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0:
				v := dialogs.Value{Kind: dialogs.Number, Number: float64(int(number.Draw(t, "number")))}
				next.is, next.want[n] = next.is.With(n, v), v
			case 1:
				next.is = next.is.Without(n, "hopes")
				delete(next.want, n)
				delete(next.want, "hopes")
			case 2:
				next.is = dialogs.ValuesOf(maps.All(next.want))
			}
			versions = append(versions, next)
		}
		for _, v := range versions {
			if got := maps.Collect(v.is.All()); !maps.EqualFunc(got, v.want, same) || v.is.Len() != len(v.want) {
				t.Fatalf("%v, want %v", got, v.want)
			}
			for n := range v.want {
				if got, ok := v.is.Get(n); !ok || !v.is.Has(n) || !same(got, v.want[n]) {
					t.Fatalf("%s is %v, %v", n, got, ok)
				}
			}
			if names := slices.Collect(keys(v.is)); !slices.IsSorted(names) {
				t.Fatalf("order %v", names)
			}
		}
		before, now := rapid.SampledFrom(versions).Draw(t, "before"), rapid.SampledFrom(versions).Draw(t, "now")
		back := maps.Clone(now.want)
		for n, was := range now.is.Changed(before.is) {
			is, ok := now.want[n]
			if was == nil {
				delete(back, n)
			} else if ok && same(is, *was) {
				t.Fatalf("%s has not changed", n)
			} else {
				back[n] = *was
			}
		}
		if !maps.EqualFunc(back, before.want, same) {
			t.Fatalf("taken back to %v, want %v", back, before.want)
		}
	})
}

func same(a, b dialogs.Value) bool { return reflect.DeepEqual(a, b) }

func keys(vs dialogs.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range vs.All() {
			if !yield(name) {
				return
			}
		}
	}
}
