package store

import (
	"fmt"
	"reflect"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Values are CBOR: small, typed, and old code skips fields it does not know.
// Times are kept to the millisecond and come back in UTC.
var (
	encoding = built(cbor.EncOptions{
		// Whole seconds take 5 bytes, others 9.
		Time: cbor.TimeUnixDynamic,
		// A number from 0 to 10 takes 3 bytes instead of 9.
		ShortestFloat: cbor.ShortestFloat16,
	}.EncMode())
	decoding = built(cbor.DecOptions{
		// A person can send broken UTF-8; it must not make their state unreadable.
		UTF8: cbor.UTF8DecodeInvalid,
	}.DecMode())
)

func built[T any](v T, err error) T {
	must(err)
	return v
}

func encode(v any) ([]byte, error) {
	b, err := encoding.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return b, nil
}

// decode reads what encode wrote into the pointer v.
func decode(b []byte, v any) error {
	if err := decoding.Unmarshal(b, v); err != nil {
		// The library's error can quote the value; its kind is enough.
		return fmt.Errorf("decode: %T", err)
	}
	trimTimes(reflect.ValueOf(v))
	return nil
}

var timeType = reflect.TypeFor[time.Time]()

// trimTimes takes the noise of the number form out of every time in v, and the
// machine's own time zone.
func trimTimes(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			trimTimes(v.Elem())
		}
	case reflect.Struct:
		if v.Type() == timeType {
			v.Set(reflect.ValueOf(v.Interface().(time.Time).Round(time.Millisecond).UTC()))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				trimTimes(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			trimTimes(v.Index(i))
		}
	case reflect.Map:
		// Values of a map cannot be set in place.
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			trimTimes(value)
			v.SetMapIndex(key, value)
		}
	}
}

// millis is an instant in whole milliseconds, rounded up: never before it.
func millis(t time.Time) int64 {
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}
