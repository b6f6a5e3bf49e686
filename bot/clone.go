package bot

import (
	"reflect"
	"sync"
	"time"

	"onestep/dialogs"
)

// Clone gives a copy that a turn can change without changing c. The dialogs'
// state is shared: it is a value that each step replaces as a whole.
func (c *Conversation) Clone() *Conversation {
	n := *c
	unshare(reflect.ValueOf(&n).Elem())
	return &n
}

// unshare gives v its own copy of everything that it leads to.
func unshare(v reflect.Value) {
	if !leads(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			unshare(own.Elem())
			v.Set(own)
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		for i := range own.Len() {
			unshare(own.Index(i))
		}
		v.Set(own)
	case reflect.Map:
		if v.IsNil() {
			return
		}
		own := reflect.MakeMapWithSize(v.Type(), v.Len())
		for each := v.MapRange(); each.Next(); {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(each.Value())
			unshare(value)
			own.SetMapIndex(each.Key(), value)
		}
		v.Set(own)
	case reflect.Struct:
		for i := range v.NumField() {
			unshare(v.Field(i))
		}
	}
}

// leading remembers what leads has found, by type.
var leading sync.Map

// leads tells whether values of a type lead to anything that a turn can change
// in place.
func leads(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[dialogs.State]():
		return false
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return true
	case reflect.Struct:
		if known, ok := leading.Load(t); ok {
			return known.(bool)
		}
		is := false
		for i := range t.NumField() {
			is = is || leads(t.Field(i).Type)
		}
		leading.Store(t, is)
		return is
	}
	return false
}
