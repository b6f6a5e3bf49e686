package dialogs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs/reply"
)

// changeScript asks what a wish for other times left open, sets the plan, and
// says when the next check-in is. Its variables are filled here, as far as it
// declares them.
const changeScript = "checkin-change"

// planWish takes words that wish for other times. It is false when they do
// not, answer the open question, or there is no plan to change.
func (t *turn) planWish(open *step) bool {
	ed := t.eds.Current
	if t.s.Session != nil {
		ed = t.ed
	}
	if ed.scripts[changeScript] == nil {
		return false
	}
	w, ok := ReadPlanWish(t.ev.Text, t.ev.At.In(t.ev.Zone))
	if !ok || open != nil && t.answers(open, w) {
		return false
	}
	name, ok := t.checkinPlan(ed)
	if !ok {
		return false
	}
	plan := t.s.Schedules[name]
	t.record(Record{What: "wish", Name: "plan", Raw: t.ev.Text, Rule: "plan/wish"})
	if w.Earliest >= 0 || w.Latest >= 0 {
		if w.Clock = minutesOf(plan.At); !t.keepHours(w) {
			t.show()
			return true
		}
	}
	vars := ed.scripts[changeScript].carried(t.proposal(w, name))
	if t.s.Session == nil {
		if !t.open(changeScript) {
			return true
		}
		t.s.Session.Replied = true
	} else if s := t.s.Session; !t.asksAgain() {
		t.top().Resume, s.Open = s.Open, nil
		s.Frames = append(s.Frames, Frame{Script: changeScript})
	}
	t.top().Vars = vars
	t.run(0)
	return true
}

// keepHours keeps the hours in which the person wants to be written to, and
// tells whether their plan lies outside and has to move.
func (t *turn) keepHours(w PlanWish) bool {
	from, to := t.sending()
	switch own := t.s.Awake.From; {
	case w.Earliest >= 0:
		from = max(from, w.Earliest)
	case own != "":
		from = max(from, minutesOf(own))
	}
	switch own := t.s.Awake.To; {
	case w.Latest >= 0:
		to = min(to, w.Latest)
	case own != "":
		to = min(to, minutesOf(own))
	}
	if to-from < shortestDay { // too little is left of the day to write in
		t.say(t.rather("own-hours-short", "noted"), false)
		return false
	}
	t.setAwake(from, to)
	return t.within(w.Clock).moved
}

