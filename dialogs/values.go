package dialogs

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Values are values by name: what is known of a person, or the variables of a
// run. They are never changed: With and Without give others, which share with
// them what stays the same. So states can share them, and a copy is cheap. The
// zero value holds none.
type Values struct {
	all []named // in the order of their names
}

type named struct {
	name string
	v    *Value // never changed
}

// ValuesOf gives the values of a sequence in which no name comes twice.
func ValuesOf(seq iter.Seq2[string, Value]) Values {
	var all []named
	var values []Value
	for name, v := range seq {
		all, values = append(all, named{name: name}), append(values, v)
	}
	for i := range all {
		all[i].v = &values[i]
	}
	slices.SortFunc(all, func(a, b named) int { return strings.Compare(a.name, b.name) })
	return Values{all}
}

// Len is how many values there are.
func (vs Values) Len() int { return len(vs.all) }

// Get gives a value, ok false when there is none of that name.
func (vs Values) Get(name string) (v Value, ok bool) {
	if i, ok := vs.find(name); ok {
		return *vs.all[i].v, true
	}
	return Value{}, false
}

// Text is the text or date of a name, "" when there is none.
func (vs Values) Text(name string) string {
	v, _ := vs.Get(name)
	return v.Text
}

// Has tells whether there is a value of that name.
func (vs Values) Has(name string) bool {
	_, ok := vs.find(name)
	return ok
}

// With gives values in which a name has this value.
func (vs Values) With(name string, v Value) Values {
	i, is := vs.find(name)
	all := make([]named, 0, len(vs.all)+1)
	all = append(append(all, vs.all[:i]...), named{name, &v})
	if is {
		i++
	}
	return Values{append(all, vs.all[i:]...)}
}

// Without gives values without any of these names.
func (vs Values) Without(names ...string) Values {
	return vs.Only(func(name string, _ Value) bool { return !slices.Contains(names, name) })
}

// Only gives the values that are to be kept.
func (vs Values) Only(keep func(name string, v Value) bool) Values {
	var kept Values
	for _, n := range vs.all {
		if keep(n.name, *n.v) {
			kept.all = append(kept.all, n)
		}
	}
	return kept
}

// All goes through the values in the order of their names.
func (vs Values) All() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		for _, n := range vs.all {
			if !yield(n.name, *n.v) {
				return
			}
		}
	}
}

// Changed goes through what was otherwise before: every name that only one of the two
// has, or that has another value in each. The value is the one before, nil
// where there was none.
func (vs Values) Changed(before Values) iter.Seq2[string, *Value] {
	return func(yield func(string, *Value) bool) {
		now, was := vs.all, before.all
		for len(now) > 0 || len(was) > 0 {
			var order int
			switch {
			case len(now) == 0:
				order = 1
			case len(was) == 0:
				order = -1
			default:
				order = strings.Compare(now[0].name, was[0].name)
			}
			name, v, other := "", (*Value)(nil), true
			switch {
			case order < 0:
				name, now = now[0].name, now[1:]
			case order > 0:
				name, v, was = was[0].name, was[0].v, was[1:]
			default:
				name, v = was[0].name, was[0].v
				other = v != now[0].v && !v.equal(*now[0].v)
				now, was = now[1:], was[1:]
			}
			if other && !yield(name, v) {
				return
			}
		}
	}
}

// MarshalJSON writes values as an object of their names.
func (vs Values) MarshalJSON() ([]byte, error) { return json.Marshal(maps.Collect(vs.All())) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (vs *Values) UnmarshalJSON(text []byte) error {
	var m map[string]Value
	err := json.Unmarshal(text, &m)
	*vs = ValuesOf(maps.All(m))
	return err
}

// find gives the place of a name, or the one where it would be.
func (vs Values) find(name string) (int, bool) {
	return slices.BinarySearchFunc(vs.all, name, func(n named, name string) int { return strings.Compare(n.name, name) })
}

func (v Value) equal(other Value) bool {
	return v.Kind == other.Kind && v.Number == other.Number && v.Text == other.Text && v.Yes == other.Yes &&
		slices.Equal(v.Series, other.Series)
}
