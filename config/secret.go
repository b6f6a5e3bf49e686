package config

import "log/slog"

// hidden is what a secret shows of itself, wherever it is printed.
const hidden = "(hidden)"

// Secret is a token, a key or an address with a password in it. It can be
// logged, printed and marshalled without harm; only Reveal gives the value.
//
// The value stands behind a pointer, because package fmt prints the plain
// content of a struct's unexported fields without asking their String method.
type Secret struct{ value *string }

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value: &value} }

// Reveal gives the value itself: hand it to the library that needs it and
// nowhere else.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Given tells whether there is a value at all.
func (s Secret) Given() bool { return s.Reveal() != "" }

// String hides the value.
func (s Secret) String() string {
	if !s.Given() {
		return ""
	}
	return hidden
}

// GoString hides the value from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the value from log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the value from encoding/json and its like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
