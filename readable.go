package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"
	"unicode"

	"onestep/bot"
	"onestep/dialogs"
)

// readable turns a value of our own types into what reads well as JSON: names in
// small letters, a kept value as itself, nothing where nothing is kept. It goes
// through every field, so that a new one needs no line here.
func readable(v any) any { return readableOf(reflect.ValueOf(v)) }

func readableOf(v reflect.Value) any {
	switch of := v.Interface().(type) {
	case time.Time:
		return of.UTC()
	case time.Duration:
		return of.String()
	case dialogs.Value:
		return keptValue(of)
	case dialogs.Values:
		values := map[string]any{}
		for name, value := range of.All() {
			values[name] = keptValue(value)
		}
		return values
	case bot.Chat:
		address := of.Platform + ":" + of.ID
		if of.Thread != "" {
			address += ":" + of.Thread
		}
		return address
	case dialogs.Schedule:
		return readablePlan(of)
	case bot.Class:
		return map[bot.Class]string{bot.Answer: "answer", bot.Planned: "planned"}[of]
	case []byte: // a letter's body
		return json.RawMessage(of)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return readableOf(v.Elem())
	case reflect.Struct:
		fields := map[string]any{}
		addFields(fields, v)
		return fields
	case reflect.Map:
		entries := map[string]any{}
		for _, key := range v.MapKeys() {
			entries[key.String()] = readableOf(v.MapIndex(key))
		}
		return entries
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = readableOf(v.Index(i))
		}
		return list
	}
	return v.Interface()
}

// addFields adds the fields of a struct that are not empty; those of an embedded
// one stand beside its own.
func addFields(to map[string]any, v reflect.Value) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		switch {
		case value.IsZero():
		case field.Anonymous:
			addFields(to, value)
		default:
			to[small(field.Name)] = readableOf(value)
		}
	}
}

// keptValue is what a script has kept, as it was given.
func keptValue(v dialogs.Value) any {
	switch v.Kind {
	case dialogs.Number:
		return v.Number
	case dialogs.YesNo:
		return v.Yes
	case dialogs.Series:
		points := make([]any, len(v.Series))
		for i, p := range v.Series {
			points[i] = map[string]any{"on": p.On, "number": p.Number}
		}
		return points
	default:
		return v.Text
	}
}

// readablePlan is when a script starts, as the rule of RFC 5545 that it is.
func readablePlan(s dialogs.Schedule) any {
	fields := map[string]any{}
	addFields(fields, reflect.ValueOf(s))
	if s.Repeats() {
		fields["rule"] = s.Rule()
	}
	for _, part := range []string{"weekly", "every", "days", "months", "nth", "day"} {
		delete(fields, part)
	}
	return fields
}

// small writes a name of ours as JSON has it: PausedUntil is paused_until.
func small(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
