package dialogs

import (
	"onestep/dialogs/reply"
)

// Step takes one event to a person's dialog. It is pure: the state it is given
// stays as it is, and the same input gives the same output. An error is a
// mistake of the caller, and then nothing has changed.
//
// The order matters and is the same in every state: words that may mean danger
// come before everything, then stop, then a hold, a stop or a pause that is in
// force, then the person's other wishes, and only then the open question.
func Step(eds Editions, s State, ev Event) (State, []Effect, error) {
	next, effects, _, err := advance(eds, s, ev, false)
	return next, effects, err
}

// Trace is Step that also tells which steps it took or passed over, in order,
// as script/step: for transcripts, which show that every step is tried. The end
// of a script is "script/", and behind it stands the call that it goes back to.
func Trace(eds Editions, s State, ev Event) (next State, effects []Effect, steps []string, err error) {
	return advance(eds, s, ev, true)
}

func advance(eds Editions, s State, ev Event, tracing bool) (State, []Effect, []string, error) {
	if err := fit(eds, ev); err != nil {
		return s, nil, nil, err
	}
	t := newTurn(eds, s, ev)
	t.tracing = tracing
	t.take()
	t.rememberSaid()
	t.rememberWritten(s)
	t.end()
	return t.s, t.out, t.trace, nil
}

// fit tells a caller's mistake.
func fit(eds Editions, ev Event) error {
	switch {
	case eds.Current == nil:
		return errNoEdition
	case ev.At.IsZero() || ev.Zone == nil:
		return errNoTime
	}
	return nil
}

// Danger is the distress rule for people without a dialog: strangers, workers.
// The effects are the fixed words alone; telling somebody is the caller's, who
// says with told whether there is somebody to tell.
func Danger(e *Edition, ev Event, told bool) (effects []Effect, rule reply.RuleID, found bool) {
	rule, found = reply.Distress(ev.Text)
	if !found {
		return nil, "", false
	}
	key := distressPhrase(e, ev.About)
	if !told && e.phrases["distress-stranger"] != nil {
		key = "distress-stranger" // it promises nobody that we know of
	}
	return []Effect{safety(e, key, ev)}, rule, true
}

// distressPhrase is the one that is true at this hour: when nobody reads it
// says so, and when somebody is on duty then, it says that.
func distressPhrase(e *Edition, about Host) string {
	key := "distress"
	switch {
	case about.Closed && about.Duty:
		key = "distress-duty"
	case about.Closed:
		key = "distress-closed"
	}
	if e.phrases[key] == nil {
		return "distress"
	}
	return key
}

// safety is a message that nothing holds back.
func safety(e *Edition, key string, ev Event) Say {
	return Say{Text: e.Phrase(key, ev.Language, ev.About, nil), Step: "phrases/" + key, Safety: true}
}

func (t *turn) take() {
	ev := &t.ev
	t.wish = reply.Reading[reply.Command]{}
	if ev.Kind == Replied || ev.Kind == Edited || ev.Kind == Media {
		if ev.Text != "" {
			t.wish = reply.ReadCommand(ev.Text)
			if words, rule, found := t.danger(ev.Text); found {
				t.distress(words, rule)
				return
			}
			if t.wishes(reply.Stop) {
				t.heard()
				t.stop(string(t.wish.Rule))
				t.phrase(t.rather("stop-done", "stopped"))
				return
			}
		}
	}
	if label := t.pressedLabel(); label != "" {
		if rule, found := reply.Distress(label); found {
			ev.Text = label
			t.distress(label, rule)
			return
		}
	}
	if ev.Kind == Replied || ev.Kind == Pressed || ev.Kind == Media {
		t.heard()
	}
	if ev.Kind == Replied && !t.s.Held && !t.s.Stopped && (t.correct() || t.correctedLate()) {
		return
	}
	t.move()
	if t.speak() {
		return
	}
	switch {
	case ev.Kind == Released:
		t.release()
	case ev.Kind == FalseAlarm:
		t.falseAlarm()
	case ev.Kind == Unpaused:
		t.unpause()
	case ev.Kind == Returned:
		t.returned()
	case t.s.Held:
		t.whileHeld()
	case t.s.Stopped:
		t.whileSilent("stopped")
	case t.paused() && t.s.Session == nil:
		t.whileSilent("paused")
	case ev.Kind == Began:
		t.begin(ev.Due)
	case t.s.Session == nil:
		t.whileIdle()
	case t.lost():
		t.broken()
	default:
		t.whileAsking()
	}
}

