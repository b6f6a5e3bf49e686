package store

import (
	"encoding/json"
	"maps"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onestep/bot"
	"onestep/dialogs"
)

// drawn fills a value of any type with drawn content, so that a field which is
// new and that nobody thought of is drawn as well.
func drawn(t *rapid.T, v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		if rapid.Bool().Draw(t, "a time") { // of the years 1935 to 2248
			v.Set(reflect.ValueOf(time.UnixMilli(rapid.Int64Range(-1<<40, 1<<43).Draw(t, "ms")).UTC()))
		}
		return
	}
	if v.Type() == reflect.TypeFor[dialogs.Values]() {
		m := make(map[string]dialogs.Value)
		drawn(t, reflect.ValueOf(&m).Elem(), depth)
		v.Set(reflect.ValueOf(dialogs.ValuesOf(maps.All(m))))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(rapid.Int32Range(-9, 9).Draw(t, "int") % 100))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(rapid.IntRange(0, 100).Draw(t, "uint")))
	case reflect.Float64:
		v.SetFloat(rapid.OneOf(rapid.SampledFrom([]float64{0, 7, 6.5, -3, 1e300, 0.1}), rapid.Float64Range(-1e6, 1e6)).Draw(t, "number"))
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"", "weekly", "weekly/today", "text", "series", "2026-03-02", "2026-02-30", "1969-12-31", "9999-12-31", "2026-3-02", "caf\xe9",
		})).Draw(t, "text"))
	case reflect.Pointer:
		if depth > 0 && rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			drawn(t, v.Elem(), depth-1)
		}
	case reflect.Slice:
		if n := rapid.IntRange(0, 3).Draw(t, "how many"); depth > 0 && n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				drawn(t, v.Index(i), depth-1)
			}
		}
	case reflect.Map:
		if n := rapid.IntRange(0, 3).Draw(t, "how many"); depth > 0 && n > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range n {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				drawn(t, key, depth-1)
				drawn(t, value, depth-1)
				v.SetMapIndex(key, value)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			drawn(t, v.Field(i), depth)
		}
	}
}

// Every field of a conversation comes back, those before the last answer too.
func TestStatesGiveBackWhatTheyWereGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := new(bot.Conversation)
		drawn(t, reflect.ValueOf(c).Elem(), 7)
		c.ID, c.Version, c.Reply = "", 0, bot.ReplyTimer{} // they stand elsewhere
		if c.Patient == nil {
			c.Patient = &bot.Patient{Case: "Wren-417"}
		}
		s := &c.Patient.Dialog
		if s.Undo != nil {
			s.Undo.Before.Undo = nil
			for name, v := range s.Facts.All() { // most facts stay
				if rapid.Bool().Draw(t, "stays") {
					s.Undo.Before.Facts = s.Undo.Before.Facts.With(name, v)
				}
			}
		}
		r := column{b: appendState(nil, c)}
		got, err := readState(&r)
		if err != nil || len(r.b) > 0 {
			t.Fatalf("%v, %d bytes left", err, len(r.b))
		}
		if !reflect.DeepEqual(got, c) {
			is, _ := json.Marshal(got)
			want, _ := json.Marshal(c)
			t.Fatalf("came back as\n%s\nwant\n%s", is, want)
		}
	})
}

// What an older release wrote reads with nothing in the fields that it did not
// have, and what a newer one wrote without those that this one does not know.
func TestAnAskedQuestionOfAnotherReleaseIsRead(t *testing.T) {
	t.Parallel()
	for release, more := range map[string]func(*fields){
		"older": func(*fields) {},
		"newer": func(f *fields) {
			none, what := []string(nil), "of later"
			f.texts(&none) // nothing in Was
			f.text(&what)
		},
	} {
		want := dialogs.Place{Depth: 1, Script: "weekly", Step: "today"}
		var w fields
		s := w.begin()
		whole(&w, &want.Depth)
		name(&w, &want.Script)
		name(&w, &want.Step)
		more(&w)
		w.end(s)
		var got dialogs.Place
		r := fields{column: column{b: append(w.dst, "next"...)}, reads: true}
		if asked(&r, &got); r.bad || string(r.b) != "next" || !reflect.DeepEqual(got, want) {
			t.Errorf("of an %s release it is %+v, want %+v", release, got, want)
		}
	}
}

func TestEnvelopesGiveBackWhatTheyWereGiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var e bot.Envelope
		drawn(t, reflect.ValueOf(&e).Elem(), 6)
		got, err := readEnvelope(e.ID, appendEnvelope(nil, &e))
		if err != nil || !reflect.DeepEqual(got, e) {
			t.Fatalf("came back as\n%+v, %v\nwant\n%+v", got, err, e)
		}
	})
}

// In the midst of an update from replica to replica, the older ones send what the
// newer ones wrote.
func TestAnEnvelopeOfANewerReleaseIsRead(t *testing.T) {
	t.Parallel()
	want := bot.Envelope{Text: "What has been better?", Until: time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC)}
	newer := append(appendEnvelope(nil, &want), "a new field"...)
	if _, err := readEnvelope("", newer); err == nil {
		t.Error("rubbish behind an envelope of this release is read as nothing")
	}
	newer[1] |= known + 1
	if got, err := readEnvelope("", newer); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("it is %+v, %v, want %+v", got, err, want)
	}
}

func TestMarksAreKeptForTwoDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		at := map[string]time.Time{}
		var m marks
		for _, operation := range rapid.SliceOfNDistinct(rapid.StringN(1, 20, 20), 0, 30, rapid.ID).Draw(t, "operations") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20*3600).Draw(t, "seconds")) * time.Second)
			m = m.add(operation, now)
			at[operation] = now
			r := column{b: m.write(nil)}
			if m = r.marks(); r.bad || len(r.b) > 0 {
				t.Fatal("marks do not come back")
			}
		}
		for operation, then := range at {
			age := now.Sub(then)
			if has := m.has(operation); age <= 48*time.Hour && !has || age > 51*time.Hour && has {
				t.Errorf("a mark of %v ago: %v", age, has)
			}
		}
	})
	var m marks
	for n := range 3 * mostMarks {
		m = m.add(string(rune('a'+n)), time.Unix(0, 0))
	}
	if len(m) != mostMarks {
		t.Errorf("%d marks are kept, want %d", len(m), mostMarks)
	}
}