// setAwake sets the hours in which the person wants to be written to, and says
// them.
func (t *turn) setAwake(from, to int) {
	clock := func(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
	t.s.Awake = Awake{From: clock(from), To: clock(to)}
	if t.ed.phrases["own-hours"] != nil {
		more := map[string]string{"from": t.timeInWords(from), "to": t.timeInWords(to)}
		t.out = append(t.out, Say{Text: t.ed.Phrase("own-hours", t.ev.Language, t.ev.About, more), Step: "phrases/own-hours"})
	}
}

// wakes widens the person's own hours to a time that they pick for their
// check-in later on: the latest wish counts.
func (t *turn) wakes(script string, at time.Time) {
	if s := t.ed.scripts[script]; s == nil || !s.checkin || t.s.Awake == (Awake{}) {
		return
	}
	minutes := 60*at.Hour() + at.Minute()
	from, to := minutesOf(t.s.Awake.From), minutesOf(t.s.Awake.To)
	if minutes < from || minutes >= to {
		earliest, latest := t.sending()
		t.setAwake(max(earliest, min(from, minutes)), min(latest, max(to, minutes+shortestDay)))
	}
}

// shortestDay is the least that has to be left of a day to write in, in minutes.
const shortestDay = 60

// sending are the minutes of the day between which planned messages are sent.
func (t *turn) sending() (from, to int) {
	from, to = 9*60, 20*60 // DOMAIN h: scheduled sends 09:00 to 20:00
	if t.ev.About.From != "" && t.ev.About.To != "" {
		from, to = minutesOf(t.ev.About.From), minutesOf(t.ev.About.To)
	}
	return from, to
}

// asksAgain leaves what the change script has asked so far, if it is running:
// the new wish takes the place of the one before.
func (t *turn) asksAgain() bool {
	s := t.s.Session
	i := slices.IndexFunc(s.Frames, func(f Frame) bool { return f.Script == changeScript })
	if i < 0 {
		return false
	}
	s.Frames, s.Open = s.Frames[:i+1], nil
	s.Asked = slices.DeleteFunc(slices.Clone(s.Asked), func(p Place) bool { return p.Depth >= i })
	return true
}

// checkinPlan names the check-in that has a repeating plan.
func (t *turn) checkinPlan(ed *Edition) (string, bool) {
	for _, name := range slices.Sorted(maps.Keys(t.s.Schedules)) {
		if s := ed.scripts[name]; s != nil && s.checkin && t.s.Schedules[name].Repeats() {
			return name, true
		}
	}
	return "", false
}

// proposal is what a wish makes of a plan, as the variables of the change
// script:
//
//	freq, day      together the rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=" and "thursday"
//	first_day      the first of its days
//	clock          the local time, "18:00"; with ask_half its morning, and
//	clock_late     its evening
//	every, monthly how many weeks lie between two check-ins; once a month
//	nth            which of its weekdays a month's check-in takes: "2", "-1"
//	date           the day of a single change
//	old_rule, old_clock  the plan as it was, to be put back as it is
//	ask_half, ask_day, ask_time, ask_often, ask_once  what the words left open
//	outside        the time lies outside the hours of sending, and was moved
//	too_often      more often than once a week was wished for
//	same           nothing changes
//	other_rhythm   how often changes
func (t *turn) proposal(w PlanWish, script string) Values {
	plan := t.s.Schedules[script]
	vars := map[string]Value{}
	text := func(name, v string) {
		if v != "" {
			vars[name] = Value{Kind: Text, Text: v}
		}
	}
	yes := func(name string, is bool) {
		if is {
			vars[name] = Value{Kind: YesNo, Yes: true}
		}
	}
	text("old_rule", plan.kept(t.ev.At, t.ev.Zone))
	text("old_clock", plan.At)

	next, _ := plan.Next(t.goesOn(), t.ev.Zone)
	around := civil(next, t.ev.Zone)
	if last, ok := plan.last(t.ev.At, t.ev.Zone); ok {
		around = last
	}
	nth := (around.Day()-1)/7 + 1
	if plan.Months > 0 && plan.Nth != 0 {
		nth = plan.Nth
	} else if nth > 4 {
		nth = -1
	}
	text("nth", strconv.Itoa(nth))

	days := plan.days()
	if plan.Months > 0 && plan.Nth == 0 {
		days = Days(0).With(around.Weekday())
	}
	was := days
	if w.Days != 0 {
		days = w.Days
	}
	// Once a week is the most: of several days one is asked for.
	askDay := w.OtherDay || w.Either || days&w.Not != 0 || len(w.Days.list()) > 1
	weeks, months := plan.Every, plan.Months
	if w.Weeks > 0 || w.Months > 0 {
		weeks, months = w.Weeks, w.Months
	}
	rare := plan.Every > 1 || plan.Months > 0
	yes("ask_often", w.Less || w.More && rare)
	yes("too_often", w.More && !rare)

	clock, late, askHalf, askTime := t.clocks(w, plan.At)
	text("clock", clock.at)
	text("clock_late", late.at)
	yes("outside", clock.outside || askHalf && late.outside)
	yes("ask_half", askHalf)
	yes("ask_time", askTime)
	yes("ask_day", askDay)

	rhythm := w.Weeks > 0 || w.Months > 0 || w.Less || w.More
	yes("other_rhythm", rhythm)
	if t.come(script) != zeroTime && plan.Instead == "" {
		next = t.ev.At // the one that has come is meant
	}
	if date, ok := t.singleDay(w, next, minutesOf(clock.at)); ok && !askDay && !rhythm {
		vars["date"] = Value{Kind: Date, Text: date.Format(time.DateOnly)}
		yes("ask_once", !w.Once && !w.Always)
		yes("once", w.Once)
	}
	moved := days != was || clock.at != plan.At || weeks != plan.Every || months != plan.Months
	yes("same", !moved && !askDay && !askTime && !askHalf && !w.Once && !w.Less && !w.More)

	vars["every"] = Value{Kind: Number, Number: float64(max(weeks, 4*months))}
	yes("monthly", months > 0)
	freq := "FREQ=WEEKLY;INTERVAL=" + strconv.Itoa(max(weeks, 1)) + ";BYDAY="
	if months > 0 {
		freq = "FREQ=MONTHLY;INTERVAL=" + strconv.Itoa(months) + ";BYDAY=" + strconv.Itoa(nth)
		days = Days(0).With(days.list()[0])
	}
	text("freq", freq)
	var names []string
	for _, d := range days.list() {
		names = append(names, strings.ToLower(english.days[d]))
	}
	text("day", strings.Join(names, ","))
	text("first_day", names[0])
	return ValuesOf(maps.All(vars))
}

// goesOn is from when on check-ins come: now, or from the end of a break on.
func (t *turn) goesOn() time.Time {
	if t.paused() && !t.s.PausedUntil.Equal(Forever) {
		return t.s.PausedUntil
	}
	return t.ev.At
}

// singleDay is the day that one check-in alone would move to: the one of that
// day, at a time of day.
func (t *turn) singleDay(w PlanWish, of time.Time, clock int) (time.Time, bool) {
	from := t.goesOn()
	switch {
	case w.Always || of.IsZero():
		return time.Time{}, false
	case !w.On.IsZero():
		return w.On, true
	case len(w.Days.list()) == 1:
		day := w.Days.list()[0]
		if r := reply.Date(t.ev.Text, t.ev.At.In(t.ev.Zone)); r.OK && r.Value.Weekday() == day && LocalTime(r.Value, clock, t.ev.Zone).After(from) {
			return r.Value, true
		}
		// Of the week in which that check-in would be.
		date := monday(civil(of, t.ev.Zone)).AddDate(0, 0, (int(day)+6)%7)
		if !date.After(civil(from, t.ev.Zone)) {
			date = date.AddDate(0, 0, 7)
		}
		return date, true
	case w.Clock >= 0 || w.Part != "":
		date := civil(of, t.ev.Zone)
		if !LocalTime(date, clock, t.ev.Zone).After(from) {
			date = date.AddDate(0, 0, 1)
		}
		return date, true
	}
	return time.Time{}, false
}

// wall is a time of day to write at, whether hours moved it, and whether those
// were the team's hours of sending rather than the person's own.
type wall struct {
	at             string
	moved, outside bool
}

// partTimes are when to write in a part of the day of which nothing more was said.
var partTimes = map[string]int{"morning": 10 * 60, "afternoon": 14 * 60, "evening": 18 * 60}

// partOf is the part of the day of a time.
func partOf(minutes int) string {
	switch {
	case minutes < 12*60:
		return "morning"
	case minutes < 18*60:
		return "afternoon"
	}
	return "evening"
}

// clocks is the time of day of a wish. The person's own hours give way to a time
// that they name, but not to one that a wish for other hours only moves. A time that could be of either half of
// the day is the one at which something may be sent; where that settles
// nothing, it is to be asked.
func (t *turn) clocks(w PlanWish, old string) (clock, late wall, askHalf, askTime bool) {
	was := minutesOf(old)
	clock = wall{at: old}
	switch {
	case w.Clock >= 0 && w.Half:
		am, pm := w.Clock%(12*60), w.Clock%(12*60)+12*60
		switch early, evening := t.within(am), t.within(pm); {
		case w.Part == "morning", w.Part == "" && !early.moved && evening.moved:
			clock = t.named(am)
		case w.Part != "", early.moved && !evening.moved:
			clock = t.named(pm)
		default:
			clock, late, askHalf = t.named(am), t.named(pm), true
		}
	case w.Clock >= 0 && (w.Earliest >= 0 || w.Latest >= 0):
		clock = t.within(w.Clock)
	case w.Clock >= 0:
		clock = t.named(w.Clock)
	case w.Part != "" && partOf(was) != w.Part:
		clock = t.within(partTimes[w.Part])
	case w.NotPart != "" && partOf(was) == w.NotPart, w.OtherTime:
		askTime = true
	}
	return clock, late, askHalf, askTime
}

// within moves a time of day into the hours in which something may be sent: the
// team's, and the person's own.
func (t *turn) within(minutes int) wall {
	from, to := t.sending()
	if own := t.s.Awake; own != (Awake{}) {
		from, to = max(from, minutesOf(own.From)), min(to, minutesOf(own.To))
	}
	w := between(minutes, from, to)
	w.outside = t.named(minutes).moved
	return w
}

// named moves a time of day that the person names into the team's hours of
// sending.
func (t *turn) named(minutes int) wall {
	from, to := t.sending()
	w := between(minutes, from, to)
	w.outside = w.moved
	return w
}

// between moves a time of day into a span of it.
func between(minutes, from, to int) wall {
	in := minutes
	switch {
	case from >= to: // nothing is quiet, or all is
	case minutes < from:
		in = from
	case minutes >= to:
		in = max(from, to-60) // an hour before the end, so that there is time to answer
	}
	return wall{at: fmt.Sprintf("%02d:%02d", in/60, in%60), moved: in != minutes}
}

// minutesOf reads "18:00" as minutes since midnight.
func minutesOf(clock string) int {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return 0
	}
	return at.Hour()*60 + at.Minute()
}