// wishes tells whether the words are clearly this wish.
func (t *turn) wishes(c reply.Command) bool { return t.wish.OK && t.wish.Value == c }

// heard notes that the person is there.
func (t *turn) heard() {
	t.s.Missed = 0
	if t.s.Session != nil {
		t.s.Session.Replied = true
	}
}

// distress answers words that may mean danger: fixed words, a person told at
// once, and silence from the scripts until that person clears it.
func (t *turn) distress(words string, rule reply.RuleID) {
	t.heard()
	t.endangered = true
	t.out = append(t.out, safety(t.eds.Current, distressPhrase(t.eds.Current, t.ev.About), t.ev),
		Nudge{Trigger: Distress, Changed: Triggers[Distress].Changed, Words: words, Rule: rule},
		Record{What: "distress", Raw: words, Rule: string(rule)})
	t.s.Held = true
	if t.wishes(reply.Stop) && (words != t.ev.Text || t.besideDanger()) {
		t.stop(string(t.wish.Rule)) // any refusal is honoured, also beside other words
	}
}

// besideDanger tells a stop that stands beside words of danger from one that is
// made of them: "I want to end my life" does not ask us to stop. Where it takes
// earlier messages to see danger, the stop stands by itself.
func (t *turn) besideDanger() bool {
	words, span := t.ev.Text, t.wish.Span
	_, _, found := t.danger(words[:span.From] + " " + words[span.To:])
	return found
}

// whileHeld answers with fixed words and reads nothing but a wish for a person.
// That and what only a human can hear go to the worker as at any time.
func (t *turn) whileHeld() {
	switch t.ev.Kind {
	case Began:
		t.record(Record{What: "session", Name: t.ev.Due.Script, Rule: "dropped-held"})
		t.unplan(t.ev.Due.Script)
	case Replied, Edited, Media, Pressed:
		t.keepWords()
		if t.ev.Kind == Media {
			t.nudge(CannotRead)
		}
		if t.wishes(reply.Human) {
			t.asksForHuman()
		}
		t.say("held", true)
	}
}

// whileSilent answers during a stop or a pause: the fixed phrase, but a person
// can always start again, ask for help or ask for a human.
func (t *turn) whileSilent(state string) {
	switch t.ev.Kind {
	case Began:
		t.record(Record{What: "session", Name: t.ev.Due.Script, Rule: "dropped-" + state})
		t.unplan(t.ev.Due.Script)
		return
	case TimedOut:
		return
	case Replied:
		switch {
		case wantsStart(t.ev.Text):
			t.restart()
			return
		case t.wishes(reply.Human):
			t.human()
			return
		case t.wishes(reply.Help):
			t.help()
			return
		case t.wishes(reply.Pause) && state == "paused":
			t.pauseWish()
			return
		case t.wishes(reply.Back) && state == "paused" && t.undoes():
			t.back() // the answer that began the pause may have been misread
			return
		case state == "paused" && t.planWish(nil):
			return
		}
	case Edited:
		if t.editedWish() {
			return
		}
	case Media:
		t.media()
		return
	}
	t.keepWords()
	if t.changesNumber() {
		t.nudge(ChangedNumber)
	}
	t.phrase(state)
}

// restart is the person's own start: after a stop, after a pause or between
// dialogs.
func (t *turn) restart() {
	t.record(Record{What: "wish", Name: "start", Raw: t.ev.Text, Rule: "start"})
	t.s.Stopped = false
	t.unpause()
	if _, ok := t.eds.Current.scripts[returnScript]; !ok {
		t.phrase("help")
		return
	}
	t.start(returnScript)
}

