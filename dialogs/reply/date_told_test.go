package reply

import (
	"testing"
	"time"
)

// A day that is told of something else is no answer, whatever day it is, and
// the same day is one where the person speaks of doing it.
func TestDaysOfOtherThingsAreNoAnswer(t *testing.T) {
	t.Parallel()
	days := map[string]string{
		"thursday": "2026-03-05", "next friday": "2026-03-13", "the 14th": "2026-03-14", "sat 21st": "2026-03-21", "friday week": "2026-03-13", "tues 10th March": "2026-03-10",
		"tomorrow": "2026-03-03", "a week on monday": "2026-03-16", "next week on wednesday": "2026-03-11", "the 4th of april": "2026-04-04", "Good Friday": "2026-04-03", "12/3": "2026-03-12",
		"the day after mothers day": "2026-03-16", "the day before good friday": "2026-04-02", "the last friday of the month": "2026-03-27", "this coming sunday": "2026-03-08",
	}
	told := []string{"moving house ", "moving flat ", "getting my hair done ", "back to work ", "Dave's round ", "our Kev is up ", "my mum is coming ", "my birthday is ", "I have the dentist ", "dentist ",
		"got physio ", "hospital ", "funeral ", "not ", "anything but ", "can't do ", "I'm away ", "busy ", "flying home ", "starting chemo "}
	own := []string{"", "I'll do it ", "ask me ", "probably ", "could you try me ", "I can do ", "it'll have to be ", "best day is ", "signing up ", "joining ", "ringing them ", "yes ", "let's say "}
	tails := []string{"", " please", " I think", " after work", " if that's ok", " when my daughter is here"}
	for day, want := range days {
		for _, frame := range told {
			if r := Date(frame+day, LabelledDay); r.OK {
				t.Errorf("%q is read as %s by %s", frame+day, r.Value.Format(time.DateOnly), r.Rule)
			}
		}
		for _, frame := range own {
			for _, tail := range tails {
				text := frame + day + tail
				if r := Date(text, LabelledDay); !r.OK || r.Value.Format(time.DateOnly) != want {
					t.Errorf("%q is read as %v %s by %s, want %s", text, r.OK, r.Value.Format(time.DateOnly), r.Rule, want)
				}
			}
		}
	}
}

// An "is" before a day may be no more than an 's.
func TestWhatIsOnADayIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Market's on Wednesday", "the market's on wednesday", "bingo's on a thursday", "the club's every friday"} {
		if r := Date(text, LabelledDay); r.OK && !r.AskBack {
			t.Errorf("%q is read as %s by %s", text, r.Value.Format(time.DateOnly), r.Rule)
		}
	}
	for text, want := range map[string]string{"Wednesday's best": "2026-03-04", "tomorrow's fine": "2026-03-03", "next friday's good for me": "2026-03-13"} {
		if r := Date(text, LabelledDay); !r.OK || r.Value.Format(time.DateOnly) != want {
			t.Errorf("%q is read as %v %s by %s", text, r.OK, r.Value.Format(time.DateOnly), r.Rule)
		}
	}
}

// Each stands for a rule: what a day is counted from, what it is left until, and
// how a day told of is taken up.
func TestDaysBesideOthers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"my birthdays the 18th so do it the day before":                   "2026-03-17",
		"I'll be back from Rothesay on the 10th, ask the day after":       "2026-03-11",
		"I'd rather leave it till the 30th":                               "2026-03-30",
		"the physio comes Wednesday so i will do it with her":             "2026-03-04",
		"payday's the 27th so I'll join then":                             "2026-03-27",
		"the club runs thursday so i'll go to that":                       "2026-03-05",
		"first saturday of the month is the repair cafe so thats the one": "2026-03-07",
		"day before mothers day, saturday 14th":                           "2026-03-14",
		"thursday is when I'm free":                                       "2026-03-05",
		"next week on monday":                                             "2026-03-09",
		"antibiotics finish on 31st March, I'll do it the 28th":           "2026-03-28",
		"I'll go friday, we fly on the 20th":                              "2026-03-06",
		"sat is best":                                                     "2026-03-07",
	} {
		if r := Date(text, LabelledDay); !r.OK || r.Value.Format(time.DateOnly) != want {
			t.Errorf("%q is read as %v %s by %s, want %s", text, r.OK, r.Value.Format(time.DateOnly), r.Rule, want)
		}
	}
	for _, text := range []string{"friday or the day after", "not till the 20th", "the sun is out", "sat in all day", "the tuesday before easter", "monday is good so is tuesday", "I can do tuesday or I can do friday", "I can do tuesday, I can do friday"} {
		if r := Date(text, LabelledDay); r.OK {
			t.Errorf("%q is read as %s by %s", text, r.Value.Format(time.DateOnly), r.Rule)
		}
	}
}
