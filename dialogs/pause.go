package dialogs

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs/reply"
)

// pause silences what starts by itself, for so many weeks from today or until
// a date: to the first moment of its last day, however that was said, so that a
// check-in of that day comes.
func (t *turn) pause(st *step) error {
	if st.until != nil {
		date, ok, err := t.value(st.until, Date)
		if err != nil {
			return err
		}
		if ok {
			day, err := time.Parse(time.DateOnly, date.Text)
			if err != nil {
				return err
			}
			t.s.PausedUntil = localTime(day, time.Time{}, t.ev.Zone).UTC()
			t.record(Record{What: "wish", Name: "paused", Value: &date})
			return nil
		}
	}
	weeks, ok, err := t.value(st.weeks, Number)
	if err != nil || !ok {
		return err
	}
	if weeks.Number < 0 || weeks.Number > 520 {
		return errors.New("a pause is 0 to 520 weeks")
	}
	t.s.PausedUntil = Forever
	if weeks.Number > 0 {
		day := civil(t.ev.At, t.ev.Zone).AddDate(0, 0, int(math.Round(7*weeks.Number)))
		t.s.PausedUntil = localTime(day, time.Time{}, t.ev.Zone).UTC()
	}
	t.record(Record{What: "wish", Name: "paused", Value: &weeks})
	return nil
}

// How people say how long a pause is to be.
var (
	untilWords = regexp.MustCompile(`\b(?:until|untill|til|till|'til|up to|back on|again on|before)\s+(?:about\s+|around\s+)?(.+)$`)
	twoLengths = regexp.MustCompile(`\b(?:than|least)\b|\bor\b(?: so)?|\d\s*(?:-|–|to)\s*\d`)
	hasDigit   = regexp.MustCompile(`\d`)
	pauseSpan  = regexp.MustCompile(`\b(?:for\s+)?(?:the\s+)?(?:next\s+)?(a|an|one|two|three|four|five|six|seven|eight|couple of|a couple of|few|\d{1,2})\s+(day|days|week|weeks|wk|wks|fortnight|fortnights|month|months)\b`)
)

// longestPause bounds a pause that is said in plain words: whoever wants a
// longer one says so without an end.
const longestPause = 366 * 24 * time.Hour

// pausedUntil reads the day on which a pause that was wished for ends; ok is
// false where the words name none, or none that can be taken.
func pausedUntil(text string, today time.Time) (day time.Time, ok bool) {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	if words, welsh := inEnglish(wishWords(text)); welsh {
		text = strings.Join(words, " ")
	}
	if m := untilWords.FindStringSubmatch(text); m != nil {
		if strings.HasPrefix(m[1], "after ") || strings.Contains(m[1], " or ") {
			return time.Time{}, false // some day after, or one of two: it is asked
		}
		r := reply.Date(m[1], today)
		if day = r.Value; !r.OK || r.AskBack {
			return time.Time{}, false
		}
	} else if m := pauseSpan.FindStringSubmatch(text); m != nil {
		before, _, _ := strings.Cut(text, m[0])
		if said := twoLengths.FindString(text); said != "" && said != "or so" || strings.HasSuffix(strings.TrimSpace(before), "not") {
			return time.Time{}, false // one of two, more than one, or just not that: it is asked
		}
		n, known := countWords[m[1]]
		if !known {
			n, _ = strconv.Atoi(m[1])
		}
		switch {
		case m[1] == "a couple of" || m[1] == "couple of":
			n = 2
		case m[1] == "few":
			return time.Time{}, false
		}
		y, mo, d := today.Date()
		days, months := 0, 0
		switch unit := strings.TrimSuffix(m[2], "s"); unit {
		case "day":
			days = n
		case "week", "wk":
			days = 7 * n
		case "fortnight":
			days = 14 * n
		case "month":
			months = n
		}
		day = time.Date(y, mo+time.Month(months), d+days, 0, 0, 0, 0, today.Location())
	} else {
		return time.Time{}, false
	}
	if !day.After(today) || day.Sub(today) > longestPause {
		return time.Time{}, false
	}
	return day, true
}

// pauseAnswer takes the day on which the pause is to end, or for how long it is
// to last, while the pause script asks for that: "10 days", "until 1 April", "3
// weeks". A number there belongs to the words beside it and names no button;
// where they name no day that can be taken, it is asked back.
func (t *turn) pauseAnswer(st *step) bool {
	if t.top().Script != pauseScript || st.asks != askChoice || !slices.Contains(t.scriptOf().filled, "last_day") {
		return false
	}
	text, today := t.ev.Text, t.ev.At.In(t.ev.Zone)
	day, ok := pausedUntil(text, today)
	if r := reply.Date(text, today); r.OK {
		day, ok = r.Value, !r.AskBack && r.Value.After(today) && r.Value.Sub(today) <= longestPause
	} else if !ok && !(hasDigit.MatchString(text) && (untilWords.MatchString(strings.ToLower(text)) || twoLengths.MatchString(text))) {
		return false
	}
	if !ok {
		t.unclear("pause/no-day")
		return true
	}
	last := Value{Kind: Date, Text: day.Format(time.DateOnly)}
	t.recordAnswer(st, &last, "pause/until")
	s, depth := t.s.Session, len(t.s.Session.Frames)-1
	s.Open = nil
	s.Asked = slices.DeleteFunc(slices.Clone(s.Asked), func(p Place) bool { return p.Depth >= depth })
	t.top().Vars = Values{}.With("last_day", last)
	t.run(0)
	return true
}

// pauseVars fills the variable of the pause script that holds the day on which
// the pause ends, where the wish named one.
func (t *turn) pauseVars(script *Script) Values {
	if !slices.Contains(script.filled, "last_day") {
		return Values{}
	}
	day, ok := pausedUntil(t.ev.Text, t.ev.At.In(t.ev.Zone))
	if !ok {
		return Values{}
	}
	return Values{}.With("last_day", Value{Kind: Date, Text: day.Format(time.DateOnly)})
}
