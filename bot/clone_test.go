package bot

import (
	"reflect"
	"testing"
	"time"
)

// A field that Clone forgets would let a turn that never happened change what
// the store remembers.
func TestCloneSharesNothingThatTurnsChange(t *testing.T) {
	t.Parallel()
	var c Conversation
	fillIn("conversation", reflect.ValueOf(&c).Elem())
	n := c.Clone()
	if !reflect.DeepEqual(&c, n) {
		t.Error("the clone is another conversation")
	}
	apart(t, "conversation", reflect.ValueOf(c), reflect.ValueOf(*n))
}

// shared are values: steps and the store replace them as a whole.
var shared = map[string]bool{"conversation.Patient.Dialog": true, "conversation.Opened": true}

// fillIn puts something into everything below v that is not shared.
func fillIn(name string, v reflect.Value) {
	if shared[name] {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillIn(name, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillIn(name+"[]", v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.Zero(v.Type().Key()), reflect.Zero(v.Type().Elem()))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fillIn(name+"."+v.Type().Field(i).Name, v.Field(i))
		}
	}
}

func apart(t *testing.T, name string, a, b reflect.Value) {
	t.Helper()
	if shared[name] || a.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared", name)
			return
		}
	}
	switch a.Kind() {
	case reflect.Pointer:
		apart(t, name, a.Elem(), b.Elem())
	case reflect.Slice:
		apart(t, name+"[]", a.Index(0), b.Index(0))
	case reflect.Struct:
		for i := range a.NumField() {
			apart(t, name+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	}
}