// timeInWords says a local time of day: "at 6 in the evening".
func (t *turn) timeInWords(minutes int) string {
	key := "at-" + partOf(minutes)
	if minutes == 12*60 {
		key = "at-noon"
	}
	if t.ed.phrases[key] == nil {
		return fmt.Sprintf("at %02d:%02d", minutes/60, minutes%60)
	}
	hour := (minutes/60+11)%12 + 1
	clock := strconv.Itoa(hour)
	if m := minutes % 60; m != 0 {
		clock += fmt.Sprintf(":%02d", m)
	}
	return t.ed.Phrase(key, t.ev.Language, t.ev.About, map[string]string{"time": clock})
}

// answers tells whether words answer the open question rather than wish for
// other times.
func (t *turn) answers(st *step, w PlanWish) bool {
	switch st.asks {
	case askChoice:
		return reply.Choose(t.ev.Text, st.optionsFor(t.ev.Language)).OK
	case askDate:
		if t.top().Script == changeScript && (w.Clock >= 0 || w.Part != "") {
			return false // of another day for a check-in the time counts, too
		}
		return !w.About && w.Weeks+w.Months == 0 && reply.Date(t.ev.Text, t.ev.At.In(t.ev.Zone)).OK
	case askScale:
		return w.Days == 0 && w.Part == "" && w.Weeks+w.Months == 0 && reply.Scale(t.ev.Text).OK
	case askYesNo:
		return !w.Strong && reply.YesNo(t.ev.Text).OK
	}
	return !w.Strong
}
