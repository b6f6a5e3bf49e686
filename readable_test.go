package main

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/dialogs"
)

// What is kept reads as it was given, under names that read well, whatever kind
// of field it stands in.
func TestReadable(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		of   any
		want string
	}{
		{dialogs.Value{Kind: dialogs.Number}, `0`},
		{dialogs.Value{Kind: dialogs.YesNo}, `false`},
		{dialogs.Value{Kind: dialogs.Date, Text: "2026-03-02"}, `"2026-03-02"`},
		{dialogs.Value{Kind: dialogs.Series, Series: []dialogs.Point{{On: "2026-03-02"}}}, `[{"number":0,"on":"2026-03-02"}]`},
		{dialogs.Values{}.With("hope", dialogs.Value{Kind: dialogs.Text, Text: "tea"}).With("again", dialogs.Value{Kind: dialogs.YesNo, Yes: true}), `{"again":true,"hope":"tea"}`},
		{[]bot.Entry(nil), `[]`},
		{&bot.Patient{WorkerID: "w", Waits: map[string]bot.Wait{"script:weekly": {Due: at, Held: []string{"cap"}}}}, `{"waits":{"script:weekly":{"due":"2026-03-02T08:00:00Z","held":["cap"]}},"worker_id":"w"}`},
		{
			bot.Envelope{ID: "x", Class: bot.Planned, Chat: bot.Chat{Platform: "telegram", ID: "-1", Thread: "7"}, Buttons: []bot.Button{{Label: "Yes", Data: "t:1"}}, Wait: time.Hour},
			`{"buttons":[{"data":"t:1","label":"Yes"}],"chat":"telegram:-1:7","class":"planned","id":"x","wait":"1h0m0s"}`,
		},
		{bot.Letter{To: "w", Kind: "nudge", Body: []byte(`{"case":"Wren-417"}`)}, `{"body":{"case":"Wren-417"},"kind":"nudge","to":"w"}`},
		{dialogs.Schedule{Weekly: time.Sunday, Every: 2, At: "10:00"}, `{"at":"10:00","rule":"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"}`},
		{dialogs.Schedule{On: "2026-03-02", At: "10:00"}, `{"at":"10:00","on":"2026-03-02"}`},
	} {
		got, err := json.Marshal(readable(c.of))
		if err != nil || string(got) != c.want {
			t.Errorf("%T reads %s, %v; want %s", c.of, got, err, c.want)
		}
	}
	for name, want := range map[string]string{"ID": "id", "WorkerID": "worker_id", "PausedUntil": "paused_until", "At": "at"} {
		if got := small(name); got != want {
			t.Errorf("%s is written %s", name, got)
		}
	}
}

// Every type that export goes through shows what it has, or has its line.
func TestReadableKnowsEveryType(t *testing.T) {
	t.Parallel()
	known := map[reflect.Type]bool{
		reflect.TypeFor[time.Time](): true, reflect.TypeFor[dialogs.Values](): true, reflect.TypeFor[dialogs.Schedule](): true,
		reflect.TypeFor[any](): true, // Conversation.Opened, which is the store's own
	}
	var look func(where string, of reflect.Type)
	look = func(where string, of reflect.Type) {
		if known[of] {
			return
		}
		known[of] = true
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			look(where, of.Elem())
		case reflect.Map:
			if of.Key().Kind() != reflect.String {
				t.Errorf("%s has keys that are no texts: %s", where, of)
			}
			look(where, of.Elem())
		case reflect.Struct:
			for field := range of.Fields() {
				if !field.IsExported() {
					t.Errorf("%s.%s cannot be seen: %s needs a line in readable", where, field.Name, of)
					continue
				}
				look(where+"."+field.Name, field.Type)
			}
		case reflect.Interface, reflect.Func, reflect.Chan:
			t.Errorf("%s can be anything: %s needs a line in readable", where, of)
		}
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[bot.Conversation](), reflect.TypeFor[bot.Entry](), reflect.TypeFor[bot.Envelope](),
		reflect.TypeFor[store.Dead](), reflect.TypeFor[bot.Nudge](),
	} {
		look(of.Name(), of)
	}
}