// whileIdle answers between dialogs.
func (t *turn) whileIdle() {
	switch t.ev.Kind {
	case Replied:
		switch {
		case t.wishes(reply.Human):
			t.human()
		case t.wishes(reply.Help):
			t.help()
		case t.wishes(reply.Pause):
			t.pauseWish()
		case t.wishes(reply.Back) && t.undoes():
			t.back() // the answer that ended the dialog may have been misread
		case t.planWish(nil):
		case wantsStart(t.ev.Text) && !t.expectsCheckin():
			t.restart() // after the last check-in the way back stays open
		default:
			t.keepWords()
			t.phrase("noted")
		}
	case Pressed:
		t.keepWords()
		t.phrase("old-button")
	case Edited:
		t.edited()
	case Media:
		t.media()
	}
}

// whileAsking answers while a question is open.
func (t *turn) whileAsking() {
	if t.s.Session.Open == nil || t.question() == nil {
		t.broken() // no turn leaves a session so
		return
	}
	switch t.ev.Kind {
	case Replied:
		t.replied()
	case Pressed:
		t.pressed()
	case Edited:
		t.edited()
	case Media:
		t.media()
	case TimedOut:
		t.timedOut()
	}
}

// replied takes words while a question is open.
func (t *turn) replied() {
	st := t.question()
	if st.asks == askChoice {
		if value, ok := st.named(t.ev.Text, t.ev.Language); ok {
			t.answer(Value{Kind: Text, Text: value}, "choice/exact")
			return
		}
	}
	if pressedStart(t.ev.Text) {
		t.record(Record{What: "wish", Name: "start", Raw: t.ev.Text, Rule: "start"})
		t.show()
		return
	}
	if t.wish.OK {
		switch t.wish.Value {
		case reply.Help:
			t.help()
			return
		case reply.Human:
			t.human()
			return
		case reply.Pause:
			t.pauseWish()
			return
		case reply.Back:
			t.back()
			return
		case reply.Skip:
			t.skip(string(t.wish.Rule))
			return
		}
	}
	if t.pauseAnswer(st) || t.planWish(st) {
		return
	}
	t.read(st)
}

// keepWords records what the person sent beside any answer.
func (t *turn) keepWords() {
	r := Record{What: "note", Raw: t.ev.Text}
	switch t.ev.Kind {
	case Pressed:
		r = Record{What: "press", Raw: t.ev.Choice}
	case Edited:
		r.What = "edit"
	case Media:
		r.What = "media"
	}
	t.record(r)
}

// media answers what the bot cannot read and tells the worker, also on a break
// and after a stop: nobody else can hear a voice note.
func (t *turn) media() {
	t.keepWords()
	t.nudge(CannotRead)
	if t.wishes(reply.Human) {
		t.human()
		return
	}
	t.phrase("media")
}

// release ends a hold: the dialog it interrupted is over, without a word.
func (t *turn) release() {
	if !t.s.Held {
		return
	}
	t.s.Held = false
	if t.s.Session != nil {
		t.endSession("released")
	}
}

// falseAlarm ends a hold that should not have been: kindly, and back to the
// question that it interrupted. After a stop it is an apology alone: it answers what
// they wrote, and asks nothing.
func (t *turn) falseAlarm() {
	if !t.s.Held {
		return
	}
	t.s.Held = false
	switch {
	case t.s.Stopped:
		if t.eds.Current.phrases["released-stopped"] != nil {
			t.say("released-stopped", true)
		}
	case t.s.Session != nil && t.lost():
		t.broken()
	default:
		if t.eds.Current.phrases["released"] != nil {
			t.say("released", true)
		}
		if t.paused() && t.s.Session == nil {
			t.say("paused", false) // nothing goes on yet
			return
		}
		t.show()
	}
}

// returned shows the open question again to somebody who may be asked.
func (t *turn) returned() {
	switch {
	case t.s.Held || t.s.Stopped || t.s.Session == nil:
	case t.lost():
		t.broken()
	default:
		t.show()
	}
}

// unpause clears a pause.
func (t *turn) unpause() { t.s.PausedUntil = zeroTime }
